-- Each damage is done by the owner, seen, and taken back.
select plan(13);

select test.send_one_by_one('active stuck stopped active - - - active active/stuck');
select test.send_one_by_one('stuck active', device_name => 'Device 2');
select incident.sweep(test.at('10:09'));

create function test.rules_broken_by(damage text) returns text[]
language plpgsql
as $$
declare
    rules text[];
begin
    begin
        execute damage;
        select array_agg(distinct c.rule order by c.rule) into rules from incident.check_invariants() as c;
        raise exception using errcode = 'IN999';
    exception
        when sqlstate 'IN999' then
            return rules;
    end;
end
$$;

select test.is_sound('at first');
select
    ok(
        d.rule = any(test.rules_broken_by(d.damage)),
        d.rule || ': ' || array_to_string(test.rules_broken_by(d.damage), ', ')
    )
from (
    values
    ('history has no holes', 'update incident.device_state set ended_at = ended_at - interval ''1 second''
        where started_at = test.at(''10:01'') and device_name = ''Device 1'''),
    ('history has no overlaps', 'update incident.device_state set ended_at = ended_at + interval ''1 second''
        where started_at = test.at(''10:01'') and device_name = ''Device 1'''),
    ('history reaches the present', 'update incident.device_state set ended_at = test.at(''11:00'')
        where ended_at = ''infinity'' and device_name = ''Device 1'''),
    ('one history row per change', 'update incident.device_state set ffmpeg_status = ''stuck''
        where started_at = test.at(''10:02'') and device_name = ''Device 1'''),
    ('device shows its last history row', 'update incident.device set ffmpeg_status = ''stopped'''),
    ('history says what the samples say', 'update incident.device_state set ffmpeg_status = ''unknown''
        where started_at = test.at(''10:03'')'),
    ('silence is recorded', 'update incident.device_state set started_at = test.at(''10:04:30'')
        where ffmpeg_status = ''no_data'''),
    ('the history explains every incident', 'update incident.device_state set ffmpeg_status = ''unknown''
        where ffmpeg_status in (''stuck'', ''stopped'')'),
    ('every failure has its incident', 'update system_incident set retracted_at = now() where status = ''resolved'''),
    ('one active incident for a component', 'drop index unique_open_incident;
        insert into system_incident (host_name, device_id, device_name, capture_folder, incident_type, severity, component,
            detected_at)
        select host_name, device_id, device_name, capture_folder, incident_type, severity, component, now()
        from system_incident where status = ''open'''),
    ('every incident has a timeline', 'alter table incident.timeline disable trigger timeline_is_append_only;
        delete from incident.timeline'),
    ('durations are what the times say', 'alter table system_incident disable trigger keep_durations_and_transitions;
        update system_incident set total_duration_minutes = 4711 where status = ''resolved''')
) as d (rule, damage);

select * from finish();
