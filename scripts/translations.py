"""Bring the catalogs of translations up to date with ``messages.pot``.

    python scripts/translations.py [--check]

Formats the template, and in every catalog adds messages that are new (without a translation),
marks those whose English changed as fuzzy, and drops those that are gone. --check writes nothing;
its exit code is 1 if a file is out of date or a message is not translated.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from mkdocs_postmortem.model.language import LANGUAGES
from mkdocs_postmortem.rendering.translations import (
    FOLDER,
    SOURCES,
    locale_for,
    message_fault,
    read_catalog,
)

HEADER = """\
# Words of mkdocs-postmortem on pages{of}.
# A message's context names its place; `make translations` brings new messages of
# messages.pot into the other files.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    faults = []
    for file, text in files().items():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            if check:
                faults.append(f"{file.name} is out of date; run `make translations`")
            else:
                file.write_text(text, encoding="utf-8")
    faults += untranslated()
    if faults:
        print("\n".join(faults), file=sys.stderr)
        sys.exit(1)


def files() -> dict[Path, str]:
    """The template and every catalog, as they should stand."""
    template = FOLDER / "messages.pot"
    made = {template: written(read_po(io.BytesIO(template.read_bytes())), "")}
    for language in LANGUAGES[1:]:
        file = FOLDER / f"{language}.po"
        made[file] = written(updated(file, language), f" in {locale_for(language).english_name}")
    return made


def updated(file: Path, language: str) -> Catalog:
    """A catalog with exactly the messages of today. Found again by context, not by English text."""
    catalog = Catalog(locale=locale_for(language), charset="utf-8")
    old = read_catalog(file) if file.exists() else catalog
    # The order of the forms is the file's own: tools differ in it.
    catalog.mime_headers = [("Plural-Forms", old.plural_forms)]
    known = {message.context: message for message in old if message.id}
    for context, source in SOURCES.items():
        message = known.get(context)
        if message is None:
            catalog.add(source, context=context)
            continue
        same = message.id == source
        flags = message.flags if same else {*message.flags, "fuzzy"}
        catalog.add(
            source,
            message.string,
            context=context,
            flags=flags,
            user_comments=message.user_comments,
        )
    return catalog


def written(catalog: Catalog, of: str) -> str:
    """As a file, without dates and names of tools that change from run to run."""
    catalog.header_comment = HEADER.format(of=of)
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, omit_header=True)
    plural = (
        f'"Plural-Forms: nplurals={catalog.num_plurals}; plural={catalog.plural_expr};\\n"\n'
        if catalog.locale
        else ""
    )
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{plural}'
    return f"{catalog.header_comment}{head}\n{stream.getvalue().decode()}".rstrip("\n") + "\n"


def untranslated() -> list[str]:
    """One line for each message that a language lacks or has wrong."""
    faults = []
    for language in LANGUAGES[1:]:
        file = FOLDER / f"{language}.po"
        if not file.exists():
            continue
        for message in read_po(io.BytesIO(file.read_bytes()), locale=locale_for(language)):
            if not message.id:
                continue
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            fault = message_fault(message, SOURCES) if all(strings) else "has no translation"
            if message.fuzzy:
                fault = "is fuzzy: its English has changed"
            if fault:
                faults.append(f"{file.name}: {message.context}: {fault}")
    return faults


if __name__ == "__main__":
    main()
