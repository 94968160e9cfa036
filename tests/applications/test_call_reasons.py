"""The reasons of a call: what it begins with, who changes them, and what was decided keeps its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from draad.accounts import audit
from draad.accounts.models import AuditEvent
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.applications.actions.callreasons import COPIED, add_reason, change_reason
from draad.applications.actions.calls import cancel_call, discard_call, start_call
from draad.applications.actions.decisions import explain
from draad.applications.models import Call, Decision, DecisionReason
from draad.applications.queries.decisions import content_hash, decisions_of, reasons_of
from draad.applications.queries.letters import decisions_with_letters, letter_of
from draad.applications.reasons import DEFAULT_REASONS, GIVEN
from draad.programmes.models import Round
from tests.applications.deciding import manager, prepared, published
from tests.applications.desks import UNMEASURED
from tests.applications.making import BY, make_call, person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role | None], Client]
WORK = "/beheer/oproepen/plan-samenleven/ronde-1/"
SHORT = {("Gent", 9): "20000.00", ("Aalst", 9): "0.00"}
NEW = {
    "key": "dubbel", "sentence": "Dit is dubbel gevraagd.", "sentence_en": "This was asked twice.", "partly": True,
    "refused": True, "needs_text": False, "in_use": True, "place": None,
}  # fmt: skip


def values_of(reason: DecisionReason, **more: Any) -> dict[str, Any]:
    return {name: getattr(reason, name) for name in COPIED} | more


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def next_round(call: Call) -> Round:
    found: Round = Round.objects.get(programme=call.round.programme, number=call.round.number + 1)
    return found


# what a call begins with ------------------------------------------------------------------------------------------
def test_a_first_call_begins_with_the_usual_reasons_in_order() -> None:
    call = start_call(Round.objects.get(programme__slug="plan-samenleven", number=1), by=manager())
    assert list(reasons_of(call)) == [usual.key for usual in DEFAULT_REASONS]
    assert all(reason.sentence and reason.sentence_en for reason in call.reasons.all())


def test_the_next_call_begins_with_those_of_the_one_before() -> None:
    call = make_call()
    made = add_reason(call, NEW, by=manager())
    budget = call.reasons.get(key="budget")
    change_reason(budget, values_of(budget, sentence="Op is op."), revision=0, by=manager())
    copied = reasons_of(start_call(next_round(call), by=manager()))
    assert values_of(copied["dubbel"]) == values_of(made)
    assert copied["budget"].sentence == "Op is op."
    assert copied["budget"].revision == 0


def test_a_draft_is_thrown_away_with_its_reasons() -> None:
    call = start_call(next_round(make_call()), by=manager())
    discard_call(call, by=manager())
    assert not DecisionReason.objects.filter(call=call.pk).exists()
    assert AuditEvent.objects.filter(verb="applications.call.reason.remove").count() == len(DEFAULT_REASONS)


# writing them -----------------------------------------------------------------------------------------------------
def test_a_reason_comes_after_the_others_unless_a_place_is_given() -> None:
    call = make_call()
    add_reason(call, NEW, by=manager())
    add_reason(call, {**NEW, "key": "eerst", "place": 1}, by=manager())
    keys = list(reasons_of(call))
    assert keys[-1] == "dubbel"
    assert keys[:2] == ["budget", "eerst"], "of two in one place the older one stays first"


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"key": "budget"}, "key", "al een reden met de code budget"),
        ({"sentence": " "}, "sentence", "Schrijf de zin"),
        ({"sentence_en": ""}, "sentence_en", "Schrijf de zin"),
        ({"partly": False, "refused": False}, "partly", "Kies minstens één"),
    ],
)
def test_what_a_reason_lacks_is_said_at_its_field(more: dict[str, Any], field: str, says: str) -> None:
    call = make_call()
    with pytest.raises(ValidationError) as refused:
        add_reason(call, NEW | more, by=manager())
    assert says in refused.value.message_dict[field][0]
    assert call.reasons.count() == len(DEFAULT_REASONS)


@pytest.mark.parametrize("key", GIVEN)
def test_what_draad_gives_by_itself_stays_in_use(key: str) -> None:
    reason = make_call().reasons.get(key=key)
    with pytest.raises(ValidationError, match="blijft in gebruik"):
        change_reason(reason, values_of(reason, in_use=False), revision=0, by=manager())
    with pytest.raises(ValidationError, match="Laat dit aangevinkt"):
        change_reason(reason, values_of(reason, refused=False, partly=True), revision=0, by=manager())
    assert change_reason(reason, values_of(reason, sentence="Anders gezegd."), revision=0, by=manager()).revision == 1


def test_the_second_writer_is_told_and_nothing_is_overwritten() -> None:
    reason = make_call().reasons.get(key="terms")
    change_reason(reason, values_of(reason, sentence="Eerst."), revision=0, by=manager())
    with pytest.raises(ChangedMeanwhileError):
        change_reason(reason, values_of(reason, sentence="Daarna."), revision=0, by=manager())
    reason.refresh_from_db()
    assert reason.sentence == "Eerst."


def test_saving_the_same_words_writes_nothing() -> None:
    reason = make_call().reasons.get(key="terms")
    assert change_reason(reason, values_of(reason), revision=0, by=manager()).revision == 0
    assert not AuditEvent.objects.filter(verb="applications.call.reason.change").exists()


def test_the_reasons_of_a_cancelled_call_stay() -> None:
    call = make_call()
    cancel_call(call, reason="Geen geld.", by=manager())
    with pytest.raises(ValidationError, match="ingetrokken"):
        add_reason(call, NEW, by=manager())
    with pytest.raises(ValidationError, match="ingetrokken"):
        change_reason(call.reasons.get(key="terms"), NEW, revision=0, by=manager())


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.GOVERNMENT_APPROVER, Role.READER])
def test_only_managers_write_reasons(role: Role) -> None:
    call = make_call()
    with pytest.raises(PermissionDenied):
        add_reason(call, NEW, by=person(role))
    with pytest.raises(PermissionDenied):
        change_reason(call.reasons.get(key="terms"), NEW, revision=0, by=person(role))


@pytest.mark.parametrize(
    "more", [{"sentence": ""}, {"sentence_en": ""}, {"partly": False, "refused": False}, {"key": "budget"}]
)
def test_the_database_refuses_a_reason_that_says_nothing(more: dict[str, Any]) -> None:
    call = make_call()
    with audit.recording(by=BY) as log, pytest.raises(IntegrityError), transaction.atomic():
        log.create(DecisionReason(call=call, **NEW | {"place": 9} | more), verb="test.reason")


# what was decided -------------------------------------------------------------------------------------------------
def letter_to(applicant: str) -> str:
    decision = decisions_with_letters(Decision.objects.filter(application__applicant__name=applicant)).get()
    return " ".join(letter_of(decision, 80).paragraphs)


def test_a_letter_keeps_the_words_of_its_day() -> None:
    made = published(prepared(awards=SHORT))
    before = letter_to("Gent")
    reason = made.call.reasons.get(key="budget")
    change_reason(reason, values_of(reason, sentence="Op is op."), revision=0, by=manager())
    assert letter_to("Gent") == before
    assert "Het budget volstaat niet voor alle aanvragen." in before


def test_a_decision_that_is_explained_anew_takes_the_newest_words() -> None:
    made = prepared(awards=SHORT)
    reason = made.call.reasons.get(key="budget")
    change_reason(reason, values_of(reason, sentence="Op is op."), revision=0, by=manager())
    gent = decisions_of(made).get(application__applicant__name="Gent")
    assert "Op is op." not in letter_to("Gent")
    explain(gent, {gent: ("budget", "")}, revision=0, by=manager())
    assert "Op is op." in letter_to("Gent")


def test_a_signature_stands_under_the_words_too() -> None:
    decisions = list(decisions_of(prepared(awards=SHORT)))
    before = content_hash(decisions)
    decisions[0].reason_sentence = "Andere woorden."
    assert content_hash(decisions) != before


def test_who_decides_chooses_among_the_reasons_of_the_call(sign_in: SignIn) -> None:
    made = prepared(awards=SHORT)
    add_reason(made.call, {**NEW, "partly": False}, by=manager())
    terms = made.call.reasons.get(key="terms")
    change_reason(terms, values_of(terms, in_use=False), revision=0, by=manager())
    client = sign_in(Role.PROGRAMME_MANAGER)
    pages = {
        d.application.applicant.name: client.get(f"/beslissingen/beslissing-{d.pk}/").content.decode()
        for d in decisions_of(made)
    }
    assert "Dit is dubbel gevraagd." in pages["Aalst"], "refused"
    assert "Dit is dubbel gevraagd." not in pages["Gent"], "partly granted"
    assert all("Dit past niet bij de voorwaarden" not in page for page in pages.values()), "out of use"
    gent = decisions_of(made).get(application__applicant__name="Gent")
    assert "The budget does not cover" in client.get(f"/en/beslissingen/beslissing-{gent.pk}/").content.decode()


# the pages --------------------------------------------------------------------------------------------------------
@pytest.fixture
def client_of_manager(sign_in: SignIn) -> Client:
    return sign_in(Role.PROGRAMME_MANAGER)


def test_reasons_are_set_up_by_clicking(client_of_manager: Client) -> None:
    make_call()
    assert "Het budget volstaat niet voor alle aanvragen." in words(client_of_manager.get(WORK))
    typed = {"key": "dubbel", "sentence": "Dubbel gevraagd.", "sentence_en": "Asked twice.", "refused": "on",
             "in_use": "on", "place": ""}  # fmt: skip
    page = words(client_of_manager.post(f"{WORK}redenen/nieuw/", typed, follow=True))
    assert "De reden staat in de lijst." in page
    assert "Dubbel gevraagd." in page
    made = DecisionReason.objects.get(key="dubbel")
    assert (made.partly, made.refused, made.place) == (False, True, len(DEFAULT_REASONS) + 1)
    edit = f"{WORK}redenen/dubbel/"
    shown = client_of_manager.get(edit).content.decode()
    assert 'name="key"' not in shown, "a code stays"
    again = {**typed, "revision": "0", "sentence": "Twee keer gevraagd.", "place": "2"}
    assert "De reden is bewaard." in words(client_of_manager.post(edit, again, follow=True))
    stale = client_of_manager.post(edit, {**again, "sentence": "Te laat gezien."})
    assert stale.status_code == 409
    assert "Nu bewaard: Twee keer gevraagd." in words(stale)
    assert "Te laat gezien." in stale.content.decode(), "what was typed stays"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"sentence": ""}, "Schrijf de zin zoals het bestuur ze leest."),
        ({"key": "met spatie"}, "Gebruik enkel letters, cijfers en streepjes"),
        ({"key": "budget"}, "al een reden met de code budget"),
        ({"refused": ""}, "Kies minstens één"),
        ({"place": "veel"}, "Volgorde: “veel” is geen getal"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client_of_manager: Client, more: dict[str, str], says: str
) -> None:
    make_call()
    typed = {"key": "dubbel", "sentence": "Dubbel.", "sentence_en": "Asked twice.", "refused": "on"} | more
    response = client_of_manager.post(f"{WORK}redenen/nieuw/", typed)
    assert response.status_code == 422
    assert says in words(response)
    assert "Asked twice." in response.content.decode()


def test_a_reason_that_does_not_exist(client_of_manager: Client) -> None:
    make_call()
    assert client_of_manager.get(f"{WORK}redenen/zomaar/").status_code == 404


def test_every_usual_reason_is_for_an_outcome() -> None:
    assert all(usual.partly or usual.refused for usual in DEFAULT_REASONS)
    assert set(GIVEN) <= {usual.key for usual in DEFAULT_REASONS}


# what was there before ----------------------------------------------------------------------------------------------
def test_what_was_decided_before_gets_the_words_that_its_letter_had() -> None:
    """The migration, on today's tables: a call without reasons, and decisions that only know a key."""
    migration = import_module("draad.applications.migrations.0007_reasons_and_why")
    made = prepared(awards=SHORT)
    blank = {"reason_sentence": "", "reason_sentence_en": ""}
    with audit.recording(by=BY) as log:
        for reason in made.call.reasons.all():
            log.remove(reason, verb="test.remove")
        for decision in decisions_of(made):
            for part in (decision, *decision.lines.all(), *decision.incentives.all()):
                log.change(part, verb="test.blank", **blank)
        log.change(made, verb="test.blank", appeal="")
        migration.give_words(apps, None)
    assert list(reasons_of(made.call)) == [usual.key for usual in DEFAULT_REASONS]
    for usual in DEFAULT_REASONS:
        stored = made.call.reasons.get(key=usual.key)
        assert (stored.sentence, stored.sentence_en, stored.needs_text, stored.partly, stored.refused) == (
            usual.sentence, usual.sentence_en, usual.needs_text, usual.partly, usual.refused,
        )  # fmt: skip
    gent = decisions_of(made).get(application__applicant__name="Gent")
    assert [part.words for part in gent.lines.all()] == ["", "Het budget volstaat niet voor alle aanvragen."]
    assert gent.shown_reason == "Het budget volstaat niet voor alle aanvragen."
    made.refresh_from_db()
    assert "Raad van State" in made.appeal


@pytest.mark.parametrize(
    ("before", "end"),
    [
        ({}, None),
        ({"end": {"priority": 2, "reached": True}}, {"priority": 2, "reach": "part"}),
        ({"end": {"priority": 3, "reached": False}}, {"priority": 3, "reach": "none"}),
    ],
)
def test_a_scenario_that_was_never_measured_gets_its_measures(before: dict[str, Any], end: Any) -> None:
    migration = import_module("draad.applications.migrations.0007_reasons_and_why")
    scenario = prepared(awards=SHORT).scenario
    assert scenario is not None
    with audit.recording(by=BY) as log:
        log.change(scenario, verb="test.before", measures=UNMEASURED | before)
        migration.measure_all(apps, None)
    scenario.refresh_from_db()
    assert scenario.measures["end"] == end
    found = migration.measured(scenario)
    assert (found["in_full"], found["nothing"]) == (0, 1)
