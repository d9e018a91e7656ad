create or replace function incident_engine.begin_incident_changes(
    incident_ids bigint[], operator text, acted_at timestamptz, changes_course boolean default false
)
returns public.system_incident[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if incident_ids is null or array_remove(incident_ids, null) = '{}' and incident_ids <> '{}' then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'incident_id must not be null',
            hint = 'select * from incident.board lists what is active, incident.recent what was lately.';
    end if;
    perform incident_engine.require_operator(operator);

    if acted_at is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'acted_at must not be null',
            hint = 'Leave it out for now().';
    end if;
    if acted_at > now() then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('acted_at must not be in the future, but is %s', acted_at),
            hint = 'Leave it out for now().';
    end if;

    -- Same order of locks as the fold: the hosts, then the incidents.
    if changes_course then
        perform incident_engine.lock_hosts(array_agg(distinct i.host_name))
        from public.system_incident as i
        where i.incident_id = any (incident_ids)
        having count(*) > 0;
    end if;
    perform set_config('incident_engine.writer', 'operator', true);
    return array(
        select i
        from public.system_incident as i
        where i.incident_id = any (incident_ids)
        order by i.incident_id
        for no key update
    );
end
$$;

comment on function incident_engine.begin_incident_changes(bigint[], text, timestamptz, boolean) is
'First step of everything an operator does to incidents: checks what was said, locks the incidents in the order of their numbers (and '
'their hosts before, when the course of incidents changes) and returns those that there are. Errors: 22004, 22023, 55P03.';

revoke all on function incident_engine.begin_incident_changes(bigint[], text, timestamptz, boolean) from public;
