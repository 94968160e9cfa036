"""What an application still needs: each need appears, leads somewhere, and goes away once it is met."""

from __future__ import annotations

from typing import Any

import pytest

from draad.accounts import audit
from draad.accounts.roles import Role
from draad.applications.actions.formlines import divide_shares
from draad.applications.models import ActionClaim, Application, Attachment, AttachmentKind, Call, Member, MemberState
from draad.applications.policies.checklist import Need, Standing, blocking, checklist
from draad.applications.policies.fields import anchor
from draad.programmes.models import RoundRule
from tests.applications.filling import field_of, typing
from tests.applications.making import BY, DURING, government, indicator, make_application, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]


def change(thing: Any, **values: Any) -> None:
    with audit.recording(by=BY) as log:
        log.change(thing, verb="test", **values)


def create(thing: Any) -> Any:
    with audit.recording(by=BY) as log:
        return log.create(thing, verb="test")


def standing(application: Application, words: str) -> list[Standing]:
    return [need.standing for need in checklist(application) if words in f"{need.sentence} {need.link}"]


def open_sentences(application: Application) -> list[str]:
    return [need.sentence for need in blocking(checklist(application))]


def test_a_complete_application_needs_nothing(call: Call) -> None:
    found = checklist(make_application(call, "Gent", {5: (1, 100), 17: (2, 60)}))
    assert blocking(found) == []
    assert {need.sentence for need in found} == {
        "Elke lijn heeft een eigen prioriteit",
        "Geen actie dubbel aangevraagd",
    }


def test_an_empty_one_needs_lines_contact_account_and_statement(call: Call) -> None:
    empty = make_application(
        call, "Gent", contact_name="", contact_email="", iban="", account_holder="", cofinancing_confirmed=False
    )
    needs = blocking(checklist(empty))
    assert [need.sentence for need in needs] == [
        "Kies minstens één KPI-lijn",
        "Geef een contactpersoon",
        "Geef het e-mailadres van de contactpersoon",
        "Geef het rekeningnummer",
        "Geef de naam van de rekeninghouder",
        "Bevestig de eigen inbreng",
    ]
    assert needs[0].address == f"/aanvragen/{empty.pk}/lijnen/"
    assert needs[1].address == f"/aanvragen/{empty.pk}/#veld-contact_name"


def test_without_a_statement_in_the_call_none_is_needed(call: Call) -> None:
    found = make_application(call, "Gent", {5: (1, 100)}, cofinancing_confirmed=False)
    assert standing(found, "eigen inbreng") == [Standing.OPEN]
    change(call, cofinancing_statement="")
    assert standing(found, "eigen inbreng") == []


@pytest.mark.parametrize(("planned", "says"), [(None, "wat u bijkomend plant"), (0, "staat 0")])
def test_planned_units_are_needed(call: Call, planned: int | None, says: str) -> None:
    found = make_application(call, "Gent", {5: (1, planned)})
    assert standing(found, says) == [Standing.OPEN]


def test_existing_reach_is_only_told(call: Call) -> None:
    found = make_application(call, "Gent", {5: (1, 100)})
    change(found.lines.get(), existing=None)
    assert standing(found, "geen bestaand bereik") == [Standing.NOTE]


def test_priorities_only_where_the_round_asks_them(call: Call) -> None:
    found = make_application(call, "Gent", {5: (1, 100), 17: (1, 60), 9: (2, 5)})
    change(found.lines.get(indicator=indicator(9)), priority=None)
    assert standing(found, "prioriteit 1") == [Standing.OPEN]
    assert standing(found, "Geef een prioriteit aan") == [Standing.OPEN]
    with audit.recording(by=BY) as log:
        log.remove(RoundRule.objects.get(round=call.round, key="unique_priority"), verb="test")
    assert standing(found, "prioriteit") == []


def test_above_the_ceiling_is_told_and_does_not_block(call: Call) -> None:
    found = make_application(call, "Gent", {17: (1, 180)})
    assert standing(found, "30 boven het plafond") == [Standing.NOTE]
    assert blocking(checklist(found)) == []


def test_wrong_text_blocks_until_it_is_right(call: Call) -> None:
    found, by = make_application(call, "Gent", {5: (1, 100)}), person(Role.GOVERNMENT_EDITOR, "Gent")
    name = field_of(found, 5, "planned")
    typing(found, {name: "abc", "contact_email": "ans"}, by=by)
    needs = {need.field: need for need in blocking(checklist(found))}
    assert needs.keys() == {name, "contact_email"}
    assert (
        needs[name].sentence
        == "“abc” is niet bewaard: verbeter gepland bijkomend bereik (actie 5, volwassen anderstaligen)"
    )
    assert needs[name].address.endswith(anchor(name))
    typing(found, {name: "90", "contact_email": "ans@gent.be"}, by=by)
    assert blocking(checklist(found)) == []


def test_two_values_block_until_one_is_chosen(call: Call) -> None:
    found = make_application(call, "Gent", {5: (1, 100)}, unsaved={})
    change(found, unsaved={field_of(found, 5, "planned"): "80"})
    assert standing(found, "Kies welke waarde geldt") == [Standing.OPEN]


class TestTogether:
    """What partners need."""

    @pytest.fixture
    def pair(self, call: Call) -> Application:
        return make_application(call, "Gent", {5: (1, 100)}, members=("Aalst",))

    def test_shares(self, pair: Application) -> None:
        by = person(Role.GOVERNMENT_EDITOR, "Gent")
        assert standing(pair, "Verdeel actie 5") == [Standing.OPEN]
        line, member = pair.lines.get(), pair.members.get(is_applicant=True)
        typing(pair, {f"share:{line.pk}:{member.pk}": "60"}, by=by)
        assert standing(pair, "Geef elk lid een aandeel") == [Standing.OPEN]
        divide_shares(pair, None, by=by)
        assert standing(pair, "kloppen met elke lijn") == [Standing.DONE]
        typing(pair, {f"share:{line.pk}:{member.pk}": "60"}, by=by)
        assert standing(pair, "samen 110; gepland is 100") == [Standing.OPEN]

    def test_an_invitation_without_an_answer(self, pair: Application) -> None:
        member = pair.members.get(is_applicant=False)
        change(member, state=MemberState.INVITED)
        assert standing(pair, "Aalst heeft nog niet geantwoord") == [Standing.OPEN]
        change(member, state=MemberState.DECLINED)
        assert standing(pair, "Aalst") == []

    def test_a_mandate_where_the_round_asks_one(self, pair: Application) -> None:
        assert standing(pair, "Mandaat") == []
        create(
            RoundRule(round=pair.call.round, key="member_mandate", parameters={}, knowledge="stated", source="test")
        )
        assert standing(pair, "Mandaat van Aalst") == [Standing.OPEN]
        given = {
            "file_name": "m.pdf",
            "media_type": "application/pdf",
            "size": 1,
            "sha256": "0",
            "uploaded_at": DURING,
        }
        member: Member = pair.members.get(is_applicant=False)
        create(Attachment(application=pair, kind=AttachmentKind.MANDATE, member=member, file="m.pdf", **given))
        assert standing(pair, "Mandaat") == []

    def test_an_action_that_a_member_asks_elsewhere(self, pair: Application, call: Call) -> None:
        other = make_application(call, "Deinze", {5: (1, 10)})
        claim = {"call": call, "action": indicator(5).terms.action}
        create(ActionClaim(application=other, organisation=government("Aalst"), **claim))
        assert standing(pair, "Actie 5 is voor Aalst al aangevraagd") == [Standing.OPEN]
        assert standing(other, "Geen actie dubbel") == [Standing.DONE]


def test_what_blocks_stands_first(call: Call) -> None:
    found = make_application(call, "Gent", {17: (1, 180)}, iban="")
    assert [need.standing for need in checklist(found)] == sorted(
        [need.standing for need in checklist(found)], key=list(Standing).index
    )
    assert Need("x").blocking
    assert open_sentences(found) == ["Geef het rekeningnummer"]
