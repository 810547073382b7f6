"""A written file is the old one or the new one, whole, whatever happens meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn_site import PAGE

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.publishing.atomic import write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and limits of POSIX")
SIZE = 300_000
# Tells that it is ready, then writes whole files of one letter in turn until it is killed.
WRITER = f"""
import itertools, sys
from pathlib import Path
from mkdocs_postmortem.publishing.atomic import write_whole
file = Path(sys.argv[1])
print("ready", flush=True)
for letter in itertools.cycle(sys.argv[2].encode()):
    write_whole(file, bytes([letter]) * {SIZE}, roots=(), overwrite=True)
"""
# Forks the writer anew for each kill: starting Python 200 times would take a minute.
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from mkdocs_postmortem.publishing.atomic import write_whole
file, size, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
for round in range(200):
    old, new = (bytes([97 + (round + n) % 26]) * size for n in (0, 1))
    write_whole(file, old, roots=(), overwrite=True)
    begun, begins = os.pipe()
    child = os.fork()
    if child == 0:
        write_whole(file, new, roots=(), overwrite=True)
        os.write(begins, b"!")
        while True:
            write_whole(file, old, roots=(), overwrite=True)
            write_whole(file, new, roots=(), overwrite=True)
    os.read(begun, 1)  # however busy the machine is, the child is in the midst of writing
    os.close(begun)
    os.close(begins)
    time.sleep(chance.uniform(0, 0.004))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    found = file.read_bytes()
    assert found in (old, new), (round, len(found))
"""


@posix
def test_a_killed_writer_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    command = [sys.executable, "-c", KILLER, str(file), str(SIZE), "20260314"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    leftovers = [item.name for item in tmp_path.iterdir() if item != file]
    assert all(name.startswith(".postmortem-") for name in leftovers)


@posix
def test_two_writers_at_once_do_not_mix(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file), letters], stdout=subprocess.PIPE, text=True
        )
        for letters in ("ab", "cd")
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        while not file.exists():
            time.sleep(0.01)
        for _ in range(200):
            found = file.read_bytes()
            assert len(found) == SIZE
            assert len(set(found)) == 1
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


def test_what_killed_commands_left_is_cleaned_up(tmp_path: Path) -> None:
    old, young = tmp_path / ".postmortem-old.tmp", tmp_path / ".postmortem-new.tmp"
    for leftover in (old, young):
        leftover.write_bytes(b"half")
    os.utime(old, (0, 0))
    write_whole(tmp_path / "page.md", b"whole", roots=())
    assert not old.exists()
    assert young.exists(), "it may be another command's"


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"what the editor saved")
    with pytest.raises(OSError, match="changed while"):
        write_whole(file, b"new", roots=(), overwrite=True, before=b"what the command read")
    assert file.read_bytes() == b"what the editor saved"
    assert [item.name for item in tmp_path.iterdir()] == ["page.md"]


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
from mkdocs_postmortem.cli import main
main(sys.argv[1:])
"""


@posix
@pytest.mark.parametrize("command", ["adopt --in-place docs/postmortems/a.md", "check --fix"])
def test_a_full_disk_is_one_line_and_no_loss(tmp_path: Path, command: str) -> None:
    file = _site(tmp_path, adopted=command.startswith("check"))
    before = file.read_bytes()
    words = [sys.executable, "-c", LIMITED, *command.split()]
    done = subprocess.run(
        words, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1, done.stderr
    assert file.read_bytes() == before
    assert [item.name for item in file.parent.iterdir()] == [file.name]
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if "File too large" in line]) == 1


def _site(folder: Path, *, adopted: bool) -> Path:
    file = folder / "docs" / "postmortems" / "a.md"
    file.parent.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: a\nplugins: [postmortem]\n", encoding="utf-8")
    text = PAGE.replace("severity:", "severty:") if adopted else PAGE.split("---\n")[-1]
    file.write_text(text, encoding="utf-8")
    return file


@posix
@pytest.mark.parametrize("command", ["adopt --in-place {docs}", "check --fix {docs}"])
@pytest.mark.parametrize("links", ["file", "folder"])
def test_symbolic_links_are_not_followed_to_write(
    tmp_path: Path, command: str, links: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = _site(tmp_path / "site", adopted=command.startswith("check"))
    outside = tmp_path / "secret" / "b.md"
    outside.parent.mkdir()
    inside.replace(outside)
    if links == "file":
        inside.symlink_to(outside)
    else:
        (inside.parent / "more").symlink_to(outside.parent)
    before = outside.read_bytes()
    monkeypatch.chdir(tmp_path / "site")
    CliRunner().invoke(main, command.format(docs=tmp_path / "site" / "docs").split())
    assert outside.read_bytes() == before
    assert [item.name for item in outside.parent.iterdir()] == ["b.md"]
    assert inside.is_symlink() == (links == "file")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_and_mode_stay(
    tmp_path: Path, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _site(tmp_path, adopted=True)
    file.write_bytes(file.read_bytes().replace(b"\n", end))
    file.chmod(0o640)
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["check", "--fix"])
    text = file.read_bytes()
    assert b"severity:" in text
    assert text.count(b"\r\n") == (text.count(b"\n") if end == b"\r\n" else 0)
    assert file.stat().st_mode & 0o777 == (0o640 if os.name == "posix" else 0o666)
