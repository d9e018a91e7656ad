create or replace function incident_engine.host_states(bases incident_engine.touch[])
returns setof incident.system_state
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    event record;
    moment timestamptz; -- up to which events are taken in
    silence text; -- what a silence that lasts is taken for; null: there is none
    reasons text[];
    state incident.system_state;
    next_state incident.system_state;
begin
    for event in
        select e.host_name, e.at, e.kind, e.value, e.place
        from incident_engine.host_events(bases) as e
        order by e.host_name, e.at, e.kind = 'end', e.value is not null
    loop
        -- All that happened at one moment counts before the next one is looked at.
        if event.at > moment then
            next_state := (
                event.host_name, event.host_name, 'host', moment, null::timestamptz,
                -- A silence of whatever kind is a state of its own: rows that come late for it must be news.
                coalesce(silence, case when array_to_string(reasons, '') <> '' then 'over_limit' end, 'reporting'),
                null, null
            );
            if next_state.status in ('silent', 'over_limit') then
                next_state.reason := array_to_string(
                    case next_state.status when 'silent' then array['silent'] end || reasons, '; '
                );
                next_state.severity := case next_state.status when 'silent' then 'critical' else 'medium' end;
            end if;
            if (next_state.status, next_state.reason) is distinct from (state.status, state.reason) then
                if state.status is not null then
                    state.ended_at := moment;
                    return next state;
                end if;
                state := next_state;
            end if;
        end if;
        moment := event.at;
        if event.kind = 'silence' then
            silence := event.value;
        elsif event.kind = 'limit' then
            reasons[event.place] := event.value;
        elsif event.kind = 'end' then
            if state.started_at < event.at then
                state.ended_at := event.at;
                return next state;
            end if;
            moment := null;
            silence := null;
            reasons := null;
            state := null;
        end if;
    end loop;
end
$$;

comment on function incident_engine.host_states(incident_engine.touch[]) is
'The history of hosts from from_time, a moment at which they reported (or -infinity), to to_time, as their conditions, the outages '
'of the database and retirements tell.';

revoke all on function incident_engine.host_states(incident_engine.touch[]) from public;
