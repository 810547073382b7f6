"""What a page's converter has to do to a mould, found out once for each mould.

A fragment needs its links as the site has them, its fields of the author's Markdown rendered, and
its words for a search. Looked for in its markup, that takes longer than to make it. But where they
are is the same in all fragments that come from one mould.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_postmortem.hosts.markdown.words import is_left_out, without_tags
from mkdocs_postmortem.rendering import MARK, Mould, marked, mould_from

_SIGN = ' data-markdown=""'
_ADDRESS = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|)""")
_FIELD = re.compile(rf"{_SIGN}[^<>]*>{MARK}</")


@dataclass(frozen=True, slots=True)
class Plan:
    """``mould`` without the signs of fields; ``addresses`` and ``fields`` are numbers of texts.

    ``words`` casts what is left without the elements; None for what no search shall find.
    """

    mould: Mould
    addresses: tuple[int, ...]
    fields: tuple[int, ...]
    words: Mould | None


@lru_cache(maxsize=3_000)
def plan_for(mould: Mould) -> Plan | None:
    """The plan; None for a mould of which one cannot tell where its links and fields are."""
    markup = marked(mould)
    addresses, fields = _addresses(markup), _fields(markup)
    if addresses is None or fields is None:
        return None
    times = Counter(mould.numbers)
    if any(times[number] != count for number, count in (addresses | fields).items()):
        return None  # it is something else as well, in another place
    words = None if is_left_out(markup) else mould_from(without_tags(markup))
    return Plan(mould_from(markup.replace(_SIGN, "")), tuple(addresses), tuple(fields), words)


def _addresses(markup: str) -> Counter[int] | None:
    """The texts that are an address from quote to quote, and how often."""
    found: Counter[int] = Counter()
    for match in _ADDRESS.finditer(markup):
        address = match[1] or match[2] or ""
        number = re.fullmatch(MARK, address)
        if number:
            found[int(number[1])] += 1
        elif not address.startswith("#"):
            return None
    return found


def _fields(markup: str) -> Counter[int] | None:
    """The texts that are the whole content of an element with the sign of a field."""
    found = Counter(int(number) for number in _FIELD.findall(markup))
    is_known = markup.count("data-markdown") == len(found)
    return found if is_known else None
