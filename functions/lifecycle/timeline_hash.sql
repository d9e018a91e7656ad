create or replace function incident_engine.timeline_hash(entry incident.timeline)
returns bytea
language sql
stable
return pg_catalog.sha256(
    coalesce(entry.previous_hash, '') || pg_catalog.convert_to(
        pg_catalog.jsonb_build_array(
            entry.host_name,
            entry.incident_id,
            entry.entry_id,
            incident_engine.utc_text(entry.happened_at),
            incident_engine.utc_text(entry.recorded_at),
            entry.event,
            entry.from_value,
            entry.to_value,
            entry.note,
            entry.operator,
            entry.recorded_by
        )::text,
        'UTF8'
    )
);

comment on function incident_engine.timeline_hash(incident.timeline) is
'What the hash of an entry of the timeline must be: SHA-256 over the hash of the previous entry and a JSON array of its columns, '
'in UTF-8, times in UTC. Must never compute anything else: the hashes in the table are compared with it.';

revoke all on function incident_engine.timeline_hash(incident.timeline) from public;
grant execute on function incident_engine.timeline_hash(incident.timeline) to incident_viewer;
