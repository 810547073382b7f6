#!/usr/bin/env bash
# The steps of action.yml. Reads FOLDER, STRICT, SARIF and INDEX; writes to $GITHUB_STEP_SUMMARY.
set -uo pipefail

# From the root of the repository, since annotations need paths from there.
options=()
if [ "${FOLDER:-.}" != . ]; then options+=("$FOLDER"); fi
check() { mkdocs-postmortem check ${options[@]+"${options[@]}"} "$@"; }

if [ "${STRICT:-false}" = true ]; then
  check --format github --strict
else
  check --format github
fi
status=$?
# 2 is a wrong configuration: the commands below would only repeat it.
if [ "$status" -gt 1 ]; then exit "$status"; fi

if [ -n "${SARIF:-}" ]; then check --format sarif >"$SARIF"; fi

{
  printf '## Postmortems\n\n~~~text\n'
  NO_COLOR=1 check --level warning
  printf '~~~\n\n### Overdue tasks\n\n'
  (cd "${FOLDER:-.}" && mkdocs-postmortem tasks --overdue --format markdown)
} >>"${GITHUB_STEP_SUMMARY:-/dev/null}"

if [ -n "${INDEX:-}" ] && ! mkdocs-postmortem index "$INDEX" --check; then status=1; fi
exit "$status"
