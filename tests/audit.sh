#!/bin/sh
# Ask the public lists of known holes about every package that is locked. Needs a network; what
# asks is kept out of the environment of the bot, so that nothing of it is ever part of the bot.
# Status: 0 nothing known, 1 a hole is known, 3 it could not be asked.
python=${1:-python3}
tool=.venv/audit
could_not() {
  echo "NOT CHECKED: $1. This needs a network; run make audit again where there is one." >&2
  exit 3
}
if ! [ -x "$tool/bin/pip-audit" ]; then
  "$python" -m venv "$tool" || could_not "no environment could be made for pip-audit"
  "$tool/bin/python" -m pip install --quiet --retries 1 --timeout 15 "pip-audit>=2.7,<3" \
    || { rm -rf "$tool"; could_not "pip-audit could not be fetched"; }
fi
worst=0
for lock in requirements.lock requirements-dev.lock; do
  echo "$lock:"
  told=$("$tool/bin/pip-audit" --require-hashes --disable-pip --progress-spinner off -r "$lock" 2>&1)
  status=$?
  echo "$told"
  case "$told" in
    *"No known vulnerabilities"*) ;;
    *"Found "*" known vulnerabilit"*) worst=1 ;;
    *) could_not "the list of known holes did not answer (status $status)" ;;
  esac
done
exit $worst
