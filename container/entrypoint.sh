#!/bin/sh
# docker run … build|serve runs MkDocs, every other word is a command of mkdocs-postmortem.
set -eu
case "${1:-check}" in
build) exec mkdocs "$@" ;;
serve)
  shift
  exec mkdocs serve --dev-addr 0.0.0.0:8000 "$@"
  ;;
*) exec mkdocs-postmortem "$@" ;;
esac
