-- Name: incident; Type: SCHEMA; Schema: -; Owner: -

CREATE SCHEMA incident;

-- Name: SCHEMA incident; Type: COMMENT; Schema: -; Owner: -

COMMENT ON SCHEMA incident IS 'pg_incident: everything people touch, that is functions, views, policy, timeline';

-- Name: incident_engine; Type: SCHEMA; Schema: -; Owner: -

CREATE SCHEMA incident_engine;

-- Name: SCHEMA incident_engine; Type: COMMENT; Schema: -; Owner: -

COMMENT ON SCHEMA incident_engine IS 'pg_incident: what triggers run and where the engine keeps its own tables. Nobody but the owner uses it.';

-- Name: adoption_counts; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.adoption_counts AS (
	rows_read bigint,
	rows_adopted bigint,
	rows_quarantined bigint
);

-- Name: failure; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.failure AS (
	sqlstate text,
	message text,
	detail text,
	hint text,
	context text
);

-- Name: incident_match; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.incident_match AS (
	host_name text,
	incident_id bigint,
	stretch_no bigint,
	joined_into bigint
);

-- Name: incident_window; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.incident_window AS (
	host_name text,
	device_name text,
	capture_folder text,
	component text,
	from_time timestamp with time zone,
	to_time timestamp with time zone
);

-- Name: stretch; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.stretch AS (
	host_name text,
	device_name text,
	capture_folder text,
	component text,
	started_at timestamp with time zone,
	ended_at timestamp with time zone,
	severity text,
	first_severity text,
	severity_since timestamp with time zone,
	reopen_count integer,
	reopened_at timestamp with time zone,
	flapping_since timestamp with time zone
);

-- Name: touch; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.touch AS (
	host_name text,
	device_name text,
	capture_folder text,
	from_time timestamp with time zone,
	to_time timestamp with time zone
);

-- Name: TYPE touch; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TYPE incident_engine.touch IS 'A span of a device''s life, ends included, whose samples must be folded.';

-- Name: system_incident; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.system_incident (
    incident_id bigint NOT NULL,
    incident_uuid uuid DEFAULT gen_random_uuid() NOT NULL,
    host_name text NOT NULL,
    device_id text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    video_device text,
    incident_type text NOT NULL,
    severity text NOT NULL,
    component text NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    detected_at timestamp with time zone NOT NULL,
    acknowledged_at timestamp with time zone,
    resolved_at timestamp with time zone,
    closed_at timestamp with time zone,
    detection_to_ack_minutes integer,
    ack_to_resolution_minutes integer,
    total_duration_minutes integer,
    description text,
    root_cause text,
    resolution_notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    detected_severity text NOT NULL,
    severity_since timestamp with time zone NOT NULL,
    reason text,
    acknowledged_by text,
    assignee text,
    resolved_by text,
    closed_by text,
    reopen_count integer DEFAULT 0 NOT NULL,
    retracted_at timestamp with time zone,
    updated_by text DEFAULT SESSION_USER NOT NULL,
    update_note text,
    acted_at timestamp with time zone,
    anchored_at timestamp with time zone NOT NULL,
    engine_reopen_count integer DEFAULT 0 NOT NULL,
    reopened_at timestamp with time zone,
    flapping_since timestamp with time zone,
    part_of bigint,
    announced_at timestamp with time zone,
    CONSTRAINT acknowledged_at_and_by_go_together CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
    CONSTRAINT closed_means_closed_at CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT component_is_known CHECK ((component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text, 'system'::text]))),
    CONSTRAINT detected_severity_is_known CHECK ((detected_severity = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT durations_are_not_negative CHECK (((detection_to_ack_minutes >= 0) AND (ack_to_resolution_minutes >= 0) AND (total_duration_minutes >= 0))),
    CONSTRAINT in_progress_means_acknowledged CHECK (((status <> 'in_progress'::text) OR (acknowledged_at IS NOT NULL))),
    CONSTRAINT incident_type_is_known CHECK ((incident_type = ANY (ARRAY['ffmpeg_failure'::text, 'monitor_failure'::text, 'system_failure'::text]))),
    CONSTRAINT incident_type_names_the_component CHECK ((incident_type = (component || '_failure'::text))),
    CONSTRAINT part_of_another_incident CHECK ((part_of <> incident_id)),
    CONSTRAINT reopen_count_includes_the_engine_s CHECK ((reopen_count >= engine_reopen_count)),
    CONSTRAINT resolution_follows_detection CHECK ((resolved_at >= detected_at)),
    CONSTRAINT resolved_or_closed_means_resolved_at CHECK (((status = ANY (ARRAY['resolved'::text, 'closed'::text])) = (resolved_at IS NOT NULL))),
    CONSTRAINT retracted_means_not_active CHECK (((retracted_at IS NULL) OR (status = ANY (ARRAY['resolved'::text, 'closed'::text])))),
    CONSTRAINT severity_is_known CHECK ((severity = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT severity_is_reached_within_the_incident CHECK ((severity_since >= detected_at)),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['open'::text, 'in_progress'::text, 'resolved'::text, 'closed'::text])))
);

-- Name: TABLE system_incident; Type: COMMENT; Schema: public; Owner: -

COMMENT ON TABLE public.system_incident IS 'One row per incident: a stretch in which a component of a device failed. Opened, escalated and resolved by the engine, worked by people through the functions of schema incident.';

-- Name: COLUMN system_incident.severity; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.severity IS 'Worst seen in the incident: stuck is high, stopped is critical.';

-- Name: COLUMN system_incident.status; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.status IS 'open -> in_progress (acknowledged) -> resolved -> closed; open -> resolved; resolved -> open (reopened).';

-- Name: COLUMN system_incident.detected_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.detected_at IS 'Start of the first failing state, by the samples.';

-- Name: COLUMN system_incident.acknowledged_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.acknowledged_at IS 'When a person first acknowledged it.';

-- Name: COLUMN system_incident.resolved_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.resolved_at IS 'Start of the next healthy state, by the samples, or when a person resolved it by hand.';

-- Name: COLUMN system_incident.closed_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.closed_at IS 'When a person closed it.';

-- Name: COLUMN system_incident.detection_to_ack_minutes; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.detection_to_ack_minutes IS 'acknowledged_at - announced_at (detected_at where that is null) in whole minutes, rounded down, 0 when it was acknowledged before; kept by trigger.';

-- Name: COLUMN system_incident.ack_to_resolution_minutes; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.ack_to_resolution_minutes IS 'resolved_at - acknowledged_at in whole minutes, rounded down, 0 when it recovered before it was acknowledged, null when it never was acknowledged; kept by trigger.';

-- Name: COLUMN system_incident.total_duration_minutes; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.total_duration_minutes IS 'resolved_at - detected_at in whole minutes, rounded down; kept by trigger.';

-- Name: COLUMN system_incident.created_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.created_at IS 'When the database learned of it; detected_at says when it happened.';

-- Name: COLUMN system_incident.updated_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.updated_at IS 'When the row was last written.';

-- Name: COLUMN system_incident.detected_severity; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.detected_severity IS 'Severity of its first failing state.';

-- Name: COLUMN system_incident.severity_since; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.severity_since IS 'When the present severity was reached.';

-- Name: COLUMN system_incident.reason; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.reason IS 'What is wrong now, for system incidents.';

-- Name: COLUMN system_incident.retracted_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.retracted_at IS 'When later samples showed that this incident never was. Retracted incidents are kept and left out of reports.';

-- Name: COLUMN system_incident.updated_by; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.updated_by IS 'Who wrote the row last: engine, or the operator as stated to the function.';

-- Name: COLUMN system_incident.update_note; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.update_note IS 'The note of the last write; goes into the timeline.';

-- Name: COLUMN system_incident.acted_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.acted_at IS 'When a person last changed it, as stated to the function.';

-- Name: COLUMN system_incident.anchored_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.anchored_at IS 'The failing moment that this incident tells of, whatever late samples do to the failure around it: its start as it was when a person first acted on it, and detected_at until then.';

-- Name: COLUMN system_incident.engine_reopen_count; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.engine_reopen_count IS 'How often it failed again within reopen_within of being resolved by the engine; part of reopen_count.';

-- Name: COLUMN system_incident.reopened_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.reopened_at IS 'Start of the failure that last made the engine reopen it; null when none did.';

-- Name: COLUMN system_incident.flapping_since; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.flapping_since IS 'Since when its component has been flapping; null when it is not. While it flaps it stays open.';

-- Name: COLUMN system_incident.part_of; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.part_of IS 'The incident of the silent host that this incident of one of its devices is part of; it is not announced while that lasts.';

-- Name: COLUMN system_incident.announced_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.announced_at IS 'The first moment that it could be told to anybody: when the database learned of it, when its maintenance ended, or when the incident of its host that it was part of was over. Null while it may not be told, and when it was over before.';

-- Name: acknowledge(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.acknowledge(incident_id bigint, note text DEFAULT NULL::text, operator text DEFAULT SESSION_USER, acted_at timestamp with time zone DEFAULT now()) RETURNS public.system_incident
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(incident_id, operator, acted_at);
begin
    if subject.status <> 'in_progress' then
        update public.system_incident as i
        set status = 'in_progress',
            acknowledged_at = coalesce(i.acknowledged_at, acknowledge.acted_at),
            acknowledged_by = coalesce(i.acknowledged_by, operator),
            acted_at = acknowledge.acted_at,
            updated_by = operator,
            update_note = note
        where i.host_name = subject.host_name and i.incident_id = acknowledge.incident_id;
    end if;
    return incident_engine.end_incident_change(subject);
end
$$;

-- Name: FUNCTION acknowledge(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.acknowledge(incident_id bigint, note text, operator text, acted_at timestamp with time zone) IS 'Somebody is on it: open -> in_progress. Doing it twice changes nothing and keeps the first time. operator: who, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 when it is resolved or closed, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

-- Name: maintenance; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.maintenance (
    host_name text NOT NULL,
    maintenance_id bigint NOT NULL,
    device_name text,
    capture_folder text,
    period tstzrange NOT NULL,
    reason text NOT NULL,
    added_by text NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    effective_period tstzrange GENERATED ALWAYS AS (tstzrange(lower(period), LEAST(upper(period), ended_at))) STORED NOT NULL,
    series_id bigint,
    recorded_by text,
    end_recorded_by text,
    CONSTRAINT device_name_and_capture_folder_go_together CHECK (((device_name IS NULL) = (capture_folder IS NULL))),
    CONSTRAINT ended_at_and_by_go_together CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT ended_at_is_not_before_the_start CHECK ((ended_at >= lower(period))),
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT period_has_a_start_and_an_end CHECK (((NOT isempty(period)) AND isfinite(lower(period)) AND isfinite(upper(period)))),
    CONSTRAINT period_includes_its_start_alone CHECK ((lower_inc(period) AND (NOT upper_inc(period)))),
    CONSTRAINT reason_is_not_empty CHECK ((reason <> ''::text))
);

-- Name: TABLE maintenance; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.maintenance IS 'Planned work: its time is taken out of availability first. May be added afterwards.';

-- Name: COLUMN maintenance.device_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.device_name IS 'Null: the whole host.';

-- Name: COLUMN maintenance.capture_folder; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.capture_folder IS 'Null: the whole host.';

-- Name: COLUMN maintenance.period; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.period IS 'As planned: from its start up to, not including, its end.';

-- Name: COLUMN maintenance.added_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.added_by IS 'Who added it, as stated to the function.';

-- Name: COLUMN maintenance.added_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.added_at IS 'When the database learned of it.';

-- Name: COLUMN maintenance.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.ended_at IS 'Set when it ended early; the start of the period when it was called off.';

-- Name: COLUMN maintenance.ended_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.ended_by IS 'Who ended it early, as stated to the function.';

-- Name: COLUMN maintenance.changed_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.changed_at IS 'When the database last learned something new about it.';

-- Name: COLUMN maintenance.effective_period; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.effective_period IS 'What counts: the period, up to ended_at if that is earlier.';

-- Name: COLUMN maintenance.series_id; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.series_id IS 'The recurring maintenance that it is an occurrence of; null when it was added alone.';

-- Name: COLUMN maintenance.recorded_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.recorded_by IS 'The database login that added it (session_user).';

-- Name: COLUMN maintenance.end_recorded_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.end_recorded_by IS 'The database login that ended it early (session_user).';

-- Name: add_maintenance(text, timestamp with time zone, timestamp with time zone, text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text DEFAULT NULL::text, capture_folder text DEFAULT NULL::text, operator text DEFAULT SESSION_USER) RETURNS incident.maintenance
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    added incident.maintenance;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_operator(operator);
    if starts_at is null or ends_at is null or not isfinite(starts_at) or not isfinite(ends_at) or ends_at <= starts_at
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'maintenance needs a start and a later end, but starts_at is %s and ends_at %s',
                coalesce(starts_at::text, 'null'), coalesce(ends_at::text, 'null')
            ),
            hint = 'When the end is not known, name a generous one and end it early.';
    end if;
    perform incident_engine.check_maintenance_scope(device_name, capture_folder);

    insert into incident.maintenance (host_name, device_name, capture_folder, period, reason, added_by)
    values (
        add_maintenance.host_name,
        add_maintenance.device_name,
        add_maintenance.capture_folder,
        tstzrange(starts_at, ends_at),
        add_maintenance.reason,
        operator
    )
    returning * into added;
    perform incident_engine.mark_maintenance(starts_at, now(), added.host_name);
    return added;
end
$$;

-- Name: FUNCTION add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text, capture_folder text, operator text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text, capture_folder text, operator text) IS 'Announces planned work on a host, or on one device of it (device_name and capture_folder). Incidents in it are recorded, not announced, and their timeline says so; its time is taken out of availability. May be called afterwards, for the past. operator: who, by default the login. Returns what was added. Errors: 22004 for a null where a value is needed, 22023 for a period that does not end after it starts.';

-- Name: recurring_maintenance; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.recurring_maintenance (
    host_name text NOT NULL,
    series_id bigint NOT NULL,
    device_name text,
    capture_folder text,
    weekdays text[] NOT NULL,
    starts_at_local time without time zone NOT NULL,
    duration interval NOT NULL,
    time_zone text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    reason text NOT NULL,
    added_by text NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    planned_to date NOT NULL,
    CONSTRAINT device_name_and_capture_folder_go_together CHECK (((device_name IS NULL) = (capture_folder IS NULL))),
    CONSTRAINT duration_is_positive CHECK ((duration > '00:00:00'::interval)),
    CONSTRAINT ended_at_and_by_go_together CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT reason_is_not_empty CHECK ((reason <> ''::text)),
    CONSTRAINT valid_until_is_not_before_valid_from CHECK ((valid_until >= valid_from)),
    CONSTRAINT weekdays_are_days_of_the_week CHECK (((weekdays <> '{}'::text[]) AND (weekdays <@ ARRAY['monday'::text, 'tuesday'::text, 'wednesday'::text, 'thursday'::text, 'friday'::text, 'saturday'::text, 'sunday'::text])))
);

-- Name: TABLE recurring_maintenance; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.recurring_maintenance IS 'Planned work that comes back on days of the week. Its occurrences stand in incident.maintenance, two weeks ahead; the sweep adds the next ones.';

-- Name: COLUMN recurring_maintenance.device_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.device_name IS 'Null: the whole host.';

-- Name: COLUMN recurring_maintenance.capture_folder; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.capture_folder IS 'Null: the whole host.';

-- Name: COLUMN recurring_maintenance.weekdays; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.weekdays IS 'On which days it starts, by the local calendar: monday ... sunday.';

-- Name: COLUMN recurring_maintenance.starts_at_local; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.starts_at_local IS 'When it starts, by the local clock.';

-- Name: COLUMN recurring_maintenance.duration; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.duration IS 'Hours and minutes are time that passes; a day lasts until the same local time of the next day, be it 23 or 25 hours.';

-- Name: COLUMN recurring_maintenance.time_zone; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.time_zone IS 'Whose clock and calendar.';

-- Name: COLUMN recurring_maintenance.valid_from; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.valid_from IS 'First local date on which it may start; may lie in the past.';

-- Name: COLUMN recurring_maintenance.valid_until; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.valid_until IS 'Last local date on which it may start; null: for ever.';

-- Name: COLUMN recurring_maintenance.added_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.added_at IS 'When the database learned of it.';

-- Name: COLUMN recurring_maintenance.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.ended_at IS 'Nothing starts from then on: the series was ended.';

-- Name: COLUMN recurring_maintenance.planned_to; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recurring_maintenance.planned_to IS 'Occurrences before this local date stand in incident.maintenance.';

-- Name: add_recurring_maintenance(text, text[], time without time zone, interval, text, text, date, date, text, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.add_recurring_maintenance(host_name text, weekdays text[], starts_at_local time without time zone, duration interval, time_zone text, reason text, valid_from date DEFAULT NULL::date, valid_until date DEFAULT NULL::date, device_name text DEFAULT NULL::text, capture_folder text DEFAULT NULL::text, operator text DEFAULT SESSION_USER) RETURNS incident.recurring_maintenance
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    week constant text[] := array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    days text[];
    first_day date;
    unknown_day text;
    added incident.recurring_maintenance;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_text(operator, 'operator');
    perform incident_engine.require_text(time_zone, 'time_zone');
    perform incident_engine.check_maintenance_scope(device_name, capture_folder);
    if not exists (select from pg_timezone_names as z where z.name = time_zone) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s is not the name of a time zone', time_zone),
            hint = 'Name one such as Europe/Berlin: select name from pg_timezone_names lists them.';
    end if;

    select array_agg(w.name order by w.number), min(d.day) filter (where w.name is null)
    into days, unknown_day
    from (select distinct lower(btrim(given)) as day from unnest(weekdays) as given) as d
    left join unnest(week) with ordinality as w (name, number) on d.day in (w.name, left(w.name, 3));
    if unknown_day is not null or days is null then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('weekdays must name days of the week, but is %s', coalesce(weekdays::text, 'null')),
            hint = 'weekdays => ''{sunday}'' or ''{mon,thu}''.';
    end if;
    if starts_at_local is null or duration is null or duration <= interval '0' or duration > interval '7 days' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'recurring maintenance needs a start and a duration of up to 7 days, but starts_at_local is %s and duration %s',
                coalesce(starts_at_local::text, 'null'), coalesce(duration::text, 'null')
            ),
            hint = 'starts_at_local => ''02:30'', duration => ''90 minutes''.';
    end if;
    first_day := coalesce(valid_from, (now() at time zone time_zone)::date);
    if valid_until < first_day or not isfinite(first_day) or first_day < (now() - interval '5 years')::date
        or not coalesce(isfinite(valid_until), true)
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'recurring maintenance cannot last from %s to %s', first_day, coalesce(valid_until::text, 'for ever')
            ),
            hint = 'valid_from may lie up to five years back, by default it is today; valid_until does not lie before it.';
    end if;

    insert into incident.recurring_maintenance (
        host_name, device_name, capture_folder, weekdays, starts_at_local, duration, time_zone, valid_from, valid_until,
        reason, added_by, planned_to
    )
    values (
        add_recurring_maintenance.host_name,
        add_recurring_maintenance.device_name,
        add_recurring_maintenance.capture_folder,
        days,
        add_recurring_maintenance.starts_at_local,
        add_recurring_maintenance.duration,
        add_recurring_maintenance.time_zone,
        first_day,
        add_recurring_maintenance.valid_until,
        add_recurring_maintenance.reason,
        operator,
        first_day
    )
    returning * into added;
    perform incident_engine.plan_maintenance(now());
    perform incident_engine.mark_maintenance(first_day - 1, now(), added.host_name);
    select r.* into added
    from incident.recurring_maintenance as r
    where r.host_name = added.host_name and r.series_id = added.series_id;
    return added;
end
$$;

-- Name: FUNCTION add_recurring_maintenance(host_name text, weekdays text[], starts_at_local time without time zone, duration interval, time_zone text, reason text, valid_from date, valid_until date, device_name text, capture_folder text, operator text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.add_recurring_maintenance(host_name text, weekdays text[], starts_at_local time without time zone, duration interval, time_zone text, reason text, valid_from date, valid_until date, device_name text, capture_folder text, operator text) IS 'Announces planned work on a host, or on one device of it, that comes back every week: on weekdays ({sunday}, {mon,thu}) at a local time of a named time zone. duration: hours and minutes are time that passes, a day lasts until the same local time of the next. A start that the clock shows twice is the first, one that it skips comes an hour later by that clock. valid_from (by default today) may lie in the past. Returns the series; its occurrences stand in incident.maintenance, two weeks ahead. Errors: 22004, 22023.';

-- Name: agent_host; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.agent_host (
    login text NOT NULL,
    host_name text NOT NULL,
    allowed_by text DEFAULT SESSION_USER NOT NULL,
    allowed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT login_is_not_empty CHECK ((login <> ''::text))
);

-- Name: TABLE agent_host; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.agent_host IS 'Which login may insert metric rows of which host; the functions allow_agent and forbid_agent write it, row security of the metric tables asks it. A login sees its own rows alone; the view agents shows all.';

-- Name: COLUMN agent_host.login; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_host.login IS 'Name of the database login, as in session_user.';

-- Name: COLUMN agent_host.host_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_host.host_name IS 'Host whose rows it may insert.';

-- Name: COLUMN agent_host.allowed_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_host.allowed_by IS 'The login that allowed it (session_user).';

-- Name: COLUMN agent_host.allowed_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_host.allowed_at IS 'When.';

-- Name: allow_agent(text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.allow_agent(login text, host_name text) RETURNS incident.agent_host
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    allowed incident.agent_host;
begin
    perform incident_engine.require_text(login, 'login');
    perform incident_engine.require_text(host_name, 'host_name');
    if to_regrole(quote_ident(login)) is null then
        raise exception using
            errcode = 'undefined_object',
            message = format('there is no login %s', login),
            hint = format('Create it first: create role %I login; grant incident_agent to %I;', login, login);
    end if;
    insert into incident.agent_host (login, host_name)
    values (allow_agent.login, allow_agent.host_name)
    on conflict do nothing;
    select a.*
    into allowed
    from incident.agent_host as a
    where a.login = allow_agent.login and a.host_name = allow_agent.host_name;
    return allowed;
end
$$;

-- Name: FUNCTION allow_agent(login text, host_name text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.allow_agent(login text, host_name text) IS 'Lets a login insert metric rows of a host; it also needs the group role incident_agent. A login may have several hosts. Doing it twice changes nothing. Returns what is allowed. Errors: 42704 when there is no such login, 22004 for a null where a value is needed.';

-- Name: assign(bigint, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.assign(incident_id bigint, assignee text, note text DEFAULT NULL::text, operator text DEFAULT SESSION_USER, acted_at timestamp with time zone DEFAULT now()) RETURNS public.system_incident
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(incident_id, operator, acted_at);
begin
    perform incident_engine.require_text(assignee, 'assignee');
    if subject.status = 'closed' then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be assigned: it is closed', incident_id),
            hint = 'incident.comment() still works.';
    end if;
    update public.system_incident as i
    set assignee = assign.assignee,
        acted_at = assign.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = assign.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

-- Name: FUNCTION assign(incident_id bigint, assignee text, note text, operator text, acted_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.assign(incident_id bigint, assignee text, note text, operator text, acted_at timestamp with time zone) IS 'Says who works on an incident; the status stays what it is. operator: who assigns, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 when it is closed, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

-- Name: sla_status(numeric); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.sla_status(availability_percent numeric) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (availability_percent >= 99.9) THEN 'Excellent'::text WHEN (availability_percent >= 99.0) THEN 'Good'::text WHEN (availability_percent >= 95.0) THEN 'Fair'::text WHEN (availability_percent IS NOT NULL) THEN 'Poor'::text ELSE NULL::text END;

-- Name: FUNCTION sla_status(availability_percent numeric); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.sla_status(availability_percent numeric) IS 'Excellent from 99.9 percent, Good from 99.0, Fair from 95.0, else Poor; null for null.';

-- Name: check_report(timestamp with time zone, timestamp with time zone, timestamp with time zone, text, text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_report(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text DEFAULT NULL::text, allowed text[] DEFAULT NULL::text[]) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if window_start is null or window_end is null or as_of is null then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'a report needs a window and a read time, but window_start is %s, window_end %s and as_of %s',
                coalesce(window_start::text, 'null'), coalesce(window_end::text, 'null'), coalesce(as_of::text, 'null')
            ),
            hint = 'Leave parameters out for their defaults.';
    end if;
    if not isfinite(window_start) or not isfinite(window_end) or not isfinite(as_of) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'the window and the read time of a report must be finite',
            detail = format('window_start is %s, window_end %s, as_of %s.', window_start, window_end, as_of),
            hint = 'Name a start, e.g. window_start => now() - interval ''1 year''.';
    end if;
    if window_end <= window_start then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('window_end must be after window_start, but %s is not after %s', window_end, window_start),
            hint = 'Name both by name: window_start => ..., window_end => ...';
    end if;
    if allowed is not null and not coalesce(by = any (allowed), false) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('cannot report by %s', coalesce(quote_literal(by), 'null')),
            hint = format('by is one of: %s.', array_to_string(allowed, ', '));
    end if;
    return true;
end
$$;

-- Name: FUNCTION check_report(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text, allowed text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_report(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text, allowed text[]) IS 'True, or an error that says what is wrong with the parameters of a report. Errors: 22023.';

-- Name: overlay_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.overlay_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) RETURNS TABLE(host_name text, device_name text, capture_folder text, from_time timestamp with time zone, to_time timestamp with time zone, counts_as text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET jit TO 'off'
    AS $$
begin
    return query
    with planned as materialized (
        select p.* from incident_engine.maintenance_piece(window_start, window_end) as p
    )

    select p.host_name, p.device_name, p.capture_folder, p.from_time, p.to_time, 'maintenance'
    from planned as p
    where p.in_maintenance
    union all
    select
        s.host_name, s.device_name, s.capture_folder,
        greatest(s.from_time, p.from_time), least(s.to_time, p.to_time), 'no_data'
    from incident_engine.silence_piece(window_start, least(window_end, as_of), as_of) as s
    left join planned as p
        on p.host_name = s.host_name
        and p.device_name = s.device_name
        and p.capture_folder = s.capture_folder
        and p.from_time < s.to_time
        and p.to_time > s.from_time
    where s.is_silent and p.in_maintenance is not true;
end
$$;

-- Name: FUNCTION overlay_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.overlay_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'Time that counts as something else than the state history says: maintenance, and outside it the silence that no sweep has recorded yet (no_data). The spans of a device do not overlap. Few: most devices have none.';

-- Name: device; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.device (
    host_name text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    device_id text NOT NULL,
    video_device text,
    ffmpeg_status text NOT NULL,
    monitor_status text NOT NULL,
    state_started_at timestamp with time zone NOT NULL,
    first_sample_at timestamp with time zone NOT NULL,
    registered_at timestamp with time zone DEFAULT now() NOT NULL,
    attention_until timestamp with time zone
);

-- Name: TABLE device; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.device IS 'Every device seen, with its current state.';

-- Name: COLUMN device.ffmpeg_status; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device.ffmpeg_status IS 'active, stuck, stopped, unknown or no_data.';

-- Name: COLUMN device.monitor_status; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device.monitor_status IS 'active, stuck, stopped, unknown or no_data.';

-- Name: COLUMN device.state_started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device.state_started_at IS 'Since when both statuses have been what they are.';

-- Name: COLUMN device.first_sample_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device.first_sample_at IS 'Start of the device''s observed life.';

-- Name: COLUMN device.registered_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device.registered_at IS 'When the database learned of the device.';

-- Name: COLUMN device.attention_until; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device.attention_until IS 'Set when an operator resolved an incident by hand in the present state: samples up to then must be looked at even if they say nothing new. infinity until the first sample after that, then the time of that sample.';

-- Name: device_state; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.device_state (
    host_name text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    started_at timestamp with time zone CONSTRAINT device_state_started_at_not_null1 NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    ffmpeg_status text NOT NULL,
    monitor_status text NOT NULL,
    CONSTRAINT no_data_means_both CHECK (((ffmpeg_status = 'no_data'::text) = (monitor_status = 'no_data'::text))),
    CONSTRAINT started_at_is_finite CHECK (isfinite(started_at)),
    CONSTRAINT state_ends_after_it_starts CHECK ((started_at < ended_at)),
    CONSTRAINT statuses_are_known CHECK (((ffmpeg_status = ANY (ARRAY['active'::text, 'stuck'::text, 'stopped'::text, 'unknown'::text, 'no_data'::text])) AND (monitor_status = ANY (ARRAY['active'::text, 'stuck'::text, 'stopped'::text, 'unknown'::text, 'no_data'::text]))))
);

-- Name: TABLE device_state; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.device_state IS 'State history of each device: one row per change, without holes or overlaps from its first sample on.';

-- Name: COLUMN device_state.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device_state.started_at IS 'First moment of the state.';

-- Name: COLUMN device_state.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device_state.ended_at IS 'First moment of the next state; infinity while current.';

-- Name: counted_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.counted_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) RETURNS TABLE(host_name text, device_name text, capture_folder text, device_id text, ffmpeg_status text, monitor_status text, started_at timestamp with time zone, ended_at timestamp with time zone)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 SELECT s.host_name,
     s.device_name,
     s.capture_folder,
     NULL::text AS device_id,
     s.ffmpeg_status,
     s.monitor_status,
     GREATEST(s.started_at, ( SELECT counted_piece.window_start AS window_start)) AS started_at,
     LEAST(s.ended_at, ( SELECT LEAST(counted_piece.window_end, counted_piece.as_of) AS "least")) AS ended_at
    FROM incident.device_state s
   WHERE ((s.ended_at > counted_piece.window_start) AND (s.started_at < LEAST(counted_piece.window_end, counted_piece.as_of)) AND (counted_piece.window_start < LEAST(counted_piece.window_end, counted_piece.as_of)))
 UNION ALL
  SELECT s.host_name,
     s.device_name,
     s.capture_folder,
     NULL::text AS device_id,
     t.ffmpeg_status,
     t.monitor_status,
     t.started_at,
     t.ended_at
    FROM (((incident_engine.overlay_piece(counted_piece.window_start, counted_piece.window_end, counted_piece.as_of) o(host_name, device_name, capture_folder, from_time, to_time, counts_as)
      JOIN incident.device_state s ON (((s.host_name = o.host_name) AND (s.device_name = o.device_name) AND (s.capture_folder = o.capture_folder) AND (s.started_at >= ( SELECT COALESCE(max(b.started_at), '-infinity'::timestamp with time zone) AS "coalesce"
            FROM incident.device_state b
           WHERE ((b.host_name = o.host_name) AND (b.device_name = o.device_name) AND (b.capture_folder = o.capture_folder) AND (b.started_at <= GREATEST(o.from_time, counted_piece.window_start))))) AND (s.started_at < LEAST(o.to_time, counted_piece.window_end, counted_piece.as_of)))))
      CROSS JOIN LATERAL ( SELECT GREATEST(s.started_at, o.from_time, counted_piece.window_start) AS from_time,
             LEAST(s.ended_at, o.to_time, counted_piece.window_end, counted_piece.as_of) AS to_time) both_hold)
      CROSS JOIN LATERAL ( VALUES (s.ffmpeg_status,s.monitor_status,both_hold.to_time,both_hold.from_time), (o.counts_as,o.counts_as,both_hold.from_time,both_hold.to_time)) t(ffmpeg_status, monitor_status, started_at, ended_at))
   WHERE (both_hold.from_time < both_hold.to_time)
 UNION ALL
  SELECT d.host_name,
     d.device_name,
     d.capture_folder,
     d.device_id,
     'window'::text AS ffmpeg_status,
     'window'::text AS monitor_status,
     GREATEST(d.first_sample_at, ( SELECT counted_piece.window_start AS window_start)) AS started_at,
     ( SELECT LEAST(counted_piece.window_end, counted_piece.as_of) AS "least") AS ended_at
    FROM (incident.device_state s
      JOIN incident.device d ON (((s.host_name = d.host_name) AND (s.device_name = d.device_name) AND (s.capture_folder = d.capture_folder))))
   WHERE ((s.started_at < LEAST(counted_piece.window_end, counted_piece.as_of)) AND (s.ended_at >= LEAST(counted_piece.window_end, counted_piece.as_of)) AND (counted_piece.window_start < LEAST(counted_piece.window_end, counted_piece.as_of)));
END;

-- Name: FUNCTION counted_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.counted_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'What availability adds up: the state history of all devices clipped to a window and to as_of. Statuses are those of the history, or no_data or maintenance for both components where that counts instead: the same time comes three times then, as the state, as the state running backwards (started_at after ended_at, so that its duration is negative), and as what counts. Sums over ended_at - started_at are right, single pieces are not to be shown. One piece a device has the status window for both: its part of the window.';

-- Name: percent(numeric, numeric); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.percent(part numeric, whole numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (whole > (0)::numeric) THEN trunc((((100)::numeric * part) / whole), 4) ELSE NULL::numeric END;

-- Name: FUNCTION percent(part numeric, whole numeric); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.percent(part numeric, whole numeric) IS 'part of whole in percent, rounded down to 4 decimals (100 means all of it); null when there is nothing to divide.';

-- Name: availability(timestamp with time zone, timestamp with time zone, boolean, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.availability(window_start timestamp with time zone DEFAULT (now() - '24:00:00'::interval), window_end timestamp with time zone DEFAULT now(), count_no_data boolean DEFAULT true, by text DEFAULT 'device'::text, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(host_name text, device_name text, capture_folder text, component text, availability_percent numeric, sla_status text, up_seconds numeric, down_seconds numeric, unknown_seconds numeric, no_data_seconds numeric, maintenance_seconds numeric, window_seconds numeric, coverage_percent numeric, devices bigint, device_id text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH piece AS (
          SELECT
                 CASE
                     WHEN (availability.by <> 'fleet'::text) THEN p.host_name
                     ELSE NULL::text
                 END AS host_name,
                 CASE
                     WHEN (availability.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.device_name
                     ELSE NULL::text
                 END AS device_name,
                 CASE
                     WHEN (availability.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.capture_folder
                     ELSE NULL::text
                 END AS capture_folder,
                 CASE
                     WHEN (availability.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.device_id
                     ELSE NULL::text
                 END AS device_id,
             p.ffmpeg_status,
             p.monitor_status,
             (p.ended_at - p.started_at) AS duration
            FROM incident_engine.counted_piece(availability.window_start, availability.window_end, availability.as_of) p(host_name, device_name, capture_folder, device_id, ffmpeg_status, monitor_status, started_at, ended_at)
         ), summed AS (
          SELECT p.host_name,
             p.device_name,
             p.capture_folder,
             max(p.device_id) AS device_id,
             COALESCE(EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE ((p.ffmpeg_status = 'active'::text) AND ((availability.by = 'component'::text) OR (p.monitor_status = 'active'::text))))), (0)::numeric) AS up,
             COALESCE(EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE ((p.ffmpeg_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) OR ((availability.by <> 'component'::text) AND (p.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text])))))), (0)::numeric) AS down,
             COALESCE(EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE ((availability.by = 'component'::text) AND (p.monitor_status = 'active'::text)))), (0)::numeric) AS monitor_up,
             COALESCE(EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE ((availability.by = 'component'::text) AND (p.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text]))))), (0)::numeric) AS monitor_down,
             COALESCE(EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE (p.ffmpeg_status = 'no_data'::text))), (0)::numeric) AS no_data,
             COALESCE(EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE (p.ffmpeg_status = 'maintenance'::text))), (0)::numeric) AS maintenance,
             EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE (p.ffmpeg_status <> 'window'::text))) AS counted,
             EXTRACT(epoch FROM sum(p.duration) FILTER (WHERE (p.ffmpeg_status = 'window'::text))) AS observed,
             count(*) FILTER (WHERE (p.ffmpeg_status = 'window'::text)) AS devices
            FROM piece p
           GROUP BY p.host_name, p.device_name, p.capture_folder
         ), spent AS (
          SELECT s_1.host_name,
             s_1.device_name,
             s_1.capture_folder,
             s_1.device_id,
             s_1.up,
             s_1.down,
             s_1.monitor_up,
             s_1.monitor_down,
             s_1.no_data,
             s_1.maintenance,
             s_1.counted,
             s_1.observed,
             s_1.devices,
             c.component,
             c.component_up,
             c.component_down
            FROM (summed s_1
              CROSS JOIN LATERAL ( VALUES (NULL::text,s_1.up,s_1.down,(availability.by <> 'component'::text)), ('ffmpeg'::text,s_1.up,s_1.down,(availability.by = 'component'::text)), ('monitor'::text,s_1.monitor_up,s_1.monitor_down,(availability.by = 'component'::text))) c(component, component_up, component_down, is_asked))
           WHERE c.is_asked
         )
  SELECT s.host_name,
     s.device_name,
     s.capture_folder,
     s.component,
     rated.availability_percent,
     incident.sla_status(rated.availability_percent) AS sla_status,
     s.component_up,
     s.component_down,
     ((((s.counted - s.component_up) - s.component_down) - s.no_data) - s.maintenance) AS unknown,
     s.no_data,
     s.maintenance,
     s.observed,
     rated.coverage_percent,
     s.devices,
     s.device_id
    FROM (spent s
      CROSS JOIN LATERAL ( SELECT incident_engine.percent(s.component_up, ((s.component_up + s.component_down) +
                 CASE
                     WHEN availability.count_no_data THEN s.no_data
                     ELSE (0)::numeric
                 END)) AS availability_percent,
             incident_engine.percent(((s.observed - s.maintenance) - s.no_data), (s.observed - s.maintenance)) AS coverage_percent
            FROM ( VALUES (true)) single("row")
          OFFSET 0) rated)
   WHERE ( SELECT incident_engine.check_report(availability.window_start, availability.window_end, availability.as_of, availability.by, ARRAY['device'::text, 'component'::text, 'host'::text, 'fleet'::text]) AS check_report)
   ORDER BY s.host_name, s.device_name, s.capture_folder, s.component;
END;

-- Name: FUNCTION availability(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.availability(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) IS 'Availability over a window, by default the last 24 hours. by: device, component (ffmpeg and monitor of each device, by its own status), host or fleet (seconds summed over their devices). Each moment of a device is exactly one of: maintenance (taken out first), up (both components active), down (any stuck or stopped), no_data (silent), unknown (the rest); the five add up to window_seconds, the window clipped to the life of the device and to as_of, the time of reading. Seconds are exact to the microsecond. availability_percent = up / (up + down + no_data); count_no_data => false leaves silence out; rounded down to 4 decimals, so that 100 means not a microsecond down; null when there is nothing to divide. sla_status: Excellent from 99.9, Good from 99.0, Fair from 95.0, else Poor. coverage_percent: the part of the window outside maintenance that is not silence. Comes from the state history: costs what changed in the window, not how many samples there are. Errors: 22023.';

-- Name: bucket_edges(text, text, timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.bucket_edges(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) RETURNS timestamp with time zone[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    counted_to constant timestamptz := least(window_end, as_of);
    local_start timestamp;
begin
    if not coalesce(bucket in ('hour', 'day', 'week', 'month'), false) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('cannot report by bucket %s', coalesce(quote_literal(bucket), 'null')),
            hint = 'bucket is one of: hour, day, week, month.';
    end if;
    perform incident_engine.check_time_zone(time_zone);
    local_start := date_trunc(bucket, window_start at time zone time_zone);
    if window_start >= counted_to then
        return array[]::timestamptz[];
    end if;

    -- An hour is an hour of the sun: when clocks are set back there are two of the same name.
    if bucket = 'hour' then
        return (
            select array_agg(distinct date_trunc('hour', moment, time_zone) order by date_trunc('hour', moment, time_zone))
            from generate_series(window_start, counted_to + interval '2 hours', interval '1 hour') as moment
        );
    end if;

    -- A day starts when the calendar first says so; where clocks are set back at midnight, midnight comes twice.
    return (
        select array_agg(
            case
                when (start - interval '1 hour') at time zone time_zone >= local_time then start - interval '1 hour'
                else start
            end order by local_time
        )
        from generate_series(
            local_start,
            date_trunc(bucket, counted_to at time zone time_zone) + ('1 ' || bucket)::interval,
            ('1 ' || bucket)::interval
        ) as local_time
        cross join lateral (select local_time at time zone time_zone as start) as moment
    );
end
$$;

-- Name: FUNCTION bucket_edges(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.bucket_edges(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'Where the hours, days, weeks (from Monday) or months of a time zone start that a window touches, and where the last one ends. Errors: 22023.';

-- Name: availability_by(text, text, timestamp with time zone, timestamp with time zone, boolean, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.availability_by(bucket text, time_zone text DEFAULT 'UTC'::text, window_start timestamp with time zone DEFAULT (now() - '7 days'::interval), window_end timestamp with time zone DEFAULT now(), count_no_data boolean DEFAULT true, by text DEFAULT 'device'::text, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(bucket_start timestamp with time zone, bucket_end timestamp with time zone, host_name text, device_name text, capture_folder text, component text, availability_percent numeric, sla_status text, up_seconds numeric, down_seconds numeric, unknown_seconds numeric, no_data_seconds numeric, maintenance_seconds numeric, window_seconds numeric, coverage_percent numeric, devices bigint, device_id text)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 WITH edge AS MATERIALIZED (
          SELECT availability_by.window_start AS report_start,
             incident_engine.bucket_edges(availability_by.bucket, availability_by.time_zone, availability_by.window_start, availability_by.window_end, availability_by.as_of) AS edges
         ), piece AS (
          SELECT
                 CASE
                     WHEN (availability_by.by <> 'fleet'::text) THEN p.host_name
                     ELSE NULL::text
                 END AS host_name,
                 CASE
                     WHEN (availability_by.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.device_name
                     ELSE NULL::text
                 END AS device_name,
                 CASE
                     WHEN (availability_by.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.capture_folder
                     ELSE NULL::text
                 END AS capture_folder,
                 CASE
                     WHEN (availability_by.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.device_id
                     ELSE NULL::text
                 END AS device_id,
             p.ffmpeg_status,
             p.monitor_status,
             width_bucket(p.started_at, e.edges) AS start_bucket,
             width_bucket(p.ended_at, e.edges) AS end_bucket,
             (p.started_at - e.report_start) AS started_after,
             (p.ended_at - e.report_start) AS ended_after
            FROM (incident_engine.counted_piece(availability_by.window_start, availability_by.window_end, availability_by.as_of) p(host_name, device_name, capture_folder, device_id, ffmpeg_status, monitor_status, started_at, ended_at)
              CROSS JOIN edge e)
         ), bundle AS (
          SELECT p.host_name,
             p.device_name,
             p.capture_folder,
             max(p.device_id) AS device_id,
             p.ffmpeg_status,
             p.monitor_status,
             p.start_bucket,
             p.end_bucket,
             count(*) AS pieces,
             EXTRACT(epoch FROM sum(p.started_after)) AS started_after,
             EXTRACT(epoch FROM sum(p.ended_after)) AS ended_after
            FROM piece p
           GROUP BY p.host_name, p.device_name, p.capture_folder, p.ffmpeg_status, p.monitor_status, p.start_bucket, p.end_bucket
         ), cut AS (
          SELECT p.host_name,
             p.device_name,
             p.capture_folder,
             p.device_id,
             p.ffmpeg_status,
             p.monitor_status,
             p.pieces,
             at.bucket_start,
             b.bucket_end,
             (
                 CASE
                     WHEN (p.end_bucket = b.number) THEN p.ended_after
                     WHEN (p.end_bucket > b.number) THEN ((p.pieces)::numeric * b.ends_after)
                     ELSE ((p.pieces)::numeric * b.starts_after)
                 END -
                 CASE
                     WHEN (p.start_bucket = b.number) THEN p.started_after
                     WHEN (p.start_bucket > b.number) THEN ((p.pieces)::numeric * b.ends_after)
                     ELSE ((p.pieces)::numeric * b.starts_after)
                 END) AS duration
            FROM (((bundle p
              CROSS JOIN edge e)
              CROSS JOIN LATERAL unnest(e.edges[LEAST(p.start_bucket, p.end_bucket):GREATEST(p.start_bucket, p.end_bucket)]) WITH ORDINALITY at(bucket_start, place))
              CROSS JOIN LATERAL ( SELECT ((LEAST(p.start_bucket, p.end_bucket) + at.place) - 1) AS number,
                     e.edges[(LEAST(p.start_bucket, p.end_bucket) + at.place)] AS bucket_end,
                     EXTRACT(epoch FROM (at.bucket_start - e.report_start)) AS starts_after,
                     EXTRACT(epoch FROM (e.edges[(LEAST(p.start_bucket, p.end_bucket) + at.place)] - e.report_start)) AS ends_after
                    FROM ( VALUES (true)) single("row")
                  OFFSET 0) b)
           WHERE (at.bucket_start < LEAST(availability_by.window_end, availability_by.as_of))
         ), summed AS (
          SELECT p.bucket_start,
             min(p.bucket_end) AS bucket_end,
             p.host_name,
             p.device_name,
             p.capture_folder,
             max(p.device_id) AS device_id,
             COALESCE(sum(p.duration) FILTER (WHERE ((p.ffmpeg_status = 'active'::text) AND ((availability_by.by = 'component'::text) OR (p.monitor_status = 'active'::text)))), (0)::numeric) AS up,
             COALESCE(sum(p.duration) FILTER (WHERE ((p.ffmpeg_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) OR ((availability_by.by <> 'component'::text) AND (p.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text]))))), (0)::numeric) AS down,
             COALESCE(sum(p.duration) FILTER (WHERE ((availability_by.by = 'component'::text) AND (p.monitor_status = 'active'::text))), (0)::numeric) AS monitor_up,
             COALESCE(sum(p.duration) FILTER (WHERE ((availability_by.by = 'component'::text) AND (p.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text])))), (0)::numeric) AS monitor_down,
             COALESCE(sum(p.duration) FILTER (WHERE (p.ffmpeg_status = 'no_data'::text)), (0)::numeric) AS no_data,
             COALESCE(sum(p.duration) FILTER (WHERE (p.ffmpeg_status = 'maintenance'::text)), (0)::numeric) AS maintenance,
             sum(p.duration) FILTER (WHERE (p.ffmpeg_status <> 'window'::text)) AS counted,
             sum(p.duration) FILTER (WHERE (p.ffmpeg_status = 'window'::text)) AS observed,
             (sum(p.pieces) FILTER (WHERE (p.ffmpeg_status = 'window'::text)))::bigint AS devices
            FROM cut p
           GROUP BY p.bucket_start, p.host_name, p.device_name, p.capture_folder
         ), spent AS (
          SELECT s_1.bucket_start,
             s_1.bucket_end,
             s_1.host_name,
             s_1.device_name,
             s_1.capture_folder,
             s_1.device_id,
             s_1.up,
             s_1.down,
             s_1.monitor_up,
             s_1.monitor_down,
             s_1.no_data,
             s_1.maintenance,
             s_1.counted,
             s_1.observed,
             s_1.devices,
             c.component,
             c.component_up,
             c.component_down
            FROM (summed s_1
              CROSS JOIN LATERAL ( VALUES (NULL::text,s_1.up,s_1.down,(availability_by.by <> 'component'::text)), ('ffmpeg'::text,s_1.up,s_1.down,(availability_by.by = 'component'::text)), ('monitor'::text,s_1.monitor_up,s_1.monitor_down,(availability_by.by = 'component'::text))) c(component, component_up, component_down, is_asked))
           WHERE c.is_asked
         )
  SELECT s.bucket_start,
     s.bucket_end,
     s.host_name,
     s.device_name,
     s.capture_folder,
     s.component,
     rated.availability_percent,
     incident.sla_status(rated.availability_percent) AS sla_status,
     s.component_up,
     s.component_down,
     ((((s.counted - s.component_up) - s.component_down) - s.no_data) - s.maintenance) AS unknown,
     s.no_data,
     s.maintenance,
     s.observed,
     rated.coverage_percent,
     s.devices,
     s.device_id
    FROM (spent s
      CROSS JOIN LATERAL ( SELECT incident_engine.percent(s.component_up, ((s.component_up + s.component_down) +
                 CASE
                     WHEN availability_by.count_no_data THEN s.no_data
                     ELSE (0)::numeric
                 END)) AS availability_percent,
             incident_engine.percent(((s.observed - s.maintenance) - s.no_data), (s.observed - s.maintenance)) AS coverage_percent
            FROM ( VALUES (true)) single("row")
          OFFSET 0) rated)
   WHERE (( SELECT incident_engine.check_report(availability_by.window_start, availability_by.window_end, availability_by.as_of, availability_by.by, ARRAY['device'::text, 'component'::text, 'host'::text, 'fleet'::text]) AS check_report) AND ( SELECT (cardinality(e.edges) > 0)
            FROM edge e))
   ORDER BY s.bucket_start, s.host_name, s.device_name, s.capture_folder, s.component;
END;

-- Name: FUNCTION availability_by(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.availability_by(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) IS 'incident.availability for every hour, day, week (from Monday) or month of a window, by the clocks of a time zone: a day has 23 or 25 hours when they change. bucket_start and bucket_end are those of the calendar; only what lies in the window counts, so the buckets add up to the window. The other columns and parameters are those of incident.availability. Errors: 22023.';

-- Name: policy; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.policy (
    policy_id integer NOT NULL,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    sample_interval interval,
    no_data_after interval,
    sla_target numeric,
    open_after interval,
    resolve_after interval,
    reopen_within interval,
    flapping_start_percent numeric,
    flapping_stop_percent numeric,
    new_device_grace interval,
    cpu_percent_limit numeric,
    cpu_samples integer,
    memory_percent_limit numeric,
    memory_samples integer,
    disk_percent_limit numeric,
    disk_samples integer,
    temperature_celsius_limit numeric,
    temperature_samples integer,
    close_after interval,
    CONSTRAINT close_after_is_positive CHECK ((close_after > '00:00:00'::interval)),
    CONSTRAINT component_is_known CHECK ((component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text, 'system'::text]))),
    CONSTRAINT cpu_percent_limit_is_positive CHECK (((cpu_percent_limit > (0)::numeric) AND (cpu_percent_limit <> 'NaN'::numeric))),
    CONSTRAINT default_policy_is_complete CHECK (((host_name IS NOT NULL) OR (component IS NOT NULL) OR ((sample_interval IS NOT NULL) AND (no_data_after IS NOT NULL) AND (sla_target IS NOT NULL) AND (open_after IS NOT NULL) AND (resolve_after IS NOT NULL) AND (reopen_within IS NOT NULL) AND (flapping_start_percent IS NOT NULL) AND (new_device_grace IS NOT NULL) AND (cpu_percent_limit IS NOT NULL) AND (cpu_samples IS NOT NULL) AND (memory_percent_limit IS NOT NULL) AND (memory_samples IS NOT NULL) AND (disk_percent_limit IS NOT NULL) AND (disk_samples IS NOT NULL) AND (temperature_celsius_limit IS NOT NULL) AND (temperature_samples IS NOT NULL)))),
    CONSTRAINT device_scope_names_its_folder CHECK (((device_name IS NULL) = (capture_folder IS NULL))),
    CONSTRAINT device_scope_names_its_host CHECK (((device_name IS NULL) OR (host_name IS NOT NULL))),
    CONSTRAINT disk_percent_limit_is_positive CHECK (((disk_percent_limit > (0)::numeric) AND (disk_percent_limit <> 'NaN'::numeric))),
    CONSTRAINT flapping_start_and_stop_go_together CHECK (((flapping_start_percent IS NULL) = (flapping_stop_percent IS NULL))),
    CONSTRAINT flapping_start_percent_is_positive CHECK (((flapping_start_percent > (0)::numeric) AND (flapping_start_percent <> 'NaN'::numeric))),
    CONSTRAINT flapping_stops_at_or_below_its_start CHECK (((flapping_stop_percent >= (0)::numeric) AND (flapping_stop_percent <= flapping_start_percent))),
    CONSTRAINT memory_percent_limit_is_positive CHECK (((memory_percent_limit > (0)::numeric) AND (memory_percent_limit <> 'NaN'::numeric))),
    CONSTRAINT new_device_grace_is_not_negative CHECK ((new_device_grace >= '00:00:00'::interval)),
    CONSTRAINT no_data_after_is_not_less_than_the_sample_interval CHECK ((no_data_after >= sample_interval)),
    CONSTRAINT no_data_after_is_positive CHECK ((no_data_after > '00:00:00'::interval)),
    CONSTRAINT open_after_is_not_negative CHECK ((open_after >= '00:00:00'::interval)),
    CONSTRAINT reopen_within_is_not_negative CHECK ((reopen_within >= '00:00:00'::interval)),
    CONSTRAINT resolve_after_is_not_negative CHECK ((resolve_after >= '00:00:00'::interval)),
    CONSTRAINT sample_interval_is_positive CHECK ((sample_interval > '00:00:00'::interval)),
    CONSTRAINT samples_in_a_row_are_counted_from_one CHECK (((cpu_samples >= 1) AND (memory_samples >= 1) AND (disk_samples >= 1) AND (temperature_samples >= 1))),
    CONSTRAINT sla_target_is_a_percentage CHECK (((sla_target > (0)::numeric) AND (sla_target <= (100)::numeric))),
    CONSTRAINT temperature_celsius_limit_is_positive CHECK (((temperature_celsius_limit > (0)::numeric) AND (temperature_celsius_limit <> 'NaN'::numeric)))
);

-- Name: TABLE policy; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.policy IS 'When is it an incident? Rows scoped by host, device and component; null scope means any, the most specific row that has a value wins, value by value.';

-- Name: COLUMN policy.sample_interval; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.sample_interval IS 'How often a device is expected to send a sample.';

-- Name: COLUMN policy.no_data_after; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.no_data_after IS 'Silence this long is no_data, from the first missed sample on; shorter silence is bridged by the last status.';

-- Name: COLUMN policy.sla_target; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.sla_target IS 'Availability promised, in percent.';

-- Name: COLUMN policy.open_after; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.open_after IS 'A failure becomes an incident when a sample still fails this long after its first one, with none healthy in between; the incident then starts at the first. 0: at once.';

-- Name: COLUMN policy.resolve_after; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.resolve_after IS 'An incident is resolved when a sample is still healthy this long after the first healthy one, with none failing in between; it then ended at the first. 0: at once.';

-- Name: COLUMN policy.reopen_within; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.reopen_within IS 'A failure that starts less than this after the engine resolved an incident reopens that incident. 0: never.';

-- Name: COLUMN policy.flapping_start_percent; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.flapping_start_percent IS 'Flapping starts when the changes between healthy and failing in the last 20 intervals reach this percentage, newer ones weighted more. infinity: never.';

-- Name: COLUMN policy.flapping_stop_percent; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.flapping_stop_percent IS 'Flapping stops when the percentage has fallen to this.';

-- Name: COLUMN policy.new_device_grace; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.new_device_grace IS 'A device that falls silent this soon after its first sample opens no incident: it is being set up.';

-- Name: COLUMN policy.cpu_percent_limit; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.cpu_percent_limit IS 'CPU load of a host, in percent, that is too high. infinity: none is.';

-- Name: COLUMN policy.cpu_samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.cpu_samples IS 'For so many samples in a row it must reach the limit.';

-- Name: COLUMN policy.memory_percent_limit; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.memory_percent_limit IS 'Memory in use on a host, in percent, that is too much. infinity: none is.';

-- Name: COLUMN policy.memory_samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.memory_samples IS 'For so many samples in a row it must reach the limit.';

-- Name: COLUMN policy.disk_percent_limit; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.disk_percent_limit IS 'Disk space in use on a host, in percent, that is too much. infinity: none is.';

-- Name: COLUMN policy.disk_samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.disk_samples IS 'For so many samples in a row it must reach the limit.';

-- Name: COLUMN policy.temperature_celsius_limit; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.temperature_celsius_limit IS 'Temperature of a host''s CPU, in degrees Celsius, that is too high. infinity: none is.';

-- Name: COLUMN policy.temperature_samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.temperature_samples IS 'For so many samples in a row it must reach the limit.';

-- Name: COLUMN policy.close_after; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.close_after IS 'Resolved incidents are closed this long after they were resolved. Null in the default row: never.';

-- Name: backtest_records(incident.policy, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.backtest_records(changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone) RETURNS TABLE(host_name text, simulated boolean, device_name text, capture_folder text, component text, severity text, detected_at timestamp with time zone, resolved_at timestamp with time zone, is_announced boolean)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    samples_from constant timestamptz := incident_engine.samples_from();
    host text;
begin
    if window_start is null or window_end is null or not window_start < window_end then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'a window needs a start and a later end, but window_start is %s and window_end %s',
                coalesce(window_start::text, 'null'), coalesce(window_end::text, 'null')
            ),
            hint = 'Leave both out for the last 30 days.';
    end if;
    if window_start < samples_from then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('there are no samples to look at from %s on', window_start),
            detail = format('Samples before %s have been removed, or were never believed.', samples_from),
            hint = 'Start the window later.';
    end if;
    perform incident_engine.check_policy(changes);

    for host in
        select d.host_name
        from incident.device as d
        where
            coalesce(d.host_name = changes.host_name, changes.host_name is null)
            and coalesce(d.device_name = changes.device_name, changes.device_name is null)
            and coalesce(d.capture_folder = changes.capture_folder, changes.capture_folder is null)
        group by d.host_name
        order by d.host_name
    loop
        return query
        select host, b.*
        from incident_engine.backtest_host(host, changes, window_start, window_end) as b;
    end loop;
end
$$;

-- Name: FUNCTION backtest_records(changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.backtest_records(changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone) IS 'backtest_host for every host that a policy is about, one after the other. Errors: 22023, 55P03.';

-- Name: backtest(text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.backtest(host_name text DEFAULT NULL::text, device_name text DEFAULT NULL::text, capture_folder text DEFAULT NULL::text, component text DEFAULT NULL::text, sample_interval interval DEFAULT NULL::interval, no_data_after interval DEFAULT NULL::interval, open_after interval DEFAULT NULL::interval, resolve_after interval DEFAULT NULL::interval, reopen_within interval DEFAULT NULL::interval, flapping_start_percent numeric DEFAULT NULL::numeric, flapping_stop_percent numeric DEFAULT NULL::numeric, new_device_grace interval DEFAULT NULL::interval, cpu_percent_limit numeric DEFAULT NULL::numeric, cpu_samples integer DEFAULT NULL::integer, memory_percent_limit numeric DEFAULT NULL::numeric, memory_samples integer DEFAULT NULL::integer, disk_percent_limit numeric DEFAULT NULL::numeric, disk_samples integer DEFAULT NULL::integer, temperature_celsius_limit numeric DEFAULT NULL::numeric, temperature_samples integer DEFAULT NULL::integer, window_start timestamp with time zone DEFAULT (now() - '30 days'::interval), window_end timestamp with time zone DEFAULT now()) RETURNS TABLE(host_name text, device_name text, capture_folder text, component text, incidents_then bigint, incidents_now bigint, minutes_then integer, minutes_now integer, pages_then bigint, pages_now bigint, pages_saved bigint)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH told AS (
          SELECT r.host_name,
             r.simulated,
             r.device_name,
             r.capture_folder,
             r.component,
             r.severity,
             r.detected_at,
             r.resolved_at,
             r.is_announced,
             EXTRACT(epoch FROM (LEAST(r.resolved_at, backtest.window_end) - r.detected_at)) AS seconds
            FROM incident_engine.backtest_records(ROW(NULL::integer, backtest.host_name, backtest.device_name, backtest.capture_folder, backtest.component, backtest.sample_interval, backtest.no_data_after, NULL::numeric, backtest.open_after, backtest.resolve_after, backtest.reopen_within, backtest.flapping_start_percent, backtest.flapping_stop_percent, backtest.new_device_grace, backtest.cpu_percent_limit, backtest.cpu_samples, backtest.memory_percent_limit, backtest.memory_samples, backtest.disk_percent_limit, backtest.disk_samples, backtest.temperature_celsius_limit, backtest.temperature_samples, NULL::interval)::incident.policy, backtest.window_start, backtest.window_end) r(host_name, simulated, device_name, capture_folder, component, severity, detected_at, resolved_at, is_announced)
         ), counted AS (
          SELECT t.host_name,
             t.device_name,
             t.capture_folder,
             t.component,
             count(*) FILTER (WHERE (NOT t.simulated)) AS incidents_then,
             count(*) FILTER (WHERE t.simulated) AS incidents_now,
             (floor((COALESCE(sum(t.seconds) FILTER (WHERE (NOT t.simulated)), (0)::numeric) / (60)::numeric)))::integer AS minutes_then,
             (floor((COALESCE(sum(t.seconds) FILTER (WHERE t.simulated), (0)::numeric) / (60)::numeric)))::integer AS minutes_now,
             count(*) FILTER (WHERE ((NOT t.simulated) AND t.is_announced)) AS pages_then,
             count(*) FILTER (WHERE (t.simulated AND t.is_announced)) AS pages_now
            FROM told t
           GROUP BY t.host_name, t.device_name, t.capture_folder, t.component
         )
  SELECT c.host_name,
     c.device_name,
     c.capture_folder,
     c.component,
     c.incidents_then,
     c.incidents_now,
     c.minutes_then,
     c.minutes_now,
     c.pages_then,
     c.pages_now,
     (c.pages_then - c.pages_now) AS pages_saved
    FROM counted c
   ORDER BY (c.pages_then - c.pages_now) DESC, c.host_name, c.device_name, c.capture_folder, c.component;
END;

-- Name: FUNCTION backtest(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.backtest(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone) IS 'What would the incidents of a window have looked like with another policy? Takes the settings of set_policy, of which those not named stay as they are, and the window, by default the last 30 days. Folds the real samples with them, host by host, and rolls each back: nothing changes, but numbers of incidents are used up, and the writers of a host wait while it is its turn. A row per device and component that has incidents then (as recorded) or now (with this policy): their number, whole minutes within the window, and pages, that is incidents that maintenance does not cover; what saves most first. backtest_incidents lists them. Errors: 22023 for a policy or window that makes no sense, 55P03 when another transaction holds a host for over 5 seconds.';

-- Name: backtest_incidents(text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.backtest_incidents(host_name text DEFAULT NULL::text, device_name text DEFAULT NULL::text, capture_folder text DEFAULT NULL::text, component text DEFAULT NULL::text, sample_interval interval DEFAULT NULL::interval, no_data_after interval DEFAULT NULL::interval, open_after interval DEFAULT NULL::interval, resolve_after interval DEFAULT NULL::interval, reopen_within interval DEFAULT NULL::interval, flapping_start_percent numeric DEFAULT NULL::numeric, flapping_stop_percent numeric DEFAULT NULL::numeric, new_device_grace interval DEFAULT NULL::interval, cpu_percent_limit numeric DEFAULT NULL::numeric, cpu_samples integer DEFAULT NULL::integer, memory_percent_limit numeric DEFAULT NULL::numeric, memory_samples integer DEFAULT NULL::integer, disk_percent_limit numeric DEFAULT NULL::numeric, disk_samples integer DEFAULT NULL::integer, temperature_celsius_limit numeric DEFAULT NULL::numeric, temperature_samples integer DEFAULT NULL::integer, window_start timestamp with time zone DEFAULT (now() - '30 days'::interval), window_end timestamp with time zone DEFAULT now()) RETURNS TABLE(change text, host_name text, device_name text, capture_folder text, component text, detected_at timestamp with time zone, resolved_then timestamp with time zone, resolved_now timestamp with time zone, severity_then text, severity_now text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH told AS MATERIALIZED (
          SELECT r_1.host_name,
             r_1.simulated,
             r_1.device_name,
             r_1.capture_folder,
             r_1.component,
             r_1.severity,
             r_1.detected_at,
             r_1.resolved_at,
             r_1.is_announced
            FROM incident_engine.backtest_records(ROW(NULL::integer, backtest_incidents.host_name, backtest_incidents.device_name, backtest_incidents.capture_folder, backtest_incidents.component, backtest_incidents.sample_interval, backtest_incidents.no_data_after, NULL::numeric, backtest_incidents.open_after, backtest_incidents.resolve_after, backtest_incidents.reopen_within, backtest_incidents.flapping_start_percent, backtest_incidents.flapping_stop_percent, backtest_incidents.new_device_grace, backtest_incidents.cpu_percent_limit, backtest_incidents.cpu_samples, backtest_incidents.memory_percent_limit, backtest_incidents.memory_samples, backtest_incidents.disk_percent_limit, backtest_incidents.disk_samples, backtest_incidents.temperature_celsius_limit, backtest_incidents.temperature_samples, NULL::interval)::incident.policy, backtest_incidents.window_start, backtest_incidents.window_end) r_1(host_name, simulated, device_name, capture_folder, component, severity, detected_at, resolved_at, is_announced)
         ), recorded AS (
          SELECT t.host_name,
             t.simulated,
             t.device_name,
             t.capture_folder,
             t.component,
             t.severity,
             t.detected_at,
             t.resolved_at,
             t.is_announced
            FROM told t
           WHERE (NOT t.simulated)
         ), simulated AS (
          SELECT t.host_name,
             t.simulated,
             t.device_name,
             t.capture_folder,
             t.component,
             t.severity,
             t.detected_at,
             t.resolved_at,
             t.is_announced
            FROM told t
           WHERE t.simulated
         )
  SELECT
         CASE
             WHEN (r.simulated IS NULL) THEN 'added'::text
             WHEN (s.simulated IS NULL) THEN 'vanished'::text
             ELSE 'changed'::text
         END AS change,
     host_name,
     device_name,
     capture_folder,
     component,
     detected_at,
     r.resolved_at AS resolved_then,
     s.resolved_at AS resolved_now,
     r.severity AS severity_then,
     s.severity AS severity_now
    FROM (recorded r
      FULL JOIN simulated s USING (host_name, device_name, capture_folder, component, detected_at))
   WHERE (((r.resolved_at IS DISTINCT FROM s.resolved_at) OR (r.severity IS DISTINCT FROM s.severity)) OR (r.simulated IS NULL) OR (s.simulated IS NULL))
   ORDER BY detected_at, host_name, device_name, capture_folder, component;
END;

-- Name: FUNCTION backtest_incidents(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.backtest_incidents(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone) IS 'The incidents that differ in a backtest, in order of detection: those that the policy would have added, those that would not have been (vanished), and those that would have ended at another time or with another severity (changed). Parameters, cost and errors as of backtest.';

-- Name: host_condition; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.host_condition (
    host_name text NOT NULL,
    cause text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    value numeric,
    limit_value numeric,
    last_signal_at timestamp with time zone,
    reached_at timestamp with time zone,
    CONSTRAINT cause_is_known CHECK ((cause = ANY (ARRAY['silent'::text, 'cpu'::text, 'memory'::text, 'disk'::text, 'temperature'::text]))),
    CONSTRAINT condition_ends_after_it_starts CHECK ((started_at < ended_at)),
    CONSTRAINT load_has_a_value_and_a_limit CHECK ((((cause <> 'silent'::text) = (value IS NOT NULL)) AND ((cause <> 'silent'::text) = (limit_value IS NOT NULL)))),
    CONSTRAINT silence_has_a_last_signal CHECK ((((cause = 'silent'::text) = (last_signal_at IS NOT NULL)) AND ((cause = 'silent'::text) = (reached_at IS NOT NULL))))
);

-- Name: TABLE host_condition; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.host_condition IS 'What was wrong with each host and when, one row per cause and time: silent (neither a sample of its devices nor a row of its own for no_data_after), or cpu, memory, disk, temperature (so many rows in a row at or above the limit).';

-- Name: COLUMN host_condition.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.started_at IS 'The first missed signal; the first row at or above the limit.';

-- Name: COLUMN host_condition.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.ended_at IS 'The next signal; the first row below the limit; infinity while it lasts.';

-- Name: COLUMN host_condition.value; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.value IS 'What that first row said, in percent or degrees Celsius.';

-- Name: COLUMN host_condition.limit_value; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.limit_value IS 'The limit that it reached.';

-- Name: COLUMN host_condition.last_signal_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.last_signal_at IS 'The last signal before the silence.';

-- Name: COLUMN host_condition.reached_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.reached_at IS 'When the silence had lasted no_data_after.';

-- Name: system_state; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.system_state (
    host_name text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    status text NOT NULL,
    reason text,
    severity text,
    CONSTRAINT failing_has_a_reason_and_a_severity CHECK ((((status = ANY (ARRAY['silent'::text, 'over_limit'::text])) = (reason IS NOT NULL)) AND ((reason IS NULL) = (severity IS NULL)))),
    CONSTRAINT severity_is_known CHECK ((severity = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text]))),
    CONSTRAINT state_ends_after_it_starts CHECK ((started_at < ended_at)),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['reporting'::text, 'silent'::text, 'over_limit'::text, 'excused'::text, 'new'::text, 'retired'::text])))
);

-- Name: TABLE system_state; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.system_state IS 'History of the component system: of each host (device_name = host_name, capture_folder ''host'') and of each device, one row per change, from the first time that it did not report as it should.';

-- Name: COLUMN system_state.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.started_at IS 'First moment of the state.';

-- Name: COLUMN system_state.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.ended_at IS 'First moment of the next state; infinity while current.';

-- Name: COLUMN system_state.status; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.status IS 'reporting; silent; over_limit (hosts); excused (silent like its host, or like every host while the database was down, or not yet told apart); new (fell silent while it was being set up); retired.';

-- Name: COLUMN system_state.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.reason IS 'What was wrong, in words; null when nothing was.';

-- Name: COLUMN system_state.severity; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.severity IS 'Silent host: critical; silent device: high; over a limit: medium.';

-- Name: device_system_states(incident_engine.touch[], incident.host_condition[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.device_system_states(bases incident_engine.touch[], unrecorded incident.host_condition[], horizon timestamp with time zone) RETURNS incident.system_state[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with base as materialized (
            select b.host_name, b.device_name, b.capture_folder, b.from_time, d.first_sample_at,
                p.sample_interval, p.no_data_after, e.new_device_grace
            from unnest(bases) as b
            join incident.device as d using (host_name, device_name, capture_folder)
            cross join lateral incident_engine.silence_policy(b.host_name, b.device_name, b.capture_folder) as p
            cross join lateral incident_engine.effective_policy(
                b.host_name, b.device_name, b.capture_folder, 'system'
            ) as e
        ),

        heard as materialized (
            select b.host_name, incident_engine.last_signal(b.host_name, horizon) as last_signal_at
            from (select distinct n.host_name from base as n) as b
        ),

        unheard as materialized (
            select c.host_name, c.started_at, c.ended_at, c.last_signal_at
            from (select distinct b.host_name from base as b) as h
            join incident.host_condition as c using (host_name)
            where c.cause = 'silent'
            union
            select c.host_name, c.started_at, c.ended_at, c.last_signal_at
            from unnest(unrecorded) as c
        ),

        silence as materialized (
            select b.*, s.started_at, s.ended_at,
                case when r.since is not null then greatest(s.started_at, r.since) end as retired_at
            from base as b
            join incident.device_state as s using (host_name, device_name, capture_folder)
            cross join lateral incident_engine.retired_since(
                b.host_name, b.device_name, b.capture_folder, s.started_at - b.sample_interval, s.ended_at
            ) as r (since)
            where s.ffmpeg_status = 'no_data' and s.started_at >= b.from_time
        ),

        -- It fails from its start, or from a return of its host in it: from the first of these moments after which the host
        -- was heard for as long as a silence must last to count.
        judged as (
            select s.*, s.started_at < s.first_sample_at + s.new_device_grace as is_new,
                (
                    select min(p.started_at)
                    from (
                        select s.started_at
                        union all
                        select c.ended_at
                        from unheard as c
                        where
                            c.host_name = s.host_name
                            and c.ended_at > s.started_at
                            and c.ended_at < s.ended_at
                    ) as p
                    left join lateral (
                        select min(c.started_at) as started_at, min(c.last_signal_at) as last_signal_at
                        from unheard as c
                        where
                            c.host_name = s.host_name
                            and c.ended_at > p.started_at
                            and c.started_at < s.ended_at
                    ) as h on true
                    where
                        coalesce(h.started_at > p.started_at, true)
                        and p.started_at + (s.no_data_after - s.sample_interval) <= coalesce(
                            h.last_signal_at,
                            nullif(s.ended_at, 'infinity'),
                            (select g.last_signal_at from heard as g where g.host_name = s.host_name)
                        )
                ) as failing_at
            from silence as s
        ),

        part as (
            select j.host_name, j.device_name, j.capture_folder, v.status, v.started_at,
                least(v.ended_at, j.retired_at) as ended_at
            from judged as j
            cross join lateral (
                values
                ('new', case when j.is_new then j.started_at end, j.ended_at),
                ('excused', case when not j.is_new then j.started_at end, coalesce(j.failing_at, j.ended_at)),
                ('silent', case when not j.is_new then j.failing_at end, j.ended_at)
            ) as v (status, started_at, ended_at)
            union all
            select j.host_name, j.device_name, j.capture_folder, 'retired', j.retired_at, j.ended_at
            from judged as j
            where j.retired_at is not null
            union all
            select b.host_name, b.device_name, b.capture_folder, 'reporting', r.started_at,
                coalesce(
                    (
                        select min(s.started_at)
                        from silence as s
                        where
                            (s.host_name, s.device_name, s.capture_folder)
                            = (b.host_name, b.device_name, b.capture_folder)
                            and s.started_at > r.started_at
                    ),
                    'infinity'
                )
            from base as b
            cross join lateral (
                select b.from_time as started_at where b.from_time > '-infinity'
                union
                select s.ended_at
                from silence as s
                where
                    (s.host_name, s.device_name, s.capture_folder) = (b.host_name, b.device_name, b.capture_folder)
                    and s.ended_at < 'infinity'
            ) as r
        )

        select array_agg((
            p.host_name, p.device_name, p.capture_folder, p.started_at, p.ended_at, p.status,
            case p.status when 'silent' then 'silent' end, case p.status when 'silent' then 'high' end
        )::incident.system_state)
        from part as p
        where p.started_at < p.ended_at
    );
end
$$;

-- Name: FUNCTION device_system_states(bases incident_engine.touch[], unrecorded incident.host_condition[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.device_system_states(bases incident_engine.touch[], unrecorded incident.host_condition[], horizon timestamp with time zone) IS 'The history of the component system of devices from from_time on, a moment at which they reported (or -infinity): their silences are their own as far as their host was heard, and the host''s otherwise. unrecorded: silences of hosts that count though they are not recorded yet. horizon: samples after it are not looked at.';

-- Name: first_plausible(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.first_plausible() RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    RETURN '2000-01-01 00:00:00+00'::timestamp with time zone;

-- Name: FUNCTION first_plausible(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.first_plausible() IS 'Samples older than this come from a clock that was never set. They are stored and not folded.';

-- Name: history_violations(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.history_violations() RETURNS TABLE(rule text, host_name text, device_name text, capture_folder text, detail text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH state AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s.started_at,
             s.ended_at,
             s.ffmpeg_status,
             s.monitor_status,
             lag(s.ended_at) OVER w AS previous_ended_at,
             lead(s.started_at) OVER w AS next_started_at,
             lag(ROW(s.ffmpeg_status, s.monitor_status)) OVER w AS previous_status
            FROM incident.device_state s
           WINDOW w AS (PARTITION BY s.host_name, s.device_name, s.capture_folder ORDER BY s.started_at)
         )
  SELECT
         CASE
             WHEN (s.previous_ended_at < s.started_at) THEN 'history has no holes'::text
             ELSE 'history has no overlaps'::text
         END AS "case",
     s.host_name,
     s.device_name,
     s.capture_folder,
     format('one state ends at %s, the next starts at %s'::text, s.previous_ended_at, s.started_at) AS format
    FROM state s
   WHERE (s.previous_ended_at <> s.started_at)
 UNION ALL
  SELECT 'history reaches the present'::text,
     s.host_name,
     s.device_name,
     s.capture_folder,
     format('its last state ended at %s'::text, s.ended_at) AS format
    FROM state s
   WHERE ((s.next_started_at IS NULL) AND (s.ended_at < 'infinity'::timestamp with time zone))
 UNION ALL
  SELECT 'one history row per change'::text,
     s.host_name,
     s.device_name,
     s.capture_folder,
     format('the state at %s is the one before it'::text, s.started_at) AS format
    FROM state s
   WHERE ((s.previous_status = ROW(s.ffmpeg_status, s.monitor_status)) AND (s.previous_ended_at = s.started_at))
 UNION ALL
  SELECT 'device shows its last history row'::text,
     d.host_name,
     d.device_name,
     d.capture_folder,
     format('device: %s/%s since %s, history: %s/%s since %s'::text, d.ffmpeg_status, d.monitor_status, d.state_started_at, s.ffmpeg_status, s.monitor_status, s.started_at) AS format
    FROM (incident.device d
      LEFT JOIN state s ON (((s.host_name = d.host_name) AND (s.device_name = d.device_name) AND (s.capture_folder = d.capture_folder) AND (s.next_started_at IS NULL))))
   WHERE (((d.ffmpeg_status IS DISTINCT FROM s.ffmpeg_status) OR (d.monitor_status IS DISTINCT FROM s.monitor_status)) OR (d.state_started_at IS DISTINCT FROM s.started_at));
END;

-- Name: FUNCTION history_violations(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.history_violations() IS 'Rules that the device state history must keep in itself, and where it breaks them.';

-- Name: host_overloads(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.host_overloads(regions incident_engine.touch[], horizon timestamp with time zone) RETURNS incident.host_condition[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with region as materialized (
            select r.host_name, r.device_name as cause, r.from_time, r.to_time, l.limit_value, l.samples
            from unnest(regions) as r
            cross join lateral incident_engine.effective_policy(r.host_name, null, null, 'system') as p
            join lateral (
                values
                ('cpu', p.cpu_percent_limit, p.cpu_samples),
                ('memory', p.memory_percent_limit, p.memory_samples),
                ('disk', p.disk_percent_limit, p.disk_samples),
                ('temperature', p.temperature_celsius_limit, p.temperature_samples)
            ) as l (cause, limit_value, samples) on l.cause = r.device_name
        ),

        -- Each row below the limit starts a run, of those at or above it that follow.
        reading as (
            select r.*, m.timestamp, m.value,
                count(*) filter (where m.value < r.limit_value) over (
                    partition by r.host_name, r.cause, r.from_time order by m.timestamp
                ) as run
            from region as r
            join incident_engine.host_reading as m
                on m.host_name = r.host_name
                and m.cause = r.cause
                and m.timestamp >= greatest(r.from_time, incident_engine.first_plausible())
                and m.timestamp <= least(r.to_time, horizon)
        ),

        run as (
            select e.host_name, e.cause, e.limit_value, e.samples,
                count(*) filter (where e.value >= e.limit_value) as reached,
                min(e.timestamp) filter (where e.value >= e.limit_value) as started_at,
                (array_agg(e.value order by e.timestamp) filter (where e.value >= e.limit_value))[1] as value,
                lead(min(e.timestamp), 1, 'infinity') over (
                    partition by e.host_name, e.cause, e.from_time order by e.run
                ) as ended_at
            from reading as e
            group by e.host_name, e.cause, e.from_time, e.limit_value, e.samples, e.run
        )

        select array_agg((
            r.host_name, r.cause, r.started_at, r.ended_at, r.value, r.limit_value, null, null
        )::incident.host_condition)
        from run as r
        where r.reached >= r.samples
    );
end
$$;

-- Name: FUNCTION host_overloads(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.host_overloads(regions incident_engine.touch[], horizon timestamp with time zone) IS 'When hosts were over their limits, as their rows in the regions (cause in device_name) tell: as many rows in a row as policy says at or above the limit, from the first of them to the first one below it.';

-- Name: host_silences(incident_engine.touch[], timestamp with time zone, boolean); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.host_silences(regions incident_engine.touch[], horizon timestamp with time zone, unrecorded boolean) RETURNS incident.host_condition[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    -- Silence of devices that ended earlier is in their history; of later ones the samples alone may know.
    recorded_to constant timestamptz := swept_to
    - (select max(p.no_data_after) from incident.policy as p) - interval '10 minutes';
begin
    return (
        with region as materialized (
            select r.host_name, r.from_time, r.to_time, p.sample_interval, p.no_data_after
            from unnest(regions) as r
            cross join lateral incident_engine.effective_policy(r.host_name, null, null, 'system') as p
        ),

        device as materialized (
            select d.host_name, d.device_name, d.capture_folder, d.first_sample_at, r.from_time, r.to_time,
                greatest(r.from_time, recorded_to) as sampled_from, p.sample_interval, p.no_data_after
            from region as r
            join incident.device as d using (host_name)
            cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
        ),

        -- When a device said nothing, between its samples and without them: before the first ...
        quiet as (
            select d.host_name, d.from_time, d.device_name, d.capture_folder,
                tstzrange(null, d.first_sample_at, '()') as span
            from device as d
            union all
            -- ... in the silences of its history ...
            select d.host_name, d.from_time, d.device_name, d.capture_folder,
                tstzrange(s.started_at - d.sample_interval, s.ended_at, '()')
            from device as d
            join incident.device_state as s using (host_name, device_name, capture_folder)
            where
                s.ffmpeg_status = 'no_data'
                and s.started_at <= d.to_time
                and s.ended_at >= d.from_time
                and s.started_at >= coalesce((
                    select max(b.started_at)
                    from incident.device_state as b
                    where
                        b.host_name = d.host_name
                        and b.device_name = d.device_name
                        and b.capture_folder = d.capture_folder
                        and b.started_at <= d.from_time
                ), '-infinity')
            union all
            -- ... and in samples that nobody has looked at yet.
            select d.host_name, d.from_time, d.device_name, d.capture_folder,
                tstzrange(m.timestamp, m.next_timestamp, '()')
            from device as d
            cross join lateral (
                select t.timestamp, lead(t.timestamp, 1, 'infinity') over (order by t.timestamp) as next_timestamp
                from (
                    select incident_engine.sample_before(
                        d.host_name, d.device_name, d.capture_folder, d.sampled_from, d.first_sample_at
                    ) as timestamp
                    union all
                    select s.timestamp
                    from public.system_device_metrics as s
                    where
                        s.host_name = d.host_name
                        and s.device_name = d.device_name
                        and s.capture_folder = d.capture_folder
                        and s.timestamp >= greatest(d.sampled_from, d.first_sample_at)
                        and s.timestamp <= least(d.to_time, horizon)
                    union all
                    select incident_engine.sample_after(
                        d.host_name, d.device_name, d.capture_folder, least(d.to_time, horizon), horizon
                    )
                ) as t
                where t.timestamp is not null
            ) as m
            where unrecorded and d.to_time >= recorded_to and m.next_timestamp >= m.timestamp + d.no_data_after
        ),

        of_device as (
            select q.host_name, q.from_time, range_agg(q.span) as spans
            from quiet as q
            group by q.host_name, q.from_time, q.device_name, q.capture_folder
        ),

        -- When all of a host's devices said nothing.
        of_all as (
            select o.host_name, o.from_time, range_intersect_agg(o.spans) as spans
            from of_device as o
            group by o.host_name, o.from_time
        ),

        piece as (
            select r.*, s.span,
                (
                    select max(m.timestamp)
                    from public.system_metrics as m
                    where
                        m.host_name = r.host_name
                        and m.timestamp < r.from_time
                        and m.timestamp >= incident_engine.first_plausible()
                ) as row_before,
                (
                    select min(m.timestamp)
                    from public.system_metrics as m
                    where m.host_name = r.host_name and m.timestamp > r.to_time and m.timestamp <= horizon
                ) as row_after
            from region as r
            left join of_all as a using (host_name, from_time)
            cross join lateral unnest(coalesce(a.spans, '{(,)}')) as s (span)
            where s.span && tstzrange(r.from_time, r.to_time, '[]')
        ),

        -- The host's own rows in there.
        signal as (
            select p.*, lower(p.span) as timestamp
            from piece as p
            where coalesce(lower(p.span) >= p.row_before, not lower_inf(p.span))
            union all
            select p.*, m.timestamp
            from piece as p
            cross join lateral (
                select s.timestamp
                from public.system_metrics as s
                where
                    s.host_name = p.host_name
                    and s.timestamp >= coalesce(p.row_before, incident_engine.first_plausible())
                    and s.timestamp <= coalesce(p.row_after, horizon)
                    and s.timestamp > coalesce(lower(p.span), '-infinity')
                    and s.timestamp < coalesce(upper(p.span), 'infinity')
                offset 0
            ) as m
        ),

        gap as (
            select s.host_name, s.from_time, s.to_time, s.row_after, s.timestamp as last_signal_at,
                lead(s.timestamp, 1, coalesce(upper(s.span), 'infinity')) over (
                    partition by s.host_name, s.from_time, s.span order by s.timestamp
                ) as ended_at,
                -- A host is as patient as its most patient device.
                greatest(s.sample_interval, d.sample_interval) as sample_interval,
                greatest(s.no_data_after, d.no_data_after) as no_data_after
            from signal as s
            cross join lateral (
                select max(k.sample_interval) as sample_interval, max(k.no_data_after) as no_data_after
                from device as k
                where
                    k.host_name = s.host_name
                    and k.from_time = s.from_time
                    and k.first_sample_at <= s.timestamp
            ) as d
        )

        select array_agg((
            g.host_name, 'silent', g.last_signal_at + g.sample_interval, g.ended_at, null, null,
            g.last_signal_at, g.last_signal_at + g.no_data_after
        )::incident.host_condition)
        from gap as g
        where
            g.last_signal_at + g.no_data_after <= case g.ended_at when 'infinity' then swept_to else g.ended_at end
            and g.last_signal_at + g.sample_interval < g.ended_at
            and g.last_signal_at < coalesce(g.row_after, 'infinity')
            and tstzrange(g.last_signal_at + g.sample_interval, g.ended_at) && tstzrange(g.from_time, g.to_time)
    );
end
$$;

-- Name: FUNCTION host_silences(regions incident_engine.touch[], horizon timestamp with time zone, unrecorded boolean); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.host_silences(regions incident_engine.touch[], horizon timestamp with time zone, unrecorded boolean) IS 'The silences of hosts that reach into the regions: times without a sample of any device and without a row of their own that last no_data_after, from the first missed signal to the next one, as the histories of the devices tell; the last one is known as far as the sweep has looked. unrecorded: with those that no sweep has seen yet; a sample still to come may show that they were none. horizon: signals after it are not looked at.';

-- Name: host_states(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.host_states(bases incident_engine.touch[]) RETURNS incident.system_state[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
begin
    return (
        with base as materialized (
            select b.host_name, b.from_time, h.first_seen_at, p.new_device_grace
            from unnest(bases) as b
            join incident.host as h using (host_name)
            cross join lateral incident_engine.effective_policy(b.host_name, null, null, 'system') as p
        ),

        condition as materialized (
            select b.from_time, b.first_seen_at, b.new_device_grace, c.*
            from base as b
            join incident.host_condition as c using (host_name)
            where c.ended_at > b.from_time
        ),

        -- A silence fails from its start, or from the end of an outage of the database in it: from the first of these
        -- moments after which the database was up for as long as a silence must last to count.
        silence as (
            select c.host_name, c.started_at, c.ended_at,
                c.started_at < c.first_seen_at + c.new_device_grace as is_new,
                case when r.since is not null then greatest(c.started_at, r.since) end as retired_at,
                (
                    select min(p.started_at)
                    from (
                        select c.started_at
                        union all
                        select o.ended_at from incident.outage as o
                        where o.ended_at > c.started_at and o.ended_at < c.ended_at
                    ) as p
                    where
                        p.started_at + (c.reached_at - c.started_at)
                        <= case c.ended_at when 'infinity' then swept_to else c.ended_at end
                        and not exists (
                            select from incident.outage as o
                            where
                                o.ended_at > p.started_at
                                and o.started_at < p.started_at + (c.reached_at - c.started_at)
                        )
                ) as failing_at
            from condition as c
            cross join lateral incident_engine.retired_since(
                c.host_name, null, null, c.last_signal_at, c.ended_at
            ) as r (since)
            where c.cause = 'silent'
        ),

        part as (
            select s.host_name, v.status, v.started_at, least(v.ended_at, s.retired_at) as ended_at
            from silence as s
            cross join lateral (
                values
                ('new', case when s.is_new then s.started_at end, s.ended_at),
                ('excused', case when not s.is_new then s.started_at end, coalesce(s.failing_at, s.ended_at)),
                ('silent', case when not s.is_new then s.failing_at end, s.ended_at)
            ) as v (status, started_at, ended_at)
            union all
            select s.host_name, 'retired', s.retired_at, s.ended_at
            from silence as s
            where s.retired_at is not null
        ),

        boundary as (
            select b.host_name, b.from_time as started_at from base as b
            where b.from_time > '-infinity'
            union
            select c.host_name, unnest(array[c.started_at, c.ended_at]) from condition as c
            union
            select p.host_name, p.started_at from part as p
            where p.started_at < p.ended_at
        ),

        state as (
            select e.host_name, e.started_at,
                -- A silence of whatever kind is a state of its own: rows that come late for it must be news.
                coalesce(p.status, case when l.reason is not null then 'over_limit' end, 'reporting') as status,
                case p.status
                    when 'silent' then concat_ws('; ', 'silent', l.reason)
                    else case when p.status is null then l.reason end
                end as reason
            from boundary as e
            join base as b using (host_name)
            left join part as p
                on p.host_name = e.host_name and p.started_at <= e.started_at and p.ended_at > e.started_at
            left join lateral (
                select string_agg(
                    format(
                        '%s %s %s (limit %s)', o.cause, trim_scale(o.value),
                        case o.cause when 'temperature' then '°C' else '%' end, trim_scale(o.limit_value)
                    ),
                    '; ' order by array_position(array['cpu', 'memory', 'disk', 'temperature'], o.cause)
                ) as reason
                from condition as o
                where
                    o.host_name = e.host_name
                    and o.cause <> 'silent'
                    and o.started_at <= e.started_at
                    and o.ended_at > e.started_at
            ) as l on true
            where e.started_at >= b.from_time and e.started_at < 'infinity'
        ),

        changed as (
            select s.*, (s.status, s.reason) is distinct from (lag(s.status) over w, lag(s.reason) over w) as is_change
            from state as s
            window w as (partition by s.host_name order by s.started_at)
        )

        select array_agg((
            n.host_name, n.host_name, 'host', n.started_at, n.ended_at, n.status, n.reason,
            case n.status when 'silent' then 'critical' when 'over_limit' then 'medium' end
        )::incident.system_state)
        from (
            select c.*, lead(c.started_at, 1, 'infinity') over (partition by c.host_name order by c.started_at) as ended_at
            from changed as c
            where c.is_change
        ) as n
    );
end
$$;

-- Name: FUNCTION host_states(bases incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.host_states(bases incident_engine.touch[]) IS 'The history of hosts from from_time on, a moment at which they reported (or -infinity), as their conditions, the outages of the database and retirements tell.';

-- Name: sweep_state; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.sweep_state (
    only_row boolean DEFAULT true NOT NULL,
    swept_to timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    alive_at timestamp with time zone,
    samples_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    is_scheduled boolean DEFAULT false NOT NULL,
    CONSTRAINT there_is_one_row CHECK (only_row)
);

-- Name: TABLE sweep_state; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.sweep_state IS 'How far the sweep has looked: silence is known up to swept_to.';

-- Name: COLUMN sweep_state.alive_at; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.sweep_state.alive_at IS 'By the clock, when the sweep last ran: a server started later than this was down in between.';

-- Name: COLUMN sweep_state.samples_from; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.sweep_state.samples_from IS 'Retention has removed samples before this, or is about to: what they said stands in the history, and rows older than this that still arrive are stored but not folded.';

-- Name: COLUMN sweep_state.is_scheduled; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.sweep_state.is_scheduled IS 'A scheduler runs the sweep: the arrival of host metrics runs it only when it has not run for three minutes.';

-- Name: samples_from(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.samples_from() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT GREATEST(incident_engine.first_plausible(), s.samples_from) AS "greatest"
    FROM incident_engine.sweep_state s;
END;

-- Name: FUNCTION samples_from(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.samples_from() IS 'Samples older than this are stored and not folded: they come from a clock that was never set, or from days of which retention has removed the others, and history must not be made from what is left.';

-- Name: stretches(incident_engine.incident_window[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.stretches(windows incident_engine.incident_window[], horizon timestamp with time zone DEFAULT (now() + '00:05:00'::interval)) RETURNS incident_engine.stretch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    -- Samples after the horizon are not looked at yet.
    known_until constant timestamptz := horizon + interval '1 microsecond';
    told incident_engine.stretch[];
begin
    with part as (
        select w.*, p.open_after, p.resolve_after, p.reopen_within
        from unnest(windows) as w
        cross join lateral incident_engine.effective_policy(
            w.host_name, w.device_name, w.capture_folder, w.component
        ) as p
    ),

    decided as (
        select p.host_name, p.device_name, p.capture_folder, p.component, p.from_time, p.to_time,
            p.open_after, p.resolve_after, p.reopen_within,
            c.condition, greatest(c.started_at, p.from_time) as started_at,
            c.condition is distinct from lag(c.condition) over (
                partition by p.host_name, p.device_name, p.capture_folder, p.component, p.from_time order by c.started_at
            ) as begins
        from part as p
        join incident_engine.component_state as c
            on c.host_name = p.host_name
            and c.device_name = p.device_name
            and c.capture_folder = p.capture_folder
            and c.component = p.component
            and c.ended_at > p.from_time
            and c.started_at < p.to_time
        where c.condition <> 'neutral'
    ),

    -- Failing and healthy in turn. Neutral states belong to the run before them.
    run as (
        select d.*,
            lead(d.started_at, 1, d.to_time) over (
                partition by d.host_name, d.device_name, d.capture_folder, d.component, d.from_time order by d.started_at
            ) as ended_at
        from decided as d
        where d.begins
    ),

    cut as (
        select p.host_name, p.device_name, p.capture_folder, p.component, p.from_time, a.acted_at
        from part as p
        join incident_engine.operator_action as a
            on a.host_name = p.host_name
            and a.device_name = p.device_name
            and a.capture_folder = p.capture_folder
            and a.component = p.component
            and a.action = 'cut'
            and a.acted_at >= p.from_time
            and a.acted_at < p.to_time
    ),

    -- A failure starts with a failing run, and again with the first failing sample after an operator's cut.
    beginning as (
        select r.host_name, r.device_name, r.capture_folder, r.component, r.from_time, r.open_after, r.ended_at, r.started_at
        from run as r
        where r.condition = 'failing'
        union
        select r.host_name, r.device_name, r.capture_folder, r.component, r.from_time, r.open_after, r.ended_at,
            incident_engine.first_sample_in(
                r.host_name, r.device_name, r.capture_folder, r.component, 'failing',
                c.acted_at + interval '1 microsecond', least(r.ended_at, known_until)
            )
        from run as r
        join cut as c using (host_name, device_name, capture_folder, component, from_time)
        where r.condition = 'failing' and c.acted_at >= r.started_at and c.acted_at < r.ended_at
    ),

    happening as (
        select b.host_name, b.device_name, b.capture_folder, b.component, b.from_time, b.started_at as happened_at,
            'failure' as what
        from beginning as b
        where
            b.started_at is not null
            and (
                b.open_after = interval '0'
                or incident_engine.first_sample_in(
                    b.host_name, b.device_name, b.capture_folder, b.component, 'failing',
                    b.started_at + b.open_after,
                    least(b.ended_at, known_until, (
                        select min(c.acted_at) + interval '1 microsecond'
                        from cut as c
                        where
                            c.host_name = b.host_name
                            and c.device_name = b.device_name
                            and c.capture_folder = b.capture_folder
                            and c.component = b.component
                            and c.from_time = b.from_time
                            and c.acted_at >= b.started_at
                    ))
                ) is not null
            )
        union all
        select c.host_name, c.device_name, c.capture_folder, c.component, c.from_time, c.acted_at, 'cut'
        from cut as c
        union all
        select r.host_name, r.device_name, r.capture_folder, r.component, r.from_time, r.started_at, 'recovery'
        from run as r
        where
            r.condition = 'healthy'
            and incident_engine.recovers(
                r.host_name, r.device_name, r.capture_folder, r.component, r.started_at,
                least(r.ended_at, known_until), r.resolve_after
            )
    ),

    -- From the first failure after an end up to the next end.
    numbered as (
        select h.*, count(*) filter (where h.what <> 'failure') over (
            partition by h.host_name, h.device_name, h.capture_folder, h.component, h.from_time
            order by h.happened_at, h.what <> 'failure'
            rows between unbounded preceding and 1 preceding
        ) as ends_before
        from happening as h
    ),

    failure as (
        select n.host_name, n.device_name, n.capture_folder, n.component, n.from_time,
            min(n.happened_at) filter (where n.what = 'failure') as started_at,
            coalesce(min(n.happened_at) filter (where n.what <> 'failure'), 'infinity') as ended_at,
            coalesce(bool_or(n.what = 'recovery'), false) as recovered
        from numbered as n
        group by n.host_name, n.device_name, n.capture_folder, n.component, n.from_time, n.ends_before
        having bool_or(n.what = 'failure')
    ),

    -- One that soon follows a recovery is the same again, unless somebody closed the incident in between.
    followed as (
        select f.*, p.reopen_within, lag(f.ended_at) over device as previous_ended_at,
            lag(f.recovered) over device as previous_recovered
        from failure as f
        join part as p using (host_name, device_name, capture_folder, component, from_time)
        window device as (
            partition by f.host_name, f.device_name, f.capture_folder, f.component, f.from_time order by f.started_at
        )
    ),

    chained as (
        select f.*, count(*) filter (where not f.is_the_same) over (
            partition by f.host_name, f.device_name, f.capture_folder, f.component, f.from_time order by f.started_at
        ) as chain
        from (
            select w.*,
                coalesce(
                    w.previous_recovered
                    and w.started_at - w.previous_ended_at < w.reopen_within
                    and not exists (
                        select from incident_engine.operator_action as a
                        where
                            a.host_name = w.host_name
                            and a.device_name = w.device_name
                            and a.capture_folder = w.capture_folder
                            and a.component = w.component
                            and a.action = 'seal'
                            and a.acted_at >= w.previous_ended_at
                            and a.acted_at < w.started_at
                    ),
                    false
                ) as is_the_same
            from followed as w
        ) as f
    ),

    bounded as (
        select c.host_name, c.device_name, c.capture_folder, c.component,
            min(c.started_at) as started_at,
            max(c.ended_at) as ended_at,
            count(*)::integer - 1 as reopen_count,
            max(c.started_at) filter (where c.is_the_same) as reopened_at
        from chained as c
        group by c.host_name, c.device_name, c.capture_folder, c.component, c.from_time, c.chain
    )

    select array_agg((
        b.host_name, b.device_name, b.capture_folder, b.component, b.started_at, b.ended_at,
        f.severity, f.first_severity, f.severity_since, b.reopen_count, b.reopened_at,
        case when b.ended_at = 'infinity' then (
            select max(e.started_at)
            from incident.flapping as e
            where
                e.host_name = b.host_name
                and e.device_name = b.device_name
                and e.capture_folder = b.capture_folder
                and e.component = b.component
                and e.ended_at = 'infinity'
        ) end
    )::incident_engine.stretch)
    into told
    from bounded as b
    cross join lateral (
        select
            (array_agg(c.severity order by c.severity, c.started_at))[1] as severity,
            (array_agg(c.severity order by c.started_at))[1] as first_severity,
            greatest((array_agg(c.started_at order by c.severity, c.started_at))[1], b.started_at) as severity_since
        from incident_engine.component_state as c
        where
            c.host_name = b.host_name
            and c.device_name = b.device_name
            and c.capture_folder = b.capture_folder
            and c.component = b.component
            and c.condition = 'failing'
            and c.ended_at > b.started_at
            and c.started_at <= b.ended_at
            and c.started_at >= coalesce((
                select max(s.started_at)
                from incident_engine.component_state as s
                where
                    s.host_name = b.host_name
                    and s.device_name = b.device_name
                    and s.capture_folder = b.capture_folder
                    and s.component = b.component
                    and s.started_at <= b.started_at
            ), '-infinity')
    ) as f;
    return told;
end
$$;

-- Name: FUNCTION stretches(windows incident_engine.incident_window[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.stretches(windows incident_engine.incident_window[], horizon timestamp with time zone) IS 'The incidents that the state history and the operators'' actions tell of: from a failure that outlasts open_after up to the next recovery that outlasts resolve_after and any flapping; a failure within reopen_within of the last belongs to the same one. Their severity is the worst state in them. horizon: samples after it are not looked at.';

-- Name: whole_minutes(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.whole_minutes(from_time timestamp with time zone, to_time timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN ((from_time IS NULL) OR (to_time IS NULL)) THEN NULL::integer ELSE (floor((GREATEST(EXTRACT(epoch FROM (to_time - from_time)), (0)::numeric) / (60)::numeric)))::integer END;

-- Name: FUNCTION whole_minutes(from_time timestamp with time zone, to_time timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.whole_minutes(from_time timestamp with time zone, to_time timestamp with time zone) IS 'Minutes from one moment to another, rounded down, 0 when the second comes first, null when either is null.';

-- Name: timeline; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.timeline (
    host_name text NOT NULL,
    incident_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    event text NOT NULL,
    from_value text,
    to_value text,
    note text,
    operator text NOT NULL,
    recorded_by text DEFAULT SESSION_USER NOT NULL,
    previous_hash bytea,
    hash bytea NOT NULL,
    CONSTRAINT event_is_known CHECK ((event = ANY (ARRAY['detected'::text, 'severity_changed'::text, 'acknowledged'::text, 'assigned'::text, 'commented'::text, 'resolved'::text, 'closed'::text, 'reopened'::text, 'corrected'::text, 'retracted'::text, 'flapping_started'::text, 'flapping_stopped'::text, 'reason_changed'::text, 'linked'::text, 'unlinked'::text, 'maintenance_started'::text, 'maintenance_ended'::text, 'restored'::text]))),
    CONSTRAINT hash_is_a_sha256 CHECK ((octet_length(hash) = 32))
);

-- Name: TABLE timeline; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.timeline IS 'What happened to each incident: one entry per transition, severity change, assignment, comment or correction. Append-only.';

-- Name: COLUMN timeline.happened_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.timeline.happened_at IS 'When it happened: by the samples for detection and recovery, by the clock for what people do.';

-- Name: COLUMN timeline.recorded_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.timeline.recorded_at IS 'When the database wrote it.';

-- Name: COLUMN timeline.operator; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.timeline.operator IS 'Who did it as stated to the function; engine for the engine.';

-- Name: COLUMN timeline.recorded_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.timeline.recorded_by IS 'The database login that did it (session_user).';

-- Name: COLUMN timeline.previous_hash; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.timeline.previous_hash IS 'hash of the incident''s previous entry; null for its first.';

-- Name: COLUMN timeline.hash; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.timeline.hash IS 'SHA-256 over previous_hash and all other columns; the function verify_timeline works it out again.';

-- Name: incident_violations(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.incident_violations() RETURNS TABLE(rule text, host_name text, device_name text, capture_folder text, incident_id bigint, detail text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH told AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s.component,
             s.started_at,
             s.ended_at,
             s.severity,
             s.first_severity,
             s.severity_since,
             s.reopen_count,
             s.reopened_at,
             s.flapping_since
            FROM unnest(incident_engine.stretches(( SELECT array_agg(ROW(c.host_name, c.device_name, c.capture_folder, c.component, '-infinity'::timestamp with time zone, 'infinity'::timestamp with time zone)::incident_engine.incident_window) AS array_agg
                    FROM ( SELECT d.host_name,
                             d.device_name,
                             d.capture_folder,
                             k.component
                            FROM (incident.device d
                              CROSS JOIN ( VALUES ('ffmpeg'::text), ('monitor'::text)) k(component))
                         UNION
                          SELECT s_1.host_name,
                             s_1.device_name,
                             s_1.capture_folder,
                             'system'::text
                            FROM incident.system_state s_1) c))) s(host_name, device_name, capture_folder, component, started_at, ended_at, severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since)
           WHERE (s.ended_at >= incident_engine.samples_from())
         ), recorded AS (
          SELECT i.incident_id,
             i.incident_uuid,
             i.host_name,
             i.device_id,
             i.device_name,
             i.capture_folder,
             i.video_device,
             i.incident_type,
             i.severity,
             i.component,
             i.status,
             i.detected_at,
             i.acknowledged_at,
             i.resolved_at,
             i.closed_at,
             i.detection_to_ack_minutes,
             i.ack_to_resolution_minutes,
             i.total_duration_minutes,
             i.description,
             i.root_cause,
             i.resolution_notes,
             i.created_at,
             i.updated_at,
             i.detected_severity,
             i.severity_since,
             i.reason,
             i.acknowledged_by,
             i.assignee,
             i.resolved_by,
             i.closed_by,
             i.reopen_count,
             i.retracted_at,
             i.updated_by,
             i.update_note,
             i.acted_at,
             i.anchored_at,
             i.engine_reopen_count,
             i.reopened_at,
             i.flapping_since,
             i.part_of,
             i.announced_at
            FROM public.system_incident i
           WHERE ((i.retracted_at IS NULL) AND COALESCE((i.resolved_at >= incident_engine.samples_from()), true))
         )
  SELECT
         CASE
             WHEN (i.incident_id IS NULL) THEN 'every failure has its incident'::text
             ELSE 'the history explains every incident'::text
         END AS "case",
     COALESCE(i.host_name, s.host_name) AS "coalesce",
     COALESCE(i.device_name, s.device_name) AS "coalesce",
     COALESCE(i.capture_folder, s.capture_folder) AS "coalesce",
     i.incident_id,
     format('%s from %s to %s, %s'::text, COALESCE(i.component, s.component), COALESCE(i.detected_at, s.started_at), COALESCE((
         CASE
             WHEN (i.incident_id IS NULL) THEN s.ended_at
             ELSE i.resolved_at
         END)::text, 'now'::text), COALESCE(i.severity, s.severity)) AS format
    FROM (recorded i
      FULL JOIN told s ON (((s.host_name = i.host_name) AND (s.device_name = i.device_name) AND (s.capture_folder = i.capture_folder) AND (s.component = i.component) AND (s.started_at = i.detected_at) AND (s.ended_at = COALESCE(i.resolved_at, 'infinity'::timestamp with time zone)))))
   WHERE (i.severity IS DISTINCT FROM s.severity)
 UNION ALL
  SELECT 'one active incident for a component'::text,
     i.host_name,
     i.device_name,
     i.capture_folder,
     max(i.incident_id) AS max,
     format('%s: %s are active'::text, i.component, count(*)) AS format
    FROM public.system_incident i
   WHERE (i.status = ANY (ARRAY['open'::text, 'in_progress'::text]))
   GROUP BY i.host_name, i.device_name, i.capture_folder, i.component
  HAVING (count(*) > 1)
 UNION ALL
  SELECT 'every incident has a timeline'::text,
     i.host_name,
     i.device_name,
     i.capture_folder,
     i.incident_id,
     'it was never detected'::text
    FROM public.system_incident i
   WHERE (NOT (EXISTS ( SELECT
            FROM incident.timeline t
           WHERE ((t.host_name = i.host_name) AND (t.incident_id = i.incident_id) AND (t.event = 'detected'::text)))))
 UNION ALL
  SELECT 'durations are what the times say'::text,
     i.host_name,
     i.device_name,
     i.capture_folder,
     i.incident_id,
     format('detection to ack %s, ack to resolution %s, total %s'::text, i.detection_to_ack_minutes, i.ack_to_resolution_minutes, i.total_duration_minutes) AS format
    FROM public.system_incident i
   WHERE (((i.detection_to_ack_minutes IS DISTINCT FROM incident_engine.whole_minutes(COALESCE(i.announced_at, i.detected_at), i.acknowledged_at)) OR (i.ack_to_resolution_minutes IS DISTINCT FROM incident_engine.whole_minutes(i.acknowledged_at, i.resolved_at))) OR (i.total_duration_minutes IS DISTINCT FROM incident_engine.whole_minutes(i.detected_at, i.resolved_at)));
END;

-- Name: FUNCTION incident_violations(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.incident_violations() IS 'Rules that tie incidents to the history, to their timeline and to their durations, and where they are broken.';

-- Name: overload_regions(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.overload_regions(spans incident_engine.touch[], horizon timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with span as (
            select s.host_name, s.from_time, s.to_time, l.cause, l.limit_value
            from unnest(spans) as s
            cross join lateral incident_engine.effective_policy(s.host_name, null, null, 'system') as p
            cross join lateral (
                values
                ('cpu', p.cpu_percent_limit),
                ('memory', p.memory_percent_limit),
                ('disk', p.disk_percent_limit),
                ('temperature', p.temperature_celsius_limit)
            ) as l (cause, limit_value)
            where
                s.to_time = 'infinity'
                or exists (
                    select
                    from incident_engine.host_reading as r
                    where
                        r.host_name = s.host_name
                        and r.timestamp between s.from_time and s.to_time
                        and r.cause = l.cause
                )
        ),

        reach as (
            select s.host_name, s.cause, tstzrange(
                (
                    select r.timestamp
                    from incident_engine.host_reading as r
                    where
                        r.host_name = s.host_name
                        and r.cause = s.cause
                        and r.timestamp < s.from_time
                        and r.timestamp >= incident_engine.first_plausible()
                        and r.value < s.limit_value
                    order by r.timestamp desc
                    limit 1
                ),
                (
                    select r.timestamp
                    from incident_engine.host_reading as r
                    where
                        r.host_name = s.host_name
                        and r.cause = s.cause
                        and r.timestamp > s.to_time
                        and r.timestamp <= horizon
                        and r.value < s.limit_value
                    order by r.timestamp
                    limit 1
                )
            ) as span
            from span as s
        )

        select array_agg((
            m.host_name, m.cause, '', coalesce(lower(m.span), '-infinity'), coalesce(upper(m.span), 'infinity')
        )::incident_engine.touch)
        from (
            select r.host_name, r.cause, unnest(range_agg(r.span)) as span
            from reach as r
            group by r.host_name, r.cause
        ) as m
    );
end
$$;

-- Name: FUNCTION overload_regions(spans incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.overload_regions(spans incident_engine.touch[], horizon timestamp with time zone) IS 'What the rows of hosts in the spans can have changed, for each cause (device_name): from the last row below the limit before them to the first one after them.';

-- Name: silence_policy(text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.silence_policy(host_name text, device_name text, capture_folder text) RETURNS TABLE(sample_interval interval, no_data_after interval)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH ranked AS (
          SELECT p.sample_interval,
             p.no_data_after,
             (((p.host_name IS NOT NULL))::integer + ((p.device_name IS NOT NULL))::integer) AS specificity
            FROM incident.policy p
           WHERE ((p.component IS NULL) AND COALESCE((p.host_name = silence_policy.host_name), true) AND COALESCE((p.device_name = silence_policy.device_name), true) AND COALESCE((p.capture_folder = silence_policy.capture_folder), true))
         )
  SELECT ( SELECT r.sample_interval
            FROM ranked r
           WHERE (r.sample_interval IS NOT NULL)
           ORDER BY r.specificity DESC
          LIMIT 1) AS sample_interval,
     ( SELECT r.no_data_after
            FROM ranked r
           WHERE (r.no_data_after IS NOT NULL)
           ORDER BY r.specificity DESC
          LIMIT 1) AS no_data_after;
END;

-- Name: FUNCTION silence_policy(host_name text, device_name text, capture_folder text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.silence_policy(host_name text, device_name text, capture_folder text) IS 'How often a device is expected to report, and how long a silence counts: the most specific policy row that has a value.';

-- Name: future_sample; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.future_sample (
    host_name text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    "timestamp" timestamp with time zone NOT NULL
);

-- Name: TABLE future_sample; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.future_sample IS 'Samples dated more than five minutes ahead when they arrived: stored, and folded by the sweep when their time comes.';

-- Name: system_device_metrics; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.system_device_metrics (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    host_name text NOT NULL,
    device_id text NOT NULL,
    device_name text NOT NULL,
    device_port text,
    device_model text,
    capture_folder text NOT NULL,
    video_device text,
    cpu_percent numeric DEFAULT 0,
    memory_percent numeric DEFAULT 0,
    memory_used_gb numeric DEFAULT 0,
    memory_total_gb numeric DEFAULT 0,
    disk_percent numeric DEFAULT 0,
    disk_used_gb numeric DEFAULT 0,
    disk_total_gb numeric DEFAULT 0,
    uptime_seconds bigint DEFAULT 0,
    platform text,
    architecture text,
    ffmpeg_status text DEFAULT 'unknown'::text NOT NULL,
    ffmpeg_uptime_seconds bigint DEFAULT 0,
    ffmpeg_last_activity timestamp with time zone,
    monitor_status text DEFAULT 'unknown'::text NOT NULL,
    monitor_uptime_seconds bigint DEFAULT 0,
    monitor_last_activity timestamp with time zone,
    "timestamp" timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    cpu_temperature_celsius numeric,
    load_average_1m numeric(5,2),
    load_average_5m numeric(5,2),
    load_average_15m numeric(5,2),
    disk_usage_capture text,
    CONSTRAINT capture_folder_is_not_empty_and_not_unknown CHECK ((capture_folder <> ALL (ARRAY[''::text, 'unknown'::text]))),
    CONSTRAINT device_name_is_not_empty CHECK ((device_name <> ''::text)),
    CONSTRAINT ffmpeg_status_is_active_stuck_stopped_or_unknown CHECK ((ffmpeg_status = ANY (ARRAY['active'::text, 'stuck'::text, 'stopped'::text, 'unknown'::text]))),
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT monitor_status_is_active_stuck_stopped_or_unknown CHECK ((monitor_status = ANY (ARRAY['active'::text, 'stuck'::text, 'stopped'::text, 'unknown'::text]))),
    CONSTRAINT timestamp_is_finite CHECK (isfinite("timestamp"))
)
PARTITION BY RANGE ("timestamp");

-- Name: TABLE system_device_metrics; Type: COMMENT; Schema: public; Owner: -

COMMENT ON TABLE public.system_device_metrics IS 'One row (a sample) per device per minute: what its ffmpeg and monitor processes were doing from "timestamp" until the device''s next sample. Collectors insert through this table, never into a partition; samples are immutable.';

-- Name: COLUMN system_device_metrics.ffmpeg_status; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_device_metrics.ffmpeg_status IS 'active, stuck (process alive, no fresh files), stopped (no process) or unknown (could not tell).';

-- Name: COLUMN system_device_metrics.monitor_status; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_device_metrics.monitor_status IS 'active, stuck (process alive, no fresh files), stopped (no process) or unknown (could not tell).';

-- Name: COLUMN system_device_metrics."timestamp"; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_device_metrics."timestamp" IS 'When the sample was taken, by the host''s clock.';

-- Name: COLUMN system_device_metrics.created_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_device_metrics.created_at IS 'When the database learned of it.';

-- Name: sample_violations(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.sample_violations(since timestamp with time zone) RETURNS TABLE(rule text, host_name text, device_name text, capture_folder text, detail text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH sample AS (
          SELECT m.host_name,
             m.device_name,
             m.capture_folder,
             m."timestamp",
             m.ffmpeg_status,
             m.monitor_status,
             s.started_at,
             s.ffmpeg_status AS known_ffmpeg,
             s.monitor_status AS known_monitor,
             lead(m."timestamp") OVER (PARTITION BY m.host_name, m.device_name, m.capture_folder ORDER BY m."timestamp") AS next_timestamp
            FROM (public.system_device_metrics m
              LEFT JOIN LATERAL ( SELECT e.host_name,
                     e.device_name,
                     e.capture_folder,
                     e.started_at,
                     e.ended_at,
                     e.ffmpeg_status,
                     e.monitor_status
                    FROM incident.device_state e
                   WHERE ((e.host_name = m.host_name) AND (e.device_name = m.device_name) AND (e.capture_folder = m.capture_folder) AND (e.started_at <= m."timestamp"))
                   ORDER BY e.started_at DESC
                  LIMIT 1) s ON ((s.ended_at > m."timestamp")))
           WHERE ((m."timestamp" >= GREATEST(sample_violations.since, incident_engine.samples_from())) AND (m."timestamp" < '9999-01-01 00:00:00+00'::timestamp with time zone) AND (NOT (EXISTS ( SELECT
                    FROM incident_engine.future_sample f
                   WHERE ((f.host_name = m.host_name) AND (f.device_name = m.device_name) AND (f.capture_folder = m.capture_folder) AND (f."timestamp" = m."timestamp"))))))
         ), silence AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s."timestamp",
             s.ffmpeg_status,
             s.monitor_status,
             s.started_at,
             s.known_ffmpeg,
             s.known_monitor,
             s.next_timestamp,
             LEAST(s.next_timestamp, w.swept_to) AS known_until
            FROM (sample s
              CROSS JOIN incident_engine.sweep_state w)
           WHERE ((s."timestamp" + ( SELECT min(p.no_data_after) AS min
                    FROM incident.policy p)) <= LEAST(s.next_timestamp, w.swept_to))
         )
  SELECT 'history says what the samples say'::text,
     s.host_name,
     s.device_name,
     s.capture_folder,
     format('the sample of %s says %s/%s, the history %s/%s'::text, s."timestamp", s.ffmpeg_status, s.monitor_status, COALESCE(s.known_ffmpeg, 'nothing'::text), COALESCE(s.known_monitor, 'nothing'::text)) AS format
    FROM sample s
   WHERE ((s.ffmpeg_status IS DISTINCT FROM s.known_ffmpeg) OR (s.monitor_status IS DISTINCT FROM s.known_monitor))
 UNION ALL
  SELECT 'silence is recorded'::text,
     s.host_name,
     s.device_name,
     s.capture_folder,
     format('no sample from %s to %s, and no no_data'::text, s."timestamp", COALESCE((s.next_timestamp)::text, 'now'::text)) AS format
    FROM (silence s
      CROSS JOIN LATERAL incident_engine.silence_policy(s.host_name, s.device_name, s.capture_folder) p(sample_interval, no_data_after))
   WHERE (((s."timestamp" + p.no_data_after) <= s.known_until) AND ((s."timestamp" + p.sample_interval) < COALESCE(s.next_timestamp, 'infinity'::timestamp with time zone)) AND (NOT (EXISTS ( SELECT
            FROM incident.device_state n
           WHERE (((n.host_name = s.host_name) AND (n.device_name = s.device_name) AND (n.capture_folder = s.capture_folder)) AND (n.ffmpeg_status = 'no_data'::text) AND (n.started_at = (s."timestamp" + p.sample_interval)) AND (n.ended_at = COALESCE(s.next_timestamp, 'infinity'::timestamp with time zone)))))));
END;

-- Name: FUNCTION sample_violations(since timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.sample_violations(since timestamp with time zone) IS 'Where the device state history disagrees with the samples since a moment. Reads all of them.';

-- Name: host; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.host (
    host_name text NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    registered_at timestamp with time zone DEFAULT now() NOT NULL,
    status text DEFAULT 'reporting'::text NOT NULL,
    reason text,
    state_started_at timestamp with time zone NOT NULL,
    is_silent boolean DEFAULT false NOT NULL,
    over_limits text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT over_limits_are_known CHECK ((over_limits <@ ARRAY['cpu'::text, 'memory'::text, 'disk'::text, 'temperature'::text])),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['reporting'::text, 'silent'::text, 'over_limit'::text, 'excused'::text, 'new'::text, 'retired'::text])))
);

-- Name: TABLE host; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.host IS 'Every host heard of, by a device''s sample or by a row of its own in system_metrics, with its present condition.';

-- Name: COLUMN host.first_seen_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.first_seen_at IS 'Its first signal: the first sample of one of its devices, or its first row.';

-- Name: COLUMN host.registered_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.registered_at IS 'When the database learned of the host.';

-- Name: COLUMN host.status; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.status IS 'reporting; silent; over_limit (load, disk or temperature); excused (silent, but the database was down too); new (fell silent while it was being set up); retired.';

-- Name: COLUMN host.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.reason IS 'What is wrong now, in words; null when nothing is.';

-- Name: COLUMN host.state_started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.state_started_at IS 'Since when that has been so.';

-- Name: COLUMN host.is_silent; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.is_silent IS 'Whether nothing has been heard of it for no_data_after, for whatever reason.';

-- Name: COLUMN host.over_limits; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.over_limits IS 'What is at or above its limit: cpu, memory, disk, temperature.';

-- Name: system_violations(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.system_violations() RETURNS TABLE(rule text, host_name text, device_name text, capture_folder text, detail text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH horizon AS (
          SELECT (GREATEST(s.swept_to, now()) + '00:05:00'::interval) AS horizon
            FROM incident_engine.sweep_state s
         ), whole AS (
          SELECT array_agg(ROW(h.host_name, 'silent'::text, ''::text, '-infinity'::timestamp with time zone, 'infinity'::timestamp with time zone)::incident_engine.touch) AS of_hosts,
             array_agg(ROW(h.host_name, h.host_name, 'host'::text, '-infinity'::timestamp with time zone, 'infinity'::timestamp with time zone)::incident_engine.touch) AS of_host_states
            FROM incident.host h
         ), condition AS (
          SELECT c.host_name,
             c.cause,
             c.started_at,
             c.ended_at,
             c.value,
             c.limit_value,
             c.last_signal_at,
             c.reached_at
            FROM ((whole w
              CROSS JOIN horizon z)
              CROSS JOIN LATERAL unnest(incident_engine.host_silences(w.of_hosts, z.horizon, false)) c(host_name, cause, started_at, ended_at, value, limit_value, last_signal_at, reached_at))
         UNION ALL
          SELECT c.host_name,
             c.cause,
             c.started_at,
             c.ended_at,
             c.value,
             c.limit_value,
             c.last_signal_at,
             c.reached_at
            FROM ((whole w
              CROSS JOIN horizon z)
              CROSS JOIN LATERAL unnest(incident_engine.host_overloads(incident_engine.overload_regions(w.of_hosts, z.horizon), z.horizon)) c(host_name, cause, started_at, ended_at, value, limit_value, last_signal_at, reached_at))
         ), state AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s.started_at,
             s.ended_at,
             s.status,
             s.reason,
             s.severity
            FROM (whole w
              CROSS JOIN LATERAL unnest(incident_engine.host_states(w.of_host_states)) s(host_name, device_name, capture_folder, started_at, ended_at, status, reason, severity))
         UNION ALL
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s.started_at,
             s.ended_at,
             s.status,
             s.reason,
             s.severity
            FROM (((( SELECT array_agg(ROW(d.host_name, d.device_name, d.capture_folder, '-infinity'::timestamp with time zone, 'infinity'::timestamp with time zone)::incident_engine.touch) AS of_devices
                    FROM incident.device d
                   WHERE (((d.device_name <> d.host_name) OR (d.capture_folder <> 'host'::text)) AND (NOT (EXISTS ( SELECT
                            FROM incident.system_state k
                           WHERE (((k.host_name = d.host_name) AND (k.device_name = d.device_name) AND (k.capture_folder = d.capture_folder)) AND (k.ended_at = 'infinity'::timestamp with time zone) AND (k.status = 'excused'::text))))))) w
              CROSS JOIN horizon z)
              CROSS JOIN whole h)
              CROSS JOIN LATERAL unnest(incident_engine.device_system_states(w.of_devices, incident_engine.host_silences(h.of_hosts, z.horizon, true), z.horizon)) s(host_name, device_name, capture_folder, started_at, ended_at, status, reason, severity))
         )
  SELECT 'conditions of hosts are what signals and rows say'::text,
     COALESCE(r.host_name, t.host_name) AS "coalesce",
     NULL::text AS text,
     NULL::text AS text,
     format('%s from %s to %s %s'::text, COALESCE(r.cause, t.cause), COALESCE(r.started_at, t.started_at), COALESCE(r.ended_at, t.ended_at),
         CASE
             WHEN (r.cause IS NULL) THEN 'is not recorded'::text
             ELSE 'is not so'::text
         END) AS format
    FROM ((incident.host_condition r
      FULL JOIN condition t ON (((t.host_name = r.host_name) AND (t.cause = r.cause) AND (t.started_at = r.started_at) AND (t.ended_at = r.ended_at))))
      CROSS JOIN incident_engine.sweep_state w)
   WHERE ((t.cause IS NULL) OR (r.value IS DISTINCT FROM t.value) OR ((r.cause IS NULL) AND COALESCE((t.reached_at <= w.swept_to), true)))
 UNION ALL
  SELECT 'system states are what silences and conditions say'::text,
     COALESCE(r.host_name, t.host_name) AS "coalesce",
     COALESCE(r.device_name, t.device_name) AS "coalesce",
     COALESCE(r.capture_folder, t.capture_folder) AS "coalesce",
     format('%s from %s to %s %s'::text, COALESCE(r.status, t.status), COALESCE(r.started_at, t.started_at), COALESCE(r.ended_at, t.ended_at),
         CASE
             WHEN (r.status IS NULL) THEN 'is not recorded'::text
             ELSE 'is not so'::text
         END) AS format
    FROM (incident.system_state r
      FULL JOIN state t ON (((t.host_name = r.host_name) AND (t.device_name = r.device_name) AND (t.capture_folder = r.capture_folder) AND (t.started_at = r.started_at) AND (t.ended_at = r.ended_at) AND (t.status = r.status))))
   WHERE (((r.status IS NULL) OR (t.status IS NULL) OR (r.reason IS DISTINCT FROM t.reason)) AND (NOT (EXISTS ( SELECT
            FROM incident.system_state k
           WHERE ((k.host_name = r.host_name) AND (k.device_name = r.device_name) AND (k.capture_folder = r.capture_folder) AND (k.capture_folder <> 'host'::text) AND (k.ended_at = 'infinity'::timestamp with time zone) AND (k.status = 'excused'::text))))))
 UNION ALL
  SELECT 'host shows its last state'::text,
     h.host_name,
     NULL::text,
     NULL::text,
     format('host: %s since %s, history: %s since %s'::text, h.status, h.state_started_at, s.status, s.started_at) AS format
    FROM (incident.host h
      LEFT JOIN incident.system_state s ON (((s.host_name = h.host_name) AND (s.device_name = h.host_name) AND (s.capture_folder = 'host'::text) AND (s.ended_at = 'infinity'::timestamp with time zone))))
   WHERE (((h.status IS DISTINCT FROM COALESCE(s.status, 'reporting'::text)) OR (h.reason IS DISTINCT FROM s.reason)) OR (h.state_started_at IS DISTINCT FROM COALESCE(s.started_at, h.first_seen_at)));
END;

-- Name: FUNCTION system_violations(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.system_violations() IS 'Where conditions of hosts and the history of the component system disagree with the signals and rows they come from. Reads all of them.';

-- Name: error; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.error (
    host_name text NOT NULL,
    error_id bigint NOT NULL,
    occurred_at timestamp with time zone DEFAULT now() NOT NULL,
    sqlstate text NOT NULL,
    message text NOT NULL,
    detail text,
    hint text,
    context text,
    attempts integer DEFAULT 0 NOT NULL,
    last_attempt_at timestamp with time zone,
    repaired_at timestamp with time zone,
    touched jsonb NOT NULL
);

-- Name: TABLE error; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.error IS 'What went wrong inside the engine while its metric rows were kept, and the device spans to fold again (touched).';

-- Name: check_invariants(timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.check_invariants(since timestamp with time zone DEFAULT '-infinity'::timestamp with time zone) RETURNS TABLE(rule text, host_name text, device_name text, capture_folder text, incident_id bigint, detail text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET jit TO 'off'
    BEGIN ATOMIC
 SELECT h.rule,
     h.host_name,
     h.device_name,
     h.capture_folder,
     NULL::bigint AS incident_id,
     h.detail
    FROM incident_engine.history_violations() h(rule, host_name, device_name, capture_folder, detail)
 UNION ALL
  SELECT s.rule,
     s.host_name,
     s.device_name,
     s.capture_folder,
     NULL::bigint,
     s.detail
    FROM incident_engine.sample_violations(check_invariants.since) s(rule, host_name, device_name, capture_folder, detail)
 UNION ALL
  SELECT i.rule,
     i.host_name,
     i.device_name,
     i.capture_folder,
     i.incident_id,
     i.detail
    FROM incident_engine.incident_violations() i(rule, host_name, device_name, capture_folder, incident_id, detail)
 UNION ALL
  SELECT y.rule,
     y.host_name,
     y.device_name,
     y.capture_folder,
     NULL::bigint,
     y.detail
    FROM incident_engine.system_violations() y(rule, host_name, device_name, capture_folder, detail)
 UNION ALL
  SELECT 'no engine error waits for repair'::text,
     e.host_name,
     NULL::text,
     NULL::text,
     NULL::bigint,
     format('since %s, tried %s times: %s (%s)'::text, e.occurred_at, e.attempts, e.message, e.sqlstate) AS format
    FROM incident_engine.error e
   WHERE (e.repaired_at IS NULL);
END;

-- Name: FUNCTION check_invariants(since timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.check_invariants(since timestamp with time zone) IS 'A row for everything that is not as it must be, none on a healthy database: holes or overlaps in a device''s history, history that disagrees with its samples, incidents that the history does not explain, failures without an incident, hosts'' conditions that disagree with their signals and rows, durations that do not match, engine errors waiting. since: samples older than this are not read; all are by default, which takes a while on a large database. Mend with incident.rebuild().';

-- Name: close(bigint, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.close(incident_id bigint, root_cause text DEFAULT NULL::text, note text DEFAULT NULL::text, operator text DEFAULT SESSION_USER, acted_at timestamp with time zone DEFAULT now()) RETURNS public.system_incident
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(incident_id, operator, acted_at);
begin
    if subject.status = 'closed' then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s is closed already', incident_id),
            detail = format('It was closed at %s by %s.', subject.closed_at, subject.closed_by),
            hint = 'incident.comment() still works.';
    end if;
    update public.system_incident as i
    set status = 'closed',
        closed_at = close.acted_at,
        closed_by = operator,
        root_cause = coalesce(close.root_cause, i.root_cause),
        resolution_notes = coalesce(note, i.resolution_notes),
        acted_at = close.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = close.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

-- Name: FUNCTION close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone) IS 'Files a resolved incident: resolved -> closed, with its root cause. note replaces resolution_notes when given. operator: who, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 unless it is resolved, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

-- Name: comment(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.comment(incident_id bigint, note text, operator text DEFAULT SESSION_USER, acted_at timestamp with time zone DEFAULT now()) RETURNS public.system_incident
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(incident_id, operator, acted_at);
begin
    perform incident_engine.require_text(note, 'note');
    update public.system_incident as i
    set acted_at = comment.acted_at
    where i.host_name = subject.host_name and i.incident_id = comment.incident_id;
    insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)
    values (subject.host_name, subject.incident_id, acted_at, 'commented', note, operator);
    return incident_engine.end_incident_change(subject);
end
$$;

-- Name: FUNCTION comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone) IS 'Adds a note to an incident''s timeline, whatever its status. operator: who says it, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

-- Name: end_maintenance(bigint, timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.end_maintenance(maintenance_id bigint, ended_at timestamp with time zone DEFAULT now(), operator text DEFAULT SESSION_USER) RETURNS incident.maintenance
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    planned incident.maintenance;
begin
    perform incident_engine.require_text(operator, 'operator');
    select m.* into planned
    from incident.maintenance as m
    where m.maintenance_id = end_maintenance.maintenance_id
    for update;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no maintenance %s', coalesce(maintenance_id::text, 'null')),
            hint = 'select * from incident.maintenance_now lists what is under way, incident.maintenance all of it.';
    end if;
    if ended_at is null or not isfinite(ended_at) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('ended_at must be a moment, but is %s', coalesce(ended_at::text, 'null')),
            hint = 'Leave it out for now().';
    end if;

    -- What is over stays so; it can only turn out to have ended earlier.
    if coalesce(planned.ended_at, upper(planned.period)) <= ended_at then
        return planned;
    end if;
    update incident.maintenance as m
    set ended_at = greatest(end_maintenance.ended_at, lower(m.period)), ended_by = operator, changed_at = now()
    where m.host_name = planned.host_name and m.maintenance_id = planned.maintenance_id
    returning m.* into planned;
    perform incident_engine.mark_maintenance(lower(planned.period), now(), planned.host_name);
    return planned;
end
$$;

-- Name: FUNCTION end_maintenance(maintenance_id bigint, ended_at timestamp with time zone, operator text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.end_maintenance(maintenance_id bigint, ended_at timestamp with time zone, operator text) IS 'Ends a maintenance early, or calls it off when ended_at (by default now) is not after its start: what counts is the time until then. Incidents that are still active are announced from then on. One that is over stays as it is. Returns it. Errors: IN002 when there is none with this number, 22004, 22023.';

-- Name: end_recurring_maintenance(bigint, timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.end_recurring_maintenance(series_id bigint, ended_at timestamp with time zone DEFAULT now(), operator text DEFAULT SESSION_USER) RETURNS incident.recurring_maintenance
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    series incident.recurring_maintenance;
begin
    perform incident_engine.require_text(operator, 'operator');
    select r.* into series
    from incident.recurring_maintenance as r
    where r.series_id = end_recurring_maintenance.series_id
    for update;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no recurring maintenance %s', coalesce(series_id::text, 'null')),
            hint = 'select * from incident.recurring_maintenance lists them.';
    end if;
    if ended_at is null or not isfinite(ended_at) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('ended_at must be a moment, but is %s', coalesce(ended_at::text, 'null')),
            hint = 'Leave it out for now().';
    end if;

    -- Ended again, it can only end earlier.
    if coalesce(series.ended_at <= end_recurring_maintenance.ended_at, false) then
        return series;
    end if;
    update incident.recurring_maintenance as r
    set ended_at = end_recurring_maintenance.ended_at, ended_by = operator
    where r.host_name = series.host_name and r.series_id = series.series_id
    returning r.* into series;
    update incident.maintenance as m
    set ended_at = lower(m.period), ended_by = operator, changed_at = now()
    where
        m.host_name = series.host_name
        and m.series_id = series.series_id
        and lower(m.period) >= series.ended_at
        and m.ended_at is null;
    return series;
end
$$;

-- Name: FUNCTION end_recurring_maintenance(series_id bigint, ended_at timestamp with time zone, operator text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.end_recurring_maintenance(series_id bigint, ended_at timestamp with time zone, operator text) IS 'Ends a recurring maintenance: what would start at ended_at (by default now) or later is called off. One under way goes on; end_maintenance ends it. Returns the series. Errors: IN002 when there is none with this number, 22004, 22023.';

-- Name: forbid_agent(text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.forbid_agent(login text, host_name text DEFAULT NULL::text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    forbidden integer;
begin
    perform incident_engine.require_text(login, 'login');
    delete from incident.agent_host as a
    where
        a.login = forbid_agent.login
        and (forbid_agent.host_name is null or a.host_name = forbid_agent.host_name);
    get diagnostics forbidden = row_count;
    return forbidden;
end
$$;

-- Name: FUNCTION forbid_agent(login text, host_name text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.forbid_agent(login text, host_name text) IS 'Takes back what incident.allow_agent() allowed: for one host, or for all when host_name is left out. Rows that are stored stay. Returns for how many hosts. Errors: 22004 for a null login.';

-- Name: maintenance_piece(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone) RETURNS TABLE(host_name text, device_name text, capture_folder text, from_time timestamp with time zone, to_time timestamp with time zone, in_maintenance boolean)
    LANGUAGE sql STABLE ROWS 20 PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH planned AS (
          SELECT d.host_name,
             d.device_name,
             d.capture_folder,
             range_agg(m.effective_period) AS maintained
            FROM (incident.maintenance m
              JOIN incident.device d ON (((m.host_name = d.host_name) AND ((m.device_name IS NULL) OR ((m.device_name = d.device_name) AND (m.capture_folder = d.capture_folder))))))
           WHERE (m.effective_period && tstzrange(maintenance_piece.window_start, maintenance_piece.window_end))
           GROUP BY d.host_name, d.device_name, d.capture_folder
         )
  SELECT p.host_name,
     p.device_name,
     p.capture_folder,
     lower(during.during) AS from_time,
     upper(during.during) AS to_time,
     true AS in_maintenance
    FROM (planned p
      CROSS JOIN LATERAL unnest(p.maintained) during(during))
 UNION ALL
  SELECT p.host_name,
     p.device_name,
     p.capture_folder,
     COALESCE(lower(outside.outside), '-infinity'::timestamp with time zone) AS from_time,
     COALESCE(upper(outside.outside), 'infinity'::timestamp with time zone) AS to_time,
     false AS in_maintenance
    FROM (planned p
      CROSS JOIN LATERAL unnest((tstzmultirange(tstzrange(NULL::timestamp with time zone, NULL::timestamp with time zone)) - p.maintained)) outside(outside));
END;

-- Name: FUNCTION maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone) IS 'All of time cut into maintenance and the rest, for each device that has maintenance in the window; overlapping maintenance counts once. Devices without any are not listed.';

-- Name: failure_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text) RETURNS TABLE(host_name text, device_name text, capture_folder text, component text, started_at timestamp with time zone, ended_at timestamp with time zone)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH known AS (
          SELECT i.host_name,
             i.device_name,
             i.capture_folder,
                 CASE
                     WHEN (failure_piece.by = 'component'::text) THEN i.component
                     ELSE NULL::text
                 END AS component,
             tstzrange(i.detected_at,
                 CASE
                     WHEN (i.resolved_at <= failure_piece.as_of) THEN i.resolved_at
                     ELSE 'infinity'::timestamp with time zone
                 END, '[]'::text) AS period
            FROM public.system_incident i
           WHERE ((i.component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text])) AND (i.retracted_at IS NULL) AND (i.detected_at < LEAST(failure_piece.window_end, failure_piece.as_of)) AND ((i.resolved_at >= failure_piece.window_start) OR (i.resolved_at IS NULL)))
         ), joined AS (
          SELECT k.host_name,
             k.device_name,
             k.capture_folder,
             k.component,
             range_agg(k.period) AS periods
            FROM known k
           GROUP BY k.host_name, k.device_name, k.capture_folder, k.component
         ), failure AS (
          SELECT j.host_name,
             j.device_name,
             j.capture_folder,
             j.component,
             lower(period.period) AS started_at,
             upper(period.period) AS ended_at
            FROM (joined j
              CROSS JOIN LATERAL unnest(j.periods) period(period))
         )
  SELECT f.host_name,
     f.device_name,
     f.capture_folder,
     f.component,
     f.started_at,
     f.ended_at
    FROM failure f
   WHERE (((f.ended_at > ( SELECT failure_piece.window_start AS window_start)) OR (f.started_at >= ( SELECT failure_piece.window_start AS window_start))) AND (NOT (EXISTS ( SELECT
            FROM incident_engine.maintenance_piece(failure_piece.window_start, failure_piece.window_end) p(host_name, device_name, capture_folder, from_time, to_time, in_maintenance)
           WHERE (p.in_maintenance AND (p.host_name = f.host_name) AND (p.device_name = f.device_name) AND (p.capture_folder = f.capture_folder) AND (p.from_time <= GREATEST(f.started_at, ( SELECT failure_piece.window_start AS window_start))) AND (p.to_time >= LEAST(f.ended_at, ( SELECT LEAST(failure_piece.window_end, failure_piece.as_of) AS "least"))))))));
END;

-- Name: FUNCTION failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text) IS 'The failures that a window touches, as they stood at as_of: ffmpeg and monitor incidents, those of a device that overlap or touch joined into one unless by is component. ended_at is infinity while it lasts. Failures wholly within maintenance, and retracted incidents, are left out.';

-- Name: mtbf(timestamp with time zone, timestamp with time zone, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.mtbf(window_start timestamp with time zone DEFAULT (now() - '30 days'::interval), window_end timestamp with time zone DEFAULT now(), by text DEFAULT 'device'::text, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(host_name text, device_name text, capture_folder text, component text, failures bigint, mtbf_seconds numeric, up_seconds numeric, window_seconds numeric, failing_at_start bigint, still_failing bigint, last_failure_at timestamp with time zone, devices bigint, device_id text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH failure AS (
          SELECT
                 CASE
                     WHEN (mtbf.by <> 'fleet'::text) THEN f.host_name
                     ELSE NULL::text
                 END AS host_name,
                 CASE
                     WHEN (mtbf.by = ANY (ARRAY['device'::text, 'component'::text])) THEN f.device_name
                     ELSE NULL::text
                 END AS device_name,
                 CASE
                     WHEN (mtbf.by = ANY (ARRAY['device'::text, 'component'::text])) THEN f.capture_folder
                     ELSE NULL::text
                 END AS capture_folder,
             f.component,
             f.started_at,
             (f.started_at < mtbf.window_start) AS began_earlier,
             (f.ended_at >= LEAST(mtbf.window_end, mtbf.as_of)) AS is_lasting
            FROM incident_engine.failure_piece(mtbf.window_start, mtbf.window_end, mtbf.as_of, mtbf.by) f(host_name, device_name, capture_folder, component, started_at, ended_at)
         ), counted AS (
          SELECT f.host_name,
             f.device_name,
             f.capture_folder,
             f.component,
             count(*) FILTER (WHERE (NOT f.began_earlier)) AS failures,
             count(*) FILTER (WHERE f.began_earlier) AS failing_at_start,
             count(*) FILTER (WHERE f.is_lasting) AS still_failing,
             max(f.started_at) FILTER (WHERE (NOT f.began_earlier)) AS last_failure_at
            FROM failure f
           GROUP BY f.host_name, f.device_name, f.capture_folder, f.component
         ), told AS (
          SELECT a.host_name,
             a.device_name,
             a.capture_folder,
             a.component,
             a.up_seconds,
             a.window_seconds,
             a.devices,
             a.device_id,
             NULL::bigint AS failures,
             NULL::bigint AS failing_at_start,
             NULL::bigint AS still_failing,
             NULL::timestamp with time zone AS last_failure_at
            FROM incident.availability(mtbf.window_start, mtbf.window_end, true, mtbf.by, mtbf.as_of) a(host_name, device_name, capture_folder, component, availability_percent, sla_status, up_seconds, down_seconds, unknown_seconds, no_data_seconds, maintenance_seconds, window_seconds, coverage_percent, devices, device_id)
         UNION ALL
          SELECT c.host_name,
             c.device_name,
             c.capture_folder,
             c.component,
             NULL::numeric,
             NULL::numeric,
             NULL::bigint,
             NULL::text,
             c.failures,
             c.failing_at_start,
             c.still_failing,
             c.last_failure_at
            FROM counted c
         )
  SELECT t.host_name,
     t.device_name,
     t.capture_folder,
     t.component,
     COALESCE(max(t.failures), (0)::bigint) AS failures,
     round((max(t.up_seconds) / (NULLIF(max(t.failures), 0))::numeric), 6) AS mtbf_seconds,
     max(t.up_seconds) AS up_seconds,
     max(t.window_seconds) AS window_seconds,
     COALESCE(max(t.failing_at_start), (0)::bigint) AS failing_at_start,
     COALESCE(max(t.still_failing), (0)::bigint) AS still_failing,
     max(t.last_failure_at) AS last_failure_at,
     max(t.devices) AS devices,
     max(t.device_id) AS device_id
    FROM told t
   GROUP BY t.host_name, t.device_name, t.capture_folder, t.component
  HAVING (max(t.window_seconds) IS NOT NULL)
   ORDER BY t.host_name, t.device_name, t.capture_folder, t.component;
END;

-- Name: FUNCTION mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) IS 'How long does it run between failures? MTBF over a window, by default the last 30 days: up time divided by the failures that started in it (mean operating time between failures, IEC 60050-192; silence, maintenance and down time are not operating time). by: device, component, host or fleet (up time and failures of their devices summed). A failure is an ffmpeg or monitor incident; those of a device that overlap count once; one wholly within maintenance does not count. window_seconds is the observed time: the window clipped to the life of the device and to as_of. mtbf_seconds is null without failures: it ran for all of up_seconds then. failing_at_start failures began earlier and are not counted again; still_failing ones had not ended when the window, or as_of, did. An incident resolved by hand while the device fails is followed by another: that counts as two. Errors: 22023.';

-- Name: describe_scope(text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.describe_scope(host_name text, device_name text, capture_folder text, component text) RETURNS text
    LANGUAGE sql STABLE
    RETURN COALESCE(NULLIF(concat_ws(' of '::text, ('component '::text || component), (((('device '::text || device_name) || ' ('::text) || capture_folder) || ')'::text), ('host '::text || host_name)), ''::text), 'default'::text);

-- Name: FUNCTION describe_scope(host_name text, device_name text, capture_folder text, component text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.describe_scope(host_name text, device_name text, capture_folder text, component text) IS 'Scope of a policy row in words: "default", "host studio-2", "component ffmpeg of device Camera 1 (capture1) of host studio-2".';

-- Name: policy_for(text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.policy_for(host_name text DEFAULT NULL::text, device_name text DEFAULT NULL::text, capture_folder text DEFAULT NULL::text, component text DEFAULT NULL::text) RETURNS TABLE(setting text, value text, comes_from text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "IntervalStyle" TO 'postgres'
    BEGIN ATOMIC
 WITH applicable AS (
          SELECT p.policy_id,
             p.host_name,
             p.device_name,
             p.capture_folder,
             p.component,
             p.sample_interval,
             p.no_data_after,
             p.sla_target,
             p.open_after,
             p.resolve_after,
             p.reopen_within,
             p.flapping_start_percent,
             p.flapping_stop_percent,
             p.new_device_grace,
             p.cpu_percent_limit,
             p.cpu_samples,
             p.memory_percent_limit,
             p.memory_samples,
             p.disk_percent_limit,
             p.disk_samples,
             p.temperature_celsius_limit,
             p.temperature_samples,
             p.close_after,
             (((((p.host_name IS NOT NULL))::integer * 2) + (((p.device_name IS NOT NULL))::integer * 2)) + ((p.component IS NOT NULL))::integer) AS specificity,
             incident_engine.describe_scope(p.host_name, p.device_name, p.capture_folder, p.component) AS scope
            FROM incident.policy p
           WHERE (COALESCE((p.host_name = policy_for.host_name), (p.host_name IS NULL)) AND COALESCE((p.device_name = policy_for.device_name), (p.device_name IS NULL)) AND COALESCE((p.capture_folder = policy_for.capture_folder), (p.capture_folder IS NULL)) AND COALESCE((p.component = policy_for.component), (p.component IS NULL)))
         ), known AS (
          SELECT (a.attname)::text AS setting,
             a.attnum AS "position"
            FROM pg_attribute a
           WHERE ((a.attrelid = ('incident.policy'::regclass)::oid) AND (a.attnum > 0) AND (NOT a.attisdropped) AND (a.attname <> ALL (ARRAY['policy_id'::name, 'host_name'::name, 'device_name'::name, 'capture_folder'::name, 'component'::name])))
         )
  SELECT k.setting,
     w.value,
     w.scope
    FROM (known k
      LEFT JOIN LATERAL ( SELECT (to_jsonb(a.*) ->> k.setting) AS value,
             a.scope
            FROM applicable a
           WHERE ((to_jsonb(a.*) ->> k.setting) IS NOT NULL)
           ORDER BY a.specificity DESC
          LIMIT 1) w ON (true))
   ORDER BY k."position";
END;

-- Name: FUNCTION policy_for(host_name text, device_name text, capture_folder text, component text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.policy_for(host_name text, device_name text, capture_folder text, component text) IS 'What applies to a device (or its component; or a host; or by default): each setting, the value that wins, and the scope it comes from: "default", "host studio-2", "component ffmpeg of device Camera 1 (capture1) of host studio-2". A null value: not set anywhere.';

-- Name: readable_duration(numeric); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.readable_duration(seconds numeric) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (CASE WHEN (seconds < (0)::numeric) THEN '-'::text ELSE ''::text END || CASE WHEN (abs(seconds) < (60)::numeric) THEN ((trunc(abs(seconds)))::text || ' s'::text) WHEN (abs(seconds) < (3600)::numeric) THEN ((trunc((abs(seconds) / (60)::numeric)))::text || ' min'::text) WHEN (abs(seconds) < (86400)::numeric) THEN ((((trunc((abs(seconds) / (3600)::numeric)))::text || ' h '::text) || (trunc((mod(abs(seconds), (3600)::numeric) / (60)::numeric)))::text) || ' min'::text) ELSE ((((trunc((abs(seconds) / (86400)::numeric)))::text || ' d '::text) || (trunc((mod(abs(seconds), (86400)::numeric) / (3600)::numeric)))::text) || ' h'::text) END);

-- Name: FUNCTION readable_duration(seconds numeric); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.readable_duration(seconds numeric) IS 'Seconds for people: 45 s, 12 min, 3 h 5 min, 2 d 4 h; rounded down to what is shown. Null for null.';

-- Name: rebuild(text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.rebuild(host_name text DEFAULT NULL::text, since timestamp with time zone DEFAULT '-infinity'::timestamp with time zone) RETURNS TABLE(changed_host text, device_name text, capture_folder text, what text, was text, is_now text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET jit TO 'off'
    AS $$
#variable_conflict use_column
declare
    host text;
    before jsonb;
begin
    if rebuild.since is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'since must not be null',
            hint = 'Leave it out to rebuild from the first sample on.';
    end if;
    if rebuild.host_name is not null
        and not exists (select from public.system_device_metrics as m where m.host_name = rebuild.host_name)
        and not exists (select from public.system_metrics as m where m.host_name = rebuild.host_name)
    then
        raise exception using
            errcode = 'no_data_found',
            message = format('host %s has no samples', rebuild.host_name),
            hint = 'select host_name from incident.host lists the hosts; leave it out for all of them.';
    end if;

    for host in
        select d.host_name from incident.device as d where rebuild.host_name is null group by d.host_name
        union
        select h.host_name from incident.host as h where rebuild.host_name is null
        union
        select rebuild.host_name where rebuild.host_name is not null
        order by 1
    loop
        perform incident_engine.lock_hosts(array[host]);
        before := incident_engine.host_record(host);
        perform incident_engine.fold(array_agg((
            m.host_name, m.device_name, m.capture_folder, rebuild.since, 'infinity'::timestamptz
        )::incident_engine.touch))
        from (
            select distinct m.host_name, m.device_name, m.capture_folder
            from public.system_device_metrics as m
            where m.host_name = host
            union all
            select host, '', '' -- the host itself
        ) as m;
        return query
        select host, coalesce(o.device_name, n.device_name), coalesce(o.capture_folder, n.capture_folder),
            coalesce(o.what, n.what), o.value, n.value
        from jsonb_to_recordset(before) as o (device_name text, capture_folder text, what text, value text)
        full join jsonb_to_recordset(incident_engine.host_record(host)) as n (
            device_name text, capture_folder text, what text, value text
        )
            on (n.device_name, n.capture_folder, n.what) = (o.device_name, o.capture_folder, o.what)
        where o.value is distinct from n.value
        order by 2, 3, 4;
    end loop;
end
$$;

-- Name: FUNCTION rebuild(host_name text, since timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.rebuild(host_name text, since timestamp with time zone) IS 'Folds a host''s samples again, from since on (all by default; all hosts when host_name is left out), and returns a row for everything that changed: none when all was right. Errors: P0002 for a host without samples, 22004 for a null since, 55P03 when another transaction holds the host for over 5 seconds.';

-- Name: check_count(integer, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_count(value integer, name text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if coalesce(value < 1, true) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s must be 1 or more, not %s', name, coalesce(value::text, 'null')),
            hint = format('Leave %s out for its default.', name);
    end if;
    return true;
end
$$;

-- Name: FUNCTION check_count(value integer, name text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_count(value integer, name text) IS 'True, or an error that names the parameter of a report that is not a number from 1 on. Errors: 22023.';

-- Name: check_time_zone(text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_time_zone(time_zone text) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    is_known boolean;
begin
    begin
        is_known := (now() at time zone time_zone) is not null;
    exception
        when invalid_parameter_value then
            is_known := false;
    end;
    if not is_known then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('time zone %s is not known', coalesce(quote_literal(time_zone), 'null')),
            hint = 'Names look like Europe/Berlin; select name from pg_timezone_names lists them.';
    end if;
    return true;
end
$$;

-- Name: FUNCTION check_time_zone(time_zone text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_time_zone(time_zone text) IS 'True, or an error when there is no such time zone. Errors: 22023.';

-- Name: detected_incident(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.detected_incident(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) RETURNS TABLE(incident_id bigint, host_name text, device_name text, capture_folder text, component text, severity text, root_cause text, detected_at timestamp with time zone, acknowledged_by text, resolved_at timestamp with time zone, time_to_acknowledge interval, time_to_resolve interval, time_so_far interval)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT i.incident_id,
     i.host_name,
     i.device_name,
     i.capture_folder,
     i.component,
     i.severity,
     i.root_cause,
     i.detected_at,
         CASE
             WHEN (i.acknowledged_at <= detected_incident.as_of) THEN i.acknowledged_by
             ELSE NULL::text
         END AS acknowledged_by,
         CASE
             WHEN (i.resolved_at <= detected_incident.as_of) THEN i.resolved_at
             ELSE NULL::timestamp with time zone
         END AS resolved_at,
         CASE
             WHEN (i.acknowledged_at <= detected_incident.as_of) THEN (GREATEST(i.acknowledged_at, i.detected_at) - i.detected_at)
             ELSE NULL::interval
         END AS time_to_acknowledge,
         CASE
             WHEN (i.resolved_at <= detected_incident.as_of) THEN (i.resolved_at - i.detected_at)
             ELSE NULL::interval
         END AS time_to_resolve,
     (LEAST(i.resolved_at, detected_incident.as_of) - i.detected_at) AS time_so_far
    FROM public.system_incident i
   WHERE ((i.detected_at >= detected_incident.window_start) AND (i.detected_at < LEAST(detected_incident.window_end, detected_incident.as_of)) AND (i.retracted_at IS NULL));
END;

-- Name: FUNCTION detected_incident(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.detected_incident(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'The incidents detected in a window, as they stood at as_of: what was acknowledged or resolved later was not yet. Retracted ones are left out. time_so_far: to the resolution, or up to as_of while it was open.';

-- Name: recurring(timestamp with time zone, timestamp with time zone, text, integer, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.recurring(window_start timestamp with time zone DEFAULT (now() - '30 days'::interval), window_end timestamp with time zone DEFAULT now(), time_zone text DEFAULT 'UTC'::text, at_least integer DEFAULT 2, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(kind text, what text, incidents bigint, share_percent numeric, times_usual numeric, days bigint, devices bigint, down_seconds numeric, still_open bigint, last_detected_at timestamp with time zone)
    LANGUAGE sql STABLE ROWS 100
    BEGIN ATOMIC
 WITH known AS MATERIALIZED (
          SELECT i.component,
             to_char(i.local_time, 'HH24":00"'::text) AS hour,
             NULLIF(btrim(i.root_cause), ''::text) AS root_cause,
             (((((i.host_name || ', '::text) || i.device_name) || ' ('::text) || i.capture_folder) || ')'::text) AS device,
             (i.local_time)::date AS day,
             i.time_so_far,
             i.resolved_at,
             i.detected_at
            FROM ( SELECT found.incident_id,
                     found.host_name,
                     found.device_name,
                     found.capture_folder,
                     found.component,
                     found.severity,
                     found.root_cause,
                     found.detected_at,
                     found.acknowledged_by,
                     found.resolved_at,
                     found.time_to_acknowledge,
                     found.time_to_resolve,
                     found.time_so_far,
                     (found.detected_at AT TIME ZONE recurring.time_zone) AS local_time
                    FROM incident_engine.detected_incident(recurring.window_start, recurring.window_end, recurring.as_of) found(incident_id, host_name, device_name, capture_folder, component, severity, root_cause, detected_at, acknowledged_by, resolved_at, time_to_acknowledge, time_to_resolve, time_so_far)
                  OFFSET 0) i
         ), parted AS (
          SELECT
                 CASE
                     WHEN (GROUPING(k.component) = 0) THEN 'component'::text
                     WHEN (GROUPING(k.hour) = 0) THEN 'hour'::text
                     WHEN (GROUPING(k.root_cause) = 0) THEN 'root cause'::text
                     ELSE 'device'::text
                 END AS kind,
                 CASE
                     WHEN (GROUPING(k.component) = 0) THEN k.component
                     WHEN (GROUPING(k.hour) = 0) THEN k.hour
                     WHEN (GROUPING(k.root_cause) = 0) THEN k.root_cause
                     ELSE k.device
                 END AS what,
             (GROUPING(k.day) = 0) AS is_day,
             count(*) AS incidents,
             sum(k.time_so_far) AS time_so_far,
             count(*) FILTER (WHERE (k.resolved_at IS NULL)) AS still_open,
             max(k.detected_at) AS last_detected_at
            FROM known k
           GROUP BY GROUPING SETS ((k.device, k.day), (k.component, k.day), (k.component, k.device), (k.hour, k.day), (k.hour, k.device), (k.root_cause, k.day), (k.root_cause, k.device))
         ), counted AS (
          SELECT p.kind,
             p.what,
             (sum(p.incidents) FILTER (WHERE p.is_day))::bigint AS incidents,
             count(*) FILTER (WHERE p.is_day) AS days,
             GREATEST(count(*) FILTER (WHERE (NOT p.is_day)), (1)::bigint) AS devices,
             EXTRACT(epoch FROM sum(p.time_so_far) FILTER (WHERE p.is_day)) AS down_seconds,
             (sum(p.still_open) FILTER (WHERE p.is_day))::bigint AS still_open,
             max(p.last_detected_at) AS last_detected_at
            FROM parted p
           WHERE (p.what IS NOT NULL)
           GROUP BY p.kind, p.what
         ), compared AS (
          SELECT c_1.kind,
             c_1.what,
             c_1.incidents,
             c_1.days,
             c_1.devices,
             c_1.down_seconds,
             c_1.still_open,
             c_1.last_detected_at,
             sum(c_1.incidents) OVER (PARTITION BY c_1.kind) AS of_kind,
                 CASE c_1.kind
                     WHEN 'hour'::text THEN (24)::bigint
                     ELSE count(*) OVER (PARTITION BY c_1.kind)
                 END AS kinds
            FROM counted c_1
         )
  SELECT c.kind,
     c.what,
     c.incidents,
     incident_engine.percent((c.incidents)::numeric, (( SELECT count(*) AS count
            FROM known))::numeric) AS share_percent,
     round((((c.incidents * c.kinds))::numeric / c.of_kind), 1) AS times_usual,
     c.days,
     c.devices,
     c.down_seconds,
     c.still_open,
     c.last_detected_at
    FROM compared c
   WHERE ((c.incidents >= COALESCE(recurring.at_least, 1)) AND ( SELECT incident_engine.check_report(recurring.window_start, recurring.window_end, recurring.as_of) AS check_report) AND ( SELECT incident_engine.check_count(recurring.at_least, 'at_least'::text) AS check_count) AND ( SELECT incident_engine.check_time_zone(recurring.time_zone) AS check_time_zone))
   ORDER BY
         CASE c.kind
             WHEN 'device'::text THEN 1
             WHEN 'component'::text THEN 2
             WHEN 'hour'::text THEN 3
             ELSE 4
         END, c.incidents DESC, c.what;
END;

-- Name: FUNCTION recurring(window_start timestamp with time zone, window_end timestamp with time zone, time_zone text, at_least integer, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.recurring(window_start timestamp with time zone, window_end timestamp with time zone, time_zone text, at_least integer, as_of timestamp with time zone) IS 'What keeps coming back? Devices, components, hours of the day (by the clocks of time_zone) and root causes with at_least (default 2) incidents detected in a window, by default the last 30 days; most first within each kind. share_percent: of all incidents of the window. times_usual: how many times as many as the average of its kind has (of the devices, components and root causes that have any, of all 24 hours). days: on how many different dates. down_seconds: from detection to resolution, or to as_of, summed. Retracted incidents are left out. Errors: 22023.';

-- Name: retirement; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.retirement (
    host_name text NOT NULL,
    retirement_id bigint NOT NULL,
    device_name text,
    capture_folder text,
    retired_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    retired_by text NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    revoked_by text,
    CONSTRAINT device_name_and_capture_folder_go_together CHECK (((device_name IS NULL) = (capture_folder IS NULL))),
    CONSTRAINT reason_is_not_empty CHECK ((reason <> ''::text)),
    CONSTRAINT retired_at_is_finite CHECK (isfinite(retired_at)),
    CONSTRAINT revoked_at_and_by_go_together CHECK (((revoked_at IS NULL) = (revoked_by IS NULL)))
);

-- Name: TABLE retirement; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.retirement IS 'Devices and hosts taken out of service: from then on their silence is no incident. A later sample brings them back.';

-- Name: COLUMN retirement.device_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retirement.device_name IS 'Null: the host with all its devices.';

-- Name: COLUMN retirement.capture_folder; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retirement.capture_folder IS 'Null: the host with all its devices.';

-- Name: COLUMN retirement.retired_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retirement.retired_at IS 'From when on it is out of service.';

-- Name: COLUMN retirement.recorded_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retirement.recorded_at IS 'When the database learned of it.';

-- Name: COLUMN retirement.revoked_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retirement.revoked_at IS 'When somebody took it back; null while it stands.';

-- Name: reinstate_device(text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.reinstate_device(host_name text, device_name text, capture_folder text, operator text DEFAULT SESSION_USER) RETURNS SETOF incident.retirement
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    revoked incident.retirement[];
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(operator, 'operator');
    perform incident_engine.lock_hosts(array[host_name]);

    revoked := array(
        select r
        from incident.retirement as r
        where
            r.host_name = reinstate_device.host_name
            and r.device_name is not distinct from reinstate_device.device_name
            and r.capture_folder is not distinct from reinstate_device.capture_folder
            and r.revoked_at is null
        order by r.retired_at
    );
    if revoked = '{}' then
        raise exception using
            errcode = 'no_data_found',
            message = format('%s is not retired', concat_ws(', ', host_name, device_name, capture_folder)),
            hint = 'select * from incident.retirement where revoked_at is null lists what is; what was retired with its host is '
            'reinstated with it.';
    end if;

    update incident.retirement as r
    set revoked_at = now(), revoked_by = operator
    from unnest(revoked) as v
    where r.host_name = v.host_name and r.retirement_id = v.retirement_id;
    perform incident_engine.fold((
        select array_agg((r.host_name, '', '', r.retired_at, r.retired_at)::incident_engine.touch)
        from unnest(revoked) as r
    ));
    return query
    select r.*
    from incident.retirement as r
    join unnest(revoked) as v on v.host_name = r.host_name and v.retirement_id = r.retirement_id
    order by r.retired_at;
end
$$;

-- Name: FUNCTION reinstate_device(host_name text, device_name text, capture_folder text, operator text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.reinstate_device(host_name text, device_name text, capture_folder text, operator text) IS 'Takes back retirements of a device, or of a host (device_name and capture_folder null), as if they had never been: its silence counts again, from its beginning. Not needed for a device that reports again. Returns what was taken back. Errors: P0002 when it is not retired, 22004 for a null where a value is needed, 55P03 when another transaction holds the host for over 5 seconds.';

-- Name: reliability_ranking(timestamp with time zone, timestamp with time zone, integer, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.reliability_ranking(window_start timestamp with time zone DEFAULT (now() - '7 days'::interval), window_end timestamp with time zone DEFAULT now(), top integer DEFAULT 5, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(standing text, place bigint, host_name text, device_name text, capture_folder text, availability_percent numeric, failures bigint, mtbf_seconds numeric, lost_seconds numeric, reason text, device_id text)
    LANGUAGE sql STABLE ROWS 10
    BEGIN ATOMIC
 WITH failed AS (
          SELECT f.host_name,
             f.device_name,
             f.capture_folder,
             count(*) AS failures,
             count(*) FILTER (WHERE (f.started_at >= reliability_ranking.window_start)) AS started,
             bool_or((f.ended_at >= LEAST(reliability_ranking.window_end, reliability_ranking.as_of))) AS still_failing,
             max(EXTRACT(epoch FROM (LEAST(f.ended_at, reliability_ranking.window_end, reliability_ranking.as_of) - GREATEST(f.started_at, reliability_ranking.window_start)))) AS longest
            FROM incident_engine.failure_piece(reliability_ranking.window_start, reliability_ranking.window_end, reliability_ranking.as_of, 'device'::text) f(host_name, device_name, capture_folder, component, started_at, ended_at)
           GROUP BY f.host_name, f.device_name, f.capture_folder
         ), rated AS (
          SELECT a.host_name,
             a.device_name,
             a.capture_folder,
             a.component,
             a.availability_percent,
             a.sla_status,
             a.up_seconds,
             a.down_seconds,
             a.unknown_seconds,
             a.no_data_seconds,
             a.maintenance_seconds,
             a.window_seconds,
             a.coverage_percent,
             a.devices,
             a.device_id,
             (a.down_seconds + a.no_data_seconds) AS lost,
             COALESCE(f.failures, (0)::bigint) AS failures,
             f.longest,
             f.still_failing,
             round((a.up_seconds / (NULLIF(f.started, 0))::numeric), 6) AS mtbf,
             (a.up_seconds / ((a.up_seconds + a.down_seconds) + a.no_data_seconds)) AS up_part
            FROM (incident.availability(reliability_ranking.window_start, reliability_ranking.window_end, true, 'device'::text, reliability_ranking.as_of) a(host_name, device_name, capture_folder, component, availability_percent, sla_status, up_seconds, down_seconds, unknown_seconds, no_data_seconds, maintenance_seconds, window_seconds, coverage_percent, devices, device_id)
              LEFT JOIN failed f ON (((a.host_name = f.host_name) AND (a.device_name = f.device_name) AND (a.capture_folder = f.capture_folder))))
           WHERE (((a.up_seconds + a.down_seconds) + a.no_data_seconds) > (0)::numeric)
         ), placed AS (
          SELECT r.host_name,
             r.device_name,
             r.capture_folder,
             r.component,
             r.availability_percent,
             r.sla_status,
             r.up_seconds,
             r.down_seconds,
             r.unknown_seconds,
             r.no_data_seconds,
             r.maintenance_seconds,
             r.window_seconds,
             r.coverage_percent,
             r.devices,
             r.device_id,
             r.lost,
             r.failures,
             r.longest,
             r.still_failing,
             r.mtbf,
             r.up_part,
             row_number() OVER (ORDER BY r.up_part, r.lost DESC, r.failures DESC, r.host_name, r.device_name, r.capture_folder) AS from_below,
             row_number() OVER (ORDER BY r.up_part DESC, r.failures, r.up_seconds DESC, r.host_name, r.device_name, r.capture_folder) AS from_above
            FROM rated r
         ), chosen AS (
          SELECT p.host_name,
             p.device_name,
             p.capture_folder,
             p.component,
             p.availability_percent,
             p.sla_status,
             p.up_seconds,
             p.down_seconds,
             p.unknown_seconds,
             p.no_data_seconds,
             p.maintenance_seconds,
             p.window_seconds,
             p.coverage_percent,
             p.devices,
             p.device_id,
             p.lost,
             p.failures,
             p.longest,
             p.still_failing,
             p.mtbf,
             p.up_part,
             p.from_below,
             p.from_above,
                 CASE
                     WHEN ((p.from_below <= COALESCE(reliability_ranking.top, 1)) AND (p.lost > (0)::numeric)) THEN 'worst'::text
                     ELSE 'best'::text
                 END AS standing,
                 CASE
                     WHEN ((p.from_below <= COALESCE(reliability_ranking.top, 1)) AND (p.lost > (0)::numeric)) THEN p.from_below
                     ELSE p.from_above
                 END AS place
            FROM placed p
           WHERE (((p.from_below <= COALESCE(reliability_ranking.top, 1)) AND (p.lost > (0)::numeric)) OR (p.from_above <= COALESCE(reliability_ranking.top, 1)))
         )
  SELECT c.standing,
     c.place,
     c.host_name,
     c.device_name,
     c.capture_folder,
     c.availability_percent,
     c.failures,
     c.mtbf AS mtbf_seconds,
     c.lost AS lost_seconds,
         CASE
             WHEN (c.lost = (0)::numeric) THEN ('up all '::text || incident.readable_duration(c.up_seconds))
             ELSE concat_ws(', '::text,
             CASE
                 WHEN (c.down_seconds > (0)::numeric) THEN ((('down '::text || incident.readable_duration(c.down_seconds)) ||
                 CASE c.failures
                     WHEN 0 THEN ''::text
                     WHEN 1 THEN ' in 1 failure'::text
                     ELSE (((' in '::text || c.failures) || ' failures, the longest '::text) || incident.readable_duration(c.longest))
                 END) ||
                 CASE
                     WHEN c.still_failing THEN ', failing now'::text
                     ELSE ''::text
                 END)
                 ELSE NULL::text
             END,
             CASE
                 WHEN (c.no_data_seconds > (0)::numeric) THEN ('silent '::text || incident.readable_duration(c.no_data_seconds))
                 ELSE NULL::text
             END)
         END AS reason,
     c.device_id
    FROM chosen c
   WHERE (( SELECT incident_engine.check_report(reliability_ranking.window_start, reliability_ranking.window_end, reliability_ranking.as_of) AS check_report) AND ( SELECT incident_engine.check_count(reliability_ranking.top, 'top'::text) AS check_count))
   ORDER BY c.standing DESC, c.place;
END;

-- Name: FUNCTION reliability_ranking(window_start timestamp with time zone, window_end timestamp with time zone, top integer, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.reliability_ranking(window_start timestamp with time zone, window_end timestamp with time zone, top integer, as_of timestamp with time zone) IS 'Which devices are the worst and the best, and why: the top (default 5) of either kind over a window, by default the last 7 days. Ranked by availability (silence counts against it), by exact seconds; worst devices are those that lost time at all, none is listed as both. failures: as in incident.mtbf, with those that began before the window; mtbf_seconds: as there. lost_seconds = down + no_data. Devices of which nothing counts (unknown or maintenance throughout) are left out. Errors: 22023.';

-- Name: reopen(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.reopen(incident_id bigint, note text DEFAULT NULL::text, operator text DEFAULT SESSION_USER, acted_at timestamp with time zone DEFAULT now()) RETURNS public.system_incident
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(
        incident_id, operator, acted_at, changes_course => true
    );
    other_id bigint;
begin
    if subject.retracted_at is not null then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: it was retracted', incident_id),
            detail = 'Later samples showed that it never was.',
            hint = 'select * from incident.active lists the incidents of now.';
    end if;
    if subject.resolved_at < incident_engine.samples_from() then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: its samples are gone', incident_id),
            detail = format('Retention has removed the samples before %s.', incident_engine.samples_from()),
            hint = 'A new failure opens a new incident; incident.comment() still works.';
    end if;
    select i.incident_id
    into other_id
    from public.system_incident as i
    where
        (i.host_name, i.device_name, i.capture_folder, i.component)
        = (subject.host_name, subject.device_name, subject.capture_folder, subject.component)
        and i.status in ('open', 'in_progress');
    if found then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: incident %s is active', incident_id, other_id),
            detail = 'A component of a device has one active incident at a time.',
            hint = format('Work on incident %s.', other_id);
    end if;
    select min(i.incident_id)
    into other_id
    from public.system_incident as i
    where
        (i.host_name, i.device_name, i.capture_folder, i.component)
        = (subject.host_name, subject.device_name, subject.capture_folder, subject.component)
        and i.retracted_at is null
        and i.detected_at > subject.detected_at
        and exists (
            select from incident_engine.component_state as c
            where
                (c.host_name, c.device_name, c.capture_folder, c.component)
                = (i.host_name, i.device_name, i.capture_folder, i.component)
                and c.condition = 'healthy'
                and c.ended_at > subject.resolved_at
                and c.started_at < i.detected_at
        );
    if other_id is not null then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s cannot be reopened: incident %s followed it', incident_id, other_id),
            detail = 'The component recovered and failed again since.',
            hint = format('Reopen incident %s, or comment on this one.', other_id);
    end if;
    update public.system_incident as i
    set status = 'open',
        resolved_at = null,
        resolved_by = null,
        reopen_count = i.reopen_count + 1,
        acted_at = reopen.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = reopen.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

-- Name: FUNCTION reopen(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.reopen(incident_id bigint, note text, operator text, acted_at timestamp with time zone) IS 'It is not over: resolved -> open, if no other incident of the component is active. It stays open until it is resolved by hand, or until the component fails and recovers again. The first acknowledgement is kept. operator: who, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 unless it is resolved and nothing else is active, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

-- Name: change_reasons(text, text, text, tstzrange, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.change_reasons(host_name text, device_name text, capture_folder text, period tstzrange, since timestamp with time zone) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        select string_agg(r.reason, '; ' order by r.position, r.at)
        from (
            select
                1 as position, m.changed_at as at,
                format(
                    'maintenance %s (%s, %s) %s %s', m.maintenance_id, m.reason, m.effective_period,
                    case when m.added_at > since then 'added by ' || m.added_by else 'ended by ' || m.ended_by end,
                    incident_engine.utc_text(m.changed_at)
                ) as reason
            from incident.maintenance as m
            where
                m.host_name = change_reasons.host_name
                and coalesce(
                    (m.device_name, m.capture_folder) = (change_reasons.device_name, change_reasons.capture_folder),
                    m.device_name is null
                )
                and m.period && change_reasons.period
                and m.changed_at > since
            union all
            select
                2, max(s.created_at),
                format(
                    '%s late samples (%s to %s), the last one arrived %s', count(*),
                    incident_engine.utc_text(min(s.timestamp)), incident_engine.utc_text(max(s.timestamp)),
                    incident_engine.utc_text(max(s.created_at))
                )
            from public.system_device_metrics as s
            where
                s.host_name = change_reasons.host_name
                and s.device_name = change_reasons.device_name
                and s.capture_folder = change_reasons.capture_folder
                and s.timestamp >= lower(change_reasons.period) - interval '1 day'
                and s.timestamp < upper(change_reasons.period) + interval '1 day'
                and s.created_at > since
            having count(*) > 0
            union all
            select
                3, max(t.recorded_at),
                format(
                    '%s incidents %s after it was sealed', count(distinct t.incident_id),
                    case t.event when 'detected' then 'recorded' else t.event end
                )
            from incident.timeline as t
            join public.system_incident as i
                on i.host_name = t.host_name and i.incident_id = t.incident_id
            where
                t.host_name = change_reasons.host_name
                and i.device_name = change_reasons.device_name
                and i.capture_folder = change_reasons.capture_folder
                and i.detected_at < upper(change_reasons.period)
                and coalesce(i.resolved_at >= lower(change_reasons.period), true)
                and t.event in ('detected', 'corrected', 'retracted')
                and t.recorded_at > since
            group by t.event
        ) as r
    );
end
$$;

-- Name: FUNCTION change_reasons(host_name text, device_name text, capture_folder text, period tstzrange, since timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.change_reasons(host_name text, device_name text, capture_folder text, period tstzrange, since timestamp with time zone) IS 'What the database learned after a time that changes a device''s past in a period: maintenance, late samples, incidents. Null when it finds nothing.';

-- Name: check_period(tstzrange); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_period(period tstzrange) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if period is null or isempty(period) or lower_inf(period) or upper_inf(period)
        or not lower_inc(period) or upper_inc(period)
        or not isfinite(lower(period)) or not isfinite(upper(period))
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'the period of a report includes its start and not its end, but this one is %s',
                coalesce(period::text, 'null')
            ),
            hint = 'Write it like ''[2026-10-01, 2026-11-01)''; without a time zone it is in that of the session.';
    end if;
    return true;
end
$$;

-- Name: FUNCTION check_period(period tstzrange); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_period(period tstzrange) IS 'True, or an error when a period is not a span from a time up to, not including, a later one. Errors: 22023.';

-- Name: find_report(tstzrange, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.find_report(period tstzrange, as_of timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    found_id constant bigint := (
        select r.report_id
        from incident.sealed_report as r
        where r.period = find_report.period and r.sealed_at <= as_of
        order by r.sealed_at desc, r.report_id desc
        limit 1
    );
begin
    if found_id is null then
        raise exception using
            errcode = 'no_data_found',
            message = format(
                'no report on %s was sealed by %s', coalesce(period::text, 'null'), coalesce(as_of::text, 'null')
            ),
            hint = 'select report_id, period, sealed_at from incident.sealed_report lists what was.';
    end if;
    return found_id;
end
$$;

-- Name: FUNCTION find_report(period tstzrange, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.find_report(period tstzrange, as_of timestamp with time zone) IS 'Number of the report on a period that was the last one sealed at a time. Errors: P0002 when there is none.';

-- Name: sla_target(text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.sla_target(host_name text, device_name text, capture_folder text, component text) RETURNS TABLE(target_percent numeric)
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 SELECT p.sla_target
    FROM incident.policy p
   WHERE ((p.sla_target IS NOT NULL) AND ((p.host_name IS NULL) OR (p.host_name = sla_target.host_name)) AND ((p.device_name IS NULL) OR (p.device_name = sla_target.device_name)) AND ((p.capture_folder IS NULL) OR (p.capture_folder = sla_target.capture_folder)) AND ((p.component IS NULL) OR (p.component = sla_target.component)))
   ORDER BY (((p.host_name IS NOT NULL))::integer + ((p.device_name IS NOT NULL))::integer) DESC, (p.component IS NULL)
  LIMIT 1;
END;

-- Name: FUNCTION sla_target(host_name text, device_name text, capture_folder text, component text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.sla_target(host_name text, device_name text, capture_folder text, component text) IS 'Availability promised, in percent, by the most specific policy row that has one: device before host before all, and a row for the component before one for any. Nulls ask for the whole: (host, null, null, null) for the host, all null for the fleet.';

-- Name: report_line(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.report_line(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) RETURNS TABLE(host_name text, device_name text, capture_folder text, up_seconds numeric, down_seconds numeric, unknown_seconds numeric, no_data_seconds numeric, maintenance_seconds numeric, window_seconds numeric, target_percent numeric, incidents bigint, failures bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH reported AS (
          SELECT i.host_name,
             i.device_name,
             i.capture_folder,
             count(*) AS incidents
            FROM incident_engine.detected_incident(report_line.window_start, report_line.window_end, report_line.as_of) i(incident_id, host_name, device_name, capture_folder, component, severity, root_cause, detected_at, acknowledged_by, resolved_at, time_to_acknowledge, time_to_resolve, time_so_far)
           GROUP BY i.host_name, i.device_name, i.capture_folder
         )
  SELECT a.host_name,
     a.device_name,
     a.capture_folder,
     a.up_seconds,
     a.down_seconds,
     a.unknown_seconds,
     a.no_data_seconds,
     a.maintenance_seconds,
     a.window_seconds,
     t.target_percent,
     COALESCE(r.incidents, (0)::bigint) AS incidents,
     m.failures
    FROM (((incident.availability(report_line.window_start, report_line.window_end, true, 'device'::text, report_line.as_of) a(host_name, device_name, capture_folder, component, availability_percent, sla_status, up_seconds, down_seconds, unknown_seconds, no_data_seconds, maintenance_seconds, window_seconds, coverage_percent, devices, device_id)
      JOIN incident.mtbf(report_line.window_start, report_line.window_end, 'device'::text, report_line.as_of) m(host_name, device_name, capture_folder, component, failures, mtbf_seconds, up_seconds, window_seconds, failing_at_start, still_failing, last_failure_at, devices, device_id) USING (host_name, device_name, capture_folder))
      CROSS JOIN LATERAL incident_engine.sla_target(a.host_name, a.device_name, a.capture_folder, NULL::text) t(target_percent))
      LEFT JOIN reported r USING (host_name, device_name, capture_folder));
END;

-- Name: FUNCTION report_line(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.report_line(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'What a sealed report keeps of each device, by what is known today.';

-- Name: sealed_report; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.sealed_report (
    report_id bigint NOT NULL,
    period tstzrange NOT NULL,
    sealed_at timestamp with time zone DEFAULT now() NOT NULL,
    sealed_by text NOT NULL,
    note text,
    devices integer NOT NULL,
    policy jsonb NOT NULL,
    digest text NOT NULL,
    recorded_by text DEFAULT SESSION_USER,
    CONSTRAINT digest_is_a_sha256 CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT period_is_over_when_it_is_sealed CHECK ((upper(period) <= sealed_at))
);

-- Name: TABLE sealed_report; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.sealed_report IS 'Reports kept as they were given out, written by the function seal_report alone.';

-- Name: COLUMN sealed_report.period; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.sealed_report.period IS 'What it reports on, from its start up to, not including, its end.';

-- Name: COLUMN sealed_report.sealed_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.sealed_report.sealed_at IS 'When; what the database learned later is not in it.';

-- Name: COLUMN sealed_report.sealed_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.sealed_report.sealed_by IS 'Who, as stated to the function.';

-- Name: COLUMN sealed_report.policy; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.sealed_report.policy IS 'incident.policy as it was then.';

-- Name: COLUMN sealed_report.digest; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.sealed_report.digest IS 'SHA-256 of period, policy and lines; the function verify_report works it out again.';

-- Name: COLUMN sealed_report.recorded_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.sealed_report.recorded_by IS 'The database login that sealed it (session_user).';

-- Name: sealed_report_line; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.sealed_report_line (
    report_id bigint NOT NULL,
    host_name text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    up_seconds numeric NOT NULL,
    down_seconds numeric NOT NULL,
    unknown_seconds numeric NOT NULL,
    no_data_seconds numeric NOT NULL,
    maintenance_seconds numeric NOT NULL,
    window_seconds numeric NOT NULL,
    target_percent numeric NOT NULL,
    incidents bigint NOT NULL,
    failures bigint NOT NULL
);

-- Name: TABLE sealed_report_line; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.sealed_report_line IS 'A sealed report''s numbers for each device.';

-- Name: report_as_of(tstzrange, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.report_as_of(period tstzrange, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(host_name text, device_name text, capture_folder text, reported_percent numeric, today_percent numeric, why text, reported_up_seconds numeric, today_up_seconds numeric, reported_down_seconds numeric, today_down_seconds numeric, reported_no_data_seconds numeric, today_no_data_seconds numeric, reported_maintenance_seconds numeric, today_maintenance_seconds numeric, reported_incidents bigint, today_incidents bigint, reported_failures bigint, today_failures bigint, report_id bigint, sealed_at timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH report AS (
          SELECT r_1.report_id,
             r_1.period,
             r_1.sealed_at,
             r_1.sealed_by,
             r_1.note,
             r_1.devices,
             r_1.policy,
             r_1.digest,
             r_1.recorded_by,
             (r_1.policy <> ( SELECT jsonb_agg(to_jsonb(p.*) ORDER BY p.policy_id) AS jsonb_agg
                    FROM incident.policy p)) AS policy_changed
            FROM incident.sealed_report r_1
           WHERE (( SELECT incident_engine.check_period(report_as_of.period) AS check_period) AND (r_1.report_id = ( SELECT incident_engine.find_report(report_as_of.period, report_as_of.as_of) AS find_report)))
         ), line AS (
          SELECT l.report_id,
             l.host_name,
             l.device_name,
             l.capture_folder,
             l.up_seconds,
             l.down_seconds,
             l.unknown_seconds,
             l.no_data_seconds,
             l.maintenance_seconds,
             l.window_seconds,
             l.target_percent,
             l.incidents,
             l.failures
            FROM (incident.sealed_report_line l
              JOIN report r_1 ON ((r_1.report_id = l.report_id)))
         ), compared AS (
          SELECT t.host_name,
             t.device_name,
             t.capture_folder,
             (l.host_name IS NULL) AS is_new,
             COALESCE(((l.up_seconds = t.up_seconds) AND (l.down_seconds = t.down_seconds) AND (l.unknown_seconds = t.unknown_seconds) AND (l.no_data_seconds = t.no_data_seconds) AND (l.maintenance_seconds = t.maintenance_seconds) AND (l.target_percent = t.target_percent) AND (l.incidents = t.incidents) AND (l.failures = t.failures)), false) AS is_same,
             incident_engine.percent(l.up_seconds, ((l.up_seconds + l.down_seconds) + l.no_data_seconds)) AS reported_percent,
             incident_engine.percent(t.up_seconds, ((t.up_seconds + t.down_seconds) + t.no_data_seconds)) AS today_percent,
             l.up_seconds AS reported_up,
             t.up_seconds AS today_up,
             l.down_seconds AS reported_down,
             t.down_seconds AS today_down,
             l.no_data_seconds AS reported_no_data,
             t.no_data_seconds AS today_no_data,
             l.maintenance_seconds AS reported_maintenance,
             t.maintenance_seconds AS today_maintenance,
             l.incidents AS reported_incidents,
             t.incidents AS today_incidents,
             l.failures AS reported_failures,
             t.failures AS today_failures
            FROM (incident_engine.report_line(lower(report_as_of.period), upper(report_as_of.period), GREATEST(now(), report_as_of.as_of)) t(host_name, device_name, capture_folder, up_seconds, down_seconds, unknown_seconds, no_data_seconds, maintenance_seconds, window_seconds, target_percent, incidents, failures)
              LEFT JOIN line l USING (host_name, device_name, capture_folder))
         )
  SELECT c.host_name,
     c.device_name,
     c.capture_folder,
     c.reported_percent,
     c.today_percent,
         CASE
             WHEN (NOT c.is_same) THEN COALESCE(NULLIF(concat_ws('; '::text,
             CASE
                 WHEN c.is_new THEN 'the device was not known yet'::text
                 ELSE NULL::text
             END, incident_engine.change_reasons(c.host_name, c.device_name, c.capture_folder, report_as_of.period, r.sealed_at),
             CASE
                 WHEN r.policy_changed THEN 'incident.policy was changed'::text
                 ELSE NULL::text
             END), ''::text), 'the history was rebuilt, or rows arrived while it was being sealed'::text)
             ELSE NULL::text
         END AS why,
     c.reported_up,
     c.today_up,
     c.reported_down,
     c.today_down,
     c.reported_no_data,
     c.today_no_data,
     c.reported_maintenance,
     c.today_maintenance,
     c.reported_incidents,
     c.today_incidents,
     c.reported_failures,
     c.today_failures,
     r.report_id,
     r.sealed_at
    FROM (compared c
      CROSS JOIN report r)
   ORDER BY c.is_same, c.host_name, c.device_name, c.capture_folder;
END;

-- Name: FUNCTION report_as_of(period tstzrange, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.report_as_of(period tstzrange, as_of timestamp with time zone) IS 'What was reported on a period, by the last report sealed by as_of (default now), beside what is known today, and why they differ: maintenance added or ended since, late samples, incidents recorded, corrected or retracted since, a changed policy. A row a device, changed ones first; why is null where nothing changed. Errors: P0002 when no report on exactly this period was sealed by then, 22023 for a period that is none.';

-- Name: resolve(bigint, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.resolve(incident_id bigint, note text DEFAULT NULL::text, root_cause text DEFAULT NULL::text, operator text DEFAULT SESSION_USER, acted_at timestamp with time zone DEFAULT now()) RETURNS public.system_incident
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    subject constant public.system_incident := incident_engine.begin_incident_change(
        incident_id, operator, acted_at, changes_course => true
    );
begin
    if subject.status in ('resolved', 'closed') then
        raise exception using
            errcode = 'IN001',
            message = format('incident %s is %s already', incident_id, subject.status),
            detail = format('It was resolved at %s by %s.', subject.resolved_at, subject.resolved_by),
            hint = case subject.status
                when 'resolved' then 'Call incident.close(), or incident.reopen() if it is not over.'
                else 'A new failure opens a new incident; incident.comment() still works.'
            end;
    end if;
    update public.system_incident as i
    set status = 'resolved',
        resolved_at = greatest(resolve.acted_at, i.detected_at),
        resolved_by = operator,
        root_cause = coalesce(resolve.root_cause, i.root_cause),
        resolution_notes = coalesce(note, i.resolution_notes),
        acted_at = resolve.acted_at,
        updated_by = operator,
        update_note = note
    where i.host_name = subject.host_name and i.incident_id = resolve.incident_id;
    return incident_engine.end_incident_change(subject);
end
$$;

-- Name: FUNCTION resolve(incident_id bigint, note text, root_cause text, operator text, acted_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.resolve(incident_id bigint, note text, root_cause text, operator text, acted_at timestamp with time zone) IS 'Ends an incident by hand, now: open or in_progress -> resolved. If the device still fails, its next failing sample opens a new incident. note is kept as resolution_notes. operator: who, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN001 when it is resolved or closed already, IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

-- Name: severity_rank(text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.severity_rank(severity text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE severity WHEN 'critical'::text THEN 1 WHEN 'high'::text THEN 2 WHEN 'medium'::text THEN 3 WHEN 'low'::text THEN 4 ELSE NULL::integer END;

-- Name: FUNCTION severity_rank(severity text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.severity_rank(severity text) IS '1 for critical to 4 for low: order by it for the worst first.';

-- Name: response_times(timestamp with time zone, timestamp with time zone, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.response_times(window_start timestamp with time zone DEFAULT (now() - '30 days'::interval), window_end timestamp with time zone DEFAULT now(), by text DEFAULT 'fleet'::text, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(host_name text, device_name text, capture_folder text, component text, severity text, operator text, incidents bigint, acknowledged bigint, mtta_seconds numeric, mtta_median_seconds numeric, mtta_p95_seconds numeric, resolved bigint, mttr_seconds numeric, mttr_median_seconds numeric, mttr_p95_seconds numeric, still_open bigint, waiting bigint, never_acknowledged bigint, mttr_at_least_seconds numeric)
    LANGUAGE sql STABLE ROWS 100
    BEGIN ATOMIC
 WITH scoped AS (
          SELECT
                 CASE
                     WHEN (response_times.by = ANY (ARRAY['host'::text, 'device'::text])) THEN i.host_name
                     ELSE NULL::text
                 END AS host_name,
                 CASE
                     WHEN (response_times.by = 'device'::text) THEN i.device_name
                     ELSE NULL::text
                 END AS device_name,
                 CASE
                     WHEN (response_times.by = 'device'::text) THEN i.capture_folder
                     ELSE NULL::text
                 END AS capture_folder,
                 CASE
                     WHEN (response_times.by = 'component'::text) THEN i.component
                     ELSE NULL::text
                 END AS component,
                 CASE
                     WHEN (response_times.by = 'severity'::text) THEN i.severity
                     ELSE NULL::text
                 END AS severity,
                 CASE
                     WHEN (response_times.by = 'operator'::text) THEN i.acknowledged_by
                     ELSE NULL::text
                 END AS operator,
             i.time_to_acknowledge,
             i.time_to_resolve,
             i.time_so_far
            FROM incident_engine.detected_incident(response_times.window_start, response_times.window_end, response_times.as_of) i(incident_id, host_name, device_name, capture_folder, component, severity, root_cause, detected_at, acknowledged_by, resolved_at, time_to_acknowledge, time_to_resolve, time_so_far)
         ), measured AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s.component,
             s.severity,
             s.operator,
             count(*) AS incidents,
             count(s.time_to_acknowledge) AS acknowledged,
             EXTRACT(epoch FROM sum(s.time_to_acknowledge)) AS to_acknowledge,
             percentile_disc((ARRAY[0.5, (0.5 + 0.000000001), 0.95])::double precision[]) WITHIN GROUP (ORDER BY (date_part('epoch'::text, s.time_to_acknowledge))) AS mtta,
             count(s.time_to_resolve) AS resolved,
             EXTRACT(epoch FROM sum(s.time_to_resolve)) AS to_resolve,
             percentile_disc((ARRAY[0.5, (0.5 + 0.000000001), 0.95])::double precision[]) WITHIN GROUP (ORDER BY (date_part('epoch'::text, s.time_to_resolve))) AS mttr,
             count(*) FILTER (WHERE (s.time_to_resolve IS NULL)) AS still_open,
             count(*) FILTER (WHERE ((s.time_to_resolve IS NULL) AND (s.time_to_acknowledge IS NULL))) AS waiting,
             count(*) FILTER (WHERE ((s.time_to_acknowledge IS NULL) AND (s.time_to_resolve IS NOT NULL))) AS never_acknowledged,
             EXTRACT(epoch FROM sum(s.time_so_far)) AS so_far
            FROM scoped s
           GROUP BY s.host_name, s.device_name, s.capture_folder, s.component, s.severity, s.operator
         )
  SELECT m.host_name,
     m.device_name,
     m.capture_folder,
     m.component,
     m.severity,
     m.operator,
     m.incidents,
     m.acknowledged,
     round((m.to_acknowledge / (NULLIF(m.acknowledged, 0))::numeric), 6) AS mtta_seconds,
     round((((m.mtta[1])::numeric + (m.mtta[2])::numeric) / (2)::numeric), 6) AS mtta_median_seconds,
     round((m.mtta[3])::numeric, 6) AS mtta_p95_seconds,
     m.resolved,
     round((m.to_resolve / (NULLIF(m.resolved, 0))::numeric), 6) AS mttr_seconds,
     round((((m.mttr[1])::numeric + (m.mttr[2])::numeric) / (2)::numeric), 6) AS mttr_median_seconds,
     round((m.mttr[3])::numeric, 6) AS mttr_p95_seconds,
     m.still_open,
     m.waiting,
     m.never_acknowledged,
     round((m.so_far / (m.incidents)::numeric), 6) AS mttr_at_least_seconds
    FROM measured m
   WHERE ( SELECT incident_engine.check_report(response_times.window_start, response_times.window_end, response_times.as_of, response_times.by, ARRAY['fleet'::text, 'host'::text, 'device'::text, 'component'::text, 'severity'::text, 'operator'::text]) AS check_report)
   ORDER BY m.host_name, m.device_name, m.capture_folder, m.component, (incident.severity_rank(m.severity)), m.operator;
END;

-- Name: FUNCTION response_times(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.response_times(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) IS 'How fast were people and systems? MTTA and MTTR of the incidents detected in a window, by default the last 30 days, as they stood at as_of. by: fleet, host, device, component, severity or operator (who acknowledged; null for what nobody did). Retracted incidents are left out. MTTA is the mean time from detection to acknowledgement, over the acknowledged ones (a usual metric of on-call tools; ITIL has none). MTTR is the mean time from detection to resolution, over the resolved ones: the mean time to restoration of IEC 60050-192 counted from detection, in ITIL the mean time to restore service. Each also as median, and as p95, the shortest time that 95 percent of them did not exceed (nearest rank). In seconds, means and medians rounded to the microsecond. What is not over yet is counted, not dropped: incidents = resolved + still_open, and = acknowledged + waiting (open, nobody on it) + never_acknowledged (recovered by itself); mttr_at_least_seconds is the mean with each open one taken as resolved at as_of, so that the true mean will not be less. Errors: 22023.';

-- Name: retire_device(text, text, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.retire_device(host_name text, device_name text, capture_folder text, reason text, operator text DEFAULT SESSION_USER, retired_at timestamp with time zone DEFAULT now()) RETURNS incident.retirement
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    retired incident.retirement;
    newest timestamptz;
    subject text;
begin
    perform incident_engine.require_text(host_name, 'host_name');
    perform incident_engine.require_text(reason, 'reason');
    perform incident_engine.require_text(operator, 'operator');
    subject := case
        when device_name is null and capture_folder is null then format('host %s', host_name)
        else format('device %s, %s (%s)', host_name, device_name, capture_folder)
    end;
    if retired_at is null or not isfinite(retired_at) or retired_at > now() then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('retired_at must be a moment that has come, but is %s', coalesce(retired_at::text, 'null')),
            hint = 'Leave it out for now().';
    end if;
    perform incident_engine.lock_hosts(array[host_name]);

    select max(incident_engine.sample_before(
        d.host_name, d.device_name, d.capture_folder, now() + interval '5 minutes', d.first_sample_at
    ))
    into newest
    from incident.device as d
    where
        d.host_name = retire_device.host_name
        and (
            (retire_device.device_name is null and retire_device.capture_folder is null)
            or (d.device_name, d.capture_folder) = (retire_device.device_name, retire_device.capture_folder)
        );
    if device_name is null and capture_folder is null then
        newest := greatest(newest, incident_engine.last_signal(host_name, now() + interval '5 minutes'));
    end if;
    if newest is null then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no %s', subject),
            hint = 'select host_name, device_name, capture_folder from incident.device lists them; leave device_name and '
            'capture_folder out for the host with all its devices.';
    end if;
    if newest > retired_at then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s has reported since %s', subject, retired_at),
            detail = format('Its newest sample is of %s; a sample brings back what is retired.', newest),
            hint = 'Stop its agent first, then leave retired_at out for now().';
    end if;

    insert into incident.retirement (host_name, device_name, capture_folder, retired_at, reason, retired_by)
    values (
        retire_device.host_name,
        retire_device.device_name,
        retire_device.capture_folder,
        retire_device.retired_at,
        retire_device.reason,
        operator
    )
    returning * into retired;

    perform incident.resolve(
        i.incident_id, format('retired: %s', retire_device.reason), operator => operator,
        acted_at => greatest(retire_device.retired_at, i.detected_at)
    )
    from public.system_incident as i
    where
        i.host_name = retire_device.host_name
        and (
            retire_device.device_name is null
            or (i.device_name, i.capture_folder) = (retire_device.device_name, retire_device.capture_folder)
        )
        and i.component <> 'system'
        and i.status in ('open', 'in_progress');
    perform incident_engine.fold(
        array[(host_name, '', '', retired_at, retired_at)::incident_engine.touch]
    );
    return retired;
end
$$;

-- Name: FUNCTION retire_device(host_name text, device_name text, capture_folder text, reason text, operator text, retired_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.retire_device(host_name text, device_name text, capture_folder text, reason text, operator text, retired_at timestamp with time zone) IS 'Takes a device out of service, or a host with all its devices (device_name and capture_folder null): from then on its silence is no incident, and what is active is resolved at that moment. A later sample brings it back, and so does incident.reinstate_device(). operator: who, by default the login. retired_at: when, by default now. Returns the retirement. Errors: P0002 for an unknown device, 22023 when it has reported since or for a moment to come, 22004 for a null where a value is needed, 55P03 when another transaction holds the host for over 5 seconds.';

-- Name: schedule_sweep(); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.schedule_sweep() RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
    if to_regclass('cron.job') is null then
        update incident_engine.sweep_state as s set is_scheduled = false where s.is_scheduled;
        return false;
    end if;
    -- By name: scheduled again it stays one job.
    execute 'select cron.schedule($1, $2, $3)' using 'pg_incident sweep', '* * * * *', 'select incident.sweep()';
    update incident_engine.sweep_state as s set is_scheduled = true where not s.is_scheduled;
    return true;
exception
    when insufficient_privilege then
        return false;
end
$_$;

-- Name: FUNCTION schedule_sweep(); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.schedule_sweep() IS 'Has pg_cron run the sweep every minute, when it is installed in this database and the caller may use it; make migrate calls this. From then on the arrival of host metrics sets the sweep off only when it has not run for 3 minutes. Returns whether it is scheduled. Without pg_cron it does nothing.';

-- Name: seal_report(tstzrange, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.seal_report(period tstzrange, note text DEFAULT NULL::text, operator text DEFAULT SESSION_USER) RETURNS incident.sealed_report
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    sealed incident.sealed_report;
begin
    perform incident_engine.check_period(period);
    perform incident_engine.require_operator(operator);
    -- Whether a device was silent at the end shows only when silence that began there would count.
    if upper(period) + longest > now() then
        raise exception using
            errcode = 'object_not_in_prerequisite_state',
            message = format('the period %s is not over and known yet', period),
            hint = format('Seal it after %s, or name an earlier end.', upper(period) + longest);
    end if;

    insert into incident.sealed_report (period, sealed_by, note, devices, policy, digest)
    values (
        seal_report.period, operator, seal_report.note, 0,
        (select jsonb_agg(to_jsonb(p) order by p.policy_id) from incident.policy as p), repeat('0', 64)
    )
    returning * into sealed;

    insert into incident.sealed_report_line
    select sealed.report_id, l.*
    from incident_engine.report_line(lower(seal_report.period), upper(seal_report.period), now()) as l;

    update incident.sealed_report as r
    set digest = incident_engine.report_digest(r.report_id),
        devices = (select count(*) from incident.sealed_report_line as l where l.report_id = r.report_id)
    where r.report_id = sealed.report_id
    returning * into sealed;
    return sealed;
end
$$;

-- Name: FUNCTION seal_report(period tstzrange, note text, operator text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.seal_report(period tstzrange, note text, operator text) IS 'Keeps what is reported for a period, as ''[2026-10-01, 2026-11-01)'', for each device, with a digest: what later changes the past (late rows, maintenance, policy) does not change it, and incident.report_as_of() shows both. A period may be sealed again. operator: who, by default the login. Returns the report. Errors: 22023 for a period that is none, 55000 for one that is not over, 22004 for a null operator.';

-- Name: set_policy(text, text, text, text, interval, interval, numeric, interval, interval, interval, numeric, numeric, interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, interval, timestamp with time zone, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.set_policy(host_name text DEFAULT NULL::text, device_name text DEFAULT NULL::text, capture_folder text DEFAULT NULL::text, component text DEFAULT NULL::text, sample_interval interval DEFAULT NULL::interval, no_data_after interval DEFAULT NULL::interval, sla_target numeric DEFAULT NULL::numeric, open_after interval DEFAULT NULL::interval, resolve_after interval DEFAULT NULL::interval, reopen_within interval DEFAULT NULL::interval, flapping_start_percent numeric DEFAULT NULL::numeric, flapping_stop_percent numeric DEFAULT NULL::numeric, new_device_grace interval DEFAULT NULL::interval, cpu_percent_limit numeric DEFAULT NULL::numeric, cpu_samples integer DEFAULT NULL::integer, memory_percent_limit numeric DEFAULT NULL::numeric, memory_samples integer DEFAULT NULL::integer, disk_percent_limit numeric DEFAULT NULL::numeric, disk_samples integer DEFAULT NULL::integer, temperature_celsius_limit numeric DEFAULT NULL::numeric, temperature_samples integer DEFAULT NULL::integer, close_after interval DEFAULT NULL::interval, refold_since timestamp with time zone DEFAULT '-infinity'::timestamp with time zone, operator text DEFAULT SESSION_USER, note text DEFAULT NULL::text) RETURNS incident.policy
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    known incident.policy;
    changes constant incident.policy := row(
        null, host_name, device_name, capture_folder, component, sample_interval, no_data_after, sla_target,
        open_after, resolve_after, reopen_within, flapping_start_percent, flapping_stop_percent,
        new_device_grace, cpu_percent_limit, cpu_samples, memory_percent_limit, memory_samples,
        disk_percent_limit, disk_samples, temperature_celsius_limit, temperature_samples, close_after
    )::incident.policy;
    written incident.policy;
begin
    perform incident_engine.begin_policy_change(changes, refold_since, operator, note);
    select p.*
    into known
    from incident.policy as p
    where
        (p.host_name, p.device_name, p.capture_folder, p.component)
        is not distinct from (changes.host_name, changes.device_name, changes.capture_folder, changes.component);
    if to_jsonb(changes) = to_jsonb(row(
        null, changes.host_name, changes.device_name, changes.capture_folder, changes.component,
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null
    )::incident.policy) then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'there is nothing to set: every setting is null',
            hint = 'Name a setting, or take a value back with incident.unset_policy(''setting'').';
    end if;
    written := incident_engine.merge_policy(changes);
    perform incident_engine.apply_policy(known, written, refold_since);
    return written;
end
$$;

-- Name: FUNCTION set_policy(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, sla_target numeric, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, close_after interval, refold_since timestamp with time zone, operator text, note text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.set_policy(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, sla_target numeric, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, close_after interval, refold_since timestamp with time zone, operator text, note text) IS 'Sets what counts, for all, a host, a device, or a component of these. What is left out stays as it is; the most specific scope that has a value wins, value by value (policy_for shows them). History and incidents since refold_since, by default all, are made what the new policy tells, in this transaction: it takes as long as reading the samples of the hosts concerned, and their writers wait for each other meanwhile. infinity leaves the past as it is until something else folds it. Written to policy_change. Percentages from 0 to 100, intervals as of the columns of policy. Returns the row of the scope. Errors: 22023 for nonsense, with the rule it breaks, 22004 for nothing to set, 55P03 when another transaction holds a host for over 5 seconds.';

-- Name: retention; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.retention (
    only_row boolean DEFAULT true NOT NULL,
    keep_samples interval,
    CONSTRAINT keep_samples_is_two_days_or_longer CHECK ((keep_samples >= '2 days'::interval)),
    CONSTRAINT there_is_one_row CHECK (only_row)
);

-- Name: TABLE retention; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.retention IS 'How long raw samples are kept. History and incidents stay for ever. One row.';

-- Name: COLUMN retention.keep_samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retention.keep_samples IS 'Whole days (UTC) of samples older than this are removed by the sweep. Null, the default: never.';

-- Name: set_retention(interval, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.set_retention(keep_samples interval, operator text DEFAULT SESSION_USER, note text DEFAULT NULL::text) RETURNS incident.retention
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    written incident.retention;
begin
    perform incident_engine.require_text(operator, 'operator');
    if keep_samples < interval '2 days' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('keep_samples must be 2 days or longer, but is %s', keep_samples),
            detail = 'What arrives later than that is stored, but changes neither history nor incidents any more.',
            hint = 'Name a longer time; null keeps samples for ever.';
    end if;
    perform set_config('incident_engine.policy_operator', operator, true);
    perform set_config('incident_engine.policy_note', coalesce(note, ''), true);
    update incident.retention as r
    set keep_samples = set_retention.keep_samples
    where r.only_row
    returning r.* into written;
    return written;
end
$$;

-- Name: FUNCTION set_retention(keep_samples interval, operator text, note text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.set_retention(keep_samples interval, operator text, note text) IS 'How long raw samples are kept: the sweep removes whole days (UTC) that are older. History, incidents and reports stay; samples that arrive later than this are stored, but change nothing any more. null: for ever. Cannot be undone for what is gone. Errors: 22023 for less than 2 days.';

-- Name: sla_report(timestamp with time zone, timestamp with time zone, boolean, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.sla_report(window_start timestamp with time zone DEFAULT date_trunc('month'::text, now()), window_end timestamp with time zone DEFAULT (date_trunc('month'::text, now()) + '1 mon'::interval), count_no_data boolean DEFAULT true, by text DEFAULT 'device'::text, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(host_name text, device_name text, capture_folder text, component text, target_percent numeric, availability_percent numeric, compliant boolean, sla_status text, allowed_downtime_seconds numeric, downtime_seconds numeric, budget_left_seconds numeric, budget_left_percent numeric, burn_rate_1h numeric, burn_rate_6h numeric, burn_rate_3d numeric, projected_exhaustion timestamp with time zone, up_seconds numeric, counted_seconds numeric, devices bigint, device_id text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH reach AS MATERIALIZED (
          SELECT sla_report.window_start AS report_start,
             (r.end_time - '01:00:00'::interval) AS hour_start,
             (r.end_time - '06:00:00'::interval) AS six_hours_start,
             (r.end_time - '3 days'::interval) AS three_days_start
            FROM ( SELECT LEAST(sla_report.window_end, sla_report.as_of) AS end_time) r
         ), piece AS (
          SELECT
                 CASE
                     WHEN (sla_report.by <> 'fleet'::text) THEN p.host_name
                     ELSE NULL::text
                 END AS host_name,
                 CASE
                     WHEN (sla_report.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.device_name
                     ELSE NULL::text
                 END AS device_name,
                 CASE
                     WHEN (sla_report.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.capture_folder
                     ELSE NULL::text
                 END AS capture_folder,
                 CASE
                     WHEN (sla_report.by = ANY (ARRAY['device'::text, 'component'::text])) THEN p.device_id
                     ELSE NULL::text
                 END AS device_id,
             (p.ffmpeg_status = 'window'::text) AS is_window,
             ((p.ffmpeg_status = 'active'::text) AND ((sla_report.by = 'component'::text) OR (p.monitor_status = 'active'::text))) AS is_up,
             ((p.ffmpeg_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) OR ((sla_report.by <> 'component'::text) AND (p.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text]))) OR (sla_report.count_no_data AND (p.ffmpeg_status = 'no_data'::text))) AS is_lost,
             ((sla_report.by = 'component'::text) AND (p.monitor_status = 'active'::text)) AS is_monitor_up,
             ((sla_report.by = 'component'::text) AND ((p.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) OR (sla_report.count_no_data AND (p.monitor_status = 'no_data'::text)))) AS is_monitor_lost,
             (GREATEST(p.ended_at, r.report_start) - GREATEST(p.started_at, r.report_start)) AS in_window,
             ((p.ended_at > r.three_days_start) OR (p.started_at > r.three_days_start)) AS is_recent,
             (GREATEST(p.ended_at, r.hour_start) - GREATEST(p.started_at, r.hour_start)) AS in_1h,
             (GREATEST(p.ended_at, r.six_hours_start) - GREATEST(p.started_at, r.six_hours_start)) AS in_6h,
             (GREATEST(p.ended_at, r.three_days_start) - GREATEST(p.started_at, r.three_days_start)) AS in_3d
            FROM (incident_engine.counted_piece(LEAST(sla_report.window_start, (LEAST(sla_report.window_end, sla_report.as_of) - '3 days'::interval)), sla_report.window_end, sla_report.as_of) p(host_name, device_name, capture_folder, device_id, ffmpeg_status, monitor_status, started_at, ended_at)
              CROSS JOIN reach r)
           WHERE (sla_report.window_start < LEAST(sla_report.window_end, sla_report.as_of))
         ), summed AS (
          SELECT p.host_name,
             p.device_name,
             p.capture_folder,
             max(p.device_id) AS device_id,
             count(*) FILTER (WHERE p.is_window) AS devices,
             sum(p.in_window) FILTER (WHERE p.is_up) AS up,
             sum(p.in_window) FILTER (WHERE p.is_lost) AS lost,
             sum(p.in_1h) FILTER (WHERE (p.is_recent AND p.is_up)) AS up_1h,
             sum(p.in_1h) FILTER (WHERE (p.is_recent AND p.is_lost)) AS lost_1h,
             sum(p.in_6h) FILTER (WHERE (p.is_recent AND p.is_up)) AS up_6h,
             sum(p.in_6h) FILTER (WHERE (p.is_recent AND p.is_lost)) AS lost_6h,
             sum(p.in_3d) FILTER (WHERE (p.is_recent AND p.is_up)) AS up_3d,
             sum(p.in_3d) FILTER (WHERE (p.is_recent AND p.is_lost)) AS lost_3d,
             sum(p.in_window) FILTER (WHERE p.is_monitor_up) AS monitor_up,
             sum(p.in_window) FILTER (WHERE p.is_monitor_lost) AS monitor_lost,
             sum(p.in_1h) FILTER (WHERE (p.is_recent AND p.is_monitor_up)) AS monitor_up_1h,
             sum(p.in_1h) FILTER (WHERE (p.is_recent AND p.is_monitor_lost)) AS monitor_lost_1h,
             sum(p.in_6h) FILTER (WHERE (p.is_recent AND p.is_monitor_up)) AS monitor_up_6h,
             sum(p.in_6h) FILTER (WHERE (p.is_recent AND p.is_monitor_lost)) AS monitor_lost_6h,
             sum(p.in_3d) FILTER (WHERE (p.is_recent AND p.is_monitor_up)) AS monitor_up_3d,
             sum(p.in_3d) FILTER (WHERE (p.is_recent AND p.is_monitor_lost)) AS monitor_lost_3d
            FROM piece p
           GROUP BY p.host_name, p.device_name, p.capture_folder
         ), spent AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s.device_id,
             s.devices,
             c.component,
             t.up,
             t.lost,
             t.up_1h,
             t.lost_1h,
             t.up_6h,
             t.lost_6h,
             t.up_3d,
             t.lost_3d
            FROM ((summed s
              CROSS JOIN LATERAL ( VALUES (NULL::text,(sla_report.by <> 'component'::text),s.up,s.lost,s.up_1h,s.lost_1h,s.up_6h,s.lost_6h,s.up_3d,s.lost_3d), ('ffmpeg'::text,(sla_report.by = 'component'::text),s.up,s.lost,s.up_1h,s.lost_1h,s.up_6h,s.lost_6h,s.up_3d,s.lost_3d), ('monitor'::text,(sla_report.by = 'component'::text),s.monitor_up,s.monitor_lost,s.monitor_up_1h,s.monitor_lost_1h,s.monitor_up_6h,s.monitor_lost_6h,s.monitor_up_3d,s.monitor_lost_3d)) c(component, is_asked, up, lost, up_1h, lost_1h, up_6h, lost_6h, up_3d, lost_3d))
              CROSS JOIN LATERAL ( SELECT COALESCE(EXTRACT(epoch FROM c.up), (0)::numeric) AS up,
                     COALESCE(EXTRACT(epoch FROM c.lost), (0)::numeric) AS lost,
                     COALESCE(EXTRACT(epoch FROM c.up_1h), (0)::numeric) AS up_1h,
                     COALESCE(EXTRACT(epoch FROM c.lost_1h), (0)::numeric) AS lost_1h,
                     COALESCE(EXTRACT(epoch FROM c.up_6h), (0)::numeric) AS up_6h,
                     COALESCE(EXTRACT(epoch FROM c.lost_6h), (0)::numeric) AS lost_6h,
                     COALESCE(EXTRACT(epoch FROM c.up_3d), (0)::numeric) AS up_3d,
                     COALESCE(EXTRACT(epoch FROM c.lost_3d), (0)::numeric) AS lost_3d
                    FROM ( VALUES (true)) single("row")
                  OFFSET 0) t)
           WHERE c.is_asked
         ), budget AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             s.device_id,
             s.devices,
             s.component,
             s.up,
             s.lost,
             s.up_1h,
             s.lost_1h,
             s.up_6h,
             s.lost_6h,
             s.up_3d,
             s.lost_3d,
             promised.target_percent,
             rated.counted,
             rated.availability,
             rated.allowed_part,
             rated.allowed
            FROM ((spent s
              CROSS JOIN LATERAL incident_engine.sla_target(s.host_name, s.device_name, s.capture_folder, s.component) promised(target_percent))
              CROSS JOIN LATERAL ( SELECT (s.up + s.lost) AS counted,
                     incident_engine.percent(s.up, (s.up + s.lost)) AS availability,
                     (((100)::numeric - promised.target_percent) * 0.01) AS allowed_part,
                     trunc(((((100)::numeric - promised.target_percent) * 0.01) * ((s.up + s.lost) + ((s.devices)::numeric * GREATEST(EXTRACT(epoch FROM (sla_report.window_end - sla_report.as_of)), (0)::numeric)))), 6) AS allowed
                    FROM ( VALUES (true)) single("row")
                  OFFSET 0) rated)
         )
  SELECT b.host_name,
     b.device_name,
     b.capture_folder,
     b.component,
     b.target_percent,
     b.availability,
         CASE
             WHEN (b.counted > (0)::numeric) THEN (((100)::numeric * b.up) >= (b.target_percent * b.counted))
             ELSE NULL::boolean
         END AS compliant,
     incident.sla_status(b.availability) AS sla_status,
     b.allowed,
     b.lost,
     (b.allowed - b.lost) AS budget_left_seconds,
     round((floor((((1000000)::numeric * (b.allowed - b.lost)) / NULLIF(b.allowed, (0)::numeric))) / (10000)::numeric), 4) AS budget_left_percent,
     round((b.lost_1h / NULLIF(((b.up_1h + b.lost_1h) * b.allowed_part), (0)::numeric)), 2) AS burn_rate_1h,
     round((b.lost_6h / NULLIF(((b.up_6h + b.lost_6h) * b.allowed_part), (0)::numeric)), 2) AS burn_rate_6h,
     round((b.lost_3d / NULLIF(((b.up_3d + b.lost_3d) * b.allowed_part), (0)::numeric)), 2) AS burn_rate_3d,
         CASE
             WHEN (sla_report.as_of > sla_report.window_end) THEN NULL::timestamp with time zone
             WHEN (b.allowed <= b.lost) THEN sla_report.as_of
             WHEN (b.lost_3d > (0)::numeric) THEN (sla_report.as_of + make_interval(secs => (round(((((b.allowed - b.lost) * (b.up_3d + b.lost_3d)) / b.lost_3d) / (b.devices)::numeric)))::double precision))
             ELSE NULL::timestamp with time zone
         END AS projected_exhaustion,
     b.up,
     b.counted,
     b.devices,
     b.device_id
    FROM budget b
   WHERE ( SELECT incident_engine.check_report(sla_report.window_start, sla_report.window_end, sla_report.as_of, sla_report.by, ARRAY['device'::text, 'component'::text, 'host'::text, 'fleet'::text]) AS check_report)
   ORDER BY b.host_name, b.device_name, b.capture_folder, b.component;
END;

-- Name: FUNCTION sla_report(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.sla_report(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) IS 'Do we keep what we promised, and how much may still go wrong? By default for the present calendar month, in the time zone of the session. by: device, component, host or fleet. target_percent: sla_target of the most specific incident.policy row. availability_percent, sla_status: as in incident.availability, for what has passed of the window. compliant: whether availability has reached the target so far, by exact seconds. The error budget (Google, Site Reliability Engineering, chapter 3) is what the target allows to be lost: allowed_downtime_seconds = (100 - target) percent of the counted time (up, down, no_data unless count_no_data is false), the part of the window after as_of counted in full. downtime_seconds = down + no_data. budget_left_seconds = allowed - downtime, negative when overspent; budget_left_percent = that of allowed, rounded down. burn_rate_1h, _6h, _3d (Google, The Site Reliability Workbook, chapter 5): the part lost of the last hour, 6 hours, 3 days of the window, divided by the part that may be lost; 1 spends exactly the budget; for a 30 day window the workbook pages at 14.4 (1 h) and 6 (6 h) and opens a ticket at 1 (3 d). projected_exhaustion: when the budget is gone if things go on as in the last 3 days; as_of when it is; null for a window that is over, and when nothing is being lost. Null where there is nothing to divide (a target of 100 leaves no budget). Errors: 22023.';

-- Name: silence_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.silence_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) RETURNS TABLE(host_name text, device_name text, capture_folder text, from_time timestamp with time zone, to_time timestamp with time zone, is_silent boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET jit TO 'off'
    AS $$
declare
    shortest constant interval := (select min(p.no_data_after) from incident.policy as p);
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    horizon constant timestamptz := as_of + interval '5 minutes';
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
    -- Silence that began earlier had lasted long enough when the last sweep looked.
    known_to constant timestamptz := swept_to - longest;
    seen_from constant timestamptz := greatest(known_to, window_start - longest);
    short_ago constant timestamptz := as_of - shortest;
    is_repaired constant boolean := not exists (select from incident_engine.error as e where e.repaired_at is null);
    suspects incident.device[];
begin
    -- The sweep has recorded what could matter, unless a fold failed and waits for its retry.
    if window_end <= known_to and is_repaired then
        return;
    end if;

    -- Cheapest first, one short look a device: no silence is shorter than the shortest that counts. A silence that is not
    -- over at as_of has no sample since short_ago, and one that ended since the last sweep has none from short_ago up to
    -- that sweep. Samples newer than as_of would have to be looked at too.
    if swept_to > short_ago and seen_from = known_to and is_repaired then
        suspects := (
            select array_agg(d)
            from incident.device as d
            cross join lateral (
                select
                    bool_or(m.timestamp <= swept_to) as reported_before,
                    bool_or(m.timestamp > as_of) as reported_after
                from public.system_device_metrics as m
                where
                    m.host_name = d.host_name
                    and m.device_name = d.device_name
                    and m.capture_folder = d.capture_folder
                    and m.timestamp > short_ago
                    and m.timestamp <= horizon
            ) as s
            where coalesce(s.reported_after or not s.reported_before, true)
        );
    else
        suspects := (select array_agg(d) from incident.device as d);
    end if;
    if suspects is null then
        return;
    end if;

    -- Of these, those that may have been silent for as long as counts.
    suspects := (
        select array_agg(d)
        from unnest(suspects) as d
        cross join lateral (
            select array_agg(m.timestamp order by m.timestamp) as times
            from public.system_device_metrics as m
            where
                m.host_name = d.host_name
                and m.device_name = d.device_name
                and m.capture_folder = d.capture_folder
                and m.timestamp > seen_from
                and m.timestamp <= horizon
        ) as s
        where
            (d.ffmpeg_status <> 'no_data' and coalesce(s.times[cardinality(s.times)] <= as_of - shortest, true))
            or (seen_from > known_to and s.times[1] > window_start)
            or (
                s.times[cardinality(s.times)] >= s.times[1] + shortest
                and exists (
                    select
                    from unnest(s.times[2:], s.times[:cardinality(s.times) - 1]) as pair (later, earlier)
                    where pair.later >= pair.earlier + shortest
                )
            )
    );
    if suspects is null then
        return;
    end if;

    return query
    with suspect as materialized (
        select
            d.host_name, d.device_name, d.capture_folder, d.ffmpeg_status, d.state_started_at, d.first_sample_at, s.times,
            p.sample_interval, p.no_data_after
        from unnest(suspects) as d
        cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
        cross join lateral (
            select array_agg(m.timestamp order by m.timestamp) as times
            from public.system_device_metrics as m
            where
                m.host_name = d.host_name
                and m.device_name = d.device_name
                and m.capture_folder = d.capture_folder
                and m.timestamp > seen_from
                and m.timestamp <= horizon
        ) as s
    ),

    gap as (
        select s.*, pair.earlier, pair.later
        from suspect as s
        cross join lateral unnest(s.times[:cardinality(s.times) - 1], s.times[2:]) as pair (earlier, later)
        union all
        select
            s.*,
            incident_engine.sample_before(
                s.host_name, s.device_name, s.capture_folder, s.times[1], s.first_sample_at
            ),
            s.times[1]
        from suspect as s
        where seen_from > known_to and s.times[1] > window_start
        union all
        select
            s.*,
            coalesce(
                s.times[cardinality(s.times)],
                (
                    select max(m.timestamp)
                    from public.system_device_metrics as m
                    where
                        m.host_name = s.host_name
                        and m.device_name = s.device_name
                        and m.capture_folder = s.capture_folder
                        and m.timestamp > as_of - interval '1 day'
                        and m.timestamp <= horizon
                ),
                incident_engine.sample_before(
                    s.host_name, s.device_name, s.capture_folder, horizon, s.state_started_at
                ),
                s.state_started_at
            ),
            null
        from suspect as s
        where s.ffmpeg_status <> 'no_data'
    ),

    silent as (
        select
            g.host_name,
            g.device_name,
            g.capture_folder,
            range_agg(tstzrange(g.earlier + g.sample_interval, g.later)) as silence
        from gap as g
        where
            g.earlier + g.no_data_after <= coalesce(g.later, as_of)
            and g.earlier + g.sample_interval < window_end
            and coalesce(g.later > window_start, true)
        group by g.host_name, g.device_name, g.capture_folder
    )

    select s.host_name, s.device_name, s.capture_folder, lower(piece), coalesce(upper(piece), 'infinity'), true
    from silent as s
    cross join lateral unnest(s.silence) as piece
    union all
    select
        s.host_name, s.device_name, s.capture_folder,
        coalesce(lower(piece), '-infinity'), coalesce(upper(piece), 'infinity'), false
    from silent as s
    cross join lateral unnest(tstzmultirange(tstzrange(null, null)) - s.silence) as piece;
end
$$;

-- Name: FUNCTION silence_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.silence_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'All of time cut into silence and the rest, for each device that was silent in the window, or is at as_of, and whose silence no sweep has recorded yet. Devices of which all is recorded are not listed. Looks at the samples since the last sweep: one short index scan a device while the sweep runs; where none ever ran, at all samples of the window.';

-- Name: state_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.state_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) RETURNS TABLE(host_name text, device_name text, capture_folder text, started_at timestamp with time zone, ended_at timestamp with time zone, ffmpeg_status text, monitor_status text, in_maintenance boolean)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 WITH clipped AS (
          SELECT s.host_name,
             s.device_name,
             s.capture_folder,
             GREATEST(s.started_at, q.from_time, state_piece.window_start) AS started_at,
             LEAST(s.ended_at, q.to_time, state_piece.window_end, state_piece.as_of) AS ended_at,
                 CASE
                     WHEN q.is_silent THEN 'no_data'::text
                     ELSE s.ffmpeg_status
                 END AS ffmpeg_status,
                 CASE
                     WHEN q.is_silent THEN 'no_data'::text
                     ELSE s.monitor_status
                 END AS monitor_status
            FROM (incident.device_state s
              LEFT JOIN incident_engine.silence_piece(state_piece.window_start, LEAST(state_piece.window_end, state_piece.as_of), state_piece.as_of) q(host_name, device_name, capture_folder, from_time, to_time, is_silent) ON (((s.host_name = q.host_name) AND (s.device_name = q.device_name) AND (s.capture_folder = q.capture_folder) AND (s.started_at < q.to_time) AND (s.ended_at > q.from_time))))
           WHERE ((s.ended_at > state_piece.window_start) AND (s.started_at < LEAST(state_piece.window_end, state_piece.as_of)))
         )
  SELECT c.host_name,
     c.device_name,
     c.capture_folder,
     GREATEST(c.started_at, p.from_time) AS started_at,
     LEAST(c.ended_at, p.to_time) AS ended_at,
     c.ffmpeg_status,
     c.monitor_status,
     COALESCE(p.in_maintenance, false) AS in_maintenance
    FROM (clipped c
      LEFT JOIN incident_engine.maintenance_piece(state_piece.window_start, state_piece.window_end) p(host_name, device_name, capture_folder, from_time, to_time, in_maintenance) ON (((c.host_name = p.host_name) AND (c.device_name = p.device_name) AND (c.capture_folder = p.capture_folder) AND (c.started_at < p.to_time) AND (c.ended_at > p.from_time))))
   WHERE (c.started_at < c.ended_at);
END;

-- Name: FUNCTION state_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.state_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'The state history of all devices clipped to a window, not counting what is later than as_of, with the silence that no sweep has recorded yet, and cut where maintenance starts and ends. All availability is a sum over these pieces.';

-- Name: state_history(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.state_history(window_start timestamp with time zone DEFAULT (now() - '24:00:00'::interval), window_end timestamp with time zone DEFAULT now(), as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(host_name text, device_name text, capture_folder text, started_at timestamp with time zone, ended_at timestamp with time zone, state text, ffmpeg_status text, monitor_status text, in_maintenance boolean)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 SELECT p.host_name,
     p.device_name,
     p.capture_folder,
     p.started_at,
     p.ended_at,
         CASE
             WHEN p.in_maintenance THEN 'maintenance'::text
             WHEN (('stopped'::text = p.ffmpeg_status) OR ('stopped'::text = p.monitor_status)) THEN 'stopped'::text
             WHEN (('stuck'::text = p.ffmpeg_status) OR ('stuck'::text = p.monitor_status)) THEN 'stuck'::text
             WHEN (p.ffmpeg_status = 'no_data'::text) THEN 'no_data'::text
             WHEN (('unknown'::text = p.ffmpeg_status) OR ('unknown'::text = p.monitor_status)) THEN 'unknown'::text
             ELSE 'active'::text
         END AS state,
     p.ffmpeg_status,
     p.monitor_status,
     p.in_maintenance
    FROM incident_engine.state_piece(state_history.window_start, state_history.window_end, state_history.as_of) p(host_name, device_name, capture_folder, started_at, ended_at, ffmpeg_status, monitor_status, in_maintenance);
END;

-- Name: FUNCTION state_history(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.state_history(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) IS 'What each device was doing, moment by moment, in a window (by default the last 24 hours) up to as_of: incident.device_state clipped to the window, with the silence that no sweep has recorded yet and with maintenance. state is one word for the device: maintenance, else the worse of its two components (stopped, stuck), else no_data, unknown or active. The pieces of a device follow each other without holes.';

-- Name: status(timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.status(as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(topic text, answer text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH active AS (
          SELECT i.incident_id,
             i.incident_uuid,
             i.host_name,
             i.device_id,
             i.device_name,
             i.capture_folder,
             i.video_device,
             i.incident_type,
             i.severity,
             i.component,
             i.status,
             i.detected_at,
             i.acknowledged_at,
             i.resolved_at,
             i.closed_at,
             i.detection_to_ack_minutes,
             i.ack_to_resolution_minutes,
             i.total_duration_minutes,
             i.description,
             i.root_cause,
             i.resolution_notes,
             i.created_at,
             i.updated_at,
             i.detected_severity,
             i.severity_since,
             i.reason,
             i.acknowledged_by,
             i.assignee,
             i.resolved_by,
             i.closed_by,
             i.reopen_count,
             i.retracted_at,
             i.updated_by,
             i.update_note,
             i.acted_at,
             i.anchored_at,
             i.engine_reopen_count,
             i.reopened_at,
             i.flapping_since,
             i.part_of,
             i.announced_at,
             row_number() OVER (ORDER BY (incident.severity_rank(i.severity)), i.detected_at, i.incident_id) AS place
            FROM public.system_incident i
           WHERE (i.status = ANY (ARRAY['open'::text, 'in_progress'::text]))
         ), counts AS (
          SELECT count(*) AS active,
             count(*) FILTER (WHERE (a.severity = 'critical'::text)) AS critical,
             count(*) FILTER (WHERE (a.status = 'open'::text)) AS unacknowledged
            FROM active a
         ), day AS MATERIALIZED (
          SELECT availability.host_name,
             availability.device_name,
             availability.capture_folder,
             availability.component,
             availability.availability_percent,
             availability.sla_status,
             availability.up_seconds,
             availability.down_seconds,
             availability.unknown_seconds,
             availability.no_data_seconds,
             availability.maintenance_seconds,
             availability.window_seconds,
             availability.coverage_percent,
             availability.devices,
             availability.device_id
            FROM incident.availability((status.as_of - '24:00:00'::interval), status.as_of, as_of => status.as_of) availability(host_name, device_name, capture_folder, component, availability_percent, sla_status, up_seconds, down_seconds, unknown_seconds, no_data_seconds, maintenance_seconds, window_seconds, coverage_percent, devices, device_id)
         ), fleet AS (
          SELECT count(*) AS devices,
             incident_engine.percent(sum(d.up_seconds), sum(((d.up_seconds + d.down_seconds) + d.no_data_seconds))) AS availability,
             sum(d.down_seconds) AS down,
             sum(d.no_data_seconds) AS no_data,
             count(*) FILTER (WHERE ((d.down_seconds + d.no_data_seconds) > (0)::numeric)) AS that_lost_time
            FROM day d
         ), worst AS (
          SELECT d.host_name,
             d.device_name,
             d.capture_folder,
             d.component,
             d.availability_percent,
             d.sla_status,
             d.up_seconds,
             d.down_seconds,
             d.unknown_seconds,
             d.no_data_seconds,
             d.maintenance_seconds,
             d.window_seconds,
             d.coverage_percent,
             d.devices,
             d.device_id,
             row_number() OVER (ORDER BY d.availability_percent, d.host_name, d.device_name, d.capture_folder) AS place
            FROM day d
           WHERE (d.availability_percent < (100)::numeric)
         ), promise AS (
          SELECT sla_report.host_name,
             sla_report.device_name,
             sla_report.capture_folder,
             sla_report.component,
             sla_report.target_percent,
             sla_report.availability_percent,
             sla_report.compliant,
             sla_report.sla_status,
             sla_report.allowed_downtime_seconds,
             sla_report.downtime_seconds,
             sla_report.budget_left_seconds,
             sla_report.budget_left_percent,
             sla_report.burn_rate_1h,
             sla_report.burn_rate_6h,
             sla_report.burn_rate_3d,
             sla_report.projected_exhaustion,
             sla_report.up_seconds,
             sla_report.counted_seconds,
             sla_report.devices,
             sla_report.device_id
            FROM incident.sla_report(date_trunc('month'::text, status.as_of), (date_trunc('month'::text, status.as_of) + '1 mon'::interval), by => 'fleet'::text, as_of => status.as_of) sla_report(host_name, device_name, capture_folder, component, target_percent, availability_percent, compliant, sla_status, allowed_downtime_seconds, downtime_seconds, budget_left_seconds, budget_left_percent, burn_rate_1h, burn_rate_6h, burn_rate_3d, projected_exhaustion, up_seconds, counted_seconds, devices, device_id)
         ), response AS (
          SELECT response_times.host_name,
             response_times.device_name,
             response_times.capture_folder,
             response_times.component,
             response_times.severity,
             response_times.operator,
             response_times.incidents,
             response_times.acknowledged,
             response_times.mtta_seconds,
             response_times.mtta_median_seconds,
             response_times.mtta_p95_seconds,
             response_times.resolved,
             response_times.mttr_seconds,
             response_times.mttr_median_seconds,
             response_times.mttr_p95_seconds,
             response_times.still_open,
             response_times.waiting,
             response_times.never_acknowledged,
             response_times.mttr_at_least_seconds
            FROM incident.response_times((status.as_of - '7 days'::interval), status.as_of, 'fleet'::text, status.as_of) response_times(host_name, device_name, capture_folder, component, severity, operator, incidents, acknowledged, mtta_seconds, mtta_median_seconds, mtta_p95_seconds, resolved, mttr_seconds, mttr_median_seconds, mttr_p95_seconds, still_open, waiting, never_acknowledged, mttr_at_least_seconds)
         ), reliability AS (
          SELECT mtbf.host_name,
             mtbf.device_name,
             mtbf.capture_folder,
             mtbf.component,
             mtbf.failures,
             mtbf.mtbf_seconds,
             mtbf.up_seconds,
             mtbf.window_seconds,
             mtbf.failing_at_start,
             mtbf.still_failing,
             mtbf.last_failure_at,
             mtbf.devices,
             mtbf.device_id
            FROM incident.mtbf((status.as_of - '30 days'::interval), status.as_of, 'fleet'::text, status.as_of) mtbf(host_name, device_name, capture_folder, component, failures, mtbf_seconds, up_seconds, window_seconds, failing_at_start, still_failing, last_failure_at, devices, device_id)
         ), line("position", detail, topic, answer) AS (
          SELECT 0 AS "?column?",
             0 AS "?column?",
             'NOW'::text AS "?column?",
             (
                 CASE c.active
                     WHEN 0 THEN 'nothing is broken'::text
                     ELSE format('%s active, %s critical, %s with nobody on it'::text, c.active, c.critical, c.unacknowledged)
                 END || to_char(status.as_of, '   (YYYY-MM-DD HH24:MI TZ)'::text)) AS "?column?"
            FROM counts c
         UNION ALL
          SELECT 0,
             a.place,
             ''::text,
             format('#%s %s: %s, for %s, %s'::text, a.incident_id, upper(a.severity), COALESCE(a.description, ((a.component || ' of '::text) || a.device_name)), incident.readable_duration(EXTRACT(epoch FROM (status.as_of - a.detected_at))), COALESCE((a.acknowledged_by || ' is on it'::text), format('nobody: select incident.acknowledge(%s);'::text, a.incident_id))) AS format
            FROM active a
           WHERE (a.place <= 6)
         UNION ALL
          SELECT 0,
             7,
             ''::text,
             format('and %s more: select * from incident.active;'::text, (c.active - 6)) AS format
            FROM counts c
           WHERE (c.active > 6)
         UNION ALL
          SELECT 1,
             0,
             'AVAILABILITY'::text,
                 CASE
                     WHEN (f.devices = 0) THEN 'no device has reported in the last 24 h'::text
                     WHEN (f.availability IS NULL) THEN 'nothing to divide in the last 24 h: all unknown or maintenance'::text
                     ELSE format('%s %% (%s) in the last 24 h: down %s, silent %s, over %s of %s devices'::text, f.availability, incident.sla_status(f.availability), incident.readable_duration(f.down), incident.readable_duration(f.no_data), f.that_lost_time, f.devices)
                 END AS format
            FROM fleet f
         UNION ALL
          SELECT 1,
             w.place,
             ''::text,
             format('%s %% %s, %s (%s): down %s, silent %s'::text, to_char(w.availability_percent, '990.0000'::text), w.host_name, w.device_name, w.capture_folder, incident.readable_duration(w.down_seconds), incident.readable_duration(w.no_data_seconds)) AS format
            FROM worst w
           WHERE (w.place <= 3)
         UNION ALL
          SELECT 2,
             0,
             'SLA'::text,
             format('%s: %s %% this month, target %s %%'::text,
                 CASE p.compliant
                     WHEN true THEN 'kept'::text
                     WHEN false THEN 'NOT KEPT'::text
                     ELSE 'nothing counted yet'::text
                 END, COALESCE((p.availability_percent)::text, '-'::text), p.target_percent) AS format
            FROM promise p
         UNION ALL
          SELECT 2,
             1,
             ''::text,
             ((
                 CASE
                     WHEN (p.budget_left_seconds > (0)::numeric) THEN format('error budget: %s left of %s (%s %%)'::text, incident.readable_duration(p.budget_left_seconds), incident.readable_duration(p.allowed_downtime_seconds), trunc(p.budget_left_percent, 1))
                     ELSE format('error budget: overspent by %s of %s'::text, incident.readable_duration((- p.budget_left_seconds)), incident.readable_duration(p.allowed_downtime_seconds))
                 END || format('; burning %sx in 1 h, %sx in 6 h, %sx in 3 d'::text, COALESCE((p.burn_rate_1h)::text, '-'::text), COALESCE((p.burn_rate_6h)::text, '-'::text), COALESCE((p.burn_rate_3d)::text, '-'::text))) || COALESCE(to_char(NULLIF(p.projected_exhaustion, status.as_of), '"; gone on "YYYY-MM-DD" if this goes on"'::text), ''::text))
            FROM promise p
         UNION ALL
          SELECT 3,
             0,
             'MTTA'::text,
             format('%s in the last 7 d (median %s, 95 %% within %s); %s of %s acknowledged, %s waiting'::text, incident.readable_duration(r.mtta_seconds), incident.readable_duration(r.mtta_median_seconds), incident.readable_duration(r.mtta_p95_seconds), r.acknowledged, r.incidents, r.waiting) AS format
            FROM response r
           WHERE (r.acknowledged > 0)
         UNION ALL
          SELECT 3,
             0,
             'MTTA'::text,
             format('nobody acknowledged any of the %s incidents of the last 7 d'::text, COALESCE(max(r.incidents), (0)::bigint)) AS format
            FROM response r
          HAVING (COALESCE(max(r.acknowledged), (0)::bigint) = 0)
         UNION ALL
          SELECT 4,
             0,
             'MTTR'::text,
             format('%s in the last 7 d (median %s, 95 %% within %s); %s of %s resolved, %s still open'::text, incident.readable_duration(r.mttr_seconds), incident.readable_duration(r.mttr_median_seconds), incident.readable_duration(r.mttr_p95_seconds), r.resolved, r.incidents, r.still_open) AS format
            FROM response r
           WHERE (r.resolved > 0)
         UNION ALL
          SELECT 4,
             0,
             'MTTR'::text,
             format('none of the %s incidents of the last 7 d is resolved'::text, COALESCE(max(r.incidents), (0)::bigint)) AS format
            FROM response r
          HAVING (COALESCE(max(r.resolved), (0)::bigint) = 0)
         UNION ALL
          SELECT 5,
             0,
             'MTBF'::text,
                 CASE m.failures
                     WHEN 0 THEN format('no failure in the last 30 d, up for %s in all'::text, incident.readable_duration(m.up_seconds))
                     ELSE format('%s up between failures of a device; %s failures in the last 30 d, %s lasting'::text, incident.readable_duration(m.mtbf_seconds), m.failures, m.still_failing)
                 END AS format
            FROM reliability m
         )
  SELECT l.topic,
     regexp_replace(l.answer, '[[:cntrl:]]'::text, '?'::text, 'g'::text) AS answer
    FROM line l
   ORDER BY l."position", l.detail;
END;

-- Name: FUNCTION status(as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.status(as_of timestamp with time zone) IS 'The five answers on one screen, for whoever is woken up: what is broken now and who is on it, availability, SLA, MTTA, MTTR and MTBF of the fleet. `make status` prints it. At most 20 lines. The functions behind it answer in full.';

-- Name: sweep(timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.sweep(as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(ran boolean, silences_folded integer, errors_repaired integer, future_samples_folded integer, partitions_made integer, maintenance_planned integer, incidents_closed integer, partitions_dropped integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET jit TO 'off'
    AS $$
declare
    -- Silence is looked for up to as_of; samples count as they do when they arrive, whatever moment is swept.
    horizon constant timestamptz := greatest(as_of, now());
    since timestamptz;
    due incident_engine.touch[];
begin
    if as_of is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'as_of must not be null',
            hint = 'Leave it out for now().';
    end if;
    if not isfinite(as_of) or as_of > now() + interval '1 year' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('as_of must be a moment that can be swept, but is %s', as_of),
            hint = 'Leave it out for now(); at most a year ahead, for simulations.';
    end if;
    ran := pg_try_advisory_xact_lock(7102, 0);
    if not ran then
        return next;
        return;
    end if;

    select s.swept_to into since from incident_engine.sweep_state as s;
    update incident_engine.sweep_state as s
    set swept_to = greatest(s.swept_to, as_of), started_at = now(), finished_at = null;

    -- Before anything is folded: what nobody heard while the database was down is no host's silence.
    perform incident_engine.notice_outage();
    update incident_engine.sweep_state as s set alive_at = now();

    errors_repaired := incident_engine.retry_errors(as_of, horizon);

    with arrived as (
        delete from incident_engine.future_sample as f
        where f.timestamp <= horizon + interval '5 minutes'
        returning f.host_name, f.device_name, f.capture_folder, f.timestamp
    )

    select array_agg((a.host_name, a.device_name, a.capture_folder, a.timestamp, a.timestamp)::incident_engine.touch)
    into due
    from arrived as a;
    future_samples_folded := incident_engine.fold_safely(due, horizon);

    silences_folded := incident_engine.fold_safely(incident_engine.find_silence(since, as_of), horizon);

    -- Hosts: their silence, and what of their devices' silence is their own.
    perform incident_engine.fold_safely(incident_engine.find_system_changes(since, as_of), horizon);

    maintenance_planned := incident_engine.plan_maintenance(as_of);
    perform incident_engine.mark_maintenance(since, as_of);
    perform incident_engine.announce(horizon);
    incidents_closed := incident_engine.close_resolved(as_of);

    update incident_engine.sweep_state as s set finished_at = now() where s.only_row;

    -- Last: writers wait for the locks that this takes, so whoever holds them must not wait for writers any more.
    partitions_dropped := incident_engine.remove_old_rows(as_of);
    partitions_made := incident_engine.make_partitions_ahead(as_of);
    return next;
end
$$;

-- Name: FUNCTION sweep(as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.sweep(as_of timestamp with time zone) IS 'The rounds: records silence that no sample could, folds samples whose time has come, repairs what the fail-safe caught, plans recurring maintenance two weeks ahead, closes incidents that policy lets it close, makes the partitions of the next seven days and removes samples older than they are kept. Idempotent; of several at once one runs and the others return ran = false. as_of: up to when silence is looked for, by default now. Returns what it did. Errors: 22004, 22023 for a time that cannot be swept.';

-- Name: timeline_head(bigint); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.timeline_head(of_incident bigint DEFAULT NULL::bigint) RETURNS TABLE(host_name text, incident_id bigint, entries bigint, entry_id bigint, hash text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT t.host_name,
     t.incident_id,
     count(*) AS entries,
     max(t.entry_id) AS entry_id,
     encode((array_agg(t.hash ORDER BY t.entry_id DESC))[1], 'hex'::text) AS hash
    FROM incident.timeline t
   WHERE ((timeline_head.of_incident IS NULL) OR (t.incident_id = timeline_head.of_incident))
   GROUP BY t.host_name, t.incident_id
   ORDER BY t.incident_id;
END;

-- Name: FUNCTION timeline_head(of_incident bigint); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.timeline_head(of_incident bigint) IS 'The last entry of each incident''s timeline and its hash. Kept outside of the database it proves later what the chain alone cannot: that no last entries were removed and that the chain was not written anew. incident.verify_timeline() takes it as noted. of_incident: one incident, by default all.';

-- Name: trends(integer, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.trends(weeks integer DEFAULT 8, time_zone text DEFAULT 'UTC'::text, as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(week_start date, is_complete boolean, availability_percent numeric, availability_change numeric, incidents bigint, incidents_change bigint, mtta_seconds numeric, mtta_change numeric, mttr_seconds numeric, mttr_change numeric, still_open bigint, failures bigint, failures_change bigint, mtbf_seconds numeric, mtbf_change numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 8
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET jit TO 'off'
    AS $$
declare
    from_time timestamptz;
begin
    perform incident_engine.check_count(weeks, 'weeks');
    perform incident_engine.check_time_zone(time_zone);
    from_time := (date_trunc('week', as_of at time zone time_zone) - weeks * interval '1 week') at time zone time_zone;

    return query
    with available as (
        select a.*, (a.bucket_start at time zone time_zone)::date as week
        from incident.availability_by(
                'week', time_zone, from_time, as_of + interval '1 microsecond', true, 'fleet', as_of
            ) as a
    ),

    reported as (
        select
            i.week,
            count(*) as incidents,
            round(extract(epoch from sum(i.time_to_acknowledge)) / nullif(count(i.time_to_acknowledge), 0), 6) as mtta,
            round(extract(epoch from sum(i.time_to_resolve)) / nullif(count(i.time_to_resolve), 0), 6) as mttr,
            count(*) filter (where i.resolved_at is null) as still_open
        from (
            select found.*, date_trunc('week', found.detected_at at time zone time_zone)::date as week
            from incident_engine.detected_incident(from_time, as_of, as_of) as found
        ) as i
        group by i.week
    ),

    failed as (
        select f.week, count(*) as failures
        from (
            select date_trunc('week', found.started_at at time zone time_zone)::date as week
            from incident_engine.failure_piece(from_time, as_of, as_of, 'fleet') as found
            where found.started_at >= from_time
        ) as f
        group by f.week
    ),

    weekly as (
        select
            a.week,
            a.bucket_end <= as_of as is_complete,
            a.availability_percent,
            coalesce(i.incidents, 0) as incidents,
            i.mtta,
            i.mttr,
            coalesce(i.still_open, 0) as still_open,
            coalesce(f.failures, 0) as failures,
            round(a.up_seconds / nullif(f.failures, 0), 6) as mtbf
        from available as a
        left join reported as i on a.week = i.week
        left join failed as f on a.week = f.week
    )

    select
        w.week,
        w.is_complete,
        w.availability_percent,
        w.availability_percent - lag(w.availability_percent) over earlier as availability_change,
        w.incidents,
        case when w.is_complete then w.incidents - lag(w.incidents) over earlier end as incidents_change,
        w.mtta,
        w.mtta - lag(w.mtta) over earlier as mtta_change,
        w.mttr,
        w.mttr - lag(w.mttr) over earlier as mttr_change,
        w.still_open,
        w.failures,
        case when w.is_complete then w.failures - lag(w.failures) over earlier end as failures_change,
        w.mtbf,
        w.mtbf - lag(w.mtbf) over earlier as mtbf_change
    from weekly as w
    window earlier as (order by w.week)
    order by w.week;
end
$$;

-- Name: FUNCTION trends(weeks integer, time_zone text, as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.trends(weeks integer, time_zone text, as_of timestamp with time zone) IS 'Does it get better? The fleet week over week: the present week and the 8 (weeks) before it, from Monday, by the clocks of time_zone. Each number as incident.availability_by, response_times and mtbf have it, with its change from the week before: percentage points, counts, seconds. The present week is not over (is_complete is false): its counts are not compared. Incidents and failures belong to the week in which they began. Errors: 22023.';

-- Name: unschedule_sweep(); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.unschedule_sweep() RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    found_job bigint;
begin
    if to_regclass('cron.job') is not null then
        execute 'select min(j.jobid) from cron.job as j where j.jobname = $1 and j.username = current_user'
        into found_job
        using 'pg_incident sweep';
        if found_job is not null then
            execute 'select cron.unschedule($1)' using found_job;
        end if;
    end if;
    update incident_engine.sweep_state as s set is_scheduled = false where s.is_scheduled;
    return found_job is not null;
end
$_$;

-- Name: FUNCTION unschedule_sweep(); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.unschedule_sweep() IS 'Takes the sweep out of pg_cron''s jobs; the arrival of host metrics drives it again. make migrate schedules it anew. Returns whether it was scheduled.';

-- Name: unset_policy(text, text, text, text, text, timestamp with time zone, text, text); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.unset_policy(setting text DEFAULT NULL::text, host_name text DEFAULT NULL::text, device_name text DEFAULT NULL::text, capture_folder text DEFAULT NULL::text, component text DEFAULT NULL::text, refold_since timestamp with time zone DEFAULT '-infinity'::timestamp with time zone, operator text DEFAULT SESSION_USER, note text DEFAULT NULL::text) RETURNS incident.policy
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "IntervalStyle" TO 'postgres'
    AS $$
declare
    keys constant text[] := array['policy_id', 'host_name', 'device_name', 'capture_folder', 'component'];
    scope incident.policy;
    known incident.policy;
    remaining jsonb;
    written incident.policy;
begin
    scope.host_name := host_name;
    scope.device_name := device_name;
    scope.capture_folder := capture_folder;
    scope.component := component;
    perform incident_engine.begin_policy_change(scope, refold_since, operator, note);
    if setting = any (keys) or not coalesce(to_jsonb(scope) ? setting, true) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s is not a setting', setting),
            hint = 'select setting from incident.policy_for() lists them.';
    end if;

    select p.*
    into known
    from incident.policy as p
    where
        (p.host_name, p.device_name, p.capture_folder, p.component)
        is not distinct from (scope.host_name, scope.device_name, scope.capture_folder, scope.component);
    if not found or (to_jsonb(known) ->> setting) is null and setting is not null then
        raise exception using
            errcode = 'no_data_found',
            message = format(
                '%s has no %s of its own',
                incident_engine.describe_scope(host_name, device_name, capture_folder, component),
                coalesce(setting, 'policy')
            ),
            hint = 'select * from incident.policy_for(...) shows each setting and where it comes from.';
    end if;
    if host_name is null and component is null and setting is distinct from 'close_after' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('the default of %s cannot be taken back', coalesce(setting, 'every setting')),
            hint = 'Set another value with incident.set_policy(). Only close_after may be without one.';
    end if;

    remaining := case when setting is null then '{}' else jsonb_strip_nulls(to_jsonb(known)) - setting end;
    if remaining - keys = '{}' then
        written := scope;
        delete from incident.policy as p where p.policy_id = known.policy_id;
        perform incident_engine.check_policies();
    else
        written := incident_engine.write_policy(jsonb_populate_record(scope, remaining));
    end if;
    perform incident_engine.apply_policy(known, written, refold_since);
    return written;
end
$$;

-- Name: FUNCTION unset_policy(setting text, host_name text, device_name text, capture_folder text, component text, refold_since timestamp with time zone, operator text, note text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.unset_policy(setting text, host_name text, device_name text, capture_folder text, component text, refold_since timestamp with time zone, operator text, note text) IS 'Takes a setting of a scope back, or all of them when none is named: the next wider scope that has a value decides again. History and incidents follow as in set_policy. Returns what the scope has left. Errors: 22023 for something that is no setting or is needed, P0002 when the scope has no such value, 55P03.';

-- Name: verify_report(bigint); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.verify_report(report_id bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    kept constant text := (select r.digest from incident.sealed_report as r where r.report_id = verify_report.report_id);
begin
    if kept is null then
        raise exception using
            errcode = 'no_data_found',
            message = format('there is no sealed report %s', coalesce(report_id::text, 'null')),
            hint = 'select report_id, period, sealed_at from incident.sealed_report lists them.';
    end if;
    return kept = incident_engine.report_digest(report_id);
end
$$;

-- Name: FUNCTION verify_report(report_id bigint); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.verify_report(report_id bigint) IS 'True when a sealed report still has the numbers it was sealed with, by its digest. Errors: P0002 when there is none.';

-- Name: utc_text(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.utc_text(moment timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    RETURN to_char((moment AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text);

-- Name: FUNCTION utc_text(moment timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.utc_text(moment timestamp with time zone) IS 'A moment as text in UTC, the same whatever the session''s time zone and DateStyle.';

-- Name: timeline_hash(incident.timeline); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.timeline_hash(entry incident.timeline) RETURNS bytea
    LANGUAGE sql STABLE
    RETURN sha256((COALESCE((entry).previous_hash, '\x'::bytea) || convert_to((jsonb_build_array((entry).host_name, (entry).incident_id, (entry).entry_id, incident_engine.utc_text((entry).happened_at), incident_engine.utc_text((entry).recorded_at), (entry).event, (entry).from_value, (entry).to_value, (entry).note, (entry).operator, (entry).recorded_by))::text, 'UTF8'::name)));

-- Name: FUNCTION timeline_hash(entry incident.timeline); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.timeline_hash(entry incident.timeline) IS 'What the hash of an entry of the timeline must be: SHA-256 over the hash of the previous entry and a JSON array of its columns, in UTF-8, times in UTC. Must never compute anything else: the hashes in the table are compared with it.';

-- Name: verify_timeline(bigint, jsonb); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.verify_timeline(of_incident bigint DEFAULT NULL::bigint, noted jsonb DEFAULT '[]'::jsonb) RETURNS TABLE(host_name text, incident_id bigint, entry_id bigint, what text, detail text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH entry AS (
          SELECT t.host_name,
             t.incident_id,
             t.entry_id,
             t.previous_hash,
             t.hash,
             (t.hash <> incident_engine.timeline_hash(t.*)) AS is_changed,
             lag(t.hash) OVER chain AS hash_before,
             lag(t.entry_id) OVER chain AS entry_before,
             (COALESCE(lead(t.previous_hash, 1, t.hash) OVER chain, '\x'::bytea) <> t.hash) AS is_skipped
            FROM incident.timeline t
           WHERE ((verify_timeline.of_incident IS NULL) OR (t.incident_id = verify_timeline.of_incident))
           WINDOW chain AS (PARTITION BY t.host_name, t.incident_id ORDER BY t.entry_id)
         ), broken AS (
          SELECT e.host_name,
             e.incident_id,
             e.entry_id,
             'inserted'::text AS what,
             format('a later entry follows entry %s directly'::text, COALESCE((e.entry_before)::text, '(none)'::text)) AS detail
            FROM entry e
           WHERE (e.is_skipped AND (EXISTS ( SELECT
                    FROM incident.timeline later
                   WHERE (((later.host_name = e.host_name) AND (later.incident_id = e.incident_id)) AND (later.entry_id > e.entry_id) AND (NOT (later.previous_hash IS DISTINCT FROM e.hash_before))))))
         UNION ALL
          SELECT e.host_name,
             e.incident_id,
             e.entry_id,
             'changed'::text,
             'its columns do not have the hash that it carries'::text
            FROM entry e
           WHERE e.is_changed
         UNION ALL
          SELECT e.host_name,
             e.incident_id,
             e.entry_id,
             'removed'::text,
             format('what it followed is not there: removed after entry %s, or changed and given another hash'::text, COALESCE((e.entry_before)::text, '(none)'::text)) AS format
            FROM entry e
           WHERE ((NOT e.is_changed) AND (e.previous_hash IS DISTINCT FROM e.hash_before))
         UNION ALL
          SELECT i.host_name,
             i.incident_id,
             NULL::bigint,
             'removed'::text,
             'all its entries are missing'::text
            FROM public.system_incident i
           WHERE (((verify_timeline.of_incident IS NULL) OR (i.incident_id = verify_timeline.of_incident)) AND (NOT (EXISTS ( SELECT
                    FROM incident.timeline t
                   WHERE ((t.host_name = i.host_name) AND (t.incident_id = i.incident_id))))))
         UNION ALL
          SELECT h.host_name,
             h.incident_id,
             h.entry_id,
             'removed'::text,
             format('the entry noted with hash %s is not there'::text, h.hash) AS format
            FROM jsonb_to_recordset(verify_timeline.noted) h(host_name text, incident_id bigint, entry_id bigint, hash text)
           WHERE (((verify_timeline.of_incident IS NULL) OR (h.incident_id = verify_timeline.of_incident)) AND (NOT (EXISTS ( SELECT
                    FROM incident.timeline t
                   WHERE ((t.host_name = h.host_name) AND (t.incident_id = h.incident_id) AND (t.entry_id = h.entry_id) AND (encode(t.hash, 'hex'::text) = h.hash))))))
         )
  SELECT DISTINCT ON (b.incident_id, b.host_name) b.host_name,
     b.incident_id,
     b.entry_id,
     b.what,
     b.detail
    FROM broken b
   ORDER BY b.incident_id, b.host_name, b.entry_id, (array_position(ARRAY['inserted'::text, 'changed'::text, 'removed'::text], b.what));
END;

-- Name: FUNCTION verify_timeline(of_incident bigint, noted jsonb); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.verify_timeline(of_incident bigint, noted jsonb) IS 'Has anybody tampered with the timeline? The first broken link of each incident, none when all is well. what: the entry was changed, was inserted, or one before it was removed. The chain alone cannot tell that the last entries of an incident were removed, nor that somebody with the owner''s rights wrote it anew from some entry on; against that keep outside of the database what incident.timeline_head() returns and give it as noted, a JSON array of its rows: each entry noted must still be there. of_incident: one incident, by default all. Takes about 25 microseconds an entry.';

-- Name: adopt_incidents(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.adopt_incidents() RETURNS incident_engine.adoption_counts
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    counts incident_engine.adoption_counts := (0::bigint, 0::bigint, 0::bigint);
    original jsonb;
    old public.system_incident;
    subject public.system_incident;
begin
    perform set_config('incident_engine.writer', 'engine', true);
    for original in
        select to_jsonb(t) from incident_adopted.system_incident as t order by to_jsonb(t) ->> 'detected_at'
    loop
        counts.rows_read := counts.rows_read + 1;
        begin
            old := jsonb_populate_record(null::public.system_incident, original - 'incident_id');
        exception
            when data_exception then
                insert into incident.quarantine (source, reason, original)
                values ('system_incident', sqlerrm, original);
                counts.rows_quarantined := counts.rows_quarantined + 1;
                continue;
        end;
        select i.*
        into subject
        from public.system_incident as i
        where
            (i.host_name, i.device_name, i.capture_folder, i.component)
            = (
                old.host_name, old.device_name, old.capture_folder,
                coalesce(old.component, split_part(old.incident_type, '_', 1))
            )
            and i.retracted_at is null
            and i.detected_at <= coalesce(old.resolved_at, old.detected_at) + interval '1 minute'
            and coalesce(i.resolved_at, 'infinity') >= old.detected_at - interval '1 minute'
        order by abs(extract(epoch from i.detected_at - old.detected_at))
        limit 1;
        if not found then
            insert into incident.quarantine (source, reason, original)
            values ('system_incident', 'no failure in the samples explains it', original);
            counts.rows_quarantined := counts.rows_quarantined + 1;
            continue;
        end if;

        update public.system_incident as i
        set acknowledged_at = coalesce(i.acknowledged_at, old.acknowledged_at),
            acknowledged_by = case
                when coalesce(i.acknowledged_at, old.acknowledged_at) is not null then coalesce(i.acknowledged_by, 'adopted')
            end,
            status = case
                when i.status = 'resolved' and old.status = 'closed' then 'closed'
                when i.status = 'open' and old.acknowledged_at is not null then 'in_progress'
                else i.status
            end,
            closed_at = case
                when i.status = 'resolved' and old.status = 'closed'
                    then coalesce(old.closed_at, old.resolved_at, i.resolved_at)
                else i.closed_at
            end,
            closed_by = case when i.status = 'resolved' and old.status = 'closed' then 'adopted' else i.closed_by end,
            root_cause = coalesce(i.root_cause, old.root_cause),
            resolution_notes = coalesce(i.resolution_notes, old.resolution_notes),
            acted_at = coalesce(i.acted_at, old.closed_at, old.acknowledged_at),
            updated_by = 'adopted',
            update_note = 'from the earlier system_incident table'
        where i.host_name = subject.host_name and i.incident_id = subject.incident_id;
        insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)
        values (
            subject.host_name, subject.incident_id, coalesce(old.detected_at, now()), 'commented',
            'earlier record: ' || original::text, 'adopted'
        );
        counts.rows_adopted := counts.rows_adopted + 1;
    end loop;
    perform set_config('incident_engine.writer', '', true);
    return counts;
end
$$;

-- Name: FUNCTION adopt_incidents(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.adopt_incidents() IS 'Carries what people wrote on earlier incidents (acknowledgement, root cause, notes, closing) over to the incidents that the samples tell of. An earlier incident that no failure explains is quarantined.';

-- Name: adopt_next(text, integer); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.adopt_next(source text, blocks_at_once integer DEFAULT 2000) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $_$
declare
    progress incident.adoption;
    chunk incident_engine.adoption_counts;
    first_day timestamptz;
    last_day timestamptz;
    to_block bigint;
    from_tid tid;
    to_tid tid;
begin
    select a.* into strict progress from incident.adoption as a where a.source = adopt_next.source for update;
    if progress.finished_at is not null then
        return format('%s: done', source);
    end if;

    to_block := least(progress.next_block + blocks_at_once, progress.blocks);
    from_tid := format('(%s,0)', progress.next_block)::tid;
    to_tid := format('(%s,0)', to_block)::tid;
    if source = 'system_device_metrics' then
        execute
            'select min(t.timestamp), max(t.timestamp)
            from incident_adopted.system_device_metrics as t
            where t.ctid >= $1 and t.ctid < $2
                and t.timestamp between $3 and $4'
        into first_day, last_day
        using from_tid, to_tid, now() - interval '10 years', now() + interval '7 days';
        perform incident_engine.ensure_partitions(first_day, last_day);
    end if;

    if source = 'system_incident' then
        chunk := incident_engine.adopt_incidents();
        to_block := progress.blocks;
    else
        chunk := incident_engine.adopt_rows(source, from_tid, to_tid);
    end if;

    update incident.adoption as a
    set next_block = to_block,
        rows_read = a.rows_read + chunk.rows_read,
        rows_adopted = a.rows_adopted + chunk.rows_adopted,
        rows_quarantined = a.rows_quarantined + chunk.rows_quarantined,
        finished_at = case when to_block = a.blocks then now() end
    where a.source = adopt_next.source
    returning a.* into progress;
    return format(
        '%s: %s %% read, %s rows taken over, %s quarantined', source,
        case when progress.blocks = 0 then 100 else 100 * to_block / progress.blocks end,
        progress.rows_adopted, progress.rows_quarantined
    );
end
$_$;

-- Name: FUNCTION adopt_next(source text, blocks_at_once integer); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.adopt_next(source text, blocks_at_once integer) IS 'One step of taking over an adopted table: the next blocks_at_once disk pages of it (8 kB each). Returns where it stands.';

-- Name: adopt_page(text, tid, tid); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.adopt_page(source text, from_tid tid, to_tid tid) RETURNS incident_engine.adoption_counts
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
-- adopt_statement quotes the names in what is executed.
-- @plpgsql_check_options: security_warnings = off, other_warnings = off
declare
    statement constant text := incident_engine.adopt_statement(source);
    counts incident_engine.adoption_counts := (0::bigint, 0::bigint, 0::bigint);
    of_row incident_engine.adoption_counts;
    row_id tid;
    original jsonb;
begin
    for row_id, original in
        execute format(
            'select t.ctid, to_jsonb(t) from incident_adopted.%I as t where t.ctid >= $1 and t.ctid < $2', source
        ) using from_tid, to_tid
    loop
        counts.rows_read := counts.rows_read + 1;
        begin
            execute statement
            into of_row
            using row_id, format('(%s,%s)', (row_id::text::point)[0], (row_id::text::point)[1] + 1)::tid;
            counts.rows_adopted := counts.rows_adopted + of_row.rows_adopted;
            counts.rows_quarantined := counts.rows_quarantined + of_row.rows_quarantined;
        exception
            when data_exception or integrity_constraint_violation then
                insert into incident.quarantine (source, reason, original)
                values (source, sqlerrm, original);
                counts.rows_quarantined := counts.rows_quarantined + 1;
        end;
    end loop;
    return counts;
end
$_$;

-- Name: FUNCTION adopt_page(source text, from_tid tid, to_tid tid); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.adopt_page(source text, from_tid tid, to_tid tid) IS 'Takes over the rows of a disk page of an adopted table one by one; those that cannot be converted are quarantined with the error as the reason.';

-- Name: adopt_rows(text, tid, tid); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.adopt_rows(source text, from_tid tid, to_tid tid) RETURNS incident_engine.adoption_counts
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
-- adopt_statement quotes the names in what is executed.
-- @plpgsql_check_options: security_warnings = off, other_warnings = off
declare
    pages constant bigint := ((to_tid::text::point)[0] - (from_tid::text::point)[0])::bigint;
    half constant tid := format('(%s,0)', (from_tid::text::point)[0] + pages / 2)::tid;
    counts incident_engine.adoption_counts;
    rest incident_engine.adoption_counts;
begin
    begin
        execute incident_engine.adopt_statement(source)
        into counts
        using from_tid, to_tid;
        return counts;
    exception
        when data_exception or integrity_constraint_violation then null; -- a row cannot be converted: which?
    end;

    if pages <= 1 then
        return incident_engine.adopt_page(source, from_tid, to_tid);
    end if;
    counts := incident_engine.adopt_rows(source, from_tid, half);
    rest := incident_engine.adopt_rows(source, half, to_tid);
    return (
        counts.rows_read + rest.rows_read,
        counts.rows_adopted + rest.rows_adopted,
        counts.rows_quarantined + rest.rows_quarantined
    )::incident_engine.adoption_counts;
end
$$;

-- Name: FUNCTION adopt_rows(source text, from_tid tid, to_tid tid); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.adopt_rows(source text, from_tid tid, to_tid tid) IS 'Takes over the rows of an adopted table from one row address, up to another, in one go. When a row among them cannot be converted, half by half, down to the pages that hold such rows.';

-- Name: adopt_statement(text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.adopt_statement(source text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    is_sample constant boolean := source = 'system_device_metrics';
    key constant text := case when is_sample then 'host_name, device_name, capture_folder, timestamp' else 'host_name, timestamp' end;
    columns text;
    conversions text;
    fault text;
begin
    -- The columns that both tables have, converted to what they are now.
    select string_agg(quote_ident(n.attname), ', ' order by n.attnum),
        string_agg(
            case
                when is_sample and n.attname in ('ffmpeg_status', 'monitor_status')
                    then format('incident_engine.adopted_status(t.%I::text)', n.attname)
                when n.attname = 'device_id' then 'coalesce(t.device_id::text, t.device_name::text)'
                when n.attname = 'created_at' then 'coalesce(t.created_at::timestamptz, now())'
                when n.attname = 'id' and o.atttypid <> 'uuid'::regtype then 'gen_random_uuid()'
                when n.attname = 'id' then 'coalesce(t.id, gen_random_uuid())'
                else format('t.%I::%s', n.attname, format_type(n.atttypid, n.atttypmod))
            end || ' as ' || quote_ident(n.attname), ', ' order by n.attnum
        )
    into columns, conversions
    from pg_attribute as n
    join pg_attribute as o using (attname)
    where
        n.attrelid = to_regclass('public.' || quote_ident(source))
        and o.attrelid = to_regclass('incident_adopted.' || quote_ident(source))
        and n.attnum > 0 and not n.attisdropped and not o.attisdropped;

    fault := $case$
        when coalesce(c.host_name, '') = '' then 'host_name is null or empty'
        when c.timestamp is null or not isfinite(c.timestamp) then 'timestamp is null or infinite'
    $case$;
    if is_sample then
        fault := fault || $case$
        when coalesce(c.device_name, '') = '' then 'device_name is null or empty'
        when coalesce(c.capture_folder, '') in ('', 'unknown') then 'capture_folder is null, empty or unknown'
        when c.ffmpeg_status not in ('active', 'stuck', 'stopped', 'unknown')
            then format('ffmpeg_status %L is not active, stuck, stopped or unknown', c.ffmpeg_status)
        when c.monitor_status not in ('active', 'stuck', 'stopped', 'unknown')
            then format('monitor_status %L is not active, stuck, stopped or unknown', c.monitor_status)
        $case$;
    end if;

    return format(
        $statement$
        with converted as (
            select to_jsonb(t) as original, t.ctid as row_id, %1$s
            from incident_adopted.%2$I as t
            where t.ctid >= $1 and t.ctid < $2
        ),
        judged as (
            select c.*, case %3$s end as fault,
                row_number() over (partition by %4$s order by c.row_id) as copy
            from converted as c
        ),
        adopted as (
            insert into public.%2$I (%5$s)
            select %5$s from judged where fault is null and copy = 1 order by %4$s
            on conflict do nothing
            returning %4$s
        ),
        quarantined as (
            insert into incident.quarantine (source, reason, original)
            select %2$L, coalesce(j.fault, 'another row has the same (%4$s)'), j.original
            from judged as j
            where j.fault is not null or j.copy > 1 or (%4$s) not in (select %4$s from adopted)
            returning 1
        )
        select
            (select count(*) from judged) as rows_read,
            (select count(*) from adopted) as rows_adopted,
            (select count(*) from quarantined) as rows_quarantined
        $statement$,
        conversions, source, fault, key, columns
    );
end
$_$;

-- Name: FUNCTION adopt_statement(source text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.adopt_statement(source text) IS 'The statement that takes over the rows of an adopted table from one ctid ($1) up to another ($2), and returns how many it read, took over and quarantined.';

-- Name: adopted_status(text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.adopted_status(status text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (lower(btrim(COALESCE(status, ''::text))) = ANY (ARRAY[''::text, 'error'::text])) THEN 'unknown'::text ELSE lower(btrim(status)) END;

-- Name: FUNCTION adopted_status(status text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.adopted_status(status text) IS 'Status of an adopted sample: null, empty and error mean that the collector could not tell (unknown).';

-- Name: after_incident_insert(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.after_incident_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select i.host_name, i.incident_id, e.happened_at, e.event, e.from_value, e.to_value, i.update_note, i.updated_by
    from new_incidents as i
    cross join lateral (
        values
        (1, i.detected_at, 'detected', null, i.detected_severity),
        (2, i.severity_since, 'severity_changed', i.detected_severity, i.severity),
        (3, i.flapping_since, 'flapping_started', null, null),
        (4, i.resolved_at, 'resolved', 'open', i.status)
    ) as e (position, happened_at, event, from_value, to_value)
    where
        e.event = 'detected'
        or (e.event = 'severity_changed' and i.severity <> i.detected_severity)
        or (e.event = 'flapping_started' and i.flapping_since is not null)
        or (e.event = 'resolved' and i.resolved_at is not null)
    order by i.incident_id, e.position;
    return null;
end
$$;

-- Name: FUNCTION after_incident_insert(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.after_incident_insert() IS 'Statement trigger on system_incident: the first entries of a new incident''s timeline.';

-- Name: after_incident_update(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.after_incident_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    by_engine constant boolean := coalesce(current_setting('incident_engine.writer', true), '') = 'engine';
begin
    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select n.host_name, n.incident_id, e.happened_at, e.event, e.from_value, e.to_value, n.update_note, n.updated_by
    from new_incidents as n
    join old_incidents as o using (host_name, incident_id)
    cross join lateral (
        values
        (1, 'retracted', n.retracted_at, o.status, n.status, o.retracted_at is null and n.retracted_at is not null),
        (1, 'restored', n.updated_at, o.status, n.status, o.retracted_at is not null and n.retracted_at is null),
        (
            2, 'corrected', n.updated_at,
            'detected_at ' || incident_engine.utc_text(o.detected_at),
            'detected_at ' || incident_engine.utc_text(n.detected_at),
            n.detected_at <> o.detected_at
        ),
        (3, 'severity_changed', n.severity_since, o.severity, n.severity, n.severity <> o.severity),
        (4, 'assigned', n.acted_at, o.assignee, n.assignee, n.assignee is distinct from o.assignee),
        (5, 'acknowledged', n.acted_at, o.status, n.status, o.status = 'open' and n.status = 'in_progress'),
        (
            6, 'resolved', n.resolved_at, o.status, n.status,
            o.status in ('open', 'in_progress') and n.status = 'resolved'
        ),
        (
            7, 'corrected', n.updated_at,
            'resolved_at ' || incident_engine.utc_text(o.resolved_at),
            'resolved_at ' || incident_engine.utc_text(n.resolved_at),
            n.resolved_at <> o.resolved_at
        ),
        (8, 'closed', n.closed_at, o.status, n.status, o.status <> 'closed' and n.status = 'closed'),
        (
            9, 'reopened',
            case
                when not by_engine then n.acted_at
                when n.reopened_at > o.resolved_at then n.reopened_at
                else n.updated_at
            end,
            o.status, n.status, o.status in ('resolved', 'closed') and n.status in ('open', 'in_progress')
        ),
        (
            10, 'flapping_started', n.flapping_since, null, null,
            n.flapping_since is not null and o.flapping_since is null
        ),
        (
            11, 'flapping_stopped', n.updated_at, null, null,
            n.flapping_since is null and o.flapping_since is not null
        )
    ) as e (position, event, happened_at, from_value, to_value, has_happened)
    where e.has_happened and (e.event = 'retracted' or n.retracted_at is null or o.retracted_at is not null)
    order by n.incident_id, e.position;

    insert into incident_engine.operator_action (host_name, device_name, capture_folder, component, action, acted_at)
    select n.host_name, n.device_name, n.capture_folder, n.component, 'seal', n.closed_at
    from new_incidents as n
    join old_incidents as o using (host_name, incident_id)
    where o.status <> 'closed' and n.status = 'closed'
    on conflict do nothing;

    if not by_engine then
        perform incident_engine.record_operator_actions(array_agg(n.incident_id))
        from new_incidents as n
        join old_incidents as o using (host_name, incident_id)
        where o.status <> n.status
        having count(*) > 0;
    end if;
    return null;
end
$$;

-- Name: FUNCTION after_incident_update(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.after_incident_update() IS 'Statement trigger on system_incident: an entry in the timeline for every transition, assignment, severity change and correction, and the operator''s actions that the fold must know of.';

-- Name: announce(timestamp with time zone, text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.announce(as_of timestamp with time zone, host_names text[] DEFAULT NULL::text[]) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    announced integer;
begin
    perform set_config('incident_engine.writer', 'engine', true);
    -- One that somebody is writing to at this moment is left for the next round: nobody waits for a person.
    with due as (
        select i.host_name, i.incident_id
        from public.system_incident as i
        where
            i.announced_at is null
            and i.status in ('open', 'in_progress')
            and (host_names is null or i.host_name = any (host_names))
            and incident_engine.silenced_by(i, as_of) is null
        for no key update skip locked
    )

    update public.system_incident as i
    set announced_at = greatest(i.created_at, incident_engine.silenced_until(i, as_of)),
        updated_by = 'engine',
        update_note = null
    from due as d
    where i.host_name = d.host_name and i.incident_id = d.incident_id;
    get diagnostics announced = row_count;
    perform set_config('incident_engine.writer', writer_before, true);
    return announced;
end
$$;

-- Name: FUNCTION announce(as_of timestamp with time zone, host_names text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.announce(as_of timestamp with time zone, host_names text[]) IS 'Announces the active incidents that may be told since the maintenance they were in, or the incident of their host that they were part of, is over; at most up to as_of. host_names: null for all. Returns how many.';

-- Name: apply_policy(incident.policy, incident.policy, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.apply_policy(before incident.policy, after incident.policy, since timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    -- The scope, and what decides neither history nor incidents.
    without_effect constant text[] := array[
        'policy_id', 'host_name', 'device_name', 'capture_folder', 'component', 'sla_target', 'close_after'
    ];
    host text;
    changed integer := 0;
begin
    if jsonb_strip_nulls(coalesce(to_jsonb(before), '{}') - without_effect)
        = jsonb_strip_nulls(to_jsonb(after) - without_effect)
    then
        return 0;
    end if;
    for host in
        select d.host_name
        from incident.device as d
        where
            coalesce(d.host_name = after.host_name, after.host_name is null)
            and coalesce(d.device_name = after.device_name, after.device_name is null)
            and coalesce(d.capture_folder = after.capture_folder, after.capture_folder is null)
        group by d.host_name
        order by incident_engine.host_lock(d.host_name), d.host_name
    loop
        begin
            changed := changed + (select count(*)::integer from incident.rebuild(host, since));
        exception
            when no_data_found then null; -- retention has removed all its samples: its history stays as it is
        end;
    end loop;
    return changed;
end
$$;

-- Name: FUNCTION apply_policy(before incident.policy, after incident.policy, since timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.apply_policy(before incident.policy, after incident.policy, since timestamp with time zone) IS 'Folds again what a change of a policy row concerns, host by host, from since on. Returns how many entries of history and incidents changed. Errors: 55P03 when another transaction holds a host for over 5 seconds.';

-- Name: backtest_host(text, incident.policy, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.backtest_host(host text, changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone) RETURNS TABLE(simulated boolean, device_name text, capture_folder text, component text, severity text, detected_at timestamp with time zone, resolved_at timestamp with time zone, is_announced boolean)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    -- A variable outlives the block that is rolled back.
    found_incidents jsonb;
begin
    begin
        -- In the order of set_policy: first policy, then the host.
        lock table incident.policy in share row exclusive mode;
        perform incident_engine.lock_hosts(array[host]);
        found_incidents := incident_engine.incidents_of_host(host, window_start, window_end, false);
        perform incident_engine.merge_policy(changes);
        -- A day before and after: what was going on at the ends of the window.
        perform incident_engine.fold(array_agg((
            host, t.device_name, t.capture_folder, window_start - interval '1 day', t.to_time
        )::incident_engine.touch))
        from (
            select d.device_name, d.capture_folder, window_end + interval '1 day' as to_time
            from incident.device as d
            where
                d.host_name = host
                and coalesce(d.device_name = changes.device_name, changes.device_name is null)
                and coalesce(d.capture_folder = changes.capture_folder, changes.capture_folder is null)
            union all
            select '', '', 'infinity' -- the host itself
        ) as t;
        found_incidents := found_incidents || incident_engine.incidents_of_host(host, window_start, window_end, true);
        raise sqlstate 'IN901';
    exception
        when sqlstate 'IN901' then null; -- nothing has happened
    end;

    return query
    select f.simulated, f.device_name, f.capture_folder, f.component, f.severity, f.detected_at, f.resolved_at, f.is_announced
    from jsonb_to_recordset(found_incidents) as f (
        simulated boolean, device_name text, capture_folder text, component text, severity text, detected_at timestamptz,
        resolved_at timestamptz, is_announced boolean
    )
    where
        coalesce(f.device_name = changes.device_name, changes.device_name is null)
        and coalesce(f.capture_folder = changes.capture_folder, changes.capture_folder is null)
        and coalesce(f.component = changes.component, changes.component is null);
end
$$;

-- Name: FUNCTION backtest_host(host text, changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.backtest_host(host text, changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone) IS 'The incidents of a host detected in a window, as they are and (simulated) as they would be with another policy: sets it, folds the samples of the window again and rolls back. Writers of the host wait meanwhile. Errors: 22023 for a policy that makes no sense, 55P03 when another transaction holds the host for over 5 seconds.';

-- Name: before_incident_announcement(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.before_incident_announcement() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if tg_op = 'UPDATE' then
        if new.announced_at is distinct from old.announced_at then
            -- The engine's word is taken; for everybody else it stays as it is.
            if coalesce(current_setting('incident_engine.writer', true), '') = 'engine' then
                return new;
            end if;
            new.announced_at := old.announced_at;
        end if;
        if old.announced_at < now() then
            return new;
        end if;
    end if;

    -- Nobody can have been told of what this same transaction has brought, so it may still be taken back.
    new.announced_at := case
        when new.status in ('open', 'in_progress') and incident_engine.silenced_by(new, now()) is null
            then coalesce(new.announced_at, now())
    end;
    return new;
end
$$;

-- Name: FUNCTION before_incident_announcement(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.before_incident_announcement() IS 'Row trigger on system_incident: announced_at is the first moment that an active incident could be told to anybody. Once the transaction that set it is committed it stays.';

-- Name: before_incident_write(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.before_incident_write() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    writer text := coalesce(current_setting('incident_engine.writer', true), '');
    allowed text;
begin
    -- Anybody may set the setting; it counts for the owner alone, as whom all functions of pg_incident write.
    if writer <> '' and not (select pg_has_role(c.relowner, 'member') from pg_class as c where c.oid = tg_relid) then
        writer := set_config('incident_engine.writer', '', true);
    end if;
    if tg_op = 'INSERT' then
        new.detected_severity := coalesce(new.detected_severity, new.severity);
        new.severity_since := coalesce(new.severity_since, new.detected_at);
        new.anchored_at := new.detected_at;
    else
        if writer = '' then
            new.updated_by := session_user::text;
            new.acted_at := now();
            new.update_note := nullif(new.update_note, old.update_note);
        end if;
        new.anchored_at := case when old.acted_at is null and writer = 'engine' then new.detected_at else old.anchored_at end;
        if (new.incident_id, new.host_name, new.device_name, new.capture_folder, new.component)
            is distinct from (old.incident_id, old.host_name, old.device_name, old.capture_folder, old.component)
        then
            raise exception using
                errcode = 'IN001',
                message = format('incident %s: what it is about cannot be changed', old.incident_id),
                detail = 'incident_id, host_name, device_name, capture_folder and component are fixed.',
                hint = 'Resolve it, and let the engine open another.';
        end if;
        if new.status <> old.status and writer <> 'engine' then
            allowed := case old.status
                when 'open' then 'in_progress or resolved'
                when 'in_progress' then 'resolved'
                when 'resolved' then 'closed or open'
                when 'closed' then 'nothing: closed is final'
            end;
            if not (new.status = any (string_to_array(allowed, ' or '))) then
                raise exception using
                    errcode = 'IN001',
                    message = format('incident %s cannot go from %s to %s', old.incident_id, old.status, new.status),
                    detail = format('From %s an incident can go to %s.', old.status, allowed),
                    hint = case old.status
                        when 'open' then 'Call incident.acknowledge(), or incident.resolve() first.'
                        when 'in_progress' then 'Call incident.resolve() first.'
                        when 'resolved' then 'Call incident.reopen() first, or incident.close().'
                        else 'A new failure opens a new incident; incident.comment() still works.'
                    end;
            end if;
        end if;
    end if;

    new.detection_to_ack_minutes := incident_engine.whole_minutes(
        coalesce(new.announced_at, new.detected_at), new.acknowledged_at
    );
    new.ack_to_resolution_minutes := incident_engine.whole_minutes(new.acknowledged_at, new.resolved_at);
    new.total_duration_minutes := incident_engine.whole_minutes(new.detected_at, new.resolved_at);
    new.updated_at := now();
    return new;
end
$$;

-- Name: FUNCTION before_incident_write(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.before_incident_write() IS 'Row trigger on system_incident: computes the durations, whoever writes, and refuses illegal transitions. Errors: IN001 with a hint that names what is allowed.';

-- Name: begin_incident_change(bigint, text, timestamp with time zone, boolean); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.begin_incident_change(incident_id bigint, operator text, acted_at timestamp with time zone, changes_course boolean DEFAULT false) RETURNS public.system_incident
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    subject public.system_incident;
begin
    if incident_id is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'incident_id must not be null',
            hint = 'select * from incident.active lists the incidents of now, incident.recent those of late.';
    end if;
    perform incident_engine.require_operator(operator);

    if acted_at is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'acted_at must not be null',
            hint = 'Leave it out for now().';
    end if;
    if acted_at > now() then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('acted_at must not be in the future, but is %s', acted_at),
            hint = 'Leave it out for now().';
    end if;

    -- Same order of locks as the fold: the host, then the incident.
    if changes_course then
        perform incident_engine.lock_hosts(array[i.host_name])
        from public.system_incident as i
        where i.incident_id = begin_incident_change.incident_id;
    end if;
    select i.*
    into subject
    from public.system_incident as i
    where i.incident_id = begin_incident_change.incident_id
    for no key update;
    if not found then
        raise exception using
            errcode = 'IN002',
            message = format('there is no incident %s', incident_id),
            hint = 'select * from incident.active lists the incidents of now, incident.recent those of late.';
    end if;
    if acted_at < now() and acted_at < subject.detected_at then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('acted_at %s is before incident %s was detected', acted_at, incident_id),
            detail = format('It was detected at %s.', subject.detected_at),
            hint = 'Leave it out for now().';
    end if;
    perform set_config('incident_engine.writer', 'operator', true);
    return subject;
end
$$;

-- Name: FUNCTION begin_incident_change(incident_id bigint, operator text, acted_at timestamp with time zone, changes_course boolean); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.begin_incident_change(incident_id bigint, operator text, acted_at timestamp with time zone, changes_course boolean) IS 'First step of everything an operator does to an incident: checks what was said, locks the incident (and its host when the course of incidents changes) and returns it. Errors: 22004, 22023, IN002, 55P03.';

-- Name: begin_policy_change(incident.policy, timestamp with time zone, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.begin_policy_change(scope incident.policy, refold_since timestamp with time zone, operator text, note text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform incident_engine.require_text(operator, 'operator');
    if refold_since is null then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = 'refold_since must not be null',
            hint = 'Leave it out to make all of history what the policy tells, or name infinity for none of it.';
    end if;
    perform incident_engine.check_policy(scope);
    lock table incident.policy in share row exclusive mode;
    perform set_config('incident_engine.policy_operator', operator, true);
    perform set_config('incident_engine.policy_note', coalesce(note, ''), true);
end
$$;

-- Name: FUNCTION begin_policy_change(scope incident.policy, refold_since timestamp with time zone, operator text, note text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.begin_policy_change(scope incident.policy, refold_since timestamp with time zone, operator text, note text) IS 'First step of every change of policy: checks what was said, keeps others from changing policies until the transaction ends, and remembers who and why for policy_change. Errors: 22004, 22023.';

-- Name: chain_timeline(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.chain_timeline() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    previous record;
begin
    -- Not for the writer to say.
    new.recorded_at := now();
    new.recorded_by := session_user::text;

    -- One writer of an incident's timeline at a time, whoever it is. What it waited for may have a later number by now.
    -- `is not distinct from` keeps the planner from an index that begins with host_name, and so from a host's every
    -- incident.
    perform
    from public.system_incident as i
    where i.incident_id = new.incident_id and i.host_name is not distinct from new.host_name
    for no key update;
    select t.entry_id, t.hash
    into previous
    from incident.timeline as t
    where t.host_name = new.host_name and t.incident_id = new.incident_id
    order by t.entry_id desc
    limit 1;
    if previous.entry_id > new.entry_id then
        new.entry_id := nextval('incident.timeline_entry_id_seq');
    end if;
    new.previous_hash := previous.hash;
    new.hash := incident_engine.timeline_hash(new);
    return new;
end
$$;

-- Name: FUNCTION chain_timeline(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.chain_timeline() IS 'Row trigger on the timeline: records when and by which login, and chains each entry to the previous one of its incident by a hash, in the order in which they are written.';

-- Name: check_maintenance_scope(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_maintenance_scope(device_name text, capture_folder text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if (device_name is null) <> (capture_folder is null) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'device_name and capture_folder go together',
            detail = format(
                'device_name is %s, capture_folder %s.', coalesce(device_name, 'null'), coalesce(capture_folder, 'null')
            ),
            hint = 'Leave both out for all devices of the host.';
    end if;
end
$$;

-- Name: FUNCTION check_maintenance_scope(device_name text, capture_folder text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_maintenance_scope(device_name text, capture_folder text) IS 'Errors: 22023 when a device is named by half.';

-- Name: check_policies(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_policies() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform incident_engine.check_silence(p.host_name, p.device_name, p.capture_folder, e.sample_interval, e.no_data_after)
    from incident.policy as p
    cross join lateral incident_engine.effective_policy(
        p.host_name, p.device_name, p.capture_folder, p.component
    ) as e;
end
$$;

-- Name: FUNCTION check_policies(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_policies() IS 'Refuses policy rows that make no sense together, each with what it takes over from wider scopes. Errors: 22023.';

-- Name: check_policy(incident.policy); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_policy(changes incident.policy) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "IntervalStyle" TO 'postgres'
    AS $$
declare
    of_component constant text := 'be left out for a component: it belongs to the device as a whole';
    of_host constant text := 'be left out for a device: it belongs to the host as a whole';
    any_component constant text := 'Leave component out.';
    any_device constant text := 'Leave device_name and capture_folder out, and component too (or name system).';
    wrong record;
begin
    if coalesce(btrim(changes.host_name), 'any') = '' then
        perform incident_engine.require_text(changes.host_name, 'host_name');
    end if;
    if (changes.device_name is null) <> (changes.capture_folder is null)
        or (changes.device_name is not null and changes.host_name is null)
    then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'a device is named by host_name, device_name and capture_folder together',
            detail = format(
                'host_name is %s, device_name %s, capture_folder %s.', coalesce(changes.host_name, 'null'),
                coalesce(changes.device_name, 'null'), coalesce(changes.capture_folder, 'null')
            ),
            hint = 'Name all three for a device, host_name alone for a host, none for all.';
    end if;
    if changes.component not in ('ffmpeg', 'monitor', 'system') then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('component must be ffmpeg, monitor or system, but is %s', changes.component),
            hint = 'Leave it out for all three.';
    end if;

    -- The first rule that is broken. What is not set breaks none.
    select r.*
    into wrong
    from (
        values
        ('sample_interval', changes.sample_interval::text, changes.sample_interval > interval '0', 'be longer than nothing',
            'It is how often a device reports: 60 seconds by default.'),
        ('no_data_after', changes.no_data_after::text, changes.no_data_after > interval '0', 'be longer than nothing',
            'It is the silence that counts: 3 minutes by default.'),
        ('open_after', changes.open_after::text, changes.open_after >= interval '0', 'not be negative', '0 opens at once.'),
        ('resolve_after', changes.resolve_after::text, changes.resolve_after >= interval '0', 'not be negative',
            '0 resolves at once.'),
        ('reopen_within', changes.reopen_within::text, changes.reopen_within >= interval '0', 'not be negative',
            '0 never reopens.'),
        ('new_device_grace', changes.new_device_grace::text, changes.new_device_grace >= interval '0', 'not be negative',
            '0 gives none.'),
        ('close_after', changes.close_after::text, changes.close_after > interval '0', 'be longer than nothing',
            'incident.unset_policy(''close_after'') switches automatic closing off.'),
        ('sla_target', changes.sla_target::text, changes.sla_target > 0 and changes.sla_target <= 100,
            'be a percentage above 0, up to 100', 'It is the availability promised: 99.0 by default.'),
        ('flapping_start_percent', changes.flapping_start_percent::text,
            changes.flapping_start_percent > 0
            and (changes.flapping_start_percent <= 100 or changes.flapping_start_percent = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: nothing ever flaps.'),
        ('flapping_stop_percent', changes.flapping_stop_percent::text,
            changes.flapping_stop_percent >= 0 and changes.flapping_stop_percent <= 100,
            'be a percentage from 0 to 100', 'Flapping stops when the changes have fallen to it: 25 by default.'),
        ('flapping_stop_percent', coalesce(changes.flapping_stop_percent::text, 'null'),
            (changes.flapping_start_percent is null) = (changes.flapping_stop_percent is null),
            'be set together with flapping_start_percent', 'Name both.'),
        ('flapping_stop_percent', changes.flapping_stop_percent::text,
            changes.flapping_stop_percent <= changes.flapping_start_percent,
            format('not be above flapping_start_percent (%s)', changes.flapping_start_percent),
            'A gap between them keeps flapping from starting and stopping all the time.'),
        ('cpu_percent_limit', changes.cpu_percent_limit::text,
            changes.cpu_percent_limit > 0 and (changes.cpu_percent_limit <= 100 or changes.cpu_percent_limit = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: no load is too high.'),
        ('memory_percent_limit', changes.memory_percent_limit::text,
            changes.memory_percent_limit > 0
            and (changes.memory_percent_limit <= 100 or changes.memory_percent_limit = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: no use is too much.'),
        ('disk_percent_limit', changes.disk_percent_limit::text,
            changes.disk_percent_limit > 0 and (changes.disk_percent_limit <= 100 or changes.disk_percent_limit = 'infinity'),
            'be a percentage above 0, up to 100, or infinity', 'infinity: no use is too much.'),
        ('temperature_celsius_limit', changes.temperature_celsius_limit::text,
            changes.temperature_celsius_limit > 0 and changes.temperature_celsius_limit <> 'NaN',
            'be above 0 degrees Celsius', 'infinity: no temperature is too high.'),
        ('cpu_samples', changes.cpu_samples::text, changes.cpu_samples >= 1, 'be 1 or more', 'It counts samples in a row.'),
        ('memory_samples', changes.memory_samples::text, changes.memory_samples >= 1, 'be 1 or more',
            'It counts samples in a row.'),
        ('disk_samples', changes.disk_samples::text, changes.disk_samples >= 1, 'be 1 or more',
            'It counts samples in a row.'),
        ('temperature_samples', changes.temperature_samples::text, changes.temperature_samples >= 1, 'be 1 or more',
            'It counts samples in a row.'),
        ('sample_interval', changes.sample_interval::text,
            changes.component is null or changes.sample_interval is null, of_component, any_component),
        ('no_data_after', changes.no_data_after::text,
            changes.component is null or changes.no_data_after is null, of_component, any_component),
        ('new_device_grace', changes.new_device_grace::text,
            changes.component is null or changes.new_device_grace is null, of_component, any_component)
    ) as r (setting, value, is_kept, rule, hint)
    where not r.is_kept
    limit 1;
    if not found then
        select l.setting, l.value, of_host as rule, any_device as hint
        into wrong
        from (
            values
            ('cpu_percent_limit', changes.cpu_percent_limit::text),
            ('cpu_samples', changes.cpu_samples::text),
            ('memory_percent_limit', changes.memory_percent_limit::text),
            ('memory_samples', changes.memory_samples::text),
            ('disk_percent_limit', changes.disk_percent_limit::text),
            ('disk_samples', changes.disk_samples::text),
            ('temperature_celsius_limit', changes.temperature_celsius_limit::text),
            ('temperature_samples', changes.temperature_samples::text)
        ) as l (setting, value)
        where l.value is not null and (changes.device_name is not null or changes.component in ('ffmpeg', 'monitor'))
        limit 1;
    end if;
    if found then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('%s must %s, but is %s', wrong.setting, wrong.rule, wrong.value),
            hint = wrong.hint;
    end if;
end
$$;

-- Name: FUNCTION check_policy(changes incident.policy); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_policy(changes incident.policy) IS 'Refuses a scope or settings that make no sense. Nulls are settings that are not given. Errors: 22023 naming the setting, the rule and the value.';

-- Name: check_silence(text, text, text, interval, interval); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.check_silence(host_name text, device_name text, capture_folder text, sample_interval interval, no_data_after interval) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "IntervalStyle" TO 'postgres'
    AS $$
begin
    if no_data_after < sample_interval then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format(
                'no_data_after must not be shorter than sample_interval, but for %s it would be %s, and the interval %s',
                incident_engine.describe_scope(host_name, device_name, capture_folder, null), no_data_after, sample_interval
            ),
            detail = 'Every gap between two samples would be silence. Values not set for a scope come from a wider one.',
            hint = 'Set both for that scope; three times sample_interval is usual.';
    end if;
end
$$;

-- Name: FUNCTION check_silence(host_name text, device_name text, capture_folder text, sample_interval interval, no_data_after interval); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.check_silence(host_name text, device_name text, capture_folder text, sample_interval interval, no_data_after interval) IS 'Errors: 22023 when a silence would count before the next sample is expected.';

-- Name: close_resolved(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.close_resolved(as_of timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    shortest constant interval := (select min(p.close_after) from incident.policy as p);
    due record;
    closed integer := 0;
begin
    if shortest is null then
        return 0;
    end if;
    perform set_config('incident_engine.writer', 'engine', true);
    for due in
        select i.incident_id, i.host_name, p.close_after, least(i.resolved_at + p.close_after, now()) as closed_at
        from public.system_incident as i
        cross join lateral incident_engine.effective_policy(
            i.host_name, i.device_name, i.capture_folder, i.component
        ) as p
        where
            i.status = 'resolved'
            and i.retracted_at is null
            and i.resolved_at <= as_of - shortest
            and i.resolved_at + p.close_after <= as_of
        order by i.resolved_at, i.incident_id
        limit 500
    loop
        -- The host before the incident, as everywhere; one that is busy has its turn in the next round.
        continue when not pg_try_advisory_xact_lock(7101, incident_engine.host_lock(due.host_name));
        update public.system_incident as i
        set status = 'closed',
            closed_at = due.closed_at,
            closed_by = 'engine',
            updated_by = 'engine',
            update_note = format('closed by policy, resolved for %s', due.close_after)
        where i.host_name = due.host_name and i.incident_id = due.incident_id and i.status = 'resolved';
        closed := closed + found::integer;
    end loop;
    perform set_config('incident_engine.writer', '', true);
    return closed;
end
$$;

-- Name: FUNCTION close_resolved(as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.close_resolved(as_of timestamp with time zone) IS 'Closes incidents that have been resolved for close_after, as operator engine, up to 500 a round. Returns how many.';

-- Name: describe(text, text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.describe(component text, severity text, host_name text, device_name text, capture_folder text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (component <> 'system'::text) THEN format('%s %s on %s, %s (%s)'::text, component, CASE severity WHEN 'critical'::text THEN 'stopped'::text ELSE 'stuck'::text END, host_name, device_name, capture_folder) WHEN (severity = 'critical'::text) THEN format('host %s silent'::text, host_name) WHEN (severity = 'high'::text) THEN format('no samples from %s, %s (%s)'::text, host_name, device_name, capture_folder) ELSE format('host %s over its limits'::text, host_name) END;

-- Name: FUNCTION describe(component text, severity text, host_name text, device_name text, capture_folder text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.describe(component text, severity text, host_name text, device_name text, capture_folder text) IS 'One line on what is wrong, for people: "ffmpeg stopped on host1, device1 (capture1)", "host host1 silent", "no samples from host1, device1 (capture1)", "host host1 over its limits".';

-- Name: devices_in(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.devices_in(regions incident_engine.touch[]) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with span as (
            select r.host_name, min(r.from_time) as from_time, max(r.to_time) as to_time
            from unnest(regions) as r
            group by r.host_name
        ),

        silent as (
            select distinct s.host_name, d.device_name, d.capture_folder, s.from_time
            from span as s
            join incident.device as d using (host_name)
            where
                (d.device_name, d.capture_folder) <> (d.host_name, 'host')
                and (
                    exists (
                        select
                        from incident.device_state as h
                        where
                            h.host_name = d.host_name
                            and h.device_name = d.device_name
                            and h.capture_folder = d.capture_folder
                            and h.ffmpeg_status = 'no_data'
                            and h.started_at <= s.to_time
                            and h.ended_at >= s.from_time
                            and h.started_at >= coalesce((
                                select max(b.started_at)
                                from incident.device_state as b
                                where
                                    b.host_name = d.host_name
                                    and b.device_name = d.device_name
                                    and b.capture_folder = d.capture_folder
                                    and b.started_at <= s.from_time
                            ), '-infinity')
                    )
                    or exists (
                        select
                        from incident.system_state as h
                        where
                            h.host_name = d.host_name
                            and h.device_name = d.device_name
                            and h.capture_folder = d.capture_folder
                            and h.status <> 'reporting'
                            and h.started_at <= s.to_time
                            and h.ended_at >= s.from_time
                    )
                )
        )

        select array_agg((
            d.host_name, d.device_name, d.capture_folder,
            coalesce(
                (
                    select max(b.started_at)
                    from incident.system_state as b
                    where
                        b.host_name = d.host_name
                        and b.device_name = d.device_name
                        and b.capture_folder = d.capture_folder
                        and b.status = 'reporting'
                        and b.started_at < d.from_time
                ),
                '-infinity'
            ),
            'infinity'
        )::incident_engine.touch)
        from silent as d
    );
end
$$;

-- Name: FUNCTION devices_in(regions incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.devices_in(regions incident_engine.touch[]) IS 'The devices whose silence may be seen differently for what happened to their hosts in the regions, each from the last moment before at which it reported.';

-- Name: drop_samples(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.drop_samples(line timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '200ms'
    SET "TimeZone" TO 'UTC'
    AS $_$
declare
    -- One a round: writers wait from here to the end of the sweep.
    partition constant text := (
        select min(c.relname)
        from pg_inherits as p
        join pg_class as c on c.oid = p.inhrelid
        where
            p.inhparent = 'public.system_device_metrics'::regclass
            and c.relname ~ '^system_device_metrics_[0-9]{8}$'
            and c.relname < 'system_device_metrics_' || to_char(line, 'YYYYMMDD')
    );
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    needed incident_engine.touch[];
begin
    if partition is null then
        return 0;
    end if;
    needed := incident_engine.samples_still_needed(line);

    perform set_config('incident_engine.writer', 'upkeep', true);
    execute format('alter table public.system_device_metrics detach partition public.%I', partition);
    execute format(
        'insert into public.system_device_metrics_default
        select m.*
        from public.%I as m
        join unnest($1) as n using (host_name, device_name, capture_folder)
        where m.timestamp >= n.from_time',
        partition
    ) using needed;
    execute format('drop table public.%I', partition);

    -- What came for days that were gone already, and what is not needed any more.
    delete from public.system_device_metrics_default as m
    where
        m.timestamp < line
        and not exists (
            select from unnest(needed) as n
            where
                (n.host_name, n.device_name, n.capture_folder) = (m.host_name, m.device_name, m.capture_folder)
                and m.timestamp >= n.from_time
        );
    perform set_config('incident_engine.writer', writer_before, true);
    return 1;
exception
    when lock_not_available or deadlock_detected then
        return 0;
end
$_$;

-- Name: FUNCTION drop_samples(line timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.drop_samples(line timestamp with time zone) IS 'Drops the oldest day partition that lies before a moment, if the tables can be had at once; otherwise the next round does it. Samples that an incident still needs stay, in the default partition. Returns how many partitions it dropped.';

-- Name: effective_policy(text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.effective_policy(host_name text, device_name text, capture_folder text, component text) RETURNS incident.policy
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    scope incident.policy;
    effective incident.policy;
begin
    -- Asked for several times in every fold, and mostly there is one row.
    for scope in
        select p.*
        from incident.policy as p
        where
            (p.host_name is null or p.host_name = effective_policy.host_name)
            and (p.device_name is null or p.device_name = effective_policy.device_name)
            and (p.capture_folder is null or p.capture_folder = effective_policy.capture_folder)
            and (p.component is null or p.component = effective_policy.component)
        order by
            (p.host_name is not null)::integer + (p.device_name is not null)::integer desc,
            p.component is null
    loop
        if effective.policy_id is null then
            effective := scope;
        else
            effective.sample_interval := coalesce(effective.sample_interval, scope.sample_interval);
            effective.no_data_after := coalesce(effective.no_data_after, scope.no_data_after);
            effective.sla_target := coalesce(effective.sla_target, scope.sla_target);
            effective.open_after := coalesce(effective.open_after, scope.open_after);
            effective.resolve_after := coalesce(effective.resolve_after, scope.resolve_after);
            effective.reopen_within := coalesce(effective.reopen_within, scope.reopen_within);
            effective.flapping_start_percent := coalesce(effective.flapping_start_percent, scope.flapping_start_percent);
            effective.flapping_stop_percent := coalesce(effective.flapping_stop_percent, scope.flapping_stop_percent);
            effective.new_device_grace := coalesce(effective.new_device_grace, scope.new_device_grace);
            effective.cpu_percent_limit := coalesce(effective.cpu_percent_limit, scope.cpu_percent_limit);
            effective.cpu_samples := coalesce(effective.cpu_samples, scope.cpu_samples);
            effective.memory_percent_limit := coalesce(effective.memory_percent_limit, scope.memory_percent_limit);
            effective.memory_samples := coalesce(effective.memory_samples, scope.memory_samples);
            effective.disk_percent_limit := coalesce(effective.disk_percent_limit, scope.disk_percent_limit);
            effective.disk_samples := coalesce(effective.disk_samples, scope.disk_samples);
            effective.temperature_celsius_limit := coalesce(effective.temperature_celsius_limit, scope.temperature_celsius_limit);
            effective.temperature_samples := coalesce(effective.temperature_samples, scope.temperature_samples);
            effective.close_after := coalesce(effective.close_after, scope.close_after);
        end if;
    end loop;
    effective.policy_id := null;
    effective.host_name := effective_policy.host_name;
    effective.device_name := effective_policy.device_name;
    effective.capture_folder := effective_policy.capture_folder;
    effective.component := effective_policy.component;
    return effective;
end
$$;

-- Name: FUNCTION effective_policy(host_name text, device_name text, capture_folder text, component text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.effective_policy(host_name text, device_name text, capture_folder text, component text) IS 'What applies to a component of a device: value by value that of the most specific policy row that has one; device before host before all, and a row for the component before one for any. Nulls ask for the whole: (host, null, null, ''system'') is the host itself.';

-- Name: end_incident_change(public.system_incident); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.end_incident_change(subject public.system_incident) RETURNS public.system_incident
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform set_config('incident_engine.writer', '', true);
    return (
        select i
        from public.system_incident as i
        where i.host_name = subject.host_name and i.incident_id = subject.incident_id
    );
end
$$;

-- Name: FUNCTION end_incident_change(subject public.system_incident); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.end_incident_change(subject public.system_incident) IS 'Last step of everything an operator does to an incident: later writes of the transaction are nobody''s but their own. Returns the incident as it is now.';

-- Name: ensure_partition(date); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.ensure_partition(day date) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO'
    AS $$
declare
    partition constant text := format('system_device_metrics_%s', to_char(day, 'YYYYMMDD'));
    from_time constant timestamptz := day::timestamp at time zone 'UTC';
    to_time constant timestamptz := (day + 1)::timestamp at time zone 'UTC';
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
begin
    if to_regclass(format('public.%I', partition)) is not null then
        return false;
    end if;

    execute format(
        'create table public.%I (like public.system_device_metrics including defaults including constraints)', partition
    );
    execute format(
        'alter table public.%I add constraint day_of_the_partition check (timestamp >= %L and timestamp < %L)',
        partition, from_time, to_time
    );

    -- Nobody but the owner gets in past the table, whatever default privileges grant.
    execute format('revoke all on public.%I from public', partition);
    execute format('alter table public.%I enable row level security', partition);

    -- Rows of that day that came before the partition did are in the default partition.
    perform set_config('incident_engine.writer', 'upkeep', true);
    if exists (
        select from public.system_device_metrics_default as m where m.timestamp >= from_time and m.timestamp < to_time
    ) then
        lock table public.system_device_metrics in share row exclusive mode;
        execute format(
            'with moved as (
                delete from public.system_device_metrics_default
                where timestamp >= %L and timestamp < %L
                returning *
            )
            insert into public.%I select * from moved',
            from_time, to_time, partition
        );
    end if;
    perform set_config('incident_engine.writer', writer_before, true);

    execute format(
        'alter table public.system_device_metrics attach partition public.%I for values from (%L) to (%L)',
        partition, from_time, to_time
    );
    execute format('alter table public.%I drop constraint day_of_the_partition', partition);
    execute format(
        'create trigger samples_are_immutable
        before insert or update or delete or truncate on public.%I
        for each statement execute function incident_engine.refuse_sample_change()',
        partition
    );
    return true;
end
$$;

-- Name: FUNCTION ensure_partition(day date); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.ensure_partition(day date) IS 'Makes the partition of system_device_metrics for a day (UTC) if there is none, and moves rows of that day out of the default partition. Returns whether it made one.';

-- Name: ensure_partitions(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.ensure_partitions(from_time timestamp with time zone, to_time timestamp with time zone) RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (count(*) FILTER (WHERE incident_engine.ensure_partition((day.day)::date)))::integer AS count
    FROM generate_series(date_trunc('day'::text, (ensure_partitions.from_time AT TIME ZONE 'UTC'::text)), date_trunc('day'::text, (ensure_partitions.to_time AT TIME ZONE 'UTC'::text)), '1 day'::interval) day(day);
END;

-- Name: FUNCTION ensure_partitions(from_time timestamp with time zone, to_time timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.ensure_partitions(from_time timestamp with time zone, to_time timestamp with time zone) IS 'Makes the day partitions of system_device_metrics that a span of time needs. Returns how many it made.';

-- Name: find_silence(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.find_silence(since timestamp with time zone, as_of timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    AS $$
declare
    usual constant interval := (
        select p.no_data_after from incident.policy as p where p.host_name is null and p.component is null
    );
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    -- A gap of no_data_after that ended after since, or lasts at as_of, leaves at least one slot of half that length empty.
    -- Nothing older needs to be looked at, whenever it was committed: a sample that an earlier round could not see yet lies
    -- in a gap that was too short to count, and one that ends a silence which that round recorded is folded when it arrives.
    slot constant interval := usual / 2;
    slot_seconds constant double precision := date_part('epoch', slot);
    screened_from constant timestamptz := since - usual - slot;
    -- As many as fit into 63 bits; all devices are looked at one by one when the last round is longer ago.
    slots constant integer := (
        select case
            when isfinite(since) then least(greatest(floor(date_part('epoch', as_of - screened_from) / slot_seconds), 0), 63)
            else 63
        end::integer
    );
begin
    return (
        with seen as (
            select m.host_name, m.device_name, m.capture_folder,
                bit_or(
                    1::bigint << floor(date_part('epoch', m.timestamp - screened_from) / slot_seconds)::integer
                ) as in_slots
            from public.system_device_metrics as m
            where slots < 63 and m.timestamp >= screened_from and m.timestamp < screened_from + slots * slot
            group by m.host_name, m.device_name, m.capture_folder
        ),

        -- Hosts on which a shorter silence than usual counts.
        quicker as (
            select distinct p.host_name from incident.policy as p where p.no_data_after < usual
        ),

        -- Devices that lack a sample in some slot, and all of a quicker host.
        candidate as (
            select d.host_name, d.device_name, d.capture_folder, d.ffmpeg_status, d.state_started_at, p.no_data_after
            from incident.device as d
            left join seen as s using (host_name, device_name, capture_folder)
            left join quicker as q using (host_name)
            cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
            where
                slots = 63
                or (s.in_slots is distinct from (1::bigint << slots) - 1 and (d.ffmpeg_status <> 'no_data' or s.in_slots > 0))
                or q.host_name is not null
        ),

        sample as (
            select c.host_name, c.device_name, c.capture_folder, c.no_data_after, m.*
            from candidate as c
            cross join lateral (
                select n.timestamp,
                    lag(n.timestamp) over (order by n.timestamp) as previous_timestamp,
                    lead(n.timestamp) over (order by n.timestamp) as next_timestamp
                from public.system_device_metrics as n
                where
                    n.host_name = c.host_name
                    and n.device_name = c.device_name
                    and n.capture_folder = c.capture_folder
                    and n.timestamp >= since - c.no_data_after - slot
                    and n.timestamp >= since - longest - slot
                    and n.timestamp <= as_of + interval '5 minutes'
            ) as m
        ),

        ended_unseen as (
            select s.host_name, s.device_name, s.capture_folder, s.timestamp
            from sample as s
            where
                s.timestamp >= s.previous_timestamp + s.no_data_after
                and not exists (
                    select from incident.device_state as e
                    where
                        (e.host_name, e.device_name, e.capture_folder) = (s.host_name, s.device_name, s.capture_folder)
                        and e.ffmpeg_status = 'no_data'
                        and e.ended_at = s.timestamp
                )
        ),

        lasting as (
            select c.host_name, c.device_name, c.capture_folder, coalesce(s.timestamp, c.state_started_at) as timestamp
            from candidate as c
            left join sample as s
                on s.host_name = c.host_name
                and s.device_name = c.device_name
                and s.capture_folder = c.capture_folder
                and s.next_timestamp is null
            where c.ffmpeg_status <> 'no_data' and coalesce(s.timestamp + c.no_data_after <= as_of, true)
        )

        select array_agg((s.host_name, s.device_name, s.capture_folder, s.timestamp, s.to_time)::incident_engine.touch)
        from (
            select e.host_name, e.device_name, e.capture_folder, e.timestamp, e.timestamp as to_time from ended_unseen as e
            union
            select l.host_name, l.device_name, l.capture_folder, l.timestamp, 'infinity' from lasting as l
        ) as s
    );
end
$$;

-- Name: FUNCTION find_silence(since timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.find_silence(since timestamp with time zone, as_of timestamp with time zone) IS 'Silences that no fold has seen yet: gaps that ended in samples newer than since, and devices silent at as_of. One pass over the samples since the last round and the length of a silence before it, whatever the length of the history; only devices of which something is missing are looked at one by one.';

-- Name: find_system_changes(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.find_system_changes(since timestamp with time zone, as_of timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    shortest constant interval := (select min(p.no_data_after) from incident.policy as p);
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    -- Rows committed while an earlier round looked are found by looking at its time again.
    first_time constant timestamptz := since - longest - interval '10 minutes';
    horizon constant timestamptz := as_of + interval '5 minutes';
begin
    return (
        -- Hosts none of whose devices is heard, and that may have gone silent by now.
        with unheard as (
            select h.host_name
            from incident.host as h
            left join incident.device as d on d.host_name = h.host_name and d.ffmpeg_status <> 'no_data'
            where d.host_name is null and not h.is_silent
        ),

        lasting as (
            select u.host_name, as_of as timestamp
            from unheard as u
            where coalesce((
                    select max(m.timestamp)
                    from public.system_metrics as m
                    where m.host_name = u.host_name and m.timestamp <= horizon
                ) + shortest <= as_of, true)
        ),

        -- Silences that ended in rows of the hosts before any round saw them.
        ended_unseen as (
            select h.host_name, g.timestamp
            from incident.host as h
            cross join lateral (
                select m.timestamp, lag(m.timestamp) over (order by m.timestamp) as previous_timestamp
                from public.system_metrics as m
                where m.host_name = h.host_name and m.timestamp >= first_time and m.timestamp <= horizon
            ) as g
            where
                g.timestamp >= g.previous_timestamp + shortest
                and not exists (
                    select from incident.host_condition as c
                    where c.host_name = h.host_name and c.cause = 'silent' and c.ended_at = g.timestamp
                )
        ),

        -- Devices that are silent, and until now it could not be told whether they alone are.
        undecided as (
            select d.host_name, d.state_started_at as timestamp
            from incident.device as d
            join incident.host as h using (host_name)
            left join incident.system_state as s
                on s.host_name = d.host_name
                and s.device_name = d.device_name
                and s.capture_folder = d.capture_folder
                and s.ended_at = 'infinity'
            where
                d.ffmpeg_status = 'no_data'
                and not h.is_silent
                and (d.device_name, d.capture_folder) <> (d.host_name, 'host')
                and coalesce(s.status in ('excused', 'reporting'), true)
        ),

        -- Silences of devices that were laid to their hosts before all samples of the hosts were looked at.
        unconfirmed as (
            select s.host_name, s.started_at as timestamp
            from incident.system_state as s
            where s.status = 'excused' and s.ended_at >= first_time and s.ended_at < 'infinity'
        ),

        -- Hosts that were silent while the database was down, and still are or were counted before that was known.
        excused as (
            select c.host_name, c.started_at as timestamp
            from incident.host_condition as c
            join incident.host as h using (host_name)
            join incident.outage as o on o.ended_at > c.started_at and o.started_at < c.ended_at
            where
                c.cause = 'silent'
                and (o.recorded_at = now() or (c.ended_at = 'infinity' and h.status = 'excused'))
        )

        select array_agg((a.host_name, '', '', a.timestamp, a.timestamp)::incident_engine.touch)
        from (
            select l.host_name, l.timestamp from lasting as l
            union
            select e.host_name, e.timestamp from ended_unseen as e
            union
            select u.host_name, u.timestamp from undecided as u
            union
            select c.host_name, c.timestamp from unconfirmed as c
            union
            select x.host_name, x.timestamp from excused as x
            union
            select n.host_name, n.from_time from unnest(incident_engine.unsettled(null)) as n
        ) as a
    );
end
$$;

-- Name: FUNCTION find_system_changes(since timestamp with time zone, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.find_system_changes(since timestamp with time zone, as_of timestamp with time zone) IS 'Moments at which hosts must be looked at because time has passed: those that went silent without a device going silent, whose silence ended unseen, whose devices'' silence could not be judged yet, and incidents that wait for policy.';

-- Name: first_missed_in(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.first_missed_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
begin
    return (
        with failing as (
            select s.started_at, s.ended_at
            from incident.system_state as s
            where
                s.host_name = first_missed_in.host_name
                and s.device_name = first_missed_in.device_name
                and s.capture_folder = first_missed_in.capture_folder
                and s.severity is not null
                and s.ended_at > not_before
                and s.started_at < before
        ),

        -- What was expected, and did not come: the silence's beginning and every sample_interval from there.
        silence as (
            select e.started_at, e.ended_at, p.sample_interval
            from incident.device_state as e
            cross join lateral incident_engine.silence_policy(e.host_name, e.device_name, e.capture_folder) as p
            where
                e.host_name = first_missed_in.host_name
                and e.device_name = first_missed_in.device_name
                and e.capture_folder = first_missed_in.capture_folder
                and e.ffmpeg_status = 'no_data'
                and e.ended_at > not_before
                and e.started_at < before
            union all
            select c.started_at, c.ended_at, c.started_at - c.last_signal_at
            from incident.host_condition as c
            where
                (first_missed_in.device_name, first_missed_in.capture_folder) = (first_missed_in.host_name, 'host')
                and c.host_name = first_missed_in.host_name
                and c.cause = 'silent'
                and c.ended_at > not_before
                and c.started_at < before
        ),

        missed as (
            select s.started_at + s.sample_interval * ceil(
                greatest(extract(epoch from greatest(f.started_at, not_before) - s.started_at), 0)
                / extract(epoch from s.sample_interval)
            )::double precision as timestamp, least(s.ended_at, f.ended_at, before) as before,
                s.ended_at < 'infinity' as is_over
            from failing as f
            join silence as s on s.started_at < f.ended_at and s.ended_at > f.started_at
        ),

        over_limit as (
            select min(r.timestamp) as timestamp
            from incident.host_condition as c
            join incident_engine.host_reading as r using (host_name, cause)
            where
                (first_missed_in.device_name, first_missed_in.capture_folder) = (first_missed_in.host_name, 'host')
                and c.host_name = first_missed_in.host_name
                and c.cause <> 'silent'
                and c.ended_at > not_before
                and c.started_at < before
                and r.timestamp >= greatest(c.started_at, not_before)
                and r.timestamp < least(c.ended_at, before)
                and r.timestamp <= now() + interval '5 minutes'
                and r.value >= c.limit_value
        )

        select least(
            (select min(m.timestamp) from missed as m where m.timestamp < m.before and (m.is_over or m.timestamp <= swept_to)),
            (select o.timestamp from over_limit as o)
        )
    );
end
$$;

-- Name: FUNCTION first_missed_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.first_missed_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone) IS 'Time of the first sample that a silent device missed, or signal that a silent host missed, or row of a host at or above a limit, from not_before up to, not including, before, in its failing states; null when there is none. While a silence lasts, what is missed is known as far as the sweep has looked.';

-- Name: first_sample_in(text, text, text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if component = 'system' then
        return case condition
            when 'failing' then incident_engine.first_missed_in(host_name, device_name, capture_folder, not_before, before)
            else incident_engine.first_signal_in(host_name, device_name, capture_folder, not_before, before)
        end;
    end if;
    return (
        select min(m.timestamp)
        from public.system_device_metrics as m
        where
            m.host_name = first_sample_in.host_name
            and m.device_name = first_sample_in.device_name
            and m.capture_folder = first_sample_in.capture_folder
            and m.timestamp >= not_before
            and m.timestamp < before
            and case component when 'ffmpeg' then m.ffmpeg_status when 'monitor' then m.monitor_status end
            = any (case condition when 'failing' then array['stuck', 'stopped'] when 'healthy' then array['active'] end)
    );
end
$$;

-- Name: FUNCTION first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone) IS 'Time of a component''s first failing or healthy sample (condition) from not_before up to, not including, before; null when there is none. Of the component system: failing are the samples and signals that were missed, as far as the sweep has looked, and the rows of a host at or above a limit; healthy are those that came.';

-- Name: first_signal_in(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.first_signal_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    just_before constant timestamptz := not_before - interval '1 microsecond';
    last_one constant timestamptz := least(before, now() + interval '5 minutes') - interval '1 microsecond';
begin
    if (device_name, capture_folder) <> (host_name, 'host') then
        return incident_engine.sample_after(host_name, device_name, capture_folder, just_before, last_one);
    end if;
    return least(
        (
            select min(incident_engine.sample_after(d.host_name, d.device_name, d.capture_folder, just_before, last_one))
            from incident.device as d
            where d.host_name = first_signal_in.host_name
        ),
        (
            select min(m.timestamp)
            from public.system_metrics as m
            where m.host_name = first_signal_in.host_name and m.timestamp > just_before and m.timestamp <= last_one
        )
    );
end
$$;

-- Name: FUNCTION first_signal_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.first_signal_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone) IS 'Time of the first sample of a device, or the first signal of a host, from not_before up to, not including, before; null when there is none.';

-- Name: flapping_candidates(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.flapping_candidates(regions incident_engine.touch[]) RETURNS incident_engine.incident_window[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with asked as (
            select r.*, c.component, p.no_data_after * 20 as longest,
                -- One change weighs 1.25 of 20 intervals at most.
                case when p.flapping_start_percent <= 125 then ceil(p.flapping_start_percent / 6.25)::integer end as fewest
            from (
                select a.host_name, a.device_name, a.capture_folder,
                    min(a.from_time) as from_time, max(a.to_time) as to_time
                from unnest(regions) as a
                group by a.host_name, a.device_name, a.capture_folder
            ) as r
            cross join (values ('ffmpeg'), ('monitor')) as c (component)
            cross join lateral incident_engine.effective_policy(
                r.host_name, r.device_name, r.capture_folder, c.component
            ) as p
        )

        select array_agg((
            a.host_name, a.device_name, a.capture_folder, a.component, a.from_time, 'infinity'
        )::incident_engine.incident_window)
        from asked as a
        where
            exists (
                select from incident.flapping as f
                where
                    f.host_name = a.host_name
                    and f.device_name = a.device_name
                    and f.capture_folder = a.capture_folder
                    and f.component = a.component
                    and f.ended_at >= a.from_time
            )
            or exists (
                -- Twenty intervals lie in twenty-one states at most, silence left out, and none of them is longer than
                -- silence may be.
                select
                from (
                    select c.at - lag(c.at, a.fewest - 1) over (order by c.started_at) as duration
                    from (
                        select d.started_at, d.at,
                            d.condition <> lag(d.condition) over (order by d.started_at) as is_change
                        from (
                            select s.started_at, s.condition,
                                coalesce(sum(
                                    case when s.ended_at < 'infinity' then s.ended_at - s.started_at end
                                ) over (order by s.started_at rows between unbounded preceding and 1 preceding), interval '0')
                                as at
                            from incident_engine.component_state as s
                            where
                                s.host_name = a.host_name
                                and s.device_name = a.device_name
                                and s.capture_folder = a.capture_folder
                                and s.component = a.component
                                and s.status <> 'no_data'
                                and s.started_at >= coalesce((
                                    select e.started_at
                                    from incident.device_state as e
                                    where
                                        e.host_name = a.host_name
                                        and e.device_name = a.device_name
                                        and e.capture_folder = a.capture_folder
                                        and e.ffmpeg_status <> 'no_data'
                                        and e.started_at < a.from_time
                                    order by e.started_at desc
                                    offset 20 limit 1
                                ), '-infinity')
                                and s.started_at <= coalesce((
                                    select e.started_at
                                    from incident.device_state as e
                                    where
                                        e.host_name = a.host_name
                                        and e.device_name = a.device_name
                                        and e.capture_folder = a.capture_folder
                                        and e.ffmpeg_status <> 'no_data'
                                        and e.started_at > a.to_time
                                    order by e.started_at
                                    offset 20 limit 1
                                ), 'infinity')
                        ) as d
                        where d.condition <> 'neutral'
                    ) as c
                    where c.is_change
                ) as n
                where n.duration <= a.longest
            )
    );
end
$$;

-- Name: FUNCTION flapping_candidates(regions incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.flapping_candidates(regions incident_engine.touch[]) IS 'Components that flap, or may have begun to, in or after the regions: those with so many changes so near to each other that their samples are worth counting. from_time: from when on.';

-- Name: flapping; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.flapping (
    host_name text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    component text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    CONSTRAINT component_is_known CHECK ((component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text]))),
    CONSTRAINT flapping_ends_after_it_starts CHECK ((started_at < ended_at))
);

-- Name: TABLE flapping; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.flapping IS 'When components changed between healthy and failing so often that single changes say nothing: one row per episode.';

-- Name: COLUMN flapping.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.flapping.started_at IS 'The sample whose change reached flapping_start_percent.';

-- Name: COLUMN flapping.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.flapping.ended_at IS 'The sample at which the changes had fallen to flapping_stop_percent; infinity while it lasts.';

-- Name: flapping_episodes(text, text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.flapping_episodes(host_name text, device_name text, capture_folder text, component text, from_time timestamp with time zone, horizon timestamp with time zone) RETURNS incident.flapping[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    policy constant incident.policy := incident_engine.effective_policy(
        host_name, device_name, capture_folder, component
    );
    running_since constant timestamptz := (
        select max(f.started_at)
        from incident.flapping as f
        where
            f.host_name = flapping_episodes.host_name
            and f.device_name = flapping_episodes.device_name
            and f.capture_folder = flapping_episodes.capture_folder
            and f.component = flapping_episodes.component
            and f.started_at < from_time
            and f.ended_at >= from_time
    );
    -- Twenty intervals back, so that the first sample has its percentage.
    first_read constant timestamptz := incident_engine.nth_sample_before(
        host_name, device_name, capture_folder, from_time, 20
    );
    failing_before boolean;
begin
    select c.condition = 'failing'
    into failing_before
    from incident_engine.component_state as c
    where
        c.host_name = flapping_episodes.host_name
        and c.device_name = flapping_episodes.device_name
        and c.capture_folder = flapping_episodes.capture_folder
        and c.component = flapping_episodes.component
        and c.condition <> 'neutral'
        and c.started_at < first_read
    order by c.started_at desc
    limit 1;

    return (
        with sample as (
            select m.timestamp,
                m.timestamp - lag(m.timestamp) over (order by m.timestamp) as interval_before,
                case case component when 'ffmpeg' then m.ffmpeg_status else m.monitor_status end
                    when 'active' then false when 'stuck' then true when 'stopped' then true
                end as is_failing
            from public.system_device_metrics as m
            where
                m.host_name = flapping_episodes.host_name
                and m.device_name = flapping_episodes.device_name
                and m.capture_folder = flapping_episodes.capture_folder
                and m.timestamp between first_read and horizon
        ),

        -- A silence is as many intervals without a change as it missed samples.
        counted as (
            select s.timestamp, s.is_failing,
                sum(
                    case
                        when s.interval_before >= policy.no_data_after then greatest(floor(
                            extract(epoch from s.interval_before) / extract(epoch from policy.sample_interval)
                        ), 1)
                        else 1
                    end
                ) over (order by s.timestamp)::bigint as number
            from sample as s
        ),

        -- One that is neither failing nor healthy is as the one before it.
        filled as (
            select k.timestamp, k.number,
                coalesce(
                    first_value(k.is_failing) over (partition by k.decided order by k.number), failing_before
                ) as is_failing
            from (
                select c.*, count(c.is_failing) over (order by c.number) as decided from counted as c
            ) as k
        ),

        changing as (
            select f.timestamp, f.number,
                coalesce(f.is_failing <> lag(f.is_failing, 1, failing_before) over (order by f.number), false)::integer
                as change
            from filled as f
        ),

        -- The newest change weighs 1.25, one 19 samples older 0.75, in between in equal steps of 1/38; 20 in all.
        scored as (
            select c.timestamp,
                (95 * sum(c.change) over latest - 2 * (c.number * sum(c.change) over latest - sum(c.change * c.number) over latest))
                * 5.0 / 76 as percent
            from changing as c
            window latest as (order by c.number range between 19 preceding and current row)
        ),

        marked as (
            select s.timestamp,
                case
                    when s.percent >= policy.flapping_start_percent then true
                    when s.percent <= policy.flapping_stop_percent then false
                end as flaps
            from scored as s
            where s.timestamp >= from_time
        ),

        known as (
            select k.timestamp,
                coalesce(first_value(k.flaps) over (partition by k.marks order by k.timestamp), running_since is not null)
                as flaps
            from (
                select m.*, count(m.flaps) over (order by m.timestamp) as marks from marked as m
            ) as k
        ),

        turn as (
            select t.timestamp, t.flaps, lead(t.timestamp, 1, 'infinity') over (order by t.timestamp) as until
            from (
                select running_since as timestamp, true as flaps where running_since is not null
                union all
                select k.timestamp, k.flaps
                from (
                    select n.*, lag(n.flaps, 1, running_since is not null) over (order by n.timestamp) as flapped
                    from known as n
                ) as k
                where k.flaps <> k.flapped
            ) as t
        )

        select array_agg(
            (
                flapping_episodes.host_name, flapping_episodes.device_name, flapping_episodes.capture_folder,
                flapping_episodes.component, t.timestamp, t.until
            )::incident.flapping
            order by t.timestamp
        )
        from turn as t
        where t.flaps
    );
end
$$;

-- Name: FUNCTION flapping_episodes(host_name text, device_name text, capture_folder text, component text, from_time timestamp with time zone, horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.flapping_episodes(host_name text, device_name text, capture_folder text, component text, from_time timestamp with time zone, horizon timestamp with time zone) IS 'When a component flaps from from_time on, by its samples; what runs then is taken from incident.flapping. The rule is that of Nagios: changes among the last 20 intervals, weighted from 0.75 (oldest) to 1.25 (newest), as a percentage of 20; what a silence missed are intervals without a change. horizon: samples after it are not looked at.';

-- Name: fold(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.fold(touched incident_engine.touch[], as_of timestamp with time zone DEFAULT now()) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
declare
    horizon constant timestamptz := as_of + interval '5 minutes';
    samples_from constant timestamptz := incident_engine.samples_from();
    spans incident_engine.touch[];
    regions incident_engine.touch[];
    of_hosts incident_engine.touch[];
begin
    insert into incident_engine.future_sample (host_name, device_name, capture_folder, timestamp)
    select t.host_name, t.device_name, t.capture_folder, t.from_time
    from unnest(touched) as t
    where t.from_time > horizon
    on conflict do nothing;

    spans := (
        select array_agg((
            t.host_name,
            t.device_name,
            t.capture_folder,
            greatest(t.from_time, samples_from),
            least(t.to_time, horizon)
        )::incident_engine.touch)
        from unnest(touched) as t
        where t.from_time <= horizon and t.to_time >= samples_from
    );
    if spans is null then
        return;
    end if;

    perform incident_engine.lock_hosts((select array_agg(distinct t.host_name) from unnest(spans) as t));
    perform incident_engine.register_devices(spans);
    regions := incident_engine.sample_regions(spans, horizon);
    if regions is not null then
        of_hosts := incident_engine.fold_states(regions, horizon);
        regions := incident_engine.fold_flapping(regions, horizon);
        perform incident_engine.fold_incidents(regions, array['ffmpeg', 'monitor'], horizon);
    end if;

    -- The hosts' own rows, and silences of devices that came, went or moved.
    of_hosts := of_hosts || array(
        select (
            t.host_name, '', '', greatest(t.from_time, incident_engine.samples_from()), t.to_time
        )::incident_engine.touch
        from unnest(touched) as t
        where t.device_name = '' and t.from_time <= horizon and t.to_time >= incident_engine.samples_from()
    );
    if cardinality(of_hosts) > 0 then
        perform incident_engine.fold_hosts(of_hosts, horizon);
    end if;
end
$$;

-- Name: FUNCTION fold(touched incident_engine.touch[], as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold(touched incident_engine.touch[], as_of timestamp with time zone) IS 'The one fold: samples -> device state history -> incidents, for live rows, late rows, retries, imports and rebuilds alike. Takes the spans of devices whose samples are new (or to be looked at again) and makes history and incidents there what the samples and the operators'' actions say; running it again changes nothing. Spans with device_name '''' are those of the rows of hosts. Samples and rows more than five minutes after as_of are kept for the sweep. Errors: 55P03 when another transaction holds the host for over 5 seconds.';

-- Name: fold_flapping(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.fold_flapping(regions incident_engine.touch[], horizon timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    candidate incident_engine.incident_window;
    recorded incident.flapping[];
    episodes incident.flapping[];
    changed incident_engine.touch[] := array[]::incident_engine.touch[];
begin
    foreach candidate in array coalesce(incident_engine.flapping_candidates(regions), '{}') loop
        episodes := incident_engine.flapping_episodes(
            candidate.host_name, candidate.device_name, candidate.capture_folder, candidate.component,
            candidate.from_time, horizon
        );
        recorded := (
            select array_agg(f order by f.started_at)
            from incident.flapping as f
            where
                f.host_name = candidate.host_name
                and f.device_name = candidate.device_name
                and f.capture_folder = candidate.capture_folder
                and f.component = candidate.component
                and f.ended_at >= candidate.from_time
        );
        continue when episodes is not distinct from recorded;

        delete from incident.flapping as f
        where
            f.host_name = candidate.host_name
            and f.device_name = candidate.device_name
            and f.capture_folder = candidate.capture_folder
            and f.component = candidate.component
            and f.ended_at >= candidate.from_time;
        insert into incident.flapping
        select e.* from unnest(episodes) as e;
        changed := changed || (
            candidate.host_name, candidate.device_name, candidate.capture_folder, candidate.from_time, 'infinity'
        )::incident_engine.touch;
    end loop;
    return regions || changed;
end
$$;

-- Name: FUNCTION fold_flapping(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold_flapping(regions incident_engine.touch[], horizon timestamp with time zone) IS 'Brings incident.flapping up to the samples of the regions. Returns the regions, and those in which incidents may be others because flapping began or ended otherwise. horizon: samples after it are not looked at.';

-- Name: fold_hosts(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.fold_hosts(touched incident_engine.touch[], horizon timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    host_names constant text[] := array(select distinct t.host_name from unnest(touched) as t);
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    grace constant interval := (select max(p.new_device_grace) from incident.policy as p);
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    regions incident_engine.touch[];
    bases incident_engine.touch[];
    overloads incident_engine.touch[];
    changed incident_engine.touch[];
    silences incident.host_condition[];
begin
    perform incident_engine.notice_outage();
    regions := touched || incident_engine.register_hosts(host_names, horizon);

    -- With room for the silences beside them, and for the grace of what turns out to have begun earlier.
    regions := (
        select array_agg((r.host_name, 'silent', '', lower(r.span), upper(r.span))::incident_engine.touch)
        from (
            select t.host_name,
                unnest(range_agg(tstzrange(t.from_time - longest, t.to_time + greatest(longest, grace)))) as span
            from unnest(regions) as t
            group by t.host_name
        ) as r
        where exists (select from incident.host as h where h.host_name = r.host_name)
    );
    if regions is null then
        return;
    end if;
    changed := incident_engine.replace_host_conditions(regions, incident_engine.host_silences(regions, horizon, false));
    regions := regions || changed;

    overloads := (select array_agg(t) from unnest(touched) as t where t.device_name = '');
    overloads := incident_engine.overload_regions(overloads, horizon);
    changed := incident_engine.replace_host_conditions(overloads, incident_engine.host_overloads(overloads, horizon));

    -- From the last moment before any of it at which the host, or the device, reported.
    bases := (
        select array_agg((
            r.host_name, r.host_name, 'host', coalesce(s.started_at, '-infinity'), 'infinity'
        )::incident_engine.touch)
        from (
            select a.host_name, min(a.from_time) as from_time from unnest(regions || changed) as a group by a.host_name
        ) as r
        left join lateral (
            select max(b.started_at) as started_at
            from incident.system_state as b
            where
                b.host_name = r.host_name
                and b.device_name = r.host_name
                and b.capture_folder = 'host'
                and b.status = 'reporting'
                and b.started_at < r.from_time
        ) as s on true
    );
    changed := incident_engine.replace_system_states(bases, incident_engine.host_states(bases));

    bases := incident_engine.devices_in(regions);
    if bases is not null then
        silences := incident_engine.host_silences(regions, horizon, true);
        changed := changed || incident_engine.replace_system_states(
            bases, incident_engine.device_system_states(bases, silences, horizon)
        );
    end if;
    perform incident_engine.update_hosts(host_names);

    changed := changed || incident_engine.unsettled(host_names);

    -- A rebuild asks for all of it: policy may tell other incidents of the same states.
    changed := changed || array(
        select distinct (
            s.host_name, s.device_name, s.capture_folder, t.from_time, 'infinity'::timestamptz
        )::incident_engine.touch
        from unnest(touched) as t
        join incident.system_state as s using (host_name)
        where t.device_name = '' and t.to_time = 'infinity'
    );
    perform incident_engine.fold_incidents(changed, array['system'], horizon);
    perform set_config('incident_engine.writer', 'engine', true);
    perform incident_engine.update_reasons(changed);
    perform incident_engine.link_incidents(host_names);
    perform set_config('incident_engine.writer', writer_before, true);
end
$$;

-- Name: FUNCTION fold_hosts(touched incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold_hosts(touched incident_engine.touch[], horizon timestamp with time zone) IS 'The fold of what concerns hosts: signals and rows -> conditions of the host -> history of the component system of the host and its devices -> system incidents. Takes spans of devices whose silence changed, and of hosts (device_name '''') whose rows are new. horizon: what is dated after it is not looked at.';

-- Name: fold_incidents(incident_engine.touch[], text[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.fold_incidents(regions incident_engine.touch[], components text[], horizon timestamp with time zone DEFAULT (now() + '00:05:00'::interval)) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    windows constant incident_engine.incident_window[] := incident_engine.incident_windows(
        regions, components
    );
    stretches constant incident_engine.stretch[] := incident_engine.stretches(windows, horizon);
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    matches incident_engine.incident_match[];
begin
    matches := incident_engine.match_incidents(windows, stretches);
    if matches is null then
        perform incident_engine.update_attention(regions);
        return;
    end if;

    perform set_config('incident_engine.writer', 'engine', true);

    -- First what ends, then what begins or goes on: a component has one active incident at any moment.
    update public.system_incident as i
    set status = case when i.status = 'closed' then 'closed' else 'resolved' end,
        resolved_at = coalesce(i.resolved_at, i.detected_at),
        resolved_by = coalesce(i.resolved_by, 'engine'),
        retracted_at = now(),
        updated_by = 'engine',
        update_note = case
            when m.joined_into is null then 'later samples show that it never was'
            else format('joined into incident %s: later samples show one failure', m.joined_into)
        end
    from unnest(matches) as m
    where i.host_name = m.host_name and i.incident_id = m.incident_id and m.stretch_no is null;

    perform incident_engine.update_incidents(matches, stretches, false);
    perform incident_engine.update_incidents(matches, stretches, true);
    perform incident_engine.open_incidents(matches, stretches);

    perform set_config('incident_engine.writer', writer_before, true);
    perform incident_engine.update_attention(regions);
end
$$;

-- Name: FUNCTION fold_incidents(regions incident_engine.touch[], components text[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold_incidents(regions incident_engine.touch[], components text[], horizon timestamp with time zone) IS 'Makes the incidents around the regions what the state history says. An incident whose stretch grew keeps its number; of two that join the one stays that somebody has worked on, else the older; of one that is split the part stays that somebody has worked on, else the first; one that never was is retracted. horizon: samples after it are not looked at.';

-- Name: fold_safely(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.fold_safely(touched incident_engine.touch[], as_of timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    of_host record;
    folded integer := 0;
    failure incident_engine.failure;
begin
    for of_host in
        select array_agg(t) as touched, count(*)::integer as spans
        from unnest(touched) as t
        group by t.host_name
        order by incident_engine.host_lock(t.host_name), t.host_name
    loop
        begin
            perform incident_engine.fold(of_host.touched, as_of);
            folded := folded + of_host.spans;
        exception
            when others then
                get stacked diagnostics
                    failure.sqlstate = returned_sqlstate,
                    failure.message = message_text,
                    failure.detail = pg_exception_detail,
                    failure.hint = pg_exception_hint,
                    failure.context = pg_exception_context;
                perform incident_engine.record_error(failure, of_host.touched);
        end;
    end loop;
    return folded;
end
$$;

-- Name: FUNCTION fold_safely(touched incident_engine.touch[], as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold_safely(touched incident_engine.touch[], as_of timestamp with time zone) IS 'The fold for upkeep, host by host: an error of one host is recorded and does not hold up the others. Returns how many spans were folded.';

-- Name: fold_states(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.fold_states(regions incident_engine.touch[], horizon timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    states constant incident.device_state[] := incident_engine.sampled_states(regions, horizon);
    runs incident.device_state[];
    silences incident_engine.touch[];
    beginnings incident_engine.touch[];
begin
    -- What the samples tell, and what stands beside it in the history, joined into runs of equal status.
    with device as (
        select r.host_name, r.device_name, r.capture_folder, range_agg(tstzrange(r.from_time, r.to_time)) as folded
        from unnest(regions) as r
        group by r.host_name, r.device_name, r.capture_folder
    ),

    neighbour as (
        select distinct on (e.host_name, e.device_name, e.capture_folder, e.started_at) e.*, d.folded
        from device as d
        cross join lateral unnest(d.folded) as region
        join incident.device_state as e
            on e.host_name = d.host_name
            and e.device_name = d.device_name
            and e.capture_folder = d.capture_folder
            and e.started_at <= upper(region)
            and e.started_at >= coalesce((
                select max(b.started_at)
                from incident.device_state as b
                where
                    b.host_name = d.host_name
                    and b.device_name = d.device_name
                    and b.capture_folder = d.capture_folder
                    and b.started_at < lower(region)
            ), '-infinity')
    ),

    fragment as (
        select s.* from unnest(states) as s
        union all
        select n.host_name, n.device_name, n.capture_folder, lower(kept), upper(kept), n.ffmpeg_status, n.monitor_status
        from neighbour as n
        cross join lateral unnest(tstzmultirange(tstzrange(n.started_at, n.ended_at)) - n.folded) as kept
    ),

    marked as (
        select f.*,
            (f.ffmpeg_status, f.monitor_status, f.started_at)
            is distinct from (lag(f.ffmpeg_status) over w, lag(f.monitor_status) over w, lag(f.ended_at) over w)
            as starts_run
        from fragment as f
        window w as (partition by f.host_name, f.device_name, f.capture_folder order by f.started_at)
    ),

    numbered as (
        select m.*, count(*) filter (where m.starts_run) over w as run
        from marked as m
        window w as (partition by m.host_name, m.device_name, m.capture_folder order by m.started_at)
    ),

    run as (
        select n.host_name, n.device_name, n.capture_folder, min(n.started_at) as started_at, max(n.ended_at) as ended_at,
            min(n.ffmpeg_status) as ffmpeg_status, min(n.monitor_status) as monitor_status
        from numbered as n
        group by n.host_name, n.device_name, n.capture_folder, n.run
    )

    select
        (
            select array_agg((
                r.host_name, r.device_name, r.capture_folder, r.started_at, r.ended_at, r.ffmpeg_status, r.monitor_status
            )::incident.device_state)
            from run as r
        ),
        (
            select array_agg((
                n.host_name, n.device_name, n.capture_folder, n.started_at, n.ended_at
            )::incident_engine.touch)
            from neighbour as n
            where n.ffmpeg_status = 'no_data'
        ),
        (
            select array_agg((
                d.host_name, d.device_name, d.capture_folder, lower(began), 'infinity'
            )::incident_engine.touch)
            from device as d
            cross join lateral unnest(d.folded) as began
            where not exists (
                select from neighbour as n
                where
                    (n.host_name, n.device_name, n.capture_folder) = (d.host_name, d.device_name, d.capture_folder)
                    and n.started_at <= lower(began)
            )
        )
    into runs, silences, beginnings;

    delete from incident.device_state as e
    using unnest(regions) as r
    where
        e.host_name = r.host_name
        and e.device_name = r.device_name
        and e.capture_folder = r.capture_folder
        and e.started_at between r.from_time and r.to_time
        and (e.host_name, e.device_name, e.capture_folder, e.started_at) not in (
            select n.host_name, n.device_name, n.capture_folder, n.started_at from unnest(runs) as n
        );

    -- In order of time: the row that was current ends before its successor becomes current.
    insert into incident.device_state
    select n.*
    from unnest(runs) as n
    where not exists (
        select from incident.device_state as e
        where
            (e.host_name, e.device_name, e.capture_folder, e.started_at)
            = (n.host_name, n.device_name, n.capture_folder, n.started_at)
            and (e.ended_at, e.ffmpeg_status, e.monitor_status) = (n.ended_at, n.ffmpeg_status, n.monitor_status)
    )
    order by n.host_name, n.device_name, n.capture_folder, n.started_at
    on conflict on constraint device_state_pkey do update
    set ended_at = excluded.ended_at,
        ffmpeg_status = excluded.ffmpeg_status,
        monitor_status = excluded.monitor_status;

    perform incident_engine.update_devices(regions, horizon);

    return beginnings || array(
        with silence as (
            select (r.host_name, r.device_name, r.capture_folder, r.started_at, r.ended_at)::incident_engine.touch as span
            from unnest(runs) as r
            where r.ffmpeg_status = 'no_data'
        )

        (select s from unnest(silences) as s except select n.span from silence as n)
        union all
        (select n.span from silence as n except select s from unnest(silences) as s)
    );
end
$$;

-- Name: FUNCTION fold_states(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold_states(regions incident_engine.touch[], horizon timestamp with time zone) IS 'Makes the state history of the regions what the samples say, writing only rows that differ. Returns what matters to hosts: silences that came, went or moved, and lives of devices that begin (earlier). horizon: samples after it are not looked at.';

-- Name: host_lock(text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.host_lock(host_name text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashtext(host_name) & 1023);

-- Name: FUNCTION host_lock(host_name text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.host_lock(host_name text) IS 'Advisory lock number of a host (second key; the first is 7101): inserts hold it shared until they commit, folds hold it exclusively, so a fold sees every sample of the host and no insert misses a fold. 1024 numbers, so that a batch of any number of hosts fits into the lock table.';

-- Name: host_record(text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.host_record(host_name text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH record AS (
          SELECT s.device_name,
             s.capture_folder,
             ('state at '::text || incident_engine.utc_text(s.started_at)) AS what,
             format('%s/%s until %s'::text, s.ffmpeg_status, s.monitor_status, COALESCE(incident_engine.utc_text(NULLIF(s.ended_at, 'infinity'::timestamp with time zone)), 'now'::text)) AS value
            FROM incident.device_state s
           WHERE (s.host_name = host_record.host_name)
         UNION ALL
          SELECT s.device_name,
             s.capture_folder,
             ('system state at '::text || incident_engine.utc_text(s.started_at)),
             format('%s until %s'::text, concat_ws(': '::text, s.status, s.reason), COALESCE(incident_engine.utc_text(NULLIF(s.ended_at, 'infinity'::timestamp with time zone)), 'now'::text)) AS format
            FROM incident.system_state s
           WHERE (s.host_name = host_record.host_name)
         UNION ALL
          SELECT i.device_name,
             i.capture_folder,
             ('incident '::text || i.incident_id),
             format('%s %s, %s, from %s to %s%s'::text, i.component, i.severity, i.status, incident_engine.utc_text(i.detected_at), COALESCE(incident_engine.utc_text(i.resolved_at), 'now'::text),
                 CASE
                     WHEN (i.retracted_at IS NOT NULL) THEN ', retracted'::text
                     ELSE NULL::text
                 END) AS format
            FROM public.system_incident i
           WHERE (i.host_name = host_record.host_name)
         )
  SELECT COALESCE(jsonb_agg(to_jsonb(r.*)), '[]'::jsonb) AS "coalesce"
    FROM record r;
END;

-- Name: FUNCTION host_record(host_name text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.host_record(host_name text) IS 'History and incidents of a host as text, to compare before and after a rebuild.';

-- Name: incident_reason(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.incident_reason(host_name text, device_name text, capture_folder text, detected_at timestamp with time zone, resolved_at timestamp with time zone) RETURNS TABLE(reason text, since timestamp with time zone)
    LANGUAGE sql STABLE ROWS 1
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.reason,
     GREATEST(s.started_at, incident_reason.detected_at) AS "greatest"
    FROM incident.system_state s
   WHERE ((s.host_name = incident_reason.host_name) AND (s.device_name = incident_reason.device_name) AND (s.capture_folder = incident_reason.capture_folder) AND (s.reason IS NOT NULL) AND (s.started_at < COALESCE(incident_reason.resolved_at, 'infinity'::timestamp with time zone)) AND (s.ended_at > incident_reason.detected_at))
   ORDER BY s.started_at DESC
  LIMIT 1;
END;

-- Name: FUNCTION incident_reason(host_name text, device_name text, capture_folder text, detected_at timestamp with time zone, resolved_at timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.incident_reason(host_name text, device_name text, capture_folder text, detected_at timestamp with time zone, resolved_at timestamp with time zone) IS 'What was wrong last in a system incident, and since when.';

-- Name: incident_windows(incident_engine.touch[], text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.incident_windows(regions incident_engine.touch[], components text[]) RETURNS incident_engine.incident_window[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with region as (
            select r.*, c.component,
                l.detected_at as last_detected_at,
                l.resolved_at as last_resolved_at,
                h.started_at as healthy_since,
                p.resolve_after,
                p.reopen_within
            from unnest(regions) as r
            cross join unnest(components) as c (component)
            cross join lateral incident_engine.effective_policy(
                r.host_name, r.device_name, r.capture_folder, c.component
            ) as p
            left join lateral (
                select i.detected_at, i.resolved_at
                from public.system_incident as i
                where
                    i.host_name = r.host_name
                    and i.device_name = r.device_name
                    and i.capture_folder = r.capture_folder
                    and i.component = c.component
                    and i.retracted_at is null
                    and i.detected_at < r.from_time
                order by i.detected_at desc
                limit 1
            ) as l on true
            left join lateral (
                select s.started_at
                from incident_engine.component_state as s
                where
                    s.host_name = r.host_name
                    and s.device_name = r.device_name
                    and s.capture_folder = r.capture_folder
                    and s.component = c.component
                    and s.condition = 'healthy'
                    and s.started_at <= r.from_time
                order by s.started_at desc
                limit 1
            ) as h on true
        ),

        -- A window starts where nothing is open and nothing before matters: with the last incident, or, when that is over
        -- for good, with the last healthy state. It ends with a healthy run that settles everything, whatever came before.
        bounded as (
            select r.host_name, r.device_name, r.capture_folder, r.component,
                case
                    when r.last_detected_at is null then coalesce(r.healthy_since, '-infinity')
                    -- What was over when retention removed its samples stands as it is.
                    when r.last_resolved_at < incident_engine.samples_from() and r.healthy_since >= r.last_resolved_at
                        then r.healthy_since
                    when
                        r.last_resolved_at + r.reopen_within <= r.healthy_since
                        and exists (
                            select from incident_engine.component_state as f
                            where
                                f.host_name = r.host_name
                                and f.device_name = r.device_name
                                and f.capture_folder = r.capture_folder
                                and f.component = r.component
                                and f.condition = 'failing'
                                and f.started_at >= r.last_resolved_at
                                and f.started_at < r.healthy_since
                        )
                        then r.healthy_since
                    else r.last_detected_at
                end as from_time,
                case
                    when r.to_time < 'infinity' then coalesce(
                        incident_engine.settled_before_failure(
                            r.host_name, r.device_name, r.capture_folder, r.component, r.to_time,
                            r.resolve_after, r.reopen_within
                        ),
                        'infinity'
                    )
                    else 'infinity'
                end as to_time
            from region as r
        ),

        merged as (
            select b.host_name, b.device_name, b.capture_folder, b.component,
                unnest(range_agg(tstzrange(b.from_time, b.to_time))) as span
            from bounded as b
            group by b.host_name, b.device_name, b.capture_folder, b.component
        )

        select array_agg((
            m.host_name, m.device_name, m.capture_folder, m.component, lower(m.span), upper(m.span)
        )::incident_engine.incident_window)
        from merged as m
    );
end
$$;

-- Name: FUNCTION incident_windows(regions incident_engine.touch[], components text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.incident_windows(regions incident_engine.touch[], components text[]) IS 'For each component the part of its life in which a fold of the regions can have changed incidents. Outside of it the incidents are what they were.';

-- Name: incidents_of_host(text, timestamp with time zone, timestamp with time zone, boolean); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.incidents_of_host(host text, window_start timestamp with time zone, window_end timestamp with time zone, simulated boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH told AS (
          SELECT i.device_name,
             i.capture_folder,
             i.component,
             i.severity,
             i.detected_at,
             i.resolved_at,
             incidents_of_host.simulated AS simulated,
             (NOT COALESCE(( SELECT (range_agg(m.effective_period) @> tstzrange(i.detected_at, GREATEST(i.resolved_at, (i.detected_at + '00:00:00.000001'::interval))))
                    FROM incident.maintenance m
                   WHERE ((m.host_name = i.host_name) AND ((m.device_name IS NULL) OR ((m.device_name = i.device_name) AND (m.capture_folder = i.capture_folder))))), false)) AS is_announced
            FROM public.system_incident i
           WHERE ((i.host_name = incidents_of_host.host) AND (i.retracted_at IS NULL) AND (i.detected_at >= incidents_of_host.window_start) AND (i.detected_at < incidents_of_host.window_end))
         )
  SELECT COALESCE(jsonb_agg(to_jsonb(t.*)), '[]'::jsonb) AS "coalesce"
    FROM told t;
END;

-- Name: FUNCTION incidents_of_host(host text, window_start timestamp with time zone, window_end timestamp with time zone, simulated boolean); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.incidents_of_host(host text, window_start timestamp with time zone, window_end timestamp with time zone, simulated boolean) IS 'The incidents of a host detected in a window as JSON, each with simulated as given.';

-- Name: last_signal(text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.last_signal(host_name text, horizon timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return greatest(
        (
            select max(incident_engine.sample_before(
                d.host_name, d.device_name, d.capture_folder, horizon + interval '1 microsecond', d.first_sample_at
            ))
            from incident.device as d
            where d.host_name = last_signal.host_name
        ),
        (
            select max(m.timestamp)
            from public.system_metrics as m
            where m.host_name = last_signal.host_name and m.timestamp <= horizon
        )
    );
end
$$;

-- Name: FUNCTION last_signal(host_name text, horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.last_signal(host_name text, horizon timestamp with time zone) IS 'When a host was last heard: the newest of its devices'' samples and of its own rows, not after horizon.';

-- Name: link_incidents(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.link_incidents(host_names text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    with told as (
        select d.host_name, d.incident_id, d.part_of as was, i.incident_id as part_of, h.state_started_at, d.detected_at
        from incident.host as h
        join public.system_incident as d
            on d.host_name = h.host_name
            and d.component = 'system'
            and d.status in ('open', 'in_progress')
            and (d.device_name, d.capture_folder) <> (h.host_name, 'host')
        left join public.system_incident as i
            on i.host_name = h.host_name
            and i.device_name = h.host_name
            and i.capture_folder = 'host'
            and i.component = 'system'
            and i.status in ('open', 'in_progress')
            and h.status = 'silent'
        where h.host_name = any (link_incidents.host_names) and d.part_of is distinct from i.incident_id
    ),

    updated as (
        update public.system_incident as i
        set part_of = t.part_of, updated_by = 'engine', update_note = null
        from told as t
        where i.host_name = t.host_name and i.incident_id = t.incident_id
        returning i.host_name, i.incident_id, t.was, t.part_of, greatest(t.state_started_at, t.detected_at) as happened_at
    )

    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, operator)
    select u.host_name, u.incident_id, u.happened_at, case when u.part_of is null then 'unlinked' else 'linked' end,
        'incident ' || u.was, 'incident ' || u.part_of, 'engine'
    from updated as u
    order by u.incident_id;
end
$$;

-- Name: FUNCTION link_incidents(host_names text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.link_incidents(host_names text[]) IS 'While a host is silent, the active incidents of its silent devices are part of the host''s; when it is heard again they stand alone. Incidents that are over keep their link.';

-- Name: local_moment(timestamp without time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.local_moment(local_time timestamp without time zone, time_zone text) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN (SELECT min(m.moment) AS min FROM (VALUES ((local_moment.local_time AT TIME ZONE local_moment.time_zone)), (((local_moment.local_time AT TIME ZONE local_moment.time_zone) - '00:30:00'::interval)), (((local_moment.local_time AT TIME ZONE local_moment.time_zone) - '01:00:00'::interval))) m(moment) WHERE (((m.moment AT TIME ZONE local_moment.time_zone) = local_moment.local_time) OR (m.moment = (local_moment.local_time AT TIME ZONE local_moment.time_zone))));

-- Name: FUNCTION local_moment(local_time timestamp without time zone, time_zone text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.local_moment(local_time timestamp without time zone, time_zone text) IS 'When a local clock shows this time: the first time when it does so twice (RFC 5545, 3.3.5), and when it is put forward over it, the moment at which it would have been that time.';

-- Name: lock_hosts(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.lock_hosts(host_names text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '5s'
    AS $$
begin
    perform pg_advisory_xact_lock(7101, h.number)
    from (
        select distinct incident_engine.host_lock(name) as number
        from unnest(host_names) as name
        order by number
    ) as h;
end
$$;

-- Name: FUNCTION lock_hosts(host_names text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.lock_hosts(host_names text[]) IS 'Waits until nobody else inserts or folds samples of these hosts, and keeps them out until the transaction ends. Locks are taken in order of their numbers. Errors: 55P03 after 5 seconds.';

-- Name: log_policy_change(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.log_policy_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "IntervalStyle" TO 'postgres'
    AS $$
declare
    scope constant text[] := array['policy_id', 'only_row', 'host_name', 'device_name', 'capture_folder', 'component'];
    before constant jsonb := coalesce(to_jsonb(old), '{}');
    now_is constant jsonb := coalesce(to_jsonb(new), '{}');
    row_scope constant jsonb := before || now_is;
begin
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

-- Name: FUNCTION log_policy_change(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.log_policy_change() IS 'Row trigger on policy and retention: writes every setting that changed to incident.policy_change.';

-- Name: maintenance_occurrences(incident.recurring_maintenance, date, date); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.maintenance_occurrences(series incident.recurring_maintenance, from_date date, before_date date) RETURNS TABLE(period tstzrange)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH parts AS (
          SELECT make_interval(months => (((EXTRACT(year FROM (maintenance_occurrences.series).duration) * (12)::numeric) + EXTRACT(month FROM (maintenance_occurrences.series).duration)))::integer, days => (EXTRACT(day FROM (maintenance_occurrences.series).duration))::integer) AS calendar_part
         ), start AS (
          SELECT ((day.day)::date + (maintenance_occurrences.series).starts_at_local) AS local_start,
             p.calendar_part,
             ((maintenance_occurrences.series).duration - p.calendar_part) AS time_part
            FROM (parts p
              CROSS JOIN generate_series((GREATEST(maintenance_occurrences.from_date, (maintenance_occurrences.series).valid_from))::timestamp without time zone, (LEAST((maintenance_occurrences.before_date - 1), (maintenance_occurrences.series).valid_until))::timestamp without time zone, '1 day'::interval) day(day))
           WHERE (TRIM(BOTH FROM to_char(day.day, 'day'::text)) = ANY ((maintenance_occurrences.series).weekdays))
         ), span AS (
          SELECT incident_engine.local_moment(s_1.local_start, (maintenance_occurrences.series).time_zone) AS starts_at,
             (incident_engine.local_moment((s_1.local_start + s_1.calendar_part), (maintenance_occurrences.series).time_zone) + s_1.time_part) AS ends_at
            FROM start s_1
         )
  SELECT tstzrange(s.starts_at, s.ends_at) AS period
    FROM span s
   WHERE (COALESCE((s.starts_at < (maintenance_occurrences.series).ended_at), true) AND (s.starts_at < s.ends_at))
   ORDER BY s.starts_at;
END;

-- Name: FUNCTION maintenance_occurrences(series incident.recurring_maintenance, from_date date, before_date date); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.maintenance_occurrences(series incident.recurring_maintenance, from_date date, before_date date) IS 'When a recurring maintenance takes place: all that starts from a local date on and before another.';

-- Name: make_partitions_ahead(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.make_partitions_ahead(as_of timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '200ms'
    AS $$
begin
    return incident_engine.ensure_partitions(as_of - interval '1 day', as_of + interval '7 days');
exception
    when lock_not_available or deadlock_detected then
        return 0;
end
$$;

-- Name: FUNCTION make_partitions_ahead(as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.make_partitions_ahead(as_of timestamp with time zone) IS 'Makes the partitions of yesterday and the next seven days, if the tables can be had at once: otherwise it leaves them to the next round, for there is a week left and the default partition takes every row. Returns how many it made.';

-- Name: mark_maintenance(timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.mark_maintenance(since timestamp with time zone, as_of timestamp with time zone, host_name text DEFAULT NULL::text) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    entries integer;
begin
    with silenced as (
        select i.host_name, i.incident_id, m.maintenance_id, m.reason,
            greatest(lower(m.effective_period), i.detected_at) as started_at,
            case
                when upper(m.effective_period) <= as_of and coalesce(i.resolved_at >= upper(m.effective_period), true)
                    then upper(m.effective_period)
            end as ended_at
        from incident.maintenance as m
        join public.system_incident as i
            on i.host_name = m.host_name
            and (m.device_name is null or (m.device_name, m.capture_folder) = (i.device_name, i.capture_folder))
        where
            m.effective_period && tstzrange(least(since, as_of), as_of, '[]')
            and i.retracted_at is null
            and i.detected_at < upper(m.effective_period)
            and i.detected_at <= as_of
            and coalesce(i.resolved_at > lower(m.effective_period), true)
            and (m.host_name = mark_maintenance.host_name or mark_maintenance.host_name is null)
    ),

    entry as (
        select s.host_name, s.incident_id, 1 as position, s.started_at as happened_at, 'maintenance_started' as event,
            null as from_value, 'maintenance ' || s.maintenance_id as to_value, s.reason as note
        from silenced as s
        union all
        select s.host_name, s.incident_id, 2, s.ended_at, 'maintenance_ended', 'maintenance ' || s.maintenance_id, null,
            s.reason
        from silenced as s
        where s.ended_at is not null
    )

    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, note, operator)
    select e.host_name, e.incident_id, e.happened_at, e.event, e.from_value, e.to_value, e.note, 'engine'
    from entry as e
    where not exists (
        select from incident.timeline as t
        where
            t.host_name = e.host_name
            and t.incident_id = e.incident_id
            and t.event = e.event
            and (t.from_value, t.to_value) is not distinct from (e.from_value, e.to_value)
            -- one that ended earlier than it was known to is told again
            and (e.event = 'maintenance_started' or t.happened_at = e.happened_at)
    )
    order by e.host_name, e.incident_id, e.happened_at, e.position;
    get diagnostics entries = row_count;
    return entries;
end
$$;

-- Name: FUNCTION mark_maintenance(since timestamp with time zone, as_of timestamp with time zone, host_name text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.mark_maintenance(since timestamp with time zone, as_of timestamp with time zone, host_name text) IS 'Writes into the timeline of incidents which maintenance silenced them, and when it ended while they lasted, for maintenance that took place between since and as_of; entries that are there are not written again. host_name: null for all. Returns how many.';

-- Name: match_incidents(incident_engine.incident_window[], incident_engine.stretch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]) RETURNS incident_engine.incident_match[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_hashjoin TO 'on'
    AS $$
begin
    return (
        with stretch as (
            select s.*
            from unnest(stretches) with ordinality as s (
                host_name, device_name, capture_folder, component, started_at, ended_at,
                severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
            )
        ),

        -- What a person has acted on is never given up for good: should later samples tell of it again, it is back.
        recorded as (
            select i.host_name, i.device_name, i.capture_folder, i.component, i.incident_id, i.anchored_at,
                i.acted_at is not null as is_worked_on, i.retracted_at
            from unnest(windows) as w
            join public.system_incident as i
                on i.host_name = w.host_name
                and i.device_name = w.device_name
                and i.capture_folder = w.capture_folder
                and i.component = w.component
                and i.detected_at >= w.from_time
                and i.detected_at < w.to_time
            where i.retracted_at is null
            union all
            select i.host_name, i.device_name, i.capture_folder, i.component, i.incident_id, i.anchored_at, true, i.retracted_at
            from unnest(windows) as w
            join public.system_incident as i
                on i.host_name = w.host_name
                and i.device_name = w.device_name
                and i.capture_folder = w.capture_folder
                and i.component = w.component
                and i.anchored_at >= w.from_time
                and i.anchored_at < w.to_time
            where i.retracted_at is not null and i.acted_at is not null
        ),

        -- Stretches do not overlap: the last one that started by then holds the moment, or none does.
        placed as (
            select p.host_name, p.device_name, p.capture_folder, p.component, p.incident_id, p.moment, p.is_worked_on,
                p.retracted_at, max(p.started_at) over before as stretch_started_at
            from (
                select s.host_name, s.device_name, s.capture_folder, s.component, null::bigint as incident_id,
                    s.started_at as moment, null::boolean as is_worked_on, null::timestamptz as retracted_at,
                    s.started_at
                from stretch as s
                union all
                select r.host_name, r.device_name, r.capture_folder, r.component, r.incident_id,
                    r.anchored_at, r.is_worked_on, r.retracted_at, null
                from recorded as r
            ) as p
            window before as (
                partition by p.host_name, p.device_name, p.capture_folder, p.component
                order by p.moment, p.incident_id nulls first
            )
        ),

        candidate as (
            select p.host_name, p.incident_id, p.moment, p.is_worked_on, p.retracted_at, s.stretch_no
            from placed as p
            left join stretch as s
                on s.host_name = p.host_name
                and s.device_name = p.device_name
                and s.capture_folder = p.capture_folder
                and s.component = p.component
                and s.started_at = p.stretch_started_at
                and s.ended_at >= p.moment
            where p.incident_id is not null
        ),

        -- Of those that join the one worked on stays, and of several the older.
        ranked as (
            select c.*, first_value(c.incident_id) over (
                partition by c.host_name, c.stretch_no order by not c.is_worked_on, c.moment, c.incident_id
            ) as keeper
            from candidate as c
        ),

        kept as (
            select r.host_name, r.incident_id,
                case when r.incident_id = r.keeper then r.stretch_no end as stretch_no,
                case when r.incident_id <> r.keeper and r.stretch_no is not null then r.keeper end as joined_into,
                r.retracted_at
            from ranked as r
        )

        select array_agg((m.host_name, m.incident_id, m.stretch_no, m.joined_into)::incident_engine.incident_match)
        from (
            select k.host_name, k.incident_id, k.stretch_no, k.joined_into
            from kept as k
            where k.stretch_no is not null or k.retracted_at is null
            union all
            select s.host_name, null, s.stretch_no, null
            from stretch as s
            where s.stretch_no not in (select k.stretch_no from kept as k where k.stretch_no is not null)
        ) as m
    );
end
$$;

-- Name: FUNCTION match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]) IS 'Decides which recorded incident is which stretch of the history (the one that holds its anchored_at), which are to be retracted and which to be opened.';

-- Name: merge_policy(incident.policy); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.merge_policy(changes incident.policy) RETURNS incident.policy
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "IntervalStyle" TO 'postgres'
    AS $$
declare
    known incident.policy;
begin
    perform incident_engine.check_policy(changes);
    lock table incident.policy in share row exclusive mode;
    select p.*
    into known
    from incident.policy as p
    where
        (p.host_name, p.device_name, p.capture_folder, p.component)
        is not distinct from (changes.host_name, changes.device_name, changes.capture_folder, changes.component);
    return incident_engine.write_policy(
        jsonb_populate_record(known, jsonb_strip_nulls(to_jsonb(changes)) - 'policy_id')
    );
end
$$;

-- Name: FUNCTION merge_policy(changes incident.policy); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.merge_policy(changes incident.policy) IS 'Sets what is not null for the scope and leaves the rest of it as it is. Returns the row. Errors: 22023.';

-- Name: notice_outage(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.notice_outage(server_started_at timestamp with time zone DEFAULT pg_postmaster_start_time()) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    swept_at constant timestamptz := (select s.alive_at from incident_engine.sweep_state as s);
    alive_at timestamptz;
begin
    if coalesce(swept_at >= server_started_at, true) or exists (
        select from incident.outage as o where o.ended_at = server_started_at
    ) then
        return;
    end if;

    -- Rows that arrived after the last sweep show that it was up for longer.
    alive_at := greatest(
        swept_at,
        (
            select max(m.created_at)
            from public.system_device_metrics as m
            where
                m.timestamp > swept_at - interval '10 minutes'
                and m.timestamp < server_started_at + interval '5 minutes'
                and m.created_at < server_started_at
        ),
        (
            select max(r.created_at)
            from incident.host as h
            cross join lateral (
                select max(m.created_at) as created_at
                from public.system_metrics as m
                where
                    m.host_name = h.host_name
                    and m.timestamp > swept_at - interval '10 minutes'
                    and m.timestamp < server_started_at + interval '5 minutes'
                    and m.created_at < server_started_at
            ) as r
        )
    );
    insert into incident.outage (started_at, ended_at)
    select alive_at, server_started_at
    where server_started_at >= alive_at + (select min(p.no_data_after) from incident.policy as p)
    on conflict do nothing;
end
$$;

-- Name: FUNCTION notice_outage(server_started_at timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.notice_outage(server_started_at timestamp with time zone) IS 'Records that the database was down: from the last sweep, or the last row that arrived after it, to the start of the server, if that took as long as the shortest silence that counts. server_started_at: by default that of this server.';

-- Name: nth_sample_before(text, text, text, timestamp with time zone, integer); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.nth_sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, nth integer) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    -- Near partitions first: a query pays for opening all that its bounds do not rule out.
    reaches constant interval[] := array[interval '1 day', interval '8 days', interval '64 days'];
    bound timestamptz;
    found_at timestamptz;
begin
    for step in 1 .. 4 loop
        bound := greatest(incident_engine.first_plausible(), before - reaches[step]);
        found_at := (
            select m.timestamp
            from public.system_device_metrics as m
            where
                m.host_name = nth_sample_before.host_name
                and m.device_name = nth_sample_before.device_name
                and m.capture_folder = nth_sample_before.capture_folder
                and m.timestamp < before
                and m.timestamp >= bound
            order by m.timestamp desc
            offset nth - 1 limit 1
        );
        exit when found_at is not null or bound = incident_engine.first_plausible();
    end loop;
    return coalesce(found_at, incident_engine.first_plausible());
end
$$;

-- Name: FUNCTION nth_sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, nth integer); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.nth_sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, nth integer) IS 'Time of a device''s sample so many before a moment (1: the last one), or the earliest there can be when there are fewer.';

-- Name: on_device_metrics_insert(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.on_device_metrics_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    horizon constant timestamptz := now() + interval '5 minutes';
    exclusively boolean;
    hosts text[];
    touched incident_engine.touch[];
    failure incident_engine.failure;
begin
    -- Does any row say something new? The hosts stay locked (shared) until the rows are committed, so that a fold
    -- elsewhere waits for them. When there is news this block is rolled back: that gives the shared locks up again
    -- before they are taken exclusively, and two writers cannot wait for each other. Others may fold in between, and
    -- then other rows are news, so it is asked again.
    foreach exclusively in array array[false, true] loop
        begin
            if exclusively then
                hosts := (select array_agg(distinct n.host_name) from new_rows as n);
                perform incident_engine.lock_hosts(hosts);
            else
                perform pg_advisory_xact_lock_shared(7101, h.number)
                from (
                    select distinct incident_engine.host_lock(n.host_name) as number
                    from new_rows as n
                    order by number
                ) as h;
            end if;

            -- array(), since an aggregate would take as long to set up as the rest of a small statement's question.
            touched := array(
                select (n.host_name, n.device_name, n.capture_folder, n.timestamp, n.timestamp)::incident_engine.touch
                from new_rows as n
                left join incident.device as d
                    on d.host_name = n.host_name and d.device_name = n.device_name and d.capture_folder = n.capture_folder
                where
                    d.host_name is null
                    or d.ffmpeg_status <> n.ffmpeg_status
                    or d.monitor_status <> n.monitor_status
                    or d.state_started_at >= n.timestamp
                    or d.attention_until >= n.timestamp
                    or n.timestamp > horizon
                    or d.device_id <> n.device_id
                    or d.video_device is distinct from n.video_device
            );
            if exclusively then
                touched := touched || incident_engine.take_over(hosts);
            end if;
            if touched = '{}' then
                return null;
            end if;
            if exclusively then
                perform incident_engine.fold(touched);
                return null;
            end if;
            raise sqlstate 'IN900';
        exception
            when sqlstate 'IN900' then null;
        end;
    end loop;
    return null;

-- The fail-safe: whatever goes wrong in here, the metric rows are stored.
exception
    when others then
        get stacked diagnostics
            failure.sqlstate = returned_sqlstate,
            failure.message = message_text,
            failure.detail = pg_exception_detail,
            failure.hint = pg_exception_hint,
            failure.context = pg_exception_context;
        touched := (
            select array_agg(
                (n.host_name, n.device_name, n.capture_folder, n.timestamp, n.timestamp)::incident_engine.touch
            )
            from new_rows as n
        );
        perform incident_engine.record_error(failure, touched);
        return null;
end
$$;

-- Name: FUNCTION on_device_metrics_insert(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.on_device_metrics_insert() IS 'Statement trigger on system_device_metrics: finds the rows that say something new and folds them. Rows that say nothing new cost one hash join. An error is recorded in incident_engine.error and never loses a row.';

-- Name: on_host_metrics_insert(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.on_host_metrics_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    failure incident_engine.failure;
begin
    if exists (
        select from incident_engine.sweep_state as s
        where s.swept_to <= now() - case when s.is_scheduled then interval '3 minutes' else interval '60 seconds' end
    ) then
        perform incident.sweep();
    end if;
    return null;
exception
    when others then
        get stacked diagnostics
            failure.sqlstate = returned_sqlstate,
            failure.message = message_text,
            failure.detail = pg_exception_detail,
            failure.hint = pg_exception_hint,
            failure.context = pg_exception_context;
        perform incident_engine.record_error(failure, '{}');
        return null;
end
$$;

-- Name: FUNCTION on_host_metrics_insert(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.on_host_metrics_insert() IS 'Statement trigger on system_metrics: runs the sweep when the last one is 60 seconds old, or 3 minutes where a scheduler should have run it. An error never loses a row.';

-- Name: on_host_rows_insert(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.on_host_rows_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    horizon constant timestamptz := now() + interval '5 minutes';
    -- Any scope's: whether a row reaches the limit of its own host is the fold's to say.
    least_limit incident.policy;
    most_limit incident.policy;
    exclusively boolean;
    hosts text[];
    touched incident_engine.touch[];
    failure incident_engine.failure;
begin
    select min(p.cpu_percent_limit), min(p.memory_percent_limit), min(p.disk_percent_limit),
        min(p.temperature_celsius_limit)
    into least_limit.cpu_percent_limit, least_limit.memory_percent_limit, least_limit.disk_percent_limit,
        least_limit.temperature_celsius_limit
    from incident.policy as p;
    select max(p.cpu_percent_limit), max(p.memory_percent_limit), max(p.disk_percent_limit),
        max(p.temperature_celsius_limit)
    into most_limit.cpu_percent_limit, most_limit.memory_percent_limit, most_limit.disk_percent_limit,
        most_limit.temperature_celsius_limit
    from incident.policy as p;

    -- As for the samples of devices: shared locks while there is no news, exclusive ones to fold.
    foreach exclusively in array array[false, true] loop
        begin
            if exclusively then
                hosts := (select array_agg(distinct n.host_name) from new_rows as n);
                perform incident_engine.lock_hosts(hosts);
            else
                perform pg_advisory_xact_lock_shared(7101, h.number)
                from (
                    select distinct incident_engine.host_lock(n.host_name) as number
                    from new_rows as n
                    order by number
                ) as h;
            end if;

            touched := array(
                select (n.host_name, '', '', n.timestamp, n.timestamp)::incident_engine.touch
                from new_rows as n
                left join incident.host as h on h.host_name = n.host_name
                where
                    h.host_name is null
                    or h.state_started_at >= n.timestamp
                    or h.is_silent
                    or n.timestamp > horizon
                    or case when 'cpu' = any (h.over_limits)
                        then n.cpu_percent < most_limit.cpu_percent_limit
                        else n.cpu_percent >= least_limit.cpu_percent_limit end
                    or case when 'memory' = any (h.over_limits)
                        then n.memory_percent < most_limit.memory_percent_limit
                        else n.memory_percent >= least_limit.memory_percent_limit end
                    or case when 'disk' = any (h.over_limits)
                        then n.disk_percent < most_limit.disk_percent_limit
                        else n.disk_percent >= least_limit.disk_percent_limit end
                    or case when 'temperature' = any (h.over_limits)
                        then n.cpu_temperature_celsius < most_limit.temperature_celsius_limit
                        else n.cpu_temperature_celsius >= least_limit.temperature_celsius_limit end
            );
            if exclusively then
                touched := touched || incident_engine.take_over(hosts);
            end if;
            if touched = '{}' then
                return null;
            end if;
            if exclusively then
                perform incident_engine.fold(touched);
                return null;
            end if;
            raise sqlstate 'IN900';
        exception
            when sqlstate 'IN900' then null;
        end;
    end loop;
    return null;

-- The fail-safe: whatever goes wrong in here, the rows are stored.
exception
    when others then
        get stacked diagnostics
            failure.sqlstate = returned_sqlstate,
            failure.message = message_text,
            failure.detail = pg_exception_detail,
            failure.hint = pg_exception_hint,
            failure.context = pg_exception_context;
        touched := (
            select array_agg((n.host_name, '', '', n.timestamp, n.timestamp)::incident_engine.touch)
            from new_rows as n
        );
        perform incident_engine.record_error(failure, touched);
        return null;
end
$$;

-- Name: FUNCTION on_host_rows_insert(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.on_host_rows_insert() IS 'Statement trigger on system_metrics: finds the rows that say something new about their host (unknown, silent, over a limit or no longer, earlier than what is known) and folds them. Other rows cost one hash join. An error is recorded in incident_engine.error and never loses a row.';

-- Name: on_incident_insert(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.on_incident_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    silenced record;
begin
    for silenced in
        select i.host_name, min(i.detected_at) as since
        from new_incidents as i
        join incident.maintenance as m
            on m.host_name = i.host_name and m.effective_period && tstzrange(i.detected_at, i.resolved_at, '[]')
        where lower(m.effective_period) <= now()
        group by i.host_name
        order by i.host_name
    loop
        perform incident_engine.mark_maintenance(silenced.since, now(), silenced.host_name);
    end loop;
    return null;
end
$$;

-- Name: FUNCTION on_incident_insert(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.on_incident_insert() IS 'Statement trigger on system_incident: the timeline of an incident that is opened in maintenance says so at once.';

-- Name: on_maintenance_update(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.on_maintenance_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform incident_engine.announce(now(), array_agg(distinct m.host_name))
    from new_windows as m
    where m.ended_at <= now()
    having count(*) > 0;
    return null;
end
$$;

-- Name: FUNCTION on_maintenance_update(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.on_maintenance_update() IS 'Statement trigger on maintenance: what was silenced by a window that ends early is announced at once.';

-- Name: open_incidents(incident_engine.incident_match[], incident_engine.stretch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_hashjoin TO 'on'
    AS $$
begin
    insert into public.system_incident (
        host_name, device_id, device_name, capture_folder, video_device, incident_type, severity, component, status,
        detected_at, resolved_at, resolved_by, detected_severity, severity_since, reopen_count, engine_reopen_count,
        reopened_at, flapping_since, reason, description, updated_by
    )
    select
        s.host_name,
        coalesce(d.device_id, 'host'),
        s.device_name,
        s.capture_folder,
        d.video_device,
        s.component || '_failure',
        s.severity,
        s.component,
        case when s.ended_at = 'infinity' then 'open' else 'resolved' end,
        s.started_at,
        nullif(s.ended_at, 'infinity'),
        case when s.ended_at < 'infinity' then 'engine' end,
        s.first_severity,
        s.severity_since,
        s.reopen_count,
        s.reopen_count,
        s.reopened_at,
        s.flapping_since,
        r.reason,
        incident_engine.describe(s.component, s.severity, s.host_name, s.device_name, s.capture_folder),
        'engine'
    from unnest(matches) as m
    join unnest(stretches) with ordinality as s (
        host_name, device_name, capture_folder, component, started_at, ended_at,
        severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
    ) using (stretch_no)
    left join incident.device as d
        on d.host_name = s.host_name and d.device_name = s.device_name and d.capture_folder = s.capture_folder
    left join lateral incident_engine.incident_reason(
        s.host_name, s.device_name, s.capture_folder, s.started_at, s.ended_at
    ) as r on s.component = 'system'
    where m.incident_id is null
    order by s.started_at, s.host_name, s.device_name, s.capture_folder, s.component;
end
$$;

-- Name: FUNCTION open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]) IS 'Records incidents for stretches that have none yet, ended ones as resolved. The device_id of a host is host.';

-- Name: plan_maintenance(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.plan_maintenance(as_of timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    planned integer;
begin
    with due as (
        select r.*, (as_of at time zone r.time_zone)::date + 14 as plan_to
        from incident.recurring_maintenance as r
        where
            r.ended_at is null
            and coalesce(r.planned_to <= r.valid_until, true)
            and r.planned_to < (as_of at time zone r.time_zone)::date + 14
        order by r.host_name, r.series_id
        for update of r skip locked
    ),

    added as (
        insert into incident.maintenance (
            host_name, device_name, capture_folder, period, reason, added_by, series_id
        )
        select d.host_name, d.device_name, d.capture_folder, o.period, d.reason, d.added_by, d.series_id
        from due as d
        cross join lateral incident_engine.maintenance_occurrences(
            (
                d.host_name, d.series_id, d.device_name, d.capture_folder, d.weekdays, d.starts_at_local, d.duration,
                d.time_zone, d.valid_from, d.valid_until, d.reason, d.added_by, d.added_at, d.ended_at, d.ended_by,
                d.planned_to
            )::incident.recurring_maintenance,
            d.planned_to, d.plan_to
        ) as o
        on conflict do nothing
        returning 1
    ),

    noted as (
        update incident.recurring_maintenance as r
        set planned_to = d.plan_to
        from due as d
        where r.host_name = d.host_name and r.series_id = d.series_id
    )

    select count(*)::integer into planned from added;
    return planned;
end
$$;

-- Name: FUNCTION plan_maintenance(as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.plan_maintenance(as_of timestamp with time zone) IS 'Adds the occurrences of recurring maintenance that start within two weeks and do not stand in incident.maintenance yet. Returns how many.';

-- Name: record_error(incident_engine.failure, incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.record_error(failure incident_engine.failure, touched incident_engine.touch[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    insert into incident_engine.error (host_name, sqlstate, message, detail, hint, context, touched)
    select t.host_name, failure.sqlstate, failure.message, nullif(failure.detail, ''), nullif(failure.hint, ''),
        failure.context, jsonb_agg(t)
    from unnest(touched) as t
    group by t.host_name
    order by t.host_name;
    if not found then
        insert into incident_engine.error (host_name, sqlstate, message, detail, hint, context, touched)
        values (
            '', failure.sqlstate, failure.message, nullif(failure.detail, ''), nullif(failure.hint, ''), failure.context, '[]'
        );
    end if;

    -- To whoever sent the rows, or set off the sweep: the message itself may speak of other hosts.
    raise warning 'pg_incident: the rows are stored, but working on them failed (SQLSTATE %)', failure.sqlstate
        using hint = 'The sweep tries again. See: select * from incident_engine.error where repaired_at is null;';
end
$$;

-- Name: FUNCTION record_error(failure incident_engine.failure, touched incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.record_error(failure incident_engine.failure, touched incident_engine.touch[]) IS 'Keeps an error of the engine and the device spans it concerns, one row per host (host_name '''' when it concerns none), for the sweep to fold again.';

-- Name: record_maintenance_login(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.record_maintenance_login() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if tg_op = 'INSERT' then
        new.recorded_by := session_user::text;
    else
        new.recorded_by := old.recorded_by;
        if new.ended_at is distinct from old.ended_at then
            new.end_recorded_by := session_user::text;
        end if;
    end if;
    return new;
end
$$;

-- Name: FUNCTION record_maintenance_login(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.record_maintenance_login() IS 'Row trigger on maintenance: which login added it and which ended it early, beside whom the operator said to be.';

-- Name: record_operator_actions(bigint[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.record_operator_actions(incident_ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    regions incident_engine.touch[];
begin
    insert into incident_engine.operator_action (host_name, device_name, capture_folder, component, action, acted_at)
    select i.host_name, i.device_name, i.capture_folder, i.component, 'cut', i.resolved_at
    from public.system_incident as i
    where i.incident_id = any (incident_ids) and i.status = 'resolved'
    on conflict do nothing;

    -- Reopening takes back the cuts since the incident began, and holds it open through the healthy run it is in, if any.
    delete from incident_engine.operator_action as a
    using public.system_incident as i
    where
        i.incident_id = any (incident_ids)
        and (a.host_name, a.device_name, a.capture_folder, a.component)
        = (i.host_name, i.device_name, i.capture_folder, i.component)
        and i.status = 'open'
        and a.action = 'cut'
        and a.acted_at >= i.detected_at;

    insert into incident_engine.operator_action (host_name, device_name, capture_folder, component, action, acted_at)
    select i.host_name, i.device_name, i.capture_folder, i.component, 'hold', i.acted_at
    from public.system_incident as i
    where i.incident_id = any (incident_ids) and i.status = 'open'
    on conflict do nothing;

    regions := (
        select array_agg((
            i.host_name, i.device_name, i.capture_folder, i.detected_at, 'infinity'::timestamptz
        )::incident_engine.touch)
        from public.system_incident as i
        where i.incident_id = any (incident_ids)
    );
    perform incident_engine.fold_incidents(regions, array['ffmpeg', 'monitor', 'system']);
end
$$;

-- Name: FUNCTION record_operator_actions(incident_ids bigint[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.record_operator_actions(incident_ids bigint[]) IS 'Remembers what operators did to the course of incidents (resolved or reopened them by hand), so that every later fold agrees.';

-- Name: recovers(text, text, text, text, timestamp with time zone, timestamp with time zone, interval); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.recovers(host_name text, device_name text, capture_folder text, component text, started_at timestamp with time zone, ended_at timestamp with time zone, resolve_after interval) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    steady tstzmultirange;
begin
    if exists (
        select from incident_engine.operator_action as a
        where
            a.host_name = recovers.host_name
            and a.device_name = recovers.device_name
            and a.capture_folder = recovers.capture_folder
            and a.component = recovers.component
            and a.action = 'hold'
            and a.acted_at >= recovers.started_at
            and a.acted_at < recovers.ended_at
    ) then
        return false;
    end if;

    select tstzmultirange(tstzrange(
        least(recovers.started_at + resolve_after, recovers.ended_at), recovers.ended_at
    )) - coalesce(range_agg(tstzrange(f.started_at, f.ended_at)), '{}')
    into steady
    from incident.flapping as f
    where
        f.host_name = recovers.host_name
        and f.device_name = recovers.device_name
        and f.capture_folder = recovers.capture_folder
        and f.component = recovers.component
        and f.started_at < recovers.ended_at
        and f.ended_at > recovers.started_at;
    return
        steady @> recovers.started_at -- the run starts with a healthy sample
        or exists (
            select
            from unnest(steady) as part
            where incident_engine.first_sample_in(
                host_name, device_name, capture_folder, component, 'healthy', lower(part), upper(part)
            ) is not null
        );
end
$$;

-- Name: FUNCTION recovers(host_name text, device_name text, capture_folder text, component text, started_at timestamp with time zone, ended_at timestamp with time zone, resolve_after interval); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.recovers(host_name text, device_name text, capture_folder text, component text, started_at timestamp with time zone, ended_at timestamp with time zone, resolve_after interval) IS 'Whether a healthy run from started_at up to ended_at resolves an incident: a sample is healthy resolve_after or more after its first one while the component is not flapping, and no operator reopened an incident in it (a hold).';

-- Name: refuse_sample_change(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.refuse_sample_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- Anybody may set the setting; it counts for the owner alone, as whom upkeep runs.
    if
        tg_op in ('INSERT', 'DELETE')
        and coalesce(current_setting('incident_engine.writer', true), '') = 'upkeep'
        and (select pg_has_role(c.relowner, 'member') from pg_class as c where c.oid = tg_relid)
    then
        return null;
    end if;
    raise exception using
        errcode = 'feature_not_supported',
        message = case tg_op
            when 'INSERT' then format('rows go into system_device_metrics, not into its partition %s', tg_table_name)
            else format('%s on %s is refused: samples are immutable', lower(tg_op), tg_table_name)
        end,
        detail = 'Incidents and availability are computed from the samples; a change here would not reach them.',
        hint = case tg_op
            when 'INSERT' then 'Insert into public.system_device_metrics.'
            when 'UPDATE' then 'Insert with ON CONFLICT DO NOTHING: the first row for a device and time stands.'
            else 'Retention alone removes samples, whole days at a time.'
        end;
end
$$;

-- Name: FUNCTION refuse_sample_change(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.refuse_sample_change() IS 'Statement trigger: samples are inserted through system_device_metrics and never changed. Errors: 0A000.';

-- Name: refuse_timeline_change(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.refuse_timeline_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    raise exception using
        errcode = 'feature_not_supported',
        message = format('%s on incident.timeline is refused: it is append-only', lower(tg_op)),
        hint = 'Add what is missing with incident.comment(incident_id, note).';
end
$$;

-- Name: FUNCTION refuse_timeline_change(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.refuse_timeline_change() IS 'Statement trigger: the timeline is append-only. Errors: 0A000.';

-- Name: register_devices(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.register_devices(touched incident_engine.touch[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    earliest constant timestamptz := (select min(t.from_time) from unnest(touched) as t);
    latest constant timestamptz := (select max(t.to_time) from unnest(touched) as t);
begin
    insert into incident.device (
        host_name, device_name, capture_folder, device_id, video_device,
        ffmpeg_status, monitor_status, state_started_at, first_sample_at
    )
    select
        t.host_name,
        t.device_name,
        t.capture_folder,
        m.device_id,
        m.video_device,
        m.ffmpeg_status,
        m.monitor_status,
        m.timestamp,
        m.timestamp
    from (
        select a.host_name, a.device_name, a.capture_folder, min(a.from_time) as from_time, max(a.to_time) as to_time
        from unnest(touched) as a
        group by a.host_name, a.device_name, a.capture_folder
    ) as t
    cross join lateral (
        select s.device_id, s.video_device, s.ffmpeg_status, s.monitor_status, s.timestamp
        from public.system_device_metrics as s
        where
            s.host_name = t.host_name
            and s.device_name = t.device_name
            and s.capture_folder = t.capture_folder
            and s.timestamp between t.from_time and t.to_time
            and s.timestamp between earliest and latest
        order by s.timestamp
        limit 1
    ) as m
    where not exists (
        select from incident.device as d
        where (d.host_name, d.device_name, d.capture_folder) = (t.host_name, t.device_name, t.capture_folder)
    )
    order by t.host_name, t.device_name, t.capture_folder
    on conflict do nothing;

    perform
    from incident.device as d
    where (d.host_name, d.device_name, d.capture_folder) in (
        select t.host_name, t.device_name, t.capture_folder from unnest(touched) as t
    )
    order by d.host_name, d.device_name, d.capture_folder
    for no key update;
end
$$;

-- Name: FUNCTION register_devices(touched incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.register_devices(touched incident_engine.touch[]) IS 'Registers devices on first sight and locks the rows of all touched ones in key order.';

-- Name: register_hosts(text[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.register_hosts(host_names text[], horizon timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    moved incident_engine.touch[];
begin
    with seen as (
        select n.host_name, least(
            (
                select min(d.first_sample_at)
                from incident.device as d
                where d.host_name = n.host_name
            ),
            (
                select min(m.timestamp)
                from public.system_metrics as m
                where
                    m.host_name = n.host_name
                    and m.timestamp >= incident_engine.first_plausible()
                    and m.timestamp <= horizon
            )
        ) as first_seen_at
        from (select distinct u.host_name from unnest(host_names) as u (host_name)) as n
    ),

    registered as (
        insert into incident.host (host_name, first_seen_at, state_started_at)
        select s.host_name, s.first_seen_at, s.first_seen_at
        from seen as s
        where
            s.first_seen_at is not null
            and not exists (select from incident.host as h where h.host_name = s.host_name)
        order by s.host_name
        on conflict do nothing
    ),

    known as (
        update incident.host as h
        set first_seen_at = s.first_seen_at
        from seen as s
        join incident.host as o using (host_name)
        where h.host_name = s.host_name and s.first_seen_at < h.first_seen_at
        returning h.host_name, h.first_seen_at, o.first_seen_at as was
    )

    select array_agg((k.host_name, '', '', k.first_seen_at, k.was)::incident_engine.touch)
    into moved
    from known as k;
    return moved;
end
$$;

-- Name: FUNCTION register_hosts(host_names text[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.register_hosts(host_names text[], horizon timestamp with time zone) IS 'Registers hosts on their first signal. Returns, for those that turn out to have been there earlier, the time between.';

-- Name: remove_old_rows(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.remove_old_rows(as_of timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    -- Only so many a round, so that no round takes long.
    rows_at_once constant integer := 20000;
    -- What is to go was declared by an earlier round: every fold that began before has ended or waits for our locks.
    line constant timestamptz := (select s.samples_from from incident_engine.sweep_state as s);
    kept_from constant timestamptz := (
        select date_trunc('day', (least(as_of, now()) - r.keep_samples) at time zone 'UTC') at time zone 'UTC'
        from incident.retention as r
    );
begin
    if kept_from > line then
        update incident_engine.sweep_state as s set samples_from = kept_from where s.only_row;
    end if;
    if line = '-infinity' then
        return 0;
    end if;

    delete from public.system_metrics as m
    where m.ctid = any (array(
        select o.ctid
        from public.system_metrics as o
        where
            o.timestamp < line
            and not exists (
                select from public.system_incident as i
                where
                    i.host_name = o.host_name
                    and i.component = 'system'
                    and i.retracted_at is null
                    and i.detected_at < line
                    and o.timestamp >= i.detected_at - interval '1 day'
                    and coalesce(i.resolved_at >= line, true)
            )
        limit rows_at_once
    ));
    delete from incident_engine.error as e
    where e.ctid = any (array(
        select o.ctid from incident_engine.error as o where o.repaired_at < line limit rows_at_once
    ));
    return incident_engine.drop_samples(line);
end
$$;

-- Name: FUNCTION remove_old_rows(as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.remove_old_rows(as_of timestamp with time zone) IS 'Retention: declares the days that are older than keep_samples as gone, so that nothing is folded from them any more, and removes what an earlier round declared so: samples a day at a time, rows of system_metrics and repaired errors. Returns how many partitions it dropped.';

-- Name: replace_host_conditions(incident_engine.touch[], incident.host_condition[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.replace_host_conditions(regions incident_engine.touch[], conditions incident.host_condition[]) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    was constant incident.host_condition[] := (
        select array_agg(distinct c)
        from unnest(regions) as r
        join incident.host_condition as c
            on c.host_name = r.host_name
            and c.cause = r.device_name
            and c.started_at < r.to_time
            and c.ended_at > r.from_time
    );
    removed incident.host_condition[];
    added incident.host_condition[];
begin
    removed := array(select c from unnest(was) as c except select c from unnest(conditions) as c);
    added := array(select c from unnest(conditions) as c except select c from unnest(was) as c);

    delete from incident.host_condition as c
    using unnest(removed) as r
    where c.host_name = r.host_name and c.cause = r.cause and c.started_at = r.started_at;

    insert into incident.host_condition
    select a.*
    from unnest(added) as a
    order by a.host_name, a.cause, a.started_at;

    return (
        select array_agg((c.host_name, c.cause, '', c.started_at, c.ended_at)::incident_engine.touch)
        from unnest(removed || added) as c
    );
end
$$;

-- Name: FUNCTION replace_host_conditions(regions incident_engine.touch[], conditions incident.host_condition[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.replace_host_conditions(regions incident_engine.touch[], conditions incident.host_condition[]) IS 'Makes incident.host_condition in the regions (cause in device_name) what the second argument says. Returns what changed.';

-- Name: replace_system_states(incident_engine.touch[], incident.system_state[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.replace_system_states(bases incident_engine.touch[], states incident.system_state[]) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    was constant incident.system_state[] := array(
        select s
        from unnest(bases) as b
        join incident.system_state as s using (host_name, device_name, capture_folder)
        where s.started_at >= b.from_time
    );
    removed incident.system_state[];
    added incident.system_state[];
begin
    removed := array(select s from unnest(was) as s except select s from unnest(states) as s);
    added := array(select s from unnest(states) as s except select s from unnest(was) as s);

    delete from incident.system_state as s
    using unnest(removed) as r
    where
        (s.host_name, s.device_name, s.capture_folder, s.started_at)
        = (r.host_name, r.device_name, r.capture_folder, r.started_at);

    insert into incident.system_state
    select a.*
    from unnest(added) as a
    order by a.host_name, a.device_name, a.capture_folder, a.started_at;

    return (
        select array_agg(c)
        from (
            select (
                s.host_name, s.device_name, s.capture_folder, min(s.started_at), max(s.ended_at)
            )::incident_engine.touch as c
            from unnest(removed || added) as s
            group by s.host_name, s.device_name, s.capture_folder
        ) as t
    );
end
$$;

-- Name: FUNCTION replace_system_states(bases incident_engine.touch[], states incident.system_state[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.replace_system_states(bases incident_engine.touch[], states incident.system_state[]) IS 'Makes incident.system_state of these hosts and devices what the second argument says from from_time on. Returns what changed.';

-- Name: report_digest(bigint); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.report_digest(report_id bigint) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT encode(sha256(convert_to(((jsonb_build_array(EXTRACT(epoch FROM lower(r.period)), EXTRACT(epoch FROM upper(r.period)), r.policy))::text || COALESCE(( SELECT string_agg(('
'::text || (jsonb_build_array(l.host_name, l.device_name, l.capture_folder, l.up_seconds, l.down_seconds, l.unknown_seconds, l.no_data_seconds, l.maintenance_seconds, l.window_seconds, l.target_percent, l.incidents, l.failures))::text), ''::text ORDER BY (l.host_name COLLATE "C"), (l.device_name COLLATE "C"), (l.capture_folder COLLATE "C")) AS string_agg
            FROM incident.sealed_report_line l
           WHERE (l.report_id = r.report_id)), ''::text)), 'UTF8'::name)), 'hex'::text) AS encode
    FROM incident.sealed_report r
   WHERE (r.report_id = report_digest.report_id);
END;

-- Name: FUNCTION report_digest(report_id bigint); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.report_digest(report_id bigint) IS 'SHA-256 of what a sealed report says: a line of JSON with period and policy, then one for each device. Null if there is none.';

-- Name: require_operator(text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.require_operator(operator text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform incident_engine.require_text(operator, 'operator');
    if lower(btrim(operator)) = 'engine' then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = format('operator must not be %s', operator),
            detail = 'In the timeline this is what the engine does by itself.',
            hint = 'Say who it was, or leave it out for the login.';
    end if;
end
$$;

-- Name: FUNCTION require_operator(operator text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.require_operator(operator text) IS 'Errors: 22004 when the operator stated is null or blank, 22023 when it is the name that the engine goes by.';

-- Name: require_text(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.require_text(value text, parameter text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if coalesce(btrim(value), '') = '' then
        raise exception using
            errcode = 'null_value_not_allowed',
            message = format('%s must not be null or empty', parameter),
            hint = format('Name it: %s => ''...''', parameter);
    end if;
end
$$;

-- Name: FUNCTION require_text(value text, parameter text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.require_text(value text, parameter text) IS 'Errors: 22004 when the value of a parameter is null or blank.';

-- Name: retired_since(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.retired_since(host_name text, device_name text, capture_folder text, last_signal_at timestamp with time zone, before timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return least(
        (
            select min(r.retired_at)
            from incident.retirement as r
            where
                r.host_name = retired_since.host_name
                and (
                    r.device_name is null
                    or (r.device_name, r.capture_folder) = (retired_since.device_name, retired_since.capture_folder)
                )
                and r.revoked_at is null
                and r.retired_at >= last_signal_at
                and r.retired_at < before
        ),
        -- A host is retired with the last of its devices, unless it was heard after that.
        case when retired_since.device_name is null then (
            select case when max(d.retired_at) >= last_signal_at then max(d.retired_at) end
            from (
                select (
                    select min(r.retired_at)
                    from incident.retirement as r
                    where
                        r.host_name = k.host_name
                        and (r.device_name, r.capture_folder) = (k.device_name, k.capture_folder)
                        and r.revoked_at is null
                        and r.retired_at < before
                        and r.retired_at >= incident_engine.sample_before(
                            k.host_name, k.device_name, k.capture_folder,
                            last_signal_at + interval '1 microsecond', k.first_sample_at
                        )
                ) as retired_at
                from incident.device as k
                where k.host_name = retired_since.host_name and k.first_sample_at <= last_signal_at
            ) as d
            having count(*) = count(d.retired_at)
        ) end
    );
end
$$;

-- Name: FUNCTION retired_since(host_name text, device_name text, capture_folder text, last_signal_at timestamp with time zone, before timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.retired_since(host_name text, device_name text, capture_folder text, last_signal_at timestamp with time zone, before timestamp with time zone) IS 'When a device, or a host (device_name null), that was silent from its last signal up to before was retired in that time; null when it was not.';

-- Name: retry_errors(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.retry_errors(as_of timestamp with time zone, horizon timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    waiting record;
    device record;
    still_waiting incident_engine.touch[];
    repaired integer := 0;
    failed_sqlstate text;
    failed_message text;
begin
    -- One device at a time: a device that cannot be folded must not keep the others of its host waiting.
    for waiting in
        select e.host_name, e.error_id, e.touched
        from incident_engine.error as e
        where
            e.repaired_at is null
            -- after 1, 2, 4 ... 64 minutes
            and coalesce(e.last_attempt_at + interval '1 minute' * power(2, least(e.attempts - 1, 6)) <= as_of, true)
        order by e.occurred_at, e.error_id
        limit 1000
        for update skip locked
    loop
        failed_sqlstate := null;
        failed_message := null;
        still_waiting := null;
        for device in
            select array_agg(t) as touched
            from jsonb_populate_recordset(null::incident_engine.touch, waiting.touched) as t
            group by t.host_name, t.device_name, t.capture_folder
            order by t.host_name, t.device_name, t.capture_folder
        loop
            begin
                perform incident_engine.fold(device.touched, horizon);
            exception
                when others then
                    get stacked diagnostics failed_sqlstate = returned_sqlstate, failed_message = message_text;
                    still_waiting := still_waiting || device.touched;
            end;
        end loop;

        update incident_engine.error as e
        set sqlstate = coalesce(failed_sqlstate, e.sqlstate),
            message = coalesce(failed_message, e.message),
            touched = coalesce(to_jsonb(still_waiting), e.touched),
            attempts = e.attempts + 1,
            last_attempt_at = as_of,
            repaired_at = case when still_waiting is null then as_of end
        where e.host_name = waiting.host_name and e.error_id = waiting.error_id;
        repaired := repaired + (still_waiting is null)::integer;
    end loop;
    return repaired;
end
$$;

-- Name: FUNCTION retry_errors(as_of timestamp with time zone, horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.retry_errors(as_of timestamp with time zone, horizon timestamp with time zone) IS 'Folds again what the fail-safe caught, at growing distances in time. horizon: as as_of of the fold. Returns how many errors are repaired now.';

-- Name: sample_after(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.sample_after(host_name text, device_name text, capture_folder text, after timestamp with time zone, not_after timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    -- Near partitions first: a query pays for opening all that its bounds do not rule out.
    reaches constant interval[] := array[interval '1 day', interval '8 days', interval '64 days'];
    bound timestamptz;
    found_at timestamptz;
begin
    for step in 1 .. 4 loop
        bound := least(not_after, after + reaches[step]);
        found_at := (
            select min(m.timestamp)
            from public.system_device_metrics as m
            where
                m.host_name = sample_after.host_name
                and m.device_name = sample_after.device_name
                and m.capture_folder = sample_after.capture_folder
                and m.timestamp > after
                and m.timestamp <= bound
        );
        exit when found_at is not null or bound = not_after;
    end loop;
    return found_at;
end
$$;

-- Name: FUNCTION sample_after(host_name text, device_name text, capture_folder text, after timestamp with time zone, not_after timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.sample_after(host_name text, device_name text, capture_folder text, after timestamp with time zone, not_after timestamp with time zone) IS 'Time of a device''s first sample after a moment, or null; see sample_before.';

-- Name: sample_before(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, not_before timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    -- Near partitions first: a query pays for opening all that its bounds do not rule out.
    reaches constant interval[] := array[interval '1 day', interval '8 days', interval '64 days'];
    bound timestamptz;
    found_at timestamptz;
begin
    for step in 1 .. 4 loop
        bound := greatest(not_before, before - reaches[step]);
        found_at := (
            select max(m.timestamp)
            from public.system_device_metrics as m
            where
                m.host_name = sample_before.host_name
                and m.device_name = sample_before.device_name
                and m.capture_folder = sample_before.capture_folder
                and m.timestamp < before
                and m.timestamp >= bound
        );
        exit when found_at is not null or bound = not_before;
    end loop;
    return found_at;
end
$$;

-- Name: FUNCTION sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, not_before timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, not_before timestamp with time zone) IS 'Time of a device''s last sample before a moment and not before another, or null. A function of its own because most folds never need to look into the older partitions: a query that names them pays for opening all of them.';

-- Name: sample_regions(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.sample_regions(touched incident_engine.touch[], horizon timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    samples_from constant timestamptz := incident_engine.samples_from();
    -- Touched moments this near to each other are read in one go, neighbours this near are found without a deep search.
    near constant interval := interval '1 hour';
    earliest constant timestamptz := (select min(t.from_time) from unnest(touched) as t) - near;
    latest constant timestamptz := (select least(max(t.to_time) + near, horizon) from unnest(touched) as t);
begin
    return (
        with cluster as (
            select t.host_name, t.device_name, t.capture_folder, range_agg(tstzrange(
                t.from_time - near / 2, t.to_time + near / 2, '[]'
            )) as spans
            from unnest(touched) as t
            group by t.host_name, t.device_name, t.capture_folder
        ),

        span as (
            select c.host_name, c.device_name, c.capture_folder, d.first_sample_at,
                lower(s) + near / 2 as from_time, upper(s) - near / 2 as to_time,
                -- No neighbour lies beyond the touched sample next to it.
                coalesce(lag(upper(s)) over device - near / 2, samples_from) as not_before,
                coalesce(lead(lower(s)) over device + near / 2, horizon) as not_after
            from cluster as c
            join incident.device as d using (host_name, device_name, capture_folder)
            cross join lateral unnest(c.spans) as s
            window device as (partition by c.host_name, c.device_name, c.capture_folder order by lower(s))
        ),

        bounded as (
            select
                s.*,
                coalesce(
                    (
                        select max(m.timestamp)
                        from public.system_device_metrics as m
                        where
                            m.host_name = s.host_name
                            and m.device_name = s.device_name
                            and m.capture_folder = s.capture_folder
                            and m.timestamp < s.from_time
                            and m.timestamp >= greatest(s.from_time - near, samples_from)
                            and m.timestamp between earliest and latest
                    ),
                    case when s.first_sample_at < s.from_time then
                        incident_engine.sample_before(
                            s.host_name, s.device_name, s.capture_folder, s.from_time - near, s.not_before
                        )
                    end,
                    (
                        select min(m.timestamp)
                        from public.system_device_metrics as m
                        where
                            m.host_name = s.host_name
                            and m.device_name = s.device_name
                            and m.capture_folder = s.capture_folder
                            and m.timestamp between s.from_time and s.to_time
                            and m.timestamp between earliest and latest
                    )
                ) as first_sample,
                coalesce(
                    (
                        select min(m.timestamp)
                        from public.system_device_metrics as m
                        where
                            m.host_name = s.host_name
                            and m.device_name = s.device_name
                            and m.capture_folder = s.capture_folder
                            and m.timestamp > s.to_time
                            and m.timestamp <= s.to_time + near
                            and m.timestamp between earliest and latest
                    ),
                    case when s.to_time + near < horizon then
                        incident_engine.sample_after(
                            s.host_name, s.device_name, s.capture_folder, s.to_time + near, s.not_after
                        )
                    end,
                    'infinity'
                ) as next_sample
            from span as s
        ),

        region as (
            select b.host_name, b.device_name, b.capture_folder,
                unnest(range_agg(tstzrange(b.first_sample, b.next_sample))) as span
            from bounded as b
            where b.first_sample is not null
            group by b.host_name, b.device_name, b.capture_folder
        )

        select array_agg(
            (r.host_name, r.device_name, r.capture_folder, lower(r.span), upper(r.span))::incident_engine.touch
        )
        from region as r
    );
end
$$;

-- Name: FUNCTION sample_regions(touched incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.sample_regions(touched incident_engine.touch[], horizon timestamp with time zone) IS 'What the touched samples can have changed: from the sample before them up to the sample after them (infinity if there is none), regions of a device merged where they meet. horizon: samples after it are not looked at.';

-- Name: sampled_states(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.sampled_states(regions incident_engine.touch[], horizon timestamp with time zone) RETURNS incident.device_state[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    earliest constant timestamptz := (select min(r.from_time) from unnest(regions) as r);
    latest constant timestamptz := (select least(max(r.to_time), horizon) from unnest(regions) as r);
    swept_to constant timestamptz := (select s.swept_to from incident_engine.sweep_state as s);
begin
    return (
        -- Asked for once a region, not once a sample.
        with region as materialized (
            select r.*, p.sample_interval, p.no_data_after
            from unnest(regions) as r
            cross join lateral incident_engine.silence_policy(r.host_name, r.device_name, r.capture_folder) as p
        ),

        sample as (
            select r.host_name, r.device_name, r.capture_folder, r.sample_interval, r.no_data_after,
                m.timestamp, m.ffmpeg_status, m.monitor_status,
                lead(m.timestamp, 1, r.to_time) over (
                    partition by r.host_name, r.device_name, r.capture_folder, r.from_time order by m.timestamp
                ) as next_timestamp
            from region as r
            cross join lateral (
                select s.timestamp, s.ffmpeg_status, s.monitor_status
                from public.system_device_metrics as s
                where
                    s.host_name = r.host_name
                    and s.device_name = r.device_name
                    and s.capture_folder = r.capture_folder
                    and s.timestamp >= r.from_time
                    and s.timestamp < r.to_time
                    and s.timestamp between earliest and latest
                offset 0
            ) as m
        ),

        -- A status holds until the next sample, or until the first missed one when the silence lasts too long. After the
        -- last sample silence is known as far as the sweep has looked.
        bridged as (
            select s.*,
                case
                    when s.timestamp + s.no_data_after
                        <= case when s.next_timestamp = 'infinity' then swept_to else s.next_timestamp end
                        then least(s.timestamp + s.sample_interval, s.next_timestamp)
                    else s.next_timestamp
                end as holds_until
            from sample as s
        ),

        state as (
            select b.host_name, b.device_name, b.capture_folder,
                b.timestamp as started_at, b.holds_until as ended_at, b.ffmpeg_status, b.monitor_status
            from bridged as b
            union all
            select b.host_name, b.device_name, b.capture_folder,
                b.holds_until, b.next_timestamp, 'no_data', 'no_data'
            from bridged as b
            where b.holds_until < b.next_timestamp
        )

        select array_agg((
            s.host_name, s.device_name, s.capture_folder, s.started_at, s.ended_at, s.ffmpeg_status, s.monitor_status
        )::incident.device_state)
        from state as s
    );
end
$$;

-- Name: FUNCTION sampled_states(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.sampled_states(regions incident_engine.touch[], horizon timestamp with time zone) IS 'The states that the samples of the regions tell, one per sample and one per silence of no_data_after or longer, which starts at the first missed sample. horizon: samples after it are not looked at.';

-- Name: samples_still_needed(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.samples_still_needed(line timestamp with time zone) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    crossing incident_engine.touch[];
begin
    crossing := (
        select array_agg(distinct (
            i.host_name, i.device_name, i.capture_folder, line, line
        )::incident_engine.touch)
        from public.system_incident as i
        where
            i.retracted_at is null
            and i.detected_at < line
            and (i.status in ('open', 'in_progress') or i.resolved_at >= line - interval '1 day')
    );
    return (
        with reach as (
            select w.host_name, w.device_name, w.capture_folder, min(greatest(c.started_at, w.from_time)) as from_time
            from unnest(incident_engine.incident_windows(crossing, array['ffmpeg', 'monitor', 'system'])) as w
            join incident_engine.component_state as c
                on c.host_name = w.host_name
                and c.device_name = w.device_name
                and c.capture_folder = w.capture_folder
                and c.component = w.component
                and c.condition = 'failing'
                and c.ended_at > w.from_time
                and c.started_at < line
            group by w.host_name, w.device_name, w.capture_folder
        )

        -- A day more, for rules that look at what was before a failure.
        select array_agg((
            r.host_name, r.device_name, r.capture_folder, r.from_time - interval '1 day', line
        )::incident_engine.touch)
        from reach as r
    );
end
$$;

-- Name: FUNCTION samples_still_needed(line timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.samples_still_needed(line timestamp with time zone) IS 'Samples before a moment that the fold may still ask for: those of devices with an incident that was going on then, from the day before it began. The others of that time can go.';

-- Name: settled_before_failure(text, text, text, text, timestamp with time zone, interval, interval); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.settled_before_failure(host_name text, device_name text, capture_folder text, component text, after timestamp with time zone, resolve_after interval, reopen_within interval) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    spell record;
    healthy_since timestamptz;
    failing_since timestamptz := coalesce((
        select max(c.started_at)
        from incident_engine.component_state as c
        where
            c.host_name = settled_before_failure.host_name
            and c.device_name = settled_before_failure.device_name
            and c.capture_folder = settled_before_failure.capture_folder
            and c.component = settled_before_failure.component
            and c.condition = 'failing'
            and c.started_at <= after
    ), '-infinity');
begin
    for spell in
        select c.condition, c.started_at
        from incident_engine.component_state as c
        where
            c.host_name = settled_before_failure.host_name
            and c.device_name = settled_before_failure.device_name
            and c.capture_folder = settled_before_failure.capture_folder
            and c.component = settled_before_failure.component
            and c.condition <> 'neutral'
            and c.ended_at > after
            and c.started_at >= coalesce((
                select max(s.started_at)
                from incident_engine.component_state as s
                where
                    s.host_name = settled_before_failure.host_name
                    and s.device_name = settled_before_failure.device_name
                    and s.capture_folder = settled_before_failure.capture_folder
                    and s.component = settled_before_failure.component
                    and s.started_at <= after
            ), '-infinity')
        order by c.started_at
    loop
        if spell.condition = 'healthy' then
            healthy_since := coalesce(healthy_since, greatest(spell.started_at, after));
        elsif spell.started_at > after then
            if
                spell.started_at - healthy_since >= resolve_after + reopen_within
                and incident_engine.recovers(
                    host_name, device_name, capture_folder, component, healthy_since, spell.started_at, resolve_after
                )
                and not exists (
                    select from incident_engine.operator_action as a
                    where
                        a.host_name = settled_before_failure.host_name
                        and a.device_name = settled_before_failure.device_name
                        and a.capture_folder = settled_before_failure.capture_folder
                        and a.component = settled_before_failure.component
                        and a.action = 'hold'
                        and a.acted_at >= failing_since
                        and a.acted_at < spell.started_at
                )
                and not exists (
                    select from incident.flapping as f
                    where
                        f.host_name = settled_before_failure.host_name
                        and f.device_name = settled_before_failure.device_name
                        and f.capture_folder = settled_before_failure.capture_folder
                        and f.component = settled_before_failure.component
                        and f.started_at < spell.started_at
                        and f.ended_at > healthy_since
                )
            then
                return spell.started_at;
            end if;
            healthy_since := null;
            failing_since := spell.started_at;
        end if;
    end loop;
    return null;
end
$$;

-- Name: FUNCTION settled_before_failure(host_name text, device_name text, capture_folder text, component text, after timestamp with time zone, resolve_after interval, reopen_within interval); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.settled_before_failure(host_name text, device_name text, capture_folder text, component text, after timestamp with time zone, resolve_after interval, reopen_within interval) IS 'Start of the first failure after a moment that comes after a healthy run so long that everything before it is settled: whatever was open is resolved, and not to be reopened. Null when there is none.';

-- Name: silenced_by(public.system_incident, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.silenced_by(subject public.system_incident, as_of timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT COALESCE(( SELECT ('maintenance '::text || min(m.maintenance_id))
            FROM incident.maintenance m
           WHERE ((m.effective_period @> silenced_by.as_of) AND (m.host_name = (silenced_by.subject).host_name) AND ((m.device_name IS NULL) OR ((m.device_name = (silenced_by.subject).device_name) AND (m.capture_folder = (silenced_by.subject).capture_folder))))), ( SELECT ('part of incident '::text || h.incident_id)
            FROM public.system_incident h
           WHERE ((h.host_name = (silenced_by.subject).host_name) AND (h.incident_id = (silenced_by.subject).part_of) AND (h.status = ANY (ARRAY['open'::text, 'in_progress'::text]))))) AS "coalesce";
END;

-- Name: FUNCTION silenced_by(subject public.system_incident, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.silenced_by(subject public.system_incident, as_of timestamp with time zone) IS 'Why an active incident is not told to anybody at a moment: the maintenance it is in, or the active incident of its host that it is part of. Null when it may be told.';

-- Name: silenced_until(public.system_incident, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.silenced_until(subject public.system_incident, as_of timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT GREATEST(( SELECT max(upper(m.effective_period)) AS max
            FROM incident.maintenance m
           WHERE ((m.effective_period && tstzrange((silenced_until.subject).created_at, silenced_until.as_of, '[]'::text)) AND (upper(m.effective_period) <= silenced_until.as_of) AND (m.host_name = (silenced_until.subject).host_name) AND ((m.device_name IS NULL) OR ((m.device_name = (silenced_until.subject).device_name) AND (m.capture_folder = (silenced_until.subject).capture_folder))))), ( SELECT h.updated_at
            FROM public.system_incident h
           WHERE ((h.host_name = (silenced_until.subject).host_name) AND (h.incident_id = (silenced_until.subject).part_of) AND (h.status <> ALL (ARRAY['open'::text, 'in_progress'::text]))))) AS "greatest";
END;

-- Name: FUNCTION silenced_until(subject public.system_incident, as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.silenced_until(subject public.system_incident, as_of timestamp with time zone) IS 'When the last of what silenced an incident was over, as far as it was by as_of: its maintenance ended, or the database learned that the incident of its host had. Null when nothing has silenced it.';

-- Name: sweep_driver(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.sweep_driver() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    is_job boolean := false;
begin
    if to_regclass('cron.job') is not null then
        execute 'select exists (select from cron.job as j where j.jobname = $1 and j.active)'
        into is_job
        using 'pg_incident sweep';
    end if;
    return case
        when is_job then 'pg_cron'
        when exists (select from public.system_metrics as m where m.timestamp > now() - interval '5 minutes') then 'host metrics'
        else 'nothing'
    end;
exception
    when insufficient_privilege then
        return case
            when (select s.is_scheduled from incident_engine.sweep_state as s) then 'pg_cron'
            else 'host metrics'
        end;
end
$_$;

-- Name: FUNCTION sweep_driver(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.sweep_driver() IS 'What sets the sweep off: pg_cron (it has an active job in this database), host metrics (rows of system_metrics arrived in the last 5 minutes), or nothing but people.';

-- Name: take_over(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.take_over(host_names text[]) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    taken incident_engine.touch[];
begin
    with waiting as (
        update incident_engine.error as e
        set repaired_at = now(), attempts = e.attempts + 1, last_attempt_at = now()
        where
            e.host_name = any (host_names)
            and e.repaired_at is null
            and e.sqlstate in ('40P01', '55P03', '40001')
        returning e.touched
    )

    select array_agg(t)
    into taken
    from waiting as w
    cross join lateral jsonb_populate_recordset(null::incident_engine.touch, w.touched) as t;
    return taken;
end
$$;

-- Name: FUNCTION take_over(host_names text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.take_over(host_names text[]) IS 'What waits to be folded on these hosts because its writer could not get their locks (deadlock, timeout): whoever has them now folds it too, and it need not wait for the sweep. Returns the spans, or null, and notes them as repaired.';

-- Name: unsettled(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.unsettled(host_names text[]) RETURNS incident_engine.touch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        select array_agg((s.host_name, s.device_name, s.capture_folder, s.started_at, 'infinity')::incident_engine.touch)
        from (
            select c.*
            from incident.system_state as c
            where c.ended_at = 'infinity' and (unsettled.host_names is null or c.host_name = any (unsettled.host_names))
        ) as s
        left join public.system_incident as i
            on i.host_name = s.host_name
            and i.device_name = s.device_name
            and i.capture_folder = s.capture_folder
            and i.component = 'system'
            and i.status in ('open', 'in_progress')
        where
            (s.severity is not null and i.incident_id is null)
            or (s.status in ('reporting', 'retired') and i.incident_id is not null)
    );
end
$$;

-- Name: FUNCTION unsettled(host_names text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.unsettled(host_names text[]) IS 'Hosts and devices of these hosts (null: of all) that fail without an active incident, or report with one: policy lets them wait, or an operator acted, and the next missed signal may decide.';

-- Name: update_attention(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.update_attention(regions incident_engine.touch[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    update incident.device as d
    set attention_until = a.attention_until
    from (
        select n.host_name, n.device_name, n.capture_folder,
            max(
                case
                    when c.is_failing <> (i.incident_id is not null) then 'infinity'
                    else greatest(
                        case when i.detected_at > n.state_started_at then i.detected_at end,
                        case when f.ended_at >= n.state_started_at then f.ended_at end
                    )
                end
            ) as attention_until
        from incident.device as n
        cross join lateral (
            values
            (
                'ffmpeg',
                case n.ffmpeg_status when 'active' then false when 'stuck' then true when 'stopped' then true end
            ),
            (
                'monitor',
                case n.monitor_status when 'active' then false when 'stuck' then true when 'stopped' then true end
            )
        ) as c (component, is_failing)
        left join public.system_incident as i
            on i.host_name = n.host_name
            and i.device_name = n.device_name
            and i.capture_folder = n.capture_folder
            and i.component = c.component
            and i.status in ('open', 'in_progress')
        left join lateral (
            select e.ended_at
            from incident.flapping as e
            where
                e.host_name = n.host_name
                and e.device_name = n.device_name
                and e.capture_folder = n.capture_folder
                and e.component = c.component
            order by e.started_at desc
            limit 1
        ) as f on true
        where (n.host_name, n.device_name, n.capture_folder) in (
            select r.host_name, r.device_name, r.capture_folder from unnest(regions) as r
        )
        group by n.host_name, n.device_name, n.capture_folder
    ) as a
    where
        (d.host_name, d.device_name, d.capture_folder) = (a.host_name, a.device_name, a.capture_folder)
        and d.attention_until is distinct from a.attention_until;
end
$$;

-- Name: FUNCTION update_attention(regions incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_attention(regions incident_engine.touch[]) IS 'Some samples matter though they say nothing new: while a component fails without an incident (the next may open one) or is healthy with one (the next may resolve it), and while it flaps. Remembers up to when samples must be looked at for that: infinity while it is so, afterwards the sample that settled it.';

-- Name: update_devices(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.update_devices(regions incident_engine.touch[], horizon timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    earliest constant timestamptz := (select min(r.from_time) from unnest(regions) as r where r.to_time = 'infinity');
begin
    update incident.device as d
    set first_sample_at = r.from_time
    from (
        select a.host_name, a.device_name, a.capture_folder, min(a.from_time) as from_time
        from unnest(regions) as a
        group by a.host_name, a.device_name, a.capture_folder
    ) as r
    where
        (d.host_name, d.device_name, d.capture_folder) = (r.host_name, r.device_name, r.capture_folder)
        and r.from_time < d.first_sample_at;

    update incident.device as d
    set ffmpeg_status = s.ffmpeg_status,
        monitor_status = s.monitor_status,
        state_started_at = s.started_at
    from (select distinct a.host_name, a.device_name, a.capture_folder from unnest(regions) as a) as r
    cross join lateral (
        select e.*
        from incident.device_state as e
        where e.host_name = r.host_name and e.device_name = r.device_name and e.capture_folder = r.capture_folder
        order by e.started_at desc
        limit 1
    ) as s
    where
        (d.host_name, d.device_name, d.capture_folder) = (r.host_name, r.device_name, r.capture_folder)
        and s.ended_at = 'infinity'
        and (d.ffmpeg_status, d.monitor_status, d.state_started_at) <> (s.ffmpeg_status, s.monitor_status, s.started_at);

    -- The newest sample of a device lies in a region without an end. It says what the device is called.
    update incident.device as d
    set device_id = m.device_id,
        video_device = m.video_device
    from unnest(regions) as r
    cross join lateral (
        select n.device_id, n.video_device
        from public.system_device_metrics as n
        where
            n.host_name = r.host_name
            and n.device_name = r.device_name
            and n.capture_folder = r.capture_folder
            and n.timestamp >= r.from_time
            and n.timestamp >= earliest
            and n.timestamp <= horizon
        order by n.timestamp desc
        limit 1
    ) as m
    where
        r.to_time = 'infinity'
        and (d.host_name, d.device_name, d.capture_folder) = (r.host_name, r.device_name, r.capture_folder)
        and (d.device_id, d.video_device) is distinct from (m.device_id, m.video_device);
end
$$;

-- Name: FUNCTION update_devices(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_devices(regions incident_engine.touch[], horizon timestamp with time zone) IS 'Brings incident.device up to the state history after a fold; devices whose state did not change are not written.';

-- Name: update_hosts(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.update_hosts(host_names text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    update incident.host as h
    set status = n.status,
        reason = n.reason,
        state_started_at = n.state_started_at,
        is_silent = n.is_silent,
        over_limits = n.over_limits
    from (
        select k.host_name, coalesce(s.status, 'reporting') as status, s.reason,
            coalesce(s.started_at, k.first_seen_at) as state_started_at,
            coalesce(c.is_silent, false) as is_silent, coalesce(c.over_limits, '{}') as over_limits
        from incident.host as k
        left join incident.system_state as s
            on s.host_name = k.host_name
            and s.device_name = k.host_name
            and s.capture_folder = 'host'
            and s.ended_at = 'infinity'
        left join lateral (
            select bool_or(c.cause = 'silent') as is_silent,
                array_agg(c.cause order by c.cause) filter (where c.cause <> 'silent') as over_limits
            from incident.host_condition as c
            where c.host_name = k.host_name and c.ended_at = 'infinity'
        ) as c on true
        where k.host_name = any (update_hosts.host_names)
    ) as n
    where
        h.host_name = n.host_name
        and (h.status, h.reason, h.state_started_at, h.is_silent, h.over_limits)
        is distinct from (n.status, n.reason, n.state_started_at, n.is_silent, n.over_limits);
end
$$;

-- Name: FUNCTION update_hosts(host_names text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_hosts(host_names text[]) IS 'Brings incident.host up to its conditions and its history after a fold; hosts whose condition did not change are not written.';

-- Name: update_incidents(incident_engine.incident_match[], incident_engine.stretch[], boolean); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_hashjoin TO 'on'
    AS $$
begin
    update public.system_incident as i
    set detected_at = s.started_at,
        resolved_at = nullif(s.ended_at, 'infinity'),
        status = case
            when active and i.status in ('open', 'in_progress') then i.status
            when active then case when i.acknowledged_at is null then 'open' else 'in_progress' end
            when i.closed_by is not null then 'closed'
            else 'resolved'
        end,
        closed_at = case when not active then coalesce(i.closed_at, (
            select min(a.acted_at)
            from incident_engine.operator_action as a
            where
                i.closed_by is not null
                and a.host_name = i.host_name
                and a.device_name = i.device_name
                and a.capture_folder = i.capture_folder
                and a.component = i.component
                and a.action = 'seal'
                and a.acted_at >= i.anchored_at
        )) end,
        resolved_by = case when not active then coalesce(i.resolved_by, 'engine') end,
        severity = s.severity,
        detected_severity = s.first_severity,
        severity_since = s.severity_since,
        description = incident_engine.describe(
            i.component, s.severity, i.host_name, i.device_name, i.capture_folder
        ),
        updated_by = 'engine',
        update_note = case
            when i.retracted_at is not null then 'later samples show that it was after all'
            when s.reopened_at > i.resolved_at then 'failed again'
            when i.resolved_at is not null or i.detected_at <> s.started_at then 'corrected by late samples'
        end,
        reopen_count = i.reopen_count - i.engine_reopen_count + s.reopen_count,
        engine_reopen_count = s.reopen_count,
        reopened_at = s.reopened_at,
        flapping_since = s.flapping_since,
        retracted_at = null
    from unnest(matches) as m
    join unnest(stretches) with ordinality as s (
        host_name, device_name, capture_folder, component, started_at, ended_at,
        severity, first_severity, severity_since, reopen_count, reopened_at, flapping_since, stretch_no
    ) using (stretch_no)
    where
        i.host_name = m.host_name
        and i.incident_id = m.incident_id
        and (s.ended_at = 'infinity') = active
        and (
            i.detected_at, i.resolved_at, i.severity, i.detected_severity, i.severity_since,
            i.engine_reopen_count, i.reopened_at, i.flapping_since, i.retracted_at
        )
        is distinct from (
            s.started_at, nullif(s.ended_at, 'infinity'), s.severity, s.first_severity, s.severity_since,
            s.reopen_count, s.reopened_at, s.flapping_since, null
        );
end
$$;

-- Name: FUNCTION update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean) IS 'Writes what a fold found out about recorded incidents: those that are over (active false), or that last (active true).';

-- Name: update_reasons(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.update_reasons(changed incident_engine.touch[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    with told as (
        select distinct i.host_name, i.incident_id, i.reason as was, r.reason, r.since
        from unnest(changed) as c
        join public.system_incident as i using (host_name, device_name, capture_folder)
        cross join lateral incident_engine.incident_reason(
            i.host_name, i.device_name, i.capture_folder, i.detected_at, i.resolved_at
        ) as r
        where
            i.component = 'system'
            and i.retracted_at is null
            and coalesce(i.resolved_at, 'infinity') >= c.from_time
            and i.detected_at <= c.to_time
            and i.reason is distinct from r.reason
    ),

    updated as (
        update public.system_incident as i
        set reason = t.reason, updated_by = 'engine', update_note = null
        from told as t
        where i.host_name = t.host_name and i.incident_id = t.incident_id
        returning i.host_name, i.incident_id, t.since, t.was, t.reason
    )

    insert into incident.timeline (host_name, incident_id, happened_at, event, from_value, to_value, operator)
    select u.host_name, u.incident_id, u.since, 'reason_changed', u.was, u.reason, 'engine'
    from updated as u
    order by u.incident_id;
end
$$;

-- Name: FUNCTION update_reasons(changed incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_reasons(changed incident_engine.touch[]) IS 'Writes into the system incidents around what changed what is wrong now, or was last, and into their timeline that it changed.';

-- Name: write_policy(incident.policy); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.write_policy(wanted incident.policy) RETURNS incident.policy
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    written incident.policy;
begin
    perform incident_engine.check_silence(
        wanted.host_name, wanted.device_name, wanted.capture_folder, wanted.sample_interval, wanted.no_data_after
    );
    insert into incident.policy as p (
        host_name, device_name, capture_folder, component, sample_interval, no_data_after, sla_target, open_after,
        resolve_after, reopen_within, flapping_start_percent, flapping_stop_percent, new_device_grace, cpu_percent_limit,
        cpu_samples, memory_percent_limit, memory_samples, disk_percent_limit, disk_samples, temperature_celsius_limit,
        temperature_samples, close_after
    )
    values (
        wanted.host_name, wanted.device_name, wanted.capture_folder, wanted.component, wanted.sample_interval,
        wanted.no_data_after, wanted.sla_target, wanted.open_after, wanted.resolve_after, wanted.reopen_within,
        wanted.flapping_start_percent, wanted.flapping_stop_percent, wanted.new_device_grace, wanted.cpu_percent_limit,
        wanted.cpu_samples, wanted.memory_percent_limit, wanted.memory_samples, wanted.disk_percent_limit,
        wanted.disk_samples, wanted.temperature_celsius_limit, wanted.temperature_samples, wanted.close_after
    )
    on conflict on constraint policy_scope_is_unique do update
    set sample_interval = excluded.sample_interval,
        no_data_after = excluded.no_data_after,
        sla_target = excluded.sla_target,
        open_after = excluded.open_after,
        resolve_after = excluded.resolve_after,
        reopen_within = excluded.reopen_within,
        flapping_start_percent = excluded.flapping_start_percent,
        flapping_stop_percent = excluded.flapping_stop_percent,
        new_device_grace = excluded.new_device_grace,
        cpu_percent_limit = excluded.cpu_percent_limit,
        cpu_samples = excluded.cpu_samples,
        memory_percent_limit = excluded.memory_percent_limit,
        memory_samples = excluded.memory_samples,
        disk_percent_limit = excluded.disk_percent_limit,
        disk_samples = excluded.disk_samples,
        temperature_celsius_limit = excluded.temperature_celsius_limit,
        temperature_samples = excluded.temperature_samples,
        close_after = excluded.close_after
    returning p.* into written;
    perform incident_engine.check_policies();
    return written;
end
$$;

-- Name: FUNCTION write_policy(wanted incident.policy); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.write_policy(wanted incident.policy) IS 'Writes the policy row of a scope with exactly these values. Errors: 22023 when the policies then make no sense together.';

-- Name: active; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.active AS
 SELECT incident_id,
    severity,
    host_name,
    device_name,
    component,
    status,
    (floor((EXTRACT(epoch FROM (now() - detected_at)) / (60)::numeric)))::integer AS minutes_open,
    description,
    acknowledged_by,
    assignee,
    detected_at,
    acknowledged_at,
    device_id,
    capture_folder,
    video_device,
    incident_type,
    reopen_count,
    flapping_since,
    reason,
    part_of
   FROM public.system_incident i
  WHERE (status = ANY (ARRAY['open'::text, 'in_progress'::text]))
  ORDER BY (incident.severity_rank(severity)), detected_at, incident_id;

-- Name: VIEW active; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.active IS 'What is broken right now: open and in_progress incidents, worst severity first, then oldest.';

-- Name: COLUMN active.minutes_open; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.minutes_open IS 'Whole minutes since detected_at.';

-- Name: COLUMN active.flapping_since; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.flapping_since IS 'Since when its component has been changing so often that single changes are not told; null when it does not.';

-- Name: COLUMN active.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.reason IS 'What is wrong now, for system incidents.';

-- Name: COLUMN active.part_of; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.part_of IS 'The incident of the silent host that this one is part of.';

-- Name: adoption; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.adoption (
    source text NOT NULL,
    next_block bigint DEFAULT 0 NOT NULL,
    blocks bigint NOT NULL,
    rows_read bigint DEFAULT 0 NOT NULL,
    rows_adopted bigint DEFAULT 0 NOT NULL,
    rows_quarantined bigint DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT every_row_is_adopted_or_quarantined CHECK ((rows_read = (rows_adopted + rows_quarantined))),
    CONSTRAINT source_is_known CHECK ((source = ANY (ARRAY['system_metrics'::text, 'system_device_metrics'::text, 'system_incident'::text])))
);

-- Name: TABLE adoption; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.adoption IS 'Progress of moving the rows of plain tables that were there before pg_incident; one row per table in schema incident_adopted.';

-- Name: COLUMN adoption.source; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.adoption.source IS 'Name of the table, in schema incident_adopted.';

-- Name: COLUMN adoption.next_block; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.adoption.next_block IS 'Disk pages of it that are done.';

-- Name: COLUMN adoption.blocks; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.adoption.blocks IS 'Disk pages it has.';

-- Name: COLUMN adoption.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.adoption.started_at IS 'When its first step began.';

-- Name: COLUMN adoption.finished_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.adoption.finished_at IS 'When its last row was read.';

-- Name: agents; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.agents AS
 SELECT login,
    host_name,
    (to_regrole(quote_ident(login)) IS NOT NULL) AS login_exists,
    allowed_by,
    allowed_at
   FROM incident.agent_host a
  ORDER BY login, host_name;

-- Name: VIEW agents; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.agents IS 'Which login may insert metric rows of which host, and who allowed it.';

-- Name: COLUMN agents.login_exists; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agents.login_exists IS 'False: there is no such login any more; incident.forbid_agent() before another gets its name.';

-- Name: announced; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.announced AS
 SELECT a.incident_id,
    a.severity,
    a.host_name,
    a.device_name,
    a.component,
    a.status,
    a.minutes_open,
    a.description,
    a.acknowledged_by,
    a.assignee,
    a.detected_at,
    a.acknowledged_at,
    a.device_id,
    a.capture_folder,
    a.video_device,
    a.incident_type,
    a.reopen_count,
    a.flapping_since,
    a.reason,
    a.part_of
   FROM (incident.active a
     JOIN public.system_incident i ON (((i.host_name = a.host_name) AND (i.incident_id = a.incident_id))))
  WHERE (incident_engine.silenced_by(i.*, now()) IS NULL);

-- Name: VIEW announced; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.announced IS 'Active incidents that people are to be told of: all but those of a device or host that is in maintenance now, and those that are part of an active incident of their host. What alerts read.';

-- Name: system_metrics; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.system_metrics (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    host_name text NOT NULL,
    server_name text,
    "timestamp" timestamp with time zone NOT NULL,
    cpu_percent numeric DEFAULT 0,
    memory_percent numeric DEFAULT 0,
    memory_used_gb numeric DEFAULT 0,
    memory_total_gb numeric DEFAULT 0,
    disk_percent numeric DEFAULT 0,
    disk_used_gb numeric DEFAULT 0,
    disk_total_gb numeric DEFAULT 0,
    uptime_seconds bigint DEFAULT 0,
    platform text,
    architecture text,
    ffmpeg_status jsonb,
    monitor_status jsonb,
    ffmpeg_service_uptime_seconds bigint,
    monitor_service_uptime_seconds bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    cpu_temperature_celsius numeric,
    load_average_1m numeric(5,2),
    load_average_5m numeric(5,2),
    load_average_15m numeric(5,2),
    download_mbps numeric,
    upload_mbps numeric,
    speedtest_last_run timestamp with time zone,
    speedtest_age_seconds integer,
    disk_write_mb_per_sec numeric(10,2),
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT timestamp_is_finite CHECK (isfinite("timestamp"))
);

-- Name: TABLE system_metrics; Type: COMMENT; Schema: public; Owner: -

COMMENT ON TABLE public.system_metrics IS 'One row per host or server per minute: its own load. Collectors insert; key (host_name, timestamp).';

-- Name: health; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.health AS
 WITH found AS (
         SELECT NULLIF(s.swept_to, '-infinity'::timestamp with time zone) AS swept_to,
            EXTRACT(epoch FROM (now() - NULLIF(s.swept_to, '-infinity'::timestamp with time zone))) AS lag_seconds,
            (s.swept_to > (now() - '00:03:00'::interval)) AS is_running,
            ( SELECT count(*) AS count
                   FROM incident_engine.error e
                  WHERE (e.repaired_at IS NULL)) AS errors_waiting,
            ( SELECT min(e.occurred_at) AS min
                   FROM incident_engine.error e
                  WHERE (e.repaired_at IS NULL)) AS oldest_error_at,
            ( SELECT (count(*))::integer AS count
                   FROM (pg_inherits p
                     JOIN pg_class c ON ((p.inhrelid = c.oid)))
                  WHERE ((p.inhparent = ('public.system_device_metrics'::regclass)::oid) AND (c.relname >= ('system_device_metrics_'::text || to_char((now() AT TIME ZONE 'UTC'::text), 'YYYYMMDD'::text))) AND (c.relname ~ '_[0-9]{8}$'::text))) AS partitions_ahead,
            incident_engine.sweep_driver() AS driven_by,
            s.is_scheduled,
            ( SELECT max(GREATEST(EXTRACT(epoch FROM (m.created_at - m."timestamp")), (0)::numeric)) AS max
                   FROM public.system_metrics m
                  WHERE (m.created_at > (now() - '01:00:00'::interval))) AS late_seconds,
            ( SELECT r.keep_samples
                   FROM incident.retention r) AS keep_samples,
            NULLIF(s.samples_from, '-infinity'::timestamp with time zone) AS samples_from,
            ( SELECT (count(*))::integer AS count
                   FROM (pg_inherits p
                     JOIN pg_class c ON ((p.inhrelid = c.oid)))
                  WHERE ((p.inhparent = ('public.system_device_metrics'::regclass)::oid) AND (c.relname < ('system_device_metrics_'::text || to_char((s.samples_from AT TIME ZONE 'UTC'::text), 'YYYYMMDD'::text))) AND (c.relname ~ '_[0-9]{8}$'::text))) AS partitions_to_drop
           FROM incident_engine.sweep_state s
        )
 SELECT swept_to,
    lag_seconds,
    is_running,
    errors_waiting,
    oldest_error_at,
    partitions_ahead,
    (is_running AND (errors_waiting = 0) AND (partitions_ahead > 1)) AS healthy,
    NULLIF(concat_ws('; '::text,
        CASE
            WHEN (swept_to IS NULL) THEN 'the sweep has never run'::text
            WHEN (NOT is_running) THEN (('the last sweep was '::text || floor((lag_seconds / (60)::numeric))) || ' min ago'::text)
            ELSE NULL::text
        END,
        CASE
            WHEN (errors_waiting > 0) THEN (errors_waiting || ' errors of the engine wait for repair'::text)
            ELSE NULL::text
        END,
        CASE
            WHEN (partitions_ahead <= 1) THEN 'the partition for tomorrow is missing'::text
            ELSE NULL::text
        END), ''::text) AS problem,
        CASE
            WHEN (is_scheduled AND (driven_by <> 'pg_cron'::text)) THEN 'pg_cron lost its job'::text
            ELSE driven_by
        END AS driven_by,
    late_seconds,
    keep_samples,
    samples_from,
    partitions_to_drop
   FROM found f;

-- Name: VIEW health; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.health IS 'Is the engine well? One row. healthy: the sweep runs, no error waits, and the partition for tomorrow exists.';

-- Name: COLUMN health.swept_to; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.swept_to IS 'Up to when the sweep has looked; null when it never ran.';

-- Name: COLUMN health.lag_seconds; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.lag_seconds IS 'How long ago that is.';

-- Name: COLUMN health.is_running; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.is_running IS 'Whether that is less than 3 minutes ago.';

-- Name: COLUMN health.errors_waiting; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.errors_waiting IS 'Errors that the fail-safe caught and no retry has repaired.';

-- Name: COLUMN health.oldest_error_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.oldest_error_at IS 'When the oldest of them happened.';

-- Name: COLUMN health.partitions_ahead; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.partitions_ahead IS 'Day partitions of system_device_metrics from today (UTC) on.';

-- Name: COLUMN health.problem; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.problem IS 'What is wrong, in words; null when healthy.';

-- Name: COLUMN health.driven_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.driven_by IS 'What sets the sweep off: pg_cron, host metrics (rows of system_metrics, which arrived in the last 5 minutes), or nothing.';

-- Name: COLUMN health.late_seconds; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.late_seconds IS 'How late the oldest row of system_metrics was that arrived within the last hour: what a host''s spool held back. Null: none arrived.';

-- Name: COLUMN health.keep_samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.keep_samples IS 'How long samples are kept; null: for ever.';

-- Name: COLUMN health.samples_from; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.samples_from IS 'Retention has removed samples before this; rows older than this change nothing any more. Null: it never removed any.';

-- Name: COLUMN health.partitions_to_drop; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.partitions_to_drop IS 'Day partitions older than that, which the sweep drops one a round.';

-- Name: maintenance_maintenance_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.maintenance ALTER COLUMN maintenance_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.maintenance_maintenance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: maintenance_now; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.maintenance_now AS
 SELECT maintenance_id,
    host_name,
    device_name,
    capture_folder,
    reason,
    lower(effective_period) AS started_at,
    upper(effective_period) AS ends_at,
    (floor((EXTRACT(epoch FROM (upper(effective_period) - now())) / (60)::numeric)))::integer AS minutes_left,
    ( SELECT count(*) AS count
           FROM public.system_incident i
          WHERE ((i.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND (i.host_name = m.host_name) AND ((m.device_name IS NULL) OR ((m.device_name = i.device_name) AND (m.capture_folder = i.capture_folder))))) AS incidents_silenced,
    added_by,
    series_id
   FROM incident.maintenance m
  WHERE (effective_period @> now())
  ORDER BY (upper(effective_period)), maintenance_id;

-- Name: VIEW maintenance_now; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.maintenance_now IS 'Maintenance under way, what ends soonest first. What is planned and what is over stands in incident.maintenance.';

-- Name: COLUMN maintenance_now.device_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance_now.device_name IS 'Null: the whole host.';

-- Name: COLUMN maintenance_now.capture_folder; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance_now.capture_folder IS 'Null: the whole host.';

-- Name: COLUMN maintenance_now.minutes_left; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance_now.minutes_left IS 'Whole minutes until ends_at.';

-- Name: COLUMN maintenance_now.incidents_silenced; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance_now.incidents_silenced IS 'Active incidents that are not announced because of it.';

-- Name: COLUMN maintenance_now.series_id; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance_now.series_id IS 'Of which recurring maintenance it is part, if any.';

-- Name: migration; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.migration (
    version integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT migration_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

-- Name: TABLE migration; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.migration IS 'Ledger of the migrations applied to this database; db/migrate.sql keeps it.';

-- Name: COLUMN migration.version; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.migration.version IS 'Leading number of the file in db/migrations/.';

-- Name: COLUMN migration.name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.migration.name IS 'The file''s name without .sql.';

-- Name: COLUMN migration.sha256; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.migration.sha256 IS 'SHA-256 of the file as it was applied (sha256sum prints the same).';

-- Name: COLUMN migration.applied_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.migration.applied_at IS 'When it was applied.';

-- Name: outage; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.outage (
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT outage_ends_after_it_starts CHECK ((started_at < ended_at))
);

-- Name: TABLE outage; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.outage IS 'When the database itself was down. Hosts that were not heard then are not to blame for it.';

-- Name: COLUMN outage.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.outage.started_at IS 'The last moment at which it is known to have been up.';

-- Name: COLUMN outage.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.outage.ended_at IS 'When the server was started again.';

-- Name: COLUMN outage.recorded_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.outage.recorded_at IS 'When the sweep found out.';

-- Name: panel_active; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.panel_active AS
 SELECT incident_id AS "ID",
    device_name AS "Device",
    capture_folder AS "Folder",
    component AS "Component",
    severity AS "Severity",
    incident_type AS "Type",
    (minutes_open || ' min'::text) AS "Duration",
    detected_at AS "Started",
    description AS "Description",
    host_name AS "Host",
    status AS "Status",
    assignee AS "Assignee",
    minutes_open AS "Minutes"
   FROM incident.active a
  ORDER BY (incident.severity_rank(severity)), detected_at, incident_id;

-- Name: VIEW panel_active; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.panel_active IS 'Panel A, active incidents: worst severity first, then oldest. For people at psql incident.active has names that need no quotes.';

-- Name: COLUMN panel_active."Minutes"; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.panel_active."Minutes" IS 'Duration as a number, to sort and colour by.';

-- Name: panel_availability; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.panel_availability AS
 SELECT device_name AS "Device",
    capture_folder AS "Folder",
    trunc(availability_percent, 2) AS "Availability %",
    incident.readable_duration(down_seconds) AS "Downtime",
    incident.readable_duration(up_seconds) AS "Uptime",
    sla_status AS "SLA Status",
    incident.readable_duration(no_data_seconds) AS "No Data",
    incident.readable_duration(maintenance_seconds) AS "Maintenance",
    host_name AS "Host"
   FROM incident.availability() a(host_name, device_name, capture_folder, component, availability_percent, sla_status, up_seconds, down_seconds, unknown_seconds, no_data_seconds, maintenance_seconds, window_seconds, coverage_percent, devices, device_id)
  ORDER BY availability_percent, host_name, device_name, capture_folder;

-- Name: VIEW panel_availability; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.panel_availability IS 'Panel B, availability of each device in the last 24 hours, the worst first. Silence is no uptime: it counts against availability and is shown as No Data. Another window: incident.availability().';

-- Name: COLUMN panel_availability."Availability %"; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.panel_availability."Availability %" IS 'up / (up + down + no data), cut to 2 decimals: 100.00 only when nothing was lost.';

-- Name: summary; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.summary AS
 SELECT count(*) FILTER (WHERE is_active) AS active,
    count(*) FILTER (WHERE (is_active AND (severity = 'critical'::text))) AS active_critical,
    count(*) FILTER (WHERE (status = 'open'::text)) AS unacknowledged,
    count(*) FILTER (WHERE (detected_at > (now() - '24:00:00'::interval))) AS detected_24h,
    count(*) FILTER (WHERE ((detected_at > (now() - '24:00:00'::interval)) AND (severity = 'critical'::text))) AS critical_24h,
    count(*) FILTER (WHERE (detected_at > (now() - '7 days'::interval))) AS detected_7d,
    round((avg(EXTRACT(epoch FROM (resolved_at - detected_at))) FILTER (WHERE ((detected_at > (now() - '7 days'::interval)) AND (detected_at <= now()))) / (60)::numeric), 1) AS average_resolution_minutes,
    count(*) FILTER (WHERE ((detected_at > (now() - '7 days'::interval)) AND is_active)) AS unresolved_7d
   FROM ( SELECT i_1.status,
            i_1.severity,
            i_1.detected_at,
            i_1.resolved_at,
            (i_1.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AS is_active
           FROM public.system_incident i_1
          WHERE ((i_1.retracted_at IS NULL) AND ((i_1.detected_at > (now() - '7 days'::interval)) OR (i_1.status = ANY (ARRAY['open'::text, 'in_progress'::text]))))) i;

-- Name: VIEW summary; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.summary IS 'The state of things in one row of counts. Retracted incidents are left out.';

-- Name: COLUMN summary.active; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.active IS 'Incidents open or in progress now, since whenever.';

-- Name: COLUMN summary.active_critical; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.active_critical IS 'Of these, critical.';

-- Name: COLUMN summary.unacknowledged; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.unacknowledged IS 'Of these, nobody on it.';

-- Name: COLUMN summary.detected_24h; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.detected_24h IS 'Incidents detected in the last 24 hours, over or not.';

-- Name: COLUMN summary.critical_24h; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.critical_24h IS 'Of these, critical.';

-- Name: COLUMN summary.detected_7d; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.detected_7d IS 'Incidents detected in the last 7 days, over or not.';

-- Name: COLUMN summary.average_resolution_minutes; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.average_resolution_minutes IS 'Mean time from detection to resolution of those of the 7 days that are resolved; null when none is.';

-- Name: COLUMN summary.unresolved_7d; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.unresolved_7d IS 'Those of the 7 days that are not, and so not in the average.';

-- Name: panel_counts; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.panel_counts AS
 SELECT active AS "Active",
    detected_24h AS "Last 24 h",
    detected_7d AS "Last 7 d",
    average_resolution_minutes AS "Average Resolution (min)",
    critical_24h AS "Critical 24 h"
   FROM incident.summary s;

-- Name: VIEW panel_counts; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.panel_counts IS 'Panel C, the counts of incident.summary, one row.';

-- Name: recent; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.recent AS
 SELECT incident_id,
    severity,
    host_name,
    device_name,
    component,
    status,
    COALESCE((total_duration_minutes || ' min'::text), ((floor((EXTRACT(epoch FROM (now() - detected_at)) / (60)::numeric)))::integer || ' min (ongoing)'::text)) AS duration,
    detected_at,
    resolved_at,
    resolved_by,
    root_cause,
    resolution_notes,
    description,
    detection_to_ack_minutes,
    ack_to_resolution_minutes,
    total_duration_minutes,
    acknowledged_by,
    assignee,
    device_id,
    capture_folder
   FROM public.system_incident i
  WHERE (retracted_at IS NULL)
  ORDER BY detected_at DESC, incident_id DESC;

-- Name: VIEW recent; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.recent IS 'Incidents, latest first, with how they were resolved; retracted ones are left out. For the last 20: limit 20.';

-- Name: COLUMN recent.duration; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recent.duration IS 'Whole minutes from detection to resolution, or so far.';

-- Name: panel_recent; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.panel_recent AS
 SELECT incident_id AS "ID",
    device_name AS "Device",
    capture_folder AS "Folder",
    component AS "Component",
    severity AS "Severity",
    (component || '_failure'::text) AS "Type",
    duration AS "Duration",
    detected_at AS "Started",
    description AS "Description",
    status AS "Status",
    resolved_at AS "Resolved",
    root_cause AS "Root Cause",
    host_name AS "Host"
   FROM incident.recent r
  ORDER BY detected_at DESC, incident_id DESC
 LIMIT 20;

-- Name: VIEW panel_recent; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.panel_recent IS 'Panel D, the last 20 incidents, latest first. More: incident.recent.';

-- Name: COLUMN panel_recent."Duration"; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.panel_recent."Duration" IS '12 min, or 12 min (ongoing).';

-- Name: component_state; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.component_state AS
 SELECT s.host_name,
    s.device_name,
    s.capture_folder,
    'ffmpeg'::text AS component,
    s.started_at,
    s.ended_at,
    s.ffmpeg_status AS status,
        CASE
            WHEN (s.ffmpeg_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) THEN 'failing'::text
            WHEN (s.ffmpeg_status = 'active'::text) THEN 'healthy'::text
            ELSE 'neutral'::text
        END AS condition,
        CASE s.ffmpeg_status
            WHEN 'stopped'::text THEN 'critical'::text
            WHEN 'stuck'::text THEN 'high'::text
            ELSE NULL::text
        END AS severity
   FROM incident.device_state s
UNION ALL
 SELECT s.host_name,
    s.device_name,
    s.capture_folder,
    'monitor'::text AS component,
    s.started_at,
    s.ended_at,
    s.monitor_status AS status,
        CASE
            WHEN (s.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) THEN 'failing'::text
            WHEN (s.monitor_status = 'active'::text) THEN 'healthy'::text
            ELSE 'neutral'::text
        END AS condition,
        CASE s.monitor_status
            WHEN 'stopped'::text THEN 'critical'::text
            WHEN 'stuck'::text THEN 'high'::text
            ELSE NULL::text
        END AS severity
   FROM incident.device_state s
UNION ALL
 SELECT s.host_name,
    s.device_name,
    s.capture_folder,
    'system'::text AS component,
    s.started_at,
    s.ended_at,
    s.status,
        CASE
            WHEN (s.severity IS NOT NULL) THEN 'failing'::text
            WHEN (s.status = ANY (ARRAY['reporting'::text, 'retired'::text])) THEN 'healthy'::text
            ELSE 'neutral'::text
        END AS condition,
    s.severity
   FROM incident.system_state s;

-- Name: VIEW component_state; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.component_state IS 'State history, one row per component: its condition (failing, healthy, neutral) and the severity of a failing one. ffmpeg and monitor of devices, and system: of devices and of hosts (device_name = host_name, capture_folder ''host'').';

-- Name: pending; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.pending AS
 SELECT d.host_name,
    d.device_name,
    d.capture_folder,
    c.component,
        CASE
            WHEN (i.incident_id IS NULL) THEN 'failure'::text
            ELSE 'recovery'::text
        END AS what,
    r.since,
    (r.since +
        CASE
            WHEN (i.incident_id IS NULL) THEN p.open_after
            ELSE p.resolve_after
        END) AS counts_from,
    i.incident_id,
    i.flapping_since
   FROM ((((incident.device d
     CROSS JOIN LATERAL ( VALUES ('ffmpeg'::text,
                CASE
                    WHEN (d.ffmpeg_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) THEN 'failing'::text
                    WHEN (d.ffmpeg_status = 'active'::text) THEN 'healthy'::text
                    ELSE NULL::text
                END), ('monitor'::text,
                CASE
                    WHEN (d.monitor_status = ANY (ARRAY['stuck'::text, 'stopped'::text])) THEN 'failing'::text
                    WHEN (d.monitor_status = 'active'::text) THEN 'healthy'::text
                    ELSE NULL::text
                END)) c(component, condition))
     LEFT JOIN public.system_incident i ON (((i.host_name = d.host_name) AND (i.device_name = d.device_name) AND (i.capture_folder = d.capture_folder) AND (i.component = c.component) AND (i.status = ANY (ARRAY['open'::text, 'in_progress'::text])))))
     CROSS JOIN LATERAL incident_engine.effective_policy(d.host_name, d.device_name, d.capture_folder, c.component) p(policy_id, host_name, device_name, capture_folder, component, sample_interval, no_data_after, sla_target, open_after, resolve_after, reopen_within, flapping_start_percent, flapping_stop_percent, new_device_grace, cpu_percent_limit, cpu_samples, memory_percent_limit, memory_samples, disk_percent_limit, disk_samples, temperature_celsius_limit, temperature_samples, close_after))
     CROSS JOIN LATERAL ( SELECT min(s.started_at) AS since
           FROM incident_engine.component_state s
          WHERE ((s.host_name = d.host_name) AND (s.device_name = d.device_name) AND (s.capture_folder = d.capture_folder) AND (s.component = c.component) AND (s.condition = c.condition) AND (s.started_at > COALESCE(( SELECT max(o.started_at) AS max
                   FROM incident_engine.component_state o
                  WHERE ((o.host_name = d.host_name) AND (o.device_name = d.device_name) AND (o.capture_folder = d.capture_folder) AND (o.component = c.component) AND (o.condition <> ALL (ARRAY[c.condition, 'neutral'::text])))), '-infinity'::timestamp with time zone)))) r)
  WHERE ((d.attention_until = 'infinity'::timestamp with time zone) AND (((c.condition = 'failing'::text) AND (i.incident_id IS NULL)) OR ((c.condition = 'healthy'::text) AND (i.incident_id IS NOT NULL))));

-- Name: VIEW pending; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.pending IS 'Failures and recoveries that do not count yet: those that have not lasted for open_after or resolve_after, recoveries while the component flaps or of an incident that was reopened by hand, failures since an incident was resolved by hand.';

-- Name: COLUMN pending.what; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.pending.what IS 'failure: may open an incident; recovery: may resolve incident_id.';

-- Name: COLUMN pending.since; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.pending.since IS 'Since when the component fails, or is healthy.';

-- Name: COLUMN pending.counts_from; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.pending.counts_from IS 'A sample that still says so from then on makes it count, from since on.';

-- Name: COLUMN pending.flapping_since; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.pending.flapping_since IS 'Set while it flaps: no recovery counts until that ends.';

-- Name: policy_change; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.policy_change (
    change_id bigint NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    operator text NOT NULL,
    recorded_by text DEFAULT SESSION_USER NOT NULL,
    host_name text,
    device_name text,
    capture_folder text,
    component text,
    setting text NOT NULL,
    old_value text,
    new_value text,
    note text
);

-- Name: TABLE policy_change; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.policy_change IS 'Every change of incident.policy and incident.retention, one row per setting, whoever made it and however. Written by triggers.';

-- Name: COLUMN policy_change.changed_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.changed_at IS 'When the transaction that changed it began.';

-- Name: COLUMN policy_change.operator; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.operator IS 'Who, as stated to the function; the login otherwise.';

-- Name: COLUMN policy_change.recorded_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.recorded_by IS 'The database login (session_user).';

-- Name: COLUMN policy_change.host_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.host_name IS 'Scope of the row, as in incident.policy. Null: any.';

-- Name: COLUMN policy_change.setting; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.setting IS 'Name of the column.';

-- Name: COLUMN policy_change.old_value; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.old_value IS 'Null: the scope had no value of its own.';

-- Name: COLUMN policy_change.new_value; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.new_value IS 'Null: the scope has no value of its own any more.';

-- Name: COLUMN policy_change.note; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy_change.note IS 'Why, as stated to the function.';

-- Name: policy_change_change_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.policy_change ALTER COLUMN change_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.policy_change_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: policy_policy_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.policy ALTER COLUMN policy_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.policy_policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: quarantine; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.quarantine (
    source text NOT NULL,
    quarantine_id bigint NOT NULL,
    reason text NOT NULL,
    original jsonb NOT NULL,
    quarantined_at timestamp with time zone DEFAULT now() NOT NULL
);

-- Name: TABLE quarantine; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.quarantine IS 'Rows of an adopted table that could not be taken over, and why.';

-- Name: COLUMN quarantine.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.quarantine.reason IS 'The rule that the row breaks.';

-- Name: COLUMN quarantine.original; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.quarantine.original IS 'The row as it was.';

-- Name: COLUMN quarantine.quarantined_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.quarantine.quarantined_at IS 'When it was found.';

-- Name: quarantine_quarantine_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.quarantine ALTER COLUMN quarantine_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.quarantine_quarantine_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: recurring_maintenance_series_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.recurring_maintenance ALTER COLUMN series_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.recurring_maintenance_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: retirement_retirement_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.retirement ALTER COLUMN retirement_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.retirement_retirement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: sealed_report_report_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.sealed_report ALTER COLUMN report_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.sealed_report_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: timeline_entry_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.timeline ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.timeline_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: error_error_id_seq; Type: SEQUENCE; Schema: incident_engine; Owner: -

ALTER TABLE incident_engine.error ALTER COLUMN error_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident_engine.error_error_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: host_reading; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.host_reading AS
 SELECT m.host_name,
    m."timestamp",
    v.cause,
    v.value
   FROM (public.system_metrics m
     CROSS JOIN LATERAL ( VALUES ('cpu'::text,m.cpu_percent), ('memory'::text,m.memory_percent), ('disk'::text,m.disk_percent), ('temperature'::text,m.cpu_temperature_celsius)) v(cause, value))
  WHERE (v.value <> 'NaN'::numeric);

-- Name: VIEW host_reading; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.host_reading IS 'What the rows of system_metrics say about what can reach a limit, one row per cause. Null and NaN say nothing.';

-- Name: operator_action; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.operator_action (
    host_name text NOT NULL,
    device_name text NOT NULL,
    capture_folder text NOT NULL,
    component text NOT NULL,
    action text NOT NULL,
    acted_at timestamp with time zone NOT NULL,
    CONSTRAINT action_is_known CHECK ((action = ANY (ARRAY['cut'::text, 'hold'::text, 'seal'::text])))
);

-- Name: TABLE operator_action; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.operator_action IS 'cut: resolved by hand at that moment; the next failing sample starts a new incident. hold: reopened at that moment; if it was healthy then, that healthy run does not resolve it. seal: closed at that moment; a later failure opens a new incident.';

-- Name: system_device_metrics_default; Type: TABLE; Schema: public; Owner: -

CREATE TABLE public.system_device_metrics_default (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT system_device_metrics_id_not_null NOT NULL,
    host_name text CONSTRAINT system_device_metrics_host_name_not_null NOT NULL,
    device_id text CONSTRAINT system_device_metrics_device_id_not_null NOT NULL,
    device_name text CONSTRAINT system_device_metrics_device_name_not_null NOT NULL,
    device_port text,
    device_model text,
    capture_folder text CONSTRAINT system_device_metrics_capture_folder_not_null NOT NULL,
    video_device text,
    cpu_percent numeric DEFAULT 0,
    memory_percent numeric DEFAULT 0,
    memory_used_gb numeric DEFAULT 0,
    memory_total_gb numeric DEFAULT 0,
    disk_percent numeric DEFAULT 0,
    disk_used_gb numeric DEFAULT 0,
    disk_total_gb numeric DEFAULT 0,
    uptime_seconds bigint DEFAULT 0,
    platform text,
    architecture text,
    ffmpeg_status text DEFAULT 'unknown'::text CONSTRAINT system_device_metrics_ffmpeg_status_not_null NOT NULL,
    ffmpeg_uptime_seconds bigint DEFAULT 0,
    ffmpeg_last_activity timestamp with time zone,
    monitor_status text DEFAULT 'unknown'::text CONSTRAINT system_device_metrics_monitor_status_not_null NOT NULL,
    monitor_uptime_seconds bigint DEFAULT 0,
    monitor_last_activity timestamp with time zone,
    "timestamp" timestamp with time zone CONSTRAINT system_device_metrics_timestamp_not_null NOT NULL,
    created_at timestamp with time zone DEFAULT now() CONSTRAINT system_device_metrics_created_at_not_null NOT NULL,
    cpu_temperature_celsius numeric,
    load_average_1m numeric(5,2),
    load_average_5m numeric(5,2),
    load_average_15m numeric(5,2),
    disk_usage_capture text,
    CONSTRAINT capture_folder_is_not_empty_and_not_unknown CHECK ((capture_folder <> ALL (ARRAY[''::text, 'unknown'::text]))),
    CONSTRAINT device_name_is_not_empty CHECK ((device_name <> ''::text)),
    CONSTRAINT ffmpeg_status_is_active_stuck_stopped_or_unknown CHECK ((ffmpeg_status = ANY (ARRAY['active'::text, 'stuck'::text, 'stopped'::text, 'unknown'::text]))),
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT monitor_status_is_active_stuck_stopped_or_unknown CHECK ((monitor_status = ANY (ARRAY['active'::text, 'stuck'::text, 'stopped'::text, 'unknown'::text]))),
    CONSTRAINT timestamp_is_finite CHECK (isfinite("timestamp"))
);

-- Name: system_incident_incident_id_seq; Type: SEQUENCE; Schema: public; Owner: -

ALTER TABLE public.system_incident ALTER COLUMN incident_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.system_incident_incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: system_device_metrics_default; Type: TABLE ATTACH; Schema: public; Owner: -

ALTER TABLE ONLY public.system_device_metrics ATTACH PARTITION public.system_device_metrics_default DEFAULT;

-- Name: adoption adoption_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.adoption
    ADD CONSTRAINT adoption_pkey PRIMARY KEY (source);

-- Name: agent_host agent_host_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.agent_host
    ADD CONSTRAINT agent_host_pkey PRIMARY KEY (login, host_name);

-- Name: device device_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (host_name, device_name, capture_folder);

-- Name: device_state device_state_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device_state
    ADD CONSTRAINT device_state_pkey PRIMARY KEY (host_name, device_name, capture_folder, started_at);

-- Name: flapping flapping_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.flapping
    ADD CONSTRAINT flapping_pkey PRIMARY KEY (host_name, device_name, capture_folder, component, started_at);

-- Name: host_condition host_condition_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.host_condition
    ADD CONSTRAINT host_condition_pkey PRIMARY KEY (host_name, cause, started_at);

-- Name: host host_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.host
    ADD CONSTRAINT host_pkey PRIMARY KEY (host_name);

-- Name: maintenance maintenance_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.maintenance
    ADD CONSTRAINT maintenance_pkey PRIMARY KEY (host_name, maintenance_id);

-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);

-- Name: outage outage_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.outage
    ADD CONSTRAINT outage_pkey PRIMARY KEY (ended_at);

-- Name: policy_change policy_change_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy_change
    ADD CONSTRAINT policy_change_pkey PRIMARY KEY (change_id);

-- Name: policy policy_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (policy_id);

-- Name: policy policy_scope_is_unique; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy
    ADD CONSTRAINT policy_scope_is_unique UNIQUE NULLS NOT DISTINCT (host_name, device_name, capture_folder, component);

-- Name: quarantine quarantine_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (source, quarantine_id);

-- Name: recurring_maintenance recurring_maintenance_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.recurring_maintenance
    ADD CONSTRAINT recurring_maintenance_pkey PRIMARY KEY (host_name, series_id);

-- Name: retention retention_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (only_row);

-- Name: retirement retirement_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.retirement
    ADD CONSTRAINT retirement_pkey PRIMARY KEY (host_name, retirement_id);

-- Name: sealed_report_line sealed_report_line_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report_line
    ADD CONSTRAINT sealed_report_line_pkey PRIMARY KEY (host_name, device_name, capture_folder, report_id);

-- Name: sealed_report sealed_report_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report
    ADD CONSTRAINT sealed_report_pkey PRIMARY KEY (report_id);

-- Name: system_state system_state_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.system_state
    ADD CONSTRAINT system_state_pkey PRIMARY KEY (host_name, device_name, capture_folder, started_at);

-- Name: timeline timeline_is_one_chain; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.timeline
    ADD CONSTRAINT timeline_is_one_chain UNIQUE NULLS NOT DISTINCT (host_name, incident_id, previous_hash);

-- Name: timeline timeline_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.timeline
    ADD CONSTRAINT timeline_pkey PRIMARY KEY (host_name, incident_id, entry_id);

-- Name: error error_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.error
    ADD CONSTRAINT error_pkey PRIMARY KEY (host_name, error_id);

-- Name: future_sample future_sample_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.future_sample
    ADD CONSTRAINT future_sample_pkey PRIMARY KEY (host_name, device_name, capture_folder, "timestamp");

-- Name: operator_action operator_action_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.operator_action
    ADD CONSTRAINT operator_action_pkey PRIMARY KEY (host_name, device_name, capture_folder, component, action, acted_at);

-- Name: sweep_state sweep_state_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.sweep_state
    ADD CONSTRAINT sweep_state_pkey PRIMARY KEY (only_row);

-- Name: system_device_metrics names_have_at_most_500_bytes; Type: CHECK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE public.system_device_metrics
    ADD CONSTRAINT names_have_at_most_500_bytes CHECK (((octet_length(host_name) <= 500) AND (octet_length(device_name) <= 500) AND (octet_length(capture_folder) <= 500) AND (octet_length(device_id) <= 500))) NOT VALID;

-- Name: system_metrics names_have_at_most_500_bytes; Type: CHECK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE public.system_metrics
    ADD CONSTRAINT names_have_at_most_500_bytes CHECK ((octet_length(host_name) <= 500)) NOT VALID;

-- Name: system_device_metrics system_device_metrics_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_device_metrics
    ADD CONSTRAINT system_device_metrics_pkey PRIMARY KEY (host_name, device_name, capture_folder, "timestamp");

-- Name: system_device_metrics_default system_device_metrics_default_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_device_metrics_default
    ADD CONSTRAINT system_device_metrics_default_pkey PRIMARY KEY (host_name, device_name, capture_folder, "timestamp");

-- Name: system_incident system_incident_host_name_incident_id_key; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_incident
    ADD CONSTRAINT system_incident_host_name_incident_id_key UNIQUE (host_name, incident_id);

-- Name: system_incident system_incident_incident_uuid_key; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_incident
    ADD CONSTRAINT system_incident_incident_uuid_key UNIQUE (incident_uuid);

-- Name: system_incident system_incident_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_incident
    ADD CONSTRAINT system_incident_pkey PRIMARY KEY (incident_id);

-- Name: system_metrics system_metrics_pkey; Type: CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_metrics
    ADD CONSTRAINT system_metrics_pkey PRIMARY KEY (host_name, "timestamp");

-- Name: device_state_ended_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX device_state_ended_idx ON incident.device_state USING btree (ended_at) INCLUDE (host_name, device_name, capture_folder, started_at, ffmpeg_status, monitor_status);

-- Name: device_state_one_current; Type: INDEX; Schema: incident; Owner: -

CREATE UNIQUE INDEX device_state_one_current ON incident.device_state USING btree (host_name, device_name, capture_folder) WHERE (ended_at = 'infinity'::timestamp with time zone);

-- Name: maintenance_effective_period_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX maintenance_effective_period_idx ON incident.maintenance USING gist (effective_period);

-- Name: maintenance_series_occurrence_key; Type: INDEX; Schema: incident; Owner: -

CREATE UNIQUE INDEX maintenance_series_occurrence_key ON incident.maintenance USING btree (host_name, series_id, lower(period)) WHERE (series_id IS NOT NULL);

-- Name: sealed_report_period_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX sealed_report_period_idx ON incident.sealed_report USING btree (period, sealed_at);

-- Name: system_state_excused_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX system_state_excused_idx ON incident.system_state USING btree (ended_at) WHERE (status = 'excused'::text);

-- Name: system_state_one_current; Type: INDEX; Schema: incident; Owner: -

CREATE UNIQUE INDEX system_state_one_current ON incident.system_state USING btree (host_name, device_name, capture_folder) WHERE (ended_at = 'infinity'::timestamp with time zone);

-- Name: error_waiting_idx; Type: INDEX; Schema: incident_engine; Owner: -

CREATE INDEX error_waiting_idx ON incident_engine.error USING btree (occurred_at) WHERE (repaired_at IS NULL);

-- Name: future_sample_timestamp_idx; Type: INDEX; Schema: incident_engine; Owner: -

CREATE INDEX future_sample_timestamp_idx ON incident_engine.future_sample USING btree ("timestamp");

-- Name: system_device_metrics_timestamp_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_device_metrics_timestamp_idx ON ONLY public.system_device_metrics USING brin ("timestamp");

-- Name: system_device_metrics_default_timestamp_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_device_metrics_default_timestamp_idx ON public.system_device_metrics_default USING brin ("timestamp");

-- Name: system_incident_detected_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_detected_idx ON public.system_incident USING btree (detected_at);

-- Name: system_incident_device_detected_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_device_detected_idx ON public.system_incident USING btree (host_name, device_name, capture_folder, component, detected_at);

-- Name: system_incident_device_id_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_device_id_idx ON public.system_incident USING btree (host_name, device_id);

-- Name: system_incident_part_of_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_part_of_idx ON public.system_incident USING btree (host_name, part_of) WHERE (part_of IS NOT NULL);

-- Name: system_incident_resolved_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_resolved_idx ON public.system_incident USING btree (resolved_at);

-- Name: system_incident_retracted_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_retracted_idx ON public.system_incident USING btree (host_name, device_name, capture_folder, component, anchored_at) WHERE ((retracted_at IS NOT NULL) AND (acted_at IS NOT NULL));

-- Name: system_incident_status_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_status_idx ON public.system_incident USING btree (status);

-- Name: system_incident_type_severity_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_type_severity_idx ON public.system_incident USING btree (incident_type, severity);

-- Name: system_incident_unannounced_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_unannounced_idx ON public.system_incident USING btree (host_name) WHERE ((announced_at IS NULL) AND (status = ANY (ARRAY['open'::text, 'in_progress'::text])));

-- Name: system_metrics_times_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_metrics_times_idx ON public.system_metrics USING brin ("timestamp", created_at);

-- Name: unique_open_incident; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX unique_open_incident ON public.system_incident USING btree (host_name, device_name, capture_folder, component) WHERE (status = ANY (ARRAY['open'::text, 'in_progress'::text]));

-- Name: system_device_metrics_default_pkey; Type: INDEX ATTACH; Schema: public; Owner: -

ALTER INDEX public.system_device_metrics_pkey ATTACH PARTITION public.system_device_metrics_default_pkey;

-- Name: system_device_metrics_default_timestamp_idx; Type: INDEX ATTACH; Schema: public; Owner: -

ALTER INDEX public.system_device_metrics_timestamp_idx ATTACH PARTITION public.system_device_metrics_default_timestamp_idx;

-- Name: maintenance announce_after_maintenance; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER announce_after_maintenance AFTER UPDATE ON incident.maintenance REFERENCING NEW TABLE AS new_windows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_maintenance_update();

-- Name: timeline chain_new_entries; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER chain_new_entries BEFORE INSERT ON incident.timeline FOR EACH ROW EXECUTE FUNCTION incident_engine.chain_timeline();

-- Name: maintenance record_login; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER record_login BEFORE INSERT OR UPDATE ON incident.maintenance FOR EACH ROW EXECUTE FUNCTION incident_engine.record_maintenance_login();

-- Name: timeline timeline_is_append_only; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER timeline_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON incident.timeline FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_timeline_change();

-- Name: policy write_policy_change; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER write_policy_change AFTER INSERT OR DELETE OR UPDATE ON incident.policy FOR EACH ROW EXECUTE FUNCTION incident_engine.log_policy_change();

-- Name: retention write_policy_change; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER write_policy_change AFTER UPDATE ON incident.retention FOR EACH ROW EXECUTE FUNCTION incident_engine.log_policy_change();

-- Name: system_incident announce_incident; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER announce_incident BEFORE INSERT OR UPDATE ON public.system_incident FOR EACH ROW EXECUTE FUNCTION incident_engine.before_incident_announcement();

-- Name: system_metrics fold_new_host_rows; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER fold_new_host_rows AFTER INSERT ON public.system_metrics REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_host_rows_insert();

-- Name: system_device_metrics fold_new_samples; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER fold_new_samples AFTER INSERT ON public.system_device_metrics REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_device_metrics_insert();

-- Name: system_incident keep_durations_and_transitions; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER keep_durations_and_transitions BEFORE INSERT OR UPDATE ON public.system_incident FOR EACH ROW EXECUTE FUNCTION incident_engine.before_incident_write();

-- Name: system_device_metrics samples_are_immutable; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER samples_are_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.system_device_metrics FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_sample_change();

-- Name: system_device_metrics_default samples_are_immutable; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER samples_are_immutable BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.system_device_metrics_default FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_sample_change();

-- Name: system_metrics sweep_when_due; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER sweep_when_due AFTER INSERT ON public.system_metrics FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_host_metrics_insert();

-- Name: system_incident write_timeline_of_changed_incidents; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_timeline_of_changed_incidents AFTER UPDATE ON public.system_incident REFERENCING OLD TABLE AS old_incidents NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.after_incident_update();

-- Name: system_incident write_timeline_of_new_incidents; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_timeline_of_new_incidents AFTER INSERT ON public.system_incident REFERENCING NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.after_incident_insert();

-- Name: system_incident write_timeline_of_new_incidents_in_maintenance; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_timeline_of_new_incidents_in_maintenance AFTER INSERT ON public.system_incident REFERENCING NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_incident_insert();

-- Name: device_state device_state_device_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device_state
    ADD CONSTRAINT device_state_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder);

-- Name: flapping flapping_device_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.flapping
    ADD CONSTRAINT flapping_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder);

-- Name: host_condition host_condition_host_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.host_condition
    ADD CONSTRAINT host_condition_host_fkey FOREIGN KEY (host_name) REFERENCES incident.host(host_name);

-- Name: maintenance maintenance_series_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.maintenance
    ADD CONSTRAINT maintenance_series_fkey FOREIGN KEY (host_name, series_id) REFERENCES incident.recurring_maintenance(host_name, series_id);

-- Name: retirement retirement_host_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.retirement
    ADD CONSTRAINT retirement_host_fkey FOREIGN KEY (host_name) REFERENCES incident.host(host_name);

-- Name: sealed_report_line sealed_report_line_device_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report_line
    ADD CONSTRAINT sealed_report_line_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder);

-- Name: system_state system_state_host_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.system_state
    ADD CONSTRAINT system_state_host_fkey FOREIGN KEY (host_name) REFERENCES incident.host(host_name);

-- Name: timeline timeline_incident_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.timeline
    ADD CONSTRAINT timeline_incident_fkey FOREIGN KEY (host_name, incident_id) REFERENCES public.system_incident(host_name, incident_id);

-- Name: system_incident system_incident_part_of_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_incident
    ADD CONSTRAINT system_incident_part_of_fkey FOREIGN KEY (host_name, part_of) REFERENCES public.system_incident(host_name, incident_id);

-- Name: agent_host a_login_sees_its_own_hosts; Type: POLICY; Schema: incident; Owner: -

CREATE POLICY a_login_sees_its_own_hosts ON incident.agent_host FOR SELECT USING ((login = (SESSION_USER)::text));

-- Name: agent_host; Type: ROW SECURITY; Schema: incident; Owner: -

ALTER TABLE incident.agent_host ENABLE ROW LEVEL SECURITY;

-- Name: system_device_metrics agents_insert_rows_of_their_hosts; Type: POLICY; Schema: public; Owner: -

CREATE POLICY agents_insert_rows_of_their_hosts ON public.system_device_metrics FOR INSERT WITH CHECK ((host_name IN ( SELECT a.host_name
   FROM incident.agent_host a
  WHERE (a.login = (SESSION_USER)::text))));

-- Name: system_metrics agents_insert_rows_of_their_hosts; Type: POLICY; Schema: public; Owner: -

CREATE POLICY agents_insert_rows_of_their_hosts ON public.system_metrics FOR INSERT WITH CHECK ((host_name IN ( SELECT a.host_name
   FROM incident.agent_host a
  WHERE (a.login = (SESSION_USER)::text))));

-- Name: system_device_metrics readers_see_every_row; Type: POLICY; Schema: public; Owner: -

CREATE POLICY readers_see_every_row ON public.system_device_metrics FOR SELECT USING (true);

-- Name: system_metrics readers_see_every_row; Type: POLICY; Schema: public; Owner: -

CREATE POLICY readers_see_every_row ON public.system_metrics FOR SELECT USING (true);

-- Name: system_device_metrics; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.system_device_metrics ENABLE ROW LEVEL SECURITY;

-- Name: system_device_metrics_default; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.system_device_metrics_default ENABLE ROW LEVEL SECURITY;

-- Name: system_metrics; Type: ROW SECURITY; Schema: public; Owner: -

ALTER TABLE public.system_metrics ENABLE ROW LEVEL SECURITY;

-- Name: SCHEMA incident; Type: ACL; Schema: -; Owner: -

GRANT USAGE ON SCHEMA incident TO incident_agent;
GRANT USAGE ON SCHEMA incident TO incident_viewer;

-- Name: TABLE system_incident; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.system_incident TO incident_viewer;

-- Name: FUNCTION acknowledge(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.acknowledge(incident_id bigint, note text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.acknowledge(incident_id bigint, note text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: TABLE maintenance; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.maintenance TO incident_viewer;

-- Name: FUNCTION add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text, capture_folder text, operator text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text, capture_folder text, operator text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text, capture_folder text, operator text) TO incident_operator;

-- Name: TABLE recurring_maintenance; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.recurring_maintenance TO incident_viewer;

-- Name: FUNCTION add_recurring_maintenance(host_name text, weekdays text[], starts_at_local time without time zone, duration interval, time_zone text, reason text, valid_from date, valid_until date, device_name text, capture_folder text, operator text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.add_recurring_maintenance(host_name text, weekdays text[], starts_at_local time without time zone, duration interval, time_zone text, reason text, valid_from date, valid_until date, device_name text, capture_folder text, operator text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.add_recurring_maintenance(host_name text, weekdays text[], starts_at_local time without time zone, duration interval, time_zone text, reason text, valid_from date, valid_until date, device_name text, capture_folder text, operator text) TO incident_operator;

-- Name: TABLE agent_host; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.agent_host TO incident_agent;

-- Name: FUNCTION allow_agent(login text, host_name text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.allow_agent(login text, host_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.allow_agent(login text, host_name text) TO incident_admin;

-- Name: FUNCTION assign(incident_id bigint, assignee text, note text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.assign(incident_id bigint, assignee text, note text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.assign(incident_id bigint, assignee text, note text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION sla_status(availability_percent numeric); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.sla_status(availability_percent numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.sla_status(availability_percent numeric) TO incident_viewer;

-- Name: FUNCTION check_report(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text, allowed text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_report(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text, allowed text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.check_report(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text, allowed text[]) TO incident_viewer;

-- Name: FUNCTION overlay_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.overlay_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.overlay_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: TABLE device; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.device TO incident_viewer;

-- Name: TABLE device_state; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.device_state TO incident_viewer;

-- Name: FUNCTION counted_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.counted_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.counted_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION percent(part numeric, whole numeric); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.percent(part numeric, whole numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.percent(part numeric, whole numeric) TO incident_viewer;

-- Name: FUNCTION availability(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.availability(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.availability(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION bucket_edges(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.bucket_edges(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.bucket_edges(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION availability_by(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.availability_by(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.availability_by(bucket text, time_zone text, window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) TO incident_viewer;

-- Name: TABLE policy; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.policy TO incident_viewer;

-- Name: FUNCTION backtest_records(changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.backtest_records(changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION backtest(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.backtest(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.backtest(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone) TO incident_admin;

-- Name: FUNCTION backtest_incidents(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.backtest_incidents(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.backtest_incidents(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, window_start timestamp with time zone, window_end timestamp with time zone) TO incident_admin;

-- Name: TABLE host_condition; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.host_condition TO incident_viewer;

-- Name: TABLE system_state; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.system_state TO incident_viewer;

-- Name: FUNCTION device_system_states(bases incident_engine.touch[], unrecorded incident.host_condition[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.device_system_states(bases incident_engine.touch[], unrecorded incident.host_condition[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION first_plausible(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.first_plausible() FROM PUBLIC;

-- Name: FUNCTION history_violations(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.history_violations() FROM PUBLIC;

-- Name: FUNCTION host_overloads(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.host_overloads(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION host_silences(regions incident_engine.touch[], horizon timestamp with time zone, unrecorded boolean); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.host_silences(regions incident_engine.touch[], horizon timestamp with time zone, unrecorded boolean) FROM PUBLIC;

-- Name: FUNCTION host_states(bases incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.host_states(bases incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION samples_from(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.samples_from() FROM PUBLIC;

-- Name: FUNCTION stretches(windows incident_engine.incident_window[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.stretches(windows incident_engine.incident_window[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION whole_minutes(from_time timestamp with time zone, to_time timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.whole_minutes(from_time timestamp with time zone, to_time timestamp with time zone) FROM PUBLIC;

-- Name: TABLE timeline; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.timeline TO incident_viewer;

-- Name: FUNCTION incident_violations(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.incident_violations() FROM PUBLIC;

-- Name: FUNCTION overload_regions(spans incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.overload_regions(spans incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION silence_policy(host_name text, device_name text, capture_folder text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.silence_policy(host_name text, device_name text, capture_folder text) FROM PUBLIC;

-- Name: TABLE system_device_metrics; Type: ACL; Schema: public; Owner: -

GRANT INSERT ON TABLE public.system_device_metrics TO incident_agent;
GRANT SELECT ON TABLE public.system_device_metrics TO incident_viewer;

-- Name: FUNCTION sample_violations(since timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sample_violations(since timestamp with time zone) FROM PUBLIC;

-- Name: TABLE host; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.host TO incident_viewer;

-- Name: FUNCTION system_violations(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.system_violations() FROM PUBLIC;

-- Name: FUNCTION check_invariants(since timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.check_invariants(since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.check_invariants(since timestamp with time zone) TO incident_admin;

-- Name: FUNCTION close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION end_maintenance(maintenance_id bigint, ended_at timestamp with time zone, operator text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.end_maintenance(maintenance_id bigint, ended_at timestamp with time zone, operator text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.end_maintenance(maintenance_id bigint, ended_at timestamp with time zone, operator text) TO incident_operator;

-- Name: FUNCTION end_recurring_maintenance(series_id bigint, ended_at timestamp with time zone, operator text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.end_recurring_maintenance(series_id bigint, ended_at timestamp with time zone, operator text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.end_recurring_maintenance(series_id bigint, ended_at timestamp with time zone, operator text) TO incident_operator;

-- Name: FUNCTION forbid_agent(login text, host_name text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.forbid_agent(login text, host_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.forbid_agent(login text, host_name text) TO incident_admin;

-- Name: FUNCTION maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text) TO incident_viewer;

-- Name: FUNCTION mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION describe_scope(host_name text, device_name text, capture_folder text, component text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.describe_scope(host_name text, device_name text, capture_folder text, component text) FROM PUBLIC;

-- Name: FUNCTION policy_for(host_name text, device_name text, capture_folder text, component text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.policy_for(host_name text, device_name text, capture_folder text, component text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.policy_for(host_name text, device_name text, capture_folder text, component text) TO incident_viewer;

-- Name: FUNCTION readable_duration(seconds numeric); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.readable_duration(seconds numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.readable_duration(seconds numeric) TO incident_viewer;

-- Name: FUNCTION rebuild(host_name text, since timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.rebuild(host_name text, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.rebuild(host_name text, since timestamp with time zone) TO incident_admin;

-- Name: FUNCTION check_count(value integer, name text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_count(value integer, name text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.check_count(value integer, name text) TO incident_viewer;

-- Name: FUNCTION check_time_zone(time_zone text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_time_zone(time_zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.check_time_zone(time_zone text) TO incident_viewer;

-- Name: FUNCTION detected_incident(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.detected_incident(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.detected_incident(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION recurring(window_start timestamp with time zone, window_end timestamp with time zone, time_zone text, at_least integer, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.recurring(window_start timestamp with time zone, window_end timestamp with time zone, time_zone text, at_least integer, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.recurring(window_start timestamp with time zone, window_end timestamp with time zone, time_zone text, at_least integer, as_of timestamp with time zone) TO incident_viewer;

-- Name: TABLE retirement; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.retirement TO incident_viewer;

-- Name: FUNCTION reinstate_device(host_name text, device_name text, capture_folder text, operator text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.reinstate_device(host_name text, device_name text, capture_folder text, operator text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.reinstate_device(host_name text, device_name text, capture_folder text, operator text) TO incident_operator;

-- Name: FUNCTION reliability_ranking(window_start timestamp with time zone, window_end timestamp with time zone, top integer, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.reliability_ranking(window_start timestamp with time zone, window_end timestamp with time zone, top integer, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.reliability_ranking(window_start timestamp with time zone, window_end timestamp with time zone, top integer, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION reopen(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.reopen(incident_id bigint, note text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.reopen(incident_id bigint, note text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION change_reasons(host_name text, device_name text, capture_folder text, period tstzrange, since timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.change_reasons(host_name text, device_name text, capture_folder text, period tstzrange, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.change_reasons(host_name text, device_name text, capture_folder text, period tstzrange, since timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION check_period(period tstzrange); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_period(period tstzrange) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.check_period(period tstzrange) TO incident_viewer;

-- Name: FUNCTION find_report(period tstzrange, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.find_report(period tstzrange, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.find_report(period tstzrange, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION sla_target(host_name text, device_name text, capture_folder text, component text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sla_target(host_name text, device_name text, capture_folder text, component text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.sla_target(host_name text, device_name text, capture_folder text, component text) TO incident_viewer;

-- Name: FUNCTION report_line(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.report_line(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.report_line(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: TABLE sealed_report; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.sealed_report TO incident_viewer;

-- Name: TABLE sealed_report_line; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.sealed_report_line TO incident_viewer;

-- Name: FUNCTION report_as_of(period tstzrange, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.report_as_of(period tstzrange, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.report_as_of(period tstzrange, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION resolve(incident_id bigint, note text, root_cause text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.resolve(incident_id bigint, note text, root_cause text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.resolve(incident_id bigint, note text, root_cause text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION severity_rank(severity text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.severity_rank(severity text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.severity_rank(severity text) TO incident_viewer;

-- Name: FUNCTION response_times(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.response_times(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.response_times(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION retire_device(host_name text, device_name text, capture_folder text, reason text, operator text, retired_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.retire_device(host_name text, device_name text, capture_folder text, reason text, operator text, retired_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.retire_device(host_name text, device_name text, capture_folder text, reason text, operator text, retired_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION schedule_sweep(); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.schedule_sweep() FROM PUBLIC;

-- Name: FUNCTION seal_report(period tstzrange, note text, operator text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.seal_report(period tstzrange, note text, operator text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.seal_report(period tstzrange, note text, operator text) TO incident_operator;

-- Name: FUNCTION set_policy(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, sla_target numeric, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, close_after interval, refold_since timestamp with time zone, operator text, note text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.set_policy(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, sla_target numeric, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, close_after interval, refold_since timestamp with time zone, operator text, note text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.set_policy(host_name text, device_name text, capture_folder text, component text, sample_interval interval, no_data_after interval, sla_target numeric, open_after interval, resolve_after interval, reopen_within interval, flapping_start_percent numeric, flapping_stop_percent numeric, new_device_grace interval, cpu_percent_limit numeric, cpu_samples integer, memory_percent_limit numeric, memory_samples integer, disk_percent_limit numeric, disk_samples integer, temperature_celsius_limit numeric, temperature_samples integer, close_after interval, refold_since timestamp with time zone, operator text, note text) TO incident_admin;

-- Name: TABLE retention; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.retention TO incident_viewer;

-- Name: FUNCTION set_retention(keep_samples interval, operator text, note text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.set_retention(keep_samples interval, operator text, note text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.set_retention(keep_samples interval, operator text, note text) TO incident_admin;

-- Name: FUNCTION sla_report(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.sla_report(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.sla_report(window_start timestamp with time zone, window_end timestamp with time zone, count_no_data boolean, by text, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION silence_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.silence_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.silence_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION state_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.state_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.state_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION state_history(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.state_history(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.state_history(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION status(as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.status(as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.status(as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION sweep(as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.sweep(as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.sweep(as_of timestamp with time zone) TO incident_admin;

-- Name: FUNCTION timeline_head(of_incident bigint); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.timeline_head(of_incident bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.timeline_head(of_incident bigint) TO incident_viewer;

-- Name: FUNCTION trends(weeks integer, time_zone text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.trends(weeks integer, time_zone text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.trends(weeks integer, time_zone text, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION unschedule_sweep(); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.unschedule_sweep() FROM PUBLIC;

-- Name: FUNCTION unset_policy(setting text, host_name text, device_name text, capture_folder text, component text, refold_since timestamp with time zone, operator text, note text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.unset_policy(setting text, host_name text, device_name text, capture_folder text, component text, refold_since timestamp with time zone, operator text, note text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.unset_policy(setting text, host_name text, device_name text, capture_folder text, component text, refold_since timestamp with time zone, operator text, note text) TO incident_admin;

-- Name: FUNCTION verify_report(report_id bigint); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.verify_report(report_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.verify_report(report_id bigint) TO incident_viewer;

-- Name: FUNCTION utc_text(moment timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.utc_text(moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.utc_text(moment timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION timeline_hash(entry incident.timeline); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.timeline_hash(entry incident.timeline) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.timeline_hash(entry incident.timeline) TO incident_viewer;

-- Name: FUNCTION verify_timeline(of_incident bigint, noted jsonb); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.verify_timeline(of_incident bigint, noted jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.verify_timeline(of_incident bigint, noted jsonb) TO incident_viewer;

-- Name: FUNCTION adopt_incidents(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.adopt_incidents() FROM PUBLIC;

-- Name: FUNCTION adopt_next(source text, blocks_at_once integer); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.adopt_next(source text, blocks_at_once integer) FROM PUBLIC;

-- Name: FUNCTION adopt_page(source text, from_tid tid, to_tid tid); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.adopt_page(source text, from_tid tid, to_tid tid) FROM PUBLIC;

-- Name: FUNCTION adopt_rows(source text, from_tid tid, to_tid tid); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.adopt_rows(source text, from_tid tid, to_tid tid) FROM PUBLIC;

-- Name: FUNCTION adopt_statement(source text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.adopt_statement(source text) FROM PUBLIC;

-- Name: FUNCTION adopted_status(status text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.adopted_status(status text) FROM PUBLIC;

-- Name: FUNCTION after_incident_insert(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.after_incident_insert() FROM PUBLIC;

-- Name: FUNCTION after_incident_update(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.after_incident_update() FROM PUBLIC;

-- Name: FUNCTION announce(as_of timestamp with time zone, host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.announce(as_of timestamp with time zone, host_names text[]) FROM PUBLIC;

-- Name: FUNCTION apply_policy(before incident.policy, after incident.policy, since timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.apply_policy(before incident.policy, after incident.policy, since timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION backtest_host(host text, changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.backtest_host(host text, changes incident.policy, window_start timestamp with time zone, window_end timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION before_incident_announcement(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.before_incident_announcement() FROM PUBLIC;

-- Name: FUNCTION before_incident_write(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.before_incident_write() FROM PUBLIC;

-- Name: FUNCTION begin_incident_change(incident_id bigint, operator text, acted_at timestamp with time zone, changes_course boolean); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.begin_incident_change(incident_id bigint, operator text, acted_at timestamp with time zone, changes_course boolean) FROM PUBLIC;

-- Name: FUNCTION begin_policy_change(scope incident.policy, refold_since timestamp with time zone, operator text, note text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.begin_policy_change(scope incident.policy, refold_since timestamp with time zone, operator text, note text) FROM PUBLIC;

-- Name: FUNCTION chain_timeline(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.chain_timeline() FROM PUBLIC;

-- Name: FUNCTION check_maintenance_scope(device_name text, capture_folder text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_maintenance_scope(device_name text, capture_folder text) FROM PUBLIC;

-- Name: FUNCTION check_policies(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_policies() FROM PUBLIC;

-- Name: FUNCTION check_policy(changes incident.policy); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_policy(changes incident.policy) FROM PUBLIC;

-- Name: FUNCTION check_silence(host_name text, device_name text, capture_folder text, sample_interval interval, no_data_after interval); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.check_silence(host_name text, device_name text, capture_folder text, sample_interval interval, no_data_after interval) FROM PUBLIC;

-- Name: FUNCTION close_resolved(as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.close_resolved(as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION describe(component text, severity text, host_name text, device_name text, capture_folder text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.describe(component text, severity text, host_name text, device_name text, capture_folder text) FROM PUBLIC;

-- Name: FUNCTION devices_in(regions incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.devices_in(regions incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION drop_samples(line timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.drop_samples(line timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION effective_policy(host_name text, device_name text, capture_folder text, component text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.effective_policy(host_name text, device_name text, capture_folder text, component text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.effective_policy(host_name text, device_name text, capture_folder text, component text) TO incident_viewer;

-- Name: FUNCTION end_incident_change(subject public.system_incident); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.end_incident_change(subject public.system_incident) FROM PUBLIC;

-- Name: FUNCTION ensure_partition(day date); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.ensure_partition(day date) FROM PUBLIC;

-- Name: FUNCTION ensure_partitions(from_time timestamp with time zone, to_time timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.ensure_partitions(from_time timestamp with time zone, to_time timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION find_silence(since timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.find_silence(since timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION find_system_changes(since timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.find_system_changes(since timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION first_missed_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.first_missed_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION first_signal_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.first_signal_in(host_name text, device_name text, capture_folder text, not_before timestamp with time zone, before timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION flapping_candidates(regions incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.flapping_candidates(regions incident_engine.touch[]) FROM PUBLIC;

-- Name: TABLE flapping; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.flapping TO incident_viewer;

-- Name: FUNCTION flapping_episodes(host_name text, device_name text, capture_folder text, component text, from_time timestamp with time zone, horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.flapping_episodes(host_name text, device_name text, capture_folder text, component text, from_time timestamp with time zone, horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold(touched incident_engine.touch[], as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold(touched incident_engine.touch[], as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold_flapping(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_flapping(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold_hosts(touched incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_hosts(touched incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold_incidents(regions incident_engine.touch[], components text[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_incidents(regions incident_engine.touch[], components text[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold_safely(touched incident_engine.touch[], as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_safely(touched incident_engine.touch[], as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold_states(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_states(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION host_lock(host_name text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.host_lock(host_name text) FROM PUBLIC;

-- Name: FUNCTION host_record(host_name text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.host_record(host_name text) FROM PUBLIC;

-- Name: FUNCTION incident_reason(host_name text, device_name text, capture_folder text, detected_at timestamp with time zone, resolved_at timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.incident_reason(host_name text, device_name text, capture_folder text, detected_at timestamp with time zone, resolved_at timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION incident_windows(regions incident_engine.touch[], components text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.incident_windows(regions incident_engine.touch[], components text[]) FROM PUBLIC;

-- Name: FUNCTION incidents_of_host(host text, window_start timestamp with time zone, window_end timestamp with time zone, simulated boolean); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.incidents_of_host(host text, window_start timestamp with time zone, window_end timestamp with time zone, simulated boolean) FROM PUBLIC;

-- Name: FUNCTION last_signal(host_name text, horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.last_signal(host_name text, horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION link_incidents(host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.link_incidents(host_names text[]) FROM PUBLIC;

-- Name: FUNCTION local_moment(local_time timestamp without time zone, time_zone text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.local_moment(local_time timestamp without time zone, time_zone text) FROM PUBLIC;

-- Name: FUNCTION lock_hosts(host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.lock_hosts(host_names text[]) FROM PUBLIC;

-- Name: FUNCTION log_policy_change(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.log_policy_change() FROM PUBLIC;

-- Name: FUNCTION maintenance_occurrences(series incident.recurring_maintenance, from_date date, before_date date); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.maintenance_occurrences(series incident.recurring_maintenance, from_date date, before_date date) FROM PUBLIC;

-- Name: FUNCTION make_partitions_ahead(as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.make_partitions_ahead(as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION mark_maintenance(since timestamp with time zone, as_of timestamp with time zone, host_name text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.mark_maintenance(since timestamp with time zone, as_of timestamp with time zone, host_name text) FROM PUBLIC;

-- Name: FUNCTION match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]) FROM PUBLIC;

-- Name: FUNCTION merge_policy(changes incident.policy); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.merge_policy(changes incident.policy) FROM PUBLIC;

-- Name: FUNCTION notice_outage(server_started_at timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.notice_outage(server_started_at timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION nth_sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, nth integer); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.nth_sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, nth integer) FROM PUBLIC;

-- Name: FUNCTION on_device_metrics_insert(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.on_device_metrics_insert() FROM PUBLIC;

-- Name: FUNCTION on_host_metrics_insert(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.on_host_metrics_insert() FROM PUBLIC;

-- Name: FUNCTION on_host_rows_insert(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.on_host_rows_insert() FROM PUBLIC;

-- Name: FUNCTION on_incident_insert(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.on_incident_insert() FROM PUBLIC;

-- Name: FUNCTION on_maintenance_update(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.on_maintenance_update() FROM PUBLIC;

-- Name: FUNCTION open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]) FROM PUBLIC;

-- Name: FUNCTION plan_maintenance(as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.plan_maintenance(as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION record_error(failure incident_engine.failure, touched incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.record_error(failure incident_engine.failure, touched incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION record_maintenance_login(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.record_maintenance_login() FROM PUBLIC;

-- Name: FUNCTION record_operator_actions(incident_ids bigint[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.record_operator_actions(incident_ids bigint[]) FROM PUBLIC;

-- Name: FUNCTION recovers(host_name text, device_name text, capture_folder text, component text, started_at timestamp with time zone, ended_at timestamp with time zone, resolve_after interval); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.recovers(host_name text, device_name text, capture_folder text, component text, started_at timestamp with time zone, ended_at timestamp with time zone, resolve_after interval) FROM PUBLIC;

-- Name: FUNCTION refuse_sample_change(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.refuse_sample_change() FROM PUBLIC;

-- Name: FUNCTION refuse_timeline_change(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.refuse_timeline_change() FROM PUBLIC;

-- Name: FUNCTION register_devices(touched incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.register_devices(touched incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION register_hosts(host_names text[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.register_hosts(host_names text[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION remove_old_rows(as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.remove_old_rows(as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION replace_host_conditions(regions incident_engine.touch[], conditions incident.host_condition[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.replace_host_conditions(regions incident_engine.touch[], conditions incident.host_condition[]) FROM PUBLIC;

-- Name: FUNCTION replace_system_states(bases incident_engine.touch[], states incident.system_state[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.replace_system_states(bases incident_engine.touch[], states incident.system_state[]) FROM PUBLIC;

-- Name: FUNCTION report_digest(report_id bigint); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.report_digest(report_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.report_digest(report_id bigint) TO incident_viewer;

-- Name: FUNCTION require_operator(operator text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.require_operator(operator text) FROM PUBLIC;

-- Name: FUNCTION require_text(value text, parameter text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.require_text(value text, parameter text) FROM PUBLIC;

-- Name: FUNCTION retired_since(host_name text, device_name text, capture_folder text, last_signal_at timestamp with time zone, before timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.retired_since(host_name text, device_name text, capture_folder text, last_signal_at timestamp with time zone, before timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION retry_errors(as_of timestamp with time zone, horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.retry_errors(as_of timestamp with time zone, horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION sample_after(host_name text, device_name text, capture_folder text, after timestamp with time zone, not_after timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sample_after(host_name text, device_name text, capture_folder text, after timestamp with time zone, not_after timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, not_before timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sample_before(host_name text, device_name text, capture_folder text, before timestamp with time zone, not_before timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION sample_regions(touched incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sample_regions(touched incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION sampled_states(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sampled_states(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION samples_still_needed(line timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.samples_still_needed(line timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION settled_before_failure(host_name text, device_name text, capture_folder text, component text, after timestamp with time zone, resolve_after interval, reopen_within interval); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.settled_before_failure(host_name text, device_name text, capture_folder text, component text, after timestamp with time zone, resolve_after interval, reopen_within interval) FROM PUBLIC;

-- Name: FUNCTION silenced_by(subject public.system_incident, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.silenced_by(subject public.system_incident, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.silenced_by(subject public.system_incident, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION silenced_until(subject public.system_incident, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.silenced_until(subject public.system_incident, as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION sweep_driver(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sweep_driver() FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.sweep_driver() TO incident_viewer;

-- Name: FUNCTION take_over(host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.take_over(host_names text[]) FROM PUBLIC;

-- Name: FUNCTION unsettled(host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.unsettled(host_names text[]) FROM PUBLIC;

-- Name: FUNCTION update_attention(regions incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_attention(regions incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION update_devices(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_devices(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION update_hosts(host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_hosts(host_names text[]) FROM PUBLIC;

-- Name: FUNCTION update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean) FROM PUBLIC;

-- Name: FUNCTION update_reasons(changed incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_reasons(changed incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION write_policy(wanted incident.policy); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.write_policy(wanted incident.policy) FROM PUBLIC;

-- Name: TABLE active; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.active TO incident_viewer;

-- Name: TABLE adoption; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.adoption TO incident_viewer;

-- Name: TABLE agents; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.agents TO incident_viewer;

-- Name: TABLE announced; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.announced TO incident_viewer;

-- Name: TABLE system_metrics; Type: ACL; Schema: public; Owner: -

GRANT INSERT ON TABLE public.system_metrics TO incident_agent;
GRANT SELECT ON TABLE public.system_metrics TO incident_viewer;

-- Name: TABLE health; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.health TO incident_viewer;

-- Name: TABLE maintenance_now; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.maintenance_now TO incident_viewer;

-- Name: TABLE migration; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.migration TO incident_viewer;

-- Name: TABLE outage; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.outage TO incident_viewer;

-- Name: TABLE panel_active; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.panel_active TO incident_viewer;

-- Name: TABLE panel_availability; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.panel_availability TO incident_viewer;

-- Name: TABLE summary; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.summary TO incident_viewer;

-- Name: TABLE panel_counts; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.panel_counts TO incident_viewer;

-- Name: TABLE recent; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.recent TO incident_viewer;

-- Name: TABLE panel_recent; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.panel_recent TO incident_viewer;

-- Name: TABLE pending; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.pending TO incident_viewer;

-- Name: TABLE policy_change; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.policy_change TO incident_viewer;

-- Name: TABLE quarantine; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.quarantine TO incident_viewer;
