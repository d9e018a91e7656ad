create or replace function incident_engine.fold(
    touched incident_engine.touch[], as_of timestamptz default now(), cause text default 'late samples'
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off
-- Whatever is looked up in here is looked up by its key; a plan made while the tables were small lives on in a long session.
set enable_seqscan = off
as $$
declare
    horizon constant timestamptz := as_of + incident_engine.clock_tolerance();
    samples_from constant timestamptz := incident_engine.samples_from();
    spans incident_engine.touch[];
    regions incident_engine.touch[];
    of_hosts incident_engine.touch[];
begin
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
    if cardinality(spans) is distinct from cardinality(touched) then
        insert into incident_engine.future_sample (host_name, device_name, capture_folder, timestamp)
        select t.host_name, t.device_name, t.capture_folder, t.from_time
        from unnest(touched) as t
        where t.from_time > horizon
        on conflict do nothing;
    end if;
    if spans is null then
        return;
    end if;

    perform incident_engine.lock_hosts((select array_agg(distinct t.host_name) from unnest(spans) as t));
    select h.regions, h.of_hosts into regions, of_hosts from incident_engine.fold_history(spans, horizon) as h;
    if regions is not null then
        perform incident_engine.fold_incidents(regions, array['ffmpeg', 'monitor'], horizon, cause);
    end if;

    -- The hosts' own rows, and silences of devices that came, went or moved.
    of_hosts := of_hosts || array(
        select (t.host_name, '', '', greatest(t.from_time, samples_from), t.to_time)::incident_engine.touch
        from unnest(touched) as t
        where t.device_name = '' and t.from_time <= horizon and t.to_time >= samples_from
    );
    if cardinality(of_hosts) > 0 then
        perform incident_engine.fold_hosts(of_hosts, horizon, cause);
    end if;
end
$$;

comment on function incident_engine.fold(incident_engine.touch[], timestamptz, text) is
'The one fold: samples -> device state history -> incidents, for live rows, late rows, retries, imports and rebuilds alike. '
'Takes the spans of devices whose samples are new (or to be looked at again) and makes history and incidents there what the '
'samples and the operators'' actions say; running it again changes nothing. Spans with device_name '''' are those of the rows '
'of hosts. Samples and rows more than five minutes after as_of are kept for the sweep. cause: what '
'made it necessary, for the timelines of incidents that come out otherwise. Errors: 55P03 when another transaction '
'holds the host for over 5 seconds.';

revoke all on function incident_engine.fold(incident_engine.touch[], timestamptz, text) from public;
