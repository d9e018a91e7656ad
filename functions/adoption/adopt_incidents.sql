create or replace function incident_engine.adopt_incidents()
returns incident_engine.adoption_counts
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    counts incident_engine.adoption_counts := (0::bigint, 0::bigint, 0::bigint);
    original jsonb;
    old public.system_incident;
    subject public.system_incident;
begin
    perform set_config('incident_engine.writer', 'engine', true);
    for original in
        select to_jsonb(t) from incident_adopted.system_incident as t order by to_jsonb(t) ->> 'detected_at'
    loop
        counts.rows_read := counts.rows_read + 1;
        begin
            old := jsonb_populate_record(null::public.system_incident, original - 'incident_id');
        exception
            when data_exception then
                insert into incident_engine.quarantine (source, reason, original)
                values ('system_incident', sqlerrm, original);
                counts.rows_quarantined := counts.rows_quarantined + 1;
                continue;
        end;
        select i.*
        into subject
        from public.system_incident as i
        where
            (i.host_name, i.device_name, i.capture_folder, i.component)
            = (
                old.host_name, old.device_name, old.capture_folder,
                coalesce(old.component, split_part(old.incident_type, '_', 1))
            )
            and i.retracted_at is null
            and i.detected_at <= coalesce(old.resolved_at, old.detected_at) + interval '1 minute'
            and coalesce(i.resolved_at, 'infinity') >= old.detected_at - interval '1 minute'
        order by abs(extract(epoch from i.detected_at - old.detected_at))
        limit 1;
        if not found then
            insert into incident_engine.quarantine (source, reason, original)
            values ('system_incident', 'no failure in the samples explains it', original);
            counts.rows_quarantined := counts.rows_quarantined + 1;
            continue;
        end if;

        update public.system_incident as i
        set acknowledged_at = coalesce(i.acknowledged_at, old.acknowledged_at),
            acknowledged_by = case
                when coalesce(i.acknowledged_at, old.acknowledged_at) is not null then coalesce(i.acknowledged_by, 'adopted')
            end,
            status = case
                when i.status = 'resolved' and old.status = 'closed' then 'closed'
                when i.status = 'open' and old.acknowledged_at is not null then 'in_progress'
                else i.status
            end,
            closed_at = case
                when i.status = 'resolved' and old.status = 'closed'
                    then coalesce(old.closed_at, old.resolved_at, i.resolved_at)
                else i.closed_at
            end,
            closed_by = case when i.status = 'resolved' and old.status = 'closed' then 'adopted' else i.closed_by end,
            root_cause = coalesce(i.root_cause, old.root_cause),
            resolution_notes = coalesce(i.resolution_notes, old.resolution_notes),
            acted_at = coalesce(i.acted_at, old.closed_at, old.acknowledged_at),
            updated_by = 'adopted',
            update_note = 'from the earlier system_incident table'
        where i.host_name = subject.host_name and i.incident_id = subject.incident_id;
        insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)
        values (
            subject.host_name, subject.incident_id, coalesce(old.detected_at, now()), 'commented',
            'earlier record: ' || original::text, 'adopted'
        );
        counts.rows_adopted := counts.rows_adopted + 1;
    end loop;
    perform set_config('incident_engine.writer', '', true);
    return counts;
end
$$;

comment on function incident_engine.adopt_incidents() is
'Carries what people wrote on earlier incidents (acknowledgement, root cause, notes, closing) over to the incidents that the '
'samples tell of. An earlier incident that no failure explains is quarantined.';

revoke all on function incident_engine.adopt_incidents() from public;
