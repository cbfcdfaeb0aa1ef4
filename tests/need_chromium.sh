#!/bin/sh
# The browser test drives the system's Chromium. Install it where that is possible.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq chromium fonts-khmeros >/dev/null && exit 0
fi
echo "Chromium is missing and could not be installed. Install it (for example: sudo apt install chromium) and run make test again." >&2
exit 1
