"""Who applies together: asked, answered, let go; what the rules of a round allow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.applications.actions import members as act
from draad.applications.actions.listed import PrintedPartnership, record_partnerships
from draad.applications.models import (
    Application,
    ApplicationState,
    Call,
    Incentive,
    IncentiveKind,
    LineShare,
    ListedPartnership,
    Member,
    MemberState,
)
from draad.applications.queries.members import candidates, invitations
from draad.organisations.models import Organisation
from draad.programmes.models import Round, RoundRule
from tests.applications.making import BY, CLOSES, DURING, government, make_application, make_call, person, round_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]
DECLINED, RELEASED, ACCEPTED, INVITED = (
    MemberState.DECLINED,
    MemberState.RELEASED,
    MemberState.ACCEPTED,
    MemberState.INVITED,
)


@pytest.fixture
def application(call: Call) -> Application:
    return make_application(call, "Kalmthout", {5: (1, 900)})


@pytest.fixture
def editor() -> Actor:
    return person(Role.GOVERNMENT_EDITOR, "Kalmthout")


def approver(name: str) -> Actor:
    return person(Role.GOVERNMENT_APPROVER, name)


def joined(application: Application, name: str, editor: Actor) -> Member:
    return act.accept(act.invite(application, government(name), by=editor), by=approver(name))


def give_rule(key: str, of_round: Round | None = None, **parameters: Any) -> None:
    with audit.recording(by=BY) as log:
        values = {"round": of_round or round_one(), "parameters": parameters, "knowledge": "stated", "source": "test"}
        log.create(RoundRule(key=key, **values), verb="test.rule")


def drop_rule(key: str) -> None:
    with audit.recording(by=BY) as log:
        log.remove(RoundRule.objects.get(round=round_one(), key=key), verb="test.rule")


def test_inviting_tells_the_invited_government(
    application: Application, editor: Actor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    essen = approver("Essen")
    with django_capture_on_commit_callbacks(execute=True):
        member = act.invite(application, government("Essen"), by=editor)
    assert (member.state, member.invited_at) == (INVITED, DURING)
    assert mail.outbox[-1].to == [essen.user.email if essen.user else ""]
    assert f"/aanvragen/uitnodigingen/{member.pk}/" in str(mail.outbox[-1].body)
    assert list(invitations([member.organisation_id])) == [member]
    application.refresh_from_db()
    assert application.revision == 1, "who has the form open, is told"


def test_accepting_tells_the_applicant(
    application: Application, editor: Actor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    member = act.invite(application, government("Essen"), by=editor)
    who = approver("Essen")
    with django_capture_on_commit_callbacks(execute=True):
        member = act.accept(member, by=who)
    assert (member.state, member.responded_at, member.responded_by) == (ACCEPTED, DURING, who.user)
    assert mail.outbox[-1].to == [editor.user.email if editor.user else ""]
    assert "Essen doet mee" in mail.outbox[-1].subject
    assert not invitations([member.organisation_id]).exists()


def test_declining_needs_a_reason(application: Application, editor: Actor) -> None:
    member = act.invite(application, government("Essen"), by=editor)
    with pytest.raises(ValidationError, match="één zin volstaat"):
        act.decline(member, "  ", by=approver("Essen"))
    member = act.decline(member, "Geen personeel.", by=approver("Essen"))
    assert (member.state, member.reason) == (DECLINED, "Geen personeel.")
    assert AuditEvent.objects.filter(verb="applications.member.decline", reason="Geen personeel.").exists()


@pytest.mark.parametrize("way", ["decline", "release"])
def test_who_is_gone_can_be_asked_again(application: Application, editor: Actor, way: str) -> None:
    member = act.invite(application, government("Essen"), by=editor)
    if way == "decline":
        act.decline(member, "Nog niet.", by=approver("Essen"))
    else:
        act.release(member, by=editor)
    again = act.invite(application, government("Essen"), by=editor)
    assert again.pk == member.pk
    assert (again.state, again.reason, again.responded_at) == (INVITED, "", None)


@pytest.mark.parametrize(
    ("name", "words"),
    [("Kalmthout", "vraagt zelf aan"), ("Vereniging van Vlaamse Steden en Gemeenten", "geen bestuur dat kan meedoen")],
)
def test_whom_nobody_can_invite(application: Application, editor: Actor, name: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        act.invite(application, government(name), by=editor)


def test_nobody_is_invited_twice(application: Application, editor: Actor) -> None:
    act.invite(application, government("Essen"), by=editor)
    with pytest.raises(ValidationError, match="staat al bij de leden: uitgenodigd"):
        act.invite(application, government("Essen"), by=editor)


def test_only_who_exists_on_the_day(call: Call, editor: Actor) -> None:
    application = make_application(call, "Kalmthout")
    later = Organisation.objects.filter(valid_from__gt=DURING.date()).order_by("pk")[0]
    with pytest.raises(ValidationError, match="bestaat vandaag niet"):
        act.invite(application, later, by=editor)


def test_the_commission_and_de_rand_lie_nowhere_and_can_join(application: Application, editor: Actor) -> None:
    for name in ("Vlaamse Gemeenschapscommissie", "De Rand"):
        assert joined(application, name, editor).state == ACCEPTED


def test_one_reference_region(application: Application, editor: Actor) -> None:
    with pytest.raises(ValidationError, match="Brugge ligt in") as refused:
        act.invite(application, government("Brugge"), by=editor)
    assert "Die is hier" in str(refused.value)
    assert not Member.objects.filter(organisation=government("Brugge")).exists()
    drop_rule("one_reference_region")
    assert joined(application, "Brugge", editor).state == ACCEPTED


def test_the_region_is_looked_at_again_when_the_invitation_is_answered(
    application: Application, editor: Actor
) -> None:
    drop_rule("one_reference_region")
    member = act.invite(application, government("Brugge"), by=editor)
    give_rule("one_reference_region")
    with pytest.raises(ValidationError, match="Brugge ligt in"):
        act.accept(member, by=approver("Brugge"))


def test_without_the_rule_a_government_joins_as_often_as_it_likes(call: Call, editor: Actor) -> None:
    first, second = make_application(call, "Kalmthout"), make_application(call, "Brasschaat")
    joined(first, "Essen", editor)
    member = joined(second, "Essen", person(Role.GOVERNMENT_EDITOR, "Brasschaat"))
    assert member.exclusive_in is None


def test_one_partnership_for_the_member_and_for_the_applicant(call: Call, editor: Actor) -> None:
    give_rule("one_partnership", since=1)
    first, second = make_application(call, "Kalmthout"), make_application(call, "Brasschaat")
    brasschaat = person(Role.GOVERNMENT_EDITOR, "Brasschaat")
    assert joined(first, "Essen", editor).exclusive_in == call
    assert first.members.get(is_applicant=True).exclusive_in == call, "the applicant is in a partnership too"
    asked = act.invite(second, government("Essen"), by=brasschaat)
    with pytest.raises(ValidationError, match=r"Essen doet al mee aan de samenwerking van Kalmthout \(aanvraag 1\)"):
        act.accept(asked, by=approver("Essen"))
    lead = act.invite(second, government("Kalmthout"), by=brasschaat)
    with pytest.raises(ValidationError, match="Kalmthout doet al mee"):
        act.accept(lead, by=approver("Kalmthout"))
    asked.refresh_from_db()
    assert asked.state == INVITED, "nothing is half written"
    assert second.members.get(is_applicant=True).exclusive_in is None


def test_who_leaves_is_free_again(call: Call, editor: Actor) -> None:
    give_rule("one_partnership", since=1)
    first, second = make_application(call, "Kalmthout"), make_application(call, "Brasschaat")
    member = joined(first, "Essen", editor)
    act.release(member, by=editor)
    assert first.members.get(is_applicant=True).exclusive_in is None, "who applies alone uses nothing up"
    assert joined(second, "Essen", person(Role.GOVERNMENT_EDITOR, "Brasschaat")).state == ACCEPTED


@pytest.fixture
def old_arrangements() -> None:
    """In round 1 Essen applied with Kalmthout; Brugge, far away, with Kalmthout as well."""
    with audit.recording(by=BY) as log:
        for entry in ListedPartnership.objects.filter(round=round_one()):
            log.remove(entry, verb="test.list")
    printed = [PrintedPartnership("Antwerpen", "Kalmthout", ("Essen", "Brugge"), "proeflijst")]
    record_partnerships(round_one(), printed, by=BY)


def make_call_of(number: int) -> Call:
    found = Round.objects.get(programme=round_one().programme, number=number)
    return make_call(round=found)


@pytest.mark.usefixtures("old_arrangements")
def test_a_printed_arrangement_goes_on_beside_another(editor: Actor) -> None:
    call = make_call_of(2)
    old, fresh = make_application(call, "Kalmthout"), make_application(call, "Brasschaat")
    member = joined(old, "Essen", editor)
    assert (member.exclusive_in, member.exception) == (None, "samenwerking van ronde 1, loopt door")
    assert old.members.get(is_applicant=True).exception == member.exception
    other = joined(fresh, "Essen", person(Role.GOVERNMENT_EDITOR, "Brasschaat"))
    assert (other.exclusive_in, other.exception) == (call, "")


@pytest.mark.usefixtures("old_arrangements")
def test_an_arrangement_that_goes_on_may_cross_a_region(editor: Actor) -> None:
    application = make_application(make_call_of(2), "Kalmthout")
    assert joined(application, "Brugge", editor).state == ACCEPTED
    with pytest.raises(ValidationError, match="Gent ligt in"):
        act.invite(application, government("Gent"), by=editor)


@pytest.mark.usefixtures("old_arrangements")
def test_members_of_an_earlier_application_may_go_on(call: Call, editor: Actor) -> None:
    make_application(call, "Kalmthout", state=ApplicationState.DECIDED, members=("Wuustwezel",))
    make_application(call, "Brasschaat", state=ApplicationState.WITHDRAWN, members=("Kapellen",))
    now = make_application(make_call_of(2), "Kalmthout")
    assert joined(now, "Wuustwezel", editor).exception
    assert not joined(now, "Kapellen", editor).exception, "what was withdrawn was no arrangement"


def test_a_share_goes_with_who_leaves(call: Call, editor: Actor) -> None:
    application = make_application(call, "Kalmthout", {5: (1, 900)}, members=("Essen",))
    line, member = application.lines.get(), application.members.get(is_applicant=False)
    with audit.recording(by=BY) as log:
        log.create(LineShare(line=line, member=member, planned=300), verb="test.share")
        for kind in (IncentiveKind.COOPERATION, IncentiveKind.IMPACT_BOND):
            asked = Incentive(application=application, kind=kind, organisation=application.applicant, amount=10000)
            log.create(asked, verb="test.incentive")
    act.release(member, "Fusie op til.", by=editor)
    assert not LineShare.objects.filter(line=line).exists()
    kinds = set(application.incentives.values_list("kind", flat=True))
    assert kinds == {IncentiveKind.IMPACT_BOND}, "nobody cooperates any more"
    member.refresh_from_db()
    assert (member.state, member.reason) == (RELEASED, "Fusie op til.")


def test_the_applicant_stays(application: Application, editor: Actor) -> None:
    with pytest.raises(ValidationError, match="blijft lid"):
        act.release(application.members.get(), by=editor)


@pytest.mark.parametrize("name", ["Kalmthout", "Essen"])
def test_both_sides_can_end_it(application: Application, editor: Actor, name: str) -> None:
    member = joined(application, "Essen", editor)
    assert act.release(member, by=approver(name)).state == RELEASED


@pytest.mark.parametrize("state", [s for s in ApplicationState if s != "draft"])
def test_only_a_draft_changes_its_members(call: Call, state: str) -> None:
    application = make_application(call, "Kalmthout", state=state, members=("Essen",))
    member, lead = application.members.get(is_applicant=False), approver("Kalmthout")
    with pytest.raises(ValidationError, match="toestand is nu"):
        act.invite(application, government("Kapellen"), by=lead)
    with pytest.raises(ValidationError, match="toestand is nu"):
        act.release(member, by=lead)


def test_not_after_the_closing(application: Application, editor: Actor) -> None:
    member = act.invite(application, government("Essen"), by=editor)
    with time_machine.travel(CLOSES, tick=False):
        with pytest.raises(ValidationError, match="gesloten"):
            act.accept(member, by=approver("Essen"))
        with pytest.raises(ValidationError, match="gesloten"):
            act.invite(application, government("Kapellen"), by=editor)
        assert act.decline(member, "Te laat.", by=approver("Essen")).state == DECLINED


@pytest.mark.parametrize("name", ["Kalmthout", "Brugge"])
def test_nobody_answers_for_another_government(application: Application, editor: Actor, name: str) -> None:
    member = act.invite(application, government("Essen"), by=editor)
    steps: list[Callable[[], object]] = [
        lambda: act.accept(member, by=approver(name)),
        lambda: act.decline(member, "x", by=approver(name)),
    ]
    for answer in steps:
        with pytest.raises(PermissionDenied):
            answer()


def test_a_search_shows_regions_and_who_is_there(application: Application, editor: Actor) -> None:
    act.invite(application, government("Essen"), by=editor)
    [essen] = [found for found in candidates(application, "essen") if found.organisation.name == "Essen"]
    assert essen.takes_part
    assert not essen.other_region
    [bruges] = candidates(application, "Brugge")
    assert bruges.other_region
    assert bruges.region
    assert candidates(application, "Vereniging van Vlaamse") == []
    assert candidates(application, " ") == []
