"""Dividing grants over the members of a partnership, and what was granted per government and per action."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts import audit
from draad.accounts.actor import system
from draad.applications.models import Call, Decision, GrantLine, IncentiveKind
from draad.applications.queries.granted import (
    divide,
    granted_as_example,
    granted_for,
    granted_in,
    granted_to,
    grants_by_application,
)
from draad.organisations.models import Organisation
from draad.programmes.models import Action, Round


def line(amount: str, *planned: int | None) -> Any:
    """A granted line with shares of these planned units; the applicant is organisation 99."""
    shares = [SimpleNamespace(member=SimpleNamespace(organisation_id=pk), planned=p) for pk, p in enumerate(planned)]
    return SimpleNamespace(
        amount=Decimal(amount),
        line=SimpleNamespace(shares=SimpleNamespace(all=lambda: shares)),
        decision=SimpleNamespace(application=SimpleNamespace(applicant_id=99)),
    )


@given(st.decimals(0, 10**7, places=2), st.lists(st.integers(0, 500), max_size=9))
def test_the_parts_add_up_to_the_cent(amount: Decimal, planned: list[int]) -> None:
    parts = divide(line(str(amount), *planned))
    assert sum(part for _pk, part in parts) == amount
    assert all(part == part.quantize(Decimal("0.01")) >= 0 for _pk, part in parts)


@pytest.mark.parametrize(
    ("amount", "planned", "parts"),
    [
        ("100.00", [1, 1, 1], ["33.34", "33.33", "33.33"]),
        ("28600.00", [33, 11], ["21450.00", "7150.00"]),
        ("25000.00", [1, 0, 0], ["25000.00", "0.00", "0.00"]),
        ("0.01", [1, 2], ["0.00", "0.01"]),
    ],
)
def test_known_divisions(amount: str, planned: list[int], parts: list[str]) -> None:
    assert [str(part) for _pk, part in divide(line(amount, *planned))] == parts


@pytest.mark.parametrize("planned", [[], [0, 0], [None]])
def test_without_units_to_share_the_applicant_has_all(planned: list[int | None]) -> None:
    assert divide(line("600.00", *planned)) == [(99, Decimal("600.00"))]


@pytest.mark.django_db
@pytest.mark.usefixtures("example_rounds")
def test_the_example_told_apart(django_assert_max_num_queries: Any) -> None:
    first = Round.objects.get(number=1)
    with django_assert_max_num_queries(3):
        parts = granted_in(first)
    assert sum(part.divided for part in parts) == sum(part.paid for part in parts) == Decimal("14136359.00")
    assert all(part.example for part in parts)
    assert sum(part.kind == IncentiveKind.MENTORSHIP for part in parts) == 12
    _of_a_member(first)
    _of_a_lead()
    _of_actions(django_assert_max_num_queries)
    _only_what_is_published(first)


@pytest.mark.django_db
@pytest.mark.usefixtures("example_rounds")
def test_whether_grants_are_an_example(django_assert_num_queries: Any) -> None:
    first = Round.objects.get(number=1)
    with django_assert_num_queries(1):
        assert granted_as_example(first) is True
    with audit.recording(by=system("test")):
        Call.objects.filter(round=first).update(example=False)
        assert granted_as_example(first) is False
        Decision.objects.update(standing=False)
    assert granted_as_example(first) is None


def _of_a_member(first: Round) -> None:
    """Zwevegem is in two partnerships and leads none: it has parts of both and receives nothing itself."""
    parts = granted_to(Organisation.objects.get(name="Zwevegem"))
    of_first = grants_by_application([p for p in parts if p.decision.application.call.round_id == first.pk])
    assert [grant.decision.application.applicant.name for grant in of_first] == ["Harelbeke", "Waregem"]
    assert all(grant.paid == 0 for grant in of_first)
    assert all(grant.divided > 0 for grant in of_first)
    actions = [number for grant in of_first for number in grant.actions]
    assert len(actions) == len(set(actions))


def _of_a_lead() -> None:
    grants = grants_by_application(granted_to(Organisation.objects.get(name="Boom")))
    assert [grant.decision.application.call.round.number for grant in grants] == [1, 2, 3]
    for grant in grants:
        assert grant.paid == grant.decision.granted
        assert 0 < grant.divided < grant.paid


def _of_actions(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):  # the head of the audit, and two
        fifth = granted_for(Action.objects.get(number=5))
    assert [(g.of_round, g.governments, g.units, g.amount) for g in fifth] == [
        (1, 92, 68_429, Decimal("3389566.00")),
        (2, 135, 83_110, Decimal("4030860.00")),
        (3, 135, 83_050, Decimal("4027260.00")),
    ]
    assert [g.governments for g in granted_for(Action.objects.get(number=22))][1:] == [38, 38]
    assert granted_for(Action.objects.get(number=1)) == []


def _only_what_is_published(first: Round) -> None:
    from draad.accounts import audit
    from draad.accounts.actor import system

    grant = GrantLine.objects.filter(decision__application__call__round=first).first()
    assert grant is not None
    with audit.recording(by=system("test")) as log:
        log.change(grant, verb="test", units=None)
        log.change(Decision.objects.get(application__call__round=first, application__number=1), verb="test",
                   standing=False)  # fmt: skip
    assert 1 not in {part.decision.application.number for part in granted_in(first)}
    action = grant.line.indicator.terms.action
    here = [g for g in granted_for(action) if g.of_round == 1]
    assert all(g.units is None or g.applications for g in here)
