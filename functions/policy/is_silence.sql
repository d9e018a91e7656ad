create or replace function incident_engine.is_silence(
    last_signal_at timestamptz, next_signal_at timestamptz, no_data_after interval, known_to timestamptz
)
returns boolean
language sql
immutable
parallel safe
return last_signal_at + no_data_after <= case when next_signal_at < 'infinity' then next_signal_at else known_to end;  -- rule: silence that just reaches no_data_after counts

comment on function incident_engine.is_silence(timestamptz, timestamptz, interval, timestamptz) is
'Whether the gap between two signals is silence. One that is not over (next_signal_at null or infinity) is, once it is known up to '
'known_to, how far the sweep has looked, that it lasts no_data_after.';

revoke all on function incident_engine.is_silence(timestamptz, timestamptz, interval, timestamptz) from public;
