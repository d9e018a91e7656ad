create or replace function incident_engine.last_signals(host_names text[])
returns table (host_name text, last_signal_at timestamptz)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
-- Plans that know the times open the partitions of these times alone.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    -- Of a device with a longer silence the sweep would have made a note.
    heard_from constant timestamptz := swept_to - (select max(p.no_data_after) from incident.policy as p);
begin
    return query
    select h.name, greatest(
        (
            select max(
                case
                    when e.ffmpeg_status = 'no_data' then (
                        select e.started_at - p.sample_interval
                        from incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
                    )
                    else greatest(e.started_at, (
                        select max(m.timestamp)
                        from incident_engine.sample as m
                        where
                            m.host_name = d.host_name
                            and m.device_name = d.device_name
                            and m.capture_folder = d.capture_folder
                            and m.timestamp > heard_from
                            and m.timestamp <= swept_to
                    ))
                end
            )
            from incident.device as d
            cross join lateral (
                select s.started_at, s.ffmpeg_status
                from incident.device_state as s
                where
                    s.host_name = d.host_name
                    and s.device_name = d.device_name
                    and s.capture_folder = d.capture_folder
                    and s.started_at <= swept_to
                order by s.started_at desc
                limit 1
            ) as e
            where d.host_name = h.name
        ),
        (
            select m.timestamp
            from incident_engine.host_sample as m
            where m.host_name = h.name and m.timestamp <= swept_to
            order by m.timestamp desc
            limit 1
        )
    )
    from unnest(host_names) as h (name);
end
$$;

comment on function incident_engine.last_signals(text[]) is
'When each host was last heard, as far as the sweep has looked: the newest of its devices'' samples and of its own rows.';

revoke all on function incident_engine.last_signals(text[]) from public;
