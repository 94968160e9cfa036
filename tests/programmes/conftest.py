"""What the tests of this room share: the programme, its actions, and drafts with some content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from draad.accounts.actor import Actor, system
from draad.programmes.actions.drafts import DraftContent, change_draft, draft_terms, publish_terms
from draad.programmes.models import Action, ActionTerms, Programme, Round
from draad.programmes.values import Line, Term, TermsValues, stated, unknown, values_of

BY = system("test")


@pytest.fixture
def programme(db: None) -> Programme:
    found: Programme = Programme.objects.get(slug="plan-samenleven")
    return found


@pytest.fixture
def action_of(programme: Programme) -> Callable[[int], Action]:
    def find(number: int) -> Action:
        found: Action = Action.objects.get(programme=programme, number=number)
        return found

    return find


@pytest.fixture
def round_of(programme: Programme) -> Callable[[int], Round]:
    def find(number: int) -> Round:
        found: Round = Round.objects.get(programme=programme, number=number)
        return found

    return find


@pytest.fixture
def terms_of(programme: Programme) -> Callable[[int, int], ActionTerms]:
    """The newest terms of an action in a round."""

    def find(action: int, of_round: int) -> ActionTerms:
        found = ActionTerms.objects.filter(action__programme=programme, action__number=action, round__number=of_round)
        newest = found.filter(state="published").order_by("version").last()
        assert newest is not None
        return newest

    return find


@pytest.fixture
def draft(action_of: Callable[[int], Action], round_of: Callable[[int], Round]) -> ActionTerms:
    """A draft for action 9 in round 1: three lines, ceiling 170,625 euro."""
    return draft_terms(action_of(9), round_of(1), by=BY)


def with_ceiling(values: TermsValues, euro: str, source: str = "besluit") -> TermsValues:
    """The same terms with another ceiling."""
    return TermsValues(values.subsidised, {**values.fields, "ceiling": stated(Decimal(euro), source)}, values.lines)


def save(
    draft: ActionTerms, values: TermsValues, *, reason: str = "", on: date | None = None, by: Actor = BY
) -> ActionTerms:
    """Save a draft as the next editor would."""
    fresh = ActionTerms.objects.get(pk=draft.pk)
    return change_draft(fresh, DraftContent(values, reason, on), revision=fresh.revision, by=by)


def publish_correction(action: Action, of_round: Round, euro: str, *, reason: str = "rekenfout") -> ActionTerms:
    """Publish a version of which only the ceiling is another."""
    draft = draft_terms(action, of_round, by=BY)
    current = ActionTerms.objects.filter(action=action, round=of_round, state="published").order_by("version").last()
    saved = save(draft, with_ceiling(values_of(draft), euro), reason=reason, on=date(2023, 1, 1))
    return publish_terms(saved, revision=saved.revision, corrects=current and current.version, by=BY)


def line(label: str = "personen", amount: str | None = "60.00", units: int | None = 10, source: str = "bron") -> Line:
    """An indicator line that counts persons."""
    return {
        "label": stated(label, source),
        "unit": stated("person", source),
        "counting": stated("unique", source),
        "unit_amount": stated(Decimal(amount), source) if amount else unknown(source),
        "max_units": stated(units, source) if units is not None else unknown(source),
    }


YES: Term = stated(True, "bron")
NO: Term = stated(False, "bron")
