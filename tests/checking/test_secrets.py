"""Secrets are found by exact shapes, and no output of ours repeats one.

The samples are put together here, so that no scanner takes this file for a leak.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from drawn_site import PAGE

from mkdocs_postmortem.checking.unsafe_text import (
    _PATTERNS,
    find_hidden,
    find_secrets,
    printable,
    without_secrets,
)
from mkdocs_postmortem.cli import main

LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7" * 4
HEX = "0123456789abcdef" * 4
UPPER = "ABCDEFGHIJKLMNOP"
WEBHOOK = "https://hooks.slack" + f".com/services/T{UPPER[:8]}/B{UPPER[:8]}/{LETTERS[:24]}"
HOOK = "https://discord" + ".com/api/webhooks/"

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
    ("a password in an address", "https://bot:s3cr3t-word" + "@git.example/a.git"),
    ("a private key", "-----BEGIN EC " + "PRIVATE KEY-----"),
    ("a private key", "-----BEGIN ENCRYPTED " + "PRIVATE KEY-----"),
    ("a GitHub token", "gho_" + LETTERS[:36]),
    ("a GitLab token", "glcbt-" + LETTERS[:24]),
    ("a Slack token", "xox" + "p-123456789012-" + LETTERS[:24]),
    ("a Slack app token", "xapp" + "-1-A0123ABCDEF-1234567890123-" + HEX[:64]),
    ("an OpenAI key", "sk-" + "proj-" + LETTERS[:80]),
    ("an OpenAI key", "sk-" + LETTERS[:20] + "T3Blbk" + "FJ" + LETTERS[:20]),
    ("an Anthropic key", "sk-" + "ant-api03-" + LETTERS[:93]),
    ("a Hugging Face token", "hf" + "_" + ("abcdefGHIJ" * 4)[:34]),
    ("a DigitalOcean token", "dop" + "_v1_" + HEX[:64]),
    ("a Shopify token", "shp" + "at_" + HEX[:32]),
    ("an Atlassian token", "ATATT" + "3" + LETTERS[:100]),
    ("a Grafana token", "gl" + "sa_" + LETTERS[:32] + "_" + HEX[:8]),
    ("a Vault token", "hv" + "s." + LETTERS[:90]),
    ("a Databricks token", "da" + "pi" + HEX[:32]),
    ("a Linear key", "lin" + "_api_" + LETTERS[:40]),
    ("a New Relic key", "NR" + "AK-" + (UPPER * 2)[:27]),
    ("a Postman key", "PM" + "AK-" + HEX[:24] + "-" + HEX[:34]),
    ("a Terraform Cloud token", LETTERS[:14] + ".atlas" + "v1." + LETTERS[:67]),
    ("an age key", "AGE-SECRET" + "-KEY-1" + ("QPZRY9X8GF" * 6)[:58]),
    ("an Azure storage key", "Account" + "Key=" + LETTERS[:86] + "=="),
    ("a Discord webhook", HOOK + "123456789012345678/" + LETTERS[:68]),
    ("a Telegram bot token", "123456789:" + "AA" + LETTERS[:33]),
    ("a Sentry token", "sntry" + "u_" + HEX[:64]),
    ("a Docker token", "dckr" + "_pat_" + LETTERS[:27]),
    ("a RubyGems key", "ruby" + "gems_" + HEX[:48]),
    ("a PlanetScale token", "pscale" + "_tkn_" + LETTERS[:43]),
    ("a Supabase token", "sb" + "p_" + HEX[:40]),
    ("a signed token (JWT)", f"ey{'J'}{LETTERS[:33]}.ey{'J'}{LETTERS[:60]}.{LETTERS[:43]}"),
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
    "xapp-1-short",
    "sk-learn and scikit-learn",
    "sk-" + LETTERS[:30],
    "the task-proj-" + LETTERS[:50],
    "hf_transfer",
    "drop_v1_table",
    "dop_v1_" + HEX[:20],
    "shpat_ is how it begins",
    "ATATT3 is how it begins",
    "glsa_short_01",
    "hvs.short",
    "dapi" + HEX[:20],
    "lin_api_version",
    "NRAK-123",
    "the cache key-" + HEX[:32],
    "monkey-" + HEX[:32],
    "key-value store",
    "PMAK-" + HEX[:24],
    "AccountKey=<removed>",
    "https://discord.com/api/webhooks/",
    "12:AA" + LETTERS[:33],
    "sntryu_abc",
    "rubygems_version",
    "eyJhbGciOi…",
    "eyJhbGciOiJIUzI1NiJ9.payload.signature",
    "a build of 2026-03-14T09:12:00Z",
    "sha256:" + HEX,
    "550e8400-e29b-41d4-a716-446655440000",
    "postgres://app@db.example/app",
    "postgres://app:***@db.example/app",
    "mailto:dana@example.org",
    "-----BEGIN PGP PUBLIC KEY BLOCK-----",
    "PRIVATE KEY",
]


@pytest.mark.parametrize(("name", "secret"), TRUE)
def test_a_secret_is_found_wherever_it_is(name: str, secret: str) -> None:
    for text in (secret, f"key={secret}", f'"{secret}",', f"`{secret}` was pasted"):
        found = [start for kind, start in find_secrets(text) if kind == name]
        assert len(found) == 1
        # A shape may leave out the scheme of an address.
        assert 0 <= found[0] - text.index(secret) <= len("https://")
        assert secret not in without_secrets(text)
        assert len(without_secrets(text)) == len(text)


@pytest.mark.parametrize(("name", "secret"), TRUE)
def test_a_secret_is_found_next_to_underscores(name: str, secret: str) -> None:
    assert secret not in without_secrets(f"_{secret}_ and __{secret}__")


@pytest.mark.parametrize("prefix", ["ghp_", "glpat-", "npm_", "xox" + "b-", "dop_v1_", "eyJ"])
def test_a_secret_is_found_glued_to_a_word(prefix: str) -> None:
    (secret,) = [item for _, item in TRUE if item.startswith(prefix)]

    assert secret not in without_secrets(f"thetoken{secret}")


@pytest.mark.parametrize("text", FALSE)
def test_what_only_resembles_one_is_left_alone(text: str) -> None:
    assert list(find_secrets(text)) == []
    assert without_secrets(text) == text


def test_there_are_enough_cases_and_every_shape_has_one() -> None:
    assert len(TRUE) >= 40
    assert len(FALSE) >= 40
    assert {name for name, _ in TRUE} == {name for name, _ in _PATTERNS}


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


def test_no_command_prints_a_token_in_the_place_of_a_name(tmp_path: Path) -> None:
    secret = "ghp_" + LETTERS[:36]
    page = PAGE.replace("id: PM-1", f"id: {secret}").replace("[checkout]", f"[{secret}]")
    page = page.replace("@dana", f"@{secret}")
    file = tmp_path / "docs" / "postmortems" / "a.md"
    file.parent.mkdir(parents=True)
    file.write_text(page, encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: a\nplugins: [postmortem]\n", encoding="utf-8")
    for words in ("stats", "tasks", "tasks --owner ghp", "tasks --format csv", "similar Checkout"):
        result = CliRunner().invoke(main, [*words.split(), "--config-file", str(config)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert secret not in result.output, words


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
