"""Handing in: complete, once, in time; what is kept, taking back, ending, throwing away."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.applications.actions import submission as act
from draad.applications.actions.assessment import begin
from draad.applications.actions.questions import ask
from draad.applications.models import (
    ActionClaim,
    Application,
    ApplicationState,
    Call,
    EligibilityDecision,
    Extension,
    LineShare,
    Member,
    MemberState,
    Submission,
)
from draad.applications.policies.submission import check_claims
from draad.applications.queries.submission import canonical, hash_of
from draad.applications.states import WITHDRAW
from draad.programmes.models import RoundRule
from tests.applications.filling import read
from tests.applications.making import (
    BY,
    CLOSES,
    DURING,
    OPENS,
    government,
    inhabitants,
    make_application,
    make_call,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]
SECOND = timedelta(seconds=1)


@pytest.fixture
def application(call: Call) -> Application:
    return make_application(call, "Gent", {5: (1, 900), 9: (2, 60)})


@pytest.fixture
def approver() -> Actor:
    return person(Role.GOVERNMENT_APPROVER, "Gent")


def handed_in(application: Application, by: Actor) -> Submission:
    application.refresh_from_db()
    return act.submit(application, revision=application.revision, by=by)


def state_of(application: Application) -> str:
    return str(Application.objects.get(pk=application.pk).state)


def extend(call: Call, until: datetime, name: str | None = None) -> None:
    with audit.recording(by=BY) as log:
        organisation = government(name) if name else None
        made = Extension(call=call, organisation=organisation, closes_at=until, reason="storing", created_at=DURING)
        log.create(made, verb="test.extend")


def share(application: Application, action: int, **units: int) -> None:
    """Set what each government takes of the line of an action."""
    line = application.lines.get(indicator__terms__action__number=action)
    with audit.recording(by=BY) as log:
        for name, planned in units.items():
            member = application.members.get(organisation=government(name))
            log.create(LineShare(line=line, member=member, planned=planned, amount=None), verb="test.share")


def test_handing_in_keeps_everything(application: Application, approver: Actor) -> None:
    inhabitants("Gent", 40000)
    made = handed_in(application, approver)
    assert (made.number, made.at, made.by) == (1, DURING, approver.user)
    application.refresh_from_db()
    assert (application.state, application.submitted_at) == (ApplicationState.SUBMITTED, DURING)
    content = made.content
    assert content["submitted_by"] == approver.label
    assert [line["action"] for line in content["lines"]] == [5, 9]
    first = content["lines"][0]
    assert (first["planned"], first["unit_amount"], first["amount"]) == (900, "60.00", "54000.00")
    assert Decimal(content["requested"]) == application.requested
    [member] = content["members"]
    assert (member["name"], member["nis"], member["inhabitants"]) == ("Gent", "44021", 40000)
    assert content["eligibility"]["verdict"] == "yes"
    assert "eligibility_threshold" in [rule["key"] for rule in content["rules"]]
    assert (content["iban"], content["contact_email"]) == ("BE68539007547034", "ans@example.org")


def test_the_hash_is_that_of_the_canonical_text(application: Application, approver: Actor) -> None:
    made = handed_in(application, approver)
    stored = Submission.objects.get(pk=made.pk)
    assert stored.sha256 == sha256(canonical(stored.content)).hexdigest() == hash_of(stored.content)
    again = json.loads(canonical(stored.content))
    assert hash_of(again) == stored.sha256
    again["requested"] = "1.00"
    assert hash_of(again) != stored.sha256


def test_what_is_kept_is_dutch_whatever_the_language_of_the_page(application: Application, approver: Actor) -> None:
    with translation.override("en"):
        made = handed_in(application, approver)
    assert "Nodig is meer dan" in made.content["eligibility"]["sentences"][0]
    assert any("referentieregio" in rule["sentence"] for rule in made.content["rules"])


def test_what_was_handed_in_does_not_change_with_the_application(application: Application, approver: Actor) -> None:
    made = handed_in(application, approver)
    with audit.recording(by=BY) as log:
        log.change(Application.objects.get(pk=application.pk), verb="test.change", iban="BE71096123456769")
    assert Submission.objects.get(pk=made.pk).content["iban"] == "BE68539007547034"


def test_everybody_who_takes_part_is_told(call: Call, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    application = make_application(call, "Gent", {5: (1, 100)}, members=("Aalst",))
    share(application, 5, Gent=60, Aalst=40)
    lead, other = person(Role.GOVERNMENT_APPROVER, "Gent"), person(Role.GOVERNMENT_EDITOR, "Aalst")
    _drop_region_rule()
    with django_capture_on_commit_callbacks(execute=True):
        handed_in(application, lead)
    told = {message.to[0]: str(message.body) for message in mail.outbox}
    assert set(told) == {who.user.email for who in (lead, other) if who.user}
    assert all(f"/aanvragen/{application.pk}/ontvangstbewijs/1/" in body for body in told.values())


def _drop_region_rule() -> None:
    with audit.recording(by=BY) as log:
        log.remove(RoundRule.objects.get(round__number=1, key="one_reference_region"), verb="test.rule")


def test_the_region_is_looked_at_again(call: Call, approver: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 100)}, members=("Brugge",))
    share(application, 5, Gent=60, Brugge=40)
    with pytest.raises(ValidationError, match="Brugge ligt in"):
        handed_in(application, approver)
    assert state_of(application) == ApplicationState.DRAFT


def test_what_is_needed_is_said_sentence_by_sentence(call: Call, approver: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, None), 9: (1, 60)}, iban="", cofinancing_confirmed=False)
    with pytest.raises(ValidationError) as refused:
        handed_in(application, approver)
    told = " ".join(refused.value.messages)
    assert "2 lijnen hebben prioriteit 1: geef elke lijn een eigen nummer." in told
    assert "Vul in wat u bijkomend plant" in told
    assert len(refused.value.messages) >= 4
    assert not Submission.objects.exists()
    assert not ActionClaim.objects.exists()


def test_an_invited_member_holds_it_up(call: Call, approver: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 100)})
    with audit.recording(by=BY) as log:
        invited = Member(application=application, organisation=government("Aalst"), invited_at=DURING)
        log.create(invited, verb="test.member")
    with pytest.raises(ValidationError, match="Aalst heeft nog niet geantwoord"):
        handed_in(application, approver)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (OPENS - SECOND, False),
        (OPENS, True),
        (CLOSES - SECOND, True),
        (CLOSES - timedelta(microseconds=1), True),
        (CLOSES, False),
        (CLOSES + SECOND, False),
    ],
)
def test_the_clock_of_the_server_decides(
    application: Application, approver: Actor, moment: datetime, opens: bool
) -> None:
    with time_machine.travel(moment, tick=False):
        if opens:
            assert handed_in(application, approver).at == moment
        else:
            with pytest.raises(ValidationError, match=r"De oproep (opent op|is gesloten: indienen kon)"):
                handed_in(application, approver)
            assert state_of(application) == ApplicationState.DRAFT


@pytest.mark.parametrize(("name", "works"), [(None, True), ("Gent", True), ("Aalst", False)])
def test_an_extension_moves_the_closing(
    call: Call, application: Application, approver: Actor, name: str | None, works: bool
) -> None:
    extend(call, CLOSES + timedelta(days=2), name)
    with time_machine.travel(CLOSES + timedelta(days=2) - SECOND, tick=False):
        if works:
            handed_in(application, approver)
        else:
            with pytest.raises(ValidationError, match="gesloten"):
                handed_in(application, approver)


def test_the_hour_in_brussels_when_summer_time_ends(approver: Actor) -> None:
    """Closing at 2.30 on 30 October 2022 comes twice on the clock; the moment itself does not."""
    closes = datetime(2022, 10, 30, 0, 30, tzinfo=UTC)  # 2.30 in summer time; 1.30 UTC would be 2.30 in winter time
    application = make_application(make_call(closes_at=closes), "Gent", {5: (1, 10)})
    with (
        time_machine.travel(closes, tick=False),
        pytest.raises(ValidationError, match=r"30 oktober 2022 om 2\.30 uur"),
    ):
        handed_in(application, approver)
    with time_machine.travel(closes - SECOND, tick=False):
        handed_in(application, approver)


def test_nobody_hands_in_what_was_not_read(application: Application, approver: Actor) -> None:
    with audit.recording(by=BY) as log:
        log.change(Application.objects.get(pk=application.pk), verb="test.save", revision=7)
    with pytest.raises(ChangedMeanwhileError, match="gewijzigd sinds u ze nakeek"):
        act.submit(application, revision=6, by=approver)


def test_the_second_of_two_is_told_when_and_by_whom(application: Application, approver: Actor) -> None:
    handed_in(application, approver)
    other = person(Role.GOVERNMENT_APPROVER, "Gent", mark="2")
    with pytest.raises(ValidationError, match=r"al ingediend, op 15 juni 2022 om 12\.00 uur door government_approver"):
        handed_in(application, other)
    assert Submission.objects.count() == 1


def test_an_action_is_asked_once_for_a_government(call: Call, approver: Actor) -> None:
    _drop_region_rule()
    together = make_application(call, "Aalst", {5: (1, 100), 9: (2, 10)}, members=("Gent",))
    share(together, 5, Aalst=60, Gent=40)
    share(together, 9, Aalst=10, Gent=0)
    handed_in(together, person(Role.GOVERNMENT_APPROVER, "Aalst"))
    claims = set(ActionClaim.objects.values_list("organisation__name", "action__number"))
    assert claims == {("Aalst", 5), ("Gent", 5), ("Aalst", 9)}, "who takes nothing asks for nothing"
    alone = make_application(call, "Gent", {9: (1, 10)})
    handed_in(alone, approver)
    more = make_application(call, "Brugge", {5: (1, 10)}, members=("Gent",))
    share(more, 5, Brugge=5, Gent=5)
    with pytest.raises(ValidationError, match="Actie 5 is voor Gent al aangevraagd"):
        handed_in(more, person(Role.GOVERNMENT_APPROVER, "Brugge"))


def test_the_other_application_is_named(call: Call, approver: Actor) -> None:
    _drop_region_rule()
    together = make_application(call, "Aalst", {5: (1, 100)}, members=("Gent",))
    share(together, 5, Aalst=60, Gent=40)
    handed_in(together, person(Role.GOVERNMENT_APPROVER, "Aalst"))
    alone = make_application(call, "Gent", {5: (1, 10)})
    with pytest.raises(ValidationError, match="Actie 5 is voor Gent al aangevraagd door Aalst, in aanvraag 1"):
        check_claims(read(alone))


def test_taken_back_and_handed_in_again(application: Application, approver: Actor) -> None:
    first = handed_in(application, approver)
    act.reopen(application, by=approver)
    first.refresh_from_db()
    assert first.withdrawn_at == DURING
    assert not ActionClaim.objects.exists()
    application.refresh_from_db()
    assert (application.state, application.submitted_at) == (ApplicationState.DRAFT, None)
    second = handed_in(application, approver)
    assert (second.number, second.withdrawn_at) == (2, None)
    assert ActionClaim.objects.count() == 2


def test_nothing_is_taken_back_after_the_closing(application: Application, approver: Actor) -> None:
    handed_in(application, approver)
    with time_machine.travel(CLOSES, tick=False), pytest.raises(ValidationError, match="gesloten"):
        act.reopen(application, by=approver)
    assert state_of(application) == ApplicationState.SUBMITTED


def test_ending_needs_a_reason_and_frees_the_actions(application: Application, approver: Actor) -> None:
    made = handed_in(application, approver)
    with time_machine.travel(CLOSES + SECOND, tick=False):
        with pytest.raises(ValidationError, match="Geef een reden"):
            act.withdraw(application, " ", by=approver)
        act.withdraw(application, "De gemeenteraad wil niet.", by=approver)
    assert state_of(application) == ApplicationState.WITHDRAWN
    made.refresh_from_db()
    assert made.withdrawn_at == CLOSES + SECOND
    assert not ActionClaim.objects.exists()
    event = AuditEvent.objects.filter(verb=WITHDRAW.verb, object_type="applications.application").latest("number")
    assert event.reason == "De gemeenteraad wil niet."


def test_ending_takes_an_open_question_along(application: Application, approver: Actor) -> None:
    handed_in(application, approver)
    assessor = person(Role.ASSESSOR)
    with time_machine.travel(CLOSES + SECOND, tick=False):
        begin(application, by=assessor)
        question = ask(application, "Klopt dit?", [], due_on=(CLOSES + timedelta(days=9)).date(), by=assessor)
        act.withdraw(application, "Geen tijd.", by=approver)
    question.refresh_from_db()
    assert question.withdrawn_at is not None


def test_throwing_away_frees_who_took_part(call: Call, approver: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 10)}, members=("Aalst",))
    with audit.recording(by=BY) as log:
        for member in application.members.all():
            log.change(member, verb="test.exclusive", exclusive_in=call)
    act.cancel(application, by=approver)
    assert state_of(application) == ApplicationState.CANCELLED
    assert not Member.objects.filter(exclusive_in=call).exists()
    assert make_application(call, "Gent").number == 2, "it can begin again"
    assert application.members.filter(state=MemberState.ACCEPTED).count() == 2, "who took part stays readable"


@pytest.mark.parametrize("role", [Role.GOVERNMENT_EDITOR, Role.PROGRAMME_MANAGER, Role.ASSESSOR])
def test_only_who_speaks_for_the_applicant(application: Application, role: Role) -> None:
    who = person(role, "Gent")
    steps: list[Callable[[], object]] = [
        lambda: act.submit(application, revision=0, by=who),
        lambda: act.reopen(application, by=who),
        lambda: act.withdraw(application, "x", by=who),
        lambda: act.cancel(application, by=who),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_a_person_decides_where_the_figures_do_not_tell(application: Application, approver: Actor) -> None:
    handed_in(application, approver)
    assessor = person(Role.ASSESSOR)
    with pytest.raises(ValidationError, match="Geef een reden"):
        act.decide_eligibility(application, eligible=True, reason="", by=assessor)
    made = act.decide_eligibility(application, eligible=True, reason="Cijfers van de stad.", by=assessor)
    assert (made.eligible, made.by) == (True, assessor.user)
    later = act.decide_eligibility(application, eligible=False, reason="Toch niet.", by=assessor)
    assert later.pk == made.pk
    assert EligibilityDecision.objects.get().reason == "Toch niet."


def test_nothing_to_decide_where_the_figures_tell(application: Application, approver: Actor) -> None:
    inhabitants("Gent", 40000)
    handed_in(application, approver)
    with pytest.raises(ValidationError, match="niets te beslissen"):
        act.decide_eligibility(application, eligible=False, reason="x", by=person(Role.ASSESSOR))


def test_nobody_decides_on_a_draft(application: Application) -> None:
    with pytest.raises(ValidationError, match="zolang ze beoordeeld wordt"):
        act.decide_eligibility(application, eligible=True, reason="x", by=person(Role.ASSESSOR))
    with pytest.raises(PermissionDenied):
        act.decide_eligibility(application, eligible=True, reason="x", by=person(Role.GOVERNMENT_APPROVER, "Gent"))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=8), parts, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), PLAIN, max_size=6))
def test_the_hash_survives_the_way_through_a_file(content: dict[str, Any]) -> None:
    turned = dict(reversed(list(content.items())))
    assert hash_of(json.loads(canonical(content))) == hash_of(content) == hash_of(turned)
