"""Secrets are found by exact shapes, and no output of ours repeats one.

The samples are put together here, so that no scanner takes this file for a leak.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn_site import PAGE

from mkdocs_postmortem.checking import printable
from mkdocs_postmortem.checking.hidden_characters import find_hidden
from mkdocs_postmortem.checking.secrets import find_secrets, without_secrets
from mkdocs_postmortem.cli import main

LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7" * 4
UPPER = "ABCDEFGHIJKLMNOP"
WEBHOOK = "https://hooks.slack" + f".com/services/T{UPPER[:8]}/B{UPPER[:8]}/{LETTERS[:24]}"

TRUE = [
    ("an AWS access key", "AKIA" + UPPER),
    ("an AWS access key", "ASIA" + UPPER),
    ("a GitHub token", "ghp_" + LETTERS[:36]),
    ("a GitHub token", "ghs_" + LETTERS[:36]),
    ("a GitHub token", "github" + "_pat_" + LETTERS[:22] + "_" + LETTERS[:59]),
    ("a GitLab token", "glpat-" + LETTERS[:20]),
    ("a GitLab token", "glrt-" + LETTERS[:20]),
    ("a Slack token", "xox" + "b-123456789012-" + LETTERS[:24]),
    ("a Slack webhook", WEBHOOK),
    ("a private key", "-----BEGIN " + "PRIVATE KEY-----"),
    ("a private key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
    ("a private key", "-----BEGIN OPENSSH " + "PRIVATE KEY-----"),
    ("a private key", "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----"),
    ("a Stripe key", "sk_" + "live_" + LETTERS[:24]),
    ("a Stripe key", "rk_" + "live_" + LETTERS[:99]),
    ("a Google API key", "AIza" + LETTERS[:35]),
    ("a Google client secret", "GOCSPX-" + LETTERS[:28]),
    ("an npm token", "npm_" + LETTERS[:36]),
    ("a PyPI token", "pypi-" + "AgEIcHlwaS5vcmc" + LETTERS[:60]),
    ("a SendGrid key", "SG." + LETTERS[:22] + "." + LETTERS[:43]),
    ("a password in an address", "postgres://app:hunter22" + "@db.example/app"),
]  # fmt: skip
FALSE = [
    "AKIA" + "IOSFODNN7" + "EXAMPLE",
    "XAKIA" + UPPER,
    "AKIA" + UPPER + "Q",
    "AKIA is how such a key begins",
    "ghp_" + LETTERS[:20],
    "glpat-short",
    "xoxb-…",
    "-----BEGIN PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----",
    "sk_" + "test_" + LETTERS[:24],
    "AIza" + LETTERS[:50],
    "npm_config_registry",
    "SG.a.b",
    "postgres://app:[removed]@db.example/app",
    "postgres://app:<password>@db.example/app",
    "https://app:$TOKEN@db.example",
    "https://example.org/a:b@c",
    "commit " + "0123456789abcdef" * 2 + "01234567",
    "at 09:12@dana",
]


@pytest.mark.parametrize(("name", "secret"), TRUE)
def test_a_secret_is_found_wherever_it_stands(name: str, secret: str) -> None:
    for text in (secret, f"key={secret}", f'"{secret}",', f"`{secret}` was pasted"):
        found = [start for kind, start in find_secrets(text) if kind == name]
        assert len(found) == 1
        # A shape may leave out the scheme of an address.
        assert 0 <= found[0] - text.index(secret) <= len("https://")
        assert secret not in without_secrets(text)
        assert len(without_secrets(text)) == len(text)


@pytest.mark.parametrize("text", FALSE)
def test_what_only_resembles_one_is_left_alone(text: str) -> None:
    assert list(find_secrets(text)) == []
    assert without_secrets(text) == text


def test_no_output_repeats_a_secret_or_a_control_character(tmp_path: Path) -> None:
    secret = "ghp_" + LETTERS[:36]
    page = PAGE.replace("severity: SEV2", f"severity: {secret}")
    page = page.replace("- 09:24 We look", f"- {secret} \x1b]0;owned\x07 TODO")
    file = tmp_path / "docs" / "postmortems" / "a.md"
    file.parent.mkdir(parents=True)
    file.write_text(page, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: a\nplugins: [postmortem]\n", encoding="utf-8")
    for form in ("text", "json", "github", "sarif", "junit"):
        result = CliRunner().invoke(main, ["check", str(tmp_path), "--format", form])
        assert "PM405" in result.output, form
        assert "PM406" in result.output, form
        assert secret not in result.output, form
        assert "\x1b" not in result.output, form


@pytest.mark.parametrize(
    "text", ["\u202e", "\u2066", "\x1b", "\x00", "\x9b", "\u2028", "\U000e0041"]
)
def test_a_hidden_character_is_named_and_not_printed(text: str) -> None:
    ((name, start),) = find_hidden(f"a{text}b")
    assert name.startswith(f"U+{ord(text):04X}")
    assert start == 1
    assert printable(f"a{text}b") == "a\ufffdb"


@pytest.mark.parametrize(
    "text",
    [
        "a\tb",
        "ثم\u200f",
        "می\u200cخواهم",
        "👩\u200d💻",
        "🏴\U000e0067\U000e0062\U000e007f",
        "\u00a0",
    ],
)
def test_marks_with_an_honest_use_are_left_alone(text: str) -> None:
    assert list(find_hidden(text)) == []
