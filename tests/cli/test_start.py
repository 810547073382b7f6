"""Commands start without the modules that they don't need; counted, since no test measures time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import COMMANDS

RUN = """
import json, sys
from mkdocs_postmortem.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print(json.dumps([code, *sys.modules]), file=sys.stderr)
"""
# Each takes at least 3 % of the start of a check.
NEVER = {"jsonschema", "jinja2", "babel", "markdown", "mkdocs", "urllib.request", "multiprocessing"}


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--version"], {"yaml", "mkdocs_postmortem.reading"}),
        (["rules"], {"mkdocs_postmortem.reading", "jsonschema_rs"}),
        (["rules", "PM301"], {"mkdocs_postmortem.reading", "jsonschema_rs"}),
        (["schema"], {"mkdocs_postmortem.reading", "mkdocs_postmortem.model.settings"}),
        (["check", "docs/postmortems/a.md"], {"mkdocs_postmortem.adopting"}),
        (["tasks"], {"mkdocs_postmortem.adopting"}),
        (["agents"], set()),
        # `zensical` renders pages whatever it does.
        *[([name, "--help"], set()) for name in COMMANDS if name != "zensical"],
    ],
)
def test_a_command_leaves_out_what_it_does_not_need(
    site: Site, arguments: list[str], heavy: set[str]
) -> None:
    pytest.importorskip("jsonschema_rs")  # has no wheels for 32-bit ARM and PyPy
    site.write_config()
    site.write("postmortems/a.md", PAGE)
    line = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(line, check=False, cwd=site.root, capture_output=True, text=True)
    code, *loaded = json.loads(done.stderr.splitlines()[-1])

    assert code == 0, done.stderr
    assert not (NEVER | heavy) & set(loaded)
