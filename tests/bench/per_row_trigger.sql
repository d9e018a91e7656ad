-- What a good developer writes without the package: a row trigger that opens, escalates and resolves incidents. Leaner than
-- the package in what it does: no state history, no timeline, no silence, late rows taken as new ones.

drop trigger fold_new_samples on public.system_device_metrics;

create table public.plain_incident (
    incident_id bigint generated always as identity primary key,
    host_name text not null,
    device_id text not null,
    device_name text not null,
    capture_folder text not null,
    video_device text,
    incident_type text not null,
    severity text not null,
    component text not null,
    status text not null default 'open',
    detected_at timestamptz not null,
    acknowledged_at timestamptz,
    resolved_at timestamptz,
    total_duration_minutes integer,
    description text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index plain_incident_active
on public.plain_incident (host_name, device_name, capture_folder, component)
where status in ('open', 'in_progress');
create index plain_incident_status on public.plain_incident (status);
create index plain_incident_device on public.plain_incident (host_name, device_id);
create index plain_incident_detected on public.plain_incident (detected_at);
create index plain_incident_type on public.plain_incident (incident_type, severity);

create function public.open_or_escalate(sample public.system_device_metrics, failing text, status text)
returns void
language plpgsql
as $$
#variable_conflict use_column
begin
    insert into public.plain_incident as i (
        host_name, device_id, device_name, capture_folder, video_device, incident_type, severity, component,
        detected_at, description
    )
    values (
        sample.host_name, sample.device_id, sample.device_name, sample.capture_folder, sample.video_device,
        failing || '_failure', case open_or_escalate.status when 'stopped' then 'critical' else 'high' end, failing,
        sample.timestamp,
        format('%s %s on %s, %s', failing, open_or_escalate.status, sample.host_name, sample.device_name)
    )
    on conflict (host_name, device_name, capture_folder, component) where status in ('open', 'in_progress')
    do update set severity = 'critical', description = excluded.description, updated_at = now()
    where excluded.severity = 'critical' and i.severity <> 'critical';
end
$$;

create function public.on_plain_insert() returns trigger language plpgsql as $$
begin
    if new.ffmpeg_status in ('stuck', 'stopped') then
        perform public.open_or_escalate(new, 'ffmpeg', new.ffmpeg_status);
    end if;
    if new.monitor_status in ('stuck', 'stopped') then
        perform public.open_or_escalate(new, 'monitor', new.monitor_status);
    end if;
    if 'active' in (new.ffmpeg_status, new.monitor_status) then
        update public.plain_incident as i
        set status = 'resolved',
            resolved_at = new.timestamp,
            total_duration_minutes = extract(epoch from new.timestamp - i.detected_at) / 60,
            updated_at = now()
        where
            i.host_name = new.host_name
            and i.device_name = new.device_name
            and i.capture_folder = new.capture_folder
            and i.status in ('open', 'in_progress')
            and case i.component when 'ffmpeg' then new.ffmpeg_status when 'monitor' then new.monitor_status end = 'active';
    end if;
    return null;
end
$$;

create trigger open_and_resolve
after insert on public.system_device_metrics
for each row execute function public.on_plain_insert();
