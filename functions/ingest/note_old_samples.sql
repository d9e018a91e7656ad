create or replace function incident_engine.note_old_samples(old incident_engine.touch[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from incident_engine.old_sample as o
    where (o.host_name, o.notice_id) in (
        select l.host_name, l.notice_id
        from incident_engine.old_sample as l
        where l.noticed_at < now() - interval '1 day'
        for update skip locked
    );
    insert into incident_engine.old_sample (host_name, samples, oldest)
    select t.host_name, count(*), min(t.from_time) from unnest(old) as t group by t.host_name;
end
$$;

comment on function incident_engine.note_old_samples(incident_engine.touch[]) is
'Notes for health that rows were implausibly old on arrival; what was noted over a day ago goes.';

revoke all on function incident_engine.note_old_samples(incident_engine.touch[]) from public;
