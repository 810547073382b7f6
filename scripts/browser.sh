#!/bin/sh
# A browser for the tests in tests/browser: the machine's own, else Debian's, else Playwright's.
set -eu
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
echo "Installing Chromium for the browser tests"
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } >/dev/null && exit 0
fi
exec "$1" -m playwright install chromium
