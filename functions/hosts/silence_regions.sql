create or replace function incident_engine.silence_regions(spans incident_engine.touch[])
returns incident_engine.touch[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    grace constant interval := (select max(p.new_device_grace) from incident.policy as p);
begin
    return (
        select array_agg((r.host_name, 'silent', '', lower(r.span), upper(r.span))::incident_engine.touch)
        from (
            select s.host_name,
                unnest(range_agg(tstzrange(s.from_time - longest, s.to_time + greatest(longest, grace)))) as span
            from unnest(spans) as s
            group by s.host_name
        ) as r
    );
end
$$;

comment on function incident_engine.silence_regions(incident_engine.touch[]) is
'Where the silences of hosts (condition in device_name) may be other than on record for what happened in the spans: with room for '
'those beside them, and for the grace of what turns out to have begun earlier. Merged where they meet.';

revoke all on function incident_engine.silence_regions(incident_engine.touch[]) from public;
