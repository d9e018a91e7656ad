create or replace function incident_engine.update_attention(regions incident_engine.touch[])
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
            max(
                case
                    when c.is_failing <> (i.incident_id is not null) then 'infinity'
                    else greatest(
                        case when i.detected_at > n.state_started_at then i.detected_at end,
                        case when f.ended_at >= n.state_started_at then f.ended_at end
                    )
                end
            ) as attention_until
        from incident.device as n
        cross join lateral (
            values
            (
                'ffmpeg',
                case n.ffmpeg_status when 'active' then false when 'stuck' then true when 'stopped' then true end
            ),
            (
                'monitor',
                case n.monitor_status when 'active' then false when 'stuck' then true when 'stopped' then true end
            )
        ) as c (component, is_failing)
        left join public.system_incident as i
            on i.host_name = n.host_name
            and i.device_name = n.device_name
            and i.capture_folder = n.capture_folder
            and i.component = c.component
            and i.status in ('open', 'in_progress')
        left join lateral (
            select e.ended_at
            from incident.flapping as e
            where
                e.host_name = n.host_name
                and e.device_name = n.device_name
                and e.capture_folder = n.capture_folder
                and e.component = c.component
            order by e.started_at desc
            limit 1
        ) as f on true
        where (n.host_name, n.device_name, n.capture_folder) in (
            select r.host_name, r.device_name, r.capture_folder from unnest(regions) as r
        )
        group by n.host_name, n.device_name, n.capture_folder
    ) as a
    where
        (d.host_name, d.device_name, d.capture_folder) = (a.host_name, a.device_name, a.capture_folder)
        and d.attention_until is distinct from a.attention_until;
end
$$;

comment on function incident_engine.update_attention(incident_engine.touch[]) is
'Some samples matter though they say nothing new: while a component fails without an incident (the next may open one) or is '
'healthy with one (the next may resolve it), and while it flaps. Remembers up to when samples must be looked at for that: infinity '
'while it is so, afterwards the sample that settled it.';

revoke all on function incident_engine.update_attention(incident_engine.touch[]) from public;
