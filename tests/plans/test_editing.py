"""Measures written by hand: what changes, who may, what stays of the document, and two editors at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.organisations.models import Organisation, OrganisationKind
from draad.plans.actions.editing import Said, add_measure, change_by_hand, let_owners_change, withdraw_measure
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.names import NewBody, give_name_to_new
from draad.plans.actions.plans import publish_version
from draad.plans.content import Content, measure_content
from draad.plans.differences import difference_of
from draad.plans.editions import WORKING, Sheet, edition, worked_out
from draad.plans.exporting import document_of
from draad.plans.history import history_of_measure
from draad.plans.measure_forms import EMPTY
from draad.plans.milestonelines import milestone_lines
from draad.plans.models import BudgetLine, Indicator, IndicatorTarget, Measure, PartyGroup, Plan, PlanVersion
from draad.plans.provenance import read_values
from draad.plans.queries import measures_where
from tests.plans.desk import BUS, accept_all, in_plan, put, sheets

pytestmark = pytest.mark.django_db
BY = system("test")


@pytest.fixture
def measure(plan: Plan) -> Measure:
    """The measure about buses, in version 1 of its plan."""
    made = in_plan(plan)[0]
    publish_version(plan, note="", revision=PlanVersion.objects.get(plan=plan).revision, by=BY)
    return made


def again(measure: Measure) -> Measure:
    """The measure as it is stored now."""
    return measures_where(pk=measure.pk)[0]


def said(measure: Measure, **more: Any) -> Said:
    """The measure as it is, but for what is named; ``states`` and ``typed`` are no content."""
    rows = list(measure.milestones.all())
    states, typed = more.pop("states", [row.state for row in rows]), more.pop("typed", True)
    return Said(measure_content(measure) | more, [row.pk for row in rows], states, typed_amounts=typed)


def change(measure: Measure, *, by: Actor = BY, **more: Any) -> bool:
    return change_by_hand(measure, said(measure, **more), revision=measure.revision, by=by)


def amount(euro: str, year: int | None = None, **more: Any) -> Content:
    return {"euro": euro, "euro_to": None, "year_from": year, "year_to": year, "yearly": False, "printed": ""} | more


def test_nothing_changed_writes_nothing(measure: Measure) -> None:
    before = measure_content(measure)
    assert not change(measure)
    assert measure_content(again(measure)) == before
    assert again(measure).revision == measure.revision
    assert not PlanVersion.objects.filter(plan=measure.plan, state="draft").exists(), "no draft was begun"


def test_every_part_of_a_measure(measure: Measure) -> None:
    rows = measure_content(measure)["milestones"]
    goals = [{"code": "OD 1.1", "text": "De bus rijdt vaker en later"}, {"code": "OD 1.2", "text": ""}]
    amounts = [amount("1000.50", 2019, funding="Vlaamse overheid"), amount("20.00", 2020, yearly=True)]
    targets = [{"kind": "output", "year": 2019, "value": "12.5", "unit": "ritten"}]
    assert change(
        measure, title="De nachtbus rijdt altijd", explanation="Om thuis te geraken.", other_partners="Fietsersbond",
        goals=goals, milestones=[rows[1], {"period": "2020", "text": "Ook op zondag", "fte": "2 VTE", "staff": []}],
        amounts=amounts, targets=targets,
    )  # fmt: skip
    stored = again(measure)
    content = measure_content(stored)
    assert (stored.title, stored.explanation) == ("De nachtbus rijdt altijd", "Om thuis te geraken.")
    assert [party.name for party in stored.parties.filter(role="other_partners")] == ["Fietsersbond"]
    assert (content["strategic_goals"], content["operational_goals"]) == ([], ["OD 1.1", "OD 1.2"])
    assert [goal.goal and goal.goal.code for goal in stored.goals.all()] == ["OD 1.1", "OD 1.2"]
    assert (content["amounts"], content["targets"]) == (amounts, targets)


def test_milestones_keep_their_rows_and_take_their_states(measure: Measure) -> None:
    first, second = measure.milestones.all()
    moved = [measure_content(measure)["milestones"][1], measure_content(measure)["milestones"][0]]
    new = Said(measure_content(measure) | {"milestones": moved}, [second.pk, first.pk], ["done", ""])
    assert change_by_hand(measure, new, revision=measure.revision, by=BY)
    stored = list(again(measure).milestones.all())
    assert [row.pk for row in stored] == [second.pk, first.pk]
    assert [row.state for row in stored] == ["done", ""]
    assert [line.unit for line in stored[0].staff.all()] == ["person_days"], "staff follows from the words"


def test_a_state_alone_is_a_change(measure: Measure) -> None:
    assert change(measure, states=["done", ""])
    assert again(measure).revision == measure.revision + 1
    assert [happening.fields for happening in history_of_measure(measure, BY)][:1] == [["Mijlpalen"]]


def test_amounts_follow_the_text_unless_somebody_typed_them(measure: Measure) -> None:
    own = measure_content(measure)["amounts"]
    change(measure, amounts=[own[0] | {"funding": "Stad"}, amount("5.00", 2020)])
    change(again(measure), budget="2017: 200.000 euro; 2018: 10.000 euro", typed=False)
    found = measure_content(again(measure))["amounts"]
    assert [(a["euro"], a["year_from"], a.get("funding", "")) for a in found] == [
        ("200000.00", 2017, "Stad"),
        ("10000.00", 2018, ""),
        ("5.00", 2020, ""),
    ]


def test_an_indicator_without_words_has_no_targets(measure: Measure) -> None:
    target = {"kind": "effect", "year": 2019, "value": "1", "unit": ""}
    change(measure, targets=[target])
    assert IndicatorTarget.objects.count() == 1
    change(again(measure), effect_indicator="")
    assert "targets" not in measure_content(again(measure))
    assert Indicator.objects.filter(measure=measure, kind="effect").get().withdrawn


def test_what_the_document_says_stays_beside_it(measure: Measure) -> None:
    change(measure, target="200 ritten")
    stored = again(measure)
    found = read_values(stored, measure_content(stored))
    assert {name: value.text for name, value in found.items()} == {"target": "150 ritten"}
    assert found["target"].document == "plan.docx"
    assert "veld=target" in found["target"].address
    change(stored, target="150 ritten")
    assert not read_values(again(measure), measure_content(again(measure)))


def test_a_newer_reading_keeps_sources_and_targets(measure: Measure) -> None:
    own = measure_content(measure)["amounts"]
    target = {"kind": "output", "year": 2018, "value": "150", "unit": "ritten"}
    change(measure, amounts=[own[0] | {"funding": "Stad", "year_to": 2018}], targets=[target])
    upload = put(measure.plan, sheets({**BUS, "title": "Iets nieuws over trams"}), name="nieuw.docx")
    accept_all(upload)
    incorporate(upload, by=BY)
    content = measure_content(again(measure))
    assert content["targets"] == [target]
    assert content["amounts"] == [own[0] | {"funding": "Stad", "year_to": 2018}], "the text is the same still"


def test_published_versions_stay_and_the_difference_shows(measure: Measure) -> None:
    plan = measure.plan
    before = edition(plan, 1)
    change(measure, amounts=[amount("7.00", 2019, funding="Europa")],
           targets=[{"kind": "output", "year": 2019, "value": "3", "unit": ""}])  # fmt: skip
    assert edition(plan, 1) == before
    fields = {f.field: (f.before, f.after) for f in difference_of(plan, 1, 0).sheets[0].fields}
    assert fields["Bedragen"][1] == "€\xa07 in 2019 (Europa)"
    assert fields["Streefwaarden per jaar"] == ("", "2019: 3 (outputindicator)")
    word = document_of(plan, edition(plan, 0), edition(plan, 0).sheets, "docx")
    assert len(word) > 1000


def test_published_versions_stay_remembered_when_a_measure_changes(measure: Measure) -> None:
    plan, made = measure.plan, []

    def titles(sheets: Sequence[Sheet]) -> list[str]:
        made.append(len(sheets))
        return [sheet.content["title"] for sheet in sheets]

    def asked() -> tuple[list[str], list[str]]:
        return worked_out(titles, plan, 1), worked_out(titles, plan, WORKING)

    published, working = asked()
    assert published == working
    assert (asked(), len(made)) == ((published, working), 2), "both are remembered"
    change(measure, title="De nachtbus rijdt altijd")
    after, changed = asked()
    assert after is published
    assert "De nachtbus rijdt altijd" in changed
    assert len(made) == 3, "what is worked on is made anew, what was published is not"
    lines = milestone_lines(plan, 1)
    with audit.recording(by=BY) as log:
        log.change(again(measure), verb="test.change", target="Een ander doel.")
    assert milestone_lines(plan, 1) is lines
    assert worked_out(titles, plan, 1) is published
    assert [sheet.measure for sheet in edition(plan, 1).sheets] == [s.measure for s in edition(plan, WORKING).sheets]


def test_an_edition_that_was_not_published_is_not_there(measure: Measure) -> None:
    with pytest.raises(PlanVersion.DoesNotExist):
        edition(measure.plan, 2)
    assert change(measure, title="Iets anders")
    publish_version(measure.plan, note="Een andere naam.", revision=draft_revision(measure.plan), by=BY)
    assert edition(measure.plan, 2).sheets[0].content["title"] == "Iets anders"


def draft_revision(plan: Plan) -> int:
    found: int = plan.versions.get(state="draft").revision
    return found


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "heeft een naam nodig"),
        ({"amounts": [amount("-1.00")]}, "nul of meer"),
        ({"amounts": [amount("5.00", euro_to="4.00")]}, "Wissel ze om"),
        ({"amounts": [amount("5.00", 2020, year_to=2019)]}, "Wissel ze om"),
        ({"amounts": [amount("5.00", year_to=2019)]}, "eerste jaar"),
        ({"amounts": [amount("5.00", 20190)]}, "tussen 1950 en 2150"),
        ({"milestones": [{"period": "", "text": "Iets", "fte": "", "staff": []}]}, "periode nodig"),
        ({"milestones": [{"period": "x" * 201, "text": "", "fte": "", "staff": []}]}, "hoogstens 200 tekens"),
        (
            {"targets": 2 * [{"kind": "output", "year": 2019, "value": "3", "unit": ""}]},
            "twee streefwaarden voor 2019",
        ),
    ],
)
def test_what_a_measure_cannot_hold(measure: Measure, wrong: dict[str, Any], sentence: str) -> None:
    before = measure_content(measure)
    with pytest.raises(ValidationError, match=sentence):
        change(measure, **wrong)
    assert measure_content(again(measure)) == before


def test_two_editors_the_second_is_told(measure: Measure) -> None:
    change(measure, target="de eerste")
    with pytest.raises(ChangedMeanwhileError):
        change(measure, target="de tweede")
    assert again(measure).target == "de eerste"


def test_a_new_measure_gets_the_next_number(measure: Measure) -> None:
    content = EMPTY | {
        "title": "Fietsen mee op de bus",
        "goals": [{"code": "SD 1", "text": ""}],
        "milestones": [{"period": "2019", "text": "Rekken", "fte": "1 VTE"}],
        "amounts": [amount("9.00", 2019, funding="Stad")],
        "output_indicator": "Aantal rekken",
        "targets": [{"kind": "output", "year": 2019, "value": "4", "unit": "rekken"}],
    }
    made = add_measure(measure.plan, Said(content, [None], ["started"]), by=BY)
    assert made.number == 3
    stored = measure_content(again(made))
    assert (stored["strategic_goals"], stored["targets"]) == (["SD 1"], content["targets"])
    assert [row.state for row in made.milestones.all()] == ["started"]
    assert BudgetLine.objects.get(measure=made).funding == "Stad"
    assert edition(measure.plan, 1).sheet(3) is None
    with pytest.raises(ValidationError, match="naam nodig"):
        add_measure(measure.plan, Said(EMPTY), by=BY)


def test_out_of_the_plan_with_a_reason(measure: Measure) -> None:
    with pytest.raises(ValidationError, match="Schrijf waarom"):
        withdraw_measure(measure, " ", revision=measure.revision, by=BY)
    withdraw_measure(measure, "Dubbel met maatregel 2", revision=measure.revision, by=BY)
    assert [sheet.number for sheet in edition(measure.plan, 0).sheets] == [2]
    assert [sheet.number for sheet in edition(measure.plan, 1).sheets] == [1, 2]
    assert history_of_measure(measure, BY)[0].reason == "Dubbel met maatregel 2"
    gone = Measure.objects.get(pk=measure.pk)
    with pytest.raises(ValidationError, match="ingetrokken"):
        change_by_hand(gone, said(measure), revision=gone.revision, by=BY)


def test_the_history_names_what_changed(measure: Measure) -> None:
    change(measure, title="Anders", amounts=[amount("7.00")])
    newest = history_of_measure(measure, BY)[0]
    assert newest.what == "gewijzigd"
    assert set(newest.fields) == {"Maatregel", "Bedragen"}


def test_a_publisher_is_told_of_a_change_by_hand(measure: Measure) -> None:
    change(measure, target="iets")
    draft = PlanVersion.objects.get(plan=measure.plan, state="draft")
    change(again(measure), target="iets anders")
    with pytest.raises(ChangedMeanwhileError):
        publish_version(measure.plan, note="Beter", revision=draft.revision, by=BY)


@pytest.fixture
def owner(measure: Measure, person_with: Callable[..., Actor]) -> Actor:
    """A coordinator of the administration that answers for the measure."""
    give_name_to_new(PartyGroup.BODY, "Dienst Vervoer", NewBody("Vervoer", OrganisationKind.ADMINISTRATION), by=BY)
    vervoer = Organisation.objects.get(slug="vervoer")
    return person_with(Role.PLAN_COORDINATOR, held_for=vervoer)


def test_an_owner_changes_what_the_plan_allows(measure: Measure, owner: Actor) -> None:
    with pytest.raises(PermissionDenied):
        change(measure, by=owner, target="van de eigenaar")
    let_owners_change(measure.plan, allowed=True, by=BY)
    mine = again(measure)
    assert change(mine, by=owner, target="van de eigenaar", states=["done", "done"])
    stored = again(measure)
    assert stored.target == "van de eigenaar"
    assert {row.state for row in stored.milestones.all()} == {""}, "a state is reported and approved as progress"
    with pytest.raises(ValidationError, match="wie het plan coördineert"):
        change(stored, by=owner, title="Een andere naam")
    with pytest.raises(PermissionDenied):
        withdraw_measure(stored, "weg", revision=stored.revision, by=owner)
    with pytest.raises(PermissionDenied):
        let_owners_change(measure.plan, allowed=True, by=owner)
    with pytest.raises(PermissionDenied):
        add_measure(measure.plan, said(stored), by=owner)


def test_money_stays_exact(measure: Measure) -> None:
    change(measure, amounts=[amount("0.10", 2019), amount("0.20", 2019)])
    assert sum(line.amount for line in BudgetLine.objects.filter(measure=measure)) == Decimal("0.30")
