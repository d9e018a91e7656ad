-- Installs or upgrades pg_incident in one transaction. `make migrate` runs it, from the repo's root, as
--
--     psql -X -v ON_ERROR_STOP=1 --single-transaction -f db/migrate.sql
--
-- The law:
--   db/tables/, db/types/   the baseline: what a fresh install starts with, run once
--   db/migrations/          run once, in order
--                           Neither is edited after a release: the ledger incident_engine.migration keeps their sha256.
--   db/comments.sql, functions/   are the present; every run drops them in again
--   No included file holds transaction control or psql commands.
--
-- Options: -v lock_timeout=10s   how long a table lock is waited for before everything is rolled back
--          -v site=3             the number of the site, where there are many (docs/sites.md); before its first row

\set ON_ERROR_STOP on
\set QUIET on
\encoding UTF8

-- What the session or the database has set must not change what is installed.
set transaction isolation level read committed, read write;
set local client_min_messages = warning;
set local search_path = pg_catalog, pg_temp;
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = 0;
set local standard_conforming_strings = on;
set local check_function_bodies = on;

\if :{?lock_timeout} \else \set lock_timeout 10s
\endif
\o /dev/null

-- 1. May we? refuse() ends the deployment; every check below is one call of it.

create function pg_temp.refuse(message text, hint text) returns void
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception using errcode = 'object_not_in_prerequisite_state', message = message, hint = hint;
end
$$;

\if :{?server_version_num} \else
select current_setting('server_version_num') as server_version_num \gset
\endif
select pg_temp.refuse(
    format('pg_incident needs PostgreSQL 15 or newer; this server is version %s', :server_version_num / 10000),
    'Upgrade the server, or name another one in DATABASE_URL.'
)
where :server_version_num < 150000;

select pg_current_xact_id() as transaction_id \gset
select pg_temp.refuse(
    'db/migrate.sql must run in one transaction',
    'Run: psql -X -v ON_ERROR_STOP=1 --single-transaction -f db/migrate.sql'
)
where pg_current_xact_id() <> :'transaction_id';

-- Tables, and later a partition a day, go into schema public; the schemas into the database.
select pg_temp.refuse(
    format('%s may not create what pg_incident needs in database %s', current_user, current_database()),
    format('Have their owner, or a superuser, run: %s', string_agg(n.statement, ' '))
)
from (
    select format('grant create on database %I to %I;', current_database(), current_user) as statement
    where
        to_regnamespace('incident') is null
        and not has_database_privilege(current_user, current_database(), 'create')
    union all
    select format('grant create on schema public to %I;', current_user)
    where not has_schema_privilege(current_user, 'public', 'create')
) as n
having count(*) > 0;

\ir check_tree.psql

-- psql commits what it has done so far when a script ends early without an SQL error (an old psql that misses a file,
-- a stray \quit). This makes that commit fail: the foreign key is checked at commit and is met by the last step alone.
create temporary table migrate_end (reached boolean primary key) on commit drop;
create temporary table migrate_begin (
    reached boolean constraint "migrate.sql did not reach its end" references migrate_end deferrable initially deferred
) on commit drop;
insert into migrate_begin values (true);

-- 2. One migrator at a time, and none that blocks the writers for long while it waits for a table.

set local lock_timeout = 0;
select pg_advisory_xact_lock(hashtextextended('pg_incident migrate', 0));
set local lock_timeout = :'lock_timeout';

-- 3. The ledger.

create temporary table known_object (oid oid primary key) on commit drop;
select to_regnamespace('incident') is null as fresh \gset
\if :fresh
create schema incident;
create schema incident_engine;
create table incident_engine.migration (
    version integer primary key,
    name text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    applied_at timestamptz not null default now()
);
\else
-- A schema of somebody else could hold anything, to be run with the rights of who deploys; and what is installed must
-- belong to one role.
select pg_temp.refuse(
    format('schema %I belongs to %I, but this is %I', n.nspname, n.nspowner::regrole::text, current_user),
    format(
        'If that role installed pg_incident, upgrade as that role: PGOPTIONS=''-c role=%s'' make migrate. '
        'Otherwise rename the schema.', n.nspowner::regrole
    )
)
from pg_namespace as n
where n.nspname in ('incident', 'incident_engine') and n.nspowner <> current_user::regrole;
select pg_temp.refuse(
    'schema incident is there already and is not pg_incident''s: there is no incident_engine.migration',
    'Rename it, or drop it if it is not needed.'
)
where to_regclass('incident_engine.migration') is null;
insert into known_object
select o.oid
from (
    select n.oid, n.oid as namespace from pg_namespace as n
    union all
    select c.oid, c.relnamespace from pg_class as c
    union all
    select p.oid, p.pronamespace from pg_proc as p
) as o
where o.namespace in (to_regnamespace('incident'), to_regnamespace('incident_engine'))
on conflict do nothing;
\endif

\ir take_tables.sql
\ir dependents.sql
\ir set_aside.sql

-- 4. The baseline, then the migrations, in order, two lines each.

\set version 0
\set applied 0

\set migration 0000_baseline
\set file baseline.sql
\set content `export LC_ALL=C; cat db/baseline.sql db/types/*.sql db/tables/*.sql`
\ir hash.psql
\ir apply.psql

select pg_temp.refuse(
    format('this database is at migration %s, newer than this tree, which ends at %s', max(version), :version),
    'Deploy the release that the database was migrated with, or a later one.'
)
from incident_engine.migration
having max(version) > :version;

-- 5. Group roles, who may use which schema and table, and what the tables are.

\ir roles.sql
\ir comments.sql

-- 6. Functions and views, room by room, each in the order in which they need each other.

-- policy: what counts: policy, maintenance, retention, agents allowed
\ir ../functions/policy/own_site.sql
\ir ../functions/policy/is_copying.sql
\ir ../functions/policy/site_of.sql
\ir ../functions/policy/follows_sites.sql
\ir ../functions/policy/sample.sql
\ir ../functions/policy/host_sample.sql
\ir ../functions/policy/silence_policy.sql
\ir ../functions/policy/clock_tolerance.sql
\ir ../functions/policy/commit_delay.sql
\ir ../functions/policy/is_silence.sql
\ir ../functions/policy/effective_policy.sql
\ir ../functions/policy/scope_policies.sql
\ir ../functions/policy/severity_rank.sql
\ir ../functions/policy/effective_policies.sql
\ir ../functions/policy/require_text.sql
\ir ../functions/policy/check_time_zone.sql
\ir ../functions/policy/require_operator.sql
\ir ../functions/policy/current_operator.sql
\ir ../functions/policy/require_read_committed.sql
\ir ../functions/policy/record_maintenance_login.sql
\ir ../functions/policy/check_maintenance_scope.sql
\ir ../functions/policy/likeness.sql
\ir ../functions/policy/notice_unknown.sql
\ir ../functions/policy/maintenance_covers.sql
\ir ../functions/policy/shortened.sql
\ir ../functions/policy/place.sql
\ir ../functions/policy/maintenance_line.sql
\ir ../functions/policy/lock_maintenance.sql
\ir ../functions/policy/add_maintenance.sql
\ir ../functions/policy/extend_maintenance.sql
\ir ../functions/policy/end_maintenance.sql
\ir ../functions/policy/local_moment.sql
\ir ../functions/policy/maintenance_occurrences.sql
\ir ../functions/policy/plan_maintenance.sql
\ir ../functions/policy/add_recurring_maintenance.sql
\ir ../functions/policy/end_recurring_maintenance.sql
\ir ../functions/policy/describe_scope.sql
\ir ../functions/policy/check_policy.sql
\ir ../functions/policy/check_silence.sql
\ir ../functions/policy/check_policies.sql
\ir ../functions/policy/log_policy_change.sql
\ir ../functions/policy/begin_policy_change.sql
\ir ../functions/policy/write_policy.sql
\ir ../functions/policy/merge_policy.sql
\ir ../functions/policy/set_policy.sql
\ir ../functions/policy/unset_policy.sql
\ir ../functions/policy/policy_for.sql
\ir ../functions/policy/set_retention.sql
\ir ../functions/policy/set_accept_late.sql
\ir ../functions/policy/allow_agent.sql
\ir ../functions/policy/forbid_agent.sql
\ir ../functions/policy/agent_hosts.sql
\ir ../functions/policy/refuse_host.sql
\ir ../functions/policy/sla_target.sql
\ir ../functions/policy/agents.sql

-- history: samples -> device state history, gaps included
\ir ../functions/history/first_plausible.sql
\ir ../functions/history/samples_from.sql
\ir ../functions/history/sample_before.sql
\ir ../functions/history/sample_after.sql
\ir ../functions/history/touched_spans.sql
\ir ../functions/history/sample_regions.sql
\ir ../functions/history/known_regions.sql
\ir ../functions/history/region_samples.sql
\ir ../functions/history/write_history.sql
\ir ../functions/history/fold_history.sql

-- hosts: silence, limits, outages, retirement -> system states
\ir ../functions/hosts/sweep_patience.sql
\ir ../functions/hosts/known_until.sql
\ir ../functions/hosts/sweep_overdue.sql
\ir ../functions/hosts/host_reading.sql
\ir ../functions/hosts/first_signal_in.sql
\ir ../functions/hosts/first_missed_in.sql
\ir ../functions/hosts/last_signals.sql
\ir ../functions/hosts/server_identity.sql
\ir ../functions/hosts/notice_failover.sql
\ir ../functions/hosts/notice_outage.sql
\ir ../functions/hosts/register_hosts.sql
\ir ../functions/hosts/silence_regions.sql
\ir ../functions/hosts/host_silences.sql
\ir ../functions/hosts/overload_regions.sql
\ir ../functions/hosts/host_overloads.sql
\ir ../functions/hosts/replace_host_conditions.sql
\ir ../functions/hosts/retired_since.sql
\ir ../functions/hosts/reported_before.sql
\ir ../functions/hosts/reported_after.sql
\ir ../functions/hosts/first_reachable.sql
\ir ../functions/hosts/silence_parts.sql
\ir ../functions/hosts/condition_text.sql
\ir ../functions/hosts/wrong_clocks.sql
\ir ../functions/hosts/note_clocks.sql
\ir ../functions/hosts/host_events.sql
\ir ../functions/hosts/host_states.sql
\ir ../functions/hosts/device_system_states.sql
\ir ../functions/hosts/devices_in.sql
\ir ../functions/hosts/replace_system_states.sql
\ir ../functions/hosts/to_recheck.sql
\ir ../functions/hosts/update_hosts.sql

-- incidents: states -> incidents: derive, match, write
\ir ../functions/incidents/component_state.sql
\ir ../functions/incidents/first_sample_in.sql
\ir ../functions/incidents/whole_minutes.sql
\ir ../functions/incidents/utc_text.sql
\ir ../functions/incidents/describe.sql
\ir ../functions/incidents/incident_reason.sql
\ir ../functions/incidents/flapping_percent.sql
\ir ../functions/incidents/intervals_to_calm.sql
\ir ../functions/incidents/intervals_between.sql
\ir ../functions/incidents/affected_spans.sql
\ir ../functions/incidents/derive_incidents.sql
\ir ../functions/incidents/match_incidents.sql
\ir ../functions/incidents/retract_incidents.sql
\ir ../functions/incidents/update_incidents.sql
\ir ../functions/incidents/open_incidents.sql
\ir ../functions/incidents/update_recheck.sql
\ir ../functions/incidents/is_deferral.sql
\ir ../functions/incidents/defer_spans.sql
\ir ../functions/incidents/held_incidents.sql
\ir ../functions/incidents/leave_held.sql
\ir ../functions/incidents/fold_incidents.sql
\ir ../functions/incidents/update_reasons.sql
\ir ../functions/incidents/link_incidents.sql
\ir ../functions/incidents/fold_hosts.sql

-- ingest: triggers on the metric tables, host locks, the fail-safe
\ir ../functions/ingest/host_lock.sql
\ir ../functions/ingest/most_host_locks.sql
\ir ../functions/ingest/lock_hosts.sql
\ir ../functions/ingest/try_lock_hosts.sql
\ir ../functions/ingest/try_share_hosts.sql
\ir ../functions/ingest/fold.sql
\ir ../functions/ingest/record_error.sql
\ir ../functions/ingest/note_old_samples.sql
\ir ../functions/ingest/claim_deferred_spans.sql
\ir ../functions/ingest/refuse_sample_change.sql
\ir ../functions/ingest/keep_sample.sql
\ir ../functions/ingest/on_device_metrics_insert.sql
\ir ../functions/ingest/fold_host_rows.sql

-- lifecycle: what people do to an incident: verbs, timeline and its chain, guards
\ir ../functions/lifecycle/silenced_by.sql
\ir ../functions/lifecycle/board_line.sql
\ir ../functions/lifecycle/notice_skipped.sql
\ir ../functions/lifecycle/add_comment.sql
\ir ../functions/lifecycle/incidents_due.sql
\ir ../functions/lifecycle/reopen_refusal.sql
\ir ../functions/lifecycle/begin_incident_changes.sql
\ir ../functions/lifecycle/end_incident_changes.sql
\ir ../functions/lifecycle/record_operator_actions.sql
\ir ../functions/lifecycle/refuse_direct_write.sql
\ir ../functions/lifecycle/before_incident_write.sql
\ir ../functions/lifecycle/after_incident_insert.sql
\ir ../functions/lifecycle/after_incident_update.sql
\ir ../functions/lifecycle/refuse_timeline_change.sql
\ir ../functions/lifecycle/timeline_hash.sql
\ir ../functions/lifecycle/chain_timeline.sql
\ir ../functions/lifecycle/notice_unseen.sql
\ir ../functions/lifecycle/acknowledge.sql
\ir ../functions/lifecycle/assign.sql
\ir ../functions/lifecycle/comment.sql
\ir ../functions/lifecycle/add_evidence.sql
\ir ../functions/lifecycle/report_evidence.sql
\ir ../functions/lifecycle/snooze.sql
\ir ../functions/lifecycle/resolve.sql
\ir ../functions/lifecycle/close.sql
\ir ../functions/lifecycle/reopen.sql
\ir ../functions/lifecycle/unacknowledge.sql
\ir ../functions/lifecycle/unassign.sql
\ir ../functions/lifecycle/amend.sql
\ir ../functions/lifecycle/dismiss.sql
\ir ../functions/lifecycle/undismiss.sql
\ir ../functions/lifecycle/forget_devices.sql
\ir ../functions/lifecycle/refold_void_period.sql
\ir ../functions/lifecycle/void_samples.sql
\ir ../functions/lifecycle/restore_samples.sql
\ir ../functions/lifecycle/mark_maintenance.sql
\ir ../functions/lifecycle/mark_new_incidents.sql
\ir ../functions/lifecycle/timeline_head.sql
\ir ../functions/lifecycle/mark_changed_maintenance.sql
\ir ../functions/lifecycle/retire_device.sql
\ir ../functions/lifecycle/reinstate_device.sql

-- notify: when people could know, and who is told
\ir ../functions/notify/silenced_until.sql
\ir ../functions/notify/overtaken_by.sql
\ir ../functions/notify/wake_notifiers.sql
\ir ../functions/notify/require_contact.sql
\ir ../functions/notify/set_contact.sql
\ir ../functions/notify/remove_contact.sql
\ir ../functions/notify/on_call_turn.sql
\ir ../functions/notify/on_call.sql
\ir ../functions/notify/set_rotation.sql
\ir ../functions/notify/override_on_call.sql
\ir ../functions/notify/set_escalation_step.sql
\ir ../functions/notify/remove_escalation_step.sql
\ir ../functions/notify/matching_routes.sql
\ir ../functions/notify/route_for.sql
\ir ../functions/notify/add_route.sql
\ir ../functions/notify/remove_route.sql
\ir ../functions/notify/due_notifications.sql
\ir ../functions/notify/tell_changes.sql
\ir ../functions/notify/supersede_notifications.sql
\ir ../functions/notify/tell_after_silence.sql
\ir ../functions/notify/announce.sql
\ir ../functions/notify/tell_nobody.sql
\ir ../functions/notify/silence_notifications.sql
\ir ../functions/notify/incident_event.sql
\ir ../functions/notify/before_incident_announcement.sql
\ir ../functions/notify/withdraw_silenced.sql
\ir ../functions/notify/on_incidents_opened.sql
\ir ../functions/notify/publish_events.sql
\ir ../functions/notify/on_incidents_changed.sql
\ir ../functions/notify/on_maintenance_added.sql
\ir ../functions/notify/on_maintenance_update.sql
\ir ../functions/notify/drop_overtaken.sql
\ir ../functions/notify/may_be_sent_to.sql
\ir ../functions/notify/make_message.sql
\ir ../functions/notify/message_body.sql
\ir ../functions/notify/claim_messages.sql
\ir ../functions/notify/record_told.sql
\ir ../functions/notify/settle_message.sql
\ir ../functions/notify/unreachable_contacts.sql
\ir ../functions/notify/telling_problem.sql
\ir ../functions/notify/notifier_seen.sql
\ir ../functions/notify/told.sql
\ir ../functions/notify/time_to_tell.sql
\ir ../functions/notify/telling_violations.sql

-- reporting: availability, SLA, MTTA/MTTR/MTBF, the views people and Grafana read
\ir ../functions/reporting/version.sql
\ir ../functions/reporting/sla_status.sql
\ir ../functions/reporting/round_down.sql
\ir ../functions/reporting/time_in.sql
\ir ../functions/reporting/percent.sql
\ir ../functions/reporting/condition.sql
\ir ../functions/reporting/check_report.sql
\ir ../functions/reporting/check_count.sql
\ir ../functions/reporting/silence_suspects.sql
\ir ../functions/reporting/silence_span.sql
\ir ../functions/reporting/maintenance_span.sql
\ir ../functions/reporting/outage_span.sql
\ir ../functions/reporting/retired_span.sql
\ir ../functions/reporting/unripe_span.sql
\ir ../functions/reporting/overlay_piece.sql
\ir ../functions/reporting/state_since_settled.sql
\ir ../functions/reporting/failure_piece.sql
\ir ../functions/reporting/life_piece.sql
\ir ../functions/reporting/scoped_life.sql
\ir ../functions/reporting/counted_piece.sql
\ir ../functions/reporting/scoped_piece.sql
\ir ../functions/reporting/state_piece.sql
\ir ../functions/reporting/last_place.sql
\ir ../functions/reporting/spent_time.sql
\ir ../functions/reporting/spent_by_place.sql
\ir ../functions/reporting/start_of_local.sql
\ir ../functions/reporting/bucket_edges.sql
\ir ../functions/reporting/availability.sql
\ir ../functions/reporting/availability_by.sql
\ir ../functions/reporting/server_availability.sql
\ir ../functions/reporting/readable_duration.sql
\ir ../functions/reporting/calendar_unit.sql
\ir ../functions/reporting/period_of.sql
\ir ../functions/reporting/report_period.sql
\ir ../functions/reporting/burn_rate.sql
\ir ../functions/reporting/budget_scope.sql
\ir ../functions/reporting/budget_line.sql
\ir ../functions/reporting/sla_report.sql
\ir ../functions/reporting/detected_incident.sql
\ir ../functions/reporting/response_times.sql
\ir ../functions/reporting/recorded_piece.sql
\ir ../functions/reporting/mtbf.sql
\ir ../functions/reporting/reliability_ranking.sql
\ir ../functions/reporting/recurring.sql
\ir ../functions/reporting/trends.sql
\ir ../functions/reporting/report_line.sql
\ir ../functions/reporting/report_digest.sql
\ir ../functions/reporting/seal_report.sql
\ir ../functions/reporting/find_report.sql
\ir ../functions/reporting/change_reasons.sql
\ir ../functions/reporting/report_as_of.sql
\ir ../functions/reporting/warn_when_overdue.sql
\ir ../functions/reporting/host_reason.sql
\ir ../functions/reporting/active.sql
\ir ../functions/reporting/board.sql
\ir ../functions/reporting/board_by_host.sql
\ir ../functions/reporting/recent.sql
\ir ../functions/reporting/announced.sql
\ir ../functions/reporting/pending.sql
\ir ../functions/reporting/maintenance_now.sql
\ir ../functions/reporting/state_history.sql
\ir ../functions/reporting/summary.sql
\ir ../functions/reporting/lately.sql
\ir ../functions/reporting/status_broken.sql
\ir ../functions/reporting/status_availability.sql
\ir ../functions/reporting/status_promise.sql
\ir ../functions/reporting/status_response.sql
\ir ../functions/reporting/status_failures.sql
\ir ../functions/reporting/status.sql
\ir ../functions/reporting/agent_health.sql
\ir ../functions/reporting/host_now.sql
\ir ../functions/reporting/check_since.sql
\ir ../functions/reporting/changes_between.sql
\ir ../functions/reporting/handover.sql
\ir ../functions/reporting/utc_minute.sql
\ir ../functions/reporting/markdown_row.sql
\ir ../functions/reporting/postmortem_facts.sql
\ir ../functions/reporting/postmortem_states.sql
\ir ../functions/reporting/postmortem_metrics.sql
\ir ../functions/reporting/postmortem_timeline.sql
\ir ../functions/reporting/postmortem_told.sql
\ir ../functions/reporting/postmortem_related.sql
\ir ../functions/reporting/postmortem.sql
\ir ../functions/reporting/help.sql

-- upkeep: the sweep and what it does on its rounds
\ir ../functions/upkeep/ensure_partition.sql
\ir ../functions/upkeep/ensure_partitions.sql
\ir ../functions/upkeep/make_partitions_ahead.sql
\ir ../functions/upkeep/fold_safely.sql
\ir ../functions/upkeep/retry_errors.sql
\ir ../functions/upkeep/find_silence.sql
\ir ../functions/upkeep/find_system_changes.sql
\ir ../functions/upkeep/samples_still_needed.sql
\ir ../functions/upkeep/drop_samples.sql
\ir ../functions/upkeep/drop_stragglers.sql
\ir ../functions/upkeep/remove_old_rows.sql
\ir ../functions/upkeep/close_resolved.sql
\ir ../functions/upkeep/waiting_spans.sql
\ir ../functions/upkeep/arrived_samples.sql
\ir ../functions/upkeep/check_sweep.sql
\ir ../functions/upkeep/sweep.sql
\ir ../functions/upkeep/sweep_all.sql
\ir ../functions/upkeep/schedule_sweep.sql
\ir ../functions/upkeep/unschedule_sweep.sql
\ir ../functions/upkeep/sweep_when_due.sql
\ir ../functions/upkeep/sweep_driver.sql
\ir ../functions/upkeep/shared_names.sql
\ir ../functions/upkeep/health.sql

-- audit: check_invariants, rebuild, backtest, verify
\ir ../functions/audit/host_record.sql
\ir ../functions/audit/rebuild.sql
\ir ../functions/audit/history_violations.sql
\ir ../functions/audit/sample_violations.sql
\ir ../functions/audit/incident_violations.sql
\ir ../functions/audit/system_violations.sql
\ir ../functions/audit/check_invariants.sql
\ir ../functions/audit/on_policy_change.sql
\ir ../functions/audit/incidents_of_host.sql
\ir ../functions/audit/backtest_host.sql
\ir ../functions/audit/backtest_records.sql
\ir ../functions/audit/backtest.sql
\ir ../functions/audit/backtest_incidents.sql
\ir ../functions/audit/verify_report.sql
\ir ../functions/audit/verify_timeline.sql
\ir ../functions/audit/catch_up_sequences.sql
\ir ../functions/audit/after_restore.sql
\ir ../functions/audit/move_timeline.sql
\ir ../functions/audit/move_incidents.sql
\ir ../functions/audit/move_subject.sql
\ir ../functions/audit/move_settings.sql
\ir ../functions/audit/check_move.sql
\ir ../functions/audit/fold_moved.sql
\ir ../functions/audit/move_device.sql
\ir ../functions/audit/move_host_record.sql
\ir ../functions/audit/rename_host.sql

-- adoption: taking over an existing monitoring database
\ir ../functions/adoption/not_adopted.sql
\ir ../functions/adoption/adopted_status.sql
\ir ../functions/adoption/adopt_statement.sql
\ir ../functions/adoption/adopt_page.sql
\ir ../functions/adoption/adopt_rows.sql
\ir ../functions/adoption/adopted_incident.sql
\ir ../functions/adoption/record_adopted.sql
\ir ../functions/adoption/adopt_incidents.sql
\ir ../functions/adoption/settle_incidents.sql
\ir ../functions/adoption/note_duplicates.sql
\ir ../functions/adoption/adopted_days.sql
\ir ../functions/adoption/adopt_next.sql
\ir ../functions/adoption/adoption_notes.sql
\ir ../functions/adoption/drop_adopted.sql

-- sites: many databases, one view
\ir ../functions/sites/numbered_columns.sql
\ir ../functions/sites/set_site.sql
\ir ../functions/sites/published_tables.sql
\ir ../functions/sites/slot_bytes.sql
\ir ../functions/sites/write_own_site.sql
\ir ../functions/sites/hear_sites.sql
\ir ../functions/sites/publish.sql
\ir ../functions/sites/check_subscription.sql
\ir ../functions/sites/refuse_row_of_site.sql
\ir ../functions/sites/refuse_samples.sql
\ir ../functions/sites/guard_sites.sql
\ir ../functions/sites/forget_site.sql
\ir ../functions/sites/site_call.sql
\ir ../functions/sites/at_site.sql
\ir ../functions/sites/line_to_site.sql
\ir ../functions/sites/site_health.sql
\ir ../functions/sites/host_tables.sql

\ir drop_orphans.sql
select count(*) > 0 as any_dropped, string_agg(o.type || ' ' || o.identity, ', ' order by o.type, o.identity) as dropped
from orphan as o
\gset
\ir strip_default_grants.sql

-- The number of the site, before it has given one away.

\if :{?site}
select incident_engine.set_site(:'site'::integer);
\endif

-- 7. Partitions for yesterday, today and the week ahead.

select incident_engine.ensure_partitions(now() - interval '1 day', now() + interval '7 days');

-- What an earlier monitoring recorded of incidents is here in the same moment, under the same numbers: its samples follow in
-- steps, by adopt.sql.

\ir add_columns.sql
select incident_engine.adopt_incidents();
\ir restore_dependents.sql

-- Where pg_cron is there, it runs the sweep from now on.

select incident.schedule_sweep();

-- 8. Done.

insert into migrate_end values (true);
drop function pg_temp.refuse(text, text);

select
    current_setting('server_version') as server,
    incident.version() as version_now,
    quote_ident(current_user) as deployer,
    (select count(*) from incident_engine.migration) as migrations,
    (
        select count(*)
        from pg_proc
        where pronamespace::regnamespace::text in ('incident', 'incident_engine')
    ) as functions,
    (
        select coalesce(string_agg(g.name, ', '), '')
        from (
            values ('incident_agent'), ('incident_viewer'), ('incident_operator'), ('incident_admin'), ('incident_notifier')
        ) as g (name)
        -- Who has CREATEROLE on PostgreSQL 15 grants every group.
        where not (
            pg_has_role(current_user, g.name, 'member with admin option')
            or exists (
                select from pg_roles as r
                where r.rolname = current_user and (r.rolsuper or r.rolcreaterole and :server_version_num < 160000)
            )
        )
    ) as groups_of_others,
    (
        select count(*)
        from pg_class
        where relkind = 'v' and relnamespace::regnamespace::text in ('incident', 'incident_engine')
    ) as views
\gset
\o
select :'groups_of_others' <> '' as any_groups_of_others \gset
\if :any_groups_of_others
    \echo The groups belong to another role. To let this one grant them to logins, have it run:
    \echo '   ' grant :groups_of_others to :deployer with admin option;
\endif
\if :any_dropped
    \echo Dropped, since no longer part of pg_incident: :dropped
\endif
\echo pg_incident :version_now is installed on PostgreSQL :server: :applied migrations applied now, :migrations in all, :functions functions, :views views.
