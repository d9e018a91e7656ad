create or replace function incident_engine.site_call(verb text, arguments jsonb, operator text)
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    called pg_proc;
    given constant text[] := array(select k.name from jsonb_object_keys(arguments) as k (name));
    said constant jsonb := arguments || jsonb_build_object('operator', coalesce(arguments ->> 'operator', operator));
begin
    select p.*
    into called
    from pg_proc as p
    where
        p.pronamespace = 'incident'::regnamespace
        and p.proname = verb
        and p.provolatile = 'v'
        and given <@ p.proargnames[:p.pronargs]
    order by p.pronargs, p.oid
    limit 1;
    if not found then
        raise exception using
            errcode = 'undefined_function',
            message = format('incident has no verb %s that takes %s', verb, array_to_string(given, ', ')),
            hint = 'The arguments by name, as one object: ''{"incident_id": 42, "note": "on it"}''. docs/reference.md lists them.';
    end if;
    if not has_function_privilege(session_user, called.oid, 'execute') then
        raise exception using
            errcode = 'insufficient_privilege',
            message = format('%s may not call incident.%s()', session_user, verb),
            hint = format('grant incident_operator to %I;', session_user);
    end if;
    return format(
        'select to_jsonb(r) from incident.%I(%s) as r', called.proname,
        (
            select string_agg(format('%I => %L', n.name, said ->> n.name), ', ' order by n.position)
            from unnest(called.proargnames[:called.pronargs]) with ordinality as n (name, position)
            where said ? n.name
        )
    );
end
$$;

comment on function incident_engine.site_call(text, jsonb, text) is
'The statement that calls a verb of schema incident with arguments by name, as an operator. Errors: 42883 when there is no such verb, '
'42501 when the login may not call it.';

revoke all on function incident_engine.site_call(text, jsonb, text) from public;
