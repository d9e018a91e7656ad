create or replace function incident_engine.derive_incidents(
    spans incident_engine.component_span[], horizon timestamptz default now() + incident_engine.clock_tolerance()
)
returns setof incident_engine.derived_incident
language plpgsql
stable
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    -- Samples after the horizon are not looked at yet.
    known_until constant timestamptz := horizon + interval '1 microsecond';
    e record;
    span incident_engine.component_span;
    policy incident.policy;
    -- The run that the component is in; neutral states belong to the one before them.
    failing boolean;
    since timestamptz;
    ends_run boolean;
    severity text; -- of its present state
    is_retired boolean;
    is_held boolean; -- somebody reopened the incident in it
    resolved_by_hand timestamptz; -- in it
    changes bit(20); -- between failing and healthy, interval by interval, the newest last
    begins_at timestamptz; -- of the failure that its present state may be
    failure incident_engine.derived_incident; -- does not count yet
    follows boolean; -- so soon that it is the open one again
    open incident_engine.derived_incident; -- the last that counts
    has_recovered boolean; -- rather than that somebody ended it
    closed_at timestamptz;
    calm_after interval;
    subject integer := 0;
begin
    for e in
        select s.subject::integer, c.at, c.position, c.what, c.severity, c.is_retired
        from unnest(spans) with ordinality as s (
            host_name, device_name, capture_folder, component, from_time, to_time, policy, subject
        )
        cross join lateral (
            -- From so long before that the last intervals are known.
            select t.started_at as at, 1 as position, t.condition as what, t.severity, t.status = 'retired' as is_retired
            from incident_engine.component_state as t
            where
                (t.host_name, t.device_name, t.capture_folder, t.component)
                = (s.host_name, s.device_name, s.capture_folder, s.component)
                and t.condition <> 'neutral'
                and t.started_at < s.to_time
                and t.started_at >= coalesce((
                    select max(b.started_at)
                    from incident_engine.component_state as b
                    where
                        (b.host_name, b.device_name, b.capture_folder, b.component)
                        = (s.host_name, s.device_name, s.capture_folder, s.component)
                        and b.condition <> 'neutral'
                        and b.started_at <= s.from_time - 20 * (s.policy).sample_interval
                ), '-infinity')
            union all
            select a.acted_at, 2, a.action, null, null
            from incident_engine.operator_action as a
            where
                (a.host_name, a.device_name, a.capture_folder, a.component)
                = (s.host_name, s.device_name, s.capture_folder, s.component)
                and a.acted_at >= s.from_time
                and a.acted_at < s.to_time
            union all
            select s.to_time, 3, 'end', null, null
        ) as c
        order by s.subject, c.at, c.position
    loop
        if e.subject <> subject then
            subject := e.subject;
            span := spans[subject];
            policy := span.policy;
            changes := b'00000000000000000000';
            failing := null;
            failure := null;
            open := null;
            begins_at := null;
            closed_at := null;
        end if;
        ends_run := e.position = 1 and (e.what = 'failing') is distinct from failing;

        -- A failure begins: by its state, or by the next failing sample after somebody resolved it by hand.
        if failing and resolved_by_hand is not null then
            begins_at := incident_engine.first_sample_in(
                span.host_name, span.device_name, span.capture_folder, span.component, 'failing',
                resolved_by_hand + interval '1 microsecond', least(e.at, known_until)
            );
        end if;
        if e.at > begins_at or (e.at = begins_at and e.position > 1) then
            failure := (
                subject, begins_at, timestamptz 'infinity', severity, severity, begins_at, 0, null::timestamptz,
                case when incident_engine.flapping_percent(
                    changes << incident_engine.intervals_between(since, begins_at, policy.sample_interval)
                ) >= policy.flapping_start_percent then begins_at end
            );
            follows := has_recovered  -- rule: a failure soon after a recovery is the same incident
                and begins_at - open.resolved_at < policy.reopen_within  -- rule: reopen_within is exclusive
                and coalesce(closed_at < open.resolved_at, true);
            begins_at := null;
            resolved_by_hand := null;
        end if;

        -- Does it count, now that it is known how long it lasted?
        if failure.detected_at is not null and (ends_run or e.what in ('resolved', 'end')) then
            if policy.open_after = interval '0' or incident_engine.first_sample_in(  -- rule: a failure counts after open_after
                span.host_name, span.device_name, span.capture_folder, span.component, 'failing',
                failure.detected_at + policy.open_after,  -- rule: a failure that outlasts open_after counts from its start
                least(known_until, e.at + case e.what when 'resolved' then interval '1 microsecond' else interval '0' end)
            ) is not null then
                if follows then
                    open.resolved_at := 'infinity';
                    open.reopen_count := open.reopen_count + 1;
                    open.reopened_at := failure.detected_at;
                    open.flapping_since := failure.flapping_since;
                    if failure.severity < open.severity then
                        open.severity := failure.severity;
                        open.severity_since := failure.severity_since;
                    end if;
                else
                    if open.detected_at is not null then
                        return next open;
                    end if;
                    open := failure;
                end if;
            end if;
            failure := null;
        end if;

        -- Does the recovery? While it flaps none does.
        if not failing and open.resolved_at = 'infinity' and (ends_run or e.what = 'end') then
            calm_after := greatest(policy.resolve_after, case when open.flapping_since is not null  -- rule: a recovery counts after resolve_after; while it flaps nothing is resolved
                then coalesce(incident_engine.intervals_to_calm(
                    changes, policy.flapping_stop_percent,  -- rule: flapping stops at its percentage
                    case when ends_run then incident_engine.intervals_between(since, e.at, policy.sample_interval) else 20 end
                ), 21) * policy.sample_interval
            end);
            if not is_held and (
                calm_after = interval '0'
                or is_retired
                or since + calm_after < e.at and incident_engine.first_sample_in(
                    span.host_name, span.device_name, span.capture_folder, span.component, 'healthy',
                    since + calm_after, least(e.at, known_until)
                ) is not null
            ) then
                open.resolved_at := since;
                open.flapping_since := null;
                has_recovered := resolved_by_hand is distinct from since;
            elsif resolved_by_hand is not null then
                open.resolved_at := resolved_by_hand;
                open.flapping_since := null;
                has_recovered := false;
            end if;
        end if;

        if ends_run then
            if failing is not null then
                changes := changes << greatest(incident_engine.intervals_between(since, e.at, policy.sample_interval) - 1, 0);
                if incident_engine.flapping_percent(changes) <= policy.flapping_stop_percent then
                    open.flapping_since := null;
                end if;
                changes := changes << 1 | b'00000000000000000001';  -- rule: twenty intervals count
                if incident_engine.flapping_percent(changes) <= policy.flapping_stop_percent then
                    open.flapping_since := null;
                elsif
                    open.resolved_at = 'infinity'
                    and incident_engine.flapping_percent(changes) >= policy.flapping_start_percent  -- rule: flapping starts at its percentage
                then
                    open.flapping_since := coalesce(open.flapping_since, e.at);
                end if;
            end if;
            failing := e.what = 'failing';
            since := e.at;
            is_retired := false;
            is_held := false;
            resolved_by_hand := null;
            begins_at := null;
        end if;

        case e.what
            when 'failing' then
                severity := e.severity;
                -- In the order of the alphabet: critical, high, medium.
                if failure.detected_at is not null then
                    if severity < failure.severity then
                        failure.severity := severity;
                        failure.severity_since := e.at;
                    end if;
                elsif open.resolved_at = 'infinity' then
                    if severity < open.severity then  -- rule: severity never falls; severity rises
                        open.severity := severity;
                        open.severity_since := e.at;
                    end if;
                else
                    begins_at := greatest(e.at, span.from_time);
                    resolved_by_hand := null;
                end if;
            when 'healthy' then
                is_retired := is_retired or e.is_retired;
            when 'resolved' then
                resolved_by_hand := coalesce(case when not failing then resolved_by_hand end, e.at);
                if failing and open.resolved_at = 'infinity' then  -- rule: somebody ends an incident by hand
                    open.resolved_at := e.at;
                    open.flapping_since := null;
                end if;
                if open.resolved_at = e.at then
                    has_recovered := false;
                end if;
            when 'reopened' then
                is_held := true;  -- rule: a reopened incident stays open
            when 'closed' then
                closed_at := e.at;  -- rule: a closed incident is not reopened
            when 'end' then
                if open.flapping_since is not null and e.at = 'infinity' and incident_engine.first_sample_in(
                    span.host_name, span.device_name, span.capture_folder, span.component,
                    case when failing then 'failing' else 'healthy' end,
                    since + incident_engine.intervals_to_calm(changes, policy.flapping_stop_percent) * policy.sample_interval,
                    known_until
                ) is not null then
                    open.flapping_since := null;
                end if;
                if open.detected_at is not null then
                    return next open;
                end if;
        end case;
    end loop;
end
$$;

comment on function incident_engine.derive_incidents(incident_engine.component_span[], timestamptz) is
'The incidents that the state history and people''s actions tell of, by subject and time: from a failure that outlasts open_after to '
'the next recovery that outlasts resolve_after and any flapping, or to where somebody resolved it by hand; a failure within '
'reopen_within of a recovery belongs to the same one. Severity is the worst state in it. horizon: samples after it are not looked at.';

revoke all on function incident_engine.derive_incidents(incident_engine.component_span[], timestamptz) from public;
