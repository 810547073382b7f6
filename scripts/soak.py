"""Edit a site at random under a running ``mkdocs serve``: ``python scripts/soak.py --edits 1000``.

After each edit the server must answer with the new state; every few edits that state must be, byte
by byte, what a clean build in a fresh process gives; and the memory must not grow by a tenth once
it is warm. Prints a table; the exit code is 1 if any of this fails.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import multiprocessing
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from mkdocs.commands.build import build
from mkdocs.config import load_config
from random_edits import Edits

PATIENCE = 120.0  # seconds until a server that does not answer counts as dead
_REBUILD = 10.0  # seconds in which a small site is certainly built once more
MOST_GROWTH = 0.10
FAILED = "An error happened during the rebuild"
_SPAWN = multiprocessing.get_context("fork")


class SoakError(Exception):
    """The server died, hung, or serves another state than a clean build."""


@dataclass
class Server:
    """A running ``mkdocs serve`` below ``root``; ``site`` is the folder that it serves."""

    process: subprocess.Popen[bytes]
    log: Path
    url: str
    scratch: Path
    _read: int = 0

    @property
    def site(self) -> Path:
        return next(self.scratch.glob("mkdocs_*"))

    def new_lines(self) -> str:
        """What the log says since the last call."""
        with self.log.open("rb") as file:
            file.seek(self._read)
            data = file.read()
        self._read += len(data)
        return data.decode("utf-8", "replace")

    def answer(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as reply:  # noqa: S310
                return str(reply.read().decode("utf-8"))
        except urllib.error.HTTPError as fault:
            return f"{fault.code}"

    def wait(self, sign: str, *, is_broken: bool) -> None:
        """Until the page ``beat/`` carries the sign or, where it must, the build has stopped."""
        until, seen = time.monotonic() + PATIENCE, ""
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise SoakError(f"the server ended:\n{self.log.read_text('utf-8')[-3000:]}")
            seen += self.new_lines()
            if is_broken and FAILED in seen:
                return
            if not is_broken and seen.endswith("Reloading browsers\n"):
                if sign in self.answer("beat/"):
                    return
                seen = ""
            time.sleep(0.01)
        raise SoakError(f"no answer in {PATIENCE:.0f} s:\n{self.log.read_text('utf-8')[-3000:]}")

    def memory(self) -> int:
        """Resident memory in kilobytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0])


@contextmanager
def serving(root: Path, port: int) -> Iterator[Server]:
    """``mkdocs serve`` in a process of its own, ended afterwards."""
    scratch, log = root / "scratch", root / "serve.log"
    scratch.mkdir()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
            cwd=root,
            env={**os.environ, "TMPDIR": str(scratch), "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, log, f"http://127.0.0.1:{port}/", scratch)
    try:
        until = time.monotonic() + PATIENCE
        while "Serving on" not in server.new_lines():
            if process.poll() is not None or time.monotonic() > until:
                raise SoakError(f"the server did not start:\n{log.read_text('utf-8')}")
            time.sleep(0.05)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def clean_build(root: Path, target: Path, url: str) -> None:
    """A build in a process that has built nothing before; SoakError if it fails.

    With a ``url`` it is what ``serve`` builds when it starts, else what ``build`` builds.
    """
    child = _SPAWN.Process(target=_build, args=(str(root / "mkdocs.yml"), str(target), url))
    child.start()
    child.join()
    if child.exitcode:
        raise SoakError("the clean build failed, which the server took")


def _build(config: str, target: str, url: str) -> None:
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    loaded = load_config(config, site_dir=target)
    loaded.plugins.on_startup(command="serve" if url else "build", dirty=False)
    build(loaded, serve_url=url or None)


def differences(served: Path, built: Path) -> list[str]:
    """Files that only one of two sites has, or that differ."""
    one, other = _contents(served), _contents(built)
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def _contents(folder: Path) -> dict[str, bytes]:
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            # A gzip names the moment at which it was packed.
            packed = file.suffix == ".gz"
            found[file.relative_to(folder).as_posix()] = gzip.decompress(data) if packed else data
    return found


@dataclass
class Soak:
    """The edits so far and what came of them."""

    edits: Edits
    server: Server
    compare_every: int
    memory: list[int] = field(default_factory=list)
    compared: int = 0

    def run(self, count: int) -> None:
        for number in range(1, count + 1):
            what = self.edits.edit()
            self.edits.beat(number)
            self.step(number, what)
            if number % 50 == 0:
                print(f"{number:5} edits, {self.memory[-1] // 1024} MB", flush=True)

    def step(self, number: int, what: str) -> None:
        try:
            self.server.wait(f"beat{number}beat", is_broken=self.edits.is_broken)
            if number % self.compare_every == 0 and not self.edits.is_broken:
                self._compare()
        except SoakError as fault:
            raise SoakError(f"edit {number} ({what}): {fault}") from fault
        self.memory.append(self.server.memory())

    def _compare(self) -> None:
        with tempfile.TemporaryDirectory(dir=self.edits.root) as folder:
            url = self.server.url if self.edits.lacks_schema else ""
            clean_build(self.edits.root, Path(folder), url)
            different = differences(self.server.site, Path(folder))
            if different:
                # A late event of the same edit may have started another build.
                time.sleep(_REBUILD)
                different = differences(self.server.site, Path(folder))
            if different:
                raise SoakError(f"differs from a clean build: {', '.join(different[:20])}")
        self.compared += 1

    def growth(self) -> float:
        """Of the median memory, from the second tenth of the edits to the last."""
        tenth = max(1, len(self.memory) // 10)
        early = statistics.median(self.memory[tenth : 2 * tenth])
        return statistics.median(self.memory[-tenth:]) / early - 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def soak(root: Path, count: int, theme: str, seed: int, compare_every: int) -> Soak:
    """Run it in an empty folder; SoakError at the first thing that goes wrong."""
    os.environ["SOURCE_DATE_EPOCH"] = "1774000000"
    port = free_port()
    config: dict[str, object] = {
        "site_name": "Soak",
        "site_url": f"http://127.0.0.1:{port}/",
        "theme": {"name": theme},
    }
    edits = Edits(root, Random(seed), config)  # noqa: S311 - a game of chance
    edits.beat(0)
    with serving(root, port) as server:
        made = Soak(edits, server, compare_every)
        made.run(count)
        return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1_000)
    parser.add_argument("--theme", default="mkdocs")
    parser.add_argument("--seed", type=int, default=20260314)
    parser.add_argument("--compare-every", type=int, default=10, metavar="N")
    parser.add_argument(
        "--keep", type=Path, help="Use this folder, which must be empty, and keep it."
    )
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = wish.keep or Path(folder)
        begin = time.monotonic()
        try:
            done = soak(root, wish.edits, wish.theme, wish.seed, wish.compare_every)
        except SoakError as fault:
            print(fault, file=sys.stderr)
            raise SystemExit(1) from fault
        for name, count in sorted(done.edits.counts.items()):
            print(f"{count:5} {name}")
        growth, minutes = done.growth(), (time.monotonic() - begin) / 60
        print(
            f"{wish.edits} edits under {wish.theme} in {minutes:.1f} minutes, "
            f"all answered; {done.compared} clean builds, all equal; memory {growth:+.1%}"
        )
        raise SystemExit(int(growth > MOST_GROWTH))


if __name__ == "__main__":
    main()
