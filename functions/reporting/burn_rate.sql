create or replace function incident_engine.burn_rate(lost numeric, counted numeric, allowed_part numeric)
returns numeric
language sql
immutable
parallel safe
return case
    when lost > 0 and allowed_part = 0 then 'Infinity'
    when lost > 0 then incident_engine.round_down(lost / (counted * allowed_part), 2)
    when counted > 0 then 0.00
end;

comment on function incident_engine.burn_rate(numeric, numeric, numeric) is
'How many times as fast as allowed an error budget is spent: the part lost of the counted time divided by the part that may be lost, '
'rounded down to 2 decimals; infinity where none may be. Null when nothing was counted.';

revoke all on function incident_engine.burn_rate(numeric, numeric, numeric) from public;
grant execute on function incident_engine.burn_rate(numeric, numeric, numeric) to incident_viewer;
