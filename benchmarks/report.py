"""What was measured → the page on speed in the docs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Kept = dict[str, Any]
_MARK = "<!-- figures -->"
_END = "<!-- end of figures -->"


def write_report(kept: Kept, page: Path) -> None:
    """Put the table between the marks of the page; what people wrote around it stays."""
    text = page.read_text(encoding="utf-8") if page.is_file() else f"# Speed\n\n{_MARK}\n{_END}\n"
    head, _, rest = text.partition(_MARK)
    _, _, tail = rest.partition(_END)
    page.write_text(f"{head}{_MARK}\n\n{_table(kept)}\n{_END}{tail}", encoding="utf-8")


def _table(kept: Kept) -> str:
    lines = ["| figure | pages | rounds | measured | goal |", "| --- | --- | --- | --- | --- |"]
    for name, row, value, goal in _ROWS:
        if row in kept:
            found = kept[row]
            pages = found["pages"] if isinstance(found["pages"], int) else found["pages"][-1]
            rounds = found.get("rounds", 1)
            lines.append(f"| {name} | {pages:,} | {rounds} | {value(found)} | {goal} |")
    parts = ["\n".join(lines) + "\n"]
    if "index" in kept:
        parts.append(f"The index of {kept['index']['pages']:,} outages:\n\n{kept['index']['text']}")
    return "\n".join(parts)


def _both(found: Kept) -> str:
    ours, other = found["seconds"]
    return (
        f"**{found['cpu']:.2f}×** of the processor ({ours:.1f} s to {other:.1f} s), "
        f"{found['wall']:.2f}× on the clock"
    )


def _growth(found: Kept) -> str:
    few, _ = found["pages"]
    return f"**{found['ours']:.2f}×** that at {few:,}; without the plugin {found['bare']:.2f}×"


def _memory(found: Kept) -> str:
    ours, bare = found["megabytes"]
    return f"**{found['memory']:.2f}×** ({ours:,.0f} MB to {bare:,.0f} MB)"


def _save(found: Kept) -> str:
    ours, other = found["seconds"]
    return f"**{found['cpu']:.2f}×** ({ours:.2f} s to {other:.2f} s)"


def _start(found: Kept) -> str:
    other = ("pages", "rounds", "load")
    return ", ".join(f"`{name}` **{found[name]:.1f}×**" for name in found if name not in other)


def _check(found: Kept) -> str:
    ours, bare = found["seconds"]
    return f"**{found['cpu']:.1f}×** ({ours:.1f} s to {bare:.2f} s)"


def _processes(found: Kept) -> str:
    return (
        f"**{found['wall']:.2f}×** as fast; two loops that share nothing: {found['machine']:.2f}×"
    )


_ROWS: tuple[tuple[str, str, Callable[[Kept], str], str], ...] = (
    ("build to the same pages outside the sidebar, no plugin", "bare", _both, "≤ 1.6×"),
    ("build to the same pages in the sidebar, no plugin", "sidebar", _both, "≤ 0.15×"),
    ("build to Material's blog plugin on the same files", "blog", _both, "≤ 0.5×"),
    ("cost of a page on a large site", "growth", _growth, "≤ 1.3×"),
    ("peak memory on a large site to that without the plugin", "growth", _memory, "≤ 2×"),
    ("save under `mkdocs serve` to one without the plugin", "save", _save, "≤ 0.6×"),
    ("the same with `--dirty`", "dirty", _save, "≤ 1.5×"),
    ("`check` to reading and parsing the front matter", "check", _check, "≤ 8×"),
    ("a second `check` of the same state to the bare loop", "again", _check, "≤ 1.5×"),
    ("a `check` after an edit of one page to one of all pages", "edited", _save, "none"),
    ("start of a command to that of Python with click", "start", _start, "≤ 2×"),
    ("`check` in two processes to one", "processes", _processes, "≥ 1.7×"),
)
