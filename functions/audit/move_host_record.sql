create or replace function incident_engine.move_host_record(from_host text, to_host text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    relation text;
    columns text;
begin
    -- What came under the new name already is folded again, with the rest.
    delete from incident.host_condition as c where c.host_name = to_host;
    delete from incident.system_state as s where s.host_name = to_host and s.capture_folder = 'host';
    insert into incident.host
    select (jsonb_populate_record(h, jsonb_build_object('host_name', to_host))).*
    from incident.host as h
    where h.host_name = from_host
    on conflict (host_name) do update set first_seen_at = least(host.first_seen_at, excluded.first_seen_at);
    update incident.host_condition as c set host_name = to_host where c.host_name = from_host;
    update incident.system_state as s
    set host_name = to_host, device_name = to_host
    where s.host_name = from_host and s.capture_folder = 'host';
    update incident_engine.operator_action as a
    set host_name = to_host, device_name = to_host
    where a.host_name = from_host and a.capture_folder = 'host';
    foreach relation in array array[
        'incident.recurring_maintenance', 'incident.maintenance', 'incident.retirement'
    ] loop
        execute format(
            'update %s set host_name = $1 where host_name = $2 and device_name is null', relation::regclass
        )
        using to_host, from_host;
    end loop;

    -- Rows of hosts are copied as samples are. All columns but two, whatever the table has.
    columns := (
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
        from pg_attribute as a
        where
            a.attrelid = 'public.system_metrics'::regclass
            and a.attnum > 0
            and not a.attisdropped
            and a.attname not in ('id', 'host_name')
    );
    perform set_config('incident_engine.writer', 'move', true);
    execute format(
        'insert into public.system_metrics (host_name, %1$s)
        select $1, %1$s
        from public.system_metrics as m
        where
            m.host_name = $2
            and m.timestamp in (select s.timestamp from incident_engine.host_sample as s where s.host_name = $2)
        on conflict do nothing', columns
    )
    using to_host, from_host;
    perform set_config('incident_engine.writer', writer_before, true);
end
$$;

comment on function incident_engine.move_host_record(text, text) is
'Gives what is a host''s own another name: its conditions, its history, maintenance and retirements of the whole host, its rows.';

revoke all on function incident_engine.move_host_record(text, text) from public;
