"""What a letter tells, from every kind of decision; and a list that begins at the real distribution desk."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from draad.accounts import audit
from draad.accounts.roles import Role
from draad.applications.actions.decisions import prepare_decisions
from draad.applications.actions.desk import choose_scenario, keep_scenario, propose_scenario, take_back_scenario
from draad.applications.actions.letters import remove_template, set_template
from draad.applications.forms.letters import SAMPLE, template_sentence
from draad.applications.models import Advice, Decision, DecisionList, LetterTemplate
from draad.applications.queries.decisions import decisions_of, scenarios_to_decide
from draad.applications.queries.letters import (
    decisions_with_letters,
    letter_of,
    share_paid_first,
    standing_decision,
    templates_of,
)
from draad.documents.letter_template import own_template
from draad.documents.letters import Letter
from draad.documents.word_letters import TemplateError, TemplateFault
from draad.methods.allocation import Rule
from tests.applications.deciding import advised, chosen, incentive, manager, prepared, published, two_applications
from tests.applications.desks import advise, plan
from tests.applications.making import BY, make_call, person
from tests.documents.test_word_letters import with_paragraphs

pytestmark = pytest.mark.django_db
SHORT = {("Gent", 9): "20000.00", ("Aalst", 9): "0.00"}


def letters_of(decision_list: DecisionList, share: int = 80) -> dict[str, Letter]:
    decisions = decisions_with_letters(Decision.objects.filter(decision_list=decision_list))
    return {d.application.applicant.name: letter_of(d, share) for d in decisions}


def give(instance: Any, **values: Any) -> None:
    with audit.recording(by=BY) as log:
        log.change(instance, verb="test.give", **values)


# what a letter tells ----------------------------------------------------------------------------------------------
def test_a_full_grant_says_so_and_gives_no_reason() -> None:
    call = make_call()
    advised(call, "Gent", {5: (1, 100)})
    letter = letters_of(published(prepared(call)))["Gent"]
    assert letter.paragraphs == ("U vroeg €\u00a06.000,00. U krijgt dat bedrag volledig.",)
    assert [(line.granted, line.units, line.outcome, line.reason) for line in letter.lines] == [
        ("€\u00a06.000,00", "100", "toegekend", "")
    ]


def test_a_part_comes_with_the_reason_and_why_the_budget_was_divided_so() -> None:
    letter = letters_of(published(prepared(awards=SHORT)))["Gent"]
    assert letter.paragraphs == (
        "U vroeg €\u00a0103.000,00. U krijgt €\u00a084.000,00.",
        "Het budget volstaat niet voor alle aanvragen.",
        "Zo is het budget verdeeld: De oproep kondigde aan dat prioriteiten gelden.",
    )
    assert letter.lines[1].reason == (
        "Het budget volstaat niet voor alle aanvragen. €\u00a0500,00 daarvan is geen hele eenheid."
    )
    assert letter.lines[2].action == "Stimulans: samenwerking"
    assert (letter.requested, letter.granted) == ("€\u00a0103.000,00", "€\u00a084.000,00")
    assert (letter.advance, letter.balance) == ("€\u00a067.200,00", "€\u00a016.800,00")


def test_a_refusal_has_no_advance_and_no_account() -> None:
    letter = letters_of(published(prepared(awards=SHORT)))["Aalst"]
    assert letter.paragraphs[0] == "U vroeg €\u00a026.000,00. U krijgt geen subsidie."
    assert (letter.advance, letter.balance) == ("", "")
    assert not any("rekening" in paragraph for paragraph in letter.closing)


def test_who_signed_stands_under_the_letter() -> None:
    letter = letters_of(published())["Gent"]
    assert len(letter.signatures) == 2
    assert len({signed.name for signed in letter.signatures}) == 2
    assert all(signed.date == letter.date for signed in letter.signatures)


def test_a_draft_has_no_date_and_says_that_it_is_a_draft() -> None:
    letter = letters_of(prepared())["Gent"]
    assert (letter.date, letter.mark) == ("", "Ontwerp, nog niet bekendgemaakt")


def test_a_draft_of_an_example_says_both() -> None:
    call = make_call(example=True)
    advised(call, "Gent", {5: (1, 100)})
    assert (
        letters_of(prepared(call))["Gent"].mark == "Ontwerp, nog niet bekendgemaakt. Voorbeeld, geen echte beslissing"
    )


def test_units_that_were_published_otherwise_tell_of_no_rest() -> None:
    """Published awards do not always follow from units times the amount per unit: then nothing is computed from them."""
    made = prepared(awards=SHORT)
    line = next(part for d in decisions_of(made) for part in d.lines.all() if part.amount == Decimal("20000.00"))
    give(line, units=44)
    assert letters_of(made)["Gent"].lines[1].reason == "Het budget volstaat niet voor alle aanvragen."


def test_units_that_are_unknown_are_left_empty() -> None:
    made = prepared(awards=SHORT)
    line = next(part for d in decisions_of(made) for part in d.lines.all() if part.amount == Decimal("20000.00"))
    give(line, units=None)
    assert letters_of(made)["Gent"].lines[1].units == ""


@pytest.mark.parametrize(("share", "told"), [(100, False), (80, True), (0, False)])
def test_the_instalments_are_told_when_there_are_two(share: int, told: bool) -> None:
    letter = letters_of(prepared(), share)["Gent"]
    assert any("eerst een voorschot" in paragraph for paragraph in letter.closing) is told


def test_the_share_that_is_paid_first_is_a_rule_of_the_round() -> None:
    call = make_call()
    assert share_paid_first(call) == 80
    with audit.recording(by=BY) as log:
        log.remove(call.round.rules.get(key="balance"), verb="test.remove")
    assert share_paid_first(call) == 100


def test_a_call_without_a_contact_asks_for_no_questions() -> None:
    made = prepared()
    give(made.call, contact_name="", contact_email="", contact_phone="")
    assert not any(paragraph.startswith("Vragen?") for paragraph in letters_of(made)["Gent"].closing)


def test_a_letter_is_the_same_in_every_language_of_the_reader() -> None:
    made = published(prepared(awards=SHORT))
    dutch = letters_of(made)
    with translation.override("en"):
        assert letters_of(made) == dutch


def test_letters_take_as_many_queries_whatever_their_number(django_assert_num_queries: Any) -> None:
    call = make_call()
    for name in ("Gent", "Aalst", "Genk", "Brugge", "Leuven"):
        incentive(advised(call, name, {5: (1, 10), 9: (2, 3)}))
    made = published(prepared(call))
    with django_assert_num_queries(7):
        assert len(letters_of(made)) == 5


def test_only_a_published_decision_stands() -> None:
    made = prepared()
    application = made.decisions.all()[0].application
    assert standing_decision(application) is None
    published(made)
    found = standing_decision(application)
    assert found is not None
    assert found.decision_list == made


# templates --------------------------------------------------------------------------------------------------------
def test_templates_are_those_of_the_call_or_draads_own() -> None:
    call = make_call()
    content = with_paragraphs("{{ bestuur }}")
    set_template(call, "refused", name="weigering.docx", content=content, sample=SAMPLE, by=manager())
    assert templates_of(call) == {"granted": own_template(), "partly": own_template(), "refused": content}
    remove_template(call, "refused", by=manager())
    assert templates_of(call)["refused"] == own_template()


def test_an_unsafe_template_is_not_stored() -> None:
    with pytest.raises(TemplateError):
        set_template(make_call(), "granted", name="x.docx", content=b"x", sample=SAMPLE, by=manager())
    assert not LetterTemplate.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)])
def test_templates_are_for_managers_only(role: Role) -> None:
    call, by = make_call(), person(role)
    with pytest.raises(PermissionDenied):
        set_template(call, "granted", name="x.docx", content=own_template(), sample=SAMPLE, by=by)
    with pytest.raises(PermissionDenied):
        remove_template(call, "granted", by=by)


@pytest.mark.parametrize("fault", list(TemplateFault))
def test_every_fault_of_a_template_has_a_sentence(fault: TemplateFault) -> None:
    sentence = template_sentence(TemplateError(fault, ("iets",)))
    assert sentence
    assert "%" not in sentence


# from the desk ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rule", list(Rule))
def test_a_distribution_of_the_desk_is_decided_to_the_cent(rule: Rule) -> None:
    call = make_call()
    gent = advised(call, "Gent", {5: (1, 100), 9: (2, 10)})
    incentive(gent)
    advised(call, "Aalst", {5: (1, 100)})
    advise(gent, 9, Advice.REFUSE)
    scenario = keep_scenario(call, plan(rule, "18000.01", reserved=Decimal("10000.00")), by=manager())
    propose_scenario(scenario, "Iedereen deelt.", by=manager())
    chosen_one = choose_scenario(scenario, by=manager("-two"))
    assert list(scenarios_to_decide()) == [chosen_one]
    made = prepare_decisions(chosen_one, by=manager())
    assert made.granted == Decimal("18000.01")
    assert not scenarios_to_decide().exists()
    letters = letters_of(made)
    refused = next(line for line in letters["Gent"].lines if line.action.startswith("9 "))
    assert (refused.outcome, refused.granted) == ("geweigerd", "€\u00a00,00")
    assert refused.reason == "De beoordelaar adviseerde een lager bedrag. nagekeken"


def test_a_distribution_with_decisions_is_not_taken_back() -> None:
    made = prepared()
    assert made.scenario is not None
    with pytest.raises(ValidationError):
        take_back_scenario(made.scenario, "Toch niet.", by=manager())


def test_decisions_wait_for_the_claims_that_were_divided() -> None:
    call = two_applications()
    scenario = chosen(call)
    advise(call.applications.get(applicant__name="Aalst"), 9, Advice.REFUSE)
    with pytest.raises(ValidationError, match="aanvragen of adviezen zijn veranderd"):
        prepare_decisions(scenario, by=manager())
