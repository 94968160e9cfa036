from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.models import AuditEvent
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.applications.actions.decisions import (
    discard_decisions,
    explain,
    prepare_decisions,
    publish_decisions,
    sign,
)
from draad.applications.models import (
    Application,
    ApplicationState,
    Assessment,
    Decision,
    DecisionList,
    DecisionListState,
    GrantLine,
    LineAdvice,
    Notice,
    Outcome,
    Payment,
    ScenarioState,
)
from draad.applications.queries.decisions import content_hash, decisions_of
from draad.applications.states import DECISIONS
from tests.applications.deciding import (
    SECOND,
    THIRD,
    advised,
    chosen,
    eligible,
    incentive,
    manager,
    prepared,
    published,
    signed,
    two_applications,
)
from tests.applications.making import BY, DURING, make_application, make_call, person

pytestmark = pytest.mark.django_db
MANAGING = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
SHORT = {("Gent", 9): "20000.00", ("Aalst", 9): "0.00"}


def decision_on(decision_list: DecisionList, applicant: str) -> Decision:
    return next(d for d in decisions_of(decision_list) if d.application.applicant.name == applicant)


def give(instance: object, **values: object) -> None:
    with audit.recording(by=BY) as log:
        log.change(instance, verb="test.give", **values)  # type: ignore[type-var]


# prepare ----------------------------------------------------------------------------------------------------------
def test_what_is_granted_stands_beside_what_was_asked() -> None:
    gent = decision_on(prepared(awards=SHORT), "Gent")
    assert (gent.requested, gent.granted, gent.outcome) == (Decimal("103000.00"), Decimal("84000.00"), "partly")
    assert [(part.requested, part.amount, part.units, part.outcome) for part in gent.lines.all()] == [
        (Decimal("54000.00"), Decimal("54000.00"), 900, "granted"),
        (Decimal("39000.00"), Decimal("20000.00"), 30, "partly"),
    ]
    assert [(part.amount, part.outcome) for part in gent.incentives.all()] == [(Decimal("10000.00"), "granted")]
    assert Application.objects.get(pk=gent.application_id).requested == Decimal("93000.00")


def test_the_list_adds_up_to_the_distribution() -> None:
    made = prepared(awards=SHORT)
    assert made.scenario is not None
    assert made.granted == made.scenario.granted + made.scenario.reserved == Decimal("84000.00")


def test_less_than_asked_begins_with_the_budget_as_reason() -> None:
    made = prepared(awards=SHORT)
    gent, aalst = decision_on(made, "Gent"), decision_on(made, "Aalst")
    assert (gent.reason_key, aalst.reason_key, aalst.outcome) == ("budget", "budget", Outcome.REFUSED)
    assert [part.reason_key for part in gent.lines.all()] == ["", "budget"]


def test_a_line_that_the_advice_cut_begins_with_the_advice_as_reason() -> None:
    call = two_applications()
    application = Application.objects.get(applicant__name="Aalst")
    line = application.lines.get()
    with audit.recording(by=BY) as log:
        assessment = log.create(Assessment(application=application, started_at=DURING), verb="test.assess")
        log.create(
            LineAdvice(assessment=assessment, line=line, advice="partly", units=20, reason="Bestaat al."),
            verb="test.advice",
        )
    aalst = decision_on(prepared(call), "Aalst")
    assert (aalst.granted, aalst.reason_key, aalst.reason) == (Decimal("13000.00"), "advice", "Bestaat al.")
    assert [(part.units, part.reason_key, part.reason) for part in aalst.lines.all()] == [
        (20, "advice", "Bestaat al.")
    ]


def test_who_is_not_eligible_is_refused_with_that_reason() -> None:
    call = make_call()
    advised(call, "Gent", {5: (1, 100)})
    refused = make_application(call, "Aalst", {9: (1, 40)}, state=ApplicationState.ADVISED)
    incentive(eligible(refused, yes=False))
    aalst = decision_on(prepared(call), "Aalst")
    assert (aalst.outcome, aalst.reason_key, aalst.reason) == ("refused", "not_eligible", "volgens het dossier")
    assert aalst.granted == 0
    assert [part.reason_key for part in [*aalst.lines.all(), *aalst.incentives.all()]] == ["not_eligible"] * 2


def test_drafts_and_withdrawn_applications_are_not_decided() -> None:
    call = two_applications()
    make_application(call, "Genk", {9: (1, 40)})
    make_application(call, "Brugge", {9: (1, 40)}, state=ApplicationState.WITHDRAWN)
    assert {d.application.applicant.name for d in decisions_of(prepared(call))} == {"Gent", "Aalst"}


def test_every_application_needs_advice_first() -> None:
    call = two_applications()
    scenario = chosen(call)
    for name in ("Genk", "Brugge"):
        eligible(make_application(call, name, {9: (1, 40)}, state=ApplicationState.SUBMITTED))
    with pytest.raises(ValidationError, match="Nog 2 aanvragen hebben geen advies: Genk en Brugge"):
        prepare_decisions(scenario, by=manager())


def test_many_names_are_cut_short() -> None:
    call = two_applications()
    scenario = chosen(call)
    for name in ("Genk", "Brugge", "Leuven", "Mechelen", "Kortrijk", "Oostende", "Hasselt"):
        eligible(make_application(call, name, {9: (1, 40)}, state=ApplicationState.ASSESSMENT))
    with pytest.raises(ValidationError, match="Kortrijk en 2 andere"):
        prepare_decisions(scenario, by=manager())


def test_a_distribution_of_other_claims_is_not_decided() -> None:
    call = two_applications()
    scenario = chosen(call)
    advised(call, "Genk", {9: (1, 40)})
    with pytest.raises(ValidationError, match="zijn veranderd sinds deze verdeling"):
        prepare_decisions(scenario, by=manager())


def test_eligibility_must_be_decided_first() -> None:
    call = two_applications()
    make_application(call, "Genk", {9: (1, 40)}, state=ApplicationState.ADVISED)
    with pytest.raises(ValidationError, match="of ze in aanmerking komen: Genk"):
        prepare_decisions(chosen(call), by=manager())


@pytest.mark.parametrize("state", [ScenarioState.KEPT, ScenarioState.PROPOSED])
def test_only_a_chosen_distribution_is_decided(state: str) -> None:
    with pytest.raises(ValidationError, match="Kies eerst een verdeling"):
        prepare_decisions(chosen(two_applications(), state=state), by=manager())


def test_a_distribution_is_decided_once() -> None:
    made = prepared()
    assert made.scenario is not None
    with pytest.raises(ValidationError, match="al voorbereid"):
        prepare_decisions(made.scenario, by=manager())


def test_awards_that_do_not_add_up_are_refused_and_nothing_is_stored() -> None:
    scenario = chosen(two_applications(), granted=Decimal("1.00"))
    with pytest.raises(ValidationError, match=r"tellen op tot .*119.000,00, de verdeling tot .*1,00"):
        prepare_decisions(scenario, by=manager())
    assert not DecisionList.objects.exists()


def test_incentives_do_not_cost_more_than_was_reserved() -> None:
    with pytest.raises(ValidationError, match="stimulansen kosten"):
        prepare_decisions(chosen(two_applications(), reserved=Decimal("5000.00")), by=manager())


def test_a_distribution_that_reserves_nothing_pays_incentives_from_elsewhere() -> None:
    made = prepare_decisions(chosen(two_applications(), reserved=Decimal(0)), by=manager())
    assert made.granted == Decimal("129000.00")


# explain ----------------------------------------------------------------------------------------------------------
def test_reasons_are_changed_and_amounts_stay() -> None:
    made = prepared(awards=SHORT)
    gent = decision_on(made, "Gent")
    cut = next(part for part in gent.lines.all() if part.outcome == "partly")
    changed = explain(gent, {gent: ("terms", " Geen werving. "), cut: ("other", "Te veel.")}, revision=0, by=manager())
    again = decision_on(made, "Gent")
    assert (again.reason_key, again.reason, again.granted) == ("terms", "Geen werving.", gent.granted)
    assert changed.revision == 1


def test_saving_the_same_reasons_changes_nothing() -> None:
    made = signed(prepared(awards=SHORT))
    gent = decision_on(made, "Gent")
    kept = explain(gent, {gent: ("budget", "")}, revision=0, by=manager())
    assert (kept.state, kept.revision, kept.signatures.count()) == ("signed", 0, 2)


def test_changing_a_reason_makes_signatures_lapse() -> None:
    made = signed(prepared(awards=SHORT))
    gent = decision_on(made, "Gent")
    changed = explain(gent, {gent: ("terms", "")}, revision=0, by=manager())
    assert (changed.state, changed.signatures.count()) == ("prepared", 0)
    assert AuditEvent.objects.filter(verb="applications.signature.lapse").count() == 2


def test_a_second_writer_is_told() -> None:
    made = prepared(awards=SHORT)
    gent, aalst = decision_on(made, "Gent"), decision_on(made, "Aalst")
    explain(gent, {gent: ("terms", "")}, revision=0, by=manager())
    with pytest.raises(ChangedMeanwhileError):
        explain(aalst, {aalst: ("terms", "")}, revision=0, by=manager(SECOND))
    assert decision_on(made, "Aalst").reason_key == "budget"


def test_a_reason_that_says_too_little_stores_nothing() -> None:
    made = prepared(awards=SHORT)
    gent = decision_on(made, "Gent")
    cut = next(part for part in gent.lines.all() if part.outcome == "partly")
    with pytest.raises(ValidationError, match="Leg deze reden uit"):
        explain(gent, {gent: ("terms", ""), cut: ("other", "")}, revision=0, by=manager())
    assert decision_on(made, "Gent").reason_key == "budget"


# sign -------------------------------------------------------------------------------------------------------------
def test_two_people_sign() -> None:
    made = prepared()
    once = sign(made, revision=0, by=manager())
    assert once.state == DecisionListState.PREPARED
    twice = sign(made, revision=0, by=manager(SECOND, Role.ADMINISTRATOR))
    assert twice.state == DecisionListState.SIGNED
    assert {s.sha256 for s in twice.signatures.all()} == {content_hash(decisions_of(made))}


def test_the_same_person_signs_once() -> None:
    made = sign(prepared(), revision=0, by=manager())
    with pytest.raises(ValidationError, match="U hebt al ondertekend"):
        sign(made, revision=0, by=manager())


def test_the_database_holds_a_person_to_one_signature() -> None:
    made = sign(prepared(), revision=0, by=manager())
    signature = made.signatures.get()
    signature.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=BY) as log:
        log.create(signature, verb="test.again")


def test_the_system_does_not_sign() -> None:
    with pytest.raises(ValidationError, match="Alleen een persoon"):
        sign(prepared(), revision=0, by=system("test"))


def test_nobody_signs_another_list_than_was_read() -> None:
    made = prepared(awards=SHORT)
    gent = decision_on(made, "Gent")
    explain(gent, {gent: ("terms", "")}, revision=0, by=manager())
    with pytest.raises(ChangedMeanwhileError):
        sign(made, revision=0, by=manager(SECOND))


def test_the_hash_changes_with_every_part() -> None:
    made = prepared(awards=SHORT)
    before = content_hash(decisions_of(made))
    line = GrantLine.objects.filter(decision__decision_list=made).first()
    assert line is not None
    for values in ({"reason": "Anders."}, {"units": 1}, {"amount": Decimal("1.00")}):
        give(line, **values)
        after = content_hash(decisions_of(made))
        assert after != before
        before = after


# publish ----------------------------------------------------------------------------------------------------------
def test_publishing_decides_applications_and_freezes_accounts() -> None:
    made = published()
    assert (made.state, made.published_by) == ("published", manager().user)
    for decision in decisions_of(made):
        assert decision.standing
        assert (decision.iban, decision.account_holder) == ("BE68539007547034", decision.application.applicant.name)
        assert decision.application.state == ApplicationState.DECIDED


def test_an_account_that_changes_later_does_not_change_the_decision() -> None:
    made = published()
    application = decision_on(made, "Gent").application
    give(application, iban="BE71096123456769")
    assert decision_on(made, "Gent").iban == "BE68539007547034"


def test_publishing_plans_the_advance_and_lets_the_balance_wait() -> None:
    published(prepared(awards=SHORT))
    assert list(Payment.objects.order_by("kind").values_list("kind", "state", "amount", "reason")) == [
        ("advance", "planned", Decimal("67200.00"), ""),
        ("balance", "waiting", Decimal("16800.00"), "Wacht op het eindrapport."),
    ]


def test_publishing_tells_the_people_of_each_applicant(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    made = signed()
    approver = person(Role.GOVERNMENT_APPROVER, "Gent").user
    assert approver is not None
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        publish_decisions(made, by=manager())
    assert sorted(Notice.objects.get(application__applicant__name="Gent").recipients) == sorted(
        [approver.email, "ans@example.org"]
    )
    to = [message.to[0] for message in mail.outbox]
    assert to.count("ans@example.org") == 2
    assert "/brief/" in mail.outbox[0].body


def test_nothing_is_planned_for_who_gets_nothing() -> None:
    published(prepared(awards=SHORT))
    assert not Payment.objects.filter(decision__application__applicant__name="Aalst").exists()


def test_two_signatures_are_needed() -> None:
    made = sign(prepared(), revision=0, by=manager())
    give(made, state=DecisionListState.SIGNED)
    with pytest.raises(ValidationError, match="Er is nog 1 handtekening nodig"):
        publish_decisions(made, by=manager())


def test_a_signature_under_something_else_does_not_count() -> None:
    made = signed(prepared(awards=SHORT))
    give(decision_on(made, "Gent"), reason="Stilletjes veranderd.")
    with pytest.raises(ValidationError, match="Er zijn nog 2 handtekeningen nodig"):
        publish_decisions(made, by=manager())


def test_amounts_are_added_up_again() -> None:
    made = signed()
    give(decision_on(made, "Gent"), granted=Decimal("1.00"))
    with pytest.raises(ValidationError, match="tellen op tot"):
        publish_decisions(made, by=manager())


def test_a_withdrawn_application_stops_the_publication() -> None:
    made = signed()
    give(decision_on(made, "Aalst").application, state=ApplicationState.WITHDRAWN)
    with pytest.raises(ValidationError, match="Niet langer klaar om te beslissen: Aalst"):
        publish_decisions(made, by=manager())
    assert not Payment.objects.exists()


@pytest.mark.parametrize("values", [{"iban": ""}, {"iban": "BE68539007547035"}, {"account_holder": " "}])
def test_a_grant_that_cannot_be_paid_stops_the_publication(values: dict[str, str]) -> None:
    made = signed()
    give(decision_on(made, "Aalst").application, **values)
    with pytest.raises(ValidationError, match="Zonder geldig rekeningnummer of naam van de rekeninghouder: Aalst"):
        publish_decisions(made, by=manager())


def test_an_application_has_one_standing_decision() -> None:
    made = published()
    gent = decision_on(made, "Gent")
    other = DecisionList(call=made.call, number=9, prepared_at=made.prepared_at, granted=Decimal(0))
    second = Decision(
        decision_list=other, application=gent.application, outcome="granted", requested=Decimal(0), granted=Decimal(0),
        standing=True,
    )  # fmt: skip
    with audit.recording(by=BY) as log:
        log.create(other, verb="test.list")
    with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=BY) as log:
        log.create(second, verb="test.second")


# discard ----------------------------------------------------------------------------------------------------------
def test_a_discarded_list_makes_room_for_another() -> None:
    made = prepared()
    assert made.scenario is not None
    discard_decisions(made, reason="Fout in de verdeling.", by=manager())
    again = prepare_decisions(made.scenario, by=manager())
    assert (again.number, Decision.objects.count()) == (2, 4)
    event = AuditEvent.objects.get(verb="applications.decisions.discard")
    assert event.reason == "Fout in de verdeling."


def test_discarding_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="Schrijf waarom"):
        discard_decisions(prepared(), reason=" ", by=manager())


# every transition, every role -------------------------------------------------------------------------------------
def do(name: str, decision_list: DecisionList, by: Actor) -> DecisionList:
    if name == "prepare":
        assert decision_list.scenario is not None
        return prepare_decisions(decision_list.scenario, by=by)
    if name == "edit":
        gent = decision_on(decision_list, "Gent")
        return explain(gent, {gent: ("terms", "")}, revision=decision_list.revision, by=by)
    if name in ("sign", "sign_last"):
        return sign(decision_list, revision=decision_list.revision, by=by)
    if name == "publish":
        return publish_decisions(decision_list, by=by)
    return discard_decisions(decision_list, reason="proef", by=by)


def in_state(state: str) -> DecisionList:
    made = prepared(awards=SHORT)
    if state == DecisionListState.DISCARDED:
        return discard_decisions(made, reason="proef", by=manager())
    if state == DecisionListState.PREPARED:
        return made
    return published(made) if state == DecisionListState.PUBLISHED else signed(made)


NAMES = [transition.name for transition in DECISIONS]
ALLOWED = {transition.name: transition for transition in DECISIONS}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "prepare"])
@pytest.mark.parametrize("state", DecisionListState.values)
def test_a_step_is_allowed_in_the_states_of_the_table_only(name: str, state: str) -> None:
    made = in_state(state)
    if state in ALLOWED[name].before:
        do(name, made, manager(THIRD))
    else:
        with pytest.raises(ValidationError, match="de toestand is nu"):
            do(name, made, manager(THIRD))


@pytest.mark.parametrize("name", NAMES)
def test_a_step_is_for_managers_only(name: str) -> None:
    made = prepared(awards=SHORT)
    for by in [Actor(), *(person(role) for role in Role if role not in MANAGING)]:
        with pytest.raises(PermissionDenied):
            do(name, made, by)
