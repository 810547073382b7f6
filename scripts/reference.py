"""Write the reference pages that are made from code and schemas.

    python scripts/reference.py [--check]

With --check nothing is written; the exit code is 1 if a page is out of date.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from command_reference import filled
from record_reference import record_page

from mkdocs_postmortem.checking.rules import RULES, Rule
from mkdocs_postmortem.checking.schemas import load_schema

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
NOTE = "<!-- Made by scripts/reference.py; write the text in the code. -->\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = [name for name, text in pages().items() if not settle(FOLDER / name, text, check)]
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run `make reference`")


def pages() -> dict[str, str]:
    """File name → text."""
    commands = (FOLDER / "commands.md").read_text(encoding="utf-8")
    return {
        "rules.md": rules(),
        "front-matter.md": front_matter(),
        "record.md": record_page(NOTE),
        "commands.md": filled(commands),
    }


def settle(path: Path, text: str, check: bool) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return True
    if not check:
        path.write_text(text, encoding="utf-8")
    return not check


def rules() -> str:
    head = [
        "# Rules",
        "",
        NOTE,
        "Each rule has a code, a name and a default level. The option `rules` changes the level",
        "by code or name: `error`, `warning`, `info` or `off`. On a draft a rule is never heavier",
        "than the level in the column *draft*.",
        "",
        "| code | name | level | draft | what it finds |",
        "| --- | --- | --- | --- | --- |",
    ]
    rows = [
        f"| [{rule.code}](#{rule.code.lower()}) | `{rule.name}` | {rule.level.value} "
        f"| {draft_level(rule)} | {rule.summary} |"
        for rule in RULES.values()
    ]
    return "\n".join([*head, *rows, "", *(rule_text(rule) for rule in RULES.values())])


def draft_level(rule: Rule) -> str:
    return rule.level.softened(rule.draft).value


def rule_text(rule: Rule) -> str:
    return (
        f"## {rule.code}\n\n**{rule.name}** · {rule.level.value}\n\n{rule.summary} {rule.why}\n\n"
        f'```text title="instead of"\n{rule.bad}\n```\n\n```text title="write"\n{rule.good}\n```\n'
    )


def front_matter() -> str:
    schema = load_schema("front-matter")["$defs"]
    parts = [
        "# Front matter\n",
        NOTE,
        "After this page you know every key that you can write below `postmortem:`. All other keys",
        "of the front matter belong to the site.\n",
        table(schema["postmortem"]["properties"]),
        "## Entries of timeline\n",
        table(schema["entry"]["properties"]),
        "## Entries of tasks\n",
        table(schema["task"]["properties"]),
    ]
    return "\n".join(parts)


def table(properties: dict[str, Any]) -> str:
    rows = ["| key | meaning | example |", "| --- | --- | --- |"]
    for name, spec in properties.items():
        text = spec.get("description", spec.get("title", ""))
        if "enum" in spec:
            text += " One of " + ", ".join(f"`{item}`" for item in spec["enum"]) + "."
        example = ", ".join(f"`{shown(item)}`" for item in spec.get("examples", [])[:2])
        rows.append(f"| `{name}` | {text} | {example} |")
    return "\n".join(rows) + "\n"


def shown(example: Any) -> str:
    return f"[{', '.join(map(str, example))}]" if isinstance(example, list) else str(example)


if __name__ == "__main__":
    main()
