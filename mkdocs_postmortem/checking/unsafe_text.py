"""What no log, terminal or page may show: pasted secrets and invisible characters.

Invisible are controls and bidirectional overrides; see "Trojan Source" (Boucher and Anderson,
2021). Zero-width joiners and the marks of right-to-left scripts have honest uses and are not among
them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Exact shapes only: a false alarm here teaches people to switch the rule off. A shape that begins
# like no word is also found in the middle of one, since people paste without a space.
_SHAPES: tuple[tuple[str, str], ...] = (
    # The vendor's own placeholder ends in EXAMPLE.
    (
        "an AWS access key",
        r"(?<![A-Z0-9])(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}(?![A-Za-z0-9])",
    ),
    ("a GitHub token", r"(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{60,90})(?![A-Za-z0-9])"),
    ("a GitLab token", r"gl(?:pat|rt|dt|ptt|soat|cbt|imt|ft|agent)-[\w-]{20,60}"),
    ("a Slack token", r"xox[abeprs]-[A-Za-z0-9-]{10,80}"),
    ("a Slack webhook", r"hooks\.slack\.com/services/T\w{8,12}/B\w{8,12}/\w{24}(?![A-Za-z0-9])"),
    ("a private key", r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"),
    ("a Stripe key", r"[sr]k_live_[A-Za-z0-9]{20,247}(?![A-Za-z0-9])"),
    ("a Google API key", r"(?<![A-Za-z0-9])AIza[\w-]{35}(?![A-Za-z0-9])"),
    ("a Google client secret", r"GOCSPX-[\w-]{28}(?![A-Za-z0-9])"),
    ("an npm token", r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
    ("a PyPI token", r"pypi-AgEIcHlwaS5vcmc[\w-]{50,200}"),
    ("a SendGrid key", r"SG\.[\w-]{22}\.[\w-]{43}(?![A-Za-z0-9])"),
    ("a Slack app token", r"xapp-\d-[A-Z0-9]{8,16}-\d{8,16}-[a-f0-9]{60,68}(?![A-Za-z0-9])"),
    ("an OpenAI key", r"(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin)-[\w-]{40,200}"),
    ("an OpenAI key", r"sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}(?![A-Za-z0-9])"),
    ("an Anthropic key", r"sk-ant-[a-z]{3,8}\d\d-[\w-]{80,120}"),
    ("a Hugging Face token", r"hf_[A-Za-z]{34}(?![A-Za-z0-9])"),
    ("a DigitalOcean token", r"do[opr]_v1_[a-f0-9]{64}(?![A-Za-z0-9])"),
    ("a Shopify token", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}(?![A-Za-z0-9])"),
    ("an Atlassian token", r"ATATT3[A-Za-z0-9_=-]{60,250}"),
    ("a Grafana token", r"glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}(?![A-Za-z0-9])"),
    ("a Vault token", r"hv[sb]\.[\w-]{24,300}"),
    ("a Databricks token", r"dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])"),
    ("a Linear key", r"lin_api_[A-Za-z0-9]{40}(?![A-Za-z0-9])"),
    ("a New Relic key", r"NRAK-[A-Z0-9]{27}(?![A-Za-z0-9])"),
    ("a Postman key", r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}(?![A-Za-z0-9])"),
    ("a Terraform Cloud token", r"(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}"),
    ("an age key", r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}(?![A-Za-z0-9])"),
    ("an Azure storage key", r"AccountKey=[A-Za-z0-9+/]{86}=="),
    ("a Discord webhook", r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,72}"),
    ("a Telegram bot token", r"(?<![A-Za-z0-9])\d{8,10}:AA[\w-]{33}(?![A-Za-z0-9])"),
    ("a Sentry token", r"sntryu_[a-f0-9]{64}(?![A-Za-z0-9])"),
    ("a Docker token", r"dckr_pat_[\w-]{27}(?![A-Za-z0-9])"),
    ("a RubyGems key", r"rubygems_[a-f0-9]{48}(?![A-Za-z0-9])"),
    ("a PlanetScale token", r"pscale_(?:tkn|pw|oauth)_[\w.-]{32,64}"),
    ("a Supabase token", r"sbp_[a-f0-9]{40}(?![A-Za-z0-9])"),
    # Not after a character that a token can contain, so each token is matched from its start.
    (
        "a signed token (JWT)",
        r"(?<![\w.-])_{0,2}eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{20,1000}",
    ),
    (
        "a password in an address",
        r"(?<![A-Za-z0-9])[a-z][a-z+]{1,20}://[^\s:/@]{1,60}:[^\s:/@*<$\[\]]{3,60}@",
    ),
)
# A password in an address; nothing else is as short.
_SHORTEST = 11
# Every secret contains one of these; searching for them is much faster than for the patterns.
_TELLTALES = (
    "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "glrt-",
    "gldt-", "glptt-", "glsoat-", "xox", "hooks.slack.com", "k_live_", "AIza",
    "GOCSPX-", "npm_", "pypi-AgEIcHlwaS5vcmc", "SG.", "xapp-", "sk-", "hf_", "_v1_", "shpat_",
    "shpca_", "shppa_", "shpss_", "ATATT3", "glsa_", "hvs.", "hvb.", "dapi", "lin_api_", "NRAK-",
    "PMAK-", ".atlasv1.", "AGE-SECRET-KEY-", "AccountKey=", "/api/webhooks/", ":AA",
    "sntryu_", "dckr_pat_", "rubygems_", "pscale_", "sbp_", "eyJ", "glcbt-", "glimt-", "glft-",
    "glagent-",
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
    if "PRIVATE KEY" in text:
        return True
    # All others are one long word, and of these most texts have few.
    words = " ".join([word for word in text.split() if len(word) >= _SHORTEST])
    for sign in _TELLTALES if words else ():
        if sign in words:
            return True
    return "://" in words and bool(_LOGIN.search(words))


def without_secrets(text: str) -> str:
    """The text with each secret's letters hidden but for its first four; the length stays."""
    if not may_hold_secrets(text):
        return text
    return _ANY.sub(lambda match: match.group()[:4] + "•" * (len(match.group()) - 4), text)


_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line end
    r"\u2028\u2029"  # line ends that files do not have
    r"\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides, isolates
    # letters made invisible, but for those in the flag of a region
    r"\U000e0001]|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]"
)


# Wider, and one set of characters: a search for it is much faster.
_SUSPECT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0001-\U000e007f]"
)


def find_hidden(text: str) -> Iterator[tuple[str, int]]:
    """The name of each hidden character (``U+202E RIGHT-TO-LEFT OVERRIDE``) and its position."""
    for match in _HIDDEN.finditer(text):
        name = unicodedata.name(match.group(), "control character")
        yield f"U+{ord(match.group()):04X} {name}", match.start()


def may_hide(text: str) -> bool:
    """False if there is none for certain."""
    # No such character is printable, and few pages need the search for what else is not.
    return not text.replace("\n", " ").isprintable() and bool(_SUSPECT.search(text))


def without_hidden(text: str) -> str:
    """The text with a sign for each hidden character, so that no terminal obeys it."""
    return _HIDDEN.sub("\ufffd", text) if may_hide(text) else text


def printable(text: str) -> str:
    """A text of a page's as logs and terminals may have it: no secrets, nothing that they obey."""
    return without_hidden(without_secrets(text.encode("utf-8", "replace").decode()))
