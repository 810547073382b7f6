"""``make demo`` and ``make test`` on a machine that lacks what they need."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "venv.sh"
# A Python that reports its version and fails whatever else it should run.
OLD = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.8.1" && exit 0\nexit 1\n'
WITHOUT_VENV = (
    '#!/bin/sh\ncase "$*" in --version) echo "Python 3.12.1";; *ensurepip*) exit 1;; esac\n'
)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (None, "was not found. Install Python 3.10 or newer"),
        (OLD, "Python 3.8.1 is too old: 3.10 or newer is required."),
        (WITHOUT_VENV, "Python 3.12.1 has no venv module. On Debian and Ubuntu: apt-get install"),
    ],
)
def test_a_sentence_says_what_is_missing(tmp_path: Path, program: str | None, message: str) -> None:
    python = tmp_path / "python"
    if program is not None:
        python.write_text(program, encoding="utf-8")
        python.chmod(0o755)

    result = subprocess.run(
        [SCRIPT, python, tmp_path / "venv", "docs"], capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert message in result.stderr
    assert not (tmp_path / "venv").exists()
