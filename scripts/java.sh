#!/bin/sh
# Java for the test of Spark: the machine's own (17 or newer), else Debian's. Without it the test says so and skips.
set -eu
if command -v java >/dev/null 2>&1; then
  version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1)
  [ "${version:-0}" -ge 17 ] && exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Java for the test of Spark"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >/dev/null || true
  for package in openjdk-17-jre-headless openjdk-21-jre-headless default-jre-headless; do
    apt-get install -q -y --no-install-recommends "$package" >/dev/null 2>&1 && exit 0
  done
fi
echo "There is no Java 17 or newer: the test of Spark is skipped"
