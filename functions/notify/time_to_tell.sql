create or replace function incident.time_to_tell(
    window_start timestamptz default now() - interval '30 days', window_end timestamptz default now()
)
returns table (
    announced bigint,
    told bigint,
    mean_seconds numeric,
    worst_seconds numeric,
    worst_incident_id bigint,
    waiting bigint,
    not_told bigint
)
language sql
stable
set search_path = pg_catalog, pg_temp
begin atomic
    with first_told as (
        select
            i.incident_id,
            min(t.state_at) filter (where t.state = 'sent') - i.announced_at as took,
            bool_or(t.state = 'pending') as is_pending
        from public.system_incident as i
        left join incident.notification as t using (host_name, incident_id)
        where
            i.announced_at >= window_start
            and i.announced_at < window_end
            and i.retracted_at is null and i.dismissed_at is null
        group by i.host_name, i.incident_id, i.announced_at
    )

    select
        count(*) as announced,
        count(f.took) as told,
        trunc(extract(epoch from avg(f.took)), 3) as mean_seconds,
        trunc(extract(epoch from max(f.took)), 3) as worst_seconds,
        (array_agg(f.incident_id order by f.took desc, f.incident_id asc) filter (where f.took is not null))[1]
            as worst_incident_id,
        count(*) filter (where f.took is null and f.is_pending) as waiting,
        count(*) filter (where f.took is null and f.is_pending is not true) as not_told
    from first_told as f;
end;

comment on function incident.time_to_tell(timestamptz, timestamptz) is
'How soon people were told of the incidents announced in a window, by default the last 30 days: seconds from announced_at to the first '
'message that a service took, mean and worst; waiting: nobody has been told yet; not_told: nobody was or will be (incident.told says why '
'not: over, acknowledged or silenced before, given up, no route).';

revoke all on function incident.time_to_tell(timestamptz, timestamptz) from public;
grant execute on function incident.time_to_tell(timestamptz, timestamptz) to incident_viewer;
