-- Name: incident; Type: SCHEMA; Schema: -; Owner: -

CREATE SCHEMA incident;

-- Name: SCHEMA incident; Type: COMMENT; Schema: -; Owner: -

COMMENT ON SCHEMA incident IS 'pg_incident: everything people touch, that is functions, views, policy, timeline';

-- Name: incident_engine; Type: SCHEMA; Schema: -; Owner: -

CREATE SCHEMA incident_engine;

-- Name: SCHEMA incident_engine; Type: COMMENT; Schema: -; Owner: -

COMMENT ON SCHEMA incident_engine IS 'pg_incident: what triggers run and where the engine keeps its own tables. Nobody but the owner uses it.';

-- Name: board_line; Type: TYPE; Schema: incident; Owner: -

CREATE TYPE incident.board_line AS (
	id bigint,
	severity text,
	state text,
	place text,
	since text,
	who text,
	what text
);

-- Name: TYPE board_line; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TYPE incident.board_line IS 'What incident.board shows of an incident, and the verbs return: a line of at most 100 columns in psql.';

-- Name: maintenance_line; Type: TYPE; Schema: incident; Owner: -

CREATE TYPE incident.maintenance_line AS (
	id bigint,
	state text,
	place text,
	starts text,
	ends text,
	reason text
);

-- Name: TYPE maintenance_line; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TYPE incident.maintenance_line IS 'What the functions that plan maintenance return: a line of at most 100 columns in psql, with the times in the session''s time zone.';

-- Name: adoption_counts; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.adoption_counts AS (
	rows_read bigint,
	rows_adopted bigint,
	rows_quarantined bigint
);

-- Name: derived_incident; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.derived_incident AS (
	subject integer,
	detected_at timestamp with time zone,
	resolved_at timestamp with time zone,
	severity text,
	detected_severity text,
	severity_since timestamp with time zone,
	reopen_count integer,
	reopened_at timestamp with time zone,
	flapping_since timestamp with time zone
);

-- Name: claim; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.claim AS (
	incident_id bigint,
	is_worked_on boolean,
	is_aside boolean,
	from_time timestamp with time zone,
	to_time timestamp with time zone,
	lost_to bigint,
	recorded incident_engine.derived_incident
);

-- Name: policy; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.policy (
    policy_id bigint NOT NULL,
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
    unknown_after interval,
    site integer DEFAULT 0 NOT NULL,
    CONSTRAINT close_after_is_positive CHECK ((close_after > '00:00:00'::interval)),
    CONSTRAINT component_is_known CHECK ((component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text, 'system'::text]))),
    CONSTRAINT cpu_percent_limit_is_positive CHECK (((cpu_percent_limit > (0)::numeric) AND (cpu_percent_limit <> 'NaN'::numeric))),
    CONSTRAINT default_policy_is_complete CHECK (((host_name IS NOT NULL) OR (component IS NOT NULL) OR ((sample_interval IS NOT NULL) AND (no_data_after IS NOT NULL) AND (sla_target IS NOT NULL) AND (open_after IS NOT NULL) AND (resolve_after IS NOT NULL) AND (reopen_within IS NOT NULL) AND (flapping_start_percent IS NOT NULL) AND (new_device_grace IS NOT NULL) AND (cpu_percent_limit IS NOT NULL) AND (cpu_samples IS NOT NULL) AND (memory_percent_limit IS NOT NULL) AND (memory_samples IS NOT NULL) AND (disk_percent_limit IS NOT NULL) AND (disk_samples IS NOT NULL) AND (temperature_celsius_limit IS NOT NULL) AND (temperature_samples IS NOT NULL) AND (unknown_after IS NOT NULL)))),
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
    CONSTRAINT temperature_celsius_limit_is_positive CHECK (((temperature_celsius_limit > (0)::numeric) AND (temperature_celsius_limit <> 'NaN'::numeric))),
    CONSTRAINT unknown_after_is_positive CHECK ((unknown_after > '00:00:00'::interval))
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

-- Name: COLUMN policy.unknown_after; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.unknown_after IS 'How long ffmpeg or monitor of a device may be unknown before that is a system incident (medium).';

-- Name: COLUMN policy.site; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.policy.site IS 'Number of the site that said so; a row without a host is for the hosts of that site.';

-- Name: component_span; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.component_span AS (
	host_name text,
	device_name text,
	capture_folder text,
	component text,
	from_time timestamp with time zone,
	to_time timestamp with time zone,
	policy incident.policy
);

-- Name: failure; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.failure AS (
	sqlstate text,
	message text,
	detail text,
	hint text,
	context text
);

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
    anchored_at timestamp with time zone,
    anchored_from timestamp with time zone,
    anchored_to timestamp with time zone,
    engine_reopen_count integer DEFAULT 0 NOT NULL,
    reopened_at timestamp with time zone,
    flapping_since timestamp with time zone,
    part_of bigint,
    announced_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    dismissed_at timestamp with time zone,
    dismissed_by text,
    as_recorded boolean DEFAULT false NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT acknowledged_at_and_by_go_together CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
    CONSTRAINT anchored_at_and_from_go_together CHECK (((anchored_at IS NULL) = (anchored_from IS NULL))),
    CONSTRAINT closed_means_closed_at CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
    CONSTRAINT component_is_known CHECK ((component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text, 'system'::text]))),
    CONSTRAINT detected_severity_is_known CHECK ((detected_severity = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT dismissed_at_and_by_go_together CHECK (((dismissed_at IS NULL) = (dismissed_by IS NULL))),
    CONSTRAINT durations_are_not_negative CHECK (((detection_to_ack_minutes >= 0) AND (ack_to_resolution_minutes >= 0) AND (total_duration_minutes >= 0))),
    CONSTRAINT in_progress_means_acknowledged CHECK (((status <> 'in_progress'::text) OR (acknowledged_at IS NOT NULL))),
    CONSTRAINT incident_type_is_known CHECK ((incident_type = ANY (ARRAY['ffmpeg_failure'::text, 'monitor_failure'::text, 'system_failure'::text]))),
    CONSTRAINT incident_type_names_the_component CHECK ((incident_type = (component || '_failure'::text))),
    CONSTRAINT metadata_is_an_object_of_at_most_100_kb CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 100000))),
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

COMMENT ON TABLE public.system_incident IS 'One row per incident: a time in which a component of a device, or a host, failed. Opened, escalated and resolved by the engine, worked by people through the functions of schema incident.';

-- Name: COLUMN system_incident.severity; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.severity IS 'Worst seen in the incident. ffmpeg, monitor: stuck is high, stopped critical. system: a silent host is critical, a silent device high, a host over a limit medium.';

-- Name: COLUMN system_incident.status; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.status IS 'open -> in_progress (acknowledged) -> resolved -> closed; open -> resolved; in_progress -> open (unacknowledged); resolved or closed -> open (reopened).';

-- Name: COLUMN system_incident.detected_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.detected_at IS 'Start of the first failing state, by the samples.';

-- Name: COLUMN system_incident.acknowledged_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.acknowledged_at IS 'When a person first acknowledged it.';

-- Name: COLUMN system_incident.resolved_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.resolved_at IS 'Start of the next healthy state, by the samples, or when a person resolved it by hand.';

-- Name: COLUMN system_incident.closed_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.closed_at IS 'When a person closed it, or the sweep by the policy close_after.';

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

COMMENT ON COLUMN public.system_incident.anchored_at IS 'The moment of its failure at which a person first acted on it (the end of the failure, if it was over): the incident follows the failure that holds this moment, else the last one before it, else the next.';

-- Name: COLUMN system_incident.anchored_from; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.anchored_from IS 'detected_at as it was when a person first acted on the incident; null while nobody has.';

-- Name: COLUMN system_incident.anchored_to; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.anchored_to IS 'Up to when that next one may begin: the end of the failure as a person saw it, or the moment at which the database learned that it is over. Null while it lasts.';

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

-- Name: COLUMN system_incident.snoozed_until; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.snoozed_until IS 'A person has asked not to be told of it again before that; null: nobody has.';

-- Name: COLUMN system_incident.dismissed_at; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.dismissed_at IS 'When a person called it a false alarm: it is left out of the board, reports and what people are told; null: nobody has.';

-- Name: COLUMN system_incident.dismissed_by; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.dismissed_by IS 'Who called it a false alarm.';

-- Name: COLUMN system_incident.as_recorded; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.as_recorded IS 'True: an earlier monitoring recorded it, and no sample tells of it; people alone change it, until a sample does.';

-- Name: COLUMN system_incident.metadata; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_incident.metadata IS 'Evidence: links and the like, by name. Written by incident.add_evidence() and report_evidence().';

-- Name: incident_change; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.incident_change AS (
	incident public.system_incident,
	event text
);

-- Name: refusal; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.refusal AS (
	incident_id bigint,
	errcode text,
	message text,
	detail text,
	hint text
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

-- Name: verdict; Type: TYPE; Schema: incident_engine; Owner: -

CREATE TYPE incident_engine.verdict AS (
	subject integer,
	incident_id bigint,
	derived incident_engine.derived_incident,
	joined_into bigint
);

-- Name: current_operator(); Type: FUNCTION; Schema: incident; Owner: -
-- Name: acknowledge(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: acknowledge(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: add_evidence(bigint[], jsonb, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: add_evidence(bigint, jsonb, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: add_maintenance(text, timestamp with time zone, timestamp with time zone, text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -

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

-- Name: route; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.route (
    route_id bigint NOT NULL,
    escalation text,
    host_pattern text,
    host_like text GENERATED ALWAYS AS (replace(replace(replace(replace(host_pattern, '\'::text, '\\'::text), '%'::text, '\%'::text), '_'::text, '\_'::text), '*'::text, '%'::text)) STORED,
    device_name text,
    component text,
    at_least text,
    local_from time without time zone,
    local_to time without time zone,
    time_zone text,
    note text,
    added_by text DEFAULT SESSION_USER NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT at_least_is_known CHECK ((at_least = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT component_is_known CHECK ((component = ANY (ARRAY['ffmpeg'::text, 'monitor'::text, 'system'::text]))),
    CONSTRAINT hours_have_both_ends_and_a_zone CHECK ((num_nulls(local_from, local_to, time_zone) = ANY (ARRAY[0, 3])))
);

-- Name: TABLE route; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.route IS 'Which incidents go to which escalation; of the routes that fit the most specific counts (incident.route_for).';

-- Name: COLUMN route.escalation; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.escalation IS 'Null: nobody is told.';

-- Name: COLUMN route.host_pattern; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.host_pattern IS 'The host''s name, * for any characters; null: every host.';

-- Name: COLUMN route.host_like; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.host_like IS 'The same as LIKE takes it.';

-- Name: COLUMN route.device_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.device_name IS 'Null: every device.';

-- Name: COLUMN route.component; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.component IS 'Null: every component.';

-- Name: COLUMN route.at_least; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.at_least IS 'The least severity; null: every severity.';

-- Name: COLUMN route.local_from; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.local_from IS 'From this time of the local day on, up to local_to, past midnight where that is earlier.';

-- Name: COLUMN route.added_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.route.added_at IS 'When the transaction that added it began.';

-- Name: add_route(text, text, text, text, text, time without time zone, time without time zone, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: after_restore(boolean); Type: FUNCTION; Schema: incident; Owner: -

-- Name: agent_host; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.agent_host (
    login text NOT NULL,
    host_name text NOT NULL,
    allowed_by text DEFAULT SESSION_USER NOT NULL,
    allowed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT login_is_not_empty CHECK ((login <> ''::text))
);

-- Name: TABLE agent_host; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.agent_host IS 'Which login may insert metric rows of which host; the functions allow_agent and forbid_agent write it, row security of the metric tables asks it. The view agents shows it.';

-- Name: COLUMN agent_host.login; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.agent_host.login IS 'Name of the database login (session_user), or of the role that it becomes (current_user).';

-- Name: COLUMN agent_host.host_name; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.agent_host.host_name IS 'Host whose rows it may insert; * for every host.';

-- Name: COLUMN agent_host.allowed_by; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.agent_host.allowed_by IS 'The login that allowed it (session_user).';

-- Name: COLUMN agent_host.allowed_at; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.agent_host.allowed_at IS 'When.';

-- Name: allow_agent(text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: amend(bigint[], text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: amend(bigint, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: assign(bigint[], text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: assign(bigint, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: at_site(text, text, jsonb, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: check_report(timestamp with time zone, timestamp with time zone, timestamp with time zone, text, text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: condition(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: own_site; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.own_site (
    only_row boolean DEFAULT true NOT NULL,
    site integer DEFAULT 0 NOT NULL,
    CONSTRAINT site_has_at_most_five_digits CHECK (((site >= 0) AND (site <= 99999))),
    CONSTRAINT there_is_one_row CHECK (only_row)
);

-- Name: TABLE own_site; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.own_site IS 'Number of the site that this database is; set before its first row by make migrate SITE=...';

-- Name: own_site(); Type: FUNCTION; Schema: incident_engine; Owner: -

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
    site integer DEFAULT 0 NOT NULL,
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT over_limits_are_known CHECK ((over_limits <@ ARRAY['cpu'::text, 'memory'::text, 'disk'::text, 'temperature'::text, 'clock'::text])),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['reporting'::text, 'silent'::text, 'over_limit'::text, 'unreachable'::text, 'new'::text, 'retired'::text])))
);

-- Name: TABLE host; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.host IS 'Every host heard of, by a device''s sample or by a row of its own in system_metrics, with its present condition.';

-- Name: COLUMN host.first_seen_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.first_seen_at IS 'Its first signal: the first sample of one of its devices, or its first row.';

-- Name: COLUMN host.registered_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.registered_at IS 'When the database learned of the host.';

-- Name: COLUMN host.status; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.status IS 'reporting; silent; over_limit (load, disk or temperature); unreachable (silent, but the database was down too); new (fell silent while it was being set up); retired.';

-- Name: COLUMN host.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.reason IS 'What is wrong now, in words; null when nothing is.';

-- Name: COLUMN host.state_started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.state_started_at IS 'Since when that has been so.';

-- Name: COLUMN host.is_silent; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.is_silent IS 'Whether nothing has been heard of it for no_data_after, for whatever reason.';

-- Name: COLUMN host.over_limits; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.over_limits IS 'What is at or above its limit: cpu, memory, disk, temperature, clock.';

-- Name: COLUMN host.site; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host.site IS 'Number of the site that it lives in.';

-- Name: site; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.site (
    site integer NOT NULL,
    name text NOT NULL,
    version text NOT NULL,
    swept_to timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    errors_waiting bigint DEFAULT 0 NOT NULL,
    slot_bytes bigint,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT name_is_a_name CHECK ((name ~ '^[[:alnum:]][[:alnum:]._-]{0,62}$'::text))
);

-- Name: TABLE site; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.site IS 'Databases that publish to a central one: at a site its own row, at a central database one for each. A site writes its row itself.';

-- Name: COLUMN site.site; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site.site IS 'Its number: all numbers that it gives away begin with it (site * 10000000000).';

-- Name: COLUMN site.name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site.name IS 'What people call it.';

-- Name: COLUMN site.version; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site.version IS 'The version of pg_incident that it runs.';

-- Name: COLUMN site.swept_to; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site.swept_to IS 'Up to when its sweep has looked: what it says of its hosts holds up to then, and what lies after is not known yet.';

-- Name: COLUMN site.errors_waiting; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site.errors_waiting IS 'Errors of its engine that wait for repair.';

-- Name: COLUMN site.slot_bytes; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site.slot_bytes IS 'Bytes of the write-ahead log that it keeps for the central database that is furthest behind; null: nobody subscribes.';

-- Name: COLUMN site.published_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site.published_at IS 'When it was first published.';

-- Name: known_until(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: overlay_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

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
-- Name: is_copying(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: site_of(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silence_policy(text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silence_span(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

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
    recheck_until timestamp with time zone
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

-- Name: COLUMN device.recheck_until; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.device.recheck_until IS 'Samples up to then are looked at even if they say nothing new: infinity while the next may open or resolve an incident, or end flapping; the start of an incident that began within the present state. Null: none.';

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

-- Name: retired_span(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: life_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: round_down(numeric, integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: percent(numeric, numeric); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: scoped_life(timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: scoped_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sla_status(numeric, numeric); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sla_target(text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: spent_time(timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: availability(timestamp with time zone, timestamp with time zone, boolean, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: bucket_edges(text, text, timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: last_place(timestamp with time zone, timestamp with time zone[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: spent_by_place(timestamp with time zone[], timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: availability_by(text, text, timestamp with time zone, timestamp with time zone, boolean, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: backtest_records(incident.policy, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: backtest(text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: backtest_incidents(text, text, text, text, interval, interval, interval, interval, interval, numeric, numeric, interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: clock_tolerance(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: derive_incidents(incident_engine.component_span[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

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
    CONSTRAINT failing_has_a_reason_and_a_severity CHECK ((((status = ANY (ARRAY['silent'::text, 'unknown'::text, 'over_limit'::text])) = (reason IS NOT NULL)) AND ((reason IS NULL) = (severity IS NULL)))),
    CONSTRAINT severity_is_known CHECK ((severity = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text]))),
    CONSTRAINT state_ends_after_it_starts CHECK ((started_at < ended_at)),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['reporting'::text, 'silent'::text, 'unknown'::text, 'over_limit'::text, 'unreachable'::text, 'new'::text, 'retired'::text])))
);

-- Name: TABLE system_state; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.system_state IS 'History of the component system: of each host (device_name = host_name, capture_folder ''host'') and of each device, one row per change, from the first time that it did not report as it should.';

-- Name: COLUMN system_state.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.started_at IS 'First moment of the state.';

-- Name: COLUMN system_state.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.ended_at IS 'First moment of the next state; infinity while current.';

-- Name: COLUMN system_state.status; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.status IS 'reporting; silent; over_limit (hosts); unreachable (silent like its host, or like every host while the database was down, or not yet told apart); new (fell silent while it was being set up); retired.';

-- Name: COLUMN system_state.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.reason IS 'What was wrong, in words; null when nothing was.';

-- Name: COLUMN system_state.severity; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.system_state.severity IS 'Silent host: critical; silent device: high; over a limit: medium.';

-- Name: device_system_states(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: effective_policies(incident_engine.touch[], text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: first_plausible(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: history_violations(); Type: FUNCTION; Schema: incident_engine; Owner: -

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
    CONSTRAINT cause_is_known CHECK ((cause = ANY (ARRAY['silent'::text, 'cpu'::text, 'memory'::text, 'disk'::text, 'temperature'::text, 'clock'::text]))),
    CONSTRAINT condition_ends_after_it_starts CHECK ((started_at < ended_at)),
    CONSTRAINT load_has_a_value_and_a_limit CHECK ((((cause <> 'silent'::text) = (value IS NOT NULL)) AND ((cause <> 'silent'::text) = (limit_value IS NOT NULL)))),
    CONSTRAINT silence_has_a_last_signal CHECK ((((cause = ANY (ARRAY['silent'::text, 'clock'::text])) = (last_signal_at IS NOT NULL)) AND ((cause = 'silent'::text) = (reached_at IS NOT NULL))))
);

-- Name: TABLE host_condition; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.host_condition IS 'What was wrong with each host and when, one row per cause and time: silent (neither a sample of its devices nor a row of its own for no_data_after), or cpu, memory, disk, temperature (so many rows in a row at or above the limit).';

-- Name: COLUMN host_condition.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.started_at IS 'The first missed signal; the first row at or above the limit.';

-- Name: COLUMN host_condition.ended_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.ended_at IS 'The next signal; the first row below the limit; infinity while it lasts.';

-- Name: COLUMN host_condition.value; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.value IS 'What that first row said, in percent or degrees Celsius; for clock, by how many seconds it is ahead.';

-- Name: COLUMN host_condition.limit_value; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.limit_value IS 'The limit that it reached.';

-- Name: COLUMN host_condition.last_signal_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.last_signal_at IS 'The last signal before the silence; when a wrong clock was last noticed.';

-- Name: COLUMN host_condition.reached_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_condition.reached_at IS 'When the silence had lasted no_data_after.';

-- Name: host_overloads(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: host_silences(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: host_states(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: sweep_state; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.sweep_state (
    only_row boolean DEFAULT true NOT NULL,
    swept_to timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    alive_at timestamp with time zone,
    samples_from timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    is_scheduled boolean DEFAULT false NOT NULL,
    ran_on text,
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

-- Name: COLUMN sweep_state.ran_on; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.sweep_state.ran_on IS 'Where it ran then, see incident_engine.server_identity: elsewhere now means restored, or a standby that was promoted.';

-- Name: samples_from(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: whole_minutes(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

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
    CONSTRAINT event_is_known CHECK ((event = ANY (ARRAY['detected'::text, 'severity_changed'::text, 'acknowledged'::text, 'assigned'::text, 'commented'::text, 'resolved'::text, 'closed'::text, 'reopened'::text, 'corrected'::text, 'retracted'::text, 'flapping_started'::text, 'flapping_stopped'::text, 'reason_changed'::text, 'linked'::text, 'unlinked'::text, 'maintenance_started'::text, 'maintenance_ended'::text, 'restored'::text, 'told'::text, 'telling_failed'::text, 'snoozed'::text, 'unacknowledged'::text, 'amended'::text, 'dismissed'::text, 'undismissed'::text, 'moved'::text]))),
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
    extended_by text,
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

COMMENT ON COLUMN incident.maintenance.end_recorded_by IS 'The database login that ended it early or extended it (session_user).';

-- Name: COLUMN maintenance.extended_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.maintenance.extended_by IS 'Who extended it last, as stated to the function.';

-- Name: maintenance_covers(incident.maintenance, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: overload_regions(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: retention; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.retention (
    only_row boolean DEFAULT true NOT NULL,
    keep_samples interval,
    accept_late interval DEFAULT '400 days'::interval,
    CONSTRAINT accept_late_is_a_day_or_longer CHECK ((accept_late >= '1 day'::interval)),
    CONSTRAINT keep_samples_is_two_days_or_longer CHECK ((keep_samples >= '2 days'::interval)),
    CONSTRAINT there_is_one_row CHECK (only_row)
);

-- Name: TABLE retention; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.retention IS 'How long raw samples are kept. History and incidents stay for ever. One row.';

-- Name: COLUMN retention.keep_samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retention.keep_samples IS 'Whole days (UTC) of samples older than this are removed by the sweep. Null, the default: never.';

-- Name: COLUMN retention.accept_late; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.retention.accept_late IS 'Rows older than this on arrival (timestamp before created_at) are stored and count for nothing: a clock was wrong. Null: all count.';

-- Name: void_period; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.void_period (
    host_name text NOT NULL,
    void_id bigint NOT NULL,
    device_name text,
    capture_folder text,
    period tstzrange NOT NULL,
    reason text NOT NULL,
    voided_at timestamp with time zone DEFAULT now() NOT NULL,
    voided_by text NOT NULL,
    restored_at timestamp with time zone,
    restored_by text,
    restore_reason text,
    recorded_by text DEFAULT SESSION_USER NOT NULL,
    CONSTRAINT folder_names_its_device CHECK (((capture_folder IS NULL) OR (device_name IS NOT NULL))),
    CONSTRAINT period_is_not_empty CHECK ((NOT isempty(period))),
    CONSTRAINT who_and_when_restored_go_together CHECK ((((restored_at IS NULL) = (restored_by IS NULL)) AND ((restored_at IS NULL) = (restore_reason IS NULL))))
);

-- Name: TABLE void_period; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.void_period IS 'Samples declared void by incident.void_samples: they are stored and count for nothing, until incident.restore_samples takes it back.';

-- Name: COLUMN void_period.device_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.device_name IS 'Null: the host with all its devices and its own rows.';

-- Name: COLUMN void_period.capture_folder; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.capture_folder IS 'Null: all of the device.';

-- Name: COLUMN void_period.period; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.period IS 'The samples with a timestamp in it count for nothing.';

-- Name: COLUMN void_period.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.reason IS 'Why, as the person put it.';

-- Name: COLUMN void_period.voided_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.voided_at IS 'When the transaction that declared them void began.';

-- Name: COLUMN void_period.voided_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.voided_by IS 'Who, as stated to the function.';

-- Name: COLUMN void_period.restored_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.restored_at IS 'When it was taken back; null while it holds.';

-- Name: COLUMN void_period.recorded_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.void_period.recorded_by IS 'The database login that did it (session_user).';

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
    CONSTRAINT names_have_at_most_500_bytes CHECK (((octet_length(host_name) <= 500) AND (octet_length(device_name) <= 500) AND (octet_length(capture_folder) <= 500) AND (octet_length(device_id) <= 500))),
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

-- Name: sample; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.sample AS
 SELECT host_name,
    device_name,
    capture_folder,
    "timestamp",
    ffmpeg_status,
    monitor_status,
    device_id,
    video_device,
    created_at
   FROM public.system_device_metrics m
  WHERE (COALESCE(((created_at - "timestamp") <= ( SELECT r.accept_late
           FROM incident.retention r)), true) AND (NOT (EXISTS ( SELECT
           FROM incident.void_period v
          WHERE ((v.host_name = m.host_name) AND (v.restored_at IS NULL) AND (v.period @> m."timestamp") AND ((v.device_name = m.device_name) OR (v.device_name IS NULL)) AND ((v.capture_folder = m.capture_folder) OR (v.capture_folder IS NULL)))))));

-- Name: VIEW sample; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.sample IS 'The samples that count: those that were not implausibly old when they arrived, and that nobody has declared void. Whatever derives anything from samples reads them here.';

-- Name: sample_violations(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silenced_by(public.system_incident, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silenced_until(public.system_incident, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: system_violations(); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: message; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.message (
    message_id bigint NOT NULL,
    contact text NOT NULL,
    recipient text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    state_at timestamp with time zone DEFAULT now() NOT NULL,
    reason text,
    held_back integer DEFAULT 0 NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    leased_by text,
    leased_until timestamp with time zone,
    CONSTRAINT leased_by_and_until_go_together CHECK (((leased_by IS NULL) = (leased_until IS NULL))),
    CONSTRAINT pending_alone_is_leased CHECK (((leased_until IS NULL) OR (state = 'pending'::text))),
    CONSTRAINT state_is_known CHECK ((state = ANY (ARRAY['pending'::text, 'sent'::text, 'failed'::text, 'superseded'::text]))),
    CONSTRAINT what_did_not_go_out_has_a_reason CHECK (((state = ANY (ARRAY['pending'::text, 'sent'::text])) OR (reason IS NOT NULL)))
);

-- Name: TABLE message; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.message IS 'What went or goes out: one message to one recipient with all that was due to a contact at that time.';

-- Name: COLUMN message.recipient; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.recipient IS 'The contact, or of a rotation the one whose turn it was.';

-- Name: COLUMN message.made_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.made_at IS 'When it was put together.';

-- Name: COLUMN message.state; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.state IS 'pending (being sent, or to be tried again), sent, failed (given up after a day), superseded (nothing in it was left to tell).';

-- Name: COLUMN message.state_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.state_at IS 'Since when it is in this state.';

-- Name: COLUMN message.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.reason IS 'Why it did not go out, or not yet: the service''s own words.';

-- Name: COLUMN message.held_back; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.held_back IS 'How many of its notifications waited for the contact''s limit an hour.';

-- Name: COLUMN message.next_attempt_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.next_attempt_at IS 'Not tried again before.';

-- Name: COLUMN message.leased_until; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.message.leased_until IS 'Until then it is the affair of the notifier that claimed it; then another may.';

-- Name: notification; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.notification (
    host_name text NOT NULL,
    incident_id bigint NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    step integer,
    contact text,
    due_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    state_at timestamp with time zone DEFAULT now() NOT NULL,
    reason text,
    message_id bigint,
    leased_until timestamp with time zone,
    waits_for_silence_to_end boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    in_timeline boolean DEFAULT false NOT NULL,
    CONSTRAINT kind_is_known CHECK ((kind = ANY (ARRAY['opened'::text, 'unacknowledged'::text, 'severity_raised'::text, 'reopened'::text, 'acknowledged'::text, 'resolved'::text, 'retracted'::text]))),
    CONSTRAINT pending_alone_is_leased CHECK (((leased_until IS NULL) OR (state = 'pending'::text))),
    CONSTRAINT silence_holds_back CHECK (((NOT waits_for_silence_to_end) OR (state = ANY (ARRAY['superseded'::text, 'suppressed'::text])))),
    CONSTRAINT state_is_known CHECK ((state = ANY (ARRAY['pending'::text, 'sent'::text, 'failed'::text, 'superseded'::text, 'suppressed'::text]))),
    CONSTRAINT what_is_leased_goes_in_a_message CHECK (((leased_until IS NULL) OR (message_id IS NOT NULL))),
    CONSTRAINT what_is_not_told_has_a_reason CHECK (((state = ANY (ARRAY['pending'::text, 'sent'::text])) OR (reason IS NOT NULL))),
    CONSTRAINT what_is_sent_went_in_a_message CHECK (((state <> ALL (ARRAY['sent'::text, 'failed'::text])) OR (message_id IS NOT NULL))),
    CONSTRAINT what_is_told_has_a_contact CHECK (((contact IS NOT NULL) OR (state = 'suppressed'::text)))
);

-- Name: TABLE notification; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.notification IS 'The outbox: one row for each thing that is, was or will be due to be told of an incident, or why it was not.';

-- Name: COLUMN notification.number; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.number IS 'Counts the rows of the incident.';

-- Name: COLUMN notification.kind; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.kind IS 'opened; unacknowledged (still, after a while); severity_raised; reopened; acknowledged; resolved; retracted (there was no failure).';

-- Name: COLUMN notification.step; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.step IS 'The step of the escalation; null where all who were told are told again.';

-- Name: COLUMN notification.contact; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.contact IS 'Whom it is for; null where nobody is to be told.';

-- Name: COLUMN notification.due_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.due_at IS 'Not told before.';

-- Name: COLUMN notification.state; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.state IS 'pending; sent; failed (given up); superseded (something came before it went out); suppressed (never to be told).';

-- Name: COLUMN notification.state_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.state_at IS 'Since when it is in this state.';

-- Name: COLUMN notification.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.reason IS 'Why it is superseded, suppressed or failed.';

-- Name: COLUMN notification.message_id; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.message_id IS 'The message in which it went or goes out.';

-- Name: COLUMN notification.leased_until; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.leased_until IS 'Until then a notifier is sending it, and it counts as told; as long as its message is leased.';

-- Name: COLUMN notification.waits_for_silence_to_end; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.waits_for_silence_to_end IS 'Silenced: when the maintenance or the incident of the host is over and this one is not, it is told then.';

-- Name: COLUMN notification.created_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.created_at IS 'When it was decided, in the transaction that gave the reason for it.';

-- Name: COLUMN notification.in_timeline; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notification.in_timeline IS 'Whether the incident''s timeline says that it was told.';

-- Name: telling_violations(); Type: FUNCTION; Schema: incident_engine; Owner: -

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
-- Name: claim_messages(text, interval, integer); Type: FUNCTION; Schema: incident; Owner: -
-- Name: close(bigint[], text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: close(bigint, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: comment(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: comment(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: dismiss(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: dismiss(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: drop_adopted(); Type: FUNCTION; Schema: incident; Owner: -
-- Name: end_maintenance(bigint, timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: end_recurring_maintenance(bigint, timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: extend_maintenance(bigint, timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: forbid_agent(text, text); Type: FUNCTION; Schema: incident; Owner: -

-- Name: move; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.move (
    host_name text NOT NULL,
    move_id bigint NOT NULL,
    device_name text,
    capture_folder text,
    to_host_name text NOT NULL,
    to_device_name text,
    to_capture_folder text,
    moved_at timestamp with time zone DEFAULT now() NOT NULL,
    moved_by text NOT NULL,
    note text,
    samples bigint NOT NULL,
    incidents bigint NOT NULL,
    timeline_heads jsonb NOT NULL,
    recorded_by text DEFAULT SESSION_USER NOT NULL,
    CONSTRAINT device_names_go_together CHECK ((num_nulls(device_name, capture_folder, to_device_name, to_capture_folder) = ANY (ARRAY[0, 4])))
);

-- Name: TABLE move; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.move IS 'Devices and hosts that were moved or renamed by incident.move_device and incident.rename_host, from which name to which.';

-- Name: COLUMN move.device_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.move.device_name IS 'Null: the host with all its devices.';

-- Name: COLUMN move.moved_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.move.moved_at IS 'When the transaction that moved it began.';

-- Name: COLUMN move.samples; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.move.samples IS 'How many samples were copied; those under the old name stay as they are, void.';

-- Name: COLUMN move.timeline_heads; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.move.timeline_heads IS 'The last hash of the timeline of each incident that went to another host, as it was before: the new chain has the new name in it.';

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

-- Name: changes_between(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_since(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: readable_duration(numeric); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: severity_rank(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sweep_patience(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sweep_overdue(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: handover(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: move_device(text, text, text, text, text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: maintenance_span(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: state_since_settled(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: failure_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: time_in(tstzmultirange); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: recorded_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: mtbf(timestamp with time zone, timestamp with time zone, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: notifier_seen(text, text, text[]); Type: FUNCTION; Schema: incident; Owner: -
-- Name: local_moment(timestamp without time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: rotation; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.rotation (
    rotation text NOT NULL,
    members text[] NOT NULL,
    handover_every text NOT NULL,
    starts_on date NOT NULL,
    handover_at time without time zone NOT NULL,
    time_zone text NOT NULL,
    changed_by text DEFAULT SESSION_USER NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT handover_is_daily_or_weekly CHECK ((handover_every = ANY (ARRAY['day'::text, 'week'::text]))),
    CONSTRAINT rotation_has_members CHECK (((cardinality(members) > 0) AND (array_position(members, NULL::text) IS NULL)))
);

-- Name: TABLE rotation; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.rotation IS 'Contacts that take turns. A rotation may stand wherever a contact may.';

-- Name: COLUMN rotation.members; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation.members IS 'In the order in which they take over; who comes twice has two turns.';

-- Name: COLUMN rotation.handover_every; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation.handover_every IS 'day or week.';

-- Name: COLUMN rotation.starts_on; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation.starts_on IS 'The day of the first member''s first turn, and of the week the day of every handover.';

-- Name: COLUMN rotation.handover_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation.handover_at IS 'When they hand over, by the local clock.';

-- Name: COLUMN rotation.changed_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation.changed_by IS 'Who set it last.';

-- Name: COLUMN rotation.changed_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation.changed_at IS 'When it was last set.';

-- Name: on_call_turn(incident.rotation, integer); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: rotation_override; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.rotation_override (
    override_id bigint NOT NULL,
    rotation text NOT NULL,
    contact text NOT NULL,
    period tstzrange NOT NULL,
    note text,
    added_by text DEFAULT SESSION_USER NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT period_has_a_start_and_an_end CHECK (((NOT isempty(period)) AND isfinite(lower(period)) AND isfinite(upper(period))))
);

-- Name: TABLE rotation_override; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.rotation_override IS 'Who stands in for whoever''s turn it is; of several at a time the latest counts.';

-- Name: COLUMN rotation_override.period; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation_override.period IS 'While the other one is on call: from the start, up to the end.';

-- Name: COLUMN rotation_override.added_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.rotation_override.added_at IS 'When the transaction that added it began.';

-- Name: on_call(text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: override_on_call(text, text, timestamp with time zone, timestamp with time zone, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: describe_scope(text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: policy_for(text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: postmortem(bigint, interval); Type: FUNCTION; Schema: incident; Owner: -
-- Name: rebuild(text, timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: recurring(timestamp with time zone, timestamp with time zone, text, integer, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: reinstate_device(text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: check_count(integer, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: reliability_ranking(timestamp with time zone, timestamp with time zone, integer, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: remove_contact(text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: remove_escalation_step(text, integer); Type: FUNCTION; Schema: incident; Owner: -
-- Name: remove_route(bigint); Type: FUNCTION; Schema: incident; Owner: -
-- Name: rename_host(text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: reopen(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: reopen(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: change_reasons(text, text, text, tstzrange, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: detected_incident(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: find_report(tstzrange, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: period_of(text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: report_line(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

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

-- Name: report_as_of(text, timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: report_evidence(text, text, text, text, jsonb, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: resolve(bigint[], text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: resolve(bigint, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: response_times(timestamp with time zone, timestamp with time zone, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: restore_samples(bigint, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: retire_device(text, text, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: matching_routes(text, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: escalation_step; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.escalation_step (
    escalation text NOT NULL,
    step integer NOT NULL,
    contact text NOT NULL,
    after interval DEFAULT '00:00:00'::interval NOT NULL,
    repeat_every interval,
    repeat_times integer DEFAULT 0 NOT NULL,
    CONSTRAINT after_is_not_negative CHECK (((after >= '00:00:00'::interval) AND (after <= '30 days'::interval))),
    CONSTRAINT escalation_is_a_name CHECK ((escalation ~ '^[[:alnum:]][[:alnum:]._-]{0,62}$'::text)),
    CONSTRAINT repetitions_have_a_distance CHECK ((((repeat_times >= 0) AND (repeat_times <= 100)) AND ((repeat_times > 0) = (repeat_every IS NOT NULL)) AND ((repeat_every IS NULL) OR ((repeat_every >= '00:01:00'::interval) AND (repeat_every <= '7 days'::interval))))),
    CONSTRAINT step_is_positive CHECK ((step > 0))
);

-- Name: TABLE escalation_step; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.escalation_step IS 'Escalations: who is told, and after how long without an acknowledgement who else.';

-- Name: COLUMN escalation_step.after; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.escalation_step.after IS 'How long after the incident could first be told, while nobody acknowledges it.';

-- Name: COLUMN escalation_step.repeat_every; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.escalation_step.repeat_every IS 'How often it is told again while nobody acknowledges it; null: once.';

-- Name: COLUMN escalation_step.repeat_times; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.escalation_step.repeat_times IS 'How many times it is told again.';

-- Name: route_for(text, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: schedule_sweep(); Type: FUNCTION; Schema: incident; Owner: -
-- Name: seal_report(text, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: server_availability(text, text, timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: set_accept_late(interval, text, text); Type: FUNCTION; Schema: incident; Owner: -

-- Name: contact; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.contact (
    contact text NOT NULL,
    description text,
    messages_per_hour integer DEFAULT 60 NOT NULL,
    group_interval interval DEFAULT '00:00:10'::interval NOT NULL,
    changed_by text DEFAULT SESSION_USER NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT contact_is_a_name CHECK ((contact ~ '^[[:alnum:]][[:alnum:]._-]{0,62}$'::text)),
    CONSTRAINT group_interval_is_not_negative CHECK (((group_interval >= '00:00:00'::interval) AND (group_interval <= '01:00:00'::interval))),
    CONSTRAINT messages_per_hour_is_positive CHECK ((messages_per_hour > 0))
);

-- Name: TABLE contact; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.contact IS 'Who can be told. A name alone: how it is reached (mail, chat, pager ...) stands in the configuration of the notifier.';

-- Name: COLUMN contact.messages_per_hour; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.contact.messages_per_hour IS 'What is due after so many messages waits, and goes out as one.';

-- Name: COLUMN contact.group_interval; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.contact.group_interval IS 'What is due within this time after a message goes out as one more.';

-- Name: COLUMN contact.changed_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.contact.changed_by IS 'Who set it last.';

-- Name: COLUMN contact.changed_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.contact.changed_at IS 'When its way or its limit was last set.';

-- Name: set_contact(text, text, integer, interval, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: set_escalation_step(text, integer, text, interval, interval, integer); Type: FUNCTION; Schema: incident; Owner: -
-- Name: set_policy(text, text, text, text, interval, interval, numeric, interval, interval, interval, numeric, numeric, interval, numeric, integer, numeric, integer, numeric, integer, numeric, integer, interval, interval, timestamp with time zone, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: set_retention(interval, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: set_rotation(text, text[], text, date, time without time zone, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: settle_message(bigint, text, interval); Type: FUNCTION; Schema: incident; Owner: -
-- Name: sla_report(timestamp with time zone, timestamp with time zone, boolean, text, timestamp with time zone, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: snooze(bigint[], timestamp with time zone, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: snooze(bigint, timestamp with time zone, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: state_piece(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: state_history(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: time_to_tell(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: condition_text(text, numeric, numeric); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: host_reason(text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: lately(text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: status_availability(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: status_broken(timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: status_failures(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: status_promise(timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: status_response(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: status(timestamp with time zone, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: sweep(timestamp with time zone, interval); Type: FUNCTION; Schema: incident; Owner: -
-- Name: sweep_all(interval); Type: PROCEDURE; Schema: incident; Owner: -
-- Name: timeline_head(bigint); Type: FUNCTION; Schema: incident; Owner: -
-- Name: trends(integer, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: unacknowledge(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: unacknowledge(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: unassign(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: unassign(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: undismiss(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: undismiss(bigint, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident; Owner: -
-- Name: unschedule_sweep(); Type: FUNCTION; Schema: incident; Owner: -
-- Name: unset_policy(text, text, text, text, text, timestamp with time zone, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: verify_report(bigint); Type: FUNCTION; Schema: incident; Owner: -
-- Name: utc_text(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: timeline_hash(incident.timeline); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: verify_timeline(bigint, jsonb); Type: FUNCTION; Schema: incident; Owner: -
-- Name: version(); Type: FUNCTION; Schema: incident; Owner: -
-- Name: void_samples(text, text, tstzrange, text, text, text); Type: FUNCTION; Schema: incident; Owner: -
-- Name: add_comment(bigint[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopt_incidents(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopt_next(text, integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopt_page(text, tid, tid); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopt_rows(text, tid, tid); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopt_statement(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopted_days(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopted_incident(jsonb, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: adopted_status(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: affected_spans(incident_engine.touch[], text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: after_incident_insert(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: after_incident_update(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: agent_hosts(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: announce(timestamp with time zone, text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: arrived_samples(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: backtest_host(text, incident.policy, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: before_incident_announcement(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: before_incident_write(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: begin_incident_changes(bigint[], text, timestamp with time zone, boolean); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: begin_policy_change(incident.policy, timestamp with time zone, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: shortened(text, integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: place(text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: board_line(public.system_incident, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: budget_scope(timestamp with time zone, timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: burn_rate(numeric, numeric, numeric); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: budget_line(timestamp with time zone, timestamp with time zone, boolean, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: calendar_unit(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: catch_up_sequences(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: chain_timeline(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_maintenance_scope(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_move(text, text, text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_policies(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_policy(incident.policy); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_silence(text, text, text, interval, interval); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_subscription(integer, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_sweep(timestamp with time zone, interval); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: check_time_zone(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: claim_deferred_spans(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: close_resolved(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: commit_delay(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: defer_spans(incident_engine.touch[], text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: describe(text, text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: devices_in(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: drop_overtaken(text, bigint); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: drop_samples(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: drop_stragglers(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: due_notifications(public.system_incident, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: effective_policy(text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: end_incident_changes(bigint[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: ensure_partition(date); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: ensure_partitions(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: find_silence(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: find_system_changes(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: first_missed_in(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: first_reachable(tstzrange, tstzmultirange, interval); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: first_sample_in(text, text, text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: first_signal_in(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: flapping_percent(bit); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: fold(incident_engine.touch[], timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: fold_history(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: fold_host_rows(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: fold_hosts(incident_engine.touch[], timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: fold_incidents(incident_engine.touch[], text[], timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: fold_moved(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: fold_safely(incident_engine.touch[], timestamp with time zone, timestamp with time zone, integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: follows_sites(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: forget_devices(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: forget_site(integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: guard_sites(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: hear_sites(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: held_incidents(text[], bigint[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: host_events(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: host_lock(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: host_record(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: incident_event(public.system_incident, public.system_incident); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: incident_reason(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: incidents_due(bigint[], public.system_incident[], incident_engine.refusal[], text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: incidents_of_host(text, timestamp with time zone, timestamp with time zone, boolean); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: intervals_between(timestamp with time zone, timestamp with time zone, interval); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: intervals_to_calm(bit, numeric, integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: is_deferral(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: is_silence(timestamp with time zone, timestamp with time zone, interval, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: keep_sample(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: known_regions(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: last_signals(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: leave_held(incident_engine.touch[], incident_engine.component_span[], incident_engine.verdict[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: likeness(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: line_to_site(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: link_incidents(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: lock_hosts(text[], text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: lock_maintenance(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: log_policy_change(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: maintenance_line(incident.maintenance); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: maintenance_occurrences(incident.recurring_maintenance, date, date); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: make_message(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: make_partitions_ahead(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: mark_changed_maintenance(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: mark_maintenance(timestamp with time zone, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: mark_new_incidents(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: markdown_row(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: match_incidents(incident_engine.component_span[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: may_be_sent_to(incident.contact); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: merge_policy(incident.policy); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: message_body(bigint, integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: most_host_locks(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: move_host_record(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: move_incidents(incident_engine.touch, incident_engine.touch, boolean, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: move_settings(text, text, text, text, text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: move_subject(incident_engine.touch, incident_engine.touch, boolean, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: move_timeline(bigint[], text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: note_clocks(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: note_duplicates(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: note_old_samples(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: notice_failover(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: notice_outage(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: notice_skipped(incident_engine.refusal[], integer, boolean); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: notice_unknown(text, text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: notice_unseen(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: on_device_metrics_insert(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: on_incidents_changed(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: on_incidents_opened(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: on_maintenance_added(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: on_maintenance_update(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: on_policy_change(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: open_incidents(incident_engine.component_span[], incident_engine.verdict[]); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: outage; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.outage (
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    site integer DEFAULT 0 NOT NULL,
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

-- Name: COLUMN outage.site; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.outage.site IS 'Number of the site whose database it was.';

-- Name: outage_span(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: overtaken_by(text, text, timestamp with time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: plan_maintenance(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: utc_minute(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: postmortem_facts(public.system_incident); Type: FUNCTION; Schema: incident_engine; Owner: -

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
    agent jsonb,
    CONSTRAINT host_name_is_not_empty CHECK ((host_name <> ''::text)),
    CONSTRAINT names_have_at_most_500_bytes CHECK ((octet_length(host_name) <= 500)),
    CONSTRAINT timestamp_is_finite CHECK (isfinite("timestamp"))
);

-- Name: TABLE system_metrics; Type: COMMENT; Schema: public; Owner: -

COMMENT ON TABLE public.system_metrics IS 'One row per host or server per minute: its own load. Collectors insert; key (host_name, timestamp).';

-- Name: COLUMN system_metrics.agent; Type: COMMENT; Schema: public; Owner: -

COMMENT ON COLUMN public.system_metrics.agent IS 'How the host agent itself is doing, an object; null from other collectors. Read it in incident.agent_health.';

-- Name: postmortem_metrics(public.system_incident, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: postmortem_related(public.system_incident); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: postmortem_states(public.system_incident, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: postmortem_timeline(public.system_incident); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: told; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.told AS
 SELECT t.incident_id,
    t.host_name,
    t.number,
    t.kind,
    t.contact,
    m.recipient,
    t.state,
    t.due_at,
        CASE
            WHEN (t.state = ANY (ARRAY['sent'::text, 'failed'::text, 'superseded'::text, 'suppressed'::text])) THEN t.state_at
            ELSE NULL::timestamp with time zone
        END AS settled_at,
        CASE
            WHEN (t.state = 'sent'::text) THEN (t.state_at - i.announced_at)
            ELSE NULL::interval
        END AS after_announced,
    COALESCE(t.reason, m.reason) AS reason,
    t.message_id,
    t.step
   FROM ((incident.notification t
     JOIN public.system_incident i USING (host_name, incident_id))
     LEFT JOIN incident.message m USING (message_id))
  ORDER BY t.incident_id, t.number;

-- Name: VIEW told; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.told IS 'Of each incident: who was told what and when, how long after it could be, who will be and when, or why nobody.';

-- Name: COLUMN told.recipient; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.told.recipient IS 'The contact; of a rotation the one whose turn it was.';

-- Name: COLUMN told.settled_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.told.settled_at IS 'When it was sent, given up, superseded or suppressed; null while it is pending.';

-- Name: COLUMN told.after_announced; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.told.after_announced IS 'How long after the incident could first be told.';

-- Name: COLUMN told.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.told.reason IS 'Why it was not told, or not yet.';

-- Name: postmortem_told(public.system_incident); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: publish(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: publish_events(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: record_adopted(public.system_incident[], jsonb[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: record_error(incident_engine.failure, incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: record_maintenance_login(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: record_operator_actions(bigint[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: record_told(bigint); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: refold_void_period(incident.void_period); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: refuse_direct_write(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: refuse_host(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: refuse_row_of_site(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: refuse_sample_change(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: refuse_samples(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: refuse_timeline_change(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: region_samples(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: register_hosts(text[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: remove_old_rows(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: reopen_refusal(public.system_incident, bigint[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: replace_host_conditions(incident_engine.touch[], incident.host_condition[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: replace_system_states(incident_engine.touch[], incident.system_state[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: report_digest(bigint); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: report_period(timestamp with time zone, timestamp with time zone, text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: reported_after(text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: reported_before(text, text, text, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: require_contact(text, boolean); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: require_operator(text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: require_read_committed(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: require_text(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: retired_since(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: retract_incidents(incident_engine.verdict[], text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: retry_errors(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sample_after(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sample_before(text, text, text, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sample_regions(incident_engine.touch[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: samples_still_needed(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: scope_policies(text[], text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: server_identity(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: set_site(integer); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: settle_incidents(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: shared_names(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silence_notifications(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silence_parts(tstzrange, boolean, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silence_regions(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: silence_suspects(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: site_call(text, jsonb, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: slot_bytes(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: start_of_local(timestamp without time zone, text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: supersede_notifications(incident_engine.incident_change[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sweep_driver(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: sweep_when_due(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: tell_after_silence(incident_engine.incident_change[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: tell_changes(incident_engine.incident_change[], timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: tell_nobody(text, text); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: notifier; Type: TABLE; Schema: incident; Owner: -

CREATE TABLE incident.notifier (
    notifier text NOT NULL,
    version text NOT NULL,
    contacts text[] NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL
);

-- Name: TABLE notifier; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON TABLE incident.notifier IS 'The notifiers that have been seen, and the contacts that each can reach.';

-- Name: COLUMN notifier.started_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notifier.started_at IS 'When it was first seen.';

-- Name: COLUMN notifier.seen_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.notifier.seen_at IS 'When it last asked for messages.';

-- Name: unreachable_contacts(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: telling_problem(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: to_recheck(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: touched_spans(incident_engine.touch[], interval, timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: try_lock_hosts(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: try_share_hosts(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: unripe_span(timestamp with time zone); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: update_hosts(text[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: update_incidents(incident_engine.verdict[], text); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: update_reasons(incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: update_recheck(incident_engine.component_span[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: waiting_spans(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: wake_notifiers(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: warn_when_overdue(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: withdraw_silenced(bigint[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: write_history(incident.device[], incident.device_state[], incident_engine.touch[]); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: write_own_site(); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: write_policy(incident.policy); Type: FUNCTION; Schema: incident_engine; Owner: -
-- Name: wrong_clocks(); Type: FUNCTION; Schema: incident_engine; Owner: -

-- Name: active; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.active AS
 SELECT i.incident_id,
    i.severity,
    i.host_name,
    i.device_name,
    i.component,
    i.status,
    (GREATEST(floor((EXTRACT(epoch FROM (now() - i.detected_at)) / (60)::numeric)), (0)::numeric))::integer AS minutes_open,
    i.description,
    i.acknowledged_by,
    i.assignee,
    i.detected_at,
    i.acknowledged_at,
    i.device_id,
    i.capture_folder,
    i.video_device,
    i.incident_type,
    i.reopen_count,
    i.flapping_since,
        CASE
            WHEN (i.capture_folder = 'host'::text) THEN COALESCE(incident_engine.host_reason(i.host_name, now()), i.reason)
            ELSE i.reason
        END AS reason,
    i.part_of,
    s.silence AS silenced_by
   FROM (public.system_incident i
     CROSS JOIN LATERAL incident_engine.silenced_by(i.*, now()) s(silence))
  WHERE ((i.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND (i.dismissed_at IS NULL) AND ( SELECT incident_engine.warn_when_overdue() AS warn_when_overdue))
  ORDER BY (incident_engine.severity_rank(i.severity)), i.detected_at, i.incident_id;

-- Name: VIEW active; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.active IS 'What is broken right now: open and in_progress incidents, worst severity first, then oldest. Warns when nobody has looked lately.';

-- Name: COLUMN active.minutes_open; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.minutes_open IS 'Whole minutes since detected_at.';

-- Name: COLUMN active.flapping_since; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.flapping_since IS 'Since when its component has been changing so often that single changes are not told; null when it does not.';

-- Name: COLUMN active.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.reason IS 'What is wrong now, for system incidents; for a host since when each thing is.';

-- Name: COLUMN active.part_of; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.part_of IS 'The incident of the silent host that this one is part of.';

-- Name: COLUMN active.silenced_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.active.silenced_by IS 'Why people are not told of it now: the maintenance it is in, or the active incident of its host that it is part of.';

-- Name: adoption_dependent; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.adoption_dependent (
    dependent_id bigint NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    outcome text NOT NULL,
    advice text,
    CONSTRAINT by_hand_has_advice CHECK (((outcome = 'by hand'::text) = (advice IS NOT NULL))),
    CONSTRAINT outcome_is_known CHECK ((outcome = ANY (ARRAY['kept'::text, 'by hand'::text])))
);

-- Name: TABLE adoption_dependent; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.adoption_dependent IS 'What depended on the tables of an earlier monitoring, and what became of it.';

-- Name: COLUMN adoption_dependent.outcome; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption_dependent.outcome IS 'kept: it works on the new tables; by hand: see advice.';

-- Name: COLUMN adoption_dependent.advice; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption_dependent.advice IS 'What to do, or what is lost.';

-- Name: adoption_notes; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.adoption_notes AS
 SELECT outcome,
    kind,
    name,
    advice
   FROM incident_engine.adoption_dependent d
  ORDER BY outcome, dependent_id;

-- Name: VIEW adoption_notes; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.adoption_notes IS 'What depended on the tables of an earlier monitoring (views, rules, keys, rights and the like), and what became of it.';

-- Name: COLUMN adoption_notes.outcome; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.adoption_notes.outcome IS 'by hand: somebody has to do what advice says; kept: it works on the new tables.';

-- Name: COLUMN adoption_notes.advice; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.adoption_notes.advice IS 'What to do, or what is lost.';

-- Name: agent_health; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.agent_health AS
 WITH latest AS (
         SELECT m.host_name,
            m.server_name,
            m."timestamp" AS reported_at,
            m.agent
           FROM (incident.host h
             CROSS JOIN LATERAL ( SELECT s.host_name,
                    s.server_name,
                    s."timestamp",
                    s.agent
                   FROM public.system_metrics s
                  WHERE ((s.host_name = h.host_name) AND (s."timestamp" <= (now() + incident_engine.clock_tolerance())))
                  ORDER BY s."timestamp" DESC
                 LIMIT 1) m)
          WHERE (jsonb_typeof(m.agent) = 'object'::text)
        ), typed AS (
         SELECT l.host_name,
            l.server_name,
            l.reported_at,
            (l.agent ->> 'version'::text) AS version,
            (jsonb_path_query_first(l.agent, '$."backlog_rows"?(@.type() == "number")'::jsonpath))::numeric AS backlog_rows,
            (jsonb_path_query_first(l.agent, '$."backlog_age_seconds"?(@.type() == "number")'::jsonpath))::numeric AS backlog_age_seconds,
            (jsonb_path_query_first(l.agent, '$."quarantined"?(@.type() == "number")'::jsonpath))::numeric AS quarantined,
            (jsonb_path_query_first(l.agent, '$."clock_offset_seconds"?(@.type() == "number")'::jsonpath))::numeric AS clock_offset_seconds,
            (l.agent ->> 'last_error'::text) AS last_error,
            (l.agent ->> 'last_error_at'::text) AS last_error_at,
            ( SELECT COALESCE(array_agg((f.f #>> '{}'::text[]) ORDER BY (f.f #>> '{}'::text[])), '{}'::text[]) AS "coalesce"
                   FROM jsonb_path_query(l.agent, '$."unreadable_folders"[*]?(@.type() == "string")'::jsonpath) f(f)) AS unreadable_folders,
            ( SELECT COALESCE(array_agg((f.f #>> '{}'::text[]) ORDER BY (f.f #>> '{}'::text[])), '{}'::text[]) AS "coalesce"
                   FROM jsonb_path_query(l.agent, '$."failed_readings"[*]?(@.type() == "string")'::jsonpath) f(f)) AS failed_readings,
            (l.agent ->> 'temperature_sensor'::text) AS temperature_sensor,
            COALESCE(((l.agent -> 'spool_in_memory'::text) = 'true'::jsonb), false) AS spool_in_memory
           FROM latest l
        )
 SELECT host_name,
    server_name,
    reported_at,
    version,
    backlog_rows,
    backlog_age_seconds,
    quarantined,
    clock_offset_seconds,
    last_error,
    last_error_at,
    unreadable_folders,
    failed_readings,
    temperature_sensor,
    spool_in_memory,
    NULLIF(concat_ws('; '::text,
        CASE
            WHEN (backlog_rows > (0)::numeric) THEN format('%s rows wait, for %s min'::text, backlog_rows, floor((backlog_age_seconds / (60)::numeric)))
            ELSE NULL::text
        END,
        CASE
            WHEN (quarantined > (0)::numeric) THEN format('%s rows refused'::text, quarantined)
            ELSE NULL::text
        END,
        CASE
            WHEN (abs(clock_offset_seconds) >= (60)::numeric) THEN format('clock %s min %s'::text, floor((abs(clock_offset_seconds) / (60)::numeric)),
            CASE
                WHEN (clock_offset_seconds > (0)::numeric) THEN 'ahead'::text
                ELSE 'behind'::text
            END)
            ELSE NULL::text
        END,
        CASE
            WHEN (unreadable_folders <> '{}'::text[]) THEN ('cannot read '::text || array_to_string(unreadable_folders, ', '::text))
            ELSE NULL::text
        END,
        CASE
            WHEN (failed_readings <> '{}'::text[]) THEN ('no '::text || array_to_string(failed_readings, ', '::text))
            ELSE NULL::text
        END,
        CASE
            WHEN spool_in_memory THEN 'spool in memory'::text
            ELSE NULL::text
        END), ''::text) AS problem
   FROM typed t
  ORDER BY host_name;

-- Name: VIEW agent_health; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.agent_health IS 'How the agent of each host is doing, as its latest row tells: what it could not send, read or tell.';

-- Name: COLUMN agent_health.reported_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.reported_at IS 'Time of that row.';

-- Name: COLUMN agent_health.backlog_rows; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.backlog_rows IS 'Rows that waited in its spool before that round.';

-- Name: COLUMN agent_health.backlog_age_seconds; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.backlog_age_seconds IS 'How long the oldest of them had waited.';

-- Name: COLUMN agent_health.quarantined; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.quarantined IS 'Rows that the database refused: host-agent spool list.';

-- Name: COLUMN agent_health.clock_offset_seconds; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.clock_offset_seconds IS 'How far its clock was ahead of the server''s, as of its last connection.';

-- Name: COLUMN agent_health.last_error; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.last_error IS 'What it last logged as an error, at last_error_at.';

-- Name: COLUMN agent_health.unreadable_folders; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.unreadable_folders IS 'Capture folders it could not read or that did not answer.';

-- Name: COLUMN agent_health.failed_readings; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.failed_readings IS 'Readings of the host that failed: cpu, memory, load ...';

-- Name: COLUMN agent_health.temperature_sensor; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.temperature_sensor IS 'The sensor that cpu_temperature_celsius is of.';

-- Name: COLUMN agent_health.spool_in_memory; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.spool_in_memory IS 'True: its spool file could not be used.';

-- Name: COLUMN agent_health.problem; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agent_health.problem IS 'What is wrong, in words; null: nothing.';

-- Name: agents; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.agents AS
 SELECT login,
    host_name,
    (to_regrole(quote_ident(login)) IS NOT NULL) AS login_exists,
    allowed_by,
    allowed_at
   FROM incident_engine.agent_host a
  ORDER BY login, host_name;

-- Name: VIEW agents; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.agents IS 'Which login may insert metric rows of which host, and who allowed it.';

-- Name: COLUMN agents.login_exists; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.agents.login_exists IS 'False: there is no such login any more; incident.forbid_agent() before another gets its name.';

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
    reopen_count,
    flapping_since,
    reason,
    part_of,
    silenced_by
   FROM incident.active a
  WHERE (silenced_by IS NULL);

-- Name: VIEW announced; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.announced IS 'Active incidents that people are to be told of: all but those of a device or host that is in maintenance now, and those that are part of an active incident of their host. What alerts read.';

-- Name: board; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.board AS
 SELECT (line).id AS id,
    (line).severity AS severity,
    (line).state AS state,
    (line).place AS place,
    (line).since AS since,
    (line).who AS who,
    (line).what AS what
   FROM ( SELECT ROW(NULL::bigint, 'unknown'::text, 'unwatched'::text, 'nobody has looked'::text, ''::text, ''::text, COALESCE("substring"(o.overdue, 'for [0-9]+ min'::text), 'yet'::text))::incident.board_line AS line,
            NULL::timestamp with time zone AS detected_at
           FROM ( SELECT incident_engine.sweep_overdue() AS overdue) o
          WHERE ((o.overdue IS NOT NULL) AND ( SELECT incident_engine.warn_when_overdue() AS warn_when_overdue))
        UNION ALL
         SELECT l.*::incident.board_line AS line,
            i.detected_at
           FROM (public.system_incident i
             CROSS JOIN LATERAL incident_engine.board_line(i.*, now()) l(id, severity, state, place, since, who, what))
          WHERE ((i.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND (i.dismissed_at IS NULL))) b
  ORDER BY ((line).state <> ALL (ARRAY['unwatched'::text, 'open'::text, 'in_progress'::text])), COALESCE(incident_engine.severity_rank((line).severity), 0), detected_at, (line).id;

-- Name: VIEW board; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.board IS 'What is broken right now, one line of at most 100 characters each, worst severity first, then oldest; what nobody is told of comes last. incident.active has it in full. When nobody has looked lately, the first line says so, and a warning says what to do. The verbs return such a line.';

-- Name: COLUMN board.id; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board.id IS 'What the verbs take: incident_id. Null in the line that says that nobody has looked.';

-- Name: COLUMN board.state; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board.state IS 'open or in_progress (somebody is on it); maintenance, part of (the incident of its host) or snoozed while nobody is told of it. The verbs return it as resolved, closed, dismissed or retracted, too.';

-- Name: COLUMN board.place; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board.place IS 'Host and device; the host alone when it is about the host. Shortened to 22 characters.';

-- Name: COLUMN board.since; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board.since IS 'When it was detected, in the session''s time zone: the time, or the day when that is over 24 h ago.';

-- Name: COLUMN board.who; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board.who IS 'Its assignee, else who is on it; who resolved or closed it when it is over; nobody.';

-- Name: COLUMN board.what; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board.what IS 'What is wrong; flapping when its component changes too often to say.';

-- Name: board_by_host; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.board_by_host AS
 WITH line AS (
         SELECT i.host_name,
                CASE
                    WHEN (i.capture_folder <> 'host'::text) THEN ((i.device_name || '
'::text) || i.capture_folder)
                    ELSE NULL::text
                END AS device,
            i.severity,
            i.detected_at,
            l.state,
            l.what
           FROM (public.system_incident i
             CROSS JOIN LATERAL incident_engine.board_line(i.*, now()) l(id, severity, state, place, since, who, what))
          WHERE ((i.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND (i.dismissed_at IS NULL) AND ( SELECT incident_engine.warn_when_overdue() AS warn_when_overdue))
        ), host AS (
         SELECT l.host_name,
            min(incident_engine.severity_rank(l.severity)) AS severity_rank,
            (array_agg(l.severity ORDER BY (incident_engine.severity_rank(l.severity))))[1] AS severity,
            count(*) AS incidents,
            count(*) FILTER (WHERE (l.state = 'open'::text)) AS open,
            count(DISTINCT l.device) AS failing,
            ( SELECT count(*) AS count
                   FROM incident.device d
                  WHERE (d.host_name = l.host_name)) AS known,
            min(l.detected_at) AS since,
            COALESCE(mode() WITHIN GROUP (ORDER BY l.what) FILTER (WHERE (l.state = ANY (ARRAY['open'::text, 'in_progress'::text]))), mode() WITHIN GROUP (ORDER BY l.what)) AS what,
            (count(DISTINCT l.what) - 1) AS other_things
           FROM line l
          GROUP BY l.host_name
        )
 SELECT incident_engine.shortened(host_name, 22) AS host,
    severity,
    incidents,
    open,
    ((failing || ' of '::text) || known) AS devices,
    to_char(since,
        CASE
            WHEN (since > (now() - '24:00:00'::interval)) THEN 'HH24:MI'::text
            ELSE 'DD Mon'::text
        END) AS since,
    (what ||
        CASE
            WHEN (other_things > 0) THEN ((' and '::text || other_things) || ' more'::text)
            ELSE ''::text
        END) AS what
   FROM host h
  ORDER BY severity_rank, incidents DESC, host_name;

-- Name: VIEW board_by_host; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.board_by_host IS 'What is broken right now, a line for each host: many devices that fail together are one. Worst severity first, then most incidents. Warns when nobody has looked lately.';

-- Name: COLUMN board_by_host.severity; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board_by_host.severity IS 'The worst.';

-- Name: COLUMN board_by_host.incidents; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board_by_host.incidents IS 'All active ones of the host.';

-- Name: COLUMN board_by_host.open; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board_by_host.open IS 'Those that somebody has to take: neither in progress, nor in maintenance, part of another or snoozed.';

-- Name: COLUMN board_by_host.devices; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board_by_host.devices IS 'How many of its devices have one.';

-- Name: COLUMN board_by_host.since; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board_by_host.since IS 'When the first was detected: the time, or the day when that is over 24 h ago.';

-- Name: COLUMN board_by_host.what; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.board_by_host.what IS 'What is wrong most often, first of all of what people are told of, and how many other things are.';

-- Name: old_sample; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.old_sample (
    host_name text NOT NULL,
    notice_id bigint NOT NULL,
    noticed_at timestamp with time zone DEFAULT now() NOT NULL,
    samples bigint NOT NULL,
    oldest timestamp with time zone NOT NULL
);

-- Name: TABLE old_sample; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.old_sample IS 'Statements with rows that were implausibly old on arrival (accept_late of incident.retention), of the last day, for health.';

-- Name: health; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.health AS
 WITH found AS (
         SELECT NULLIF(s.swept_to, '-infinity'::timestamp with time zone) AS swept_to,
            EXTRACT(epoch FROM (now() - NULLIF(s.swept_to, '-infinity'::timestamp with time zone))) AS lag_seconds,
            (s.swept_to > (now() - incident_engine.sweep_patience())) AS is_running,
            ( SELECT count(*) AS count
                   FROM incident_engine.error e
                  WHERE ((e.repaired_at IS NULL) AND (NOT incident_engine.is_deferral(e.sqlstate)))) AS errors_waiting,
            ( SELECT min(e.occurred_at) AS min
                   FROM incident_engine.error e
                  WHERE ((e.repaired_at IS NULL) AND (NOT incident_engine.is_deferral(e.sqlstate)))) AS oldest_error_at,
            ( SELECT COALESCE(sum(jsonb_array_length(e.touched)), (0)::bigint) AS "coalesce"
                   FROM incident_engine.error e
                  WHERE ((e.repaired_at IS NULL) AND incident_engine.is_deferral(e.sqlstate))) AS spans_waiting,
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
            ( SELECT (((('rows of '::text || string_agg(DISTINCT o.host_name, ', '::text)) || ' dated back to '::text) || (min(o.oldest))::date) || ' count for nothing: a clock is wrong, or incident.set_accept_late() is for them'::text)
                   FROM incident_engine.old_sample o
                  WHERE (o.noticed_at > (now() - '01:00:00'::interval))) AS old_samples,
            ( SELECT (count(*))::integer AS count
                   FROM (pg_inherits p
                     JOIN pg_class c ON ((p.inhrelid = c.oid)))
                  WHERE ((p.inhparent = ('public.system_device_metrics'::regclass)::oid) AND (c.relname < ('system_device_metrics_'::text || to_char((s.samples_from AT TIME ZONE 'UTC'::text), 'YYYYMMDD'::text))) AND (c.relname ~ '_[0-9]{8}$'::text))) AS partitions_to_drop,
            incident_engine.telling_problem() AS telling_problem,
            incident_engine.shared_names() AS shared_names,
            incident_engine.wrong_clocks() AS wrong_clocks,
            ( SELECT ('not heard for 3 minutes: '::text || string_agg(('site '::text || w.name), ', '::text ORDER BY w.name))
                   FROM incident.site w
                  WHERE ((w.site <> incident_engine.own_site()) AND (w.swept_to < (now() - '00:03:00'::interval)))) AS silent_sites
           FROM incident_engine.sweep_state s
        )
 SELECT swept_to,
    lag_seconds,
    is_running,
    errors_waiting,
    oldest_error_at,
    partitions_ahead,
    (is_running AND (errors_waiting = 0) AND (partitions_ahead > 1) AND (telling_problem IS NULL) AND (shared_names IS NULL) AND (wrong_clocks IS NULL) AND (silent_sites IS NULL)) AS healthy,
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
        END, telling_problem, old_samples, shared_names, wrong_clocks, silent_sites), ''::text) AS problem,
        CASE
            WHEN (is_scheduled AND (driven_by <> 'pg_cron'::text)) THEN 'pg_cron lost its job'::text
            ELSE driven_by
        END AS driven_by,
    late_seconds,
    keep_samples,
    samples_from,
    partitions_to_drop,
    spans_waiting,
    ( SELECT (count(*))::integer AS count
           FROM incident.agent_health a
          WHERE (a.problem IS NOT NULL)) AS agents_in_trouble
   FROM found f;

-- Name: VIEW health; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.health IS 'Is the engine well? One row. healthy: the sweep runs, no error waits, the partition for tomorrow exists, people are told what is due, no two machines report under one name, all clocks are right, and at a central database every site is heard.';

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

-- Name: COLUMN health.spans_waiting; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.spans_waiting IS 'What was left for later because somebody held a host or the round of the sweep had no time left: the next round folds it.';

-- Name: COLUMN health.agents_in_trouble; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.health.agents_in_trouble IS 'Host agents that cannot send, read or tell all they should: see agent_health. The engine is healthy all the same.';

-- Name: help; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.help AS
 SELECT topic,
    you_want,
    call
   FROM ( VALUES ('now'::text,'what is broken'::text,'select * from incident.board;'::text), ('now'::text,'... a line for each host'::text,'select * from incident.board_by_host;'::text), ('now'::text,'everything on one screen'::text,'select * from incident.status();'::text), ('now'::text,'take over a shift'::text,'select * from incident.handover();'::text), ('now'::text,'what fails, not yet for long'::text,'select * from incident.pending;'::text), ('now'::text,'how each host is'::text,'select * from incident.host_now;'::text), ('now'::text,'maintenance under way'::text,'select * from incident.maintenance_now;'::text), ('now'::text,'is anybody looking'::text,'select * from incident.health;'::text), ('work'::text,'I am on it (ack, take)'::text,'select * from incident.acknowledge(42, ''on it'');'::text), ('work'::text,'... on all of a host'::text,'select incident.acknowledge(array(select incident_id'::text), ('work'::text,''::text,'    from incident.active where host_name = ''studio''));'::text), ('work'::text,'give it to Ben'::text,'select incident.assign(42, ''ben'', ''needs hands'');'::text), ('work'::text,'write something down'::text,'select incident.comment(42, ''hub is hot'');'::text), ('work'::text,'tell nobody for a while (mute)'::text,'select incident.snooze(42, now() + ''2 h'');'::text), ('work'::text,'a false alarm'::text,'select incident.dismiss(42, ''it was a test'');'::text), ('work'::text,'it is over, says no sample'::text,'select incident.resolve(42, ''taken away'');'::text), ('work'::text,'it is not over'::text,'select incident.reopen(42, ''back again'');'::text), ('work'::text,'file it, with its cause'::text,'select incident.close(42, ''new hub'', ''hub broke'');'::text), ('undo'::text,'I am not on it (unack)'::text,'select incident.unacknowledge(42);'::text), ('undo'::text,'nobody''s any more'::text,'select incident.unassign(42);'::text), ('undo'::text,'no false alarm after all'::text,'select incident.undismiss(42);'::text), ('undo'::text,'another cause, also if closed'::text,'select incident.amend(42, root_cause => ''plug'');'::text), ('record'::text,'add links and values'::text,'select incident.add_evidence(42, ''{"log": "..."}'');'::text), ('record'::text,'the last twenty'::text,'select * from incident.recent limit 20;'::text), ('record'::text,'all about one'::text,'select incident.postmortem(42);'::text), ('record'::text,'who was told what'::text,'select * from incident.told where incident_id = 42;'::text), ('record'::text,'has anybody tampered'::text,'select * from incident.verify_timeline();'::text), ('planned'::text,'work on a host, 2 hours'::text,'select incident.add_maintenance(''studio'','::text), ('planned'::text,''::text,'    now(), now() + ''2 h'', ''new disk'');'::text), ('planned'::text,'every Sunday at 3'::text,'select incident.add_recurring_maintenance(''studio'','::text), ('planned'::text,''::text,'    array[''sunday''], ''03:00'', ''1 h'','::text), ('planned'::text,''::text,'    ''Europe/Berlin'', ''backup'');'::text), ('planned'::text,'it takes longer'::text,'select incident.extend_maintenance(7, now() + ''2 h'');'::text), ('planned'::text,'it ended early'::text,'select incident.end_maintenance(7);'::text), ('report'::text,'availability of devices'::text,'select * from incident.availability();'::text), ('report'::text,'... by day'::text,'select * from incident.availability_by(''day'');'::text), ('report'::text,'the SLA of a month'::text,'select * from incident.sla_report('::text), ('report'::text,''::text,'    month => ''2026-10'');'::text), ('report'::text,'how fast we were'::text,'select * from incident.response_times();'::text), ('report'::text,'time between failures'::text,'select * from incident.mtbf();'::text), ('report'::text,'worst and best, and why'::text,'select * from incident.reliability_ranking();'::text), ('report'::text,'what keeps coming back'::text,'select * from incident.recurring();'::text), ('report'::text,'week over week'::text,'select * from incident.trends();'::text), ('report'::text,'keep what a customer was given'::text,'select * from incident.seal_report(''2026-10'');'::text), ('policy'::text,'what counts here'::text,'select * from incident.policy_for(''studio'');'::text), ('policy'::text,'open after 5 minutes only'::text,'select incident.set_policy('::text), ('policy'::text,''::text,'    host_name => ''studio'', open_after => ''5 min'');'::text), ('policy'::text,'what that would have meant'::text,'select * from incident.backtest('::text), ('policy'::text,''::text,'    host_name => ''studio'', open_after => ''5 min'');'::text), ('hosts'::text,'a device is gone for good'::text,'select incident.retire_device('::text), ('hosts'::text,''::text,'    ''studio'', ''TV'', ''capture1'', ''sold'');'::text), ('hosts'::text,'a host is called otherwise'::text,'select incident.rename_host(''studio'', ''studio-1'');'::text), ('hosts'::text,'a device is called otherwise'::text,'select incident.move_device('::text), ('hosts'::text,''::text,'    ''studio'', ''TV'', ''capture1'','::text), ('hosts'::text,''::text,'    to_device_name => ''TV 2'');'::text), ('hosts'::text,'who may send for which host'::text,'select * from incident.agents;'::text), ('hosts'::text,'let a login send for a host'::text,'select incident.allow_agent(''studio_1'', ''studio'');'::text), ('telling'::text,'who is on call'::text,'select * from incident.on_call();'::text), ('telling'::text,'who hears of a host'::text,'select * from incident.route_for(''studio'');'::text), ('upkeep'::text,'look now'::text,'select incident.sweep();'::text), ('upkeep'::text,'is everything consistent'::text,'select * from incident.check_invariants();'::text), ('upkeep'::text,'what is installed'::text,'select incident.version();'::text)) h(topic, you_want, call);

-- Name: VIEW help; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.help IS 'What you want and what to call for it, by topic; a call of several lines goes on in the next rows. \df+ incident.NAME tells more.';

-- Name: COLUMN help.you_want; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.help.you_want IS 'Empty where the call goes on from the row above.';

-- Name: host_now; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.host_now AS
 WITH device AS (
         SELECT s.host_name,
            count(*) AS devices,
            count(*) FILTER (WHERE (s.state = 'active'::text)) AS up,
            count(*) FILTER (WHERE (s.state = ANY (ARRAY['stuck'::text, 'stopped'::text]))) AS down,
            count(*) FILTER (WHERE (s.state = 'no_data'::text)) AS silent,
            count(*) FILTER (WHERE (s.state = 'unknown'::text)) AS unknown,
            count(*) FILTER (WHERE (s.state = 'maintenance'::text)) AS in_maintenance
           FROM (incident.state_history((now() - '00:03:00'::interval), now(), now()) s(host_name, device_name, capture_folder, started_at, ended_at, state, ffmpeg_status, monitor_status, in_maintenance)
             LEFT JOIN incident_engine.known_until() k_1(host_name, known_to) ON ((s.host_name = k_1.host_name)))
          WHERE (s.ended_at = LEAST(now(), k_1.known_to))
          GROUP BY s.host_name
        ), incidents AS (
         SELECT i_1.host_name,
            count(*) AS active_incidents
           FROM public.system_incident i_1
          WHERE (i_1.status = ANY (ARRAY['open'::text, 'in_progress'::text]))
          GROUP BY i_1.host_name
        )
 SELECT h.host_name,
        CASE
            WHEN (k.known_to < (now() - '00:03:00'::interval)) THEN 'unknown'::text
            WHEN (EXISTS ( SELECT
               FROM incident.maintenance m
              WHERE ((m.host_name = h.host_name) AND (m.device_name IS NULL) AND (m.effective_period @> now())))) THEN 'maintenance'::text
            WHEN (h.status = 'over_limit'::text) THEN 'over limits'::text
            WHEN (h.status = ANY (ARRAY['silent'::text, 'new'::text])) THEN h.status
            ELSE 'up'::text
        END AS state,
    incident_engine.host_reason(h.host_name, now()) AS reason,
    COALESCE(d.devices, (0)::bigint) AS devices,
    COALESCE(d.up, (0)::bigint) AS up,
    COALESCE(d.down, (0)::bigint) AS down,
    COALESCE(d.silent, (0)::bigint) AS silent,
    COALESCE(d.unknown, (0)::bigint) AS unknown,
    COALESCE(d.in_maintenance, (0)::bigint) AS in_maintenance,
    COALESCE(i.active_incidents, (0)::bigint) AS active_incidents,
    l.reported_at,
    l.cpu_percent,
    l.memory_percent,
    l.disk_percent,
    l.cpu_temperature_celsius,
    l.load_average_5m,
    l.uptime_seconds,
    a.clock_offset_seconds,
    a.version AS agent_version,
    a.problem AS agent_problem,
    w.name AS site
   FROM ((((((incident.host h
     LEFT JOIN incident.site w ON ((h.site = w.site)))
     LEFT JOIN incident_engine.known_until() k(host_name, known_to) ON ((h.host_name = k.host_name)))
     LEFT JOIN device d ON ((h.host_name = d.host_name)))
     LEFT JOIN incidents i ON ((h.host_name = i.host_name)))
     LEFT JOIN incident.agent_health a ON ((h.host_name = a.host_name)))
     LEFT JOIN LATERAL ( SELECT s."timestamp" AS reported_at,
            s.cpu_percent,
            s.memory_percent,
            s.disk_percent,
            s.cpu_temperature_celsius,
            s.load_average_5m,
            s.uptime_seconds
           FROM public.system_metrics s
          WHERE ((s.host_name = h.host_name) AND (s."timestamp" <= (now() + incident_engine.clock_tolerance())))
          ORDER BY s."timestamp" DESC
         LIMIT 1) l ON (true))
  WHERE ((h.status <> 'retired'::text) AND ( SELECT incident_engine.warn_when_overdue() AS warn_when_overdue))
  ORDER BY (h.status = ANY (ARRAY['silent'::text, 'over_limit'::text])) DESC, ((COALESCE(d.down, (0)::bigint) + COALESCE(d.silent, (0)::bigint)) + COALESCE(d.unknown, (0)::bigint)) DESC, h.host_name;

-- Name: VIEW host_now; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.host_now IS 'Each host in service: how it is now, what its devices do, its load, its clock and its agent, as its newest row of system_metrics tells. Warns when nobody has looked lately.';

-- Name: COLUMN host_now.state; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.state IS 'maintenance (of the whole host), silent, over limits, new (heard of, not yet for long enough to be missed), unknown (at a central database: its site is not heard), or up.';

-- Name: COLUMN host_now.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.reason IS 'What is wrong with it, and for how long; null: nothing.';

-- Name: COLUMN host_now.devices; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.devices IS 'Devices in service: up + down + silent + unknown + in_maintenance, by incident.state_history.';

-- Name: COLUMN host_now.active_incidents; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.active_incidents IS 'Of the host and its devices.';

-- Name: COLUMN host_now.reported_at; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.reported_at IS 'Time of its newest row; its load, clock and agent are of that time.';

-- Name: COLUMN host_now.clock_offset_seconds; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.clock_offset_seconds IS 'How far its clock was ahead of the server''s; null: its agent does not say.';

-- Name: COLUMN host_now.agent_problem; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.agent_problem IS 'See incident.agent_health.';

-- Name: COLUMN host_now.site; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.host_now.site IS 'Name of its site; null where there is none but this database.';

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
          WHERE ((i.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND incident_engine.maintenance_covers(m.*, i.host_name, i.device_name, i.capture_folder))) AS incidents_silenced,
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

-- Name: message_message_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.message ALTER COLUMN message_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.message_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: move_move_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.move ALTER COLUMN move_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.move_move_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: quarantine; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.quarantine (
    source text NOT NULL,
    quarantine_id bigint NOT NULL,
    reason text NOT NULL,
    original jsonb NOT NULL,
    quarantined_at timestamp with time zone DEFAULT now() NOT NULL,
    taken_over boolean DEFAULT false NOT NULL
);

-- Name: TABLE quarantine; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.quarantine IS 'Rows of an adopted table that could not be taken over, and why.';

-- Name: COLUMN quarantine.reason; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.quarantine.reason IS 'The rule that the row breaks.';

-- Name: COLUMN quarantine.original; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.quarantine.original IS 'The row as it was.';

-- Name: COLUMN quarantine.quarantined_at; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.quarantine.quarantined_at IS 'When it was found.';

-- Name: COLUMN quarantine.taken_over; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.quarantine.taken_over IS 'True: the row was taken over all the same, save for what the reason says.';

-- Name: not_adopted; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.not_adopted AS
 SELECT source AS table_name,
    reason,
    original AS row_as_it_was,
    quarantined_at AS found_at,
    taken_over
   FROM incident_engine.quarantine q
  ORDER BY quarantine_id;

-- Name: VIEW not_adopted; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.not_adopted IS 'Rows of an earlier monitoring that could not be taken over, or not as they were, and why.';

-- Name: COLUMN not_adopted.table_name; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.not_adopted.table_name IS 'The table, in schema incident_adopted.';

-- Name: COLUMN not_adopted.reason; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.not_adopted.reason IS 'The rule that the row breaks.';

-- Name: COLUMN not_adopted.taken_over; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.not_adopted.taken_over IS 'True: it was, save for what the reason says.';

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
     CROSS JOIN LATERAL incident_engine.effective_policy(d.host_name, d.device_name, d.capture_folder, c.component) p(policy_id, host_name, device_name, capture_folder, component, sample_interval, no_data_after, sla_target, open_after, resolve_after, reopen_within, flapping_start_percent, flapping_stop_percent, new_device_grace, cpu_percent_limit, cpu_samples, memory_percent_limit, memory_samples, disk_percent_limit, disk_samples, temperature_celsius_limit, temperature_samples, close_after, unknown_after, site))
     CROSS JOIN LATERAL ( SELECT min(s.started_at) AS since
           FROM incident_engine.component_state s
          WHERE ((s.host_name = d.host_name) AND (s.device_name = d.device_name) AND (s.capture_folder = d.capture_folder) AND (s.component = c.component) AND (s.condition = c.condition) AND (s.started_at > COALESCE(( SELECT max(o.started_at) AS max
                   FROM incident_engine.component_state o
                  WHERE ((o.host_name = d.host_name) AND (o.device_name = d.device_name) AND (o.capture_folder = d.capture_folder) AND (o.component = c.component) AND (o.condition <> ALL (ARRAY[c.condition, 'neutral'::text])))), '-infinity'::timestamp with time zone)))) r)
  WHERE ((d.recheck_until = 'infinity'::timestamp with time zone) AND (((c.condition = 'failing'::text) AND (i.incident_id IS NULL)) OR ((c.condition = 'healthy'::text) AND (i.incident_id IS NOT NULL))));

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

-- Name: recent; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.recent AS
 SELECT incident_id,
    severity,
    host_name,
    device_name,
    component,
    status,
    COALESCE((total_duration_minutes || ' min'::text), ((GREATEST(floor((EXTRACT(epoch FROM (now() - detected_at)) / (60)::numeric)), (0)::numeric))::integer || ' min (ongoing)'::text)) AS duration,
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
    capture_folder,
    dismissed_by
   FROM public.system_incident i
  WHERE (retracted_at IS NULL)
  ORDER BY detected_at DESC, incident_id DESC;

-- Name: VIEW recent; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.recent IS 'Incidents, latest first, with how they were resolved; retracted ones are left out. For the last 20: limit 20.';

-- Name: COLUMN recent.duration; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recent.duration IS 'Whole minutes from detection to resolution, or so far.';

-- Name: COLUMN recent.dismissed_by; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.recent.dismissed_by IS 'Who called it a false alarm; null when nobody has.';

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

-- Name: rotation_override_override_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.rotation_override ALTER COLUMN override_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.rotation_override_override_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: route_route_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.route ALTER COLUMN route_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.route_route_id_seq
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

-- Name: site_health; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.site_health AS
 SELECT s.site,
    s.name,
    s.version,
    NULLIF(s.swept_to, '-infinity'::timestamp with time zone) AS swept_to,
    EXTRACT(epoch FROM (now() - NULLIF(s.swept_to, '-infinity'::timestamp with time zone))) AS lag_seconds,
    s.errors_waiting,
    s.slot_bytes,
    ( SELECT count(*) AS count
           FROM incident.host h
          WHERE (h.site = s.site)) AS hosts,
    NULLIF(concat_ws('; '::text,
        CASE
            WHEN ((s.site <> o.site) AND (NOT COALESCE(l.is_enabled, false))) THEN 'its subscription is not enabled'::text
            WHEN ((s.site <> o.site) AND (NOT l.is_running)) THEN 'its changes are not being applied: see the log of this server'::text
            WHEN l.is_copying THEN 'its tables are still being copied'::text
            ELSE NULL::text
        END,
        CASE
            WHEN (s.swept_to = '-infinity'::timestamp with time zone) THEN 'its sweep has never run'::text
            WHEN (s.swept_to < (now() - '00:03:00'::interval)) THEN ('not heard for '::text || incident_engine.readable_duration(EXTRACT(epoch FROM (now() - s.swept_to))))
            ELSE NULL::text
        END,
        CASE
            WHEN (s.version <> incident.version()) THEN ((('runs pg_incident '::text || s.version) || ', this database '::text) || incident.version())
            ELSE NULL::text
        END,
        CASE
            WHEN (s.errors_waiting > 0) THEN (s.errors_waiting || ' errors of its engine wait for repair'::text)
            ELSE NULL::text
        END,
        CASE
            WHEN (s.slot_bytes > 1000000000) THEN (('it keeps '::text || pg_size_pretty(s.slot_bytes)) || ' of write-ahead log'::text)
            ELSE NULL::text
        END), ''::text) AS problem
   FROM ((incident.site s
     CROSS JOIN LATERAL ( SELECT incident_engine.own_site() AS site) o)
     LEFT JOIN incident_engine.line_to_site() l(site, is_enabled, is_running, is_copying) ON ((s.site = l.site)))
  ORDER BY s.site;

-- Name: VIEW site_health; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.site_health IS 'Each site, as far as this database knows: at a central one all that it follows, at a site that publishes itself.';

-- Name: COLUMN site_health.swept_to; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site_health.swept_to IS 'Up to when its answers hold; null when its sweep has never run.';

-- Name: COLUMN site_health.lag_seconds; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site_health.lag_seconds IS 'How long ago that is: with a sweep each minute about a minute.';

-- Name: COLUMN site_health.slot_bytes; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site_health.slot_bytes IS 'Write-ahead log that it keeps for the central database that is furthest behind.';

-- Name: COLUMN site_health.problem; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.site_health.problem IS 'What is wrong, in words; null when nothing is.';

-- Name: summary; Type: VIEW; Schema: incident; Owner: -

CREATE VIEW incident.summary AS
 WITH now_active AS (
         SELECT count(*) FILTER (WHERE (NOT a.in_maintenance)) AS active,
            count(*) FILTER (WHERE ((NOT a.in_maintenance) AND (a.severity = 'critical'::text))) AS active_critical,
            count(*) FILTER (WHERE ((a.status = 'open'::text) AND (a.silenced_by IS NULL))) AS unacknowledged,
            count(*) FILTER (WHERE a.in_maintenance) AS in_maintenance
           FROM ( SELECT i.status,
                    i.severity,
                    s.silence AS silenced_by,
                    (EXISTS ( SELECT
                           FROM incident.maintenance m
                          WHERE (incident_engine.maintenance_covers(m.*, i.host_name, i.device_name, i.capture_folder) AND (m.effective_period @> now())))) AS in_maintenance
                   FROM (public.system_incident i
                     CROSS JOIN LATERAL incident_engine.silenced_by(i.*, now()) s(silence))
                  WHERE ((i.status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND (i.dismissed_at IS NULL))) a
        ), lately AS (
         SELECT count(*) FILTER (WHERE (i.counts_from > (now() - '24:00:00'::interval))) AS detected_24h,
            count(*) FILTER (WHERE ((i.counts_from > (now() - '24:00:00'::interval)) AND (i.severity = 'critical'::text))) AS critical_24h,
            count(*) AS detected_7d,
            incident_engine.round_down((EXTRACT(epoch FROM avg(i.time_to_resolve)) / (60)::numeric), 1) AS average_resolution_minutes,
            count(*) FILTER (WHERE (i.resolved_at IS NULL)) AS unresolved_7d
           FROM incident_engine.detected_incident((now() - '7 days'::interval), (now() + '00:05:00'::interval), (now() + '00:05:00'::interval)) i(incident_id, host_name, device_name, capture_folder, component, severity, root_cause, counts_from, counted, acknowledged_by, resolved_at, time_to_acknowledge, time_to_resolve, time_so_far)
        )
 SELECT n.active,
    n.active_critical,
    n.unacknowledged,
    l.detected_24h,
    l.critical_24h,
    l.detected_7d,
    l.average_resolution_minutes,
    l.unresolved_7d,
    n.in_maintenance,
    incident_engine.sweep_overdue() AS overdue
   FROM (now_active n
     CROSS JOIN lately l)
  WHERE incident_engine.warn_when_overdue();

-- Name: VIEW summary; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON VIEW incident.summary IS 'The state of things in one row of counts. Maintenance goes first: what is in it, or was wholly in it, is counted in in_maintenance alone. Retracted incidents are left out.';

-- Name: COLUMN summary.active; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.active IS 'Incidents open or in progress now, since whenever.';

-- Name: COLUMN summary.active_critical; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.active_critical IS 'Of these, critical.';

-- Name: COLUMN summary.unacknowledged; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.unacknowledged IS 'Of these, nobody on it, and people are to be told of it.';

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

-- Name: COLUMN summary.in_maintenance; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.in_maintenance IS 'Active incidents of what is in maintenance now.';

-- Name: COLUMN summary.overdue; Type: COMMENT; Schema: incident; Owner: -

COMMENT ON COLUMN incident.summary.overdue IS 'Since when nobody has looked for silence, in words; null while the sweep runs. When it is set the counts may be too low.';

-- Name: timeline_entry_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.timeline ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.timeline_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: void_period_void_id_seq; Type: SEQUENCE; Schema: incident; Owner: -

ALTER TABLE incident.void_period ALTER COLUMN void_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident.void_period_void_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: adoption; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.adoption (
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

-- Name: TABLE adoption; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.adoption IS 'Progress of moving the rows of plain tables that were there before pg_incident; one row per table in schema incident_adopted.';

-- Name: COLUMN adoption.source; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption.source IS 'Name of the table, in schema incident_adopted.';

-- Name: COLUMN adoption.next_block; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption.next_block IS 'Disk pages of it that are done.';

-- Name: COLUMN adoption.blocks; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption.blocks IS 'Disk pages it has.';

-- Name: COLUMN adoption.started_at; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption.started_at IS 'When its first step began.';

-- Name: COLUMN adoption.finished_at; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption.finished_at IS 'When its last row was read.';

-- Name: adoption_dependent_dependent_id_seq; Type: SEQUENCE; Schema: incident_engine; Owner: -

ALTER TABLE incident_engine.adoption_dependent ALTER COLUMN dependent_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident_engine.adoption_dependent_dependent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: adoption_duplicate; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.adoption_duplicate (
    source text NOT NULL,
    row_id tid NOT NULL
);

-- Name: TABLE adoption_duplicate; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.adoption_duplicate IS 'Rows of an adopted table that do not count, since another of the same key and time does; only while it is taken over.';

-- Name: COLUMN adoption_duplicate.row_id; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.adoption_duplicate.row_id IS 'Where it lies (ctid).';

-- Name: all_hosts; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.all_hosts (
);

-- Name: TABLE all_hosts; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.all_hosts IS 'Never holds a row: locking it locks all hosts at once, for statements of more hosts than the lock table has room for. Folds of single hosts hold it row exclusive, statements of many hosts share, folds of many hosts exclusive.';

-- Name: deployed_object; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.deployed_object (
    type text NOT NULL,
    identity text NOT NULL
);

-- Name: TABLE deployed_object; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.deployed_object IS 'Functions, views and triggers that the last deployment made, as pg_identify_object() names them: what the next one does not make again, it drops.';

-- Name: error_error_id_seq; Type: SEQUENCE; Schema: incident_engine; Owner: -

ALTER TABLE incident_engine.error ALTER COLUMN error_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident_engine.error_error_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

-- Name: host_sample; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.host_sample AS
 SELECT id,
    host_name,
    server_name,
    "timestamp",
    cpu_percent,
    memory_percent,
    memory_used_gb,
    memory_total_gb,
    disk_percent,
    disk_used_gb,
    disk_total_gb,
    uptime_seconds,
    platform,
    architecture,
    ffmpeg_status,
    monitor_status,
    ffmpeg_service_uptime_seconds,
    monitor_service_uptime_seconds,
    created_at,
    cpu_temperature_celsius,
    load_average_1m,
    load_average_5m,
    load_average_15m,
    download_mbps,
    upload_mbps,
    speedtest_last_run,
    speedtest_age_seconds,
    disk_write_mb_per_sec,
    agent
   FROM public.system_metrics m
  WHERE (COALESCE(((created_at - "timestamp") <= ( SELECT r.accept_late
           FROM incident.retention r)), true) AND (NOT (EXISTS ( SELECT
           FROM incident.void_period v
          WHERE ((v.host_name = m.host_name) AND (v.restored_at IS NULL) AND (v.period @> m."timestamp") AND (v.device_name IS NULL))))));

-- Name: VIEW host_sample; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.host_sample IS 'The hosts'' own rows that count, as incident_engine.sample for those of devices.';

-- Name: host_reading; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.host_reading AS
 SELECT m.host_name,
    m."timestamp",
    v.cause,
    v.value
   FROM (incident_engine.host_sample m
     CROSS JOIN LATERAL ( VALUES ('cpu'::text,m.cpu_percent), ('memory'::text,m.memory_percent), ('disk'::text,m.disk_percent), ('temperature'::text,m.cpu_temperature_celsius)) v(cause, value))
  WHERE (v.value <> 'NaN'::numeric);

-- Name: VIEW host_reading; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.host_reading IS 'What the rows of system_metrics say about what can reach a limit, one row per cause. Null and NaN say nothing.';

-- Name: host_tables; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.host_tables AS
 SELECT n.nspname AS schema_name,
    c.relname AS table_name,
        CASE c.relname
            WHEN 'host'::name THEN 1
            WHEN 'device'::name THEN 2
            WHEN 'recurring_maintenance'::name THEN 2
            WHEN 'system_incident'::name THEN 3
            ELSE 4
        END AS "position",
    ( SELECT string_agg(quote_ident((a.attname)::text), ', '::text ORDER BY a.attnum) AS string_agg
           FROM pg_attribute a
          WHERE ((a.attrelid = c.oid) AND (a.attnum > 0) AND (NOT a.attisdropped) AND (a.attgenerated = ''::"char") AND (a.attname <> 'site'::name) AND (a.attname <> 'policy_id'::name))) AS columns
   FROM (pg_class c
     JOIN pg_namespace n ON ((c.relnamespace = n.oid)))
  WHERE ((c.relkind = ANY (ARRAY['r'::"char", 'p'::"char"])) AND (NOT c.relispartition) AND ((n.nspname = ANY (ARRAY['incident'::name, 'incident_engine'::name])) OR ((n.nspname = 'public'::name) AND (c.relname = ANY (ARRAY['system_incident'::name, 'system_metrics'::name, 'system_device_metrics'::name])))) AND (EXISTS ( SELECT
           FROM pg_attribute a
          WHERE ((a.attrelid = c.oid) AND (a.attname = 'host_name'::name) AND (NOT a.attisdropped)))) AND ((((((n.nspname <> 'incident_engine'::name) OR (c.relname <> 'error'::name)) AND ((n.nspname <> 'incident'::name) OR (c.relname <> 'policy_change'::name))) AND ((n.nspname <> 'incident'::name) OR (c.relname <> 'agent_host'::name))) AND ((n.nspname <> 'incident_engine'::name) OR (c.relname <> 'agent_host'::name))) AND ((n.nspname <> 'incident'::name) OR (c.relname <> 'sealed_report_line'::name))));

-- Name: VIEW host_tables; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.host_tables IS 'The tables that hold what a database knows of a host, with the columns that go along when it moves to another site.';

-- Name: migration; Type: TABLE; Schema: incident_engine; Owner: -

CREATE TABLE incident_engine.migration (
    version integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT migration_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

-- Name: TABLE migration; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.migration IS 'Ledger of the migrations applied to this database; db/migrate.sql keeps it.';

-- Name: COLUMN migration.version; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.migration.version IS 'Leading number of the file in db/migrations/.';

-- Name: COLUMN migration.name; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.migration.name IS 'The file''s name without .sql.';

-- Name: COLUMN migration.sha256; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.migration.sha256 IS 'SHA-256 of the file as it was applied (sha256sum prints the same).';

-- Name: COLUMN migration.applied_at; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON COLUMN incident_engine.migration.applied_at IS 'When it was applied.';

-- Name: numbered_columns; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.numbered_columns AS
 SELECT ((c.relnamespace)::regnamespace)::name AS schema_name,
    c.relname AS table_name,
    a.attname AS column_name
   FROM (pg_attribute a
     JOIN pg_class c ON ((a.attrelid = c.oid)))
  WHERE ((a.attidentity <> ''::"char") AND (NOT a.attisdropped) AND (c.relkind = ANY (ARRAY['r'::"char", 'p'::"char"])) AND ((c.relnamespace = ANY (ARRAY[('incident'::regnamespace)::oid, ('incident_engine'::regnamespace)::oid])) OR (c.oid = ('public.system_incident'::regclass)::oid)));

-- Name: VIEW numbered_columns; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.numbered_columns IS 'The columns that the database numbers by itself: each site has a range of its own for them.';

-- Name: old_sample_notice_id_seq; Type: SEQUENCE; Schema: incident_engine; Owner: -

ALTER TABLE incident_engine.old_sample ALTER COLUMN notice_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident_engine.old_sample_notice_id_seq
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
    CONSTRAINT action_is_known CHECK ((action = ANY (ARRAY['resolved'::text, 'reopened'::text, 'closed'::text])))
);

-- Name: TABLE operator_action; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON TABLE incident_engine.operator_action IS 'What people did to the course of incidents; with the samples it is all that decides them. resolved: by hand at that moment; the next failing sample starts a new incident. reopened: if it was healthy then, that healthy run does not resolve it. closed: a later failure opens a new incident.';

-- Name: published_tables; Type: VIEW; Schema: incident_engine; Owner: -

CREATE VIEW incident_engine.published_tables AS
 SELECT "position",
    schema_name,
    table_name,
    told_by
   FROM ( VALUES (1,'incident'::text,'timeline'::text,'host'::text), (2,'incident'::text,'policy_change'::text,'number'::text), (3,'incident'::text,'outage'::text,'site'::text), (4,'public'::text,'system_incident'::text,'host'::text), (5,'incident'::text,'device_state'::text,'host'::text), (6,'incident'::text,'system_state'::text,'host'::text), (7,'incident'::text,'host_condition'::text,'host'::text), (8,'incident'::text,'maintenance'::text,'host'::text), (9,'incident'::text,'recurring_maintenance'::text,'host'::text), (10,'incident'::text,'retirement'::text,'host'::text), (11,'incident'::text,'void_period'::text,'host'::text), (12,'incident'::text,'policy'::text,'site'::text), (13,'incident'::text,'move'::text,'host'::text), (14,'incident'::text,'device'::text,'host'::text), (15,'incident'::text,'host'::text,'site'::text), (16,'incident'::text,'site'::text,'site'::text)) t("position", schema_name, table_name, told_by);

-- Name: VIEW published_tables; Type: COMMENT; Schema: incident_engine; Owner: -

COMMENT ON VIEW incident_engine.published_tables IS 'What a site publishes, and by what a row tells its site: by its own column, by its host, or by its number. What is told to whom is the affair of each site and stays there.';

-- Name: quarantine_quarantine_id_seq; Type: SEQUENCE; Schema: incident_engine; Owner: -

ALTER TABLE incident_engine.quarantine ALTER COLUMN quarantine_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME incident_engine.quarantine_quarantine_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

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
    CONSTRAINT names_have_at_most_500_bytes CHECK (((octet_length(host_name) <= 500) AND (octet_length(device_name) <= 500) AND (octet_length(capture_folder) <= 500) AND (octet_length(device_id) <= 500))),
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

-- Name: contact contact_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (contact);

-- Name: device device_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (host_name, device_name, capture_folder);

-- Name: device_state device_state_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device_state
    ADD CONSTRAINT device_state_pkey PRIMARY KEY (host_name, device_name, capture_folder, started_at);

-- Name: escalation_step escalation_step_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.escalation_step
    ADD CONSTRAINT escalation_step_pkey PRIMARY KEY (escalation, step);

-- Name: host_condition host_condition_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.host_condition
    ADD CONSTRAINT host_condition_pkey PRIMARY KEY (host_name, cause, started_at);

-- Name: host host_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.host
    ADD CONSTRAINT host_pkey PRIMARY KEY (host_name);

-- Name: maintenance maintenance_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.maintenance
    ADD CONSTRAINT maintenance_pkey PRIMARY KEY (host_name, maintenance_id);

-- Name: message message_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (message_id);

-- Name: move move_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.move
    ADD CONSTRAINT move_pkey PRIMARY KEY (host_name, move_id);

-- Name: notification notification_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (host_name, incident_id, number);

-- Name: notifier notifier_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.notifier
    ADD CONSTRAINT notifier_pkey PRIMARY KEY (notifier);

-- Name: outage outage_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.outage
    ADD CONSTRAINT outage_pkey PRIMARY KEY (site, ended_at);

-- Name: policy_change policy_change_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy_change
    ADD CONSTRAINT policy_change_pkey PRIMARY KEY (change_id);

-- Name: policy policy_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (policy_id);

-- Name: policy policy_scope_is_unique; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.policy
    ADD CONSTRAINT policy_scope_is_unique UNIQUE NULLS NOT DISTINCT (site, host_name, device_name, capture_folder, component);

-- Name: recurring_maintenance recurring_maintenance_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.recurring_maintenance
    ADD CONSTRAINT recurring_maintenance_pkey PRIMARY KEY (host_name, series_id);

-- Name: retention retention_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (only_row);

-- Name: retirement retirement_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.retirement
    ADD CONSTRAINT retirement_pkey PRIMARY KEY (host_name, retirement_id);

-- Name: rotation_override rotation_override_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.rotation_override
    ADD CONSTRAINT rotation_override_pkey PRIMARY KEY (override_id);

-- Name: rotation rotation_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.rotation
    ADD CONSTRAINT rotation_pkey PRIMARY KEY (rotation);

-- Name: route route_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.route
    ADD CONSTRAINT route_pkey PRIMARY KEY (route_id);

-- Name: sealed_report_line sealed_report_line_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report_line
    ADD CONSTRAINT sealed_report_line_pkey PRIMARY KEY (host_name, device_name, capture_folder, report_id);

-- Name: sealed_report sealed_report_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.sealed_report
    ADD CONSTRAINT sealed_report_pkey PRIMARY KEY (report_id);

-- Name: site site_name_key; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.site
    ADD CONSTRAINT site_name_key UNIQUE (name);

-- Name: site site_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (site);

-- Name: system_state system_state_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.system_state
    ADD CONSTRAINT system_state_pkey PRIMARY KEY (host_name, device_name, capture_folder, started_at);

-- Name: timeline timeline_is_one_chain; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.timeline
    ADD CONSTRAINT timeline_is_one_chain UNIQUE NULLS NOT DISTINCT (host_name, incident_id, previous_hash);

-- Name: timeline timeline_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.timeline
    ADD CONSTRAINT timeline_pkey PRIMARY KEY (host_name, incident_id, entry_id);

-- Name: void_period void_period_pkey; Type: CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.void_period
    ADD CONSTRAINT void_period_pkey PRIMARY KEY (host_name, void_id);

-- Name: adoption_dependent adoption_dependent_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.adoption_dependent
    ADD CONSTRAINT adoption_dependent_pkey PRIMARY KEY (dependent_id);

-- Name: adoption_duplicate adoption_duplicate_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.adoption_duplicate
    ADD CONSTRAINT adoption_duplicate_pkey PRIMARY KEY (source, row_id);

-- Name: adoption adoption_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.adoption
    ADD CONSTRAINT adoption_pkey PRIMARY KEY (source);

-- Name: agent_host agent_host_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.agent_host
    ADD CONSTRAINT agent_host_pkey PRIMARY KEY (login, host_name);

-- Name: deployed_object deployed_object_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.deployed_object
    ADD CONSTRAINT deployed_object_pkey PRIMARY KEY (type, identity);

-- Name: error error_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.error
    ADD CONSTRAINT error_pkey PRIMARY KEY (host_name, error_id);

-- Name: future_sample future_sample_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.future_sample
    ADD CONSTRAINT future_sample_pkey PRIMARY KEY (host_name, device_name, capture_folder, "timestamp");

-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (version);

-- Name: old_sample old_sample_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.old_sample
    ADD CONSTRAINT old_sample_pkey PRIMARY KEY (host_name, notice_id);

-- Name: operator_action operator_action_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.operator_action
    ADD CONSTRAINT operator_action_pkey PRIMARY KEY (host_name, device_name, capture_folder, component, action, acted_at);

-- Name: own_site own_site_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.own_site
    ADD CONSTRAINT own_site_pkey PRIMARY KEY (only_row);

-- Name: quarantine quarantine_pkey; Type: CONSTRAINT; Schema: incident_engine; Owner: -

ALTER TABLE ONLY incident_engine.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (source, quarantine_id);

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
    ADD CONSTRAINT system_incident_host_name_incident_id_key UNIQUE (incident_id, host_name);

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

-- Name: host_condition_current_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX host_condition_current_idx ON incident.host_condition USING btree (host_name) WHERE (ended_at = 'infinity'::timestamp with time zone);

-- Name: maintenance_effective_period_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX maintenance_effective_period_idx ON incident.maintenance USING gist (effective_period);

-- Name: maintenance_series_occurrence_key; Type: INDEX; Schema: incident; Owner: -

CREATE UNIQUE INDEX maintenance_series_occurrence_key ON incident.maintenance USING btree (host_name, series_id, lower(period)) WHERE (series_id IS NOT NULL);

-- Name: message_contact_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX message_contact_idx ON incident.message USING btree (contact, made_at);

-- Name: message_pending_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX message_pending_idx ON incident.message USING btree (next_attempt_at) WHERE (state = 'pending'::text);

-- Name: notification_message_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX notification_message_idx ON incident.notification USING btree (message_id) WHERE (message_id IS NOT NULL);

-- Name: notification_pending_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX notification_pending_idx ON incident.notification USING btree (contact, due_at) WHERE (state = 'pending'::text);

-- Name: notification_silenced_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX notification_silenced_idx ON incident.notification USING btree (host_name, incident_id) WHERE waits_for_silence_to_end;

-- Name: notification_unrecorded_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX notification_unrecorded_idx ON incident.notification USING btree (host_name, incident_id) WHERE ((state = ANY (ARRAY['sent'::text, 'failed'::text])) AND (NOT in_timeline));

-- Name: sealed_report_period_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX sealed_report_period_idx ON incident.sealed_report USING btree (period, sealed_at);

-- Name: system_state_one_current; Type: INDEX; Schema: incident; Owner: -

CREATE UNIQUE INDEX system_state_one_current ON incident.system_state USING btree (host_name, device_name, capture_folder) WHERE (ended_at = 'infinity'::timestamp with time zone);

-- Name: system_state_unreachable_idx; Type: INDEX; Schema: incident; Owner: -

CREATE INDEX system_state_unreachable_idx ON incident.system_state USING btree (ended_at) WHERE (status = 'unreachable'::text);

-- Name: error_waiting_idx; Type: INDEX; Schema: incident_engine; Owner: -

CREATE INDEX error_waiting_idx ON incident_engine.error USING btree (occurred_at) WHERE (repaired_at IS NULL);

-- Name: future_sample_timestamp_idx; Type: INDEX; Schema: incident_engine; Owner: -

CREATE INDEX future_sample_timestamp_idx ON incident_engine.future_sample USING btree ("timestamp");

-- Name: old_sample_noticed_idx; Type: INDEX; Schema: incident_engine; Owner: -

CREATE INDEX old_sample_noticed_idx ON incident_engine.old_sample USING btree (noticed_at);

-- Name: system_device_metrics_timestamp_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_device_metrics_timestamp_idx ON ONLY public.system_device_metrics USING brin ("timestamp");

-- Name: system_device_metrics_default_timestamp_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_device_metrics_default_timestamp_idx ON public.system_device_metrics_default USING brin ("timestamp");

-- Name: system_incident_anchored_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_anchored_idx ON public.system_incident USING btree (host_name, device_name, capture_folder, component, anchored_to) WHERE (anchored_to IS NOT NULL);

-- Name: system_incident_as_recorded_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_as_recorded_idx ON public.system_incident USING btree (host_name, device_name, capture_folder) WHERE as_recorded;

-- Name: system_incident_detected_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_detected_idx ON public.system_incident USING btree (detected_at);

-- Name: system_incident_device_detected_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_device_detected_idx ON public.system_incident USING btree (host_name, device_name, capture_folder, component, detected_at);

-- Name: system_incident_device_id_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_device_id_idx ON public.system_incident USING btree (device_id, host_name);

-- Name: system_incident_part_of_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_part_of_idx ON public.system_incident USING btree (host_name, part_of) WHERE (part_of IS NOT NULL);

-- Name: system_incident_resolved_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_resolved_idx ON public.system_incident USING btree (resolved_at);

-- Name: system_incident_status_idx; Type: INDEX; Schema: public; Owner: -

CREATE INDEX system_incident_status_idx ON public.system_incident USING btree (status) WHERE (status = ANY (ARRAY['resolved'::text, 'closed'::text]));

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

-- Name: timeline publish_new_entries; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER publish_new_entries AFTER INSERT ON incident.timeline REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.publish_events();

-- Name: policy_change re_evaluate_history; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER re_evaluate_history AFTER INSERT ON incident.policy_change REFERENCING NEW TABLE AS new_changes FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_policy_change();

-- Name: maintenance record_login; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER record_login BEFORE INSERT OR UPDATE ON incident.maintenance FOR EACH ROW EXECUTE FUNCTION incident_engine.record_maintenance_login();

-- Name: maintenance silence_notifications_in_maintenance; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER silence_notifications_in_maintenance AFTER INSERT ON incident.maintenance REFERENCING NEW TABLE AS new_windows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_maintenance_added();

-- Name: timeline timeline_is_append_only; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER timeline_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON incident.timeline FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_timeline_change();

-- Name: policy write_policy_change; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER write_policy_change AFTER INSERT OR DELETE OR UPDATE ON incident.policy FOR EACH ROW EXECUTE FUNCTION incident_engine.log_policy_change();

-- Name: retention write_policy_change; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER write_policy_change AFTER UPDATE ON incident.retention FOR EACH ROW EXECUTE FUNCTION incident_engine.log_policy_change();

-- Name: maintenance write_timeline_of_changed_maintenance; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER write_timeline_of_changed_maintenance AFTER UPDATE ON incident.maintenance REFERENCING NEW TABLE AS new_windows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.mark_changed_maintenance();

-- Name: maintenance write_timeline_of_new_maintenance; Type: TRIGGER; Schema: incident; Owner: -

CREATE TRIGGER write_timeline_of_new_maintenance AFTER INSERT ON incident.maintenance REFERENCING NEW TABLE AS new_windows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.mark_changed_maintenance();

-- Name: sweep_state hear_sites; Type: TRIGGER; Schema: incident_engine; Owner: -

CREATE TRIGGER hear_sites AFTER UPDATE ON incident_engine.sweep_state FOR EACH ROW WHEN ((new.finished_at IS NULL)) EXECUTE FUNCTION incident_engine.hear_sites();

-- Name: sweep_state write_own_site; Type: TRIGGER; Schema: incident_engine; Owner: -

CREATE TRIGGER write_own_site AFTER UPDATE ON incident_engine.sweep_state FOR EACH ROW WHEN (((new.finished_at IS NOT NULL) AND (new.finished_at IS DISTINCT FROM old.finished_at))) EXECUTE FUNCTION incident_engine.write_own_site();

-- Name: system_incident announce_changed_incident; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER announce_changed_incident BEFORE UPDATE ON public.system_incident FOR EACH ROW WHEN (((old.announced_at IS NULL) OR (old.announced_at = now()) OR (new.announced_at IS DISTINCT FROM old.announced_at))) EXECUTE FUNCTION incident_engine.before_incident_announcement();

-- Name: system_incident announce_incident; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER announce_incident BEFORE INSERT ON public.system_incident FOR EACH ROW EXECUTE FUNCTION incident_engine.before_incident_announcement();

-- Name: system_metrics fold_new_host_rows; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER fold_new_host_rows AFTER INSERT ON public.system_metrics REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.fold_host_rows();

-- Name: system_device_metrics fold_new_samples; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER fold_new_samples AFTER INSERT ON public.system_device_metrics REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_device_metrics_insert();

-- Name: system_incident keep_durations_and_transitions; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER keep_durations_and_transitions BEFORE INSERT OR UPDATE ON public.system_incident FOR EACH ROW EXECUTE FUNCTION incident_engine.before_incident_write();

-- Name: system_incident people_write_by_functions; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER people_write_by_functions BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.system_incident FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_direct_write();

-- Name: system_device_metrics samples_are_immutable; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER samples_are_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.system_device_metrics FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_sample_change();

-- Name: system_device_metrics_default samples_are_immutable; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER samples_are_immutable BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.system_device_metrics_default FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_sample_change();

-- Name: system_metrics samples_are_immutable; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER samples_are_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.system_metrics FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.refuse_sample_change();

-- Name: system_device_metrics samples_are_kept; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER samples_are_kept BEFORE DELETE ON public.system_device_metrics FOR EACH ROW EXECUTE FUNCTION incident_engine.keep_sample();

-- Name: system_metrics samples_are_kept; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER samples_are_kept BEFORE DELETE ON public.system_metrics FOR EACH ROW EXECUTE FUNCTION incident_engine.keep_sample();

-- Name: system_metrics sweep_when_due; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER sweep_when_due AFTER INSERT ON public.system_metrics FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.sweep_when_due();

-- Name: system_incident write_notifications_of_changed_incidents; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_notifications_of_changed_incidents AFTER UPDATE ON public.system_incident REFERENCING OLD TABLE AS old_incidents NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_incidents_changed();

-- Name: system_incident write_notifications_of_new_incidents; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_notifications_of_new_incidents AFTER INSERT ON public.system_incident REFERENCING NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.on_incidents_opened();

-- Name: system_incident write_timeline_of_changed_incidents; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_timeline_of_changed_incidents AFTER UPDATE ON public.system_incident REFERENCING OLD TABLE AS old_incidents NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.after_incident_update();

-- Name: system_incident write_timeline_of_new_incidents; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_timeline_of_new_incidents AFTER INSERT ON public.system_incident REFERENCING NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.after_incident_insert();

-- Name: system_incident write_timeline_of_new_incidents_in_maintenance; Type: TRIGGER; Schema: public; Owner: -

CREATE TRIGGER write_timeline_of_new_incidents_in_maintenance AFTER INSERT ON public.system_incident REFERENCING NEW TABLE AS new_incidents FOR EACH STATEMENT EXECUTE FUNCTION incident_engine.mark_new_incidents();

-- Name: device_state device_state_device_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.device_state
    ADD CONSTRAINT device_state_device_fkey FOREIGN KEY (host_name, device_name, capture_folder) REFERENCES incident.device(host_name, device_name, capture_folder) DEFERRABLE;

-- Name: escalation_step escalation_step_contact_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.escalation_step
    ADD CONSTRAINT escalation_step_contact_fkey FOREIGN KEY (contact) REFERENCES incident.contact(contact);

-- Name: host_condition host_condition_host_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.host_condition
    ADD CONSTRAINT host_condition_host_fkey FOREIGN KEY (host_name) REFERENCES incident.host(host_name) DEFERRABLE;

-- Name: maintenance maintenance_series_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.maintenance
    ADD CONSTRAINT maintenance_series_fkey FOREIGN KEY (host_name, series_id) REFERENCES incident.recurring_maintenance(host_name, series_id) DEFERRABLE;

-- Name: retirement retirement_host_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.retirement
    ADD CONSTRAINT retirement_host_fkey FOREIGN KEY (host_name) REFERENCES incident.host(host_name) DEFERRABLE;

-- Name: rotation rotation_contact_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.rotation
    ADD CONSTRAINT rotation_contact_fkey FOREIGN KEY (rotation) REFERENCES incident.contact(contact);

-- Name: rotation_override rotation_override_contact_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.rotation_override
    ADD CONSTRAINT rotation_override_contact_fkey FOREIGN KEY (contact) REFERENCES incident.contact(contact);

-- Name: rotation_override rotation_override_rotation_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.rotation_override
    ADD CONSTRAINT rotation_override_rotation_fkey FOREIGN KEY (rotation) REFERENCES incident.rotation(rotation);

-- Name: system_state system_state_host_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.system_state
    ADD CONSTRAINT system_state_host_fkey FOREIGN KEY (host_name) REFERENCES incident.host(host_name) DEFERRABLE;

-- Name: timeline timeline_incident_fkey; Type: FK CONSTRAINT; Schema: incident; Owner: -

ALTER TABLE ONLY incident.timeline
    ADD CONSTRAINT timeline_incident_fkey FOREIGN KEY (host_name, incident_id) REFERENCES public.system_incident(host_name, incident_id) DEFERRABLE;

-- Name: system_incident system_incident_part_of_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -

ALTER TABLE ONLY public.system_incident
    ADD CONSTRAINT system_incident_part_of_fkey FOREIGN KEY (host_name, part_of) REFERENCES public.system_incident(host_name, incident_id) DEFERRABLE;

-- Name: system_device_metrics agents_insert_rows_of_their_hosts; Type: POLICY; Schema: public; Owner: -

CREATE POLICY agents_insert_rows_of_their_hosts ON public.system_device_metrics FOR INSERT WITH CHECK ((( SELECT ('*'::text = ANY (incident_engine.agent_hosts((CURRENT_USER)::text)))) OR (host_name IN ( SELECT unnest(incident_engine.agent_hosts((CURRENT_USER)::text)) AS unnest)) OR incident_engine.refuse_host(host_name, (CURRENT_USER)::text)));

-- Name: system_metrics agents_insert_rows_of_their_hosts; Type: POLICY; Schema: public; Owner: -

CREATE POLICY agents_insert_rows_of_their_hosts ON public.system_metrics FOR INSERT WITH CHECK ((( SELECT ('*'::text = ANY (incident_engine.agent_hosts((CURRENT_USER)::text)))) OR (host_name IN ( SELECT unnest(incident_engine.agent_hosts((CURRENT_USER)::text)) AS unnest)) OR incident_engine.refuse_host(host_name, (CURRENT_USER)::text)));

-- Name: system_device_metrics_default backups_see_every_row; Type: POLICY; Schema: public; Owner: -

CREATE POLICY backups_see_every_row ON public.system_device_metrics_default FOR SELECT TO pg_read_all_data USING (true);

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
GRANT USAGE ON SCHEMA incident TO incident_notifier;

-- Name: TABLE policy; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.policy TO incident_viewer;

-- Name: TABLE system_incident; Type: ACL; Schema: public; Owner: -

GRANT SELECT ON TABLE public.system_incident TO incident_viewer;

-- Name: TABLE recurring_maintenance; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.recurring_maintenance TO incident_viewer;

-- Name: TABLE route; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.route TO incident_viewer;

-- Name: TABLE host; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.host TO incident_viewer;

-- Name: TABLE site; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.site TO incident_viewer;

-- Name: TABLE device_state; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.device_state TO incident_viewer;

-- Name: TABLE device; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.device TO incident_viewer;

-- Name: TABLE retirement; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.retirement TO incident_viewer;

-- Name: TABLE system_state; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.system_state TO incident_viewer;

-- Name: TABLE host_condition; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.host_condition TO incident_viewer;

-- Name: TABLE timeline; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.timeline TO incident_viewer;

-- Name: TABLE maintenance; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.maintenance TO incident_viewer;

-- Name: TABLE retention; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.retention TO incident_viewer;

-- Name: TABLE void_period; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.void_period TO incident_viewer;

-- Name: TABLE system_device_metrics; Type: ACL; Schema: public; Owner: -

GRANT INSERT ON TABLE public.system_device_metrics TO incident_agent;
GRANT SELECT ON TABLE public.system_device_metrics TO incident_viewer;

-- Name: TABLE message; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.message TO incident_viewer;

-- Name: TABLE notification; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.notification TO incident_viewer;

-- Name: TABLE move; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.move TO incident_viewer;

-- Name: TABLE policy_change; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.policy_change TO incident_viewer;

-- Name: TABLE rotation; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.rotation TO incident_viewer;

-- Name: TABLE rotation_override; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.rotation_override TO incident_viewer;

-- Name: TABLE sealed_report; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.sealed_report TO incident_viewer;

-- Name: TABLE sealed_report_line; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.sealed_report_line TO incident_viewer;

-- Name: TABLE escalation_step; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.escalation_step TO incident_viewer;

-- Name: TABLE contact; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.contact TO incident_viewer;

-- Name: TABLE outage; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.outage TO incident_viewer;

-- Name: TABLE system_metrics; Type: ACL; Schema: public; Owner: -

GRANT INSERT ON TABLE public.system_metrics TO incident_agent;
GRANT SELECT ON TABLE public.system_metrics TO incident_viewer;

-- Name: TABLE told; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.told TO incident_viewer;

-- Name: TABLE notifier; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.notifier TO incident_viewer;

-- Name: TABLE active; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.active TO incident_viewer;

-- Name: TABLE adoption_notes; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.adoption_notes TO incident_viewer;

-- Name: TABLE agent_health; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.agent_health TO incident_viewer;

-- Name: TABLE agents; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.agents TO incident_viewer;

-- Name: TABLE announced; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.announced TO incident_viewer;

-- Name: TABLE board; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.board TO incident_viewer;

-- Name: TABLE board_by_host; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.board_by_host TO incident_viewer;

-- Name: TABLE health; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.health TO incident_viewer;

-- Name: TABLE help; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.help TO incident_viewer;

-- Name: TABLE host_now; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.host_now TO incident_viewer;

-- Name: TABLE maintenance_now; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.maintenance_now TO incident_viewer;

-- Name: TABLE not_adopted; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.not_adopted TO incident_viewer;

-- Name: TABLE pending; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.pending TO incident_viewer;

-- Name: TABLE recent; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.recent TO incident_viewer;

-- Name: TABLE site_health; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.site_health TO incident_viewer;

-- Name: TABLE summary; Type: ACL; Schema: incident; Owner: -

GRANT SELECT ON TABLE incident.summary TO incident_viewer;
