"""The parts of the page on commands that are made from the command line itself.

A part stands between ``<!-- options of NAME -->`` and ``<!-- end -->``; the rest is written by
hand.
"""

from __future__ import annotations

import re

import click

from mkdocs_postmortem.cli import COMMANDS, main

_PART = re.compile(r"(<!-- options of (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str) -> str:
    """The page with each part written anew. ValueError names a command that has none."""
    missing = set(COMMANDS) - {match["name"] for match in _PART.finditer(text)}
    if missing:
        raise ValueError(f"docs/reference/commands.md says nothing of {', '.join(sorted(missing))}")
    return _PART.sub(lambda match: f"{match[1]}{part(match['name'])}\n{match[3]}", text)


def part(name: str) -> str:
    """Usage and options of a command."""
    command = main.get_command(click.Context(main), name)
    if command is None:
        raise ValueError(f"docs/reference/commands.md describes `{name}`, which does not exist")
    with click.Context(command, info_name=f"mkdocs-postmortem {name}") as context:
        usage = " ".join(command.collect_usage_pieces(context))
    rows = [row(item) for item in command.params if isinstance(item, click.Option)]
    head = f"\n```text\nmkdocs-postmortem {name} {usage}\n```\n"
    if not rows:
        return head
    return "\n".join([head, "| option | what it does |", "| --- | --- |", *rows, ""])


def row(option: click.Option) -> str:
    """One line of the table of options."""
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len, reverse=True))
    if not option.help:
        raise ValueError(f"{names} says nothing of itself")
    choices = ""
    if isinstance(option.type, click.Choice):
        choices = " One of " + ", ".join(f"`{item}`" for item in option.type.choices) + "."
    elif not option.is_flag:
        names += f" `{taken(option)}`"
    return f"| {names} | {option.help.replace('|', chr(92) + '|')}{choices} |"


def taken(option: click.Option) -> str:
    """What stands behind an option."""
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.DateTime):
        return "DAY"
    return "N" if "int" in option.type.name else option.type.name.upper()
