"""Build the site of secrets with each plugin that reads pages itself, before and after ours.

    pip install mkdocs-material mkdocs-print-site-plugin mkdocs-llmstxt mkdocs-rss-plugin \
        mkdocs-redirects mkdocs-include-markdown-plugin mkdocs-macros-plugin mkdocs-awesome-nav \
        mkdocs-awesome-pages-plugin mkdocs-literate-nav mkdocs-static-i18n \
        mkdocs-monorepo-plugin mkdocs-gen-files mkdocs-meta-descriptions-plugin
    python scripts/leak_table.py [NAME…]

Secrets are inside what the plugin reads. The outcome of each order is `clean` (no secret in the
output), `stopped` (the build failed and left no output) or `LEAK`. The same without the last look
shows what the guards alone hold back. Exits with 1 if anything leaks.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "leaks")]

from drawn_site import Site  # noqa: E402
from secrets_site import EXTENSIONS, Words, found_in, last, write_site  # noqa: E402

MKDOCS = "from mkdocs.__main__ import cli; cli(['build', '--quiet'])"
WITHOUT_LAST_LOOK = (
    "import mkdocs_postmortem.hosts.mkdocs.last_look as it; "
    "it.LastLook.finish = lambda *_: None; " + MKDOCS
)


@dataclass(frozen=True)
class Reader:
    """A plugin and the files that lead it to secrets.

    ``{page}`` is the hidden page, ``{word}`` a secret word of its own in each place.
    """

    name: str
    plugin: Any
    files: dict[str, str] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)


POST = """\
---
date: 2026-03-01
postmortem:
  visibility: internal
---
# Post {word}

Text of {word}.
"""
GEN = """\
import mkdocs_gen_files
text = open("docs/{page}").read()
with mkdocs_gen_files.open("made.md", "w") as file:
    file.write(text.replace("visibility: internal", ""))
"""
MACRO = """\
def define_env(env):
    @env.macro
    def whole(path):
        return open("docs/" + path).read().split("---", 2)[2]
"""
LANGUAGES = [
    {"locale": "en", "name": "English", "default": True, "build": True},
    {"locale": "de", "name": "Deutsch", "build": True},
]
GERMAN = "---\npostmortem:\n  visibility: internal\n---\n# {word}\n"

READERS = (
    Reader(
        "blog",
        "blog",
        {"docs/blog/index.md": "# Blog\n", "docs/blog/posts/a.md": POST},
    ),
    Reader("tags", "tags"),
    Reader("print-site", "print-site"),
    Reader("llmstxt", {"llmstxt": {"full_output": "full.txt", "sections": {"All": ["**/*.md"]}}}),
    Reader("rss", {"rss": {"use_git": False, "match_path": ".*", "abstract_chars_count": -1}}),
    Reader("redirects", {"redirects": {"redirect_maps": {"old.md": "{page}"}}}),
    Reader("snippets", "search", {"docs/all.md": "# All\n\n--8<-- 'docs/{page}'\n"}),
    Reader(
        "include-markdown",
        "include-markdown",
        {"docs/all.md": "# All\n\n{% include-markdown '{page}' %}\n"},
    ),
    Reader(
        "macros",
        "macros",
        {"main.py": MACRO, "docs/all.md": "# All\n\n{{ whole('{page}') }}\n"},
    ),
    Reader("awesome-nav", "awesome-nav", {"docs/.nav.yml": "nav:\n  - {word}: {page}\n  - '*'\n"}),
    Reader(
        "awesome-pages", "awesome-pages", {"docs/.pages": "nav:\n  - {word}: {page}\n  - ...\n"}
    ),
    Reader(
        "literate-nav",
        "literate-nav",
        {"docs/SUMMARY.md": "* [Home](index.md)\n* [{word}]({page})\n"},
        {"exclude_docs": "SUMMARY.md"},
    ),
    Reader(
        "static-i18n",
        {"i18n": {"docs_structure": "suffix", "languages": LANGUAGES}},
        {"docs/postmortems/b.md": GERMAN, "docs/postmortems/b.de.md": GERMAN},
    ),
    Reader(
        "monorepo",
        "monorepo",
        {
            "team/mkdocs.yml": "site_name: team\nnav:\n  - Team: index.md\n  - {word}: a.md\n",
            "team/docs/index.md": "# Team\n",
            "team/docs/a.md": GERMAN,
        },
        {"nav": [{"Home": "index.md"}, {"Team": "!include ./team/mkdocs.yml"}]},
    ),
    Reader("gen-files", {"gen-files": {"scripts": ["gen.py"]}}, {"gen.py": GEN}),
    Reader("meta-descriptions", "meta-descriptions"),
)


def main() -> int:
    wanted = sys.argv[1:]
    print("| plugin | before ours | after ours | before, no last look | after, no last look |")
    print("| --- | --- | --- | --- | --- |")
    leaks = 0
    for reader in READERS:
        if wanted and reader.name not in wanted:
            continue
        cells = [
            outcome(reader, is_first=is_first, code=code)
            for code in (MKDOCS, WITHOUT_LAST_LOOK)
            for is_first in (True, False)
        ]
        leaks += "".join(cells[:2]).count("LEAK")
        print(f"| {' | '.join([reader.name, *cells])} |", flush=True)
    return int(leaks > 0)


def outcome(reader: Reader, *, is_first: bool, code: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        site, word = Site(Path(folder)), Words()
        write(site, word, reader, is_first=is_first)
        run = [sys.executable, "-c", code]
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False)
        output = Path(folder) / "site"
        found = found_in(output, word) if output.exists() else {}
        if found:
            return f"LEAK of {len(found)} secrets"
        if done.returncode == 0:
            return "clean"
        named = [line for line in done.stderr.splitlines() if "PM707" in line]
        return "stopped" if named else f"failed: {done.stderr.strip().splitlines()[-1][:90]}"


def write(site: Site, word: Words, reader: Reader, *, is_first: bool) -> None:
    write_site(site, word)
    page = f"postmortems/{last(word, 'file name')}.md"

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [filled(item) for item in value]
        if not isinstance(value, str):
            return value
        while "{word}" in value:
            value = value.replace("{word}", word(reader.name), 1)
        return value.replace("{page}", page)

    for path, text in reader.files.items():
        file = site.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(filled(text), encoding="utf-8")
    ours = {"postmortem": {"today": "2026-11-24", **site.options}}
    plugins = [filled(reader.plugin), ours] if is_first else [ours, filled(reader.plugin)]
    snippets = {"pymdownx.snippets": {"base_path": ["."]}}
    site.write_config(
        theme={"name": "material", "font": False},
        site_url="https://site.example/",
        plugins=["search", *plugins] if reader.plugin != "search" else plugins,
        markdown_extensions=[item for item in EXTENSIONS if item != "pymdownx.snippets"]
        + [snippets],
        **reader.config,
    )


if __name__ == "__main__":
    sys.exit(main())
