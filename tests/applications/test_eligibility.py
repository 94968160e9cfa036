"""Eligibility: computed where the figures tell, unknown where they do not, explained in sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts import audit
from draad.applications.models import Application, EligibilityDecision, MemberState
from draad.applications.queries.eligibility import Counted, Verdict, counted, eligibility, verdict_of
from draad.documents.tables import Gap
from draad.programmes.models import RoundRule
from draad.programmes.queries import rule_values
from tests.applications.making import BY, DURING, government, inhabitants, make_application, make_call, round_one

pytestmark = pytest.mark.django_db


def told(application: Application) -> str:
    found = eligibility(Application.objects.get(pk=application.pk))
    return " ".join([found.headline, *found.sentences])


def test_the_facts_do_not_tell() -> None:
    application = make_application(make_call(), "Gent")
    found = eligibility(application)
    assert found.verdict is Verdict.UNKNOWN
    assert found.open
    assert [count.persons for count in found.counts] == [Gap("niet openbaar")]
    assert "Van Gent is dit aantal niet bekend." in told(application)
    assert "Nodig is meer dan 7.500 inwoners van herkomst buiten de EU-15" in told(application)


@pytest.mark.parametrize(("persons", "verdict"), [(7501, Verdict.YES), (7500, Verdict.NO), (0, Verdict.NO)])
def test_more_than_the_threshold(persons: int, verdict: Verdict) -> None:
    inhabitants("Gent", persons)
    assert eligibility(make_application(make_call(), "Gent")).verdict is verdict


def test_governments_together() -> None:
    for name, persons in {"Kalmthout": 1840, "Brasschaat": 2610, "Essen": 3051}.items():
        inhabitants(name, persons)
    application = make_application(make_call(), "Kalmthout", members=("Brasschaat", "Essen"))
    found = eligibility(application)
    assert (found.verdict, found.known, found.threshold, found.missing) == (Verdict.YES, 7501, 7500, [])
    assert "Deze samenwerking komt in aanmerking. De 3 besturen tellen samen 7.501" in told(application)
    assert "(1 januari 2021)" in told(application)


def test_who_has_not_accepted_does_not_count() -> None:
    inhabitants("Kalmthout", 100)
    inhabitants("Brasschaat", 9000)
    application = make_application(make_call(), "Kalmthout", members=("Brasschaat",))
    with audit.recording(by=BY) as log:
        invited = application.members.get(is_applicant=False)
        log.change(invited, verb="test.member", state=MemberState.INVITED)
    assert eligibility(application).verdict is Verdict.NO


def test_what_is_known_can_be_enough() -> None:
    inhabitants("Kalmthout", 7501)
    application = make_application(make_call(), "Kalmthout", members=("Brasschaat",))
    found = eligibility(application)
    assert found.verdict is Verdict.YES
    assert [str(member.organisation) for member in found.missing] == ["Brasschaat"]
    assert "Van Brasschaat is dit aantal niet bekend." in told(application)
    assert "een beoordelaar beslist" not in told(application)


def test_one_missing_figure_leaves_it_open() -> None:
    inhabitants("Kalmthout", 7500)
    application = make_application(make_call(), "Kalmthout", members=("Brasschaat",))
    assert eligibility(application).verdict is Verdict.UNKNOWN
    assert "een beoordelaar beslist hierover" in told(application)


@pytest.mark.parametrize("name", ["Vlaamse Gemeenschapscommissie", "De Rand"])
def test_some_can_always_apply(name: str) -> None:
    application = make_application(make_call(), name)
    assert eligibility(application).verdict is Verdict.ALWAYS
    assert f"{application.applicant} kan altijd indienen." in told(application)


def test_a_round_without_the_rule_asks_nothing() -> None:
    application = make_application(make_call(), "Gent")
    with audit.recording(by=BY) as log:
        log.remove(RoundRule.objects.get(round=round_one(), key="eligibility_threshold"), verb="test.rule")
    found = eligibility(application)
    assert (found.verdict, found.threshold) == (Verdict.YES, None)
    assert "geen voorwaarde" in told(application)


def test_a_person_decides_with_a_reason() -> None:
    application = make_application(make_call(), "Gent")
    with audit.recording(by=BY) as log:
        given = EligibilityDecision(
            application=application, eligible=False, reason="De stad telt er 5.000.", at=DURING
        )
        log.create(given, verb="test.decide")
    found = eligibility(Application.objects.get(pk=application.pk))
    assert found.verdict is Verdict.NO
    assert found.decision == given
    assert "De stad telt er 5.000." in told(application)


def test_the_reference_date_of_the_round_counts() -> None:
    inhabitants("Gent", 9000)
    with audit.recording(by=BY) as log:
        rule = RoundRule(
            round=round_one(),
            key="reference_date",
            parameters={"day": "2020-01-01"},
            knowledge="stated",
            source="test",
        )
        log.create(rule, verb="test.rule")
    found = counted(round_one(), rule_values(round_one()))
    assert found is not None
    assert found.reference_date == date(2020, 1, 1)
    assert isinstance(found.of(government("Gent").pk), Gap), "the figures are of another date"


def test_nobody_with_a_figure_is_no_zero() -> None:
    found = counted(round_one(), rule_values(round_one()))
    assert verdict_of([], found, frozenset()) is Verdict.NO, "nobody at all counts nobody"
    assert verdict_of([government("Gent").pk], found, frozenset()) is Verdict.UNKNOWN


FIGURES = st.lists(st.none() | st.integers(0, 20_000), min_size=1, max_size=9)


def said(figures: list[int | None], always: frozenset[int] = frozenset()) -> Verdict:
    """The verdict on governments 0, 1, 2 … with these figures; None is not known."""
    persons: dict[int, int | Gap] = {
        place: Gap("niet openbaar") if figure is None else figure for place, figure in enumerate(figures)
    }
    return verdict_of(range(len(figures)), Counted(7500, "EU-15", None, persons), always)


@given(FIGURES)
def test_unknown_is_exactly_what_the_missing_figures_could_still_decide(figures: list[int | None]) -> None:
    lowest = said([figure or 0 for figure in figures])
    highest = said([7501 if figure is None else figure for figure in figures])
    assert said(figures) is (lowest if lowest is highest else Verdict.UNKNOWN)


@given(FIGURES, st.none() | st.integers(0, 20_000))
def test_another_member_never_takes_eligibility_away(figures: list[int | None], more: int | None) -> None:
    if said(figures) is Verdict.YES:
        assert said([*figures, more]) is Verdict.YES


@given(FIGURES)
def test_one_that_can_always_apply_is_enough(figures: list[int | None]) -> None:
    assert said(figures, frozenset([0])) is Verdict.ALWAYS
