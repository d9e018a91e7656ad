create or replace function incident_engine.record_operator_actions(incident_ids bigint[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    regions incident_engine.touch[];
begin
    insert into incident_engine.operator_action (host_name, device_name, capture_folder, component, action, acted_at)
    select i.host_name, i.device_name, i.capture_folder, i.component, 'resolved', i.resolved_at
    from public.system_incident as i
    where i.incident_id = any (incident_ids) and i.status = 'resolved'
    on conflict do nothing;

    -- Reopening takes back the cuts since the incident began, and holds it open through the healthy run it is in, if any.
    delete from incident_engine.operator_action as a
    using public.system_incident as i
    where
        i.incident_id = any (incident_ids)
        and (a.host_name, a.device_name, a.capture_folder, a.component)
        = (i.host_name, i.device_name, i.capture_folder, i.component)
        and i.status = 'open'
        and a.action in ('resolved', 'closed')
        and a.acted_at >= i.detected_at;

    insert into incident_engine.operator_action (host_name, device_name, capture_folder, component, action, acted_at)
    select i.host_name, i.device_name, i.capture_folder, i.component, 'reopened', i.acted_at
    from public.system_incident as i
    where i.incident_id = any (incident_ids) and i.status = 'open'
    on conflict do nothing;

    regions := (
        select array_agg((
            i.host_name, i.device_name, i.capture_folder, i.detected_at, 'infinity'::timestamptz
        )::incident_engine.touch)
        from public.system_incident as i
        where i.incident_id = any (incident_ids)
    );
    perform incident_engine.fold_incidents(regions, array['ffmpeg', 'monitor', 'system'], cause => 'what somebody did');
end
$$;

comment on function incident_engine.record_operator_actions(bigint[]) is
'Remembers what operators did to the course of incidents (resolved or reopened them by hand), so that every later fold agrees.';

revoke all on function incident_engine.record_operator_actions(bigint[]) from public;
