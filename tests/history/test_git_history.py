"""When tasks came, were ticked and were dropped: real repositories, whole and not."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem import history
from mkdocs_postmortem.catalog.site import Site as ReadSite
from mkdocs_postmortem.catalog.site import check_site
from mkdocs_postmortem.checking.checker import Checker
from mkdocs_postmortem.checking.schemas import load_schemas
from mkdocs_postmortem.cli import main
from mkdocs_postmortem.history import CheckboxHistory, GitHistory
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.model.task import Task

TASK = "- [ ] Check the number (@dana, due 2026-04-01)"
PATH = "postmortems/a.md"


class Repository:
    """A docs folder below a repository, and commits on given days."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.docs = root / "docs"
        (self.docs / "postmortems").mkdir(parents=True, exist_ok=True)
        self.run("init", "-q", "-b", "main")

    def run(self, *arguments: str, **environment: str) -> str:
        who = {
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "C",
            "GIT_COMMITTER_EMAIL": "c@example.org",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env={**os.environ, **who, **environment},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def write(self, tasks: str, path: str = PATH) -> None:
        file = self.docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = PAGE.replace(TASK, tasks).replace("id: PM-1", f"id: {file.stem}")
        file.write_text(text, encoding="utf-8")

    def commit(self, day: str, tasks: str | None = None, path: str = PATH) -> None:
        """Commit all; the author's day is ``day``, the committer's another."""
        if tasks is not None:
            self.write(tasks, path)
        self.run("add", "-A")
        at = day if "T" in day else f"{day}T12:00:00+00:00"
        self.run(
            "commit", "-q", "--allow-empty", "-m", day,
            GIT_AUTHOR_DATE=at, GIT_COMMITTER_DATE="2026-12-24T12:00:00+00:00",
        )  # fmt: skip

    def history(self, *paths: str) -> Mapping[str, Mapping[str, CheckboxHistory]]:
        return GitHistory(self.docs)(paths or (PATH,))

    def site(self) -> ReadSite:
        files = [
            (file.relative_to(self.docs).as_posix(), file)
            for file in sorted(self.docs.rglob("*.md"))
        ]
        checker = Checker(Settings(), load_schemas(None), date(2026, 11, 24))
        return check_site(files, checker, history=GitHistory(self.docs))

    def tasks(self, path: str = PATH) -> list[Task]:
        record = self.site().catalog.at(path)
        assert record is not None
        return list(record.tasks)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "whole")


def days(task: Task) -> tuple[str, str, str]:
    return tuple(  # type: ignore[return-value]
        day.isoformat() if day else "" for day in (task.added, task.done, task.dropped)
    )


def test_the_commit_that_ticks_the_box_gives_the_day(repository: Repository) -> None:
    repository.commit("2026-03-16", f"{TASK}\n- [ ] Alert (@lee)")
    repository.commit("2026-03-20", f"{TASK}\n- [ ] Alert (@lee)\n- [ ] Later (@kim)")
    repository.commit("2026-04-02", f"{TASK}\n- [x] Alert (@lee)\n- [-] Later (@kim, won't do: no)")

    assert [days(task) for task in repository.tasks()] == [
        ("2026-03-16", "", ""),
        ("2026-03-16", "2026-04-02", ""),
        ("2026-03-20", "", "2026-04-02"),
    ]


def test_a_date_typed_by_the_author_wins(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee)")
    repository.commit("2026-04-02", "- [x] Alert (@lee, done 2026-03-30)")

    assert days(repository.tasks()[0]) == ("2026-03-16", "2026-03-30", "")


def test_the_day_is_the_author_s_in_his_or_her_own_zone(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee)")
    repository.commit("2026-04-02T23:30:00-08:00", "- [x] Alert (@lee)")

    assert repository.tasks()[0].done == date(2026, 4, 2)


def test_edits_after_the_tick_do_not_move_its_day(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [ ] Alert on pool saturation (@lee)")
    repository.commit("2026-03-17", "- [ ] Alert on pool saturation (@lee, due 2026-04-01)")
    repository.commit("2026-04-02", "- [x] Alert on pool saturation (@lee, due 2026-04-01)")
    repository.commit("2026-04-03", "- [x] Alert on the pool's saturation (@lee, OPS-481)")
    repository.commit("2026-04-04", "- [X] Page the on-call at 80 % (@lee, OPS-481)")

    assert days(repository.tasks()[0]) == ("2026-03-16", "2026-04-02", "")


def test_a_box_that_is_opened_and_ticked_again_has_the_last_day(repository: Repository) -> None:
    for day, mark in (("01", " "), ("02", "x"), ("03", " "), ("04", "/"), ("05", "x")):
        repository.commit(f"2026-04-{day}", f"- [{mark}] Alert (@lee)")

    assert days(repository.tasks()[0]) == ("2026-04-01", "2026-04-05", "")


def test_a_box_that_comes_ticked_says_nothing_on_its_day(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [x] Roll back (@lee)")

    assert days(repository.tasks()[0]) == ("2026-03-16", "", "")


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_renamed_page_keeps_its_days(repository: Repository, is_edited: bool) -> None:
    moved = "postmortems/2026/b c.md"
    repository.commit("2026-03-16", "- [ ] Alert (@lee)\n- [ ] Second (@lee)")
    repository.commit("2026-04-02", "- [x] Alert (@lee)\n- [ ] Second (@lee)")
    (repository.docs / "postmortems/2026").mkdir()
    repository.run("mv", f"docs/{PATH}", f"docs/{moved}")
    if is_edited:
        file = repository.docs / moved
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("[ ] Second", "[x] Second"), encoding="utf-8")
    repository.commit("2026-05-01")

    assert [days(task) for task in repository.tasks(moved)] == [
        ("2026-03-16", "2026-04-02", ""),
        ("2026-03-16", "2026-05-01" if is_edited else "", ""),
    ]


def test_a_new_page_under_an_old_name_begins_anew(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee)")
    repository.commit("2026-03-17", "- [x] Alert (@lee)")
    (repository.docs / PATH).unlink()
    repository.commit("2026-03-18")
    repository.commit("2026-03-19", "- [x] Alert (@lee)")

    assert days(repository.tasks()[0]) == ("2026-03-19", "", "")


def test_what_is_not_committed_is_not_known(repository: Repository) -> None:
    repository.commit("2026-03-16", f"{TASK}\n- [ ] Alert (@lee)")
    repository.write(f"{TASK}\n- [x] Alert (@lee)")

    assert [days(task) for task in repository.tasks()] == [("2026-03-16", "", ""), ("", "", "")]


def test_a_branch_that_was_merged_counts(repository: Repository) -> None:
    tasks = [f"- [ ] Number {n} (@lee)" for n in range(9)]
    repository.commit("2026-03-16", "\n".join(tasks))
    repository.run("checkout", "-q", "-b", "other")
    repository.commit("2026-04-02", "\n".join([tasks[0].replace("[ ]", "[x]"), *tasks[1:]]))
    repository.run("checkout", "-q", "main")
    repository.commit("2026-04-03", "\n".join([*tasks[:8], tasks[8].replace("[ ]", "[x]")]))
    repository.run("merge", "-q", "--no-ff", "-m", "m", "other")

    found = repository.tasks()
    assert found[0].done == date(2026, 4, 2)
    assert found[8].done == date(2026, 4, 3)


def test_a_branch_that_began_before_a_rename_counts(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee)")
    repository.run("checkout", "-q", "-b", "other")
    repository.commit("2026-04-02", "- [x] Alert (@lee)")
    repository.run("checkout", "-q", "main")
    repository.run("mv", f"docs/{PATH}", "docs/postmortems/b.md")
    repository.commit("2026-04-01")
    repository.run("merge", "-q", "--no-ff", "-m", "m", "other")

    assert repository.tasks("postmortems/b.md")[0].done == date(2026, 4, 2)


def test_identical_lines_get_no_dates(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee)\n\nand\n\n- [ ] Alert (@lee)")

    assert [days(task) for task in repository.tasks()] == [("", "", ""), ("", "", "")]


def test_lines_that_look_like_a_patch_are_text(repository: Repository) -> None:
    odd = "```diff\n--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n- [ ] Alert (@lee)\n```\n"
    repository.commit("2026-03-16", f"{odd}\n- [ ] Real (@lee)")
    repository.commit("2026-04-02", f"{odd}\n- [x] Real (@lee)")

    assert set(repository.history()) == {PATH}
    assert days(repository.tasks()[0]) == ("2026-03-16", "2026-04-02", "")


@pytest.mark.parametrize("name", ["ü é.md", "日本.md", "a[1].md", "-x.md", 'q"uote.md'])
def test_odd_names_of_files_are_found_or_left_out(repository: Repository, name: str) -> None:
    path = f"postmortems/*[odd] dir/{name}"
    repository.commit("2026-03-16", "- [ ] Alert (@lee)", path)
    repository.commit("2026-04-02", "- [x] Alert (@lee)", path)

    expected = () if '"' in name else (path,)
    assert tuple(repository.history(path)) == expected


def test_windows_line_ends_and_wrapped_tasks(repository: Repository) -> None:
    for day, mark in (("2026-03-16", " "), ("2026-04-02", "x")):
        text = PAGE.replace(TASK, f"- [{mark}] Alert on\n  saturation (@lee, due 2026-04-01)")
        (repository.docs / PATH).write_bytes(text.replace("\n", "\r\n").encode())
        repository.commit(day)

    assert days(repository.tasks()[0]) == ("2026-03-16", "2026-04-02", "")


def test_the_docs_folder_may_be_the_repository(tmp_path: Path) -> None:
    whole = Repository(tmp_path)
    whole.docs = tmp_path
    whole.commit("2026-03-16", "- [ ] Alert (@lee)", "a.md")
    whole.commit("2026-04-02", "- [x] Alert (@lee)", "a.md")

    assert [*whole.history("a.md")["a.md"].values()] == [
        CheckboxHistory(date(2026, 3, 16), date(2026, 4, 2))
    ]


class TestNothingIsSaid:
    """Where there is no history, or not all of it."""

    @pytest.fixture
    def whole(self, repository: Repository) -> Repository:
        repository.commit("2026-03-16", "- [ ] Alert (@lee)")
        repository.commit("2026-04-02", "- [x] Alert (@lee)")
        return repository

    def clone(self, whole: Repository, name: str, *options: str) -> Path:
        target = whole.root.parent / name
        whole.run("clone", "-q", *options, whole.root.as_uri(), str(target))
        return target / "docs"

    def test_in_a_shallow_clone(self, whole: Repository) -> None:
        assert GitHistory(self.clone(whole, "full"))((PATH,))[PATH]
        shallow = GitHistory(self.clone(whole, "shallow", "--depth=1"))

        assert shallow((PATH,)) == {}
        assert "shallow" in shallow.silence

    def test_in_a_partial_clone_and_nothing_is_fetched(self, whole: Repository) -> None:
        whole.run("config", "uploadpack.allowFilter", "true")
        docs = self.clone(whole, "partial", "--filter=blob:none", "--no-checkout")

        assert GitHistory(docs)((PATH,)) == {}

    def test_where_there_is_no_repository(self, tmp_path: Path) -> None:
        found = GitHistory(tmp_path / "nowhere")

        assert found((PATH,)) == {}
        assert found.silence

    def test_in_a_repository_without_a_commit(self, repository: Repository) -> None:
        assert repository.history() == {}

    def test_without_git(self, whole: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")

        assert whole.history() == {}

    def test_where_there_is_too_much(
        self, whole: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(history, "_MOST_BYTES", 100)

        assert whole.history() == {}

    def test_where_git_hangs(
        self, whole: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        program = tmp_path / "bin" / "git"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\nexec sleep 60\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr(history, "_MOST_SECONDS", 0.2)

        assert whole.history() == {}

    def test_for_no_page(self, whole: Repository) -> None:
        assert GitHistory(whole.docs)(()) == {}


def test_repositories_named_in_the_environment_are_ignored(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee)")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))

    assert repository.tasks()[0].added == date(2026, 3, 16)


def test_the_user_s_configuration_changes_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee)")
    repository.commit("2026-04-02", "- [x] Alert (@lee)")
    before = repository.history()
    trap = tmp_path / "ran"
    settings = f"""
[diff]
 external = touch {trap}
 noprefix = true
 mnemonicPrefix = true
 renames = false
 context = 9
[color]
 ui = always
[log]
 showSignature = true
 date = relative
 diffMerges = on
 follow = true
[core]
 quotepath = true
 pager = touch {trap}
[format]
 pretty = oneline
[diff "md"]
 textconv = touch {trap}
"""
    (tmp_path / "gitconfig").write_text(settings)
    (repository.root / ".git" / "info").mkdir(exist_ok=True)
    (repository.root / ".git" / "info" / "attributes").write_text("*.md diff=md\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))

    assert before[PATH]
    assert repository.history() == before
    assert not trap.exists()


def test_it_is_read_once_for_all_pages_and_again_after_a_commit(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        repository.commit("2026-03-16", "- [ ] Alert (@lee)", f"postmortems/{number}.md")
    started: list[Any] = []
    real = subprocess.Popen

    def counted(command: list[str], **options: Any) -> Any:
        started.append(command)
        return real(command, **options)

    monkeypatch.setattr(history.subprocess, "Popen", counted)  # type: ignore[attr-defined]
    read = GitHistory(repository.docs)
    paths = [f"postmortems/{number}.md" for number in range(5)]
    assert len(read(paths)) == 5
    assert len(started) == 2  # is the clone whole, and its log
    read(paths)
    assert len(started) == 3
    monkeypatch.undo()
    repository.commit("2026-04-02", "- [x] Alert (@lee)", "postmortems/3.md")
    assert read(paths)["postmortems/3.md"]["- [x] Alert (@lee)"].done == date(2026, 4, 2)


def test_problems_are_the_same_with_and_without_it(repository: Repository) -> None:
    tasks = f"{TASK}\n- [ ] Alert (@lee)"
    repository.commit("2026-03-16", tasks)
    repository.commit("2026-04-02", tasks.replace("[ ] Alert", "[x] Alert"))
    later = PAGE.replace("id: PM-1", "id: PM-9\n  recurrence_of: a").replace("2026-03", "2026-03")
    (repository.docs / "postmortems/z.md").write_text(later, encoding="utf-8")
    files = [(f.relative_to(repository.docs).as_posix(), f) for f in repository.docs.rglob("*.md")]
    checker = Checker(Settings(), load_schemas(None), date(2026, 11, 24))

    assert repository.site().problems == check_site(files, checker).problems


def test_a_task_ticked_after_the_repeat_is_reported(repository: Repository) -> None:
    repository.commit("2026-03-16", "- [ ] Alert (@lee, prevent)")
    repository.commit("2026-06-02", "- [x] Alert (@lee, prevent)")
    later = PAGE.replace("id: PM-1", "id: PM-9\n  recurrence_of: a").replace("2026-03", "2026-05")
    (repository.docs / "postmortems/z.md").write_text(later, encoding="utf-8")

    (repeat,) = repository.site().repeats.all
    assert [(item.task.text, item.reason.value) for item in repeat.missed] == [
        ("Alert", "done_after")
    ]


@pytest.mark.parametrize("is_on", [True, False])
def test_pages_data_and_commands_use_it_unless_it_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_on: bool
) -> None:
    site = Site(tmp_path, {"on_error": "warn", "history": is_on})
    site.write("index.md", "# Home\n")
    repository = Repository(tmp_path)
    repository.commit("2026-03-16", "- [ ] Alert (@lee)")
    repository.commit("2026-04-02", "- [x] Alert (@lee)")
    built = site.build()
    monkeypatch.chdir(tmp_path)

    data = json.loads((built.folder / "postmortems/postmortems.json").read_text(encoding="utf-8"))
    (task,) = data["postmortems"][0]["tasks"]
    assert (task.get("done"), task.get("added")) == (
        ("2026-04-02", "2026-03-16") if is_on else (None, None)
    )
    assert ('datetime="2026-04-02"' in built.main("postmortems/tasks/")) == is_on
    exported = CliRunner().invoke(main, ["tasks", "--all", "--format", "json"]).output
    assert json.loads(exported)[0]["done"] == ("2026-04-02" if is_on else "")
    assert ("Apr 2026: 0 opened, 1 closed" in built.main("postmortems/")) == is_on
