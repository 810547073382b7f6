"""A site with a different secret word in every place that can be internal."""

from __future__ import annotations

import gzip
import itertools
import re
from pathlib import Path
from typing import Any

from drawn_site import Site


class Words:
    """Makes secret words, and remembers for which place each stands."""

    def __init__(self) -> None:
        self._numbers = itertools.count(100)
        self.positions: dict[str, str] = {}

    def __call__(self, position: str) -> str:
        # Letters and digits in lower case: no slug, no escaping and no tokenizer changes them.
        word = f"zq{next(self._numbers)}wv"
        self.positions[word] = position
        return word


SCHEMA = """\
$schema: https://json-schema.org/draft/2020-12/schema
$ref: https://mkdocs-postmortem.readthedocs.io/schemas/1/postmortem.schema.json
properties:
  region:
    x-postmortem: {show: [summary, index], facet: true}
  customer:
    title: LABEL
    x-postmortem: {show: [summary, index], facet: true, visibility: internal}
"""


def write_site(site: Site, word: Words) -> None:
    """Hidden pages, a public one with hidden parts, and ordinary pages with some."""
    schema = SCHEMA.replace("LABEL", word("label of an internal custom field"))
    (site.root / "company.yaml").write_text(schema, encoding="utf-8")
    site.options = {"on_error": "warn", "panel": "always", "schema": "company.yaml"}
    hidden = f"{word('file name')}.md"
    site.write(f"postmortems/{hidden}", hidden_page(word, "PM-" + word("id")))
    site.write("postmortems/again.md", similar_page(word))
    site.write("postmortems/public.md", public_page(word, hidden, "PM-" + last(word, "id")))
    site.write("guide.md", ordinary_page(word, hidden))
    quoted = last(word, "id")
    site.write(
        "quotes.md",
        f"# Quotes\n\n<!-- postmortem:summary {{id: PM-{quoted}}} -->\n\n"
        f"<!-- postmortem:timeline {{id: PM-{quoted}}} -->\n\n"
        "<!-- postmortem:timeline {id: public} -->\n",
    )
    site.write("part.md", f"# Part\n\n<!-- internal -->{word('included file')}<!-- /internal -->\n")
    site.write("index.md", "# Home\n\n--8<-- 'docs/part.md'\n")
    site.write("tags.md", "# Tags\n\n<!-- material/tags -->\n")


def last(word: Words, position: str) -> str:
    return next(key for key, value in word.positions.items() if value == position)


def hidden_page(word: Words, own_id: str) -> str:
    return f"""\
---
title: Hidden {word("title")}
description: About {word("description")}
tags: [{word("tag")}]
postmortem:
  id: {own_id}
  visibility: internal
  severity: SEV1
  services: [{word("service")}]
  timezone: Europe/Paris
  started: 2026-02-14 09:12
  detected: 2026-02-14 09:19
  mitigated: 2026-02-14 09:51
  resolved: 2026-02-14 09:59
  impact: Nobody could buy {word("impact")}.
  users_affected: 35% of {word("users")}
  root_cause: The pool of {word("root cause")} was too small.
  trigger: {word("trigger")}
  causes: [{word("cause")}]
  detected_by: monitor
  authors: [{word("author")}]
  related: [public]
  region: {word("public custom field of a hidden page")}
  customer: {word("custom field of a hidden page")}
---
# Hidden {word("heading 1")}

## Timeline

- 09:12 **Started:** The deploy of {word("entry")}.
- 09:19 **Detected:** An alert `{word("code in an entry")}`.
- 09:31 **Misleading path:** A delay [there](https://{word("link in an entry")}.example/).
- 09:51 **Mitigated:** Rolled back.
- 09:59 **Resolved:** Fine.

## Root cause and resolution

{word("prose")} ![{word("alternative text")}](x.png)

```text
{word("code block")}
```

| a | b |
| --- | --- |
| {word("table cell")} | 1 |

## Corrective and preventative measures

- [ ] Check {word("task")} (@{word("owner")}, due 2026-04-01, [{word("ticket")}](https://t.example/{word("ticket address")}))
- [-] Move it (@lee, won't do: {word("reason")})

## {word("heading 2")}

- one
    - {word("nested list")}
"""


def similar_page(word: Words) -> str:
    """A hidden outage that the public one seems to repeat, without saying so."""
    return f"""\
---
title: Pool {word("title of a similar outage")}
postmortem:
  visibility: internal
  severity: SEV2
  services: [checkout]
  timezone: Europe/Paris
  started: 2026-01-14 09:12
  resolved: 2026-01-14 09:59
  impact: Shoppers saw a 502 page instead of the payment form.
  users_affected: 35%
  root_cause: The connection pool of the payment service was exhausted by a config change.
  causes: [pool]
---
# Pool

## Timeline

- 09:12 **Started:** The deploy lowers the connection pool.
- 09:59 **Resolved:** Fine.

## Root cause and resolution

The connection pool of the payment service was exhausted.

## Corrective and preventative measures

- [ ] Alert on {word("task of a similar outage")} (@dana, due 2026-01-20, prevent)
"""


def public_page(word: Words, hidden: str, hidden_id: str) -> str:
    return f"""\
---
title: Checkout was down
tags: [payments]
postmortem:
  id: public
  severity: SEV2
  services: [checkout]
  timezone: Europe/Paris
  started: 2026-03-14 09:12
  detected: 2026-03-14 09:19
  mitigated: 2026-03-14 09:51
  resolved: 2026-03-14 09:59
  impact: Shoppers saw a 502 page instead of the payment form.
  users_affected: 35%
  root_cause: The connection pool of the payment service was exhausted by a config change.
  causes: [pool]
  detected_by: monitor
  recurrence_of: [{hidden_id}]
  related: {hidden_id}
  region: eu
  customer: {word("internal custom field")}
  internal:
    impact: Shoppers of {word("internal impact")} saw it.
    services: [checkout, {word("internal service")}]
    authors: [{word("internal author")}]
    trigger: {word("internal trigger")}
    region: {word("internal value of a public custom field")}
---
# Checkout was down <!-- internal -->for {word("inline in heading 1")}<!-- /internal -->

<!-- internal -->
## {word("heading in a block")}

A paragraph with {word("paragraph in a block")}.
<!-- /internal -->

## Timeline

- 09:12 **Started:** The deploy lowers the pool <!-- internal -->of {word("inline in an entry")}<!-- /internal -->.
- 09:19 **Detected:** The alert pages the on-call.
<!-- internal -->
- 09:24 **Action:** We call {word("entry in a block")}.
- 09:28 **Misleading path:** A delay of {word("misleading path in a block")}.
<!-- /internal -->
- 09:33 **Escalated:** Platform joins.
    - a nested list
    <!-- internal -->
    - {word("nested list in a block")}
    <!-- /internal -->
- <!-- internal -->09:40 A call by {word("whole entry inline")}<!-- /internal -->
- 09:51 **Mitigated:** The build is rolled back.
- 09:59 **Resolved:** Errors are back to normal.

## Root cause and resolution

The pool is a plain number, see [that outage](./{hidden}).

| a | b |
| --- | --- |
| one | <!-- internal -->{word("table cell inline")}<!-- /internal --> |
<!-- internal -->
| {word("table row in a block")} | 2 |
<!-- /internal -->
| three | 3 |

<p title="<!-- internal -->{word("attribute inline")}<!-- /internal -->">Raw.</p>

<!-- internal -->
<div title="{word("attribute in a block")}">{word("raw html in a block")}</div>

```python title="{word("code title")}"
{word("code in a block")} = "<!-- /internal -->"
```

See [there][ref].

<!-- postmortem:index {{service: {last(word, "internal service")}}} -->

[ref]: https://{word("reference in a block")}.example/
<!-- /internal -->

> quoted
> <!-- internal -->
> {word("quote in a block")}
> <!-- /internal -->

## Corrective and preventative measures

- [ ] Check the number (@dana, due 2026-04-01)
<!-- internal -->
- [ ] Pay {word("task in a block")} back (@{word("owner in a block")}, due 2026-04-02)
<!-- /internal -->
"""


def ordinary_page(word: Words, hidden: str) -> str:
    return f"""\
# Guide <!-- internal -->{word("heading of an ordinary page")}<!-- /internal -->

Public, and [a link](postmortems/{hidden}#top "{word("title of a link to a hidden page")}").

<!-- internal -->
{word("block on an ordinary page")}
<!-- /internal -->
"""


CONFIGS: dict[str, dict[str, Any]] = {
    "material": {"theme": {"name": "material", "font": False}, "plugins": ["search", "tags"]},
    "mkdocs": {"theme": "mkdocs", "plugins": ["search"]},
}
EXTENSIONS = ["attr_list", "tables", "footnotes", "pymdownx.snippets", "pymdownx.superfences"]


def config(
    site: Site, word: Words, kind: str, audience: str | None, *, nav: bool
) -> dict[str, Any]:
    hidden = f"postmortems/{last(word, 'file name')}.md"
    wanted = {"today": "2026-11-24", **site.options}
    if audience is not None:
        wanted["audience"] = audience
    data = {
        **CONFIGS[kind],
        "site_url": "https://site.example/",
        "repo_url": "https://code.example/repo",
        "edit_uri": "edit/main/docs/",
        "plugins": [*CONFIGS[kind]["plugins"], {"postmortem": wanted}],
        "markdown_extensions": EXTENSIONS,
    }
    if nav:
        title = word("title in the navigation")
        data["nav"] = [{"Home": "index.md"}, {"More": [{title: hidden}]}, "guide.md", "tags.md"]
    return data


def words_in(data: bytes, words: Words) -> set[str]:
    """The places whose words stand in some bytes."""
    whole = data.replace(b"\r\n ", b"")  # calendars fold their lines
    pattern = re.compile(rb"zq\d{3}wv", re.IGNORECASE)
    return {words.positions[match.decode().lower()] for match in pattern.findall(whole)}


def found_in(folder: Path, words: Words) -> dict[str, set[str]]:
    """The places whose words stand in a file or its name, with the files."""
    found: dict[str, set[str]] = {}
    for file in folder.rglob("*"):
        name = str(file.relative_to(folder))
        data = file.read_bytes() if file.is_file() else b""
        data = gzip.decompress(data) if file.suffix == ".gz" else data
        for position in words_in(name.encode() + b"\n" + data, words):
            found.setdefault(position, set()).add(name)
    return found
