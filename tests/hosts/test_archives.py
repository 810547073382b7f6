"""Archives and sites as they are: pages that nobody wrote for the plugin."""

from __future__ import annotations

from drawn_site import Site

OLD = """\
# Checkout answered 502

## Timeline

- 09:12 UTC Started: the pool is full.
- 09:59 UTC Resolved: the pool is larger.
"""


def test_a_matched_page_has_its_box_and_is_in_the_index(site: Site) -> None:
    site.options = {"match": "incidents/"}
    file = site.write("incidents/2026-03-14-checkout.md", OLD)

    built = site.build(strict=True)

    assert built.error is None, built.messages
    assert "pm-summary" in built.page("incidents/2026-03-14-checkout/")
    assert "Checkout answered 502" in built.page("postmortems")
    assert file.read_text(encoding="utf-8") == OLD


def test_what_a_hook_makes_of_a_matched_page_stays(site: Site) -> None:
    site.options = {"match": "incidents/"}
    site.write("incidents/2026-03-14-checkout.md", "# PLACE answered 502\n")
    (site.root / "hook.py").write_text(
        "def on_page_markdown(markdown, page, config, files):\n"
        "    return markdown.replace('PLACE', 'Checkout')\n"
        "on_page_markdown.mkdocs_priority = 200\n"
    )

    built = site.build(hooks=["hook.py"])

    assert "Checkout answered 502" in built.page("incidents/2026-03-14-checkout/")
