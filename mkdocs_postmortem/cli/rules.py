"""``rules``: what each rule finds, why, and what to write instead."""

from __future__ import annotations

from textwrap import indent

import click

from mkdocs_postmortem.checking.rules import RULES, Rule
from mkdocs_postmortem.cli import Refusal
from mkdocs_postmortem.model.problem import did_you_mean


@click.command(short_help="List all rules, or explain one, or a group such as PM3.")
@click.argument("code", required=False)
def rules(code: str | None) -> None:
    """List all rules, or explain one by its code or name, or a group such as PM3."""
    if code is None:
        for rule in RULES.values():
            click.echo(f"{rule.code}  {rule.level.value:8} {rule.name:24} {rule.summary}")
        return
    wanted = code.strip()
    exact = [rule for rule in RULES.values() if wanted.upper() == rule.code or wanted == rule.name]
    group = [rule for rule in RULES.values() if rule.code.startswith(wanted.upper())]
    if not (exact or group):
        meant = did_you_mean(wanted, [rule.name for rule in RULES.values()])
        raise Refusal(f"There is no rule `{code}`. `mkdocs-postmortem rules` lists all.{meant}")
    click.echo("\n\n".join(map(_explained, exact or group)))


def _explained(rule: Rule) -> str:
    draft = rule.level.softened(rule.draft)
    softer = f" ({draft.value} on a draft)" if draft is not rule.level else ""
    bad, good = (indent(text, "    ") for text in (rule.bad, rule.good))
    return (
        f"{rule.code} {rule.name}: {rule.level.value}{softer}\n\n{rule.summary}\n{rule.why}\n\n"
        f"Instead of\n{bad}\nwrite\n{good}"
    )
