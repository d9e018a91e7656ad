create or replace function incident_engine.begin_policy_change(
    scope incident.policy, refold_since timestamptz, operator text, note text
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform incident_engine.require_operator(operator);
    if refold_since is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'refold_since must not be null',
            hint = 'Leave it out to make all of history what the policy tells, or name infinity for none of it.';
    end if;
    perform incident_engine.check_policy(scope);
    perform incident_engine.notice_unknown(scope.host_name, scope.device_name, scope.capture_folder);
    lock table incident.policy in share row exclusive mode;
    perform set_config('incident_engine.policy_operator', operator, true);
    perform set_config('incident_engine.policy_note', coalesce(note, ''), true);
    perform set_config('incident_engine.refold_since', refold_since::text, true);
end
$$;

comment on function incident_engine.begin_policy_change(incident.policy, timestamptz, text, text) is
'First step of every change of policy: checks what was said, keeps others from changing policies until the transaction ends, and '
'remembers who and why for policy_change, and since when history is to follow. Errors: 22004, 22023.';

revoke all on function incident_engine.begin_policy_change(incident.policy, timestamptz, text, text) from public;
