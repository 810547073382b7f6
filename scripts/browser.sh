#!/bin/sh
# What the tests in tests/browser need: a browser (the machine's own, else Debian's, else
# Playwright's), the library that Playwright's driver is linked with, and the fonts of
# tests/browser/fonts.py.
# Usage: scripts/browser.sh PYTHON
set -eu
python=$1

has_browser() {
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}
has_font() {
  fc-list "$1" 2>/dev/null | grep -q .
}

packages=""
has_browser || packages="chromium"
"$python" -m playwright --version >/dev/null 2>&1 || packages="$packages libatomic1"
has_font "DejaVu Sans" || has_font Verdana || packages="$packages fontconfig fonts-dejavu-core"
has_font "Liberation Sans" || has_font Arial || packages="$packages fontconfig fonts-liberation"
[ -n "$packages" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing for the browser tests: $packages"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # one word a package
  { apt-get update -q && apt-get install -q -y --no-install-recommends $packages; } >/dev/null && exit 0
fi
echo "The browser tests need these Debian packages or their like: $packages"
has_browser || exec "$python" -m playwright install chromium
