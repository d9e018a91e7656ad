-- Words for the pgTAP tests, in schema test of each of their databases. Times are written as on a clock: '10:05' or
-- '10:05:30' of 2 March 2026, UTC; on another day as '2026-03-04 10:05'. A device is 'Device 1' of 'host-1' unless named.

create schema test;

-- The first statement of each file, before pgTAP's own of that name in the search_path: numbers (of incidents and so on)
-- begin where the installation left them, whatever ran before; a rollback does not give them back.
create table test.sequence as
select format('%I.%I', schemaname, sequencename)::regclass as name, last_value
from pg_sequences;

create function test.plan(tests integer) returns text
language sql
as $$
    select setval(name, coalesce(last_value, 1), last_value is not null) from test.sequence;
    select tap.plan(tests);
$$;

-- Whether all there is to try is tried, or what somebody waits for: see tests/support/lengths.py.
create function test.at_full_length() returns boolean
language sql stable
return coalesce(nullif(current_setting('test.at_full_length', true), ''), 'off')::boolean;

create function test.at(clock text) returns timestamptz
language sql stable
return (case when clock like '%-%-%' then clock else '2026-03-02 ' || clock end || '+00')::timestamptz;

-- One row a minute, by one statement. A word is the ffmpeg status, or ffmpeg/monitor; - leaves the minute out.
create function test.send(
    statuses text,
    start text default '10:00',
    device_name text default 'Device 1',
    host_name text default 'host-1',
    every interval default '1 minute'
) returns void
language sql
begin atomic
    insert into public.system_device_metrics (
        host_name, device_id, device_name, capture_folder, timestamp, ffmpeg_status, monitor_status
    )
    select
        send.host_name,
        'id of ' || send.device_name as device_id,
        send.device_name,
        'folder of ' || send.device_name as capture_folder,
        test.at(start) + (w.position - 1) * every as timestamp,
        split_part(w.word, '/', 1) as ffmpeg_status,
        coalesce(nullif(split_part(w.word, '/', 2), ''), 'active') as monitor_status
    from regexp_split_to_table(trim(statuses), '\s+') with ordinality as w (word, position)
    where w.word <> '-'
    order by w.position;
end;

-- The same, by a statement of its own for each row.
create function test.send_one_by_one(
    statuses text,
    start text default '10:00',
    device_name text default 'Device 1',
    host_name text default 'host-1',
    every interval default '1 minute'
) returns void
language plpgsql
as $$
begin
    for step in 1..cardinality(regexp_split_to_array(trim(statuses), '\s+')) loop
        perform test.send(
            (regexp_split_to_array(trim(statuses), '\s+'))[step],
            to_char(test.at(start) at time zone 'UTC' + (step - 1) * every, 'YYYY-MM-DD HH24:MI:SS.US'),
            device_name,
            host_name
        );
    end loop;
end
$$;

-- Rows of a host, one a minute by one statement; each word is its cpu_percent, - leaves the minute out, ? is null.
create function test.send_host(
    cpu_percents text, start text default '10:00', host_name text default 'host-1', every interval default '1 minute'
) returns void
language sql
begin atomic
    insert into public.system_metrics (host_name, timestamp, cpu_percent)
    select
        send_host.host_name,
        test.at(start) + (w.position - 1) * every as timestamp,
        nullif(w.word, '?')::numeric as cpu_percent
    from regexp_split_to_table(trim(cpu_percents), '\s+') with ordinality as w (word, position)
    where w.word <> '-'
    order by w.position;
end;

-- A moment as the tests write it; 'now' is the time of the test's transaction.
create function test.clock(moment timestamptz) returns text
language sql stable
return case
    when moment = now() then 'now'
    else regexp_replace(
            to_char(
                moment at time zone 'UTC',
                case when date_trunc('day', moment at time zone 'UTC') <> '2026-03-02' then 'YYYY-MM-DD ' else '' end
                || 'HH24:MI:SS'
            ),
            ':00$', ''
        )
end;

-- As if the database had learned of every incident when it began, or at another moment.
create function test.announce(clock text default null) returns void
language plpgsql
as $$
begin
    perform set_config('incident_engine.writer', 'engine', true);
    update public.system_incident as i set announced_at = coalesce(test.at(clock), i.detected_at);
    perform set_config('incident_engine.writer', '', true);
end
$$;

-- State history: 'from ffmpeg/monitor' for each state, in order of time.
create function test.history(device_name text default 'Device 1', host_name text default 'host-1') returns text[]
language sql stable
return (
    select
        array_agg(
            format('%s %s/%s', test.clock(s.started_at), s.ffmpeg_status, s.monitor_status)
            order by s.started_at
        )
    from incident.device_state as s
    where s.device_name = history.device_name and s.host_name = history.host_name
);

-- Incidents: 'ffmpeg high resolved 10:01-10:05', in order of detection; those that never were end in 'retracted'.
create function test.incidents(device_name text default 'Device 1', host_name text default 'host-1') returns text[]
language sql stable
return (
    select
        coalesce(
            array_agg(
                format(
                    '%s %s %s %s-%s%s', i.component, i.severity, i.status, test.clock(i.detected_at),
                    test.clock(i.resolved_at), case when i.retracted_at is not null then ' retracted' end
                )
                order by i.detected_at, i.component, i.incident_id
            ),
            '{}'
        )
    from public.system_incident as i
    where i.device_name = incidents.device_name and i.host_name = incidents.host_name
);

-- Timeline: '10:01 resolved in_progress -> resolved by ada: note', in order of writing.
create function test.timeline(incident_id bigint) returns text[]
language sql stable
return (
    select
        array_agg(
            concat(
                test.clock(t.happened_at), ' ', t.event,
                case when t.from_value is not null then ' ' || t.from_value || ' ->' end,
                case when t.to_value is not null then ' ' || t.to_value end,
                ' by ', t.operator,
                case when t.note is not null then ': ' || t.note end
            )
            order by t.entry_id
        )
    from incident.timeline as t
    where t.incident_id = timeline.incident_id
);

-- Number of the device's latest incident.
create function test.incident_id(device_name text default 'Device 1', component text default 'ffmpeg') returns bigint
language sql stable
return (
    select i.incident_id
    from public.system_incident as i
    where i.device_name = incident_id.device_name and i.component = incident_id.component
    order by i.detected_at desc, i.incident_id desc
    limit 1
);

-- Assertions

create function test.is_sound(description text default 'history, incidents and samples agree') returns text
language plpgsql
set jit = off
as $$
begin
    return tap.is_empty('select rule, device_name, incident_id, detail from incident.check_invariants()', description);
end
$$;

-- The statement fails with this SQLSTATE, breaks the constraint of this name (or has a message that matches), and has a
-- hint that matches, where one is given.
create function test.is_refused(statement text, state text, broken text, hint text, description text) returns text
language plpgsql
as $$
declare
    told_state text;
    told_message text;
    told_hint text;
    told_constraint text;
    as_told boolean;
begin
    begin
        execute statement;
    exception
        when others then
            get stacked diagnostics
                told_state = returned_sqlstate,
                told_message = message_text,
                told_hint = pg_exception_hint,
                told_constraint = constraint_name;
    end;
    as_told := coalesce(
        told_state = state
        and (broken is null or told_constraint = broken or told_message ~ broken)
        and (hint is null or told_hint ~ hint),
        false
    );
    return concat_ws(
        e'\n', tap.ok(as_told, description),
        case when not as_told then tap.diag(
            coalesce(format('%s %s (%s) hint: %s', told_state, told_message, told_constraint, told_hint), 'no error')
        ) end
    );
end
$$;

-- What people are told: '1 opened to noc pending', in order of incidents and of writing; with the reason where there is one.
create function test.told() returns text[]
language sql stable
return (
    select
        array_agg(
            format(
                '%s %s to %s %s%s', t.incident_id, t.kind, coalesce(t.contact, 'nobody'), t.state, ': ' || t.reason
            )
            order by t.incident_id, t.number
        )
    from incident.notification as t
);
