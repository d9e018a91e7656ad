create or replace function incident_engine.report_digest(report_id bigint)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    select
        encode(
            sha256(convert_to(
                jsonb_build_array(
                    extract(epoch from lower(r.period)), extract(epoch from upper(r.period)), r.policy
                )::text
                || coalesce(
                    (
                        select
                            string_agg(
                                E'\n' || jsonb_build_array(
                                    l.host_name,
                                    l.device_name,
                                    l.capture_folder,
                                    l.up_seconds,
                                    l.down_seconds,
                                    l.unknown_seconds,
                                    l.no_data_seconds,
                                    l.maintenance_seconds,
                                    l.window_seconds,
                                    l.target_percent,
                                    l.incidents,
                                    l.failures
                                )::text,
                                ''
                                order by
                                    l.host_name collate "C", l.device_name collate "C", l.capture_folder collate "C"
                            )
                        from incident.sealed_report_line as l
                        where l.report_id = r.report_id
                    ),
                    ''
                ),
                'UTF8'
            )),
            'hex'
        )
    from incident.sealed_report as r
    where r.report_id = report_digest.report_id;
end;

comment on function incident_engine.report_digest(bigint) is
'SHA-256 of what a sealed report says: a line of JSON with period and policy, then one for each device. Null if there is none.';

revoke all on function incident_engine.report_digest(bigint) from public;
grant execute on function incident_engine.report_digest(bigint) to incident_viewer;
