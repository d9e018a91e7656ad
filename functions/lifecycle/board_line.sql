-- Inlined into the board: no pinned search_path, its body is bound when it is created. The widths add up to 100 in psql.
create or replace function incident_engine.board_line(subject public.system_incident, as_of timestamptz)
returns setof incident.board_line
language sql
stable
rows 1
begin atomic
    select
        (subject).incident_id as id,
        (subject).severity,
        case
            when (subject).retracted_at is not null then 'retracted'
            when (subject).dismissed_at is not null then 'dismissed'
            when (subject).status in ('resolved', 'closed') then (subject).status
            when s.silence like 'maintenance %' then 'maintenance'
            when s.silence like 'part of %' then 'part of ' || (subject).part_of
            when s.silence like 'snoozed %' then 'snoozed'
            else (subject).status
        end as state,
        incident_engine.place((subject).host_name, (subject).device_name, (subject).capture_folder) as place,
        to_char(
            (subject).detected_at,
            case when (subject).detected_at > as_of - interval '24 hours' then 'HH24:MI' else 'DD Mon' end
        ) as since,
        coalesce(incident_engine.shortened(
            case
                when (subject).dismissed_at is not null then (subject).dismissed_by
                when (subject).status = 'closed' then (subject).closed_by
                when (subject).status = 'resolved' then (subject).resolved_by
                when (subject).status = 'in_progress' then coalesce((subject).assignee, (subject).acknowledged_by)
                else (subject).assignee
            end,
            8
        ), 'nobody') as who,
        incident_engine.shortened(
            case
                when (subject).flapping_since is not null then (subject).component || ' flapping'
                when (subject).component <> 'system'
                    then (subject).component
                        || case (subject).severity when 'critical' then ' stopped' else ' stuck' end
                when (subject).reason is not null then (subject).reason
                when (subject).severity = 'medium' then 'unknown for too long'
                else 'silent'
            end,
            20
        ) as what
    from incident_engine.silenced_by(subject, as_of) as s;
end;

comment on function incident_engine.board_line(public.system_incident, timestamptz) is
'One line about an incident, at a moment, that fits into 100 columns: incident.board shows it, and the verbs return it.';

revoke all on function incident_engine.board_line(public.system_incident, timestamptz) from public;
grant execute on function incident_engine.board_line(public.system_incident, timestamptz) to incident_viewer;
