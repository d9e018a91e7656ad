create or replace function incident_engine.fold_history(
    touched incident_engine.touch[],
    horizon timestamptz,
    out regions incident_engine.touch[],
    out of_hosts incident_engine.touch[]
)
returns record
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    swept_to constant timestamptz := (select e.swept_to from incident_engine.sweep_state as e);
    s record;
    device incident.device;
    known incident.device;
    devices incident.device[] := array[]::incident.device[];
    run incident.device_state;
    runs incident.device_state[] := array[]::incident.device_state[];
    block incident_engine.touch;
    blocks incident_engine.touch[] := array[]::incident_engine.touch[];
    heard_at timestamptz;
begin
    regions := incident_engine.sample_regions(touched, horizon);

    for s in select r.* from incident_engine.region_samples(regions, horizon) as r loop
        if s.is_first then
            if (s.region).host_name is distinct from device.host_name
                or (s.region).device_name <> device.device_name
                or (s.region).capture_folder <> device.capture_folder
            then
                runs := runs || run;
                blocks := blocks || block;
                if device is distinct from known then
                    devices := devices || device;
                end if;
                known := s.device;
                device := known;
                if known.host_name is null then
                    device := (
                        (s.region).host_name, (s.region).device_name, (s.region).capture_folder, s.device_id, s.video_device,
                        s.ffmpeg_status, s.monitor_status, s.sampled_at, timestamptz 'infinity', now(), null::timestamptz
                    );
                end if;
                run := null;
            end if;
            if s.sampled_at < device.first_sample_at then
                device.first_sample_at := s.sampled_at;
                of_hosts := of_hosts || (
                    device.host_name, device.device_name, device.capture_folder, s.sampled_at, timestamptz 'infinity'
                )::incident_engine.touch;
            end if;

            -- Unless what is stored after the region before reaches into this one.
            if run.host_name is null or run.ended_at <= s.sampled_at then
                if run.host_name is not null then
                    runs := runs || run;
                    blocks := blocks || block;
                end if;
                run := s.state_before;
                if run.host_name is null then
                    run := (
                        device.host_name, device.device_name, device.capture_folder, s.sampled_at, null::timestamptz,
                        s.ffmpeg_status, s.monitor_status
                    );
                end if;
                block := (device.host_name, device.device_name, device.capture_folder, run.started_at, null::timestamptz);
            end if;
        elsif incident_engine.is_silence(heard_at, s.sampled_at, s.no_data_after, swept_to)
            and s.sampled_at > heard_at + s.sample_interval
        then
            run.ended_at := heard_at + s.sample_interval;  -- rule: no_data starts at the first missed sample
            runs := runs || run;
            run := (
                device.host_name, device.device_name, device.capture_folder, run.ended_at, null::timestamptz, 'no_data', 'no_data'
            );
        end if;

        if run.ffmpeg_status <> s.ffmpeg_status or run.monitor_status <> s.monitor_status then
            run.ended_at := s.sampled_at;
            runs := runs || run;
            run := (
                device.host_name, device.device_name, device.capture_folder, s.sampled_at, null::timestamptz,
                s.ffmpeg_status, s.monitor_status
            );
        end if;
        heard_at := s.sampled_at;

        if s.is_last then
            if (s.region).to_time = 'infinity' then
                device.device_id := s.device_id;
                device.video_device := s.video_device;
                -- Silence after the last sample is known as far as the sweep has looked.
                if incident_engine.is_silence(heard_at, 'infinity', s.no_data_after, swept_to) then
                    run.ended_at := heard_at + s.sample_interval;
                    runs := runs || run;
                    run := (
                        device.host_name, device.device_name, device.capture_folder, run.ended_at, null::timestamptz,
                        'no_data', 'no_data'
                    );
                end if;
            end if;
            run.ended_at := coalesce(s.next_state_ends_at, 'infinity');
            block.to_time := run.ended_at;
            if run.ended_at = 'infinity' then
                device.ffmpeg_status := run.ffmpeg_status;
                device.monitor_status := run.monitor_status;
                device.state_started_at := run.started_at;
            end if;
        end if;
    end loop;

    if device is distinct from known then
        devices := devices || device;
    end if;
    of_hosts := of_hosts || incident_engine.write_history(
        devices, array_remove(runs || run, null), array_remove(blocks || block, null)
    );
end
$$;

comment on function incident_engine.fold_history(incident_engine.touch[], timestamptz) is
'Samples -> device_state, in one pass over them from the last one before what is touched to the first one after it: a status holds '
'until the next sample, or until the first missed one when the silence lasts no_data_after or longer. Registers devices on first '
'sight. regions: what was looked at; of_hosts: silences that came, went or moved, and lives of devices that begin (earlier). '
'horizon: samples after it are not looked at.';

revoke all on function incident_engine.fold_history(incident_engine.touch[], timestamptz) from public;
