"""A site in which every field of every record carries a payload, each field each payload once."""

from __future__ import annotations

import json
import re
from pathlib import Path

from drawn_site import Built, Site
from payloads import ALL

# In the order in which they take their payloads.
FIELDS = (
    "title impact users_affected root_cause trigger services causes authors custom "
    "related timeline task owner ticket address reason id".split()
)
SCHEMA = """\
$ref: https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json
properties:
  plain: {x-postmortem: {label: LABEL, show: [summary, index], facet: true}}
  many: {title: LABEL, x-postmortem: {show: [summary, index], facet: true}}
"""
_LINES = re.compile(r"[\r\n\u2028\u2029\x85]+")


BARE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}
</head><body><main>{{ page.content }}</main>
{% for script in config.extra_javascript %}{{ script | script_tag }}{% endfor %}</body></html>
"""
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def as_yaml(data: object) -> str:
    """JSON in which every character is one that YAML allows."""
    text = json.dumps(data, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def value(number: int, field: str) -> str:
    return ALL[(number + FIELDS.index(field) * 3) % len(ALL)]


def write_hostile(site: Site) -> None:
    """One page for each payload whose fields are all typed, and one with payloads in its body."""
    label = json.dumps("<img src=x onerror=canary()>{{ 191919*7 }}")
    (site.root / "s.yaml").write_text(SCHEMA.replace("LABEL", label), encoding="utf-8")
    severities = ["SEV1\x07", "SEV2", '"><img src=x onerror=canary()>', "{{ 191919*7 }}"]
    site.options = {
        "on_error": "warn",
        "panel": "always",
        "pages": ["service", "tasks", "repeats"],
        "schema": "s.yaml",
        "severities": severities,
        "services": ["<img src=x onerror=canary()>", "checkout"],
        "hub": [{"name": "others", "source": "https://others.example/a.json"}],
    }
    (site.root / "postmortem-hub").mkdir()
    (site.root / "postmortem-hub/others.json").write_text(hub_data(severities), encoding="utf-8")
    for number in range(len(ALL)):
        site.write(f"postmortems/typed-{number}.md", typed_page(number, severities))
        site.write(f"postmortems/body-{number}.md", body_page(number))
    site.write("postmortems/a\"'<img src=x onerror=canary()>&{{x}}.md", typed_page(0, severities))
    site.write("control.md", "# Control\n\n<img src=x onerror=canary()>\n")


def build_hostile(root: Path) -> Built:
    """The site in a theme of bare pages; beside it, in ``plain``, as it is without the plugin."""
    site = Site(root)
    site.write("index.md", "# Home\n")
    write_hostile(site)
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text(BARE, encoding="utf-8")
    host = {
        "theme": {"name": None, "custom_dir": str(root / "theme")},
        "markdown_extensions": ["attr_list", "tables"],
        "site_url": "https://site.example/",
        "site_name": "A & B <img src=x onerror=canary()>",
    }
    site.build(plugins=[], **host).folder.rename(root / "plain")
    return site.build(**host)


HUB_RECORDS = 6 * len(ALL)


def hub_data(severities: list[str]) -> str:
    """What another site publishes: each payload in each field, in six combinations."""
    records = []
    for number in range(HUB_RECORDS):
        one = {field: value(number * 7 + number // len(ALL), field) for field in FIELDS}
        moment = f"2025-{number % 9 + 1:02}-14T09:12:00+00:00"
        task = {
            "text": one["task"],
            "state": ("open", "done", "wont_do")[number % 3],
            "owners": [one["owner"]],
            "due": "2026-04-01",
            "reason": one["reason"],
            "ticket": {"text": one["ticket"], "url": one["address"]},
        }
        records.append(
            {
                "id": f"{one['id']}{number}",
                "path": f"{one['related']}{number}.md",
                "url": one["address"] if number % 2 else f"https://others.example/{number}",
                "title": one["title"],
                "severity": severities[number % 4],
                "services": [one["services"], "checkout"],
                "causes": [one["causes"]],
                "trigger": one["trigger"],
                "impact": one["impact"],
                "root_cause": one["root_cause"],
                "authors": [one["authors"]],
                "recurrence_of": [f"body-{number % len(ALL)}", one["related"]],
                "plain": one["custom"],
                "many": [one["custom"], {one["trigger"]: one["impact"]}],
                "started": {"written": one["timeline"], "at": moment},
                "resolved": {"written": one["timeline"], "at": moment.replace("09:", "11:")},
                "tasks": [task],
            }
        )
    return json.dumps({"version": 1, "postmortems": records})


def typed_page(number: int, severities: list[str]) -> str:
    """Fields in the front matter alone, as JSON, which keeps every character."""
    day = f"2026-{number % 9 + 1:02}-14"
    owner, ticket = value(number, "owner"), value(number, "ticket")
    data = {
        "id": "X-" + re.sub(r"[\s/\\]", "_", value(number, "id")) + str(number),
        # Not beside `postmortem:`, where it is the host's own, which themes print as it is.
        "title": value(number, "title"),
        "severity": severities[number % 4],
        "services": [value(number, "services"), "checkout"],
        "timezone": "UTC",
        "started": f"{day} 09:12",
        "detected": f"{day} 09:19",
        "mitigated": f"{day} 09:51",
        "resolved": f"{day} 10:{number % 50:02}",
        "impact": value(number, "impact"),
        "users_affected": value(number, "users_affected"),
        "root_cause": value(number, "root_cause"),
        "trigger": value(number, "trigger"),
        "causes": [value(number, "causes"), "pool"],
        "authors": [value(number, "authors")],
        "plain": value(number, "custom"),
        "many": [value(number, "custom"), {value(number, "trigger"): value(number, "impact")}],
        "related": [value(number, "related"), "typed-1"],
        "recurrence_of": [f"body-{number}", "typed-0"],
        "timeline": [
            {"at": "09:12", "kind": "started", "text": value(number, "timeline")},
            {"at": "09:51", "kind": "misleading", "text": value(number, "impact")},
        ],
        "tasks": [
            {"text": value(number, "task"), "owner": owner, "due": "2026-04-01", "ticket": ticket},
            {"text": "x", "state": "wont_do", "reason": value(number, "reason")},
            {"text": f"[T]({value(number, 'address')})", "owner": "lee", "due": "2027-01-01"},
        ],
    }
    front = as_yaml({"postmortem": data})
    return f"---\n{front}\n---\n# Plain\n\n## Timeline\n\n## Root cause and resolution\n\nx\n"


def body_page(number: int) -> str:
    """The same in the author's Markdown, where raw HTML is the author's right."""
    one = {field: _LINES.sub(" ", value(number, field)) for field in FIELDS}
    return f"""\
---
postmortem:
  id: body-{number}
  severity: SEV2
  services: [checkout]
  timezone: UTC
---
# {one["title"]}

### Impact

{one["impact"]}

## Timeline {one["custom"]}

- 2026-02-14 09:12 **Started:** {one["timeline"]}
- 09:19 **Detected {one["trigger"]}:** {one["impact"]}
- 09:31 **Misleading path:** {one["root_cause"]}

| time | what |
| --- | --- |
| 09:40 | {one["timeline"]} |

- 09:59 **Resolved:** ok

## Root cause and resolution

{one["root_cause"]}

## Corrective and preventative measures

- [ ] {one["task"]} (@{one["owner"]}, due 2026-04-01, [{one["ticket"]}]({one["address"]}))
- [-] {one["authors"]} (@lee, won't do: {one["reason"]})
"""
