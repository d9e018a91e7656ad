create or replace function incident.seal_report(
    period text,
    note text default null,
    operator text default incident.current_operator(),
    time_zone text default 'UTC'
)
returns incident.sealed_report
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    sealed_period constant tstzrange := incident_engine.period_of(seal_report.period, seal_report.time_zone, now());
    sealed incident.sealed_report;
begin
    perform incident_engine.require_operator(operator);
    -- Whether a device was silent at the end shows only when silence that began there would count.
    if upper(sealed_period) + longest > now() then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = format('the period %s is not over and known yet', sealed_period),
            hint = format('Seal it after %s, or name an earlier end.', upper(sealed_period) + longest);
    end if;

    insert into incident.sealed_report (period, sealed_by, note, devices, policy, digest)
    values (
        sealed_period, operator, seal_report.note, 0,
        (select jsonb_agg(to_jsonb(p) order by p.policy_id) from incident.policy as p), repeat('0', 64)
    )
    returning * into sealed;

    insert into incident.sealed_report_line
    select sealed.report_id, l.*
    from incident_engine.report_line(lower(sealed_period), upper(sealed_period), now()) as l;

    update incident.sealed_report as r
    set digest = incident_engine.report_digest(r.report_id),
        devices = (select count(*) from incident.sealed_report_line as l where l.report_id = r.report_id)
    where r.report_id = sealed.report_id
    returning * into sealed;
    return sealed;
end
$$;

comment on function incident.seal_report(text, text, text, text) is
'Keeps what is reported for a period, as ''2026-10'' or ''last month'' (see incident_engine.period_of; its days are those of time_zone, '
'by default UTC, never those of the session), for each device, with a digest: what later changes the past '
'(late rows, maintenance, policy) does not change it, and incident.report_as_of() shows both. A period may be sealed again. operator: '
'who, by default the login. Returns the report. Errors: 22023 for a period that is none, 55000 for one that is not over, 22004 '
'for a null operator.';

revoke all on function incident.seal_report(text, text, text, text) from public;
grant execute on function incident.seal_report(text, text, text, text) to incident_operator;
