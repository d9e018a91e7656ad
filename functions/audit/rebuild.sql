create or replace function incident.rebuild(
    host_name text default null, since timestamptz default '-infinity', cause text default 'a rebuild'
)
returns table (
    changed_host text,
    device_name text,
    capture_folder text,
    what text,
    was text,
    is_now text
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set jit = off
as $$
#variable_conflict use_column
declare
    host text;
    before jsonb;
begin
    if rebuild.since is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'since must not be null',
            hint = 'Leave it out to rebuild from the first sample on.';
    end if;
    if rebuild.host_name is not null
        and not exists (select from public.system_device_metrics as m where m.host_name = rebuild.host_name)
        and not exists (select from public.system_metrics as m where m.host_name = rebuild.host_name)
    then
        raise exception using
            errcode = 'no_data_found',
            message = format('host %s has no samples', rebuild.host_name),
            hint = 'select host_name from incident.host lists the hosts; leave it out for all of them.';
    end if;

    for host in
        select d.host_name from incident.device as d
        where rebuild.host_name is null and incident_engine.site_of(d.host_name) = incident_engine.own_site()
        group by d.host_name
        union
        select h.host_name from incident.host as h
        where rebuild.host_name is null and h.site = incident_engine.own_site()
        union
        -- What was restored or replicated past the triggers may be of hosts that nobody has seen yet.
        select m.host_name from public.system_device_metrics as m where rebuild.host_name is null group by m.host_name
        union
        select m.host_name from public.system_metrics as m where rebuild.host_name is null group by m.host_name
        union
        select rebuild.host_name where rebuild.host_name is not null
        order by 1
    loop
        perform incident_engine.lock_hosts(array[host]);
        before := incident_engine.host_record(host);
        perform incident_engine.fold(array_agg((
            m.host_name, m.device_name, m.capture_folder, rebuild.since, 'infinity'::timestamptz
        )::incident_engine.touch), cause => rebuild.cause)
        from (
            select distinct m.host_name, m.device_name, m.capture_folder
            from public.system_device_metrics as m
            where m.host_name = host
            union all
            select host, '', '' -- the host itself
        ) as m;
        perform incident_engine.tell_nobody('found by a rebuild', host);
        return query
        select host, coalesce(o.device_name, n.device_name), coalesce(o.capture_folder, n.capture_folder),
            coalesce(o.what, n.what), o.value, n.value
        from jsonb_to_recordset(before) as o (device_name text, capture_folder text, what text, value text)
        full join jsonb_to_recordset(incident_engine.host_record(host)) as n (
            device_name text, capture_folder text, what text, value text
        )
            on (n.device_name, n.capture_folder, n.what) = (o.device_name, o.capture_folder, o.what)
        where o.value is distinct from n.value
        order by 2, 3, 4;
    end loop;
end
$$;

comment on function incident.rebuild(text, timestamptz, text) is
'Folds a host''s samples again, from since on (all by default; all hosts when host_name is left out), and returns a row for '
'everything that changed: none when all was right. cause: what the timelines of corrected incidents give as the cause. Errors: P0002 for a host without samples, 22004 for a null since, 55P03 when '
'another transaction holds the host for over 5 seconds.';

revoke all on function incident.rebuild(text, timestamptz, text) from public;
grant execute on function incident.rebuild(text, timestamptz, text) to incident_admin;
