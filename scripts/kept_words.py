"""Do `adopt` and `check --fix` keep every word? ``python scripts/kept_words.py FOLDER…``.

Adopts each Markdown or text file below the folders in memory and mends what comes out. Each word of
three letters and more of the body must be there as often as before, and a second run must change
nothing. Prints the counts; the exit code is 1 if a file lost a word.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mkdocs_postmortem.adopting import mend, read_facts, rewrite
from mkdocs_postmortem.checking import Judge, load_schemas
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.zone import named_zone
from mkdocs_postmortem.reading import read_page

SETTINGS = Settings(timezone=named_zone("UTC"))
JUDGE = Judge(SETTINGS, load_schemas(), date(2026, 11, 24))
# Not the rule of the package itself, so that a fault there is seen.
_WORD = re.compile(r"[^\W\d_]{3,}")


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def lost(path: str, text: str) -> tuple[str, Counter[str]]:
    """What became of a file (``adopted``, ``mended``, ``ours``), and the words that it lost."""
    facts = read_facts(path, text, SETTINGS)
    adopted, gone, what = text, Counter[str](), "ours"
    if not facts.is_ours:
        adopted, what = rewrite(facts, SETTINGS).text, "adopted"
        gone = words("\n".join(line.text for line in facts.lines)) - words(adopted)
    page = read_page("postmortems/a.md", adopted.encode("utf-8", "replace"), SETTINGS)
    if page is None or page.is_broken or page.record is None:
        return what, gone
    mended = mend(page, JUDGE.problems([page]))
    gone += words(page.body) - words(mended.text)
    again = read_page("postmortems/a.md", mended.text.encode("utf-8", "replace"), SETTINGS)
    if again is None or mend(again, JUDGE.problems([again])).text != mended.text:
        gone["(a second run changes it again)"] += 1
    return f"{what} and mended" if mended.repairs else what, gone


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in ("", ".md", ".markdown", ".txt", ".qmd", ".rst"):
            yield str(file), file.read_bytes().decode("utf-8-sig", "replace")


def main() -> None:
    counts: Counter[str] = Counter()
    total, bad = 0, 0
    for folder in map(Path, sys.argv[1:]):
        for path, text in texts(folder):
            what, gone = lost(path, text)
            counts[what] += 1
            total += words(text).total()
            if gone:
                bad += 1
                print(f"{path}: {dict(gone.most_common(5))}")
    for what, count in counts.most_common():
        print(f"{count:6} {what}")
    print(f"{total} words in {counts.total()} files; {bad} files lost one")
    raise SystemExit(int(bad > 0))


if __name__ == "__main__":
    main()
