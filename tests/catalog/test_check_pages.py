"""Many files, one process or several: the same problems, and no texts kept."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog.check_pages import check_pages_in_processes
from mkdocs_postmortem.catalog.site import Site as Checked
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking import schemas as validators
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.model.settings import Audience, Settings

DAY = date(2026, 11, 24)
INTERNAL = Settings(audience=Audience.INTERNAL)


@pytest.fixture
def many(site: Site) -> Site:
    """120 pages: every third is wrong, ids come twice, references lead nowhere."""
    for number in range(120):
        text = PAGE.replace("id: PM-1", f"id: PM-{number // 2}\n  related: [PM-{number}]")
        if number % 3 == 0:
            text = text.replace("SEV2", f"SEV{number}").replace("09:33", "25:33")
        site.write(f"postmortems/{number:03}.md", text)
    site.write_config()
    return site


def files_of(site: Site) -> list[tuple[str, Path]]:
    docs = site.root / "docs"
    return [(file.relative_to(docs).as_posix(), file) for file in sorted(docs.rglob("*.md"))]


def check(site: Site, checker: Checker, **options: Any) -> Checked:
    return check_site(files_of(site), checker, check=partial(check_pages_in_processes, **options))


def test_processes_find_what_one_finds(many: Site) -> None:
    checker = Checker(INTERNAL, load_schemas(), DAY)
    steps: list[int] = []

    alone = check(many, checker, jobs=1)
    together = check(many, checker, jobs=3, on_progress=steps.append)

    assert together.problems == alone.problems
    assert alone.problems == check_site(files_of(many), checker).problems
    assert len(alone.catalog) == len(together.catalog) == 120
    assert {"PM103", "PM601", "PM602"} <= {item.code for item in alone.problems}
    assert sum(steps) == 121


def test_each_process_knows_the_company_schema(many: Site) -> None:
    schema = many.root / "company.json"
    schema.write_text(
        '{"$ref": "https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json",'
        ' "required": ["region"],'
        ' "properties": {"region": {"type": "string"}}}'
    )
    checker = Checker(INTERNAL, load_schemas(schema), DAY)

    together = check(many, checker, schema=schema, jobs=2)

    assert together.problems == check(many, checker, jobs=1).problems
    assert sum("region" in item.message for item in together.problems) == 120


def test_the_command_prints_the_same_with_any_number_of_jobs(many: Site) -> None:
    one, two = (
        CliRunner().invoke(main, ["check", str(many.root), "--jobs", jobs]) for jobs in "12"
    )

    assert one.output == two.output
    assert one.exit_code == two.exit_code == 1


def test_an_interrupt_ends_all_processes_without_a_trace(
    many: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    checker = Checker(INTERNAL, load_schemas(), DAY)
    with pytest.raises(KeyboardInterrupt):
        check(many, checker, jobs=2, on_progress=interrupted)

    assert capfd.readouterr().err == ""


def test_the_fast_validator_changes_no_problem(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jsonschema_rs")
    fast = check(many, Checker(INTERNAL, load_schemas(), DAY), jobs=1)
    monkeypatch.setattr(validators, "jsonschema_rs", None)
    slow_checker = Checker(INTERNAL, load_schemas(), DAY)
    assert slow_checker.schemas.record.fast is None

    slow = check(many, slow_checker, jobs=1)
    assert slow.problems == fast.problems
