-- What a person with the right to write the table may do to status: the same transitions, nothing else.
select plan(17);

select test.send('stuck', device_name => status)
from unnest(array['open', 'in_progress', 'resolved', 'closed']) as status;
select incident.acknowledge(test.incident_id('in_progress'), acted_at => test.at('10:01'));
select incident.resolve(test.incident_id(status), acted_at => test.at('10:02'))
from unnest(array['resolved', 'closed']) as status;
select incident.close(test.incident_id('closed'), acted_at => test.at('10:03'));

create function test.outcome(was text, becomes text) returns text
language plpgsql
as $$
declare
    state text;
begin
    begin
        update system_incident
        set status = becomes,
            acknowledged_at = coalesce(acknowledged_at, case when becomes = 'in_progress' then now() end),
            acknowledged_by = coalesce(acknowledged_by, case when becomes = 'in_progress' then 'ada' end),
            resolved_at = case when becomes in ('resolved', 'closed') then coalesce(resolved_at, now()) end,
            closed_at = case when becomes = 'closed' then coalesce(closed_at, now()) end
        where incident_id = test.incident_id(was);
        raise exception using errcode = 'IN999';
    exception
        when others then
            get stacked diagnostics state = returned_sqlstate;
            return case state when 'IN999' then 'fine' else state end;
    end;
end
$$;

select
    is(
        test.outcome(was.status, becomes.status),
        case
            when was.status = becomes.status then 'fine'
            when was.status || ' -> ' || becomes.status in (
                    'open -> in_progress', 'open -> resolved', 'in_progress -> resolved', 'resolved -> closed',
                    'resolved -> open', 'closed -> open'
                ) then 'fine'
            else 'IN001'
        end,
        format('%s -> %s', was.status, becomes.status)
    )
from unnest(array['open', 'in_progress', 'resolved', 'closed']) as was (status)
cross join unnest(array['open', 'in_progress', 'resolved', 'closed']) as becomes (status);

select test.is_refused(
    'update system_incident set status = ''closed'' where incident_id = test.incident_id(''open'')', 'IN001',
    'cannot go from open to closed', 'incident.resolve', 'the message names both, the hint what to do'
);

select * from finish();
