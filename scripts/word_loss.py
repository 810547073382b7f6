"""Do `adopt` and `check --fix` keep every word? ``python scripts/word_loss.py FOLDER…``.

Each Markdown or text file below the folders is adopted, and its body as it stands, under the front
matter of a page of ours, is mended; both in memory. Each word of three letters and more of the body
must be there as often as before, and a second run must change nothing. Prints the counts; the exit
code is 1 if a file lost a word.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mkdocs_postmortem.adopting.adoption import adopt_page
from mkdocs_postmortem.adopting.facts import read_facts
from mkdocs_postmortem.adopting.fixing import fix_page
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.zone import named_zone
from mkdocs_postmortem.reading.page import read_page

SETTINGS = Settings(timezone=named_zone("UTC"))
CHECKER = Checker(SETTINGS, load_schemas(), date(2026, 11, 24))
HEAD = "---\npostmortem:\n  severity: SEV2\n---\n"
# Not the rule of the package itself, so that a fault there is seen.
_WORD = re.compile(r"[^\W\d_]{3,}")


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def lost(path: str, text: str) -> tuple[set[str], Counter[str]]:
    """What was done to a file (``adopted``, ``fixed``), and the words that it lost."""
    facts = read_facts(path, text, SETTINGS)
    if facts.front.names_postmortem:
        is_fixed, gone = fixing(text)
        return ({"mended"} if is_fixed else set()), gone
    body = "\n".join(line.text for line in facts.lines)
    adopted = adopt_page(facts, SETTINGS, rewrites=True).text
    is_fixed, gone = fixing(HEAD + body)
    gone += words(body) - words(adopted)
    gone += fixing(adopted)[1]
    return {"adopted", *(["mended"] if is_fixed else [])}, gone


def fixing(text: str) -> tuple[bool, Counter[str]]:
    """Whether `check --fix` changes a page of ours, and the words that it loses."""
    page = read_page("postmortems/a.md", text.encode("utf-8", "replace"), SETTINGS)
    if page is None or page.is_broken or page.record is None:
        return False, Counter()
    fixed = fix_page(page, CHECKER.problems([page]), CHECKER)
    gone = words(page.body) - words(fixed.text)
    again = read_page("postmortems/a.md", fixed.text.encode("utf-8", "replace"), SETTINGS)
    if again is None or fix_page(again, CHECKER.problems([again]), CHECKER).text != fixed.text:
        gone["(a second run changes it again)"] += 1
    return bool(fixed.repairs), gone


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in ("", ".md", ".markdown", ".txt", ".qmd", ".rst"):
            yield str(file), file.read_bytes().decode("utf-8-sig", "replace")


def main() -> None:
    counts: Counter[str] = Counter()
    total, bad, files = 0, 0, 0
    for folder in map(Path, sys.argv[1:]):
        for path, text in texts(folder):
            done, gone = lost(path, text)
            files += 1
            counts.update(done)
            total += words(text).total()
            if gone:
                bad += 1
                print(f"{path}: {dict(gone.most_common(5))}")
    for what, count in counts.most_common():
        print(f"{count:6} {what}")
    print(f"{total} words in {files} files; {bad} files lost one")
    raise SystemExit(int(bad > 0))


if __name__ == "__main__":
    main()
