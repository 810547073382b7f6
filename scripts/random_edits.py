"""Random edits of a small site, as people and their tools make them; the soak's hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

MOST_PAGES = 25
SERVICES = ("checkout", "search", "accounts", "data platform", "naïve-Dienst", "<b>odd</b>")
ZONES = ("Europe/Paris", "America/Sao_Paulo", "Mars/Olympus", "UTC", "CST", "")
LABELS = ("Detected", "Misleading path", "Escalated", "Mitigated", "Action", "Nothing known")
BODIES = (
    "<!-- postmortem:index {limit: 3} -->",
    "<!-- postmortem:stats -->",
    "<!-- postmortem:tasks {state: all} -->",
    "<!-- postmortem:repeats -->",
    "<!-- postmortem:index {limit: many, sevice: a} -->",
    "<!-- postmortem:nothing -->\n```\nunclosed",
    "[[[](((<a href=javascript:1 [x][y] {{ config }} {% raw %}",
    "| a |\n|---|\n" + "| 09:12 |\n" * 200,
)
BROKEN = (
    "---\npostmortem:\n\tseverity: SEV1\n---\n# tab\n",
    "---\ntitle: a: b: c\npostmortem: [\n---\n# open\n",
    "---\npostmortem:\n  severity: SEV1\n  severity: SEV2\n---\n# twice\n",
    "---\npostmortem:\n  started: 2026-03-14 09:12\n",
    "---\npostmortem: &a [*a]\n---\n# circle\n",
    "---\na: &a [b, b]\nc: &c [*a, *a]\nd: &d [*c, *c]\npostmortem: [*d, *d]\n---\n# aliases\n",
    "---\n- a\n- list\n---\n# list\n",
    "---\npostmortem: 7\n---\n# number\n",
    "---\npostmortem: {id: '../../../etc/x', title: \x07}\n---\n# bell\n",
    "",
)
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "allOf": [{"$ref": "urn:mkdocs-postmortem:schema:postmortem"}],
    "properties": {
        "region": {"type": "string", "x-postmortem": {"show": ["summary", "index"], "facet": True}}
    },
}
BAD_SCHEMAS = ("{", "- a\n", "type: 7\n", "$ref: ../../etc/passwd\n", "$ref: '#'\n", "\0")


@dataclass
class Edits:
    """A site below ``root`` and the random hand that edits it.

    ``edit`` gives what it did. ``is_broken`` says whether the host's own build must stop now, as at
    a broken ``mkdocs.yml``; ``lacks_schema`` whether ``mkdocs build`` would, and ``serve`` not.
    """

    root: Path
    chance: Random
    config: dict[str, Any]
    is_broken: bool = False
    lacks_schema: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.docs / "postmortems").mkdir(parents=True)
        (self.root / "overrides").mkdir()
        theme = {"name": "mkdocs", **self.config.get("theme", {}), "custom_dir": "overrides"}
        self.config = {**self.config, "theme": theme}
        (self.docs / "index.md").write_text("# Home\n\n[all](postmortems/index.md)\n", "utf-8")
        self._configure()
        self._schema_good()
        for _ in range(12):
            self._new_page()

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def beat(self, number: int) -> None:
        """A page that tells which state of the site is served."""
        (self.docs / "beat.md").write_text(f"# Beat\n\nbeat{number}beat\n", "utf-8")

    def edit(self) -> str:
        """One random edit; a configuration that stops the host is mended by the next one."""
        if self.is_broken:
            self.is_broken = False
            self._configure()
            return self._count("configuration mended")
        kinds: list[tuple[int, Callable[[], str]]] = [
            (8, self._new_page),
            (16, self._mutate),
            (8, self._broken),
            (6, self._encoding),
            (8, self._visibility),
            (3, self._junk),
            (8, self._delete),
            (7, self._rename),
            (5, self._plain_page),
            (3, self._authors_list),
            (3, self._schema_good),
            (3, self._schema_bad),
            (3, self._options),
            (2, self._options_bad),
            (4, self._theme),
            (1, self._folder_gone),
            (1, self._link),
            (1, self._large),
        ]
        if len(self._pages()) > MOST_PAGES:
            kinds = [(1, self._delete)]
        weights = [weight for weight, _ in kinds]
        ((_, made),) = self.chance.choices(kinds, weights)
        return self._count(made())

    def _count(self, name: str) -> str:
        self.counts[name] = self.counts.get(name, 0) + 1
        return name

    def _pages(self) -> list[Path]:
        return sorted((self.docs / "postmortems").rglob("outage-*.md"))

    def _page(self) -> Path:
        pages = self._pages()
        return self.chance.choice(pages) if pages else self._free()

    def _free(self) -> Path:
        number = self.chance.randrange(10**6)
        # Not elsewhere: MkDocs itself stops at a page that is not UTF-8, and we guard our own only.
        folder = self.chance.choice(("postmortems", "postmortems", "postmortems/2026"))
        return self.docs / folder / f"outage-{number}.md"

    def _write(self, file: Path, data: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_symlink():
            file.unlink()
        file.write_bytes(data)

    def _text(self) -> str:
        pick, number = self.chance.choice, self.chance.randrange
        minute = number(10, 50)
        entries = "\n".join(
            f"- {9 + n}:{minute + n} **{pick(LABELS)}:** Step {n} of `{number(99)}`."
            for n in range(number(1, 6))
        )
        zone = pick(ZONES)
        return (
            f"---\ntitle: Outage {number(10**6)}\npostmortem:\n  id: PM-{number(40)}\n"
            f"  severity: SEV{number(1, 5)}\n  services: ['{pick(SERVICES)}']\n"
            + (f"  timezone: {zone}\n" if zone else "")
            + f"  started: 2026-0{number(1, 10)}-1{number(10)} 09:{minute}\n"
            f"  resolved: 2026-0{number(1, 10)}-1{number(10)} 1{number(10)}:00\n"
            f"  region: r{number(3)}\n  causes: [cause-{number(4)}]\n---\n# Outage\n\n"
            f"## Timeline\n\n{entries}\n\n## Root cause\n\nPool {number(5)} was too small.\n\n"
            f"## Tasks\n\n- [ ] Check (@dana, due 2026-0{number(1, 10)}-01)\n"
        )

    def _new_page(self) -> str:
        self._write(self._free(), self._text().encode())
        return "new page"

    def _mutate(self) -> str:
        """A span goes, comes twice, or is replaced by what people mistype."""
        file = self._page()
        data = file.read_bytes() if file.is_file() else b""
        start = self.chance.randrange(len(data) + 1)
        end = start + self.chance.randrange(40)
        new = self.chance.choice(
            (b"", data[start:end] * 2, b"\t", b": [", b"\r", b"---\n", b"|", "…\u202e".encode())
        )
        self._write(file, data[:start] + new + data[end:])
        return "page mutated"

    def _broken(self) -> str:
        self._write(self._page(), self.chance.choice(BROKEN).encode())
        return "broken front matter"

    def _encoding(self) -> str:
        text = self._text()
        data = self.chance.choice(
            (
                text.encode("utf-16"),
                text.replace("was", "wär").encode("latin-1", "replace"),
                b"\xef\xbb\xbf" + text.encode(),
                text.replace("\n", "\r\n").encode(),
                text.replace("\n", "\r").encode(),
                text.encode()[:-3] + b"\xc3",
            )
        )
        self._write(self._page(), data)
        return "encoding"

    def _visibility(self) -> str:
        """A page, a part of it or a field becomes internal, or public again."""
        file = self._page()
        text = file.read_bytes().decode("utf-8", "replace") if file.is_file() else self._text()
        hidden, field = "  visibility: internal\n", "  internal: {impact: Nobody paid.}\n"
        opening, closing = "<!-- internal -->\n", "<!-- /internal -->\n"
        if any(mark in text for mark in (hidden, field, opening)):
            for mark in (hidden, field, opening, closing):
                text = text.replace(mark, "")
        else:
            old, new = self.chance.choice(
                (
                    ("postmortem:\n", f"postmortem:\n{hidden}"),
                    ("postmortem:\n", f"postmortem:\n{field}"),
                    ("## Root cause", f"{opening}## Root cause"),
                    ("## Root cause\n", f"## Root cause\n\n{opening}Secret.\n{closing}\n"),
                )
            )
            text = text.replace(old, new)
        self._write(file, text.encode())
        return "visibility changed"

    def _junk(self) -> str:
        self._write(self._page(), self.chance.randbytes(self.chance.randrange(4_000)))
        return "binary junk"

    def _delete(self) -> str:
        self._page().unlink(missing_ok=True)
        return "page deleted"

    def _rename(self) -> str:
        file, target = self._page(), self._free()
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.is_file():
            file.rename(target)
        return "page renamed"

    def _plain_page(self) -> str:
        self._write(self.docs / "other" / "lists.md", f"{self.chance.choice(BODIES)}\n".encode())
        return "page with directives"

    def _authors_list(self) -> str:
        """The author's own page where one of ours would be made, or none again."""
        name = self.chance.choice(("index.md", "tasks.md", "year/2026.md", "repeats.md"))
        file = self.docs / "postmortems" / name
        if file.exists():
            file.unlink()
        else:
            self._write(file, b"# My own\n\n<!-- postmortem:index -->\n")
        return "author's page in the place of ours"

    def _schema_good(self) -> str:
        self.lacks_schema = False
        required = self.chance.choice(([], ["region"], ["impact"]))
        self._write(
            self.root / "company.yml", yaml.safe_dump({**SCHEMA, "required": required}).encode()
        )
        return "schema changed"

    def _schema_bad(self) -> str:
        self.lacks_schema = True
        self._write(self.root / "company.yml", self.chance.choice(BAD_SCHEMAS).encode())
        return "schema broken"

    def _options(self) -> str:
        self._configure(
            repeat_days=self.chance.choice((0, 30, 730)),
            severities=self.chance.choice((["SEV1", "SEV2"], ["SEV1", "SEV2", "SEV3", "SEV4"])),
            services=self.chance.choice(([], ["checkout"])),
        )
        return "options changed"

    def _theme(self) -> str:
        """A file of the theme's folder: a template of the site's or of ours, an icon, a style."""
        name, text = self.chance.choice(
            (
                ("main.html", "{% extends 'base.html' %}{# NUMBER #}\n"),
                (
                    "main.html",
                    "{% extends 'base.html' %}{% block content %}<p>{{ page.title }} NUMBER "
                    "{{ page.next_page.content }}</p>{{ super() }}{% endblock %}\n",
                ),
                ("postmortem/panel.html", "<p>NUMBER {{ groups | length }}</p>\n"),
                ("postmortem/page_footer.html", "<p>NUMBER {{ older.text if older }}</p>\n"),
                ("css/own.css", "p { margin: NUMBERpx }\n"),
            )
        )
        file = self.root / "overrides" / name
        if file.exists() and self.chance.random() < 0.5:
            file.unlink()
            return "file of the theme removed"
        self._write(file, text.replace("NUMBER", str(self.chance.randrange(100))).encode())
        return "file of the theme changed"

    def _options_bad(self) -> str:
        self.is_broken = True
        if self.chance.random() < 0.5:
            self._configure(repeat_days=-1, timezone="Mars/Olympus")
        else:
            (self.root / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
        return "configuration broken"

    def _folder_gone(self) -> str:
        shutil.rmtree(self.docs / "postmortems", ignore_errors=True)
        for _ in range(self.chance.choice((0, 8))):
            self._new_page()
        return "folder removed"

    def _link(self) -> str:
        file = self._free()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.symlink_to(self.chance.choice(("nowhere.md", file.name, "../index.md")))
        return "symbolic link"

    def _large(self) -> str:
        self._write(self._page(), (self._text() + "- 10:12 And again.\n" * 2_000).encode())
        return "large page"

    def _configure(self, **options: object) -> None:
        plugin = {
            "timezone": "UTC",
            "today": "2026-11-24",
            "on_error": "warn",
            "panel": "always",
            "schema": "company.yml",
            **options,
        }
        data = {**self.config, "plugins": ["search", {"postmortem": plugin}]}
        (self.root / "mkdocs.yml").write_text(yaml.safe_dump(data), "utf-8")
