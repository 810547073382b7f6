#!/bin/sh
# The tests under the lowest versions that pyproject.toml allows: what it promises is what we try.
# Usage: scripts/lowest.sh FOLDER-OF-UV [what pytest is to run]
set -eu
uv=$1/uv
shift
venv=.venv-lowest
"$uv" venv --quiet --clear --python "${PYTHON:-python3}" $venv
"$uv" pip install --quiet --python $venv/bin/python --resolution lowest-direct \
  --editable '.[fast,parquet]'
"$uv" pip freeze --quiet --python $venv/bin/python --exclude-editable > $venv/lowest.txt
# The tools of the tests come in their newest versions, and may change none of the above.
"$uv" pip install --quiet --python $venv/bin/python --constraint $venv/lowest.txt \
  --editable '.[dev]'
cat $venv/lowest.txt
exec $venv/bin/python -m pytest -q "$@"
