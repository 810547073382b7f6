#!/bin/sh
# Create the virtual environment and install the package with an extra into it.
# Usage: scripts/venv.sh PYTHON FOLDER EXTRA
set -eu
python=$1 folder=$2 extra=$3

fail() {
  echo "$1" >&2
  exit 1
}

command -v "$python" >/dev/null ||
  fail "$python was not found. Install Python 3.10 or newer, or name one: make PYTHON=python3.12"
version=$("$python" --version 2>&1)
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail "$version is too old: 3.10 or newer is required. Name one: make PYTHON=python3.12"
# Debian and Ubuntu ship Python without ensurepip; `-m venv` would leave half an environment.
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  fail "$version has no venv module. On Debian and Ubuntu: apt-get install python3-venv"

if ! [ -x "$folder/bin/pip" ]; then
  echo "Creating a virtual environment in $folder"
  "$python" -m venv "$folder"
fi
echo "Installing mkdocs-postmortem[$extra]; the first time takes a minute or more"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade pip
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --editable ".[$extra]"
