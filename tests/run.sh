#!/bin/sh
# Every test, in two processes side by side: the journeys mostly wait for a bot to start.
# Further arguments go to both. Fails when either does.
set -u
log=$(mktemp)
"$PYTHON" -m pytest tests/journeys "$@" >"$log" 2>&1 &
journeys=$!
"$PYTHON" -m pytest tests --ignore=tests/journeys "$@"
rest=$?
wait "$journeys"
told=$?
cat "$log"
rm -f "$log"
[ "$rest" -eq 0 ] && [ "$told" -eq 0 ]
