#!/bin/sh
# Fetches public repositories with calendar files, each at one commit, for benchmarks.calendars.
#   sh benchmarks/fetch_calendars.sh data/calendars
set -eu
folder=${1:?where to}
while read -r repository commit; do
    at="$folder/$(echo "$repository" | tr / +)"
    test -d "$at" || git clone --quiet --no-checkout "https://github.com/$repository.git" "$at"
    git -C "$at" checkout --quiet "$commit"
done <<'END'
allenporter/ical d1c9d3a52e61e7bf4452dfe3e16f9ee0d9b78b2a
niccokunzmann/python-recurring-ical-events 170036d2eb0c0bf512a55b2549bbf313bc316a67
collective/icalendar 851cb47758689b54781c0712186d1d9e2ec57dd5
jens-maus/node-ical 5a7e1c7b6fd0a67d6e364aee18cf053c3b8000a2
kewisch/ical.js 926193a28ed90deeabe34d6be178d7d2a53ae6e3
MagicMirrorOrg/MagicMirror fb41d24ef522e91e802e2a623ff6afbddeb3c9d8
rianjs/ical.net 1ad17e51a0e71b30aabf88d95c16066f4db6e08b
u01jmg3/ics-parser 67f34bac80a3ae50dca0de862dd2e1473332ebb6
END
