"""Which services of a site are probably one."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_postmortem.checking.name_rules import CHECKS, similar_services
from mkdocs_postmortem.checking.rules import Context
from mkdocs_postmortem.model.record import Postmortem
from mkdocs_postmortem.model.settings import Settings


def similar(*services: str) -> dict[str, str]:
    records = [
        Postmortem(str(n), f"{n}.md", str(n), services=(name,)) for n, name in enumerate(services)
    ]
    return dict(similar_services(records))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("checkout", "chekout"),
        ("checkout", "checkuot"),
        ("payments-api", "payment-api"),
        ("Payments API", "payments-api"),
    ],
)
def test_the_rarer_of_two_similar_services_is_the_wrong_one(right: str, wrong: str) -> None:
    assert similar(wrong, right, right) == {wrong: right}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("api-1", "api-2"),
        ("service-a", "service-b"),
        ("checkout-eu", "checkout-us"),
        ("payments", "payments-api"),
        ("mail", "main"),
    ],
)
def test_services_that_are_meant_to_be_two_stay_two(one: str, other: str) -> None:
    assert similar(one, other, other) == {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PM-2026-03", "PM-2026-003"),  # not the page's own id, and no later outage
        ("pm 2026 001", "PM-2026-001"),
        ("PM-2026-004", "PM-2026-003"),
    ],
)
def test_a_recurrence_is_of_an_earlier_outage(written: str, meant: str) -> None:
    records = {
        name: (Postmortem(name, f"{name}.md", name, dated=date(2026, month, 1)),)
        for name, month in (("PM-2026-001", 1), ("PM-2026-003", 3), ("PM-2026-005", 5))
    }
    own = Postmortem("PM-2026-04", "o.md", "O", dated=date(2026, 4, 1), recurrence_of=(written,))
    context = Context(Settings(), date(2026, 6, 1), records={**records, own.id: (own,)})

    (finding,) = CHECKS["PM602"](own, context)

    assert f"Did you mean `{meant}`?" in finding.fix
