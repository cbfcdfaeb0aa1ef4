#!/bin/sh
# The browser test drives the system's Chromium, and looks at Khmer. Install both where that is possible.
can_browse() {
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}
# Where fonts are not listed in this way, the pictures say whether there is one.
can_write_khmer() {
  ! command -v fc-list >/dev/null 2>&1 || fc-list :lang=km | grep -q .
}
can_browse && can_write_khmer && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq chromium fonts-khmeros >/dev/null && exit 0
fi
echo "Chromium or a Khmer font is missing and could not be installed. Install them (for example: sudo apt install chromium fonts-khmeros) and run make test again." >&2
exit 1
