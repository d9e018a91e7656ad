#!/usr/bin/env bash
# A check for Nagios, Icinga and whatever takes their plugins: report/nagios.sh PSQL [its arguments]
#     OK (0), CRITICAL (2): a critical incident is active, UNKNOWN (3): nobody has looked, or there is no answer
set -uo pipefail
said=$("$(dirname "$0")/status.sh" "$@" 2>&1)
case $? in
    0) word=OK code=0 ;;
    1) word=CRITICAL code=2 ;;
    *) word=UNKNOWN code=3 ;;
esac
line=${said%%$'\n'*}
echo "$word - ${line#NOW }" | tr -s ' '
exit "$code"
