"""Pages far beyond any postmortem: an error or done, in bounded memory, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytest.importorskip("resource", reason="measures memory as POSIX does")
# Reads and checks a page; prints the codes that it got, the entries, and the peak of memory in MB.
JUDGED = """
import json, resource, sys
from datetime import date
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import read_page
checker = Checker(Settings(), load_schemas(), date(2026, 11, 24))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
text = eval(sys.argv[1])
page = read_page("postmortems/a.md", text.encode(), checker.settings)
problems = checker.problems([page])
entries = len(page.record.timeline.entries) if page.record else 0
tasks = len(page.record.tasks) if page.record else 0
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - before
print(json.dumps([sorted({item.code for item in problems}), entries, tasks, peak, len(problems)]))
"""
HEAD = (
    "---\\npostmortem:\\n  severity: SEV2\\n  timezone: UTC\\n  started: 2026-03-14 09:12\\n---\\n"
)


@pytest.mark.parametrize(
    ("text", "entries", "tasks", "code"),
    [
        (f"'{HEAD}## Timeline\\n' + '- 09:12 We look.\\n' * 20_000", 20_000, 0, "PM105"),
        (f"'{HEAD}## Tasks\\n' + '- [ ] Look\\n' * 5_000", 0, 5_000, "PM501"),
        ("'---\\npostmortem:\\n  impact: ' + 'x' * 5_000_000 + '\\n---\\n'", 0, 0, "PM004"),
        ("'---\\npostmortem:\\n' + '  key: value\\n' * 200_000 + '---\\n'", 0, 0, "PM004"),
        ("'---\\npostmortem:\\n  services: ' + '[' * 500_000 + '\\n---\\n'", 0, 0, "PM004"),
        (
            "'---\\na0: &a0 [x, x]\\n' + ''.join(f'a{n}: &a{n} [*a{n-1}, *a{n-1}]\\n' "
            "for n in range(1, 200)) + 'postmortem: {services: *a199}\\n---\\n'",
            0,
            0,
            "PM004",
        ),
        (f"'{HEAD}' + '<!-- postmortem:index [[[[ -->\\n' * 5_000", 0, 0, "PM107"),
    ],
    ids=["entries", "tasks", "long", "keys", "deep", "aliases", "directives"],
)
def test_it_is_an_error_or_done(text: str, entries: int, tasks: int, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", JUDGED, text],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    codes, found, todo, peak, _ = json.loads(done.stdout)
    assert code in codes
    assert (found, todo) == (entries, tasks)
    assert peak < 300, f"{peak} MB"
