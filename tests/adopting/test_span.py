"""Start and end: every way to state them gives the same answer, and nothing else gives one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.adopting import read_facts
from mkdocs_postmortem.model.settings import Settings

STATED = [
    "From {a} to {b} UTC on 3 May 2026 the shop was down.",
    "On May 3, 2026, from {a} until approximately {b} UTC, the shop was down.",
    "Between {a} and {b} UTC on 2026-05-03 checkout failed.",
    "The outage started at {a} UTC on 2026-05-03 and was resolved at {b}.",
    "The outage began at {a} and ended at {b} UTC on 2026-05-03.",
    "At {a} UTC on May 3, 2026, requests began to fail. Service was restored at {b} UTC.",
    "At {a} UTC on 2026-05-03, our shop stopped, and by {b} traffic was normal again.",
    "Our service was down on 2026-05-03 ({a}–{b} UTC).",
    "**Duration:** {a} UTC - {b} UTC, May 3, 2026",
    "**When:** 2026-05-03 {a}-{b} UTC",
    "| Start | 2026-05-03 {a} |\n|---|---|\n| End | 2026-05-03 {b} |",
    "- **Incident start:** 2026-05-03 {a}\n- **Incident resolved:** 2026-05-03 {b}",
    "**Start:** 2026-05-03 {a}, **End:** 2026-05-03 {b}",
    "Am 3. Mai 2026 von {a} bis {b} Uhr war der Shop nicht erreichbar.",
    "Der Ausfall begann am 03.05.2026 um {a} und endete um {b}.",
    "Am 3. Mai 2026 um {a} Uhr gab es eine Störung. Um {b} Uhr war der Shop wieder erreichbar.",
    "La panne a commencé le 3 mai 2026 à {a} et le service a été rétabli à {b}.",
    "La caída comenzó el 3 de mayo de 2026 a las {a} y el servicio fue restablecido a las {b}.",
    "A queda começou em 2026-05-03 às {a} e o serviço foi restabelecido às {b}.",
    "2026-05-03 {a} に障害が発生し、{b} に復旧しました。",
    "2026年5月3日 {a}から{b}まで、決済が停止しました。",
    "2026-05-03 {a} 服务出现故障，{b} 恢复正常。",
    "بدأ العطل في 2026-05-03 {a} وتم حل المشكلة في {b}.",
    "Le 3 mai 2026, de {a} à {b}, le service était indisponible.",
    "El servicio estuvo caído de {a} a {b} el 3 de mayo de 2026.",
    "2026年5月3日 {a}〜{b} に障害が発生しました。",
    "開始日時：2026年5月3日 {a}\n\n復旧日時：2026年5月3日 {b}",
    "发生时间：2026-05-03 {a}\n\n恢复时间：2026-05-03 {b}",
    "## Timeline (UTC)\n\n- 2026-05-03 {a} The outage starts.\n- {b} Service restored.",
    "## Timeline (UTC)\n\n- 2026-05-03 {a} Logins fail, then alerts fire.\n- {b} Back online.",
    "## 時系列 (UTC)\n\n- 2026-05-03 {a} 決済でエラーが急増\n- {b} 復旧を確認",
    "## Timeline (UTC)\n\n- 2026-05-03 {a} **Started:** A deploy.\n- {b} **Resolved:** It is over.",
]


def span(text: str) -> tuple[str, str]:
    facts = read_facts("a.md", f"# Down\n\n{text}\n", Settings())
    return (
        str(facts.started.value) if facts.started else "",
        str(facts.resolved.value) if facts.resolved else "",
    )


@given(st.sampled_from(STATED), st.integers(0, 11), st.integers(12, 23), st.integers(0, 59))
def test_every_way_to_state_both_ends(said: str, first: int, last: int, minute: int) -> None:
    one, two = f"{first:02}:{minute:02}", f"{last:02}:{minute:02}"

    assert span(said.format(a=one, b=two)) == (f"2026-05-03T{one}", f"2026-05-03T{two}")


@pytest.mark.parametrize(
    "said",
    [
        "A maintenance window from 14:05 to 15:40 UTC on 2026-05-03 is proposed.",
        "It was reported on 2026-05-03 at 14:05 UTC.",
        "Posted on 2026-05-03 14:05 UTC",
        "The job (daily, 14:05 UTC) failed.",
        "Around 14:05 UTC on 2026-05-03, the record started to get propagated again.",
        "The incident occurred in staging and then in production, again on 2026-05-03.",
        "## Timeline\n\n- 2026-05-03 14:05 UTC An alert on logins that fail.\n- 15:00 UTC We look.",
        "## Timeline\n\n- 2026-05-03 14:05 UTC A push begins.\n- 15:00 We announce: resolved.",
        "## Timeline\n\n- 2026-05-03 14:05 UTC A deploy.\n- 15:00 UTC We look at it.",
        "## Timeline\n\n- 2026-05-03 14:05 UTC We are paged.\n- 15:00 UTC almost recovered",
    ],
)
def test_nothing_else_states_them(said: str) -> None:
    assert span(said) == ("", "")


def test_a_stated_length_proves_the_first_entry() -> None:
    text = (
        "**Duration:** 47 minutes\n\n## Timeline\n\n- 2026-05-03 14:05 A deploy.\n- 14:52 Resolved."
    )

    assert span(text) == ("2026-05-03T14:05", "2026-05-03T14:52")


def test_a_stated_length_proves_an_entry_before_the_last() -> None:
    text = (
        "**Duration:** 47 minutes\n\n## Timeline\n\n- 2026-05-03 14:05 Logins fail.\n"
        "- 14:31 A rollback.\n- 14:52 Errors are gone.\n- 17:00 The report is out."
    )

    assert span(text) == ("2026-05-03T14:05", "2026-05-03T14:52")


def test_of_two_windows_the_first_start_and_the_last_end_count() -> None:
    text = (
        "It was down on 2026-05-03 from 7:08 until 10:40 UTC, and again from 19:03 until 19:19 UTC."
    )

    assert span(text) == ("2026-05-03T07:08", "2026-05-03T19:19")
