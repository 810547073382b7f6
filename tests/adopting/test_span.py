"""Start and end: every way to state them gives the same answer, and nothing else gives one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_postmortem.adopting.facts import read_facts
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
    "2026年5月3日 {a}~{b} に障害が発生しました。",
    "障害発生日時:2026年05月03日 {a}~{b}",
    "2026년 5월 3일 {a} ~ {b} 障害",
    "5月3日{a}，服务出现故障。5月3日{b}，服务恢复正常。（2026年5月3日）",
    "**Incident from:** 2026-05-03 {a}\n\n**Incident until:** 2026-05-03 {b}",
    "| From | Till |\n|---|---|\n| 2026-05-03 {a} | 2026-05-03 {b} |",
    "On May 3, 2026, at {a} UTC time, the shop stopped. It was restored at {b} UTC time.",
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
        "Restarts on 2026-05-03 (14:05 → 14:10 → 14:25 UTC) did not help.",
        "The script came in between 2026-05-02 and 2026-05-03.",
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


def test_a_stated_length_proves_no_start_by_an_entry_of_recovery() -> None:
    text = (
        "The shop was down for 30 minutes.\n\n## Timeline\n\n- 2026-05-03 14:00 A command is run.\n"
        "- 14:30 Most pods are back online.\n- 15:00 All systems are operational."
    )

    assert span(text) == ("", "2026-05-03T15:00")


def test_of_two_windows_the_first_start_and_the_last_end_count() -> None:
    text = (
        "It was down on 2026-05-03 from 7:08 until 10:40 UTC, and again from 19:03 until 19:19 UTC."
    )

    assert span(text) == ("2026-05-03T07:08", "2026-05-03T19:19")


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("from 4pm to 6 GMT", ("16:00", "18:00")),
        ("from 7:31 PM to 9:21", ("19:31", "21:21")),
        ("from 10:30 a.m. until 12:45", ("10:30", "12:45")),
        ("**between** 11 AM **and** 1.", ("11:00", "13:00")),
        ("from 9:30 PM to 21:45", ("21:30", "21:45")),
    ],
)
def test_the_last_hour_takes_its_half_from_the_first(said: str, ends: tuple[str, str]) -> None:
    one, two = ends

    assert span(f"On 2026-05-03 {said}, the shop was down.") == (
        f"2026-05-03T{one}",
        f"2026-05-03T{two}",
    )


def test_a_date_that_may_be_two_leaves_its_clock_alone() -> None:
    assert span("Start: 2026-05-03, 3 AM\n\nEnd: 08/05/2026, 5 PM") == ("2026-05-03T03:00", "")


@pytest.mark.parametrize(
    "last",
    [
        "The mailing list is notified of the outage and its fixed status.",
        "We post that all is resolved.",
        "It looked recovered, but the master was unhealthy again.",
        "The team is back up after a night's sleep.",
    ],
)
def test_news_and_setbacks_are_not_the_end(last: str) -> None:
    text = f"## Timeline (UTC)\n\n- 2026-05-03 14:05 Logins fail.\n- 15:00 {last}"

    assert span(text) == ("2026-05-03T14:05", "")


@pytest.mark.parametrize(
    "second",
    ["Errors start to drop.", "We start the failover.", "Alerts on failures begin to arrive."],
)
def test_an_entry_that_begins_something_else_is_no_start(second: str) -> None:
    text = f"## Timeline (UTC)\n\n- 2026-05-03 14:05 A deploy.\n- 14:20 {second}\n- 15:00 We look."

    assert span(text)[0] == ""


@pytest.mark.parametrize(
    "last",
    [
        "All errors have stopped and the incident is resolved. We plan to look into the cause.",
        "Traffic is back to normal.\n\n  We will write this up tomorrow.",
    ],
)
def test_what_is_planned_after_an_end_leaves_it_one(last: str) -> None:
    text = f"## Timeline (UTC)\n\n- 2026-05-03 14:05 Logins fail.\n- 15:00 {last}"

    assert span(text)[1] == "2026-05-03T15:00"


@pytest.mark.parametrize(
    "text",
    [
        "**Date:** 2026-05-03, 09:12 UTC",
        "**発生日時**\n\n2026年5月3日 9時12分(24時間表記)",
        "## 障害発生/復旧のご報告\n\n**発生日時**\n\n2026年5月3日 9:12",
        "__Incident start__\n\n2026-05-03 09:12",
    ],
)
def test_a_label_has_its_value_next_to_or_below_it(text: str) -> None:
    assert span(text)[0] == "2026-05-03T09:12"


def test_a_date_alone_may_be_that_of_the_document() -> None:
    assert span("**Date:** 2026-05-03") == ("", "")


def test_a_day_alone_is_not_the_end_of_an_entry() -> None:
    text = "## Timeline\n\n- 2026-05-03 A fix is shipped.\n- 2026-05-05 The peg is restored."

    assert span(text) == ("", "")


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("The outage lasted **40 minutes**.", 40),
        ("It was down for ~2 hours.", 120),
        ("It had a complete outage lasting approximately 2 and a half hours.", 150),
        ("Builds were failing for almost an hour.", 60),
        ("Der Ausfall dauerte 40 Minuten.", 40),
        ("Le service a été indisponible pendant 3 heures.", 180),
        ("**Tiempo total fuera:** ~3 horas", 180),
        ("We estimate that the server will be down for around 2 hours.", None),
        ("The failure was undetected for eight days.", None),
        ("The failure persisted for an additional two days.", None),
        ("**The outage** continued for another 3 hours.", None),
        ("- Der Ausfall dauerte weitere 40 Minuten.", None),
        ("It was down for more than 2 hours.", 120),
        ("A planned upgrade failed. The shop was down for 45 minutes.", 45),
        ("発生日時: 2026年5月3日 16:37 (12分前)", None),
        ("約6分間にわたりAPIが利用できない障害が発生しました。", 6),
    ],
)
def test_a_length_is_that_of_the_outage(said: str, minutes: int | None) -> None:
    facts = read_facts("a.md", f"# Down\n\n{said}\n", Settings())

    assert (facts.minutes and facts.minutes.value) == minutes


BREAKS = [
    "Traffic to checkout drops to zero",
    "Database primary loses its disk",
    "Kafka consumer lag starts growing",
    "Users begin to see 504 errors",
    "Memory usage on node 3 exceeds the limit and it is OOM killed",
    "The certificate of the API expires",
    "Bad config is pushed; all requests fail",
    "DNS resolution starts failing",
    "Node goes NotReady",
    "Latency jumps to 20 s",
    "The queue stops draining",
    "Hub pods restart in a loop",
    "The site is unreachable",
    "The primary region goes dark",
    "Jobs get stuck in pending",
    "Network connectivity is lost between zones",
    "The chain halts at block 100",
    "Service degradation begins",
    "Requests time out",
    "Connection pool is exhausted",
    "A DDoS attack hits our edge",
    "First errors in the logs",
    "All workers crash",
    "CPU saturates",
    "Uploads do not work",
    "Login is broken for everyone",
    "Emails are no longer delivered",
    "Deploys are blocked",
    "We lose access to the cluster",
    "Our provider has an outage",
]
ELSE_FIRST = [
    "Deploy of v12",
    "Maintenance begins",
    "Alert fires: high error rate",
    "PagerDuty pages the on-call",
    "A user reports that login is broken",
    "@dana notices that pods crash",
    "Config change is merged",
    "We start the migration",
    "Monitoring detects an increase in errors",
    "Support receives tickets on failed logins",
    "The team meets",
    "Dana opens a ticket",
    "Investigation starts",
    "PR is merged",
    "Upgrade to 1.2 starts",
    "Slack message: the hub is down",
    "Nagios reports host down",
    "First customer complaint",
    "On-call acknowledges",
    "Incident declared",
]
IS_OVER = [
    "Service restored",
    "All systems operational",
    "Everything back to normal",
    "Incident closed",
    "Error rate returns to normal",
    "The queue is drained and all is well",
    "Fix verified, service is healthy",
    "Site is back up",
    "Hub is working again",
    "Traffic is back",
    "Recovery complete",
    "Outage over",
    "Users can log in again",
    "All pods running",
    "We confirm full recovery",
    "Issue is fixed",
    "Block production resumes",
    "Alerts clear",
    "Monitoring shows green",
    "The incident is resolved",
    "Everything works",
    "Service is up again",
    "Jobs run again",
    "Access restored for all users",
    "Trees re-opened",
    "Fix deployed to all services",
    "The page was successfully reloaded",
]
ELSE_LAST = [
    "We continue to look",
    "A fix is deployed to staging",
    "Postmortem scheduled",
    "Escalated to the vendor",
    "Rollback started",
    "We try to restart the pod",
    "Not yet resolved",
    "Partially recovered",
    "Still failing",
    "We announce that it is over",
    "Another alert fires",
    "We plan to restore the backup",
    "Dana merges the finalized patch",
]


def timeline(first: str = "A coffee.", last: str = "A coffee.") -> tuple[str, str]:
    return span(
        f"## Timeline (UTC)\n\n- 2026-05-03 09:12 {first}\n- 09:40 We look at it.\n- 10:02 {last}\n"
    )


@pytest.mark.parametrize("words", BREAKS)
def test_the_first_entry_that_says_what_breaks_is_the_start(words: str) -> None:
    assert timeline(first=words) == ("2026-05-03T09:12", "")


@pytest.mark.parametrize("words", ELSE_FIRST)
def test_any_other_first_entry_is_not(words: str) -> None:
    assert timeline(first=words) == ("", "")


@pytest.mark.parametrize("words", IS_OVER)
def test_the_last_entry_that_says_that_it_is_over_is_the_end(words: str) -> None:
    assert timeline(last=words) == ("", "2026-05-03T10:02")


FORMS = [
    "- 2026-05-03 {} {}",
    "* **2026-05-03 {}** – {}",
    "| 2026-05-03 {} | {} |",
    "### 2026-05-03 {}\n\n{}",
]


def in_form(form: str, *entries: tuple[str, str]) -> tuple[str, str]:
    head = "| Time | Event |\n|---|---|\n" if form.startswith("|") else ""
    between = "\n\n" if form.startswith("#") else "\n"
    rows = between.join(form.format(clock, words) for clock, words in entries)
    return span(f"## Timeline (UTC)\n\n{head}{rows}\n")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", [str, str.lower, str.upper])
@pytest.mark.parametrize(
    "words",
    [
        "Site is hard down",
        "First 403 responses",
        "Die Seite ist nicht erreichbar",
        "API was unavailable",
    ],
)
def test_plain_news_of_a_fault_is_the_start_below_other_entries(
    form: str, change: Callable[[str], str], words: str
) -> None:
    entries = ("09:12", "A branch is renamed."), ("09:14", change(words)), ("09:40", "We look.")

    assert in_form(form, *entries)[0] == "2026-05-03T09:14"


@pytest.mark.parametrize("first", ["Dana opens a ticket.", "Alert fires.", "Requests still fail."])
def test_news_after_others_of_the_incident_are_not_the_start(first: str) -> None:
    assert in_form(FORMS[0], ("09:12", first), ("09:14", "Site is down."))[0] == ""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "words",
    ["Incident resolved.", "Issue is fixed and we tell all", "**Outage over**", "Störung behoben"],
)
def test_a_declared_end_comes_before_the_repair_of_the_cause(form: str, words: str) -> None:
    later = ("16:00", "The cause is found and fixed.")

    assert in_form(form, ("09:40", "We look."), ("10:02", words), later)[1] == "2026-05-03T10:02"


def test_a_declared_end_before_a_setback_is_none() -> None:
    entries = (
        ("10:02", "Incident resolved."),
        ("10:30", "Logins fail."),
        ("11:00", "Service restored."),
    )

    assert in_form(FORMS[0], *entries)[1] == "2026-05-03T11:00"


@pytest.mark.parametrize("form", ["- {}\n", "* **{}**\n", "1. {}\n", "{}\n\n", "| Loss | {} |\n"])
@pytest.mark.parametrize("join", ["to", "until", "–", "->", "=>", "⇒", "→"])
def test_a_window_of_the_impact_counts_below_the_timeline_too(form: str, join: str) -> None:
    window = form.format(f"Login was unavailable 2026-05-03 09:12 UTC {join} 2026-05-03 10:02 UTC.")
    text = f"## Timeline\n\n- 2026-05-03 09:00 UTC A deploy.\n\n## Impact\n\n{window}"

    assert span(text) == ("2026-05-03T09:12", "2026-05-03T10:02")


@pytest.mark.parametrize("form", FORMS)
def test_entries_come_before_a_window_of_a_part_below_them(form: str) -> None:
    entries = form.format("09:12", "Logins fail."), form.format("10:02", "Service restored.")
    head = "| Time | Event |\n|---|---|\n" if form.startswith("|") else ""
    between = "\n\n" if form.startswith("#") else "\n"
    impact = "- Between 2026-05-03 09:20 and 2026-05-03 09:30 mail was down.\n- It stopped at 9:25."
    text = f"## Timeline (UTC)\n\n{head}{between.join(entries)}\n\n## Impact\n\n{impact}\n"

    assert span(text) == ("2026-05-03T09:12", "2026-05-03T10:02")


@pytest.mark.parametrize("mark", ["-", "*", "1."])
@pytest.mark.parametrize("later", ["09:12 - 11:30", "10:40 => 11:30"])
def test_windows_in_items_of_one_list_are_one(mark: str, later: str) -> None:
    said = f"{mark} Mail was down 2026-05-03 09:12 - 10:02 UTC.\n{mark} Login was down {later} UTC."

    assert span(said) == ("2026-05-03T09:12", "2026-05-03T11:30")


@pytest.mark.parametrize(
    "said",
    [
        "Upon the release of 1.2 at approximately {}, an outage occurred.",
        "During the deploy at {} (UTC), checkout failed.",
        "Beim Umzug, oder genauer, während des Umzugs um {}, gab es eine Störung.",
        "At {}, the server of the shop, our oldest client, went down.",
        "At {} (CST), the server of the shop, Anna's Bread, went down due to a disk.",
    ],
)
@pytest.mark.parametrize("change", [str, "**{}**".format, "- {}".format])
def test_introductions_and_appositions_lead_to_the_clause(
    said: str, change: Callable[[str], str]
) -> None:
    assert span(change(said.format("09:12")))[0] == "T09:12"


@pytest.mark.parametrize(
    "said",
    [
        "After the deploy at 09:12, checkout failed.",
        "At 09:12, we met the owner, a client, who failed an exam.",
        "Upon the release at 09:12, we met the owner.",
    ],
)
def test_other_introductions_say_nothing_of_the_start(said: str) -> None:
    assert span(said)[0] == ""


@pytest.mark.parametrize(
    "form", ["**Duration:** {}", "- Duration: {}", "| Duration | {} |\n|---|---|", "DURATION: {}"]
)
@pytest.mark.parametrize("sign", ["→", "->", "=>"])
def test_a_labelled_window_may_name_its_ends(form: str, sign: str) -> None:
    said = form.format(f"~4h (alert ~20:20 UTC {sign} recovery ~00:20 UTC 2026-05-04), cause 16:16")

    assert span(said) == ("2026-05-03T20:20", "2026-05-04T00:20")


@pytest.mark.parametrize(
    "said",
    [
        "Start-time:\n03/May/2026 9:12 AM (GMT) End-time: 03/May/2026 10:02 AM (GMT)",
        "* Start: 2026-05-03 09:12 UTC End: 2026-05-03 10:02 UTC",
        "**Start:** 2026-05-03 09:12 **End:** 2026-05-03 10:02",
    ],
)
def test_labels_in_one_line_need_no_sign_between_them(said: str) -> None:
    assert span(said) == ("2026-05-03T09:12", "2026-05-03T10:02")


def test_a_later_fault_is_not_the_start_if_an_earlier_one_is_stated() -> None:
    entries = (
        ("09:10", "We notice it."),
        ("09:12", "The API stops."),
        ("09:40", "Logins begin to fail"),
    )

    assert in_form(FORMS[0], *entries)[0] == ""


def test_what_happens_each_time_is_not_the_start() -> None:
    assert (
        in_form(FORMS[0], ("09:12", "We look."), ("09:14", "If we restart it, problems begin."))[0]
        == ""
    )


@pytest.mark.parametrize(
    "said", ["a scheduled data sync job failed", "after the vote on a proposal the chain halted"]
)
def test_a_scheduled_job_or_a_proposal_is_not_a_planned_window(said: str) -> None:
    assert span(f"At 09:12 UTC on 2026-05-03, {said}.")[0] == "2026-05-03T09:12"


@pytest.mark.parametrize("words", ELSE_LAST)
def test_any_other_last_entry_is_not(words: str) -> None:
    assert timeline(last=words) == ("", "")


START, END = "2026-05-03T09:12", "2026-05-03T10:02"
SENTENCES = [
    (
        "Our site was down for 50 minutes on May 3, 2026 (09:12–10:02 UTC).",
        START,
        END,
    ),
    (
        "On 2026-05-03, from around 9:12am to 10:02am, users could not log in.",
        START,
        END,
    ),
    (
        "The API was down for ~50 minutes, from 09:12 to 10:02 UTC on 3 May 2026.",
        START,
        END,
    ),
    (
        "**Start of incident**: 2026-05-03 09:12 UTC\n\n**End of incident**: 2026-05-03 10:02 UTC",
        START,
        END,
    ),
    (
        "**Time of incident**: 2026-05-03 09:12 UTC",
        START,
        "",
    ),
    (
        "**Time detected**: 2026-05-03 09:20 UTC\n\n**Time resolved**: 2026-05-03 10:02 UTC",
        "",
        END,
    ),
    (
        "Incident start (UTC): 2026-05-03T09:12:00Z\nIncident end (UTC): 2026-05-03T10:02:00Z",
        START,
        END,
    ),
    (
        "Started: Sunday 3 May 2026 at 9.12am\nEnded: Sunday 3 May 2026 at 10.02am",
        START,
        END,
    ),
    (
        "- **When**: May 3, 2026 09:12 UTC to 10:02 UTC",
        START,
        END,
    ),
    (
        "- **Date/Time**: May 3, 2026 09:12 - 10:02 UTC",
        START,
        END,
    ),
    (
        "- **Date and time**: 2026-05-03 09:12 UTC – 10:02 UTC",
        START,
        END,
    ),
    (
        "- **Incident date:** 2026-05-03\n- **Start time:** 9:12 AM\n- **End time:** 10:02 AM",
        START,
        END,
    ),
    (
        "This outage started approximately at 2026-05-03 09:12 UTC and lasted until "
        "2026-05-03 10:02 UTC.",
        START,
        END,
    ),
    (
        "We were down from 9:12am until 10:02am (UTC) on May 3rd, 2026.",
        START,
        END,
    ),
    (
        "At ~09:12 UTC on 2026-05-03, the primary crashed. At 10:02 UTC the service came back.",
        START,
        END,
    ),
    (
        "At 09:12 UTC on 2026-05-03 all pods were evicted, and at 10:02 UTC they were all "
        "running again.",
        START,
        END,
    ),
    (
        "Starting at 09:12 UTC on 2026-05-03, requests failed with a 502. By 10:02 UTC, "
        "all requests succeeded.",
        START,
        END,
    ),
    (
        "Beginning at 09:12 UTC on May 3, 2026 and ending at 10:02 UTC, users saw errors.",
        START,
        END,
    ),
    (
        "On May 3rd, 2026 at 9:12 AM UTC we experienced a partial outage. The incident "
        "was resolved at 10:02 AM UTC.",
        START,
        END,
    ),
    (
        "On Sunday 2026-05-03 between 09:12 and 10:02 (UTC) the cluster was unavailable.",
        START,
        END,
    ),
    (
        "The incident began on 2026-05-03 at 09:12 UTC. It was fully mitigated by 10:02 UTC.",
        START,
        END,
    ),
    (
        "From 2026-05-03 09:12 UTC until 2026-05-03 10:02 UTC, no jobs ran.",
        START,
        END,
    ),
    (
        "Jobs stopped running at 2026-05-03 09:12 UTC and resumed at 10:02 UTC.",
        START,
        END,
    ),
    (
        "Duration: 50 min (2026-05-03 09:12 -> 10:02 UTC)",
        START,
        END,
    ),
    (
        "Impact: 2026-05-03 09:12 UTC to 10:02 UTC, all logins failed.",
        START,
        END,
    ),
    (
        "Outage: 2026-05-03 09:12–10:02 UTC",
        START,
        END,
    ),
    (
        "Window: 2026-05-03 09:12–10:02 UTC",
        START,
        END,
    ),
    (
        "| Start | End | Severity |\n|---|---|---|\n| 2026-05-03 09:12 | 2026-05-03 10:02 | SEV2 |",
        START,
        END,
    ),
    (
        "| Started at | 2026-05-03 09:12 UTC |\n|---|---|\n| Resolved at | 2026-05-03 10:02 UTC |",
        START,
        END,
    ),
    (
        "We deployed version 12 on 2026-05-03 at 09:12 UTC.",
        "",
        "",
    ),
    (
        "The alert fired on 2026-05-03 at 09:12 UTC.",
        "",
        "",
    ),
    (
        "A user reported errors on 2026-05-03 at 09:12 UTC.",
        "",
        "",
    ),
    (
        "Next review: 2026-05-03 09:12 UTC.",
        "",
        "",
    ),
    (
        "The certificate was issued on 2026-05-03 09:12 UTC.",
        "",
        "",
    ),
    (
        "We will fix it by 2026-05-03 10:02 UTC.",
        "",
        "",
    ),
    (
        "Written on 2026-05-03 09:12 UTC after the outage.",
        "",
        "",
    ),
    (
        "Meeting: 2026-05-03 from 09:12 to 10:02 UTC",
        "",
        "",
    ),
    (
        "The backup window is 09:12–10:02 UTC every day.",
        "",
        "",
    ),
]


@pytest.mark.parametrize(("said", "started", "resolved"), SENTENCES)
def test_sentences_and_labels_as_people_write_them(said: str, started: str, resolved: str) -> None:
    assert span(f"## Summary\n\n{said}") == (started, resolved)
