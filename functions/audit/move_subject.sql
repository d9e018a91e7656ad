create or replace function incident_engine.move_subject(
    old_key incident_engine.touch,
    new_key incident_engine.touch,
    is_rename boolean,
    operator text,
    note text,
    out samples bigint,
    out heads jsonb
)
returns record
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    relation text;
    later incident_engine.touch;
    last_sample timestamptz;
begin
    -- Both names have a history when the agent has sent under the new one already, or still under the old one after a move. The
    -- later one is folded again, as one with the other: retention may have removed what the earlier one was made of.
    later := (
    select case when n.first_sample_at < o.first_sample_at then old_key else new_key end
    from incident.device as n
    join incident.device as o
        on (o.host_name, o.device_name, o.capture_folder) = (old_key.host_name, old_key.device_name, old_key.capture_folder)
    where
        (n.host_name, n.device_name, n.capture_folder) = (new_key.host_name, new_key.device_name, new_key.capture_folder)
    );
    delete from incident.device_state as s
    where (s.host_name, s.device_name, s.capture_folder) = (later.host_name, later.device_name, later.capture_folder);
    delete from incident.system_state as s
    where (s.host_name, s.device_name, s.capture_folder) = (later.host_name, later.device_name, later.capture_folder);
    delete from incident.device as d
    where (d.host_name, d.device_name, d.capture_folder) = (later.host_name, later.device_name, later.capture_folder);
    insert into incident.host (host_name, first_seen_at, state_started_at)
    select new_key.host_name, d.first_sample_at, d.first_sample_at
    from incident.device as d
    where
        (d.host_name, d.device_name, d.capture_folder) = (old_key.host_name, old_key.device_name, old_key.capture_folder)
    on conflict do nothing;

    foreach relation in array array[
        'incident.recurring_maintenance', 'incident.maintenance', 'incident.retirement',
        'incident.device', 'incident.device_state', 'incident.system_state', 'incident_engine.operator_action'
    ] loop
        execute format(
            'update %s set host_name = $1, device_name = $2, capture_folder = $3
            where host_name = $4 and device_name = $5 and capture_folder = $6', relation::regclass
        )
        using new_key.host_name, new_key.device_name, new_key.capture_folder,
            old_key.host_name, old_key.device_name, old_key.capture_folder;
    end loop;
    delete from incident_engine.future_sample as f
    where
        (f.host_name, f.device_name, f.capture_folder) = (old_key.host_name, old_key.device_name, old_key.capture_folder);
    heads := incident_engine.move_incidents(old_key, new_key, is_rename, operator, note);

    -- Samples are never changed: copies of those that count go to the new name, and the trigger folds them as any others. What is
    -- there counts no more.
    insert into public.system_device_metrics (
        host_name, device_id, device_name, device_port, device_model, capture_folder, video_device, cpu_percent,
        memory_percent, memory_used_gb, memory_total_gb, disk_percent, disk_used_gb, disk_total_gb, uptime_seconds, platform,
        architecture, ffmpeg_status, ffmpeg_uptime_seconds, ffmpeg_last_activity, monitor_status, monitor_uptime_seconds,
        monitor_last_activity, timestamp, created_at, cpu_temperature_celsius, load_average_1m, load_average_5m,
        load_average_15m, disk_usage_capture
    )
    select
        new_key.host_name, m.device_id, new_key.device_name, m.device_port, m.device_model, new_key.capture_folder,
        m.video_device, m.cpu_percent, m.memory_percent, m.memory_used_gb, m.memory_total_gb, m.disk_percent,
        m.disk_used_gb, m.disk_total_gb, m.uptime_seconds, m.platform, m.architecture, m.ffmpeg_status,
        m.ffmpeg_uptime_seconds, m.ffmpeg_last_activity, m.monitor_status, m.monitor_uptime_seconds,
        m.monitor_last_activity, m.timestamp, m.created_at, m.cpu_temperature_celsius, m.load_average_1m,
        m.load_average_5m, m.load_average_15m, m.disk_usage_capture
    from public.system_device_metrics as m
    where
        m.host_name = old_key.host_name
        and m.device_name = old_key.device_name
        and m.capture_folder = old_key.capture_folder
        and m.timestamp in (
            select s.timestamp
            from incident_engine.sample as s
            where
                s.host_name = old_key.host_name
                and s.device_name = old_key.device_name
                and s.capture_folder = old_key.capture_folder
        )
    on conflict do nothing;
    get diagnostics samples = row_count;
    last_sample := (
        select max(m.timestamp)
        from public.system_device_metrics as m
        where
            m.host_name = old_key.host_name
            and m.device_name = old_key.device_name
            and m.capture_folder = old_key.capture_folder
    );
    insert into incident.void_period (host_name, device_name, capture_folder, period, reason, voided_by)
    select
        old_key.host_name, old_key.device_name, old_key.capture_folder, tstzrange(null, last_sample, '[]'),
        format('moved to %s', concat_ws(' / ', new_key.host_name, new_key.device_name, new_key.capture_folder)), operator
    where last_sample is not null;
end
$$;

comment on function incident_engine.move_subject(incident_engine.touch, incident_engine.touch, boolean, text, text) is
'Gives a device another name, or another host: its history, maintenance, retirements, incidents and samples. The caller holds both '
'hosts, has deferred the constraints and folds both afterwards. samples: how many were copied; heads: see move_incidents.';

revoke all on function incident_engine.move_subject(incident_engine.touch, incident_engine.touch, boolean, text, text)
from public;
