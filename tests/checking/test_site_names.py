"""Which services of a site are probably one."""

from __future__ import annotations

import pytest

from mkdocs_postmortem.checking.name_rules import site_names
from mkdocs_postmortem.model.record import Postmortem


def similar(*services: str) -> dict[str, str]:
    records = [
        Postmortem(str(n), f"{n}.md", str(n), services=(name,)) for n, name in enumerate(services)
    ]
    return dict(site_names(records).similar_services)


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
