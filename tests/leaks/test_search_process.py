"""A search beside the build finds what a search after it finds, or leaves it to that one."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from drawn_site import PAGE, Site

from mkdocs_postmortem.catalog.audience import Withheld
from mkdocs_postmortem.hosts.mkdocs import last_look
from mkdocs_postmortem.publishing.output_search import Found, OutputSearch, SearchTask
from mkdocs_postmortem.publishing.search_process import SearchProcess

SENTENCE = "The pool of Example Bank was drained by the nightly ledger export."
HIDDEN = Withheld("postmortems/ledger.md", ((7, SENTENCE),), ("PM-2026-014",), is_hidden=True)


def task_in(folder: Path) -> SearchTask:
    return SearchTask(str(folder), (HIDDEN,), ("The pool. \ud800",), frozenset({"own.js"}))


def write_output(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a/index.html").write_text("<p>Fine.</p>", encoding="utf-8")
    (folder / "b.txt").write_text(f"First.\n{SENTENCE}", encoding="utf-8")
    (folder / "own.js").write_text(SENTENCE, encoding="utf-8")
    (folder / "c.bin").write_bytes(b"\x00\x01\x02")


def begun(task: SearchTask) -> SearchProcess:
    process = SearchProcess()
    process.start()
    process.begin(task)
    return process


def test_both_find_the_same(tmp_path: Path) -> None:
    write_output(tmp_path)
    task = task_in(tmp_path)
    process = begun(task)
    for output in ("", "a/index.html", "missing.html"):
        process.add(output)

    found = process.finish(task)

    assert found == OutputSearch(task).finish()
    assert found is not None
    assert [str(leak).partition(" has ")[0] for leak in found.leaks] == ["b.txt:2:12"]
    assert found.unread == ["c.bin"]


def test_a_file_that_has_been_written_anew_is_searched_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x" * len(SENTENCE), encoding="utf-8")
    before = file.stat()
    search = OutputSearch(task_in(tmp_path))
    search.search_early("a.txt")
    file.write_text(SENTENCE, encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert [leak.output for leak in search.finish().leaks] == ["a.txt"]


def test_what_is_withheld_later_is_not_taken_as_searched(tmp_path: Path) -> None:
    task = task_in(tmp_path)

    assert begun(task._replace(withheld=())).finish(task) is None


def test_a_process_that_dies_finds_nothing(tmp_path: Path) -> None:
    process = begun(task_in(tmp_path))
    assert process._process is not None
    process._process.kill()
    process._process.wait()
    process.add("a.txt")

    assert process.finish(task_in(tmp_path)) is None


def test_no_file_next_to_the_docs_is_taken_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "ahocorasick", "mkdocs_postmortem", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'imported')!r}, 'w')\n", encoding="utf-8"
        )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "site").mkdir()
    task = task_in(tmp_path / "site")

    assert begun(task).finish(task) == Found([], [])
    assert not (tmp_path / "imported").exists()


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_large_build_is_searched_beside_it(
    site: Site, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Found | None] = []
    finish = SearchProcess.finish

    def watched(self: SearchProcess, task: SearchTask) -> Found | None:
        answers.append(finish(self, task))
        return answers[-1]

    monkeypatch.setattr(SearchProcess, "finish", watched)
    monkeypatch.setattr(last_look, "_FEW", 0)
    monkeypatch.setattr(last_look, "processors", lambda: 2)
    site.options = {"on_error": "warn"}
    site.write("index.md", "# Home\n\n<!-- postmortem:index -->\n")
    site.write(
        "postmortems/a.md",
        PAGE.replace("postmortem:\n", "postmortem:\n  visibility: internal\n").replace(
            "We look at the graphs.", SENTENCE
        ),
    )
    (site.root / "hook.py").write_text(
        "def on_post_page(output, page, config):\n"
        f"    return output + {SENTENCE!r} if page.is_homepage else output\n",
        encoding="utf-8",
    )

    built = site.build(command, hooks=["hook.py"])  # type: ignore[arg-type]

    (answer,) = answers
    assert answer is not None
    assert [leak.output for leak in answer.leaks] == ["index.html"]
    assert any("PM707 index.html:" in text for text in built.messages(logging.ERROR))
    assert (built.error is None) == (command == "serve")


def test_a_build_that_fails_leaves_no_process(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []
    stop = SearchProcess.stop
    monkeypatch.setattr(
        SearchProcess, "stop", lambda self: (stopped.append(self.is_started), stop(self))
    )
    monkeypatch.setattr(last_look, "_FEW", 0)
    monkeypatch.setattr(last_look, "processors", lambda: 2)
    site.options = {"on_error": "warn"}
    site.write("index.md", "# Home\n")
    site.write(
        "postmortems/a.md", PAGE.replace("postmortem:\n", "postmortem:\n  visibility: internal\n")
    )
    (site.root / "hook.py").write_text(
        "def on_page_content(html, **_):\n    raise ValueError\n", encoding="utf-8"
    )

    with pytest.raises(ValueError):  # noqa: PT011 - a hook's own
        site.build(hooks=["hook.py"])

    assert stopped[-1]
