"""Links in texts that several pages show."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.rendering.links import located, relocated


def shown(target: str, path: str, source: str) -> str:
    """A link's address on the page ``source``, as the page at ``path`` wrote it."""
    text = located(f"[x]({target})", path)
    return relocated(text.removeprefix("[x](").removesuffix(")"), source)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("b.md", "../../incidents/b.md"),
        ("../guide.md#pool", "../../guide.md#pool"),
        ("#timeline", "../../incidents/a.md#timeline"),
        ("img/a%20b.png", "../../incidents/img/a%20b.png"),
        ("a_(b).md", "../../incidents/a_%28b%29.md"),
        ("https://e.example/x", "https://e.example/x"),
        ("/root.md", "/root.md"),
        ("mailto:a@e.example", "mailto:a@e.example"),
        ("../../outside.md", "../../outside.md"),
    ],
)
def test_a_link_leads_to_the_same_place_from_another_page(target: str, address: str) -> None:
    assert shown(target, "incidents/a.md", "postmortems/services/checkout.md") == address


@pytest.mark.parametrize(
    "text",
    ["`[x](b.md)`", "``[x](b.md) ` ``", r"[x\](b.md)", "no link", "[x][ref]"],
)
def test_what_is_not_a_link_stays(text: str) -> None:
    assert located(text, "incidents/a.md") == text


def test_titles_images_and_angle_brackets_are_read() -> None:
    text = located('![p](p.png "A picture") and [x](<b c.md>)', "incidents/a.md")

    assert text == ('![p](pm-page:incidents/p.png "A picture") and [x](pm-page:incidents/b%20c.md)')


NAME = st.text("ab é%+", min_size=1, max_size=4).map(lambda text: f"{text.strip() or 'a'}.md")
FOLDERS = st.lists(st.sampled_from(["x", "y", "z é"]), max_size=3)


@given(FOLDERS, FOLDERS, NAME)
def test_from_any_page_and_back_the_target_is_the_same(
    folders: list[str], others: list[str], name: str
) -> None:
    path = "/".join([*folders, "page.md"])
    source = "/".join([*others, "list.md"])
    there = shown(quote(name), path, source)
    back = located(f"[x]({there})", source)

    assert back == located(f"[x]({quote(name)})", path)
