#!/bin/sh
# What the tests in tests/browser need: a browser (the machine's own, else Debian's, else
# Playwright's) and the library that Playwright's driver is linked with.
set -eu
python=$1

has_browser() {
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}

packages=""
has_browser || packages="chromium"
"$python" -m playwright --version >/dev/null 2>&1 || packages="$packages libatomic1"
[ -n "$packages" ] || exit 0
echo "Installing for the browser tests: $packages"
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # one word a package
  { apt-get update -q && apt-get install -q -y --no-install-recommends $packages; } >/dev/null && exit 0
fi
has_browser || exec "$python" -m playwright install chromium
