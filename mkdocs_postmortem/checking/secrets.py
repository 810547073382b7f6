"""Tokens and keys that people paste by mistake, told by their exact shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Exact shapes only: a false alarm here teaches people to switch the rule off.
_SHAPES: tuple[tuple[str, str], ...] = (
    # The vendor's own placeholder ends in EXAMPLE.
    ("an AWS access key", r"\b(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}\b"),
    ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{60,90})\b"),
    ("a GitLab token", r"\bgl(?:pat|rt|dt|ptt|soat)-[\w-]{20,60}"),
    ("a Slack token", r"\bxox[abeprs]-[A-Za-z0-9-]{10,80}"),
    ("a Slack webhook", r"\bhooks\.slack\.com/services/T\w{8,12}/B\w{8,12}/\w{24}\b"),
    ("a private key", r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"),
    ("a Stripe key", r"\b[sr]k_live_[A-Za-z0-9]{20,247}\b"),
    ("a Google API key", r"\bAIza[\w-]{35}(?![\w-])"),
    ("a Google client secret", r"\bGOCSPX-[\w-]{28}(?![\w-])"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a PyPI token", r"\bpypi-AgEIcHlwaS5vcmc[\w-]{50,200}"),
    ("a SendGrid key", r"\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])"),
    (
        "a password in an address",
        r"\b[a-z][a-z+]{1,20}://[^\s:/@]{1,60}:[^\s:/@*<$\[\]]{3,60}@",
    ),
)
# One of these stands in every secret; looking for them is much faster than for the shapes.
_TELLTALES = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "glrt-",
    "gldt-", "glptt-", "glsoat-", "xox", "hooks.slack.com", "PRIVATE KEY", "k_live_", "AIza",
    "GOCSPX-", "npm_", "pypi-AgEIcHlwaS5vcmc", "SG.",
)  # fmt: skip
_LOGIN = re.compile(r"://[^\s:/@]{1,60}:[^\s/@]{1,60}@")
_PATTERNS = tuple((name, re.compile(shape)) for name, shape in _SHAPES)
_ANY = re.compile("|".join(f"(?:{shape})" for _, shape in _SHAPES))


def find_secrets(text: str) -> Iterator[tuple[str, int]]:
    """What each secret in a text is ("a GitHub token"), and where it begins."""
    if may_hold_secrets(text) and _ANY.search(text):
        for name, pattern in _PATTERNS:
            yield from ((name, match.start()) for match in pattern.finditer(text))


def may_hold_secrets(text: str) -> bool:
    """False if there is none for certain."""
    return any(sign in text for sign in _TELLTALES) or bool(_LOGIN.search(text))


def without_secrets(text: str) -> str:
    """The text with each secret's letters hidden but for its first four; the length stays."""
    return _ANY.sub(lambda match: match.group()[:4] + "•" * (len(match.group()) - 4), text)
