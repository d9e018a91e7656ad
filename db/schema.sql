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
	severity_since timestamp with time zone
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
    opened_for timestamp with time zone NOT NULL,
    engine_reopen_count integer DEFAULT 0 NOT NULL,
    flapping_since timestamp with time zone,
    CONSTRAINT acknowledged_at_and_by_go_together CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
    CONSTRAINT closed_means_closed_at CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT component_is_known CHECK ((component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text, 'system'::text]))),
    CONSTRAINT detected_severity_is_known CHECK ((detected_severity = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT durations_are_not_negative CHECK (((detection_to_ack_minutes >= 0) AND (ack_to_resolution_minutes >= 0) AND (total_duration_minutes >= 0))),
    CONSTRAINT in_progress_means_acknowledged CHECK (((status <> 'in_progress'::text) OR (acknowledged_at IS NOT NULL))),
    CONSTRAINT incident_type_is_known CHECK ((incident_type = ANY (ARRAY['ffmpeg_failure'::text, 'monitor_failure'::text, 'system_failure'::text]))),
    CONSTRAINT incident_type_names_the_component CHECK ((incident_type = (component || '_failure'::text))),
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

COMMENT ON COLUMN public.system_incident.detection_to_ack_minutes IS 'acknowledged_at - detected_at in whole minutes, rounded down; kept by trigger.';

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

-- Name: COLUMN system_incident.opened_for; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.opened_for IS 'The failing moment it was opened for; never changes. Whatever late samples do to the failure around that moment, this incident tells of it.';

-- Name: COLUMN system_incident.engine_reopen_count; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.engine_reopen_count IS 'How often it failed again within reopen_within of being resolved by the engine; part of reopen_count.';

-- Name: COLUMN system_incident.flapping_since; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.flapping_since IS 'Since when its component has been flapping; null when it is not. While it flaps it stays open.';

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

-- Name: COLUMN maintenance.added_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.added_at IS 'When the database learned of it.';

-- Name: COLUMN maintenance.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.ended_at IS 'Set when it ended early; the start of the period when it was called off.';

-- Name: COLUMN maintenance.changed_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.changed_at IS 'When the database last learned something new about it.';

-- Name: COLUMN maintenance.effective_period; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.effective_period IS 'What counts: the period, up to ended_at if that is earlier.';

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
    perform incident_engine.require_text(operator, 'operator');
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
    if (device_name is null) <> (capture_folder is null) then
        raise exception using
            errcode = 'invalid_parameter_value',
            message = 'device_name and capture_folder go together',
            detail = format(
                'device_name is %s, capture_folder %s.', coalesce(device_name, 'null'), coalesce(capture_folder, 'null')
            ),
            hint = 'Leave both out for all devices of the host.';
    end if;

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
    return added;
end
$$;

-- Name: FUNCTION add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text, capture_folder text, operator text); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.add_maintenance(host_name text, starts_at timestamp with time zone, ends_at timestamp with time zone, reason text, device_name text, capture_folder text, operator text) IS 'Announces planned work on a host, or on one device of it (device_name and capture_folder). May be called afterwards: its time is taken out of availability, of the past too. operator: who, by default the login. Returns what was added. Errors: 22004 for a null where a value is needed, 22023 for a period that does not end after it starts.';

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

-- Name: stretches(incident_engine.incident_window[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.stretches(windows incident_engine.incident_window[]) RETURNS incident_engine.stretch[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with numbered as (
            select c.*, w.from_time, w.to_time, h.started_at is not null as recovers,
                count(h.started_at) over (
                    partition by c.host_name, c.device_name, c.capture_folder, c.component, w.from_time
                    order by c.started_at
                ) as stretch
            from unnest(windows) as w
            join incident_engine.component_state as c
                on c.host_name = w.host_name
                and c.device_name = w.device_name
                and c.capture_folder = w.capture_folder
                and c.component = w.component
                and c.started_at >= w.from_time
                and c.started_at < w.to_time
            left join incident_engine.recovery as h
                on h.host_name = c.host_name
                and h.device_name = c.device_name
                and h.capture_folder = c.capture_folder
                and h.component = c.component
                and h.started_at = c.started_at
                and c.condition = 'healthy'
        ),

        grouped as (
            select n.host_name, n.device_name, n.capture_folder, n.component,
                min(n.started_at) filter (where n.condition = 'failing') as started_at,
                lead(min(n.started_at) filter (where n.recovers), 1, n.to_time) over (
                    partition by n.host_name, n.device_name, n.capture_folder, n.component, n.from_time order by n.stretch
                ) as ended_at
            from numbered as n
            group by n.host_name, n.device_name, n.capture_folder, n.component, n.from_time, n.to_time, n.stretch
        ),

        -- An operator's cut ends an incident; the next failing sample starts another.
        started as (
            select g.host_name, g.device_name, g.capture_folder, g.component, g.started_at, g.ended_at as recovered_at
            from grouped as g
            where g.started_at is not null
            union
            select g.host_name, g.device_name, g.capture_folder, g.component,
                incident_engine.first_sample_in(
                    g.host_name, g.device_name, g.capture_folder, g.component, 'failing',
                    cut.acted_at + interval '1 microsecond', g.ended_at
                ),
                g.ended_at
            from grouped as g
            join incident_engine.operator_action as cut using (host_name, device_name, capture_folder, component)
            where cut.action = 'cut' and cut.acted_at >= g.started_at and cut.acted_at < g.ended_at
        ),

        bounded as (
            select s.host_name, s.device_name, s.capture_folder, s.component, s.started_at,
                coalesce((
                    select min(cut.acted_at)
                    from incident_engine.operator_action as cut
                    where
                        cut.host_name = s.host_name
                        and cut.device_name = s.device_name
                        and cut.capture_folder = s.capture_folder
                        and cut.component = s.component
                        and cut.action = 'cut'
                        and cut.acted_at >= s.started_at
                        and cut.acted_at < s.recovered_at
                ), s.recovered_at) as ended_at
            from started as s
            where s.started_at is not null
        )

        select array_agg((
            b.host_name, b.device_name, b.capture_folder, b.component, b.started_at, b.ended_at,
            f.severity, f.first_severity, f.severity_since
        )::incident_engine.stretch)
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
                    from incident.device_state as s
                    where
                        s.host_name = b.host_name
                        and s.device_name = b.device_name
                        and s.capture_folder = b.capture_folder
                        and s.started_at <= b.started_at
                ), '-infinity')
        ) as f
    );
end
$$;

-- Name: FUNCTION stretches(windows incident_engine.incident_window[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.stretches(windows incident_engine.incident_window[]) IS 'The incidents that the state history and the operators'' actions tell of: maximal stretches that start failing and hold no recovery. Their severity is the worst state in them.';

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
    CONSTRAINT event_is_known CHECK ((event = ANY (ARRAY['detected'::text, 'severity_changed'::text, 'acknowledged'::text, 'assigned'::text, 'commented'::text, 'resolved'::text, 'closed'::text, 'reopened'::text, 'corrected'::text, 'retracted'::text, 'flapping_started'::text, 'flapping_stopped'::text, 'reason_changed'::text, 'linked'::text, 'unlinked'::text, 'maintenance_started'::text, 'maintenance_ended'::text])))
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
             s.severity_since
            FROM unnest(incident_engine.stretches(( SELECT array_agg(ROW(d.host_name, d.device_name, d.capture_folder, c.component, '-infinity'::timestamp with time zone, 'infinity'::timestamp with time zone)::incident_engine.incident_window) AS array_agg
                    FROM (incident.device d
                      CROSS JOIN ( VALUES ('ffmpeg'::text), ('monitor'::text)) c(component))))) s(host_name, device_name, capture_folder, component, started_at, ended_at, severity, first_severity, severity_since)
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
             i.opened_for,
             i.engine_reopen_count,
             i.flapping_since
            FROM public.system_incident i
           WHERE ((i.retracted_at IS NULL) AND (i.component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text])))
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
   WHERE (((i.detection_to_ack_minutes IS DISTINCT FROM incident_engine.whole_minutes(i.detected_at, i.acknowledged_at)) OR (i.ack_to_resolution_minutes IS DISTINCT FROM incident_engine.whole_minutes(i.acknowledged_at, i.resolved_at))) OR (i.total_duration_minutes IS DISTINCT FROM incident_engine.whole_minutes(i.detected_at, i.resolved_at)));
END;

-- Name: FUNCTION incident_violations(); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.incident_violations() IS 'Rules that tie incidents to the history, to their timeline and to their durations, and where they are broken.';

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

-- Name: sweep_state; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.sweep_state (
    only_row boolean DEFAULT true NOT NULL,
    swept_to timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    CONSTRAINT there_is_one_row CHECK (only_row)
);

-- Name: TABLE sweep_state; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.sweep_state IS 'How far the sweep has looked: silence is known up to swept_to.';

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
           WHERE ((m."timestamp" >= GREATEST(sample_violations.since, incident_engine.first_plausible())) AND (m."timestamp" < '9999-01-01 00:00:00+00'::timestamp with time zone) AND (NOT (EXISTS ( SELECT
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

COMMENT ON FUNCTION incident.check_invariants(since timestamp with time zone) IS 'A row for everything that is not as it must be, none on a healthy database: holes or overlaps in a device''s history, history that disagrees with its samples, incidents that the history does not explain, failures without an incident, durations that do not match, engine errors waiting. since: samples older than this are not read; all are by default, which takes a while on a large database. Mend with incident.rebuild().';

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
    insert into incident.timeline (host_name, incident_id, happened_at, event, note, operator)
    values (subject.host_name, subject.incident_id, acted_at, 'commented', note, operator);
    return incident_engine.end_incident_change(subject);
end
$$;

-- Name: FUNCTION comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone) IS 'Adds a note to an incident''s timeline, whatever its status. operator: who says it, by default the login. acted_at: when, by default now. Returns the incident. Errors: IN002 when there is none with this number, 22004 for a null where a value is needed, 22023 for an acted_at in the future or before the incident.';

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
    if rebuild.host_name is not null and not exists (
        select from public.system_device_metrics as m where m.host_name = rebuild.host_name
    ) then
        raise exception using
            errcode = 'no_data_found',
            message = format('host %s has no samples', rebuild.host_name),
            hint = 'select distinct host_name from incident.device lists the hosts; leave it out for all of them.';
    end if;

    for host in
        select d.host_name from incident.device as d where rebuild.host_name is null group by d.host_name
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
    perform incident_engine.require_text(operator, 'operator');
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
             i.opened_for,
             i.engine_reopen_count,
             i.flapping_since,
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
     l.answer
    FROM line l
   ORDER BY l."position", l.detail;
END;

-- Name: FUNCTION status(as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.status(as_of timestamp with time zone) IS 'The five answers on one screen, for whoever is woken up: what is broken now and who is on it, availability, SLA, MTTA, MTTR and MTBF of the fleet. `make status` prints it. At most 20 lines. The functions behind it answer in full.';

-- Name: sweep(timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -

CREATE FUNCTION incident.sweep(as_of timestamp with time zone DEFAULT now()) RETURNS TABLE(ran boolean, silences_folded integer, errors_repaired integer, future_samples_folded integer, partitions_made integer)
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

    update incident_engine.sweep_state as s set finished_at = now() where s.only_row;

    -- Last: writers wait for the locks that this takes, so whoever holds them must not wait for writers any more.
    partitions_made := incident_engine.make_partitions_ahead(as_of);
    return next;
end
$$;

-- Name: FUNCTION sweep(as_of timestamp with time zone); Type: COMMENT; Schema: incident; Owner: -

COMMENT ON FUNCTION incident.sweep(as_of timestamp with time zone) IS 'The rounds: records silence that no sample could, folds samples whose time has come, repairs what the fail-safe caught, and makes the partitions of the next seven days. Idempotent; of several at once one runs and the others return ran = false. as_of: up to when silence is looked for, by default now. Returns what it did. Errors: 22004, 22023 for a time that cannot be swept.';

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
        (3, i.resolved_at, 'resolved', 'open', i.status)
    ) as e (position, happened_at, event, from_value, to_value)
    where
        e.event = 'detected'
        or (e.event = 'severity_changed' and i.severity <> i.detected_severity)
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
            9, 'reopened', case when by_engine then n.updated_at else n.acted_at end, o.status, n.status,
            o.status in ('resolved', 'closed') and n.status in ('open', 'in_progress')
        )
    ) as e (position, event, happened_at, from_value, to_value, has_happened)
    where e.has_happened and (e.event = 'retracted' or n.retracted_at is null or o.retracted_at is not null)
    order by n.incident_id, e.position;

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

-- Name: before_incident_write(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.before_incident_write() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    writer constant text := coalesce(current_setting('incident_engine.writer', true), '');
    allowed text;
begin
    if tg_op = 'INSERT' then
        new.detected_severity := coalesce(new.detected_severity, new.severity);
        new.severity_since := coalesce(new.severity_since, new.detected_at);
        new.opened_for := coalesce(new.opened_for, new.detected_at);
    else
        if writer = '' then
            new.updated_by := session_user::text;
            new.acted_at := now();
            new.update_note := nullif(new.update_note, old.update_note);
        end if;
        if (new.incident_id, new.host_name, new.device_name, new.capture_folder, new.component, new.opened_for)
            is distinct from (
                old.incident_id, old.host_name, old.device_name, old.capture_folder, old.component, old.opened_for
            )
        then
            raise exception using
                errcode = 'IN001',
                message = format('incident %s: what it is about cannot be changed', old.incident_id),
                detail = 'incident_id, host_name, device_name, capture_folder, component and opened_for are fixed.',
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

    new.detection_to_ack_minutes := incident_engine.whole_minutes(new.detected_at, new.acknowledged_at);
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
    perform incident_engine.require_text(operator, 'operator');

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

-- Name: describe(text, text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.describe(component text, severity text, host_name text, device_name text, capture_folder text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN format('%s %s on %s, %s (%s)'::text, component, CASE severity WHEN 'critical'::text THEN 'stopped'::text ELSE 'stuck'::text END, host_name, device_name, capture_folder);

-- Name: FUNCTION describe(component text, severity text, host_name text, device_name text, capture_folder text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.describe(component text, severity text, host_name text, device_name text, capture_folder text) IS 'One line on what is wrong, for people: "ffmpeg stopped on host1, device1 (capture1)".';

-- Name: effective_policy(text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.effective_policy(host_name text, device_name text, capture_folder text, component text) RETURNS incident.policy
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 WITH ranked AS (
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
             (((((p.host_name IS NOT NULL))::integer * 2) + (((p.device_name IS NOT NULL))::integer * 2)) + ((p.component IS NOT NULL))::integer) AS specificity
            FROM incident.policy p
           WHERE (COALESCE((p.host_name = effective_policy.host_name), (p.host_name IS NULL)) AND COALESCE((p.device_name = effective_policy.device_name), (p.device_name IS NULL)) AND COALESCE((p.capture_folder = effective_policy.capture_folder), (p.capture_folder IS NULL)) AND COALESCE((p.component = effective_policy.component), (p.component IS NULL)))
         )
  SELECT NULL::integer AS int4,
     effective_policy.host_name AS host_name,
     effective_policy.device_name AS device_name,
     effective_policy.capture_folder AS capture_folder,
     effective_policy.component AS component,
     (array_agg(r.sample_interval ORDER BY r.specificity DESC) FILTER (WHERE (r.sample_interval IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.no_data_after ORDER BY r.specificity DESC) FILTER (WHERE (r.no_data_after IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.sla_target ORDER BY r.specificity DESC) FILTER (WHERE (r.sla_target IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.open_after ORDER BY r.specificity DESC) FILTER (WHERE (r.open_after IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.resolve_after ORDER BY r.specificity DESC) FILTER (WHERE (r.resolve_after IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.reopen_within ORDER BY r.specificity DESC) FILTER (WHERE (r.reopen_within IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.flapping_start_percent ORDER BY r.specificity DESC) FILTER (WHERE (r.flapping_start_percent IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.flapping_stop_percent ORDER BY r.specificity DESC) FILTER (WHERE (r.flapping_stop_percent IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.new_device_grace ORDER BY r.specificity DESC) FILTER (WHERE (r.new_device_grace IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.cpu_percent_limit ORDER BY r.specificity DESC) FILTER (WHERE (r.cpu_percent_limit IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.cpu_samples ORDER BY r.specificity DESC) FILTER (WHERE (r.cpu_samples IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.memory_percent_limit ORDER BY r.specificity DESC) FILTER (WHERE (r.memory_percent_limit IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.memory_samples ORDER BY r.specificity DESC) FILTER (WHERE (r.memory_samples IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.disk_percent_limit ORDER BY r.specificity DESC) FILTER (WHERE (r.disk_percent_limit IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.disk_samples ORDER BY r.specificity DESC) FILTER (WHERE (r.disk_samples IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.temperature_celsius_limit ORDER BY r.specificity DESC) FILTER (WHERE (r.temperature_celsius_limit IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.temperature_samples ORDER BY r.specificity DESC) FILTER (WHERE (r.temperature_samples IS NOT NULL)))[1] AS array_agg,
     (array_agg(r.close_after ORDER BY r.specificity DESC) FILTER (WHERE (r.close_after IS NOT NULL)))[1] AS array_agg
    FROM ranked r;
END;

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
    AS $$
declare
    longest constant interval := (select max(p.no_data_after) from incident.policy as p);
    -- Samples committed while an earlier round looked are found by looking at its time again.
    first_time constant timestamptz := since - longest - interval '10 minutes';
begin
    return (
        with sample as (
            select m.host_name, m.device_name, m.capture_folder, m.timestamp,
                lag(m.timestamp) over device as previous_timestamp,
                lead(m.timestamp) over device as next_timestamp
            from public.system_device_metrics as m
            where m.timestamp >= first_time and m.timestamp <= as_of + interval '5 minutes'
            window device as (partition by m.host_name, m.device_name, m.capture_folder order by m.timestamp)
        ),

        -- Cheap first: no silence is shorter than the shortest that counts.
        shortest as (
            select min(p.no_data_after) as no_data_after from incident.policy as p
        ),

        ended as (
            select s.host_name, s.device_name, s.capture_folder, s.timestamp
            from sample as s
            cross join shortest
            where s.timestamp >= s.previous_timestamp + shortest.no_data_after
        ),

        ended_unseen as (
            select e.*
            from ended as e
            where not exists (
                select from incident.device_state as s
                where
                    (s.host_name, s.device_name, s.capture_folder) = (e.host_name, e.device_name, e.capture_folder)
                    and s.ffmpeg_status = 'no_data'
                    and s.ended_at = e.timestamp
            )
        ),

        lasting as (
            select d.host_name, d.device_name, d.capture_folder, coalesce(s.timestamp, d.state_started_at) as timestamp
            from incident.device as d
            left join sample as s
                on s.host_name = d.host_name
                and s.device_name = d.device_name
                and s.capture_folder = d.capture_folder
                and s.next_timestamp is null
            cross join lateral incident_engine.silence_policy(d.host_name, d.device_name, d.capture_folder) as p
            where
                d.ffmpeg_status <> 'no_data'
                and coalesce(s.timestamp + p.no_data_after <= as_of, true)
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

COMMENT ON FUNCTION incident_engine.find_silence(since timestamp with time zone, as_of timestamp with time zone) IS 'Silences that no fold has seen yet: gaps that ended in samples newer than since, and devices silent at as_of. One pass over the samples since the last round, whatever the length of the history.';

-- Name: first_sample_in(text, text, text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
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

COMMENT ON FUNCTION incident_engine.first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone) IS 'Time of a component''s first failing or healthy sample (condition) from not_before up to, not including, before; null when there is none.';

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
    spans incident_engine.touch[];
    regions incident_engine.touch[];
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
            greatest(t.from_time, incident_engine.first_plausible()),
            least(t.to_time, horizon)
        )::incident_engine.touch)
        from unnest(touched) as t
        where t.from_time <= horizon and t.to_time >= incident_engine.first_plausible()
    );
    if spans is null then
        return;
    end if;

    perform incident_engine.lock_hosts((select array_agg(distinct t.host_name) from unnest(spans) as t));
    perform incident_engine.register_devices(spans);
    regions := incident_engine.sample_regions(spans, horizon);
    if regions is null then
        return;
    end if;
    perform incident_engine.fold_states(regions, horizon);
    perform incident_engine.fold_incidents(regions, array['ffmpeg', 'monitor']);
end
$$;

-- Name: FUNCTION fold(touched incident_engine.touch[], as_of timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold(touched incident_engine.touch[], as_of timestamp with time zone) IS 'The one fold: samples -> device state history -> incidents, for live rows, late rows, retries, imports and rebuilds alike. Takes the spans of devices whose samples are new (or to be looked at again) and makes history and incidents there what the samples and the operators'' actions say; running it again changes nothing. Samples more than five minutes after as_of are kept for the sweep. Errors: 55P03 when another transaction holds the host for over 5 seconds.';

-- Name: fold_incidents(incident_engine.touch[], text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.fold_incidents(regions incident_engine.touch[], components text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    windows constant incident_engine.incident_window[] := incident_engine.incident_windows(
        regions, components
    );
    stretches constant incident_engine.stretch[] := incident_engine.stretches(windows);
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    matches incident_engine.incident_match[];
begin
    matches := incident_engine.match_incidents(windows, stretches);
    if matches is null then
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
end
$$;

-- Name: FUNCTION fold_incidents(regions incident_engine.touch[], components text[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold_incidents(regions incident_engine.touch[], components text[]) IS 'Makes the incidents around the regions what the state history says. An incident whose stretch grew keeps its number, two that join become the older one, a split keeps the first part, one that never was is retracted.';

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

CREATE FUNCTION incident_engine.fold_states(regions incident_engine.touch[], horizon timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    states constant incident.device_state[] := incident_engine.sampled_states(regions, horizon);
    runs incident.device_state[];
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

    select array_agg((
        r.host_name, r.device_name, r.capture_folder, r.started_at, r.ended_at, r.ffmpeg_status, r.monitor_status
    )::incident.device_state)
    into runs
    from run as r;

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
end
$$;

-- Name: FUNCTION fold_states(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.fold_states(regions incident_engine.touch[], horizon timestamp with time zone) IS 'Makes the state history of the regions what the samples say, writing only rows that differ. horizon: samples after it are not looked at.';

-- Name: host_lock(text); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.host_lock(host_name text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashtext(host_name) & 1023);

-- Name: FUNCTION host_lock(host_name text); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.host_lock(host_name text) IS 'Advisory lock number of a host (second key; the first is 7101): inserts hold it shared until they commit, folds hold it exclusively, so a fold sees every sample of the host and no insert misses a fold. 1024 numbers, so that a batch of any number of hosts fits into the lock table.';

-- Name: utc_text(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.utc_text(moment timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    RETURN to_char((moment AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text);

-- Name: FUNCTION utc_text(moment timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.utc_text(moment timestamp with time zone) IS 'A moment as text in UTC, the same whatever the session''s time zone and DateStyle.';

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

-- Name: incident_windows(incident_engine.touch[], text[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.incident_windows(regions incident_engine.touch[], components text[]) RETURNS incident_engine.incident_window[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        -- An incident that the region cuts through is looked at whole.
        with reach as (
            select r.host_name, r.device_name, r.capture_folder, c.component,
                least(r.from_time, case when coalesce(b.resolved_at, 'infinity') > r.from_time then b.detected_at end)
                as from_time,
                greatest(r.to_time, coalesce(e.resolved_at, case when e.detected_at is not null then timestamptz 'infinity' end))
                as to_time
            from unnest(regions) as r
            cross join unnest(components) as c (component)
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
            ) as b on true
            left join lateral (
                select i.detected_at, i.resolved_at
                from public.system_incident as i
                where
                    i.host_name = r.host_name
                    and i.device_name = r.device_name
                    and i.capture_folder = r.capture_folder
                    and i.component = c.component
                    and i.retracted_at is null
                    and i.detected_at < r.to_time
                order by i.detected_at desc
                limit 1
            ) as e on true
        ),

        bounded as (
            select r.host_name, r.device_name, r.capture_folder, r.component,
                coalesce((
                    select least(h.ended_at, r.from_time)
                    from incident_engine.recovery as h
                    where
                        h.host_name = r.host_name
                        and h.device_name = r.device_name
                        and h.capture_folder = r.capture_folder
                        and h.component = r.component
                        and h.started_at <= r.from_time
                    order by h.started_at desc
                    limit 1
                ), '-infinity') as from_time,
                case when r.to_time < 'infinity' then coalesce((
                    select greatest(h.started_at, r.to_time)
                    from incident_engine.recovery as h
                    where
                        h.host_name = r.host_name
                        and h.device_name = r.device_name
                        and h.capture_folder = r.capture_folder
                        and h.component = r.component
                        and h.ended_at > r.to_time
                        and h.started_at >= coalesce((
                            select max(s.started_at)
                            from incident.device_state as s
                            where
                                s.host_name = r.host_name
                                and s.device_name = r.device_name
                                and s.capture_folder = r.capture_folder
                                and s.started_at <= r.to_time
                        ), '-infinity')
                    order by h.started_at
                    limit 1
                ), 'infinity') else r.to_time end as to_time
            from reach as r
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

COMMENT ON FUNCTION incident_engine.incident_windows(regions incident_engine.touch[], components text[]) IS 'For each component the part of its life in which a fold of the regions can have changed incidents: from the last recovery before a region to the first one after it.';

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

-- Name: match_incidents(incident_engine.incident_window[], incident_engine.stretch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]) RETURNS incident_engine.incident_match[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        with stretch as (
            select s.*
            from unnest(stretches) with ordinality as s (
                host_name, device_name, capture_folder, component, started_at, ended_at,
                severity, first_severity, severity_since, stretch_no
            )
        ),

        -- A split keeps the first part.
        candidate as (
            select i.host_name, i.incident_id, i.detected_at, s.stretch_no
            from unnest(windows) as w
            join public.system_incident as i
                on i.host_name = w.host_name
                and i.device_name = w.device_name
                and i.capture_folder = w.capture_folder
                and i.component = w.component
                and i.detected_at >= w.from_time
                and i.detected_at < w.to_time
                and i.retracted_at is null
            left join lateral (
                select t.stretch_no
                from stretch as t
                where
                    (t.host_name, t.device_name, t.capture_folder, t.component)
                    = (i.host_name, i.device_name, i.capture_folder, i.component)
                    and (
                        t.started_at = i.detected_at
                        or (t.started_at < coalesce(i.resolved_at, 'infinity') and t.ended_at >= i.detected_at)
                    )
                order by t.started_at
                limit 1
            ) as s on true
        ),

        -- Two that join become the older one.
        ranked as (
            select c.*, first_value(c.incident_id) over (
                partition by c.host_name, c.stretch_no order by c.detected_at, c.incident_id
            ) as keeper
            from candidate as c
        ),

        kept as (
            select r.host_name, r.incident_id,
                case when r.incident_id = r.keeper then r.stretch_no end as stretch_no,
                case when r.incident_id <> r.keeper and r.stretch_no is not null then r.keeper end as joined_into
            from ranked as r
        )

        select array_agg((m.host_name, m.incident_id, m.stretch_no, m.joined_into)::incident_engine.incident_match)
        from (
            select k.* from kept as k
            union all
            select s.host_name, null, s.stretch_no, null
            from stretch as s
            where s.stretch_no not in (select k.stretch_no from kept as k where k.stretch_no is not null)
        ) as m
    );
end
$$;

-- Name: FUNCTION match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]) IS 'Decides which recorded incident is which stretch of the history, which are to be retracted and which to be opened.';

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
        select from incident_engine.sweep_state as s where s.swept_to <= now() - interval '60 seconds'
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

COMMENT ON FUNCTION incident_engine.on_host_metrics_insert() IS 'Statement trigger on system_metrics: runs the sweep when the last one is 60 seconds old. An error never loses a row.';

-- Name: open_incidents(incident_engine.incident_match[], incident_engine.stretch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_hashjoin TO 'on'
    AS $$
begin
    insert into public.system_incident (
        host_name, device_id, device_name, capture_folder, video_device, incident_type, severity, component, status,
        detected_at, resolved_at, resolved_by, detected_severity, severity_since, description, updated_by
    )
    select
        d.host_name,
        d.device_id,
        d.device_name,
        d.capture_folder,
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
        incident_engine.describe(s.component, s.severity, d.host_name, d.device_name, d.capture_folder),
        'engine'
    from unnest(matches) as m
    join unnest(stretches) with ordinality as s (
        host_name, device_name, capture_folder, component, started_at, ended_at,
        severity, first_severity, severity_since, stretch_no
    ) using (stretch_no)
    join incident.device as d
        on d.host_name = s.host_name and d.device_name = s.device_name and d.capture_folder = s.capture_folder
    where m.incident_id is null
    order by s.started_at, d.host_name, d.device_name, d.capture_folder, s.component;
end
$$;

-- Name: FUNCTION open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]) IS 'Records incidents for stretches that have none yet, ended ones as resolved.';

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

    raise warning 'pg_incident: the rows are stored, but working on them failed: % (%)',
        failure.message, failure.sqlstate
        using hint = 'The sweep tries again. See: select * from incident_engine.error where repaired_at is null;';
end
$$;

-- Name: FUNCTION record_error(failure incident_engine.failure, touched incident_engine.touch[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.record_error(failure incident_engine.failure, touched incident_engine.touch[]) IS 'Keeps an error of the engine and the device spans it concerns, one row per host (host_name '''' when it concerns none), for the sweep to fold again.';

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
    perform incident_engine.update_attention(regions, now() + interval '5 minutes');
    perform incident_engine.fold_incidents(regions, array['ffmpeg', 'monitor', 'system']);
end
$$;

-- Name: FUNCTION record_operator_actions(incident_ids bigint[]); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.record_operator_actions(incident_ids bigint[]) IS 'Remembers what operators did to the course of incidents (resolved or reopened them by hand), so that every later fold agrees.';

-- Name: refuse_sample_change(); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.refuse_sample_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if tg_op = 'DELETE' and coalesce(current_setting('incident_engine.writer', true), '') = 'upkeep' then
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
    first_plausible constant timestamptz := incident_engine.first_plausible();
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
                coalesce(lag(upper(s)) over device - near / 2, first_plausible) as not_before,
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
                            and m.timestamp >= greatest(s.from_time - near, first_plausible)
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

-- Name: update_attention(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

CREATE FUNCTION incident_engine.update_attention(regions incident_engine.touch[], horizon timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    update incident.device as d
    set attention_until = a.attention_until
    from (
        select n.host_name, n.device_name, n.capture_folder,
            (
                select coalesce(
                    incident_engine.sample_after(
                        n.host_name, n.device_name, n.capture_folder, max(cut.acted_at), horizon
                    ),
                    'infinity'
                )
                from incident_engine.operator_action as cut
                where
                    cut.host_name = n.host_name
                    and cut.device_name = n.device_name
                    and cut.capture_folder = n.capture_folder
                    and cut.action = 'cut'
                    and cut.acted_at >= n.state_started_at
                having count(*) > 0
            ) as attention_until
        from incident.device as n
        where (n.host_name, n.device_name, n.capture_folder) in (
            select r.host_name, r.device_name, r.capture_folder from unnest(regions) as r
        )
    ) as a
    where
        (d.host_name, d.device_name, d.capture_folder) = (a.host_name, a.device_name, a.capture_folder)
        and d.attention_until is distinct from a.attention_until;
end
$$;

-- Name: FUNCTION update_attention(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_attention(regions incident_engine.touch[], horizon timestamp with time zone) IS 'A cut within the present state of a device makes its next sample start an incident though it says nothing new. Remembers up to when samples must be looked at for that: the first sample after the last such cut, infinity until it comes.';

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

    perform incident_engine.update_attention(regions, horizon);
end
$$;

-- Name: FUNCTION update_devices(regions incident_engine.touch[], horizon timestamp with time zone); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_devices(regions incident_engine.touch[], horizon timestamp with time zone) IS 'Brings incident.device up to the state history after a fold; devices whose state did not change are not written.';

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
            when i.status = 'closed' then 'closed'
            else 'resolved'
        end,
        closed_at = case when not active then i.closed_at end,
        resolved_by = case when not active then coalesce(i.resolved_by, 'engine') end,
        severity = s.severity,
        detected_severity = s.first_severity,
        severity_since = s.severity_since,
        description = incident_engine.describe(
            i.component, s.severity, i.host_name, i.device_name, i.capture_folder
        ),
        updated_by = 'engine',
        update_note = case
            when i.resolved_at is not null or i.detected_at <> s.started_at then 'corrected by late samples'
        end
    from unnest(matches) as m
    join unnest(stretches) with ordinality as s (
        host_name, device_name, capture_folder, component, started_at, ended_at,
        severity, first_severity, severity_since, stretch_no
    ) using (stretch_no)
    where
        i.host_name = m.host_name
        and i.incident_id = m.incident_id
        and (s.ended_at = 'infinity') = active
        and (i.detected_at, i.resolved_at, i.severity, i.detected_severity, i.severity_since)
        is distinct from (
            s.started_at, nullif(s.ended_at, 'infinity'), s.severity, s.first_severity, s.severity_since
        );
end
$$;

-- Name: FUNCTION update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean); Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON FUNCTION incident_engine.update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean) IS 'Writes what a fold found out about recorded incidents: those that are over (active false), or that last (active true).';

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
    reopen_count
   FROM public.system_incident i
  WHERE (status = ANY (ARRAY['open'::text, 'in_progress'::text]))
  ORDER BY (incident.severity_rank(severity)), detected_at, incident_id;

-- Name: VIEW active; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.active IS 'What is broken right now: open and in_progress incidents, worst severity first, then oldest.';

-- Name: COLUMN active.minutes_open; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.minutes_open IS 'Whole minutes since detected_at.';

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

-- Name: announced; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.announced AS
 SELECT incident_id,
    severity,
    host_name,
    device_name,
    component,
    status,
    minutes_open,
    description,
    acknowledged_by,
    assignee,
    detected_at,
    acknowledged_at,
    device_id,
    capture_folder,
    video_device,
    incident_type,
    reopen_count
   FROM incident.active a
  WHERE (NOT (EXISTS ( SELECT
           FROM incident.maintenance m
          WHERE ((m.host_name = a.host_name) AND ((m.device_name IS NULL) OR ((m.device_name = a.device_name) AND (m.capture_folder = a.capture_folder))) AND (m.effective_period @> now())))));

-- Name: VIEW announced; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.announced IS 'Active incidents that people are to be told of: all but those of a device or host that is in maintenance now. What alerts read.';

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
                  WHERE ((p.inhparent = ('public.system_device_metrics'::regclass)::oid) AND (c.relname >= ('system_device_metrics_'::text || to_char((now() AT TIME ZONE 'UTC'::text), 'YYYYMMDD'::text))) AND (c.relname ~ '_[0-9]{8}$'::text))) AS partitions_ahead
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
        END), ''::text) AS problem
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

-- Name: maintenance_maintenance_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.maintenance ALTER COLUMN maintenance_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.maintenance_maintenance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

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

-- Name: component_state; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.component_state AS
 SELECT s.host_name,
    s.device_name,
    s.capture_folder,
    c.component,
    s.started_at,
    s.ended_at,
    c.status,
        CASE
            WHEN (c.status = ANY (ARRAY['stuck'::text, 'stopped'::text])) THEN 'failing'::text
            WHEN (c.status = 'active'::text) THEN 'healthy'::text
            ELSE 'neutral'::text
        END AS condition,
        CASE c.status
            WHEN 'stopped'::text THEN 'critical'::text
            WHEN 'stuck'::text THEN 'high'::text
            ELSE NULL::text
        END AS severity
   FROM (incident.device_state s
     CROSS JOIN LATERAL ( VALUES ('ffmpeg'::text,s.ffmpeg_status), ('monitor'::text,s.monitor_status)) c(component, status));

-- Name: VIEW component_state; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.component_state IS 'Device state history, one row per component: its condition (failing, healthy, neutral) and the severity of a failing one.';

-- Name: error_error_id_seq; Type: SEQUENCE; Schema: incident_engine; Owner: -

ALTER TABLE incident_engine.error ALTER COLUMN error_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident_engine.error_error_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

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

-- Name: recovery; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.recovery AS
 SELECT host_name,
    device_name,
    capture_folder,
    component,
    started_at,
    ended_at
   FROM incident_engine.component_state c
  WHERE ((condition = 'healthy'::text) AND (NOT (EXISTS ( SELECT
           FROM incident_engine.operator_action h
          WHERE (((h.host_name = c.host_name) AND (h.device_name = c.device_name) AND (h.capture_folder = c.capture_folder) AND (h.component = c.component)) AND (h.action = 'hold'::text) AND (EXISTS ( SELECT
                   FROM incident_engine.component_state g
                  WHERE (((g.host_name = c.host_name) AND (g.device_name = c.device_name) AND (g.capture_folder = c.capture_folder) AND (g.component = c.component)) AND (g.condition = 'healthy'::text) AND (g.started_at <= h.acted_at) AND (NOT (EXISTS ( SELECT
                           FROM incident_engine.component_state f
                          WHERE (((f.host_name = c.host_name) AND (f.device_name = c.device_name) AND (f.capture_folder = c.capture_folder) AND (f.component = c.component)) AND (f.condition = 'failing'::text) AND (f.started_at > g.started_at) AND (f.started_at <= h.acted_at)))))))) AND (NOT (EXISTS ( SELECT
                   FROM incident_engine.component_state f
                  WHERE (((f.host_name = c.host_name) AND (f.device_name = c.device_name) AND (f.capture_folder = c.capture_folder) AND (f.component = c.component)) AND (f.condition = 'failing'::text) AND (f.started_at <= GREATEST(c.started_at, h.acted_at)) AND (f.ended_at > LEAST(c.started_at, h.acted_at)))))))))));

-- Name: VIEW recovery; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.recovery IS 'Healthy states that end an incident: all but the healthy run in which an operator reopened one (a hold).';

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

-- Name: system_device_metrics_default; Type: TABLE ATTACH; Schema: public; Owner: -

ALTER TABLE ONLY public.system_device_metrics ATTACH PARTITION public.system_device_metrics_default DEFAULT;

-- Name: adoption adoption_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.adoption
    ADD CONSTRAINT adoption_pkey PRIMARY KEY (source);

-- Name: device device_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (host_name, device_name, capture_folder);

-- Name: device_state device_state_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device_state
    ADD CONSTRAINT device_state_pkey PRIMARY KEY (host_name, device_name, capture_folder, started_at);

-- Name: flapping flapping_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.flapping
    ADD CONSTRAINT flapping_pkey PRIMARY KEY (host_name, device_name, capture_folder, component, started_at);

-- Name: maintenance maintenance_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.maintenance
    ADD CONSTRAINT maintenance_pkey PRIMARY KEY (host_name, maintenance_id);

-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);

-- Name: policy policy_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (policy_id);

-- Name: policy policy_scope_is_unique; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy
    ADD CONSTRAINT policy_scope_is_unique UNIQUE NULLS NOT DISTINCT (host_name, device_name, capture_folder, component);

-- Name: quarantine quarantine_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (source, quarantine_id);

-- Name: sealed_report_line sealed_report_line_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report_line
    ADD CONSTRAINT sealed_report_line_pkey PRIMARY KEY (host_name, device_name, capture_folder, report_id);

-- Name: sealed_report sealed_report_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report
    ADD CONSTRAINT sealed_report_pkey PRIMARY KEY (report_id);

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

-- Name: sealed_report_period_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX sealed_report_period_idx ON incident.sealed_report USING btree (period, sealed_at);

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

-- Name: system_incident_resolved_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_resolved_idx ON public.system_incident USING btree (resolved_at);

-- Name: system_incident_status_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_status_idx ON public.system_incident USING btree (status);

-- Name: system_incident_type_severity_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_type_severity_idx ON public.system_incident USING btree (incident_type, severity);

-- Name: unique_open_incident; Type: INDEX; Schema: public; Owner: -

CREATE UNIQUE INDEX unique_open_incident ON public.system_incident USING btree (host_name, device_name, capture_folder, component) WHERE (status = ANY (ARRAY['open'::text, 'in_progress'::text]));

-- Name: system_device_metrics_default_pkey; Type: INDEX ATTACH; Schema: public; Owner: -

ALTER INDEX public.system_device_metrics_pkey ATTACH PARTITION public.system_device_metrics_default_pkey;

-- Name: system_device_metrics_default_timestamp_idx; Type: INDEX ATTACH; Schema: public; Owner: -

ALTER INDEX public.system_device_metrics_timestamp_idx ATTACH PARTITION public.system_device_metrics_default_timestamp_idx;

-- Name: timeline timeline_is_append_only; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER timeline_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON incident.timeline FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_timeline_change();

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

-- Name: device_state device_state_device_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device_state
    ADD CONSTRAINT device_state_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder);

-- Name: flapping flapping_device_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.flapping
    ADD CONSTRAINT flapping_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder);

-- Name: sealed_report_line sealed_report_line_device_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report_line
    ADD CONSTRAINT sealed_report_line_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder);

-- Name: timeline timeline_incident_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.timeline
    ADD CONSTRAINT timeline_incident_fkey FOREIGN KEY (host_name, incident_id) REFERENCES public.system_incident(host_name, incident_id);

-- Name: operator_action operator_action_device_fkey; Type: FK CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.operator_action
    ADD CONSTRAINT operator_action_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder);

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

-- Name: FUNCTION first_plausible(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.first_plausible() FROM PUBLIC;

-- Name: FUNCTION history_violations(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.history_violations() FROM PUBLIC;

-- Name: FUNCTION stretches(windows incident_engine.incident_window[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.stretches(windows incident_engine.incident_window[]) FROM PUBLIC;

-- Name: FUNCTION whole_minutes(from_time timestamp with time zone, to_time timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.whole_minutes(from_time timestamp with time zone, to_time timestamp with time zone) FROM PUBLIC;

-- Name: TABLE timeline; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.timeline TO incident_viewer;

-- Name: FUNCTION incident_violations(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.incident_violations() FROM PUBLIC;

-- Name: TABLE policy; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.policy TO incident_viewer;

-- Name: FUNCTION silence_policy(host_name text, device_name text, capture_folder text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.silence_policy(host_name text, device_name text, capture_folder text) FROM PUBLIC;

-- Name: TABLE system_device_metrics; Type: ACL; Schema: public; Owner: -

GRANT INSERT ON TABLE public.system_device_metrics TO incident_agent;
GRANT SELECT ON TABLE public.system_device_metrics TO incident_viewer;

-- Name: FUNCTION sample_violations(since timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.sample_violations(since timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION check_invariants(since timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.check_invariants(since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.check_invariants(since timestamp with time zone) TO incident_admin;

-- Name: FUNCTION close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.close(incident_id bigint, root_cause text, note text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.comment(incident_id bigint, note text, operator text, acted_at timestamp with time zone) TO incident_operator;

-- Name: FUNCTION maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.maintenance_piece(window_start timestamp with time zone, window_end timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.failure_piece(window_start timestamp with time zone, window_end timestamp with time zone, as_of timestamp with time zone, by text) TO incident_viewer;

-- Name: FUNCTION mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.mtbf(window_start timestamp with time zone, window_end timestamp with time zone, by text, as_of timestamp with time zone) TO incident_viewer;

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

-- Name: FUNCTION seal_report(period tstzrange, note text, operator text); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.seal_report(period tstzrange, note text, operator text) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.seal_report(period tstzrange, note text, operator text) TO incident_operator;

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

-- Name: FUNCTION trends(weeks integer, time_zone text, as_of timestamp with time zone); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.trends(weeks integer, time_zone text, as_of timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.trends(weeks integer, time_zone text, as_of timestamp with time zone) TO incident_viewer;

-- Name: FUNCTION verify_report(report_id bigint); Type: ACL; Schema: incident; Owner: -

REVOKE ALL ON FUNCTION incident.verify_report(report_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION incident.verify_report(report_id bigint) TO incident_viewer;

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

-- Name: FUNCTION before_incident_write(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.before_incident_write() FROM PUBLIC;

-- Name: FUNCTION begin_incident_change(incident_id bigint, operator text, acted_at timestamp with time zone, changes_course boolean); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.begin_incident_change(incident_id bigint, operator text, acted_at timestamp with time zone, changes_course boolean) FROM PUBLIC;

-- Name: FUNCTION describe(component text, severity text, host_name text, device_name text, capture_folder text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.describe(component text, severity text, host_name text, device_name text, capture_folder text) FROM PUBLIC;

-- Name: FUNCTION effective_policy(host_name text, device_name text, capture_folder text, component text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.effective_policy(host_name text, device_name text, capture_folder text, component text) FROM PUBLIC;

-- Name: FUNCTION end_incident_change(subject public.system_incident); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.end_incident_change(subject public.system_incident) FROM PUBLIC;

-- Name: FUNCTION ensure_partition(day date); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.ensure_partition(day date) FROM PUBLIC;

-- Name: FUNCTION ensure_partitions(from_time timestamp with time zone, to_time timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.ensure_partitions(from_time timestamp with time zone, to_time timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION find_silence(since timestamp with time zone, as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.find_silence(since timestamp with time zone, as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.first_sample_in(host_name text, device_name text, capture_folder text, component text, condition text, not_before timestamp with time zone, before timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold(touched incident_engine.touch[], as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold(touched incident_engine.touch[], as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold_incidents(regions incident_engine.touch[], components text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_incidents(regions incident_engine.touch[], components text[]) FROM PUBLIC;

-- Name: FUNCTION fold_safely(touched incident_engine.touch[], as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_safely(touched incident_engine.touch[], as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION fold_states(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.fold_states(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION host_lock(host_name text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.host_lock(host_name text) FROM PUBLIC;

-- Name: FUNCTION utc_text(moment timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.utc_text(moment timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION host_record(host_name text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.host_record(host_name text) FROM PUBLIC;

-- Name: FUNCTION incident_windows(regions incident_engine.touch[], components text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.incident_windows(regions incident_engine.touch[], components text[]) FROM PUBLIC;

-- Name: FUNCTION lock_hosts(host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.lock_hosts(host_names text[]) FROM PUBLIC;

-- Name: FUNCTION make_partitions_ahead(as_of timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.make_partitions_ahead(as_of timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.match_incidents(windows incident_engine.incident_window[], stretches incident_engine.stretch[]) FROM PUBLIC;

-- Name: FUNCTION on_device_metrics_insert(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.on_device_metrics_insert() FROM PUBLIC;

-- Name: FUNCTION on_host_metrics_insert(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.on_host_metrics_insert() FROM PUBLIC;

-- Name: FUNCTION open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.open_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[]) FROM PUBLIC;

-- Name: FUNCTION record_error(failure incident_engine.failure, touched incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.record_error(failure incident_engine.failure, touched incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION record_operator_actions(incident_ids bigint[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.record_operator_actions(incident_ids bigint[]) FROM PUBLIC;

-- Name: FUNCTION refuse_sample_change(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.refuse_sample_change() FROM PUBLIC;

-- Name: FUNCTION refuse_timeline_change(); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.refuse_timeline_change() FROM PUBLIC;

-- Name: FUNCTION register_devices(touched incident_engine.touch[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.register_devices(touched incident_engine.touch[]) FROM PUBLIC;

-- Name: FUNCTION report_digest(report_id bigint); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.report_digest(report_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION incident_engine.report_digest(report_id bigint) TO incident_viewer;

-- Name: FUNCTION require_text(value text, parameter text); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.require_text(value text, parameter text) FROM PUBLIC;

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

-- Name: FUNCTION take_over(host_names text[]); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.take_over(host_names text[]) FROM PUBLIC;

-- Name: FUNCTION update_attention(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_attention(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION update_devices(regions incident_engine.touch[], horizon timestamp with time zone); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_devices(regions incident_engine.touch[], horizon timestamp with time zone) FROM PUBLIC;

-- Name: FUNCTION update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean); Type: ACL; Schema: incident_engine; Owner: -

REVOKE ALL ON FUNCTION incident_engine.update_incidents(matches incident_engine.incident_match[], stretches incident_engine.stretch[], active boolean) FROM PUBLIC;

-- Name: TABLE active; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.active TO incident_viewer;

-- Name: TABLE announced; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.announced TO incident_viewer;

-- Name: TABLE health; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.health TO incident_viewer;

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

-- Name: TABLE system_metrics; Type: ACL; Schema: public; Owner: -

GRANT INSERT ON TABLE public.system_metrics TO incident_agent;
GRANT SELECT ON TABLE public.system_metrics TO incident_viewer;
