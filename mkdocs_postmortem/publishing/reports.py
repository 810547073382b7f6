"""Problems → the forms that people and machines read: JSON, GitHub annotations, SARIF, JUnit."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from mkdocs_postmortem import __version__
from mkdocs_postmortem.checking.rules import RULES
from mkdocs_postmortem.model.problem import Level, Problem

Report = Callable[[Sequence[Problem]], str]

_GITHUB = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_SARIF = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def as_json(problems: Sequence[Problem]) -> str:
    """The data that ``problems.schema.json`` describes; paths as they were given."""
    counts = {level.value: _count(problems, level) for level in _GITHUB}
    data = {"version": 1, "problems": [_plain(item) for item in problems], "counts": counts}
    return json.dumps(data, indent=1)


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, one line each: GitHub shows them in the diff of a pull request."""
    return "\n".join(
        f"::{_GITHUB[item.level]} file={_property(item.path)},line={item.position.line},"
        f"col={item.position.column},title={item.code} {_property(RULES[item.code].name)}"
        f"::{_message(f'{item.message} {item.fix}'.strip())}"
        for item in problems
    )


def as_sarif(problems: Sequence[Problem]) -> str:
    """SARIF 2.1.0, with the documentation of each rule that was broken."""
    codes = sorted({item.code for item in problems})
    driver = {
        "name": "mkdocs-postmortem",
        "version": __version__,
        "rules": [_sarif_rule(code) for code in codes],
    }
    results = [_sarif_result(item, codes.index(item.code)) for item in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def as_junit(problems: Sequence[Problem]) -> str:
    """A suite per file, a case per problem; only errors count as failures."""
    suites = Element("testsuites", name="mkdocs-postmortem")
    for path in dict.fromkeys(item.path for item in problems):
        own = [item for item in problems if item.path == path]
        failures = str(_count(own, Level.ERROR))
        suite = SubElement(suites, "testsuite", name=path, tests=str(len(own)), failures=failures)
        for item in own:
            _junit_case(suite, item)
    return tostring(suites, encoding="unicode", xml_declaration=True)


REPORTS: dict[str, Report] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}


def _count(problems: Sequence[Problem], level: Level) -> int:
    return sum(item.level is level for item in problems)


def _plain(item: Problem) -> dict[str, Any]:
    return {
        "path": item.path,
        "line": item.position.line,
        "column": item.position.column,
        "level": item.level.value,
        "code": item.code,
        "rule": RULES[item.code].name,
        "message": item.message,
        "fix": item.fix,
        "suggestion": _suggestion(item),
    }


def _suggestion(item: Problem) -> dict[str, Any] | None:
    change = item.suggestion
    if change is None:
        return None
    return {
        "line": change.position.line,
        "column": change.position.column,
        "length": change.length,
        "text": change.text,
    }


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _sarif_rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "help": {"text": f"Instead of: {rule.bad}\nWrite: {rule.good}"},
        "defaultConfiguration": {"level": _SARIF[rule.level]},
    }


def _sarif_result(item: Problem, index: int) -> dict[str, Any]:
    region = {"startLine": item.position.line, "startColumn": item.position.column}
    file = {"uri": item.path.replace("\\", "/")}
    location = {"artifactLocation": file, "region": region}
    return {
        "ruleId": item.code,
        "ruleIndex": index,
        "level": _SARIF[item.level],
        "message": {"text": f"{item.message} {item.fix}".strip()},
        "locations": [{"physicalLocation": location}],
        **_sarif_fixes(item, file),
    }


def _sarif_fixes(item: Problem, file: dict[str, str]) -> dict[str, Any]:
    change = item.suggestion
    if change is None:
        return {}
    region = {
        "startLine": change.position.line,
        "startColumn": change.position.column,
        "endColumn": change.position.column + change.length,
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": change.text}}
    changes = [{"artifactLocation": file, "replacements": [replacement]}]
    return {"fixes": [{"description": {"text": item.fix}, "artifactChanges": changes}]}


def _junit_case(suite: Element, item: Problem) -> None:
    name = f"{item.code} {RULES[item.code].name}"
    case = SubElement(suite, "testcase", classname=_xml_text(item.path), name=name)
    text = _xml_text(f"{item.path}:{item.position}: {item.message} {item.fix}".strip())
    if item.level is Level.ERROR:
        failure = SubElement(case, "failure", message=_xml_text(item.message), type=item.code)
        failure.text = text
    else:
        SubElement(case, "system-out").text = f"{item.level.value}: {text}"


def _xml_text(text: str) -> str:
    """XML has no place for control characters."""
    return "".join(ch if ch.isprintable() or ch in "\t\n" else "\ufffd" for ch in text)
