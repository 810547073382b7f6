"""What other plugins publish of what is withheld is found in the output, and nothing else is."""

from __future__ import annotations

import gzip
import io
import json
import logging
import random
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.hosts.mkdocs.last_look import LastLook
from mkdocs_postmortem.model.problem import Level, Position, Problem
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.publishing.contents import read_content
from mkdocs_postmortem.publishing.leaks import LeakSearch, has_marker, public_words
from mkdocs_postmortem.rendering.templates import load_templates

SENTENCE = "The pool of Example Bank was drained by the nightly ledger export."
HIDDEN = Withheld(
    "postmortems/ledger.md",
    (
        (7, SENTENCE),
        (8, "Zürich & “Söhne” pay <late>"),
        (0, "k8s-prod-7"),
        (9, "Вчера база данных платежей остановилась на час."),
        (10, "支付数据库在凌晨两点停止响应。"),
    ),
    ("PM-2026-014", "Ledger export drains the pool"),
    is_hidden=True,
)
PUBLIC = ["# Home\n\nThe pool of Example Bank was drained.\n", "Nightly jobs.", "Drains, pool"]


def zipped(name: str, text: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(name, text)
    return data.getvalue()


def leaks(output: str, data: bytes | str, public: list[str] = PUBLIC) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    text = read_content(output, raw).text
    return [leak.path for leak in LeakSearch([HIDDEN], public).search(output, text)]


@pytest.mark.parametrize(
    ("output", "data"),
    [
        ("a.html", f"<p>{SENTENCE}</p>"),
        ("a.html", "<p>was <b>drained</b> by\nthe <i title='x'>nightly</i> LEDGER export</p>"),
        ("a.html", f'<meta name="description" content="{SENTENCE}">'),
        ("a.html", "<p>Z&uuml;rich &amp; &ldquo;S&ouml;hne&rdquo; pay &lt;late&gt;</p>"),
        ("feed.xml", "&lt;p&gt;Z&amp;uuml;rich &amp;amp; S&amp;ouml;hne pay late&lt;/p&gt;"),
        ("search.json", json.dumps({"text": "Zürich &\n“Söhne” pay late"})),
        ("search.json", json.dumps({"text": SENTENCE.replace(" ", "\n")})),
        ("llms.txt", f"# Home\n\n> {SENTENCE}\n"),
        ("a.js", f"var text = '{SENTENCE}'"),
        ("sitemap.xml", "<loc>https://site.example/postmortems/ledger/</loc>"),
        ("sitemap.xml.gz", gzip.compress(b"<loc>https://site.example/postmortems/ledger/</loc>")),
        ("postmortems/ledger/index.html", "<p>Empty.</p>"),
        ("a/index.html", '<a href="../postmortems/ledger/#top">there</a>'),
        ("postmortems/a/index.html", '<a href="../ledger/">there</a>'),
        ("postmortems/a.html", '<a href=./ledger.html?x>there</a>'),
        ("a.html", f'<a href="{quote("postmortems/lédger/".replace("é", "e"))}">there</a>'),
        ("tags.html", "<li>pm-2026-014</li>"),
        ("nav.html", "<li>Ledger export drains the pool</li>"),
        ("a.csv", "x,k8s-prod-7"),
        ("a.csv", SENTENCE.encode("utf-16")),
        ("book.epub", zipped("a.xhtml", f"<p>{SENTENCE}</p>")),
        ("app.js.map", json.dumps({"sourcesContent": [SENTENCE]})),
        ("feed.json", json.dumps({"html": '<a href="../postmortems/./ledger/">there</a>'})),
        ("a.html", f"<p>{SENTENCE[:30]}<i\ntitle='of a picture'></i>{SENTENCE[30:]}</p>"),
        ("a.html", SENTENCE.replace("ledger", "led<wbr>ger").replace("nightly", "night\u00adly")),
        ("a.html", "".join(f"<b>{letter}</b>\u200b" for letter in SENTENCE)),
        ("a.html", "".join(f"&#{ord(letter)};" for letter in SENTENCE)),
        ("a.html", "<p>Вчера база данных платежей остановилась на час.</p>"),
        ("a.html", '<img alt="支付数据库在凌晨两点停止响应">'),
        ("feed.xml", "&lt;a href=&quot;/postmortems/ledger/&quot;&gt;there&lt;/a&gt;"),
        ("a.txt", f"if a <5 and b> 3: {SENTENCE}"),
    ],
)  # fmt: skip
def test_what_is_withheld_is_found_whatever_is_around_it(output: str, data: bytes | str) -> None:
    assert leaks(output, data) == ["postmortems/ledger.md"]


@pytest.mark.parametrize(
    ("output", "data"),
    [
        ("a.html", "<p>The pool of Example Bank was drained.</p>"),
        ("a.html", "<p>ledger export late pool PM 2026</p>"),
        ("postmortems/a/index.html", '<a href="../../ledger/">a page of the same name</a>'),
        ("a.html", '<a href="https://ledger.example/postmortems/">elsewhere</a>'),
        ("a.png", f"\0{SENTENCE}"),
        ("a.csv", "k8s-prod-71, k8s-prod-72"),
        ("a.csv", "PM-2026-0145"),
        ("a.html", "<td>PM-2026-01</td><td>4</td>"),
    ],
)
def test_what_the_public_may_read_is_not_a_leak(output: str, data: str) -> None:
    assert leaks(output, data) == []


def test_words_that_a_public_page_has_are_not_canaries() -> None:
    public = [*PUBLIC, SENTENCE, "See PM-2026-014."]

    assert leaks("a.html", f"<p>{SENTENCE} PM-2026-014</p>", public) == []


@pytest.mark.parametrize(
    "link",
    [
        "[that](postmortems/ledger.md#top)",
        "[that]( <./postmortems/ledger.md> 'x')",
        "[that]: postmortems/ledger.md",
        '<a href="postmortems/ledger/">that</a>',
        "[[postmortems/ledger]] and ![[postmortems/ledger|that]]",
    ],
)
def test_the_target_of_a_public_link_to_a_hidden_page_is_not_public_text(link: str) -> None:
    assert leaks("a.txt", "See postmortems/ledger.", [*PUBLIC, link]) == ["postmortems/ledger.md"]
    assert leaks("a.txt", "See postmortems/ledger.", [*PUBLIC, "Or postmortems/ledger."]) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>&lt;!-- internal --&gt;</p>", True),
        ("<pre>a</pre> <!-- internal -->", True),
        ("<pre>never closed <!-- internal -->", True),
        ("<code>a</code> <pre>never closed <!-- internal -->", True),
        ("<PRE><code>a</code><!-- internal --></pre>", False),
        ("<pre></code><!-- internal --></pre>", False),
    ],
)
def test_a_marker_in_code_is_shown_on_purpose(html: str, expected: bool) -> None:
    assert has_marker(html) is expected


def test_a_number_of_any_length_is_read() -> None:
    assert leaks("a.html", f"<p>&#{'9' * 5000}; {SENTENCE}</p>") == ["postmortems/ledger.md"]


def test_a_leak_names_file_and_page_and_never_the_text() -> None:
    (leak,) = LeakSearch([HIDDEN], []).search("a.html", SENTENCE.encode())

    assert str(leak) == (
        "a.html:1:17 has text of postmortems/ledger.md:7, which the public must not see."
    )


def test_a_leak_says_where_it_is_in_the_output_and_on_the_page() -> None:
    text = "<p>Fine.</p>\n" * 300 + f"<p>Z&uuml;rich: {SENTENCE}</p>\n" + "<p>Fine.</p>\n" * 200

    (leak,) = LeakSearch([HIDDEN], PUBLIC).search("a.html", text.encode())

    line, column = map(int, leak.position.split(":"))
    assert (line, leak.row) == (301, 7)
    assert 16 <= column <= 16 + len(SENTENCE)


def test_a_leak_in_the_same_line_of_every_file_is_found_in_every_file() -> None:
    search = LeakSearch([HIDDEN], [])

    found = [search.search(f"{n}.html", f"<p>\n{SENTENCE}\n</p>".encode()) for n in range(3)]

    assert [len(leaks) for leaks in found] == [1, 1, 1]


def test_a_link_in_the_same_line_leads_elsewhere_from_another_folder() -> None:
    search, line = LeakSearch([HIDDEN], PUBLIC), b'<a href="../ledger/">there</a>'

    found = [search.search(f"{name}/index.html", line) for name in ("a/b", "postmortems/a")]

    assert [len(leaks) for leaks in found] == [0, 1]


PIECES = [
    *SENTENCE.split(), *SENTENCE.split(), "ledger", "k8s-prod-7", "Drains", *"\n\n\n", "\n \n",
    "<b>", "</b>", "<i\ntitle='x'>", "&lt;p&gt;", "<img alt='", "'>", "<", ">", "&amp;", "%0A",
    "\\n", "</td>\n<td>", "&#10;", "\u2014",
]  # fmt: skip


def test_nothing_is_lost_where_tags_were_seen_before() -> None:
    """Files that share lines, compared with a search of each file alone."""
    rng = random.Random(19)  # noqa: S311 - the same texts each time
    lines = [" ".join(rng.choices(PIECES, k=rng.randrange(5))) for _ in range(60)]
    several, hits = LeakSearch([HIDDEN], PUBLIC), 0
    for n in range(1500):
        start = rng.randrange(len(lines))
        words = SENTENCE.split()
        own = "\n".join([*rng.choices(lines, k=6), *words[start % 8 :][: rng.randrange(7)]])
        text = own if n % 3 else "\n".join(rng.choices(lines, k=12))
        alone = LeakSearch([HIDDEN], PUBLIC)
        expected, found = (
            [leak[:4] for leak in search.search("a.txt", text.encode())]
            for search in (alone, several)
        )
        assert found == expected, text
        hits += bool(expected)
    assert 50 < hits < 1450


SECRET = PAGE.replace("postmortem:\n", "postmortem:\n  visibility: internal\n").replace(
    "We look at the graphs.", SENTENCE
)
HOOK = """\
from pathlib import Path
def on_post_build(config, **_):
    text = Path(config.docs_dir, "postmortems/a.md").read_text()
    Path(config.site_dir, "all.txt").write_text(text)
"""


def build(site: Site, command: str = "build", **options: object) -> tuple[object, list[str]]:
    site.options = {"on_error": "warn", **options}
    site.write("index.md", "# Home\n\n<!-- postmortem:index -->\n")
    site.write("postmortems/a.md", SECRET)
    (site.root / "hook.py").write_text(HOOK, encoding="utf-8")
    built = site.build(command, hooks=["hook.py"])  # type: ignore[arg-type]
    return built.error, built.messages(logging.ERROR)


def test_a_page_that_the_site_leaves_out_proves_nothing(site: Site) -> None:
    site.write("notes.md", "# Notes\n\n" + SECRET.replace("---\n", "") + "\npostmortems/a.md\n")
    site.config["exclude_docs"] = "notes.md"

    error, messages = build(site)

    assert error is not None
    assert any("all.txt:22:28 has" in text for text in messages)


def test_a_leak_fails_the_build_and_leaves_no_output(site: Site) -> None:
    error, messages = build(site)

    assert error is not None
    assert any("all.txt:22:28 has" in text and "postmortems/a.md:22" in text for text in messages)
    assert not any("Example Bank" in text for text in messages)
    assert [file for file in (site.root / "site").rglob("*") if file.is_file()] == []


def test_what_cannot_be_removed_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.name == "all.txt":
            raise PermissionError
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)

    _, messages = build(site)

    folder = site.root / "site"
    expected = f"Could not remove {folder / 'all.txt'}. Remove {folder} yourself"
    assert any(expected in text for text in messages)
    assert [file.name for file in folder.rglob("*") if file.is_file()] == ["all.txt"]


def test_a_link_to_a_folder_elsewhere_is_not_taken_for_searched(site: Site) -> None:
    site.options = {"on_error": "warn"}
    site.write("index.md", "# Home\n")
    site.write("postmortems/a.md", SECRET)
    (site.root / "hook.py").write_text(
        "from pathlib import Path\n"
        "def on_post_build(config, **_):\n"
        "    Path(config.site_dir, 'sources').symlink_to(config.docs_dir)\n"
        "    Path(config.site_dir, 'start').symlink_to('postmortems')\n",
        encoding="utf-8",
    )

    messages = site.build(hooks=["hook.py"]).messages()

    assert any("Cannot search for internal text in sources. " in text for text in messages)


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_build_warns_of_files_that_it_has_made_and_cannot_search(
    site: Site, command: str
) -> None:
    site.options = {"on_error": "warn"}
    site.write("index.md", "# Home\n")
    site.write("own.7z", b"7z\xbc\xaf\x27\x1c\0")
    site.write("postmortems/a.md", SECRET)
    (site.root / "hook.py").write_text(
        "from pathlib import Path\n"
        "def on_post_build(config, **_):\n"
        "    Path(config.site_dir, 'all.7z').write_bytes(b'7z\\xbc\\xaf\\x27\\x1c\\0')\n"
        "    Path(config.site_dir, 'all.pdf').write_bytes(b'%PDF-1.7')\n"
        "    Path(config.site_dir, 'all.png').write_bytes(b'\\x89PNG\\0')\n",
        encoding="utf-8",
    )

    built = site.build(command, hooks=["hook.py"])  # type: ignore[arg-type]

    (record,) = [one for one in built.log if "Cannot search" in one.getMessage()]
    assert "in all.7z, all.pdf. Make such files after the build" in record.getMessage()
    assert record.levelno == (logging.WARNING if command == "build" else logging.INFO)


def test_while_serving_the_problem_panel_shows_the_leak(site: Site) -> None:
    error, _ = build(site, "serve")

    home = (site.root / "site/index.html").read_text(encoding="utf-8")
    assert error is None
    assert "pm-problems" in home
    assert "all.txt:22:28 has" in home
    assert not (site.root / "site/all.txt").exists()


def test_nothing_is_read_or_searched_where_nothing_is_withheld(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LastLook, "_public", lambda *_: pytest.fail("was read"))

    error, _ = build(site, audience="internal")

    assert error is None
    assert SENTENCE in (site.root / "site/all.txt").read_text(encoding="utf-8")


def test_files_of_the_theme_are_not_searched(site: Site) -> None:
    (site.root / "theme").mkdir()
    (site.root / "theme/own.js").write_text(f"// {SENTENCE}\n", encoding="utf-8")
    site.write("index.md", "# Home\n")
    site.write("postmortems/a.md", SECRET)

    built = site.build(theme={"name": "mkdocs", "custom_dir": "theme"})

    assert built.error is None
    assert Path(site.root, "site/own.js").exists()


def test_a_page_that_another_plugin_makes_of_a_hidden_one_is_a_leak(site: Site) -> None:
    site.options = {"on_error": "warn"}
    site.write("postmortems/a.md", SECRET)
    (site.root / "hook.py").write_text(
        "from pathlib import Path\n"
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    text = Path(config.docs_dir, 'postmortems/a.md').read_text()\n"
        "    text = text.replace('visibility: internal', '')\n"
        "    files.append(File.generated(config, 'made.md', content=text))\n"
        "    return files\n",
        encoding="utf-8",
    )

    built = site.build(hooks=["hook.py"])

    assert built.error is not None
    assert not (site.root / "site/made/index.html").exists()


def test_a_withheld_link_to_a_public_page_is_not_a_leak(site: Site) -> None:
    site.options = {"on_error": "warn"}
    site.write("index.md", "# Home\n\n<!-- postmortem:index -->\n")
    site.write("postmortems/2026-01-05-checkout-pool-ran-dry.md", PAGE)
    link = "[it](2026-01-05-checkout-pool-ran-dry.md#timeline)"
    hidden = PAGE.replace("postmortem:\n", "postmortem:\n  id: H\n  visibility: internal\n")
    site.write("postmortems/hidden.md", hidden.replace("We look", f"{link} We look"))
    site.write("other.md", f"# Other\n\n<!-- internal -->\n{link}\n<!-- /internal -->\n")

    assert site.build("build").error is None


def test_what_the_problem_panel_proposes_is_not_a_leak(site: Site) -> None:
    site.options = {"on_error": "warn"}
    sentence = "09:24 We suspect the card processor and open a ticket."
    lines = PAGE.splitlines(keepends=True)
    bare = [line for line in lines if not line.startswith(("- 09:24", "- 09:3"))]
    site.write("index.md", "# Home\n\n<!-- postmortem:index -->\n")
    site.write("postmortems/a.md", "".join(bare))
    hidden = PAGE.replace("postmortem:\n", "postmortem:\n  id: H\n  visibility: internal\n")
    site.write("postmortems/hidden.md", hidden.replace("09:24 We look at the graphs.", sentence))

    assert not any("PM707" in text for text in site.build("serve").messages(logging.ERROR))


def test_a_proposal_that_names_another_page_is_not_public_text() -> None:
    position = Position(3, 1)
    found = check_site([], Checker(Settings(), load_schemas(), date(2026, 3, 16)))
    named = Problem("a.md", position, Level.ERROR, "PM602", "Unknown.", "Did you mean `PM-9`?")
    example = Problem("a.md", position, Level.ERROR, "PM306", "Nothing done.", "Add `- 09:24 …`.")

    texts = public_words(
        replace(found, shown_problems=(named, example)), load_templates("en").messages, Settings()
    )

    assert example.fix in texts
    assert named.fix not in texts


def test_no_plugin_sees_a_page_on_which_a_marker_came_through(site: Site) -> None:
    site.write("index.md", "# Home\n\nText of the page.\n")
    (site.root / "hook.py").write_text(
        "from pathlib import Path\n"
        "from markdown import Extension\n"
        "from markdown.postprocessors import Postprocessor\n"
        "class Late(Postprocessor):\n"
        "    def run(self, text):\n"
        "        return text + '<!-- internal -->Zebra<!-- /internal -->'\n"
        "class Adding(Extension):\n"
        "    def extendMarkdown(self, md):\n"
        "        md.postprocessors.register(Late(md), 'late', 1)\n"
        "def on_config(config):\n"
        "    config.markdown_extensions.append(Adding())\n"
        "def on_page_content(html, page, config, **_):\n"
        "    Path(config.docs_dir).parent.joinpath('seen.txt').write_text(html)\n",
        encoding="utf-8",
    )

    built = site.build(hooks=["hook.py"])

    assert built.error is not None
    assert any("PM707 index.html has a marker" in text for text in built.messages(logging.ERROR))
    assert (site.root / "seen.txt").read_text(encoding="utf-8") == "<!-- internal -->"
