"""Servers that answer slowly, badly or not at all: a sentence in time, and the other sites."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from drawn_site import Site

from mkdocs_postmortem.cli import main
from mkdocs_postmortem.publishing.hub import FetchError, fetch_dataset

DATA = b'{"version": 1, "postmortems": []}'
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(DATA)
# Writes an answer to a connection whose request has been read.
Answer = Callable[[socket.socket], None]


def drip(line: socket.socket, start: bytes, piece: bytes) -> None:
    """A byte every 50 milliseconds, without an end."""
    line.sendall(start)
    while True:
        line.sendall(piece)
        time.sleep(0.05)


def sends(data: bytes) -> Answer:
    return lambda line: line.sendall(data)


class Server:
    """Answers each path in its own way, byte by byte as the test says."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self._socket.close()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._socket.accept()
                threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            path = line.recv(4096).split(b" ")[1].decode()
            self.asked.append(path)
            self.answers[path](line)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running = Server()
    running.answers["/good"] = sends(GOOD + DATA)
    yield running
    running.close()


FAULTS: dict[str, tuple[Answer, str]] = {
    "a byte every moment": (
        lambda line: drip(line, b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b" "),
        "longer than",
    ),
    "a chunk every moment": (
        lambda line: drip(
            line, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"
        ),
        "longer than",
    ),
    "headers without an end": (
        lambda line: drip(line, b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        "longer than",
    ),
    "a header without an end": (lambda line: drip(line, b"HTTP/1.1 200 OK\r\nX: ", b"a"), "longer"),
    "a status line without an end": (lambda line: drip(line, b"HTTP/1.1 2", b"0"), "longer than"),
    "100 Continue without an end": (
        lambda line: drip(line, b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "longer than",
    ),
    "silence": (lambda _: time.sleep(3), "timed out"),
    "nothing": (lambda _: None, "without response"),
    "no HTTP": (sends(b"SSH-2.0-OpenSSH_9.6\r\n"), "SSH"),
    "half a body": (sends(GOOD + DATA[:9]), "too early"),
    "half a chunk": (
        sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"),
        "IncompleteRead",
    ),
    "a chunk of no size": (
        sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{"),
        "IncompleteRead",
    ),
    "an odd length": (sends(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), "JSON"),
    "an error": (sends(b"HTTP/1.1 503 Busy\r\n\r\n"), "503"),
    "a redirect to a file": (
        sends(b"HTTP/1.1 302 F\r\nLocation: file:///etc/passwd\r\n\r\n"),
        "not allowed",
    ),
    "a redirect to ftp": (sends(b"HTTP/1.1 302 F\r\nLocation: ftp://127.0.0.1/a\r\n\r\n"), "ftp:"),
    "a redirect to itself": (sends(b"HTTP/1.1 302 F\r\nLocation: /bad\r\n\r\n"), "infinite loop"),
    "a redirect to nowhere": (sends(b"HTTP/1.1 302 F\r\nLocation: http://[\r\n\r\n"), ""),
    "bytes that are no text": (sends(b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe"), "UTF-8"),
}  # fmt: skip


def fetch(site: Site, server: Server) -> Result:
    site.options["hub"] = [
        {"name": "Bad", "source": server.address("/bad")},
        {"name": "Good", "source": server.address("/good")},
    ]
    site.write_config()
    return CliRunner().invoke(main, ["fetch", "--timeout", "0.2"])


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_a_sentence_and_the_other_sites_are_fetched(
    site: Site, server: Server, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.root)
    server.answers["/bad"], reason = FAULTS[name]

    result = fetch(site, server)

    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if line.startswith("Bad: ")]
    # On a busy machine a byte may take longer than the timeout of a single answer.
    assert reason in line or (reason.startswith("longer") and "timed out" in line)
    assert not (site.root / "postmortem-hub/bad.json").exists()
    assert (site.root / "postmortem-hub/good.json").read_bytes() == DATA


def test_a_redirect_to_another_scheme_is_refused_before_it_is_asked(server: Server) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.3)
    port = listener.getsockname()[1]
    head = f"HTTP/1.1 302 F\r\nLocation: ftp://127.0.0.1:{port}/a\r\n\r\n"
    server.answers["/bad"] = sends(head.encode())

    with pytest.raises(FetchError, match="redirects to ftp"):
        fetch_dataset(server.address("/bad"), Path(), timeout=0.2)
    with listener, pytest.raises(TimeoutError):
        listener.accept()


def test_a_redirect_with_the_same_scheme_is_followed(server: Server) -> None:
    server.answers["/old"] = sends(b"HTTP/1.1 301 Moved\r\nLocation: /good\r\n\r\n")

    assert fetch_dataset(server.address("/old"), Path()) == DATA
    assert server.asked == ["/old", "/good"]


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(FetchError, match="refused"):
        fetch_dataset(f"http://127.0.0.1:{port}/", Path(), timeout=0.5)
