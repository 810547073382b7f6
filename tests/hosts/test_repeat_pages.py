"""Tasks and chains of repeats on pages: what is a reproach, and what is folded."""

from __future__ import annotations

from drawn_site import PAGE, Site

TASK = "- [ ] Check the number (@dana, due 2026-04-01)"


def test_only_overdue_tasks_could_have_prevented_the_repeat(site: Site) -> None:
    tasks = "\n".join(
        (
            "- [ ] Late task (@dana, due 2026-04-01)",
            "- [ ] Future task (@dana, due 2026-09-01)",
            "- [ ] Undated task (@dana)",
        )
    )
    site.write("postmortems/a.md", PAGE.replace(TASK, tasks))
    again = PAGE.replace("PM-1", "PM-2\n  recurrence_of: PM-1").replace("2026-03-14", "2026-05-11")
    site.write("postmortems/b.md", again)

    page = site.build().main("postmortems/b/")
    foot = page[page.index("pm-occurrence") :]
    reproach, others = foot.split("Open when it came back, not overdue:")

    assert "Could have prevented this, not done:" in reproach
    assert "Late task" in reproach
    assert "Future task" not in reproach
    assert "Future task" in others
    assert "Undated task" in others


def test_more_than_three_tasks_and_eight_outages_are_folded(site: Site) -> None:
    tasks = "\n".join(f"- [ ] Task {n} (@dana, due 2026-04-01)" for n in range(5))
    site.options["on_error"] = "warn"
    for number in range(10):
        text = PAGE.replace("2026-03-14", f"20{16 + number}-03-14").replace(TASK, tasks)
        text = text.replace("PM-1", f"PM-{number}")
        if number:
            text = text.replace("  severity", f"  recurrence_of: PM-{number - 1}\n  severity")
        site.write(f"postmortems/{number}.md", text)
    built = site.build()

    chain = built.main("postmortems/repeats/")
    assert "<summary>2 earlier occurrences</summary>" in chain
    assert chain.count("pm-chain__step ") == 10
    foot = built.main("postmortems/9/")
    assert "<summary>and 2 more</summary>" in foot[foot.index("pm-occurrence") :]
