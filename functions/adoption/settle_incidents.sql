create or replace function incident_engine.settle_incidents()
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    r record;
begin
    perform set_config('incident_engine.writer', 'engine', true);
    -- A failure that both know is one: the samples' incident stays, with what people wrote on the other.
    for r in
        select i.*, e.incident_id as known_as
        from public.system_incident as i
        cross join lateral (
            select k.incident_id
            from public.system_incident as k
            where
                (k.host_name, k.device_name, k.capture_folder, k.component)
                = (i.host_name, i.device_name, i.capture_folder, i.component)
                and k.retracted_at is null
                and not k.as_recorded
                and k.detected_at <= coalesce(i.resolved_at, i.detected_at) + interval '1 minute'
                and coalesce(k.resolved_at, 'infinity') >= i.detected_at - interval '1 minute'
            order by abs(extract(epoch from k.detected_at - i.detected_at)), k.incident_id
            limit 1
        ) as e
        where i.as_recorded and i.retracted_at is null
        order by i.acted_at is null, i.incident_id
    loop
        perform incident_engine.lock_hosts(array[r.host_name]);
        update public.system_incident as i
        set root_cause = coalesce(i.root_cause, r.root_cause),
            resolution_notes = coalesce(i.resolution_notes, r.resolution_notes),
            acknowledged_at = coalesce(i.acknowledged_at, r.acknowledged_at),
            acknowledged_by = coalesce(i.acknowledged_by, r.acknowledged_by),
            status = case when i.status = 'open' and r.acknowledged_at is not null then 'in_progress' else i.status end,
            acted_at = coalesce(i.acted_at, r.acted_at),
            updated_by = 'adopted',
            update_note = format('incident %s of the earlier monitoring is the same failure', r.incident_id)
        where i.host_name = r.host_name and i.incident_id = r.known_as;
        update public.system_incident as i
        set status = case when i.status = 'closed' then 'closed' else 'resolved' end,
            resolved_at = coalesce(i.resolved_at, i.detected_at),
            resolved_by = coalesce(i.resolved_by, 'adopted'),
            retracted_at = now(),
            updated_by = 'adopted',
            update_note = format('joined into incident %s: the samples tell of one failure', r.known_as)
        where i.host_name = r.host_name and i.incident_id = r.incident_id;
    end loop;

    perform incident_engine.tell_nobody('taken over from an earlier monitoring');
    perform set_config('incident_engine.writer', '', true);
end
$$;

comment on function incident_engine.settle_incidents() is
'The last step of taking over: recorded incidents whose failure another one is are joined into that. The others stay as they '
'were recorded, open ones too, until a sample tells of them or a person resolves them. Running it again changes nothing.';

revoke all on function incident_engine.settle_incidents() from public;
