"""The published figures of the facts, each with the value that its source gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from draad.datasets.facts import read
from draad.datasets.plan_samenleven.known import publications, read_participants
from draad.figures.models import PublishedFigure
from draad.figures.queries import Board, Notes, action_rounds, figures, round_figures
from draad.programmes.models import Action, Programme

pytestmark = pytest.mark.django_db

PUBLISHED: list[tuple[int | None, int | None, str, list[int]]] = [
    (1, None, "granted amount", [14136359, 14136359]),
    (2, None, "granted amount", []),
    (3, None, "granted amount", [16830000]),
    (1, None, "envelope", [16000000]),
    (2, None, "envelope", [16000000, 16900000]),
    (3, None, "envelope", [16970780]),
    (1, None, "local governments applying", [104]),
    (1, None, "participating governments", [104, 103, 106]),
    (2, None, "participating governments", [147]),
    (3, None, "participating governments", [147]),
    (1, None, "applicants", [50]),
    (2, None, "applicants", []),
    (3, None, "applicants", [59, 59]),
    (1, None, "lead applicants in partnerships", [24]),
    (1, None, "governments in partnerships", [80]),
    (1, None, "refused applications", [0]),
    (1, None, "social impact bond incentives", [1]),
    (1, None, "reached by the contact actions together", [72897]),
    (1, None, "planned by the contact actions together", [42370]),
    (1, 21, "participating governments", [2]),
    (3, 21, "participating governments", [2]),
    (1, 21, "young people, foreign origin", [33]),
    (1, 21, "young people with a disability", [4]),
    (1, 21, "granted amount", [28600]),
    (1, 2, "granted amount", [400000]),
    (2, 2, "granted amount", [475000]),
    (3, 2, "granted amount", [475000]),
    (1, 2, "participating governments", [24]),
    (2, 2, "participating governments", [34]),
    (3, 2, "participating governments", [35]),
    (1, 2, "plans granted", [16]),
    (1, 2, "plans achieved", [14]),
    (2, 2, "plans granted", [19]),
    (2, 2, "plans achieved", [18]),
    (3, 2, "plans granted", [19]),
    (3, 2, "plans achieved", []),
    (1, 5, "granted amount", [3389566]),
    (2, 5, "granted amount", [4030860]),
    (3, 5, "granted amount", [4027260]),
    (1, 5, "participating governments", [92]),
    (2, 5, "participating governments", [135]),
    (3, 5, "participating governments", [135]),
    (1, 5, "units granted", [68429]),
    (1, 5, "units achieved", [118178]),
    (2, 5, "units granted", [83110]),
    (2, 5, "units achieved", [170951, 151539]),
    (3, 5, "units granted", [83050]),
    (3, 5, "units achieved", []),
    (None, 14, "participating governments", [32]),
    (None, 15, "participating governments", [138]),
    (None, 16, "participating governments", [13]),
    (None, 17, "participating governments", [52]),
    (None, 18, "plans", [14]),
    (1, 20, "participating governments", [21]),
    (2, 20, "participating governments", [16]),
    (3, 20, "participating governments", [16]),
    (2, 22, "participating governments", [38]),
    (3, 22, "participating governments", [38]),
    (None, 24, "participating governments", [87]),
]


@pytest.fixture
def board() -> Board:
    return Board.of(figures())


@pytest.mark.parametrize(("round_number", "action", "measure", "expected"), PUBLISHED)
def test_published(
    board: Board, round_number: int | None, action: int | None, measure: str, expected: list[int]
) -> None:
    assert [int(record.value) for record in board.values(round_number, action, measure).records] == expected


def test_nothing_else_is_published(board: Board) -> None:
    assert sum(len(values) for *_place, values in PUBLISHED) == PublishedFigure.objects.count()
    assert {key for key, records in board.found.items() if records} == {
        (round_number, action, measure) for round_number, action, measure, values in PUBLISHED if values
    }


def test_every_row_of_the_facts_is_a_record() -> None:
    rows = read("published_figures") + read("further_values")
    of_rounds = sum(bool(row[name]) for row in read("rounds")
                    for name in ("envelope_eur", "granted_eur", "applicants", "participants"))  # fmt: skip
    assert PublishedFigure.objects.count() == len(rows) + of_rounds == len(list(publications()))


def test_every_remark_of_the_facts_has_dutch() -> None:
    remarks = {row["remark"] for row in read("published_figures") if row["remark"]}
    assert remarks == {row["remark"] for row in read("remarks_in_dutch")}
    for figure in PublishedFigure.objects.all():
        assert bool(figure.remark_nl) == bool(figure.remark_en)


def test_what_a_source_rounds_is_marked() -> None:
    rounded = {(f.round.number, f.measure, int(f.value)) for f in figures().filter(rounded=True) if f.round}
    assert rounded == {(3, "granted amount", 16830000), (2, "envelope", 16900000)}


def test_the_same_figure_from_two_sources_is_two_records(board: Board) -> None:
    granted = board.values(1, None, "granted amount")
    assert len({record.source for record in granted.records}) == 2
    assert granted.others == []


def test_contradictions_stand_beside_each_other(board: Board) -> None:
    reached = board.values(2, 5, "units achieved")
    assert reached.value == 170951
    assert [int(record.value) for record in reached.others] == [151539]
    participants = board.values(1, None, "participating governments")
    assert [int(record.value) for record in participants.others] == [103, 106]


def test_an_exact_value_leads_before_a_rounded_one(board: Board) -> None:
    envelope = board.values(2, None, "envelope")
    assert envelope.value == 16000000
    assert [int(record.value) for record in envelope.others] == [16900000]


def test_what_is_not_published_has_no_value(board: Board) -> None:
    missing = board.values(2, None, "granted amount")
    assert (missing.first, missing.value, missing.others) == (None, None, [])


def test_the_home_page(db: None) -> None:
    one, two, three = round_figures(Programme.objects.get())
    assert (one.granted.value, two.granted.value, three.granted.value) == (14136359, None, 16830000)
    assert one.granted_share is not None
    assert round(one.granted_share, 1) == Decimal("88.4")
    assert two.granted_share is None
    assert [row.participants.value for row in (one, two, three)] == [104, 147, 147]
    assert [row.opportunities_reached.value for row in (one, two, three)] == [118178, 170951, None]
    assert [row.plans_achieved.value for row in (one, two, three)] == [14, 18, None]
    assert [row.plans_granted.value for row in (one, two, three)] == [16, 19, 19]


def test_the_rounds_of_action_5() -> None:
    rounds = action_rounds(Action.objects.get(number=5))
    assert [row.target.value for row in rounds] == [68429, 83110, 83050]
    assert [row.reached.value for row in rounds] == [118178, 170951, None]
    assert [row.granted.value for row in rounds] == [3389566, 4030860, 4027260]
    assert [row.governments.value for row in rounds] == [92, 135, 135]


def test_the_rounds_of_action_2_count_plans() -> None:
    rounds = action_rounds(Action.objects.get(number=2))
    assert [row.target.value for row in rounds] == [16, 19, 19]
    assert [row.reached.value for row in rounds] == [14, 18, None]


def test_an_action_without_figures_has_empty_rounds() -> None:
    rounds = action_rounds(Action.objects.get(number=1))
    assert len(rounds) == 3
    assert all(not values.records for row in rounds for values in (row.target, row.reached, row.granted))


@pytest.mark.parametrize(
    ("text", "number", "others"),
    [
        ("104 + VGC + De Rand", "104", ["VGC", "De Rand"]),
        ("147", "147", []),
        ("12 + VGC", "12", ["VGC"]),
        ("", "", []),
    ],
)
def test_participants(text: str, number: str, others: list[str]) -> None:
    assert read_participants(text) == (number, others)


@pytest.mark.parametrize("text", ["VGC", "ongeveer 100", "104 VGC", "104 +", "1.04"])
def test_participants_in_another_form_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        read_participants(text)


def test_notes_number_each_source_once() -> None:
    notes = Notes()
    assert [notes.number(source) for source in ("a", "b", "a", "c", "b")] == [1, 2, 1, 3, 2]
    assert notes.sources == ["a", "b", "c"]


def test_queries_of_the_home_page(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):
        round_figures(Programme.objects.get())
