"""The languages of pages, and how a site's language leads to one of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from mkdocs_postmortem.model.problem import did_you_mean

# Named as in gettext: a language of ISO 639, with a territory where its written form depends on it.
LANGUAGES = ("en", "de", "fr", "es", "pt_BR", "ja", "zh_CN", "ar")
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# Who reads traditional characters does not always read simplified ones.
_TRADITIONAL = frozenset({"TW", "HK", "MO"})


def language_name(tag: str) -> str:
    """``pt-br`` → ``pt_BR``; empty if it is not a tag of language and region (RFC 5646).

    >>> language_name("zh-hant-tw")
    'zh_Hant_TW'
    """
    if not _TAG.fullmatch(tag):
        return ""
    first, *rest = re.split("[-_]", tag)
    return "_".join([first.lower(), *(_subtag(part) for part in rest)])


def language_chain(name: str) -> tuple[str, ...]:
    """The names under which words for a language are looked for, the nearest first.

    ``de_CH``: ``de_CH``, ``de``. ``pt_PT``: ``pt_PT``, ``pt``, ``pt_BR``. Traditional Chinese
    never leads to simplified.
    """
    first, *rest = name.split("_")
    names = ["_".join([first, *rest[:count]]) for count in range(len(rest), 0, -1)]
    marks = {part.upper() for part in rest}
    if first == "zh" and ("HANT" in marks or (marks & _TRADITIONAL and "HANS" not in marks)):
        return tuple(dict.fromkeys([*names, "zh_TW"]))
    if first == "zh":
        names += ["zh", "zh_CN"]
    elif first == "pt":
        names += ["pt", "pt_BR"]
    return tuple(dict.fromkeys([*names, first]))


def has_words(name: str, own: Collection[str] = ()) -> bool:
    """Whether there are words for a language, ours or the site's ``own`` (names of its files)."""
    return any(item in LANGUAGES or item in own for item in language_chain(name))


def language_fault(tag: str, own: Collection[str] = ()) -> str:
    """Why the option ``language`` cannot be used, and what to write; empty if it can."""
    name = language_name(tag)
    if name and has_words(name, own):
        return ""
    known = sorted({*LANGUAGES, *own})
    choices = ", ".join(f"`{item}`" for item in known)
    hint = did_you_mean(name or tag, known, 0.5)
    return (
        f"language: There are no labels for `{tag}`.{hint} There are {choices}; a file "
        f"`postmortem/translations/{name or 'xx'}.po` in the theme's `custom_dir` adds a language."
    )


def site_language(
    option: str | None, theme: Collection[str | None], own: Collection[str] = ()
) -> str:
    """The name of the language of a site's pages.

    ``option`` (which has no fault) wins; else the first language that the ``theme`` states. One
    for which there are no words gives English for everything, never a mixture.
    """
    for tag in (option, *theme):
        if tag:
            name = language_name(tag)
            return name if name and has_words(name, own) else "en"
    return "en"


def is_right_to_left(name: str) -> bool:
    return name.partition("_")[0] in RIGHT_TO_LEFT


def language_tag(name: str) -> str:
    """As HTML's ``lang`` wants it: ``pt_BR`` → ``pt-BR``."""
    return name.replace("_", "-")


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()  # a script: Hant
    return part.upper() if len(part) <= 3 else part.lower()
