create or replace function incident_engine.postmortem_metrics(
    subject public.system_incident, window_start timestamptz, window_end timestamptz
)
returns setof text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with phase (place, name, since, until) as (
        values
        (2, 'before', window_start, (subject).detected_at),
        (3, 'during', (subject).detected_at, coalesce((subject).resolved_at, window_end)),
        (4, 'after', coalesce((subject).resolved_at, window_end), window_end)
    ),

    line (place, cells) as (
        values
        (0, array['Host', 'Rows', 'CPU %', 'Memory %', 'Disk %', 'Temperature C', 'Load 1 min']),
        (1, array_fill('---'::text, array[7]))
        union all
        select
            p.place,
            array[
                p.name, count(m.timestamp)::text,
                round(avg(m.cpu_percent), 1) || ', at most ' || round(max(m.cpu_percent), 1),
                round(avg(m.memory_percent), 1) || ', at most ' || round(max(m.memory_percent), 1),
                round(max(m.disk_percent), 1)::text,
                round(max(m.cpu_temperature_celsius), 1)::text,
                round(max(m.load_average_1m), 2)::text
            ]
        from phase as p
        left join public.system_metrics as m
            on m.host_name = (subject).host_name and m.timestamp >= p.since and m.timestamp < p.until
        group by p.place, p.name
    )

    select incident_engine.markdown_row(variadic l.cells)
    from line as l
    order by l.place;
end;

comment on function incident_engine.postmortem_metrics(public.system_incident, timestamptz, timestamptz) is
'For incident.postmortem: load of the host before, during and after, mean and maximum, as rows of a Markdown table.';

revoke all on function incident_engine.postmortem_metrics(public.system_incident, timestamptz, timestamptz) from public;
grant execute on function incident_engine.postmortem_metrics(public.system_incident, timestamptz, timestamptz)
to incident_viewer;
