create or replace function incident_engine.log_policy_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set intervalstyle = 'postgres'
as $$
declare
    scope constant text[] := array[
        'policy_id', 'site', 'only_row', 'host_name', 'device_name', 'capture_folder', 'component'
    ];
    before constant jsonb := coalesce(to_jsonb(old), '{}');
    now_is constant jsonb := coalesce(to_jsonb(new), '{}');
    row_scope constant jsonb := before || now_is;
begin
    perform incident_engine.check_policies();
    insert into incident.policy_change (
        operator, host_name, device_name, capture_folder, component, setting, old_value, new_value, note
    )
    select
        coalesce(nullif(current_setting('incident_engine.policy_operator', true), ''), session_user),
        row_scope ->> 'host_name',
        row_scope ->> 'device_name',
        row_scope ->> 'capture_folder',
        row_scope ->> 'component',
        s.setting,
        before ->> s.setting,
        now_is ->> s.setting,
        nullif(current_setting('incident_engine.policy_note', true), '')
    from jsonb_object_keys(row_scope - scope) with ordinality as s (setting, position)
    where (before ->> s.setting) is distinct from (now_is ->> s.setting)
    order by s.position;
    return null;
end
$$;

comment on function incident_engine.log_policy_change() is
'Row trigger on policy and retention: writes every setting that changed to incident.policy_change. Errors: 22023 when the policies '
'make no sense together.';

revoke all on function incident_engine.log_policy_change() from public;

create or replace trigger write_policy_change
after insert or update or delete on incident.policy
for each row execute function incident_engine.log_policy_change();

create or replace trigger write_policy_change
after update on incident.retention
for each row execute function incident_engine.log_policy_change();
