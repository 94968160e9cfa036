"""A copy of the application of the round before: what came along, what did not, and why, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.formcopy import copy_application
from draad.applications.models import Application, ApplicationLine, Call, Incentive
from draad.applications.policies.checklist import blocking, needs
from draad.applications.policies.fields import line_field
from draad.organisations.models import Organisation
from draad.organisations.queries import governments_on
from draad.programmes.models import IndicatorTerms, Round
from tests.applications.correcting import correct, with_line
from tests.applications.filling import read, typing
from tests.applications.making import BY, government, indicator, make_application, make_call, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]
MERGED = datetime(2025, 6, 2, 10, tzinfo=UTC)


@pytest.fixture
def editor() -> Actor:
    return person(Role.GOVERNMENT_EDITOR, "Gent")


def of_round(number: int) -> Round:
    found: Round = Round.objects.get(programme__slug="plan-samenleven", number=number)
    return found


@pytest.fixture
def second(db: None) -> Call:
    """The open call of round 2, at the same time for ease."""
    return make_call(round=of_round(2))


def source(lines: dict[int, tuple[int, int | None]], *members: str) -> Application:
    return make_application(make_call(), "Gent", lines, members=members)


def line_of(application: Application, action: int) -> ApplicationLine:
    found: ApplicationLine = application.lines.select_related("indicator").get(indicator__terms__action__number=action)
    return found


def said(notes: list[str], words: str) -> list[str]:
    return [note for note in notes if words in note]


def test_another_unit_waits_for_a_person(second: Call, editor: Actor) -> None:
    """Action 5 counts persons in round 1 and practice opportunities in round 2."""
    copied = copy_application(second, source({5: (1, 100)}), by=editor)
    line = line_of(copied.application, 5)
    assert (line.planned, line.amount) == (None, None)
    assert copied.application.unsaved[line_field(line.pk, "planned")] == "100"
    [note] = said(copied.notes, "Bevestig of verbeter")
    assert "actie 5" in note
    assert line_field(line.pk, "planned") in {need.field for need in blocking(needs(read(copied.application)))}
    typing(copied.application, {line_field(line.pk, "planned"): "30"}, by=editor)
    assert line_of(copied.application, 5).planned == 30


def test_the_same_terms_come_along_without_a_word(second: Call, editor: Actor) -> None:
    first, now = indicator(17), IndicatorTerms.objects.get(
        terms__round=of_round(2), terms__action__number=17, terms__state="published", line=1
    )  # fmt: skip
    assert (first.unit, first.counting, first.label) == (now.unit, now.counting, now.label)
    copied = copy_application(second, source({17: (3, 60)}), by=editor)
    line = line_of(copied.application, 17)
    assert (line.planned, line.priority, line.indicator) == (60, 3, now)
    assert copied.application.unsaved == {}
    assert not said(copied.notes, "actie 17")


def test_what_can_be_asked_no_more_is_named(second: Call, editor: Actor) -> None:
    earlier = source({5: (1, 100)})
    gone = IndicatorTerms.objects.filter(terms__round=of_round(1), terms__subsidised=True).exclude(
        terms__action__in=IndicatorTerms.objects.filter(
            terms__round=of_round(2), terms__subsidised=True
        ).values("terms__action")
    )  # fmt: skip
    lapsed = gone.select_related("terms__action").first()
    assert lapsed is not None, "the facts have an action that lapses after round 1"
    with audit.recording(by=BY) as log:
        log.create(ApplicationLine(application=earlier, indicator=lapsed, priority=2, planned=1), verb="test.line")
    copied = copy_application(second, earlier, by=editor)
    [note] = said(copied.notes, "niet aan te vragen")
    assert f"actie {lapsed.terms.action.number}," in note
    assert copied.application.lines.count() == 1


def test_what_became_subsidised_is_told(editor: Actor) -> None:
    """Action 23 can be asked from some round on; who copies is told that it can."""
    firsts = {
        number: set(
            IndicatorTerms.objects.filter(terms__round=of_round(number), terms__subsidised=True).values_list(
                "terms__action__number", flat=True
            )
        )
        for number in (1, 2, 3)
    }
    later = next(number for number in (2, 3) if 23 in firsts[number] and 23 not in firsts[number - 1])
    earlier = make_application(make_call(round=of_round(later - 1)), "Gent")
    copied = copy_application(make_call(round=of_round(later)), earlier, by=editor)
    [note] = said(copied.notes, "Nieuw aan te vragen")
    assert "23 " in note


def test_another_amount_is_told_and_counted(second: Call, editor: Actor) -> None:
    correct(17, with_line(unit_amount=Decimal("100.00"), max_units=50), of_round=of_round(2))
    copied = copy_application(second, source({17: (1, 60)}), by=editor)
    line = line_of(copied.application, 17)
    assert (line.planned, line.amount) == (60, Decimal("5000.00"))
    [note] = said(copied.notes, "met andere voorwaarden")
    assert "actie 17, gevormde professionals (bedrag per eenheid en hoogste aantal eenheden)" in note


def test_members_incentives_and_files_stay_behind(second: Call, editor: Actor) -> None:
    earlier = source({17: (1, 60)}, "Aalst", "Deinze")
    with audit.recording(by=BY) as log:
        asked = Incentive(
            application=earlier, kind="cooperation", organisation=earlier.applicant, amount=Decimal(10_000)
        )
        log.create(asked, verb="test.incentive")
    copied = copy_application(second, earlier, by=editor)
    [note] = said(copied.notes, "nodig hen opnieuw uit")
    assert "Aalst en Deinze" in note
    assert "de stimulansen" in note
    assert "bijlagen" not in note
    assert copied.application.members.count() == 1
    assert not copied.application.incentives.exists()


def heir() -> Organisation:
    """Who governs the ground of Kruibeke from 2025 on."""
    [found] = governments_on([government("Kruibeke").pk], MERGED.date())[government("Kruibeke").pk]
    return Organisation.objects.get(pk=found)


@pytest.fixture
def merged() -> tuple[Application, Call]:
    """Kruibeke's application of round 1, and a call after Kruibeke went up in another government."""
    earlier = make_application(make_call(), "Kruibeke", {17: (1, 60)})
    opens = datetime(2025, 5, 1, tzinfo=UTC)
    return earlier, make_call(round=of_round(3), opens_at=opens, closes_at=datetime(2025, 7, 1, tzinfo=UTC))


def test_a_merged_government_begins_from_its_predecessor(merged: tuple[Application, Call]) -> None:
    earlier, call = merged
    with time_machine.travel(MERGED, tick=False):
        by = person(Role.GOVERNMENT_EDITOR, heir())
        copied = copy_application(call, earlier, by=by, applicant=heir())
    made = copied.application
    assert (made.applicant, made.copied_from, made.contact_name) == (heir(), earlier, "Ans Aanvraag")
    assert (made.iban, made.account_holder) == ("", ""), "the account was the predecessor's"
    assert "het rekeningnummer van Kruibeke" in " ".join(copied.notes)


def test_nobody_copies_from_a_stranger(merged: tuple[Application, Call]) -> None:
    earlier, call = merged
    with time_machine.travel(MERGED, tick=False):
        gent = government("Gent")
        with pytest.raises(ValidationError, match="uw eigen bestuur"):
            copy_application(call, earlier, by=person(Role.GOVERNMENT_EDITOR, gent), applicant=gent)
    assert not Application.objects.filter(call=call).exists()


def test_the_page_offers_what_can_be_copied_and_says_what_differs(merged: tuple[Application, Call]) -> None:
    earlier, call = merged
    with time_machine.travel(MERGED, tick=False):
        client = Client()
        client.force_login(
            person(Role.GOVERNMENT_EDITOR, heir()).user,  # type: ignore[arg-type]  # a person
            backend="draad.accounts.backend.AccountBackend",
        )
        address = reverse("applications:start")
        assert "Neem over van Kruibeke, ronde 1" in client.get(address).content.decode()
        posted = {"call": call.pk, "for": heir().pk, "copy": earlier.pk}
        page = client.post(address, posted, follow=True).content.decode()
    assert "het rekeningnummer van Kruibeke" in page
    assert Application.objects.get(call=call).applicant == heir()
