"""The box and the timeline of an outage on a page of another."""

from __future__ import annotations

import logging

import pytest
from click.testing import CliRunner
from drawn_site import PAGE, Site

from mkdocs_postmortem.cli import main


def test_box_and_timeline_are_on_another_page(site: Site) -> None:
    text = PAGE.replace("a 502 page", "a *502* [page](../index.md)")
    site.write(
        "postmortems/a.md", text.replace("We look at", "We look at the `*` of [x](b.md) and")
    )
    site.write(
        "talk.md",
        "# Talk\n\n<!-- postmortem:summary {id: PM-1} -->\n\n"
        "<!-- postmortem:timeline {id: PM-1} -->\n",
    )

    built = site.build()

    shown = built.main("talk")
    assert built.messages(logging.ERROR) == []
    assert '<a href="../postmortems/a/">Checkout was down</a>' in shown
    assert "Shoppers saw a 502 page." in shown
    assert 'href="../postmortems/a/#t-0912"' in shown
    assert "We look at the * of x and the graphs." in shown
    assert "pm-entry--misleading" in shown


@pytest.mark.parametrize("name", ["summary", "timeline"])
def test_an_id_that_no_outage_has_is_an_error_at_its_line(site: Site, name: str) -> None:
    site.write("postmortems/a.md", PAGE)
    site.write("talk.md", f"# Talk\n\n<!-- postmortem:{name} {{id: PM-2}} -->\n")
    site.write("bare.md", f"# Talk\n\n<!-- postmortem:{name} -->\n")

    built = site.build()
    checked = CliRunner().invoke(main, ["check", str(site.root)])

    logged = "\n".join(built.messages(logging.ERROR))
    assert "talk.md:3:17: PM602 No postmortem has the id `PM-2`." in logged
    assert (
        f"bare.md:3:17: PM107 The id of a postmortem is missing. Write `<!-- postmortem:{name}"
        in logged
    )
    assert "talk.md:3:17: error PM602" in checked.output


def test_an_internal_outage_is_quoted_to_nobody_else(site: Site) -> None:
    internal = PAGE.replace("  severity", "  visibility: internal\n  severity")
    site.write("postmortems/a.md", internal)
    site.write("talk.md", "# Talk\n\n<!-- postmortem:summary {id: PM-1} -->\n\nEnd.\n")

    public = site.build()
    assert "502" not in public.main("talk")
    assert public.messages(logging.ERROR) == []
    site.options["audience"] = "internal"
    assert "502" in site.build().main("talk")
