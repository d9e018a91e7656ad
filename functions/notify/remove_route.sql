create or replace function incident.remove_route(route_id bigint)
returns void
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from incident.route as r
    where r.route_id = remove_route.route_id;
    if not found then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no route %s', coalesce(route_id::text, 'null')),
            hint = 'select * from incident.route lists them.';
    end if;
end
$$;

comment on function incident.remove_route(bigint) is
'Takes a route away; what is due already stays due. An incident that no route fits is told to nobody, and its log says so. Errors: P0002 '
'when there is none.';

revoke all on function incident.remove_route(bigint) from public;
grant execute on function incident.remove_route(bigint) to incident_admin;
