create or replace function incident_engine.flapping_percent(changes bit(20))
returns numeric
language sql
immutable
-- 1.25 - age / 38 for each interval with a change, as a percentage of 20. The masks add up the ages, digit by digit.
return (
    95 * bit_count(changes) - 2 * (  -- rule: new changes weigh more than old ones
        bit_count(changes & b'10101010101010101010')
        + bit_count(changes & b'11001100110011001100') * 2
        + bit_count(changes & b'00001111000011110000') * 4
        + bit_count(changes & b'00001111111100000000') * 8
        + bit_count(changes & b'11110000000000000000') * 16
    )
) * 5.0 / 76;

comment on function incident_engine.flapping_percent(bit) is
'How much a component flaps, in percent, by the rule of Nagios: changes between failing and healthy among its last 20 intervals '
'(the newest is the last bit), weighted from 0.75 for the oldest to 1.25 for the newest.';

revoke all on function incident_engine.flapping_percent(bit) from public;
