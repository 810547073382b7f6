"""The option ``measures``: lengths that a team defines by their two ends."""

from __future__ import annotations

from typing import Any

from mkdocs_postmortem.model.lifecycle import MEASURES, Measure, Milestone
from mkdocs_postmortem.model.spelling import did_you_mean

_KEYS = ("name", "from", "to")
_EXAMPLE = "`{name: Time to page, from: detected, to: acknowledged}`"
_LONGEST_NAME = 60


def read_measures(value: Any) -> tuple[tuple[Measure, ...], list[str]]:
    """The measures, and one sentence for each that is wrong (it is left out then)."""
    if not isinstance(value, (list, tuple)):
        return (), [f"measures: a list such as `[{_EXAMPLE.strip('`')}]` is expected."]
    measures: dict[str, Measure] = {}
    errors: list[str] = []
    taken = {measure.key for measure in MEASURES}
    for number, item in enumerate(value, 1):
        where = f"measures, item {number}"
        found = _faults(item)
        if not found:
            measure = Measure(
                " ".join(item["name"].split()), Milestone(item["from"]), Milestone(item["to"])
            )
            if measure.key in taken:
                found.append(f"the name `{measure.name}` is taken. Give each measure its own.")
            else:
                taken.add(measure.key)
                measures[measure.key] = measure
        errors += [f"{where}: {error}" for error in found]
    return tuple(measures.values()), errors


def _faults(item: Any) -> list[str]:
    """What is wrong with one measure by itself."""
    if not isinstance(item, dict):
        return [f"{_EXAMPLE} is expected, not `{item!r}`."]
    errors = [
        f"`{key}` is not known.{did_you_mean(key, _KEYS)} Keys are `name`, `from` and `to`."
        for key in item
        if key not in _KEYS
    ]
    missing = [f"`{key}`" for key in _KEYS if key not in item]
    if missing:
        return [*errors, f"{' and '.join(missing)} is missing. Write {_EXAMPLE}."]
    name = item["name"]
    if not isinstance(name, str) or not any(sign.isalnum() for sign in name):
        errors.append(f"`name: {name!r}` is not a name. Write it in words.")
    elif len(name) > _LONGEST_NAME:
        errors.append(f"the name is longer than {_LONGEST_NAME} signs.")
    milestones = [milestone.value for milestone in Milestone]
    for key in ("from", "to"):
        if item[key] not in milestones:
            known = ", ".join(f"`{name}`" for name in milestones)
            errors.append(
                f"`{key}: {item[key]}` is not one of {known}.{did_you_mean(item[key], milestones)}"
            )
    if not errors and item["from"] == item["to"]:
        errors.append(f"`from` and `to` are both `{item['to']}`; they must differ.")
    return errors
