create or replace function incident_engine.held_incidents(host_names text[], incident_ids bigint[])
returns bigint[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '200ms'
as $$
begin
    perform
    from public.system_incident as i
    where i.host_name = any (host_names) and i.incident_id = any (incident_ids)
    order by i.incident_id
    for no key update;
    return array[]::bigint[];
exception
    when lock_not_available then
        return array(
            select unnest(incident_ids)
            except
            select free.incident_id
            from (
                select i.incident_id
                from public.system_incident as i
                where i.host_name = any (host_names) and i.incident_id = any (incident_ids)
                for no key update skip locked
            ) as free
        );
end
$$;

comment on function incident_engine.held_incidents(text[], bigint[]) is
'Locks incidents before they are written and returns those that somebody holds in a transaction left open: those are left alone. '
'Waits for what a person does just now, a fifth of a second, and not for a person.';

revoke all on function incident_engine.held_incidents(text[], bigint[]) from public;
