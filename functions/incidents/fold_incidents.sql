create or replace function incident_engine.fold_incidents(
    changed incident_engine.touch[],
    components text[],
    horizon timestamptz default now() + incident_engine.clock_tolerance(),
    cause text default 'late samples'
)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    spans constant incident_engine.component_span[] := incident_engine.affected_spans(changed, components);
    writer_before constant text := coalesce(current_setting('incident_engine.writer', true), '');
    c incident_engine.verdict;
    retracted incident_engine.verdict[] := array[]::incident_engine.verdict[];
    ended incident_engine.verdict[] := array[]::incident_engine.verdict[];
    lasting incident_engine.verdict[] := array[]::incident_engine.verdict[];
    opened incident_engine.verdict[] := array[]::incident_engine.verdict[];
begin
    foreach c in array incident_engine.leave_held(
        changed, spans, array(select m from incident_engine.match_incidents(spans, horizon) as m)
    ) loop
        if (c.derived).detected_at is null then
            retracted := retracted || c;
        elsif c.incident_id is null then
            opened := opened || c;
        elsif (c.derived).resolved_at = 'infinity' then
            lasting := lasting || c;
        else
            ended := ended || c;
        end if;
    end loop;

    -- First what ends, then what lasts: a component has one active incident at any moment.
    perform set_config('incident_engine.writer', 'engine', true);
    perform incident_engine.retract_incidents(retracted, cause);
    perform incident_engine.update_incidents(ended, cause);
    perform incident_engine.update_incidents(lasting, cause);
    perform incident_engine.open_incidents(spans, opened);
    perform set_config('incident_engine.writer', writer_before, true);
    perform incident_engine.update_recheck(spans);
end
$$;

comment on function incident_engine.fold_incidents(incident_engine.touch[], text[], timestamptz, text) is
'Makes the incidents around a change of the history what the history says. horizon: samples after it are not looked at. cause: what '
'made the change ("late samples", "a change of policy"), for the timelines of incidents that come out otherwise than before.';

revoke all on function incident_engine.fold_incidents(incident_engine.touch[], text[], timestamptz, text) from public;
