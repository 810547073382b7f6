"""What a hostile site opens: nothing outside itself, the package and Python, and no socket.

The one program that is started is git, which reads the history of the pages.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.checking.schemas import CustomSchemaError, load_schemas
from mkdocs_postmortem.rendering.templates import TemplateError, load_templates

# Runs a command under an audit hook and prints what it opened, connected to or started.
WATCHED = """
import os, sys
seen = []
def hook(event, arguments):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system",
                 "os.exec", "os.posix_spawn", "urllib.Request", "exec_file"):
        seen.append((event, arguments[1] if event.startswith("socket") else arguments[0]))
if sys.argv[1] == "mkdocs":
    from mkdocs.__main__ import cli as main
else:
    from mkdocs_postmortem.cli import main
sys.addaudithook(hook)
try:
    main(sys.argv[2:])
except SystemExit:
    pass
for event, what in seen:
    print(">>", event, os.path.realpath(what) if isinstance(what, (str, bytes)) else what)
"""
TREASURE = "correct horse battery staple"
HOSTILE = """
## Lists

<!-- postmortem:index {service: ../../secret.txt} -->

<!-- postmortem:index {file: ../../secret.txt} -->

<!-- postmortem:tasks {include: /etc/passwd, state: all} -->

<!-- postmortem:stats !!python/object/apply:os.system [id] -->

{{ config }} {% include "../../secret.txt" %} --8<-- "../../secret.txt"
"""


@pytest.fixture
def hostile(site: Site) -> Site:
    """A site beside a file that it must not read."""
    root = site.root
    (root / "secret.txt").write_text(TREASURE, encoding="utf-8")
    site.root = root / "project"
    site.write("index.md", "# Home\n")
    page = PAGE.replace(
        "impact: Shoppers", "impact: '![a](file:///etc/passwd) ../../secret.txt'\n  x: "
    )
    site.write("postmortems/a.md", PAGE + HOSTILE)
    site.write("postmortems/b.md", page.replace("id: PM-1", "id: ../../secret.txt"))
    site.options["on_error"] = "warn"
    site.write_config()
    return site


@pytest.mark.parametrize(
    "words",
    ["mkdocs build -q", "pm check", "pm check --fix", "pm export json", "pm tasks", "pm stats"],
)
def test_nothing_outside_is_opened(hostile: Site, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *words.split()],
        cwd=hostile.root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(hostile.root), "NO_MKDOCS_2_WARNING": "1"},
    )
    events = [line.split(" ", 2)[1:] for line in done.stdout.splitlines() if line[:3] == ">> "]
    assert len(events) > 2, done.stderr
    allowed = tuple(
        os.path.realpath(item)
        for item in (hostile.root, sys.prefix, sys.base_prefix, Path(__file__).parents[2])
    )
    system = ("/dev/null", "/usr/share/zoneinfo", "/etc/localtime", "/usr/share/mime", "/proc/")
    outside = [
        (event, what)
        for event, what in events
        if (event, Path(what).name) != ("subprocess.Popen", "git")
        and not (
            event == "open"
            and (what.isdigit() or what.startswith((*allowed, *system)) or "mime.types" in what)
        )
    ]
    assert outside == []
    assert TREASURE not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "reference",
    [
        "../secret.txt",
        "file:///etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1:9/a",
        "urn:other",
        "//h/a",
    ],
)
@pytest.mark.parametrize("word", ["$ref", "$dynamicRef", "$schema", "$id"])
def test_a_schema_reaches_nothing(tmp_path: Path, word: str, reference: str) -> None:
    file = tmp_path / "company.yml"
    file.write_text(f"allOf:\n  - '{word}': '{reference}'\n", encoding="utf-8")
    opened: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if is_on and event in ("open", "socket.connect", "socket.getaddrinfo"):
            opened.append(str(arguments[0]))

    is_on = False
    sys.addaudithook(hook)
    # What Python itself loads at the first schema is not what the second one asks for.
    with contextlib.suppress(CustomSchemaError):
        load_schemas(file)
    is_on = True
    with contextlib.suppress(CustomSchemaError):
        load_schemas(file)
    is_on = False
    assert set(opened) <= {str(file)}


@pytest.mark.parametrize(
    "text",
    [
        "{% include '../secret.txt' %}",
        "{% include '/etc/passwd' %}",
        "{% import '../../secret.txt' as a %}",
    ],
)
def test_an_overridden_template_includes_nothing_from_outside(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.txt").write_text(TREASURE, encoding="utf-8")
    folder = tmp_path / "overrides" / "postmortem"
    folder.mkdir(parents=True)
    (folder / "summary.html").write_text(text, encoding="utf-8")

    with pytest.raises(TemplateError):
        load_templates("en", [tmp_path / "overrides"]).render("summary.html")
