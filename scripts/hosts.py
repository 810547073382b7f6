"""``make hosts``: build one site with each host and beside each plugin, and write the tables.

Each host has a virtual environment of its own below ``.cache/hosts``, with the newest versions
that fit. Names as arguments try only these. What came of each is kept, and the tables are written
when nothing is missing and nothing failed. Backstage's reader needs node.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from host_checks import CHECKS, Built, doubled_ids
from host_company import COMPANY, OURS, Company
from host_runs import (
    CACHE,
    OPTIONS,
    ROOT,
    build,
    configure,
    environment,
    lay,
    read_in_backstage,
    run,
    versions,
)
from host_specs import HOSTS, MATERIAL, Host

PAGE = ROOT / "docs/reference/hosts.md"
RESULTS = CACHE / "results"
# The table's columns, and the checks that each stands for.
COLUMNS = {
    "box, timeline": ("box", "ids"),
    "index, lists, links": ("index", "lists", "links"),
    "search": ("search",),
    "data": ("data",),
    "style, script": ("assets",),
    "an error stops it": ("builds", "errors"),
}


@dataclass
class Tried:
    """What came of each check: nothing wrong, or what is."""

    spec: Host | Company
    versions: dict[str, str]
    faults: dict[str, list[str]] = field(default_factory=dict)
    day: str = ""

    def wrong(self) -> Iterator[str]:
        """What is not as the specification says."""
        for check, faults in self.faults.items():
            if faults and check not in self.spec.cannot:
                yield from (f"{check}: {fault}" for fault in faults[:5])
            if not faults and check in self.spec.cannot:
                yield f"{check}: passes, though the specification says that it cannot"

    def cell(self, checks: Sequence[str]) -> str:
        reasons = [self.spec.cannot[name] for name in checks if self.faults.get(name)]
        return "yes" if not reasons else "no: " + "; ".join(dict.fromkeys(reasons))


def attempt(host: Host) -> Tried:
    programs = environment(host.name, host.packages)
    tried = Tried(host, versions(programs, host.versions))
    folder = CACHE / host.name / "site"
    lay(folder)
    configure(host, folder)
    if _built(tried, build(host, programs, folder, "--strict")):
        if host.is_backstage:
            read_in_backstage(folder / "site")
        _check(tried, Built(folder / "site", search=host.search))
        tried.faults["errors"] = list(_stops(host, programs))
    return tried


def _built(tried: Tried, done: subprocess.CompletedProcess[str]) -> bool:
    tried.faults["builds"] = [(done.stderr or done.stdout)[-800:]] if done.returncode else []
    return done.returncode == 0


def _check(tried: Tried, built: Built) -> None:
    for name, check in {**CHECKS, "ids": doubled_ids}.items():
        tried.faults[name] = list(check(built))


def _stops(host: Host, programs: Path) -> Iterator[str]:
    """An error in a postmortem stops any build, a warning stops a strict one, nothing else does."""
    share = "  users_affected: 28%\n"
    cases = (
        ("an error", "severity: ", "severity: SEV99 #", (), True),
        ("a warning", share, "", ("--strict",), True),
        ("a warning", share, "", (), False),
    )
    for what, old, new, switches, should in cases:
        folder = CACHE / host.name / "broken"
        page = lay(folder) / "postmortems/2026-03-14-checkout-pool-again.md"
        page.write_text(page.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        configure(host, folder)
        done = build(host, programs, folder, *switches)
        if (done.returncode != 0) is not should:
            verb = "does not stop" if should else "stops"
            yield f"{what} {verb} `build {' '.join(switches)}`"
        if "Traceback" in done.stderr:
            yield f"{what} ends in a traceback"


def beside(company: Company, programs: Path) -> Tried:
    """A site with the plugin and ours, on Material."""
    tried = Tried(company, versions(programs, (company.package,)))
    folder = CACHE / "company" / company.name
    lay(folder)
    for path, text in company.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for path, old, new in company.changes:
        file = folder / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    ours = {OURS: {**OPTIONS, **company.options}}
    plugins = tuple(ours if item == OURS else item for item in company.plugins)
    config = {"theme": MATERIAL, **company.config, "plugins": list(plugins)}
    configure(Host(company.name, "", (), (), config=config), folder)
    if company.needs_git:
        _commit(folder)
    done = run([str(programs / "mkdocs"), "build", "--strict"], folder)
    if _built(tried, done):
        built = Built(folder / "site", count=company.count)
        _check(tried, built)
        tried.faults["own"] = list(company.check(built)) if company.check else []
    return tried


def _commit(folder: Path) -> None:
    name = ("-c", "user.name=Dana", "-c", "user.email=dana@example.com")
    for command in (("init", "-q"), ("add", "-A"), (*name, "commit", "-q", "-m", "Docs")):
        subprocess.run(["git", *command], cwd=folder, check=True)


def keep(tried: Tried) -> None:
    RESULTS.mkdir(parents=True, exist_ok=True)
    kept = {"versions": tried.versions, "faults": tried.faults, "day": _today()}
    (RESULTS / f"{tried.spec.name}.json").write_text(json.dumps(kept), encoding="utf-8")


def kept(spec: Host | Company) -> Tried | None:
    file = RESULTS / f"{spec.name}.json"
    return Tried(spec, **json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


def write(hosts: Sequence[Tried], company: Sequence[Tried]) -> None:
    """Put the tables into the page, between its marks."""
    rows = [
        [f"{one.spec.title} ({_versions(one)})", *map(one.cell, COLUMNS.values()), one.day]
        for one in hosts
        if isinstance(one.spec, Host)
    ]
    beside_rows = [
        [
            f"{one.spec.name} ({_versions(one)})",
            one.cell(list(one.faults)),
            one.spec.advice,
            one.day,
        ]
        for one in company
        if isinstance(one.spec, Company)
    ]
    text = PAGE.read_text(encoding="utf-8")
    text = _between(text, "hosts", _table(["host", *COLUMNS, "tried"], rows))
    head = ["plugin", "works", "order and limits", "tried"]
    PAGE.write_text(_between(text, "company", _table(head, beside_rows)), encoding="utf-8")


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()


def _versions(tried: Tried) -> str:
    return ", ".join(f"{name} {number}" for name, number in tried.versions.items())


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _between(text: str, name: str, made: str) -> str:
    mark = re.compile(f"(<!-- table of {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return mark.sub(lambda match: f"{match[1]}\n{made}\n\n{match[2]}", text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these hosts and plugins")
    wanted = parser.parse_args().names
    chosen = [one for one in (*HOSTS, *COMPANY) if not wanted or one.name in wanted]
    packages = tuple(dict.fromkeys(name for one in COMPANY for name in (one.package, *one.also)))
    for spec in chosen:
        if isinstance(spec, Host):
            tried = attempt(spec)
        else:
            tried = beside(spec, environment("company", packages))
        wrong = list(tried.wrong())
        state = "FAILED" if wrong else "as the table says"
        print("\n  ".join([f"{spec.name} ({_versions(tried)}): {state}", *wrong]), flush=True)
        keep(tried)
    hosts, company = [kept(one) for one in HOSTS], [kept(one) for one in COMPANY]
    known = [one for one in (*hosts, *company) if one is not None]
    failed = any(list(one.wrong()) for one in known)
    if not failed and len(known) == len(hosts) + len(company):
        write([one for one in hosts if one], [one for one in company if one])
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
