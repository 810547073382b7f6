"""Every kind of page that the plugin makes, each with little and with much on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drawn_site import PAGE, Site

LONG_WORD = "averylongnamewithoutanyplacewhereitcouldbebrokenapart"
SENTENCE = (
    "The pool of connections ran dry because a change of the deploy's settings cut it to a tenth, "
    "and workers that wait for one hold their own memory until the gateway gives up on them."
)
LABELS = ("Acknowledged", "", "Assumption", "Misleading path", "Escalated", "", "Note", "")
ENTRIES = 40

THEMES = ("material", "mkdocs", "readthedocs")
KINDS = {
    "postmortem": "postmortems/short/",
    "long postmortem": "postmortems/long/",
    "ongoing": "postmortems/ongoing/",
    "problems": "postmortems/draft/",
    "broken": "postmortems/broken/",
    "index": "postmortems/",
    "service": "postmortems/services/checkout/",
    "year": "postmortems/years/2026/",
    "cause": "postmortems/causes/no-check/",
    "tasks": "postmortems/tasks/",
    "repeats": "postmortems/repeats/",
    "empty lists": "lists/",
}


@dataclass(frozen=True)
class Exhibition:
    """A built site and its address."""

    folder: Path
    address: str

    def page(self, kind: str) -> str:
        return f"{self.address}/{KINDS[kind]}"


def write_exhibits(site: Site) -> None:
    """All pages of ``KINDS``. The panel stands on each, so that it is looked at too."""
    site.options = {"panel": "always", "on_error": "warn"}
    site.write("index.md", "# Home\n")
    site.write("postmortems/short.md", PAGE.replace("Checkout was down", "Blip"))
    site.write("postmortems/long.md", _long())
    site.write("postmortems/again.md", _again())
    site.write("postmortems/ongoing.md", _ongoing())
    site.write("postmortems/draft.md", _draft())
    for number in (6, 7, 8):  # fewer than eight outages have no filters
        text = PAGE.replace("PM-1", f"PM-{number}").replace("2026-03-14", f"202{number - 4}-03-14")
        site.write(
            f"postmortems/{number}.md", text.replace("Checkout was down", f"Outage {number}")
        )
    site.write("postmortems/broken.md", "---\ntitle: a: b\npostmortem:\n  id: [x\n---\n# Broken\n")
    site.write(
        "lists.md",
        "# Lists\n\n## None\n\n<!-- postmortem:index {service: none} -->\n\n## No tasks\n\n"
        "<!-- postmortem:tasks {owner: none} -->\n\n## No figures\n\n"
        "<!-- postmortem:stats {service: none} -->\n\n## Wrong\n\n"
        "<!-- postmortem:index {x: 1} -->\n",
    )


def config(theme: str) -> dict[str, Any]:
    """The site's configuration for a theme; Material's may name a language: ``material-de``."""
    extensions = ["admonition", "tables", "attr_list", "pymdownx.superfences", "pymdownx.details"]
    shared = {"markdown_extensions": extensions}
    theme, _, language = theme.partition("-")
    if theme == "mkdocs":
        return {"theme": {"name": theme, "color_mode": "auto"}, **shared}
    if theme != "material":
        return {"theme": theme, **shared}
    features = ["navigation.tabs", "navigation.tabs.sticky", "content.code.copy"]
    palette = [
        {"scheme": scheme, "media": f"(prefers-color-scheme: {mode})"}
        for scheme, mode in (("default", "light"), ("slate", "dark"))
    ]
    return {
        "theme": {"name": theme, "font": False, "features": features, "palette": palette}
        | ({"language": language} if language else {}),
        **shared,
    }


def _long() -> str:
    """A nine-day outage with all kinds of entries, long values and the theme's own parts."""
    lines = [f"- 2026-07-01 22:40 **Started:** {SENTENCE}"]
    for number in range(ENTRIES - 3):
        label = "Detected" if number == 1 else LABELS[number % len(LABELS)]
        text = SENTENCE if number % 5 == 0 else f"We look at `{LONG_WORD}` number {number}."
        head = f"**{label}:** " if label else ""
        lines.append(f"- 2026-07-{2 + number // 5:02} {number % 5 * 4:02}:10 {head}{text}")
        if number == 3:
            lines += ["", '    !!! warning "Inside"', "        A note.", "", "    ```", "    code"]
            lines += ["    ```", "", "    | a | b |", "    | - | - |", "    | 1 | 2 |", ""]
    lines += ["- 2026-07-10 20:10 **Mitigated:** [It stops](https://vendor.example/8812)."]
    lines += ["- 2026-07-10 22:50 **Resolved:** All is well."]
    front = f"""\
---
title: Payments, refunds and invoices failed in all regions for nine days after a migration
postmortem:
  id: PM-2026-EU-WEST-3-PAYMENTS-000014-B
  severity: SEV1
  status: published
  services: [checkout, payments, refunds, {LONG_WORD}]
  timezone: Europe/Paris
  impact: {SENTENCE}
  users_affected: 180,000 of 4,200,000 customers in the Union and all partners
  root_cause: {SENTENCE}
  trigger: config-push-{LONG_WORD}
  causes: [no-check, no-rollback-plan]
  detected_by: customer
  authors: [Dana Roy, Maximiliane von Hohenstein-Wartenberg]
  recurrence_of: PM-1
---
# Payments, refunds and invoices failed in all regions for nine days after a migration

!!! note
    A note of the author's.

## Timeline

"""
    tasks = "\n".join(
        f"- [{mark}] {SENTENCE} (@dana, due 2026-0{n}-01, [OPS-48{n}](https://t.example/{n}))"
        for n, mark in enumerate((" ", "/", "x"), 1)
    )
    return front + "\n".join(lines) + f"\n\n## Root cause\n\n{SENTENCE}\n\n## Tasks\n\n{tasks}\n"


def _again() -> str:
    text = PAGE.replace("PM-1", "PM-3").replace("2026-03-14", "2026-09-14")
    return text.replace(
        "  detected_by", "  causes: [no-check]\n  recurrence_of: PM-1\n  detected_by"
    )


def _ongoing() -> str:
    text = PAGE.replace("PM-1", "PM-4").replace("resolved: 2026-03-14 09:59", "resolved: ongoing")
    text = text.replace("  mitigated: 2026-03-14 09:51\n", "").replace("**Resolved:** ", "")
    return text.replace("**Mitigated:** ", "").replace("Checkout was down", "Search is slow")


def _draft() -> str:
    text = PAGE.replace("PM-1", "PM-5").replace("severity: SEV2", "severity: SEV9")
    text = text.replace("  id:", "  status: draft\n  id:").replace("35%", "many")
    return text.replace("(@dana, due 2026-04-01)", "").replace("09:33", "08:00")
