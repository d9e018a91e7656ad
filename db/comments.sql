-- What the schemas, tables and columns are, and who may use them. Repeatable: run by migrate.sql each time, after the migrations
-- and roles.sql, before the functions; each function file carries its own COMMENT and GRANT.

comment on schema incident is 'pg_incident: everything people touch, that is functions, views, policy, timeline';
comment on table incident_engine.migration is 'Ledger of the migrations applied to this database; db/migrate.sql keeps it.';
comment on column incident_engine.migration.version is 'Leading number of the file in db/migrations/.';
comment on column incident_engine.migration.name is 'The file''s name without .sql.';
comment on column incident_engine.migration.sha256 is 'SHA-256 of the file as it was applied (sha256sum prints the same).';
comment on column incident_engine.migration.applied_at is 'When it was applied.';
comment on schema incident_engine is
'pg_incident: what triggers run and where the engine keeps its own tables. Nobody but the owner uses it.';

comment on table incident_engine.own_site is
'Number of the site that this database is; set before its first row by make migrate SITE=...';

comment on table incident.site is
'Databases that publish to a central one: at a site its own row, at a central database one for each. A site writes its row itself.';
comment on column incident.site.site is 'Its number: all numbers that it gives away begin with it (site * 10000000000).';
comment on column incident.site.name is 'What people call it.';
comment on column incident.site.version is 'The version of pg_incident that it runs.';
comment on column incident.site.swept_to is
'Up to when its sweep has looked: what it says of its hosts holds up to then, and what lies after is not known yet.';
comment on column incident.site.errors_waiting is 'Errors of its engine that wait for repair.';
comment on column incident.site.slot_bytes is
'Bytes of the write-ahead log that it keeps for the central database that is furthest behind; null: nobody subscribes.';
comment on column incident.site.published_at is 'When it was first published.';

comment on table public.system_metrics is
'One row per host or server per minute: its own load. Collectors insert; key (host_name, timestamp).';
comment on column public.system_metrics.agent is
'How the host agent itself is doing, an object; null from other collectors. Read it in incident.agent_health.';

comment on table public.system_device_metrics is
'One row (a sample) per device per minute: what its ffmpeg and monitor processes were doing from "timestamp" until the '
'device''s next sample. Collectors insert through this table, never into a partition; samples are immutable.';
comment on column public.system_device_metrics.ffmpeg_status is
'active, stuck (process alive, no fresh files), stopped (no process) or unknown (could not tell).';
comment on column public.system_device_metrics.monitor_status is
'active, stuck (process alive, no fresh files), stopped (no process) or unknown (could not tell).';
comment on column public.system_device_metrics.timestamp is 'When the sample was taken, by the host''s clock.';
comment on column public.system_device_metrics.created_at is 'When the database learned of it.';

comment on table public.system_incident is
'One row per incident: a time in which a component of a device, or a host, failed. Opened, escalated and resolved by the '
'engine, worked by people through the functions of schema incident.';
comment on column public.system_incident.severity is
'Worst seen in the incident. ffmpeg, monitor: stuck is high, stopped critical. system: a silent host is critical, a silent device '
'high, a host over a limit medium.';
comment on column public.system_incident.detected_severity is 'Severity of its first failing state.';
comment on column public.system_incident.severity_since is 'When the present severity was reached.';
comment on column public.system_incident.status is
'open -> in_progress (acknowledged) -> resolved -> closed; open -> resolved; in_progress -> open (unacknowledged); resolved or closed -> '
'open (reopened).';
comment on column public.system_incident.detected_at is 'Start of the first failing state, by the samples.';
comment on column public.system_incident.acknowledged_at is 'When a person first acknowledged it.';
comment on column public.system_incident.resolved_at is
'Start of the next healthy state, by the samples, or when a person resolved it by hand.';
comment on column public.system_incident.closed_at is
'When a person closed it, or the sweep by the policy close_after.';
comment on column public.system_incident.detection_to_ack_minutes is
'acknowledged_at - announced_at (detected_at where that is null) in whole minutes, rounded down, 0 when it was acknowledged before; '
'kept by trigger.';
comment on column public.system_incident.ack_to_resolution_minutes is
'resolved_at - acknowledged_at in whole minutes, rounded down, 0 when it recovered before it was acknowledged, null when it '
'never was acknowledged; kept by trigger.';
comment on column public.system_incident.total_duration_minutes is
'resolved_at - detected_at in whole minutes, rounded down; kept by trigger.';
comment on column public.system_incident.reason is 'What is wrong now, for system incidents.';
comment on column public.system_incident.retracted_at is
'When later samples showed that this incident never was. Retracted incidents are kept and left out of reports.';
comment on column public.system_incident.created_at is 'When the database learned of it; detected_at says when it happened.';
comment on column public.system_incident.updated_at is 'When the row was last written.';
comment on column public.system_incident.updated_by is
'Who wrote the row last: engine, or the operator as stated to the function.';
comment on column public.system_incident.update_note is 'The note of the last write; goes into the timeline.';
comment on column public.system_incident.acted_at is 'When a person last changed it, as stated to the function.';
comment on column public.system_incident.anchored_from is
'detected_at as it was when a person first acted on the incident; null while nobody has.';
comment on column public.system_incident.anchored_at is
'The moment of its failure at which a person first acted on it (the end of the failure, if it was over): the incident follows the '
'failure that holds this moment, else the last one before it, else the next.';
comment on column public.system_incident.anchored_to is
'Up to when that next one may begin: the end of the failure as a person saw it, or the moment at which the database learned that it '
'is over. Null while it lasts.';
comment on column public.system_incident.engine_reopen_count is
'How often it failed again within reopen_within of being resolved by the engine; part of reopen_count.';
comment on column public.system_incident.reopened_at is
'Start of the failure that last made the engine reopen it; null when none did.';
comment on column public.system_incident.flapping_since is
'Since when its component has been flapping; null when it is not. While it flaps it stays open.';
comment on column public.system_incident.part_of is
'The incident of the silent host that this incident of one of its devices is part of; it is not announced while that lasts.';
comment on column public.system_incident.metadata is
'Evidence: links and the like, by name. Written by incident.add_evidence() and report_evidence().';
comment on column public.system_incident.as_recorded is
'True: an earlier monitoring recorded it, and no sample tells of it; people alone change it, until a sample does.';
comment on type incident.maintenance_line is
'What the functions that plan maintenance return: a line of at most 100 columns in psql, with the times in the session''s time zone.';
comment on type incident.board_line is
'What incident.board shows of an incident, and the verbs return: a line of at most 100 columns in psql.';
comment on column public.system_incident.dismissed_at is
'When a person called it a false alarm: it is left out of the board, reports and what people are told; null: nobody has.';
comment on column public.system_incident.dismissed_by is 'Who called it a false alarm.';
comment on column public.system_incident.snoozed_until is 'A person has asked not to be told of it again before that; null: nobody has.';
comment on column public.system_incident.announced_at is
'The first moment that it could be told to anybody: when the database learned of it, when its maintenance ended, or when the '
'incident of its host that it was part of was over. Null while it may not be told, and when it was over before.';

comment on table incident.policy is
'When is it an incident? Rows scoped by host, device and component; null scope means any, the most specific row that has a '
'value wins, value by value.';
comment on column incident.policy.sample_interval is 'How often a device is expected to send a sample.';
comment on column incident.policy.no_data_after is
'Silence this long is no_data, from the first missed sample on; shorter silence is bridged by the last status.';
comment on column incident.policy.sla_target is 'Availability promised, in percent.';
comment on column incident.policy.open_after is
'A failure becomes an incident when a sample still fails this long after its first one, with none healthy in between; the '
'incident then starts at the first. 0: at once.';
comment on column incident.policy.resolve_after is
'An incident is resolved when a sample is still healthy this long after the first healthy one, with none failing in between; it '
'then ended at the first. 0: at once.';
comment on column incident.policy.reopen_within is
'A failure that starts less than this after the engine resolved an incident reopens that incident. 0: never.';
comment on column incident.policy.flapping_start_percent is
'Flapping starts when the changes between healthy and failing in the last 20 intervals reach this percentage, newer ones '
'weighted more. infinity: never.';
comment on column incident.policy.flapping_stop_percent is 'Flapping stops when the percentage has fallen to this.';
comment on column incident.policy.new_device_grace is
'A device that falls silent this soon after its first sample opens no incident: it is being set up.';
comment on column incident.policy.cpu_percent_limit is 'CPU load of a host, in percent, that is too high. infinity: none is.';
comment on column incident.policy.cpu_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.memory_percent_limit is
'Memory in use on a host, in percent, that is too much. infinity: none is.';
comment on column incident.policy.memory_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.disk_percent_limit is
'Disk space in use on a host, in percent, that is too much. infinity: none is.';
comment on column incident.policy.disk_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.temperature_celsius_limit is
'Temperature of a host''s CPU, in degrees Celsius, that is too high. infinity: none is.';
comment on column incident.policy.temperature_samples is 'For so many samples in a row it must reach the limit.';
comment on column incident.policy.unknown_after is
'How long ffmpeg or monitor of a device may be unknown before that is a system incident (medium).';
comment on column incident.policy.close_after is
'Resolved incidents are closed this long after they were resolved. Null in the default row: never.';

comment on column incident.policy.site is 'Number of the site that said so; a row without a host is for the hosts of that site.';

comment on table incident.device is 'Every device seen, with its current state.';
comment on column incident.device.ffmpeg_status is 'active, stuck, stopped, unknown or no_data.';
comment on column incident.device.monitor_status is 'active, stuck, stopped, unknown or no_data.';
comment on column incident.device.state_started_at is 'Since when both statuses have been what they are.';
comment on column incident.device.first_sample_at is 'Start of the device''s observed life.';
comment on column incident.device.registered_at is 'When the database learned of the device.';
comment on column incident.device.recheck_until is
'Samples up to then are looked at even if they say nothing new: infinity while the next may open or resolve an incident, or end '
'flapping; the start of an incident that began within the present state. Null: none.';

comment on table incident.device_state is
'State history of each device: one row per change, without holes or overlaps from its first sample on.';
comment on column incident.device_state.started_at is 'First moment of the state.';
comment on column incident.device_state.ended_at is 'First moment of the next state; infinity while current.';

comment on table incident.timeline is 'What happened to each incident: one entry per transition, severity change, '
'assignment, comment or correction. Append-only.';
comment on column incident.timeline.happened_at is
'When it happened: by the samples for detection and recovery, by the clock for what people do.';
comment on column incident.timeline.recorded_at is 'When the database wrote it.';
comment on column incident.timeline.operator is 'Who did it as stated to the function; engine for the engine.';
comment on column incident.timeline.recorded_by is 'The database login that did it (session_user).';
comment on column incident.timeline.previous_hash is 'hash of the incident''s previous entry; null for its first.';
comment on column incident.timeline.hash is
'SHA-256 over previous_hash and all other columns; the function verify_timeline works it out again.';

comment on table incident_engine.operator_action is
'What people did to the course of incidents; with the samples it is all that decides them. resolved: by hand at that moment; the next '
'failing sample starts a new incident. reopened: if it was healthy then, that healthy run does not resolve it. closed: a later failure '
'opens a new incident.';

comment on table incident_engine.all_hosts is
'Never holds a row: locking it locks all hosts at once, for statements of more hosts than the lock table has room for. Folds of '
'single hosts hold it row exclusive, statements of many hosts share, folds of many hosts exclusive.';

comment on table incident_engine.deployed_object is
'Functions, views and triggers that the last deployment made, as pg_identify_object() names them: what the next one does not make '
'again, it drops.';

comment on table incident_engine.error is
'What went wrong inside the engine while its metric rows were kept, and the device spans to fold again (touched).';

comment on table incident_engine.future_sample is
'Samples dated more than five minutes ahead when they arrived: stored, and folded by the sweep when their time comes.';

comment on table incident_engine.sweep_state is 'How far the sweep has looked: silence is known up to swept_to.';
comment on column incident_engine.sweep_state.alive_at is
'By the clock, when the sweep last ran: a server started later than this was down in between.';
comment on column incident_engine.sweep_state.ran_on is
'Where it ran then, see incident_engine.server_identity: elsewhere now means restored, or a standby that was promoted.';
comment on column incident_engine.sweep_state.samples_from is
'Retention has removed samples before this, or is about to: what they said stands in the history, and rows older than this that '
'still arrive are stored but not folded.';
comment on column incident_engine.sweep_state.is_scheduled is
'A scheduler runs the sweep: the arrival of host metrics runs it only when it has not run for three minutes.';

comment on table incident.maintenance is
'Planned work: its time is taken out of availability first. May be added afterwards.';
comment on column incident.maintenance.device_name is 'Null: the whole host.';
comment on column incident.maintenance.capture_folder is 'Null: the whole host.';
comment on column incident.maintenance.period is 'As planned: from its start up to, not including, its end.';
comment on column incident.maintenance.added_at is 'When the database learned of it.';
comment on column incident.maintenance.ended_at is 'Set when it ended early; the start of the period when it was called off.';
comment on column incident.maintenance.changed_at is 'When the database last learned something new about it.';
comment on column incident.maintenance.effective_period is 'What counts: the period, up to ended_at if that is earlier.';
comment on column incident.maintenance.series_id is
'The recurring maintenance that it is an occurrence of; null when it was added alone.';
comment on column incident.maintenance.added_by is 'Who added it, as stated to the function.';
comment on column incident.maintenance.recorded_by is 'The database login that added it (session_user).';
comment on column incident.maintenance.ended_by is 'Who ended it early, as stated to the function.';
comment on column incident.maintenance.end_recorded_by is 'The database login that ended it early or extended it (session_user).';
comment on column incident.maintenance.extended_by is 'Who extended it last, as stated to the function.';

comment on table incident_engine.adoption is
'Progress of moving the rows of plain tables that were there before pg_incident; one row per table in schema '
'incident_adopted.';
comment on column incident_engine.adoption.source is 'Name of the table, in schema incident_adopted.';
comment on column incident_engine.adoption.next_block is 'Disk pages of it that are done.';
comment on column incident_engine.adoption.blocks is 'Disk pages it has.';
comment on column incident_engine.adoption.started_at is 'When its first step began.';
comment on column incident_engine.adoption.finished_at is 'When its last row was read.';

comment on table incident_engine.adoption_dependent is
'What depended on the tables of an earlier monitoring, and what became of it.';
comment on column incident_engine.adoption_dependent.outcome is 'kept: it works on the new tables; by hand: see advice.';
comment on column incident_engine.adoption_dependent.advice is 'What to do, or what is lost.';

comment on table incident_engine.adoption_duplicate is
'Rows of an adopted table that do not count, since another of the same key and time does; only while it is taken over.';
comment on column incident_engine.adoption_duplicate.row_id is 'Where it lies (ctid).';

comment on table incident_engine.quarantine is 'Rows of an adopted table that could not be taken over, and why.';
comment on column incident_engine.quarantine.reason is 'The rule that the row breaks.';
comment on column incident_engine.quarantine.original is 'The row as it was.';
comment on column incident_engine.quarantine.taken_over is 'True: the row was taken over all the same, save for what the reason says.';
comment on column incident_engine.quarantine.quarantined_at is 'When it was found.';

comment on table incident.sealed_report is
'Reports kept as they were given out, written by the function seal_report alone.';
comment on column incident.sealed_report.period is 'What it reports on, from its start up to, not including, its end.';
comment on column incident.sealed_report.sealed_at is 'When; what the database learned later is not in it.';
comment on column incident.sealed_report.sealed_by is 'Who, as stated to the function.';
comment on column incident.sealed_report.policy is 'incident.policy as it was then.';
comment on column incident.sealed_report.digest is
'SHA-256 of period, policy and lines; the function verify_report works it out again.';
comment on column incident.sealed_report.recorded_by is 'The database login that sealed it (session_user).';

comment on table incident.sealed_report_line is 'A sealed report''s numbers for each device.';

comment on table incident.host is
'Every host heard of, by a device''s sample or by a row of its own in system_metrics, with its present condition.';
comment on column incident.host.first_seen_at is 'Its first signal: the first sample of one of its devices, or its first row.';
comment on column incident.host.registered_at is 'When the database learned of the host.';
comment on column incident.host.status is
'reporting; silent; over_limit (load, disk or temperature); unreachable (silent, but the database was down too); new (fell silent '
'while it was being set up); retired.';
comment on column incident.host.reason is 'What is wrong now, in words; null when nothing is.';
comment on column incident.host.state_started_at is 'Since when that has been so.';
comment on column incident.host.is_silent is 'Whether nothing has been heard of it for no_data_after, for whatever reason.';
comment on column incident.host.over_limits is 'What is at or above its limit: cpu, memory, disk, temperature, clock.';

comment on column incident.host.site is 'Number of the site that it lives in.';

comment on table incident.host_condition is
'What was wrong with each host and when, one row per cause and time: silent (neither a sample of its devices nor a row of its own '
'for no_data_after), or cpu, memory, disk, temperature (so many rows in a row at or above the limit).';
comment on column incident.host_condition.started_at is 'The first missed signal; the first row at or above the limit.';
comment on column incident.host_condition.ended_at is
'The next signal; the first row below the limit; infinity while it lasts.';
comment on column incident.host_condition.value is 'What that first row said, in percent or degrees Celsius; for clock, by how many seconds it is ahead.';
comment on column incident.host_condition.limit_value is 'The limit that it reached.';
comment on column incident.host_condition.last_signal_at is 'The last signal before the silence; when a wrong clock was last noticed.';
comment on column incident.host_condition.reached_at is 'When the silence had lasted no_data_after.';

comment on table incident.system_state is
'History of the component system: of each host (device_name = host_name, capture_folder ''host'') and of each device, one row per '
'change, from the first time that it did not report as it should.';
comment on column incident.system_state.started_at is 'First moment of the state.';
comment on column incident.system_state.ended_at is 'First moment of the next state; infinity while current.';
comment on column incident.system_state.status is
'reporting; silent; over_limit (hosts); unreachable (silent like its host, or like every host while the database was down, or not yet '
'told apart); new (fell silent while it was being set up); retired.';
comment on column incident.system_state.reason is 'What was wrong, in words; null when nothing was.';
comment on column incident.system_state.severity is 'Silent host: critical; silent device: high; over a limit: medium.';

comment on table incident.outage is
'When the database itself was down. Hosts that were not heard then are not to blame for it.';
comment on column incident.outage.started_at is 'The last moment at which it is known to have been up.';
comment on column incident.outage.ended_at is 'When the server was started again.';
comment on column incident.outage.site is 'Number of the site whose database it was.';
comment on column incident.outage.recorded_at is 'When the sweep found out.';

comment on table incident.retirement is
'Devices and hosts taken out of service: from then on their silence is no incident. A later sample brings them back.';
comment on column incident.retirement.device_name is 'Null: the host with all its devices.';
comment on column incident.retirement.capture_folder is 'Null: the host with all its devices.';
comment on column incident.retirement.retired_at is 'From when on it is out of service.';
comment on column incident.retirement.recorded_at is 'When the database learned of it.';
comment on column incident.retirement.revoked_at is 'When somebody took it back; null while it stands.';

comment on table incident.move is
'Devices and hosts that were moved or renamed by incident.move_device and incident.rename_host, from which name to which.';
comment on column incident.move.device_name is 'Null: the host with all its devices.';
comment on column incident.move.moved_at is 'When the transaction that moved it began.';
comment on column incident.move.samples is 'How many samples were copied; those under the old name stay as they are, void.';
comment on column incident.move.timeline_heads is
'The last hash of the timeline of each incident that went to another host, as it was before: the new chain has the new name in it.';

comment on table incident.policy_change is
'Every change of incident.policy and incident.retention, one row per setting, whoever made it and however. Written by triggers.';
comment on column incident.policy_change.changed_at is 'When the transaction that changed it began.';
comment on column incident.policy_change.operator is 'Who, as stated to the function; the login otherwise.';
comment on column incident.policy_change.recorded_by is 'The database login (session_user).';
comment on column incident.policy_change.host_name is 'Scope of the row, as in incident.policy. Null: any.';
comment on column incident.policy_change.setting is 'Name of the column.';
comment on column incident.policy_change.old_value is 'Null: the scope had no value of its own.';
comment on column incident.policy_change.new_value is 'Null: the scope has no value of its own any more.';
comment on column incident.policy_change.note is 'Why, as stated to the function.';

comment on table incident.recurring_maintenance is
'Planned work that comes back on days of the week. Its occurrences stand in incident.maintenance, two weeks ahead; the sweep adds '
'the next ones.';
comment on column incident.recurring_maintenance.device_name is 'Null: the whole host.';
comment on column incident.recurring_maintenance.capture_folder is 'Null: the whole host.';
comment on column incident.recurring_maintenance.weekdays is 'On which days it starts, by the local calendar: monday ... sunday.';
comment on column incident.recurring_maintenance.starts_at_local is 'When it starts, by the local clock.';
comment on column incident.recurring_maintenance.duration is
'Hours and minutes are time that passes; a day lasts until the same local time of the next day, be it 23 or 25 hours.';
comment on column incident.recurring_maintenance.time_zone is 'Whose clock and calendar.';
comment on column incident.recurring_maintenance.valid_from is 'First local date on which it may start; may lie in the past.';
comment on column incident.recurring_maintenance.valid_until is 'Last local date on which it may start; null: for ever.';
comment on column incident.recurring_maintenance.added_at is 'When the database learned of it.';
comment on column incident.recurring_maintenance.ended_at is 'Nothing starts from then on: the series was ended.';
comment on column incident.recurring_maintenance.planned_to is
'Occurrences before this local date stand in incident.maintenance.';

comment on table incident.contact is
'Who can be told. A name alone: how it is reached (mail, chat, pager ...) stands in the configuration of the notifier.';
comment on column incident.contact.messages_per_hour is 'What is due after so many messages waits, and goes out as one.';
comment on column incident.contact.group_interval is 'What is due within this time after a message goes out as one more.';
comment on column incident.contact.changed_by is 'Who set it last.';

comment on table incident.rotation is 'Contacts that take turns. A rotation may stand wherever a contact may.';
comment on column incident.rotation.members is 'In the order in which they take over; who comes twice has two turns.';
comment on column incident.rotation.handover_every is 'day or week.';
comment on column incident.rotation.starts_on is 'The day of the first member''s first turn, and of the week the day of every handover.';
comment on column incident.rotation.handover_at is 'When they hand over, by the local clock.';
comment on column incident.rotation.changed_by is 'Who set it last.';

comment on table incident.rotation_override is 'Who stands in for whoever''s turn it is; of several at a time the latest counts.';

comment on table incident.escalation_step is
'Escalations: who is told, and after how long without an acknowledgement who else.';
comment on column incident.escalation_step.after is 'How long after the incident could first be told, while nobody acknowledges it.';
comment on column incident.escalation_step.repeat_every is 'How often it is told again while nobody acknowledges it; null: once.';
comment on column incident.escalation_step.repeat_times is 'How many times it is told again.';

comment on table incident.route is
'Which incidents go to which escalation; of the routes that fit the most specific counts (incident.route_for).';
comment on column incident.route.escalation is 'Null: nobody is told.';
comment on column incident.route.host_pattern is 'The host''s name, * for any characters; null: every host.';
comment on column incident.route.host_like is 'The same as LIKE takes it.';
comment on column incident.route.device_name is 'Null: every device.';
comment on column incident.route.component is 'Null: every component.';
comment on column incident.route.at_least is 'The least severity; null: every severity.';
comment on column incident.route.local_from is 'From this time of the local day on, up to local_to, past midnight where that is earlier.';

comment on table incident.message is
'What went or goes out: one message to one recipient with all that was due to a contact at that time.';
comment on column incident.message.recipient is 'The contact, or of a rotation the one whose turn it was.';
comment on column incident.message.state is
'pending (being sent, or to be tried again), sent, failed (given up after a day), superseded (nothing in it was left to tell).';
comment on column incident.message.reason is 'Why it did not go out, or not yet: the service''s own words.';
comment on column incident.message.held_back is 'How many of its notifications waited for the contact''s limit an hour.';
comment on column incident.message.leased_until is 'Until then it is the affair of the notifier that claimed it; then another may.';

comment on table incident.notification is
'The outbox: one row for each thing that is, was or will be due to be told of an incident, or why it was not.';
comment on column incident.notification.number is 'Counts the rows of the incident.';
comment on column incident.notification.kind is
'opened; unacknowledged (still, after a while); severity_raised; reopened; acknowledged; resolved; retracted (there was no failure).';
comment on column incident.notification.step is 'The step of the escalation; null where all who were told are told again.';
comment on column incident.notification.contact is 'Whom it is for; null where nobody is to be told.';
comment on column incident.notification.state is
'pending; sent; failed (given up); superseded (something came before it went out); suppressed (never to be told).';
comment on column incident.notification.reason is 'Why it is superseded, suppressed or failed.';
comment on column incident.notification.message_id is 'The message in which it went or goes out.';
comment on column incident.notification.leased_until is
'Until then a notifier is sending it, and it counts as told; as long as its message is leased.';
comment on column incident.notification.waits_for_silence_to_end is
'Silenced: when the maintenance or the incident of the host is over and this one is not, it is told then.';
comment on column incident.notification.in_timeline is 'Whether the incident''s timeline says that it was told.';

comment on table incident.notifier is 'The notifiers that have been seen, and the contacts that each can reach.';

comment on table incident.retention is 'How long raw samples are kept. History and incidents stay for ever. One row.';
comment on column incident.retention.keep_samples is
'Whole days (UTC) of samples older than this are removed by the sweep. Null, the default: never.';
comment on column incident.retention.accept_late is
'Rows older than this on arrival (timestamp before created_at) are stored and count for nothing: a clock was wrong. Null: all count.';

comment on table incident.void_period is
'Samples declared void by incident.void_samples: they are stored and count for nothing, until incident.restore_samples takes it back.';
comment on column incident.void_period.device_name is 'Null: the host with all its devices and its own rows.';
comment on column incident.void_period.capture_folder is 'Null: all of the device.';
comment on column incident.void_period.reason is 'Why, as the person put it.';
comment on column incident.void_period.voided_by is 'Who, as stated to the function.';
comment on column incident.void_period.restored_at is 'When it was taken back; null while it holds.';
comment on column incident.void_period.recorded_by is 'The database login that did it (session_user).';

comment on table incident_engine.old_sample is
'Statements with rows that were implausibly old on arrival (accept_late of incident.retention), of the last day, for health.';

comment on table incident_engine.agent_host is
'Which login may insert metric rows of which host; the functions allow_agent and forbid_agent write it, row security of the '
'metric tables asks it. The view agents shows it.';
comment on column incident_engine.agent_host.login is 'Name of the database login (session_user), or of the role that it becomes (current_user).';
comment on column incident_engine.agent_host.host_name is 'Host whose rows it may insert; * for every host.';
comment on column incident_engine.agent_host.allowed_by is 'The login that allowed it (session_user).';
comment on column incident_engine.agent_host.allowed_at is 'When.';

-- Row security lets a login insert rows of its own hosts only (see incident_engine.agent_host).
grant insert on public.system_metrics, public.system_device_metrics to incident_agent;

grant select on
public.system_metrics, public.system_device_metrics, public.system_incident,
incident.policy, incident.device, incident.device_state, incident.timeline, incident.maintenance,
incident.sealed_report, incident.sealed_report_line,
incident.host, incident.host_condition, incident.system_state, incident.outage, incident.retirement, incident.move,
incident.policy_change, incident.recurring_maintenance, incident.retention, incident.void_period,
incident.contact, incident.rotation, incident.rotation_override, incident.escalation_step, incident.route,
incident.notification, incident.message, incident.notifier, incident.site
to incident_viewer;

comment on column incident.contact.changed_at is 'When its way or its limit was last set.';
comment on column incident.message.made_at is 'When it was put together.';
comment on column incident.message.next_attempt_at is 'Not tried again before.';
comment on column incident.message.state_at is 'Since when it is in this state.';
comment on column incident.notification.created_at is 'When it was decided, in the transaction that gave the reason for it.';
comment on column incident.notification.due_at is 'Not told before.';
comment on column incident.notification.state_at is 'Since when it is in this state.';
comment on column incident.notifier.seen_at is 'When it last asked for messages.';
comment on column incident.notifier.started_at is 'When it was first seen.';
comment on column incident.rotation.changed_at is 'When it was last set.';
comment on column incident.rotation_override.added_at is 'When the transaction that added it began.';
comment on column incident.rotation_override.period is 'While the other one is on call: from the start, up to the end.';
comment on column incident.route.added_at is 'When the transaction that added it began.';
comment on column incident.void_period.period is 'The samples with a timestamp in it count for nothing.';
comment on column incident.void_period.voided_at is 'When the transaction that declared them void began.';
