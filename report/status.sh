#!/usr/bin/env bash
# The screen of `make status`: report/status.sh PSQL [its arguments]. Exits with
#     0  all is well: nothing critical is active, and somebody has looked
#     1  a critical incident is active that people are told of
#     2  nobody has looked for silence lately, so nothing is known
#     3  the database gave no answer
# Colours on a terminal, none elsewhere or with NO_COLOR.
set -euo pipefail

# The first line carries the exit code, and is not shown.
answer=$("$@" -XAtq -v ON_ERROR_STOP=1 -c "
    set client_min_messages = error;
    select case
        when s.overdue is not null then 2
        when exists (select from incident.announced as a where a.severity = 'critical') then 1
        else 0
    end
    from incident.summary as s" -c "
    select rpad(s.topic, 14) || s.answer from incident.status() as s") || exit 3
state=${answer%%$'\n'*}
lines=${answer#*$'\n'}

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    red=$'\e[1;31m' yellow=$'\e[33m' green=$'\e[32m' plain=$'\e[0m'
    now=$green
    if [ "$state" != 0 ]; then now=$red; fi
    lines=$(sed -E "
        1s/^.*\$/$now&$plain/
        2,\$s/(#[0-9]+ CRITICAL:|overspent|Poor)/$red\1$plain/g
        2,\$s/(#[0-9]+ (HIGH|MEDIUM|LOW):|Fair)/$yellow\1$plain/g" <<<"$lines")
fi
printf '%s\n' "$lines"
exit "$state"
