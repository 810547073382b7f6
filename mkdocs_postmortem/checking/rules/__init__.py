"""Every rule, by its code. A new rule is one function and one ``Rule`` in the file of its topic."""

from mkdocs_postmortem.checking.rule import Rule
from mkdocs_postmortem.checking.rules import audience, identity, page, tasks, text, timeline, times

RULES: dict[str, Rule] = {
    rule.code: rule
    for topic in (page, times, timeline, text, tasks, identity, audience)
    for rule in topic.RULES
}
