"""Every rule, by its code: its documentation from ``rules.yml``, its check from a topic's file."""

from pathlib import Path

from mkdocs_postmortem.checking.rule import Rule, read_rules
from mkdocs_postmortem.checking.rules import identity, tasks, text, timeline, times

CHECKS = {
    code: check
    for topic in (times, timeline, text, tasks, identity)
    for code, check in topic.CHECKS.items()
}
RULES: dict[str, Rule] = read_rules(Path(__file__).with_name("rules.yml"), CHECKS)
