create or replace function incident_engine.catch_up_sequences()
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    numbered record;
    largest bigint;
    given bigint;
    raised integer := 0;
begin
    for numbered in
        select c.oid::regclass as relation, a.attname as name,
            pg_get_serial_sequence(c.oid::regclass::text, a.attname)::regclass as sequence
        from pg_attribute as a
        join pg_class as c on a.attrelid = c.oid
        where
            a.attidentity <> ''
            and not a.attisdropped
            and (
                c.relnamespace in ('incident'::regnamespace, 'incident_engine'::regnamespace)
                or c.oid = 'public.system_incident'::regclass
            )
        order by 1
    loop
        execute format('select max(%I) from %s', numbered.name, numbered.relation) into largest;
        execute format('select case when is_called then last_value else last_value - 1 end from %s', numbered.sequence)
        into given;
        if largest > given then
            perform setval(numbered.sequence, largest);
            raised := raised + 1;
        end if;
    end loop;
    return raised;
end
$$;

comment on function incident_engine.catch_up_sequences() is
'Lets numbers go on after the largest that is in use: a restore of rows alone leaves them behind. Returns how many sequences it raised.';

revoke all on function incident_engine.catch_up_sequences() from public;
