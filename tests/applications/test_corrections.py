"""Terms that are corrected under a running application: seen at once, taken over with one button, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.applications.actions import corrections as act
from draad.applications.actions.assessment import begin
from draad.applications.actions.formlines import Row, fill_lines
from draad.applications.actions.questions import answer, ask
from draad.applications.actions.submission import submit
from draad.applications.models import Application, ApplicationState, Call, Notice, Question
from draad.applications.policies.checklist import blocking, needs
from draad.applications.policies.fields import LINES
from draad.applications.queries.corrections import applications_behind, corrections_of
from draad.applications.queries.letters import decisions_with_letters, letter_of
from draad.programmes.values import TermsValues, stated
from tests.applications.correcting import correct, with_line
from tests.applications.deciding import advised, prepared, published
from tests.applications.filling import field_of, read, typing
from tests.applications.making import CLOSES, enter, make_application, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]
AFTER = datetime(2022, 7, 5, 10, tzinfo=UTC)


@pytest.fixture
def editor() -> Actor:
    return person(Role.GOVERNMENT_EDITOR, "Gent")


def without_lines(values: TermsValues) -> TermsValues:
    """No subsidy any more."""
    return TermsValues(stated(False, "besluit"))


def amount_of(application: Application, action: int) -> Decimal | None:
    found: Decimal | None = application.lines.get(indicator__terms__action__number=action).amount
    return found


def version_of(application: Application, action: int) -> int | None:
    found: int | None = application.lines.get(indicator__terms__action__number=action).indicator.terms.version
    return found


# what is seen ------------------------------------------------------------------------------------------------------


def test_a_line_keeps_its_version_and_shows_what_changed(call: Call) -> None:
    application = make_application(call, "Gent", {5: (1, 900), 9: (2, 60)})
    before = amount_of(application, 5)
    correct(5, with_line(unit_amount=Decimal("70.00")), "Verkeerd bedrag gedrukt.")
    assert (version_of(application, 5), amount_of(application, 5)) == (1, before)
    (found,) = corrections_of(read(application))
    told = [(row.field, row.old, row.new) for row in found.rows]
    assert told == [("Bedrag per eenheid, KPI-lijn 1", Decimal("60.00"), Decimal("70.00"))]
    assert [version.change_reason for version in found.versions] == ["Verkeerd bedrag gedrukt."]
    assert not found.recounts


def test_a_correction_of_another_line_changes_nothing_here(call: Call) -> None:
    application = make_application(call, "Gent", {9: (1, 60)})

    def second(values: TermsValues) -> TermsValues:
        line = {**values.lines[2], "unit_amount": stated(Decimal("1.00"), "besluit")}
        return replace(values, lines={**values.lines, 2: line})

    correct(9, second)
    (found,) = corrections_of(read(application))
    assert list(found.rows) == []


def test_two_corrections_are_told_with_both_reasons(call: Call) -> None:
    application = make_application(call, "Gent", {5: (1, 900)})
    correct(5, with_line(unit_amount=Decimal("70.00")), "eerst")
    correct(5, with_line(max_units=5), "daarna")
    (found,) = corrections_of(read(application))
    assert [version.change_reason for version in found.versions] == ["eerst", "daarna"]
    assert {row.difference.field for row in found.rows} == {"unit_amount", "max_units"}


@pytest.mark.parametrize("state", [ApplicationState.DECIDED, ApplicationState.WITHDRAWN])
def test_what_is_over_keeps_its_version(call: Call, state: str) -> None:
    application = make_application(call, "Gent", {5: (1, 900)}, state=state)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    assert corrections_of(read(application)) == []
    assert applications_behind(call) == []
    assert not Notice.objects.exists()


def test_everybody_concerned_is_mailed(
    call: Call, editor: Actor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    make_application(call, "Gent", {5: (1, 900)})
    make_application(call, "Aalst", {9: (1, 60)})
    other = person(Role.GOVERNMENT_EDITOR, "Aalst")
    with django_capture_on_commit_callbacks(execute=True):
        correct(5, with_line(unit_amount=Decimal("70.00")), "Verkeerd bedrag gedrukt.")
    assert editor.user is not None
    assert other.user is not None
    (message,) = mail.outbox
    assert message.to == [editor.user.email]
    assert "Verkeerd bedrag gedrukt." in str(message.body)
    assert "actie 5" in message.subject


# taking over -------------------------------------------------------------------------------------------------------


def test_a_draft_is_not_submitted_on_old_terms(call: Call) -> None:
    application = make_application(call, "Gent", {5: (1, 900)})
    correct(5, with_line(unit_amount=Decimal("70.00")))
    found = [need.sentence for need in blocking(needs(read(application)))]
    assert any("voorwaarden zijn verbeterd voor actie 5" in sentence for sentence in found)
    with pytest.raises(ValidationError, match="voorwaarden zijn verbeterd"):
        submit(application, revision=application.revision, by=person(Role.GOVERNMENT_APPROVER, "Gent"))


def test_one_line_or_all_follow_with_what_was_typed(call: Call, editor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 100), 9: (2, 60)})
    correct(5, with_line(unit_amount=Decimal("70.00")))
    correct(9, with_line(unit_amount=Decimal("10.00")))
    five = application.lines.get(indicator__terms__action__number=5)
    act.take_over(application, [five.pk], by=editor)
    assert (version_of(application, 5), version_of(application, 9)) == (2, 1)
    assert amount_of(application, 5) == Decimal("7000.00")
    act.take_over(application, by=editor)
    assert version_of(application, 9) == 2
    application.refresh_from_db()
    assert application.requested == Decimal("7000.00") + (amount_of(application, 9) or 0)
    assert AuditEvent.objects.filter(verb="applications.line.correct").count() == 2
    assert not corrections_of(read(application))


@pytest.mark.parametrize("change", [{"unit": "family"}, {"counting": "contact"}])
def test_another_way_of_counting_waits_for_a_person(call: Call, editor: Actor, change: dict[str, str]) -> None:
    application = make_application(call, "Gent", {5: (1, 100)})
    correct(5, with_line(**change))
    assert corrections_of(read(application))[0].recounts
    act.take_over(application, by=editor)
    line = application.lines.get()
    assert (line.planned, line.existing, line.amount) == (None, None, None)
    planned, existing = field_of(application, 5, "planned"), field_of(application, 5, "existing")
    application.refresh_from_db()
    assert application.unsaved == {planned: "100", existing: "0"}, "nothing typed is lost"
    assert {need.field for need in blocking(needs(read(application)))} >= {existing, planned}
    typing(application, {planned: "100"}, by=editor, keep=planned)
    typing(application, {existing: "0"}, by=editor, keep=existing)
    line.refresh_from_db()
    assert (line.planned, line.existing, line.amount) == (100, 0, Decimal("6000.00"))
    application.refresh_from_db()
    assert application.unsaved == {}


def test_another_number_confirms_too(call: Call, editor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 100)})
    correct(5, with_line(unit="family"))
    act.take_over(application, by=editor)
    planned = field_of(application, 5, "planned")
    saved = typing(application, {planned: "40"}, by=editor)
    assert saved.conflicts == []
    assert application.lines.get().planned == 40


def test_a_file_that_leaves_it_empty_does_not_lose_what_waits(call: Call, editor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 100)})
    correct(5, with_line(unit="family"))
    held = act.take_over(application, by=editor)
    line = application.lines.get()
    fill_lines(application, {line.indicator_id: Row(2, None, None)}, revision=held.revision, by=editor)
    application.refresh_from_db()
    assert application.unsaved[field_of(application, 5, "planned")] == "100"
    fill_lines(application, {line.indicator_id: Row(2, None, 40)}, revision=application.revision, by=editor)
    application.refresh_from_db()
    assert field_of(application, 5, "planned") not in application.unsaved
    assert application.lines.get().planned == 40


def test_a_line_that_lapsed_can_only_go(call: Call, editor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 100), 9: (2, 60)})
    correct(5, without_lines)
    correct(9, with_line(unit_amount=Decimal("10.00")))
    act.take_over(application, by=editor)
    assert (version_of(application, 5), version_of(application, 9)) == (1, 2), "the others follow"
    line = application.lines.get(indicator__terms__action__number=5)
    with pytest.raises(ValidationError, match=r"niet meer aangevraagd worden\. Haal de lijn weg"):
        act.take_over(application, [line.pk], by=editor)


def test_only_who_fills_in_and_only_in_time(call: Call, editor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 100)})
    correct(5, with_line(unit_amount=Decimal("70.00")))
    for stranger in (person(Role.GOVERNMENT_EDITOR, "Aalst"), person(Role.PROGRAMME_MANAGER)):
        with pytest.raises(PermissionDenied):
            act.take_over(application, by=stranger)
    with time_machine.travel(CLOSES, tick=False), pytest.raises(ValidationError, match=r"gesloten|sloot"):
        act.take_over(application, by=editor)
    assert version_of(application, 5) == 1


# after it was handed in ----------------------------------------------------------------------------------------------


def handed_in(call: Call, name: str = "Gent", state: str = ApplicationState.ASSESSMENT) -> Application:
    return make_application(call, name, {5: (1, 100)}, state=state)


def test_a_manager_sees_and_moves_with_a_reason(
    call: Call, editor: Actor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    application, other = handed_in(call), handed_in(call, "Aalst", ApplicationState.SUBMITTED)
    make_application(call, "Brugge", {5: (1, 10)})
    correct(5, with_line(unit_amount=Decimal("70.00")))
    assert [one.application for one in applications_behind(call)] == [application, other], "no drafts"
    with django_capture_on_commit_callbacks(execute=True):
        act.move_for_applicants([application, other], "Drukfout rechtgezet.", by=person(Role.PROGRAMME_MANAGER))
    assert (version_of(application, 5), amount_of(application, 5)) == (2, Decimal("7000.00"))
    application.refresh_from_db()
    assert application.requested == Decimal("7000.00")
    assert applications_behind(call) == []
    assert editor.user is not None
    assert [m.to for m in mail.outbox] == [[editor.user.email]]
    assert "Drukfout rechtgezet." in str(mail.outbox[0].body)


def test_of_several_that_cannot_all_move_none_does(call: Call) -> None:
    application, advised = handed_in(call), handed_in(call, "Aalst", ApplicationState.ADVISED)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    with pytest.raises(ValidationError, match="is advies klaar"):
        act.move_for_applicants([application, advised], "Drukfout.", by=person(Role.PROGRAMME_MANAGER))
    assert version_of(application, 5) == 1


def test_what_only_the_government_knows_is_asked(call: Call, editor: Actor) -> None:
    application, boss = handed_in(call), person(Role.PROGRAMME_MANAGER)
    correct(5, with_line(unit="family"))
    with pytest.raises(ValidationError, match="Alleen het bestuur"):
        act.move_for_applicants([application], "Drukfout.", by=boss)
    with time_machine.travel(AFTER, tick=False):
        asked = act.ask_about_terms(application, due_on=date(2022, 7, 20), by=boss)
        assert sorted(asked.fields) == sorted(field_of(application, 5, name) for name in ("existing", "planned"))
        assert "actie 5" in asked.text
        act.take_over(application, by=editor)
        approver = person(Role.GOVERNMENT_APPROVER, "Gent")
        with pytest.raises(ValidationError, match="nog iets dat niet bewaard"):
            answer(application, "In gezinnen zijn het er 40.", by=approver)
        typing(application, {field_of(application, 5, "planned"): "40"}, by=editor)
        existing = field_of(application, 5, "existing")
        typing(application, {existing: "0"}, by=editor, keep=existing)
        answer(application, "In gezinnen zijn het er 40.", by=approver)
    assert (version_of(application, 5), application.lines.get().planned) == (2, 40)
    assert Question.objects.get().answered_at


def test_a_question_about_something_else_does_not_open_the_terms(call: Call, editor: Actor) -> None:
    application, boss = handed_in(call), person(Role.PROGRAMME_MANAGER)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    ask(application, "Wie is de contactpersoon?", ["contact_name"], due_on=date(2022, 7, 20), by=boss)
    with pytest.raises(ValidationError, match="vroeg niet om dit te wijzigen"):
        act.take_over(application, by=editor)


def test_a_lapsed_line_opens_the_choice_of_lines(call: Call) -> None:
    application = handed_in(call)
    correct(5, without_lines)
    asked = act.ask_about_terms(application, due_on=date(2022, 7, 20), by=person(Role.PROGRAMME_MANAGER))
    assert LINES in asked.fields


def test_nothing_to_move_is_said(call: Call) -> None:
    application, boss = handed_in(call), person(Role.PROGRAMME_MANAGER)
    for step in (
        lambda: act.move_for_applicants([application], "x", by=boss),
        lambda: act.ask_about_terms(application, due_on=date(2022, 7, 20), by=boss),
    ):
        with pytest.raises(ValidationError, match="staat al op de nieuwste voorwaarden"):
            step()
    with pytest.raises(ValidationError, match="minstens één"):
        act.move_for_applicants([], "x", by=boss)
    with pytest.raises(ValidationError, match="Geef een reden"):
        act.move_for_applicants([application], " ", by=boss)
    for stranger in (person(Role.ASSESSOR), person(Role.GOVERNMENT_APPROVER, "Gent")):
        with pytest.raises(PermissionDenied):
            act.move_for_applicants([application], "x", by=stranger)


def test_the_letter_names_the_version_that_counted(call: Call) -> None:
    correct(5, with_line(unit_amount=Decimal("70.00")))
    advised(call, "Gent", {5: (1, 100), 9: (2, 10)})
    with time_machine.travel(AFTER, tick=False):
        decision_list = published(prepared(call))
    [decision] = decisions_with_letters(decision_list.decisions.all())
    lines = [line.line for line in letter_of(decision, 80).lines]
    assert lines == ["volwassen anderstaligen (voorwaarden, versie 2)", "begeleide nieuwkomers"]


# pages -------------------------------------------------------------------------------------------------------------


def test_the_form_shows_it_and_one_button_takes_it_over(call: Call, editor: Actor) -> None:
    application, client = make_application(call, "Gent", {5: (1, 100)}), enter(editor)
    address = reverse("applications:form", args=[application.pk])
    assert "zijn verbeterd" not in client.get(address).content.decode()
    correct(5, with_line(unit_amount=Decimal("70.00")), "Verkeerd bedrag gedrukt.")
    text = client.get(address).content.decode()
    for words in ("Verkeerd bedrag gedrukt.", "Bedrag per eenheid", "Neem over voor deze lijn"):
        assert words in text
    planned = field_of(application, 5, "planned")
    line = application.lines.get()
    posted = {"revision": application.revision, "base": "{}", planned: "120", "terms": line.pk}
    assert client.post(address, posted).status_code == 302
    line.refresh_from_db()
    assert (line.planned, line.amount) == (120, Decimal("8400.00")), "what was typed is saved along"
    assert "zijn verbeterd" not in client.get(address).content.decode()


def test_who_only_reads_gets_no_button(call: Call, editor: Actor) -> None:
    application = handed_in(call)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    for who in (editor, person(Role.ASSESSOR)):
        text = enter(who).get(reverse("applications:form", args=[application.pk])).content.decode()
        assert "zijn verbeterd" in text
        assert "Neem over voor deze lijn" not in text


def test_the_manager_moves_on_the_page(call: Call) -> None:
    application, other = handed_in(call), handed_in(call, "Aalst", ApplicationState.SUBMITTED)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    client, place = enter(person(Role.PROGRAMME_MANAGER)), ["plan-samenleven", 1]
    address = reverse("applications:corrections", args=place)
    assert "2 aanvragen staan op voorwaarden" in client.get(reverse("applications:queue", args=place)).content.decode()
    assert "Staat op versie 1; nu geldt versie 2" in client.get(address).content.decode()
    assert client.post(address, {"application": application.pk, "reason": ""}).status_code == 422
    assert "minstens één aanvraag" in client.post(address, {"reason": "Drukfout."}).content.decode()
    page = client.post(address, {"application": application.pk, "reason": "Drukfout."}, follow=True)
    assert "1 aanvraag volgt nu de nieuwe voorwaarden" in page.content.decode()
    assert (version_of(application, 5), version_of(other, 5)) == (2, 1)


def test_an_assessor_asks_but_does_not_move(call: Call) -> None:
    application = handed_in(call)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    client = enter(person(Role.ASSESSOR))
    address = reverse("applications:corrections", args=["plan-samenleven", 1])
    assert "Zet de aangevinkte" not in client.get(address).content.decode()
    page = client.post(reverse("applications:corrections_ask", args=[application.pk]), follow=True)
    assert "De vraag is verstuurd" in page.content.decode()
    application.refresh_from_db()
    assert application.state == ApplicationState.QUESTIONED
    assert client.post(address, {"application": application.pk, "reason": "x"}).status_code == 403


def test_asking_before_the_assessment_is_explained(call: Call) -> None:
    application, boss = handed_in(call, state=ApplicationState.SUBMITTED), person(Role.PROGRAMME_MANAGER)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    page = enter(boss).post(reverse("applications:corrections_ask", args=[application.pk]), follow=True)
    assert "toestand is nu" in page.content.decode()
    with time_machine.travel(AFTER, tick=False):
        begin(application, by=boss)
        assert act.ask_about_terms(application, due_on=timezone.localdate().replace(day=20), by=boss).number == 1


@pytest.mark.parametrize("many", [1, 6])
def test_the_pages_ask_as_little_of_many(
    call: Call, many: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for name in ("Gent", "Aalst", "Brugge", "Hasselt", "Leuven", "Genk")[:many]:
        make_application(call, name, {5: (1, 100), 9: (2, 10)}, state=ApplicationState.ASSESSMENT)
    correct(5, with_line(unit_amount=Decimal("70.00")))
    correct(9, with_line(unit_amount=Decimal("10.00")))
    client = enter(person(Role.PROGRAMME_MANAGER))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("applications:corrections", args=["plan-samenleven", 1])).status_code == 200
