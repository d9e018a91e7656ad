-- Inlined into the trigger that asks for many: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.incident_event(
    was public.system_incident, is_now public.system_incident
)
returns text
language sql
stable
return case
    when (was).retracted_at is null and (is_now).retracted_at is not null then 'retracted'
    when (was).status in ('open', 'in_progress') and (is_now).status not in ('open', 'in_progress') then 'resolved'
    when (is_now).status not in ('open', 'in_progress') then null
    when (was).status not in ('open', 'in_progress') then 'reopened'
    when
        (is_now).part_of is distinct from (was).part_of and (is_now).part_of is not null
        or (is_now).snoozed_until is distinct from (was).snoozed_until and (is_now).snoozed_until > now()
        or (is_now).dismissed_at is not null and (was).dismissed_at is null
        then 'silenced'
    when
        incident_engine.severity_rank((is_now).severity) < incident_engine.severity_rank((was).severity)
        then 'severity_raised'
    when (was).status = 'in_progress' and (is_now).status = 'open' then 'unacknowledged'
    when (was).status = 'open' and (is_now).status = 'in_progress' then 'acknowledged'
end;

comment on function incident_engine.incident_event(public.system_incident, public.system_incident) is
'What people are to know of a change of an incident: retracted, resolved, reopened, silenced, severity_raised, unacknowledged (it was, '
'and the acknowledgement was taken back), acknowledged; null for nothing.';

revoke all on function incident_engine.incident_event(public.system_incident, public.system_incident) from public;
