create or replace function incident.current_operator()
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    claims constant text := current_setting('request.jwt.claims', true);
    claim text;
begin
    if claims is not null and claims ~ '^\s*\{' then
        begin
            select coalesce(c.said ->> 'email', c.said ->> 'preferred_username', c.said ->> 'sub')
            into claim
            from (select claims::jsonb as said) as c;
        exception
            when invalid_text_representation then null; -- nobody's name
        end;
    end if;
    return coalesce(nullif(btrim(current_setting('incident.operator', true)), ''), nullif(btrim(claim), ''), session_user::text);
end
$$;

comment on function incident.current_operator() is
'Who acts, where a verb is not told: the setting incident.operator, for many people behind one login (set incident.operator = ''ada''); '
'else the e-mail, name or subject of the JWT that PostgREST has checked (request.jwt.claims); else the login. What was logged in is in '
'the timeline beside it.';

revoke all on function incident.current_operator() from public;
grant execute on function incident.current_operator() to incident_viewer;
