"""One problem for a folder where the same one is on many of its pages."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Sequence

from mkdocs_postmortem.model.problem import Problem

_CODE = "PM005"
_MOST_NAMED = 3


def merge_by_folder(problems: Iterable[Problem], docs: str = "") -> list[Problem]:
    """The problems in their order, with one PM005 for all pages of a folder, at the first of them.

    ``docs`` is the docs folder as a terminal wants it, where the paths of the problems lie in it.
    """
    found = list(problems)
    folders: dict[str, list[Problem]] = defaultdict(list)
    for item in found:
        if item.code == _CODE:
            folders[posixpath.dirname(item.path)].append(item)
    return [
        _merged(own, posixpath.join(docs, folder)) if len(own) > 1 else item
        for item in found
        for folder in [posixpath.dirname(item.path)]
        for own in [folders[folder] if item.code == _CODE else [item]]
        if item is own[0]
    ]


def _merged(problems: Sequence[Problem], folder: str) -> Problem:
    names = [posixpath.basename(item.path) for item in problems]
    named = ", ".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        named += f" and {len(names) - _MOST_NAMED} more"
    return problems[0]._replace(
        message=f"{len(names)} pages in `{folder}` have no `postmortem:` mapping in their front "
        f"matter, so they are in no index: {named}.",
        fix=f"Run `mkdocs-postmortem adopt {folder}` to see what it would add. To keep the pages "
        "as they are, name them in the option `match`; if they are something else, in `exclude`.",
    )
