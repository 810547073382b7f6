"""Catalogs in gettext's format → translations. ``messages.pot`` has every word in English.

A message's context (``label.summary``) names it, so that a file of the site's own may say only what
it says differently. Its first part is the group of the message; ``count`` has what is counted, for
one and for many, ``unit`` the lengths of time.
"""

from __future__ import annotations

import io
import string
from collections.abc import Iterator, Mapping
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from mkdocs_postmortem.model.language import language_chain, language_name
from mkdocs_postmortem.model.problem import did_you_mean

FOLDER = Path(__file__).parent
Source = str | tuple[str, ...]
_UNIT = "unit."


class TranslationError(Exception):
    """A catalog that cannot be used; the text names the file, the message and what to write."""


def locale_for(language: str) -> Locale:
    """The locale of a language such as ``pt_BR`` or ``pt-BR``; English where babel has none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def read_catalog(file: Path) -> Catalog:
    """A catalog as it is in its file; the file's name gives the language."""
    try:
        with file.open("rb") as stream:
            return read_po(stream, locale=locale_for(file.stem), abort_invalid=True)
    except (OSError, ValueError, UnknownLocaleError, PoFileError) as error:
        raise TranslationError(f"{file}: {error}") from error


SOURCES: dict[str, Source] = {
    str(message.context): message.id if isinstance(message.id, str) else (*message.id,)
    for message in read_catalog(FOLDER / "messages.pot")
    if message.id
}
"""Every message by its context: English text, or singular and plural."""


def own_languages(custom_dirs: tuple[Path, ...]) -> dict[str, list[Path]]:
    """The catalogs of a site's own by the names of their languages."""
    found: dict[str, list[Path]] = {}
    for folder in custom_dirs:
        for file in sorted((folder / "postmortem" / "translations").glob("*.po")):
            found.setdefault(language_name(file.stem), []).append(file)
    return found


def load_translations(language: str, custom_dirs: tuple[Path, ...] = ()) -> NullTranslations:
    """The translations for a language, the nearest catalogs first, English behind all of them."""
    chain: NullTranslations | None = None
    known = SOURCES
    # Units go with dates and numbers: a site cannot change them.
    words = {key: text for key, text in known.items() if not key.startswith(_UNIT)}
    for file in _files(language, custom_dirs):
        link = _compiled(read_catalog(file), file, known if file.parent == FOLDER else words)
        if chain is None:
            chain = link
        else:
            chain.add_fallback(link)
    return chain or NullTranslations()


def message_fault(message: Message, known: Mapping[str, Source]) -> str:
    """What is wrong with a message that is translated; empty for nothing."""
    context = str(message.context or "")
    source = known.get(context)
    if source is None:
        return f"There is no message with the context `{context}`.{did_you_mean(context, known)}"
    if isinstance(source, tuple) != isinstance(message.string, (tuple, list)):
        return f"`{context}` has plural forms in one of the languages only."
    wanted = _placeholders(source[-1] if isinstance(source, tuple) else source)
    for text in _strings(message):
        try:
            found = _placeholders(text)
        except ValueError as error:
            return f"`{context}`: {error}: `{text}`"
        # "One task" may do without its number.
        if not found <= wanted or (wanted - found) - {"n"}:
            names = ", ".join(f"`{{{name}}}`" for name in sorted(wanted)) or "no placeholder"
            return f"`{context}` has to have {names}: `{text}`"
    return ""


def _files(language: str, custom_dirs: tuple[Path, ...]) -> Iterator[Path]:
    own = own_languages(custom_dirs)
    names = language_chain(language)
    for name in names:
        yield from own.get(name, ())
    for name in names:
        file = FOLDER / f"{name}.po"
        if file.is_file():
            yield file


def _compiled(catalog: Catalog, file: Path, known: Mapping[str, Source]) -> GNUTranslations:
    """What the standard library looks up; messages are found by their contexts."""
    ready = Catalog(locale=catalog.locale, charset="utf-8")
    ready.mime_headers = [("Plural-Forms", catalog.plural_forms)]
    errors = []
    for message in catalog:
        if not message.id or message.fuzzy or not any(_strings(message)):
            continue
        error = message_fault(message, known)
        if error:
            errors.append(f"{file}, line {message.lineno}: {error}")
        else:
            ready.add(known[str(message.context)], message.string, context=message.context)
    if errors:
        raise TranslationError(" ".join(errors))
    stream = io.BytesIO()
    write_mo(stream, ready)
    stream.seek(0)
    return GNUTranslations(stream)


def _strings(message: Message) -> tuple[str, ...]:
    found = message.string
    return tuple(found) if isinstance(found, (tuple, list)) else (found or "",)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
