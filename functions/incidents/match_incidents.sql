create or replace function incident_engine.match_incidents(
    spans incident_engine.component_span[], horizon timestamptz
)
returns setof incident_engine.verdict
language plpgsql
stable
rows 1000
set search_path = pg_catalog, pg_temp
set jit = off
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    e record;
    failure incident_engine.derived_incident; -- the last one that began
    holder incident_engine.claim; -- the incident that it is
    c incident_engine.claim;
    claims incident_engine.claim[];
    verdict incident_engine.verdict;
    losers incident_engine.claim[] := array[]::incident_engine.claim[]; -- to the holder
    waiting incident_engine.claim[] := array[]::incident_engine.claim[]; -- for the next failure
begin
    for e in
        select d.subject, d.detected_at as at, 1 as position, d as derived, null::incident_engine.claim as claim
        from incident_engine.derive_incidents(spans, horizon) as d
        union all
        -- One that somebody worked on also when it was retracted: should late rows tell of its failure again, it is back. So is
        -- what an earlier monitoring recorded.
        select s.subject::integer, coalesce(i.anchored_at, i.detected_at), 2, null,
            (
                i.incident_id, i.acted_at is not null, i.retracted_at is not null or i.as_recorded,
                coalesce(i.anchored_from, i.detected_at),
                coalesce(case when i.anchored_at is null then i.resolved_at else i.anchored_to end, 'infinity'),
                null,
                (
                    s.subject, i.detected_at, coalesce(i.resolved_at, 'infinity'), i.severity, i.detected_severity,
                    i.severity_since, i.engine_reopen_count, i.reopened_at, i.flapping_since
                )::incident_engine.derived_incident
            )::incident_engine.claim
        from unnest(spans) with ordinality as s (
            host_name, device_name, capture_folder, component, from_time, to_time, policy, subject
        )
        cross join lateral (
            select k.*
            from public.system_incident as k
            where
                (k.host_name, k.device_name, k.capture_folder, k.component)
                = (s.host_name, s.device_name, s.capture_folder, s.component)
                and k.detected_at >= s.from_time
                -- As a row, lest the index of detected_at look as good while the table is small.
                and (k.component, k.detected_at) < (s.component, s.to_time)
                and k.retracted_at is null
                and not k.as_recorded
            union all
            select k.*
            from public.system_incident as k
            where
                (k.host_name, k.device_name, k.capture_folder, k.component)
                = (s.host_name, s.device_name, s.capture_folder, s.component)
                and k.anchored_to >= s.from_time
                and k.anchored_from < s.to_time
                and (k.retracted_at is not null or k.as_recorded)
        ) as i
        union all
        select s.subject::integer, 'infinity', 3, null, null
        from unnest(spans) with ordinality as s (
            host_name, device_name, capture_folder, component, from_time, to_time, policy, subject
        )
        order by 1, 2, 3
    loop
        -- All who claim the last failure are known when the next one begins.
        if e.position <> 2 then
            if failure.detected_at is not null
                and (holder.is_aside or holder.recorded is distinct from failure)
            then
                verdict := (failure.subject, holder.incident_id, failure, null::bigint);
                return next verdict;
            end if;
            foreach c in array losers loop
                c.lost_to := holder.incident_id;
                if not c.is_worked_on then
                    waiting := waiting || c;
                elsif not c.is_aside then
                    verdict := ((c.recorded).subject, c.incident_id, null::incident_engine.derived_incident, c.lost_to);
                    return next verdict;
                end if;
            end loop;
            losers := '{}';
            holder := null;
            failure := e.derived;
        end if;

        -- Whose failure may the new one be, or where does the incident belong?
        claims := '{}';
        if e.position = 1 then
            claims := array(select w from unnest(waiting) as w where w.to_time >= e.at);
            waiting := array(select w from unnest(waiting) as w where w.to_time < e.at);
        elsif failure.resolved_at >= (e.claim).from_time then
            claims := array[e.claim];
        elsif e.position = 2 then
            waiting := waiting || e.claim;
        end if;

        foreach c in array claims loop
            if holder.incident_id is null then
                holder := c;
            elsif (not c.is_worked_on, c.from_time, c.incident_id)  -- rule: of two that join the one worked on stays; of two that join the older stays
                < (not holder.is_worked_on, holder.from_time, holder.incident_id)
            then
                losers := losers || holder;
                holder := c;
            else
                losers := losers || c;
            end if;
        end loop;

        if e.position = 3 then
            foreach c in array waiting loop
                if not c.is_aside then
                    verdict := ((c.recorded).subject, c.incident_id, null::incident_engine.derived_incident, c.lost_to);
                    return next verdict;
                end if;
            end loop;
            waiting := '{}';
        end if;
    end loop;
end
$$;

comment on function incident_engine.match_incidents(incident_engine.component_span[], timestamptz) is
'Hands each incident on record to the failure that it is, and returns what has to be written. One that somebody worked on follows '
'the failure that holds its anchored_at, else the last one before, else the next; one that nobody touched whatever it overlaps. Of '
'several the one worked on stays, else the older. A failure that is nobody''s is opened, an incident without a failure retracted.';

revoke all on function incident_engine.match_incidents(incident_engine.component_span[], timestamptz) from public;
