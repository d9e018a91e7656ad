create or replace function incident_engine.update_attention(regions incident_engine.touch[], horizon timestamptz)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    update incident.device as d
    set attention_until = a.attention_until
    from (
        select n.host_name, n.device_name, n.capture_folder,
            (
                select coalesce(
                    incident_engine.sample_after(
                        n.host_name, n.device_name, n.capture_folder, max(cut.acted_at), horizon
                    ),
                    'infinity'
                )
                from incident_engine.operator_action as cut
                where
                    cut.host_name = n.host_name
                    and cut.device_name = n.device_name
                    and cut.capture_folder = n.capture_folder
                    and cut.action = 'cut'
                    and cut.acted_at >= n.state_started_at
                having count(*) > 0
            ) as attention_until
        from incident.device as n
        where (n.host_name, n.device_name, n.capture_folder) in (
            select r.host_name, r.device_name, r.capture_folder from unnest(regions) as r
        )
    ) as a
    where
        (d.host_name, d.device_name, d.capture_folder) = (a.host_name, a.device_name, a.capture_folder)
        and d.attention_until is distinct from a.attention_until;
end
$$;

comment on function incident_engine.update_attention(incident_engine.touch[], timestamptz) is
'A cut within the present state of a device makes its next sample start an incident though it says nothing new. Remembers up to '
'when samples must be looked at for that: the first sample after the last such cut, infinity until it comes.';

revoke all on function incident_engine.update_attention(incident_engine.touch[], timestamptz) from public;
