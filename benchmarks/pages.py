"""Invented postmortems in any number, the same ones each time."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

_SERVICES = [f"{name}-{part}" for name in ("pay", "search", "cart", "mail") for part in "abcdefgh"]
_CAUSES = ("config-change", "capacity", "expired-certificate", "missing-validation", "race")
_WORDS = (
    "the pool queue worker node cache request deploy alert graph team customer page retry limit "
    "disk lock table release shard leader config flag token session order price batch stream we "
    "saw was were grew fell waited failed returned filled opened closed moved slowed stopped until "
    "because while after before during although and but so again nearly quickly slowly"
).split()
# Pages have words of their own, too, or all of them would read alike.
_SYLLABLES = "ka lo mi ru se ta vo ne pi gra del fin sto bur".split()
_KINDS = (
    "Started", "Detected", "Assumption", "Misleading path", "Escalated", "Mitigated", "Resolved",
)  # fmt: skip

_PAGE = """\
---
title: {title}
postmortem:
  id: PM-{number:05}
  status: published
  severity: SEV{severity}
  services: [{service}]
  timezone: Europe/Paris
  started: {start}
  resolved: {end}
  impact: {impact}
  users_affected: {percent}%
  root_cause: {cause}
  causes: [{tag}]
  detected_by: monitor
  authors: [dana, lee]
---
# {title}

## Issue summary

{summary}

## Timeline

{timeline}

## Root cause and resolution

### Root cause

{why}

### Resolution

{how}

## Corrective and preventative measures

### Tasks

{tasks}
"""


def write_pages(folder: Path, count: int, seed: int = 1) -> None:
    """``count`` pages of about 500 words below ``folder``, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)  # noqa: S311 - the same pages each time
    start = datetime(2015, 1, 1, 8, 0)  # noqa: DTZ001 - a time of the page's own zone
    for number in range(count):
        start += timedelta(minutes=rng.randrange(300, 900))
        text = _page(rng, number, start)
        (folder / f"{number:05}.md").write_text(text, encoding="utf-8")


def _page(rng: random.Random, number: int, start: datetime) -> str:
    steps = sorted(rng.sample(range(1, 230), 8))
    moments = [start, *(start + timedelta(minutes=step) for step in steps)]
    kinds = [*_KINDS[:6], "", "", _KINDS[6]]
    entries = [
        f"- {moment:%Y-%m-%d %H:%M} {f'**{kind}:** ' if kind else ''}{_sentences(rng, 2)}"
        for moment, kind in zip(moments, kinds, strict=True)
    ]
    tasks = [
        f"- [{rng.choice(' x')}] {_sentence(rng)[:-1]} (@{rng.choice(('dana', 'lee', 'kim'))}, "
        f"due {start + timedelta(days=30):%Y-%m-%d}, [OPS-{number}{n}](https://t.example/{n}))"
        for n in range(3)
    ]
    return _PAGE.format(
        number=number,
        title=_sentence(rng)[:60].rstrip(" ."),
        severity=rng.randrange(1, 5),
        service=rng.choice(_SERVICES),
        start=f"{moments[0]:%Y-%m-%d %H:%M}",
        end=f"{moments[-1]:%Y-%m-%d %H:%M}",
        impact=_sentence(rng),
        percent=rng.randrange(1, 100),
        cause=_sentence(rng),
        tag=rng.choice(_CAUSES),
        summary=_sentences(rng, 5),
        timeline="\n".join(entries),
        why=_sentences(rng, 9),
        how=_sentences(rng, 6),
        tasks="\n".join(tasks),
    )


def _sentence(rng: random.Random) -> str:
    words = rng.choices(_WORDS, k=rng.randrange(5, 10))
    words += ["".join(rng.choices(_SYLLABLES, k=3)) for _ in range(rng.randrange(2, 5))]
    rng.shuffle(words)
    return " ".join(words).capitalize() + "."


def _sentences(rng: random.Random, count: int) -> str:
    return " ".join(_sentence(rng) for _ in range(count))
