create or replace function incident_engine.adopt_incidents()
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
-- What is executed names a table of the catalog.
-- @plpgsql_check_options: security_warnings = off
declare
    -- A table set aside by this role: reading what somebody else put there could run theirs with our rights.
    old constant regclass := (
        select c.oid::regclass
        from pg_class as c
        join pg_namespace as n on c.relnamespace = n.oid
        where
            n.nspname = 'incident_adopted'
            and n.nspowner = current_user::regrole
            and c.relname = 'system_incident'
            and c.relkind in ('r', 'p')
    );
    sequence constant regclass := pg_get_serial_sequence('public.system_incident', 'incident_id')::regclass;
    first_given constant bigint := incident_engine.own_site() * 10000000000;
    number name;
    highest bigint;
    original jsonb;
    taken public.system_incident;
    previous public.system_incident;
    originals jsonb[] := array[]::jsonb[];
    incidents public.system_incident[] := array[]::public.system_incident[];
    quarantined bigint := 0::bigint;
begin
    if old is null or exists (select from incident_engine.adoption as a where a.source = 'system_incident') then
        return;
    end if;
    number := (
        select a.attname
        from pg_attribute as a
        where
            a.attrelid = old
            and a.attname in ('incident_id', 'id')
            and a.atttypid in ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
        order by a.attname desc
        limit 1
    );
    if number is not null then
        execute format('select max(%I) from %s', number, old) into highest;
        perform setval(sequence, greatest(first_given + highest, nextval(sequence)));
    end if;

    -- In an order of their own: how they lie on the disk decides nothing.
    for original in
        execute format(
            'select o from (select to_jsonb(t) as o from %s as t) as j order by (o ->> %L)::bigint, o ->> ''detected_at'', o::text',
            old, number
        )
    loop
        begin
            taken := incident_engine.adopted_incident(original, number);
            taken.incident_id := first_given + taken.incident_id;
            if taken.incident_id is null or taken.incident_id = previous.incident_id then
                taken.incident_id := nextval(sequence);
            else
                previous := taken;
            end if;
            incidents := incidents || taken;
            originals := originals || original;
        exception
            when data_exception then
                insert into incident_engine.quarantine (source, reason, original) values ('system_incident', sqlerrm, original);
                quarantined := quarantined + 1;
        end;
    end loop;

    perform incident_engine.record_adopted(incidents, originals);
    perform incident_engine.tell_nobody('taken over from an earlier monitoring');
    insert into incident_engine.adoption (source, blocks, rows_read, rows_adopted, rows_quarantined, finished_at)
    values (
        'system_incident', 0, cardinality(incidents) + quarantined, cardinality(incidents), quarantined, now()
    );
end
$$;

comment on function incident_engine.adopt_incidents() is
'Takes the incidents of an earlier monitoring over as they were recorded, under their numbers (in the range of the site), once; new ones begin above. As '
'samples come, those that tell of the same failure become the same incident. What cannot be an incident is quarantined.';

revoke all on function incident_engine.adopt_incidents() from public;
