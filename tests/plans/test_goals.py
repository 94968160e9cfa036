"""Goals that a sheet cites, beside those of the plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.source import Source
from draad.plans.reading.boxes import Heading
from draad.plans.reading.goals import Goal, goal_codes, likeness, match_goals, plan_goals, split_goals

PLAN = [
    Goal("SD 1", "Bruggen verbinden alle wijken van de stad"),
    Goal("OD 1.1", "We bouwen elk jaar een brug"),
    Goal("OD 1.2", "Wijken krijgen een loket waar iedereen terecht kan"),
]


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("SD 1: Bruggen", "SD", ["SD 1"]),
        ("SD1: Bruggen", "SD", ["SD 1"]),
        ("SD 1. Bruggen SD 4: Loketten", "SD", ["SD 1", "SD 4"]),
        ("OD 1.2: Wijken (zie ook OD 1.2 en SD 3)", "OD", ["OD 1.2"]),
        ("OD2: Wijken", "OD", ["OD 2"]),
        ("Bruggen zonder nummer", "SD", []),
        ("PSD 1 en METHOD 2", "OD", []),
    ],
)
def test_codes(text: str, kind: str, codes: list[str]) -> None:
    assert goal_codes(text, kind) == codes


def test_a_box_is_split_at_codes_that_begin_a_goal() -> None:
    goals = split_goals("OD 1.1: We bouwen, zoals in OD 3.2 gezegd. OD 1.2. Loketten")
    assert goals == [Goal("OD 1.1", "We bouwen, zoals in OD 3.2 gezegd."), Goal("OD 1.2", "Loketten")]


def test_the_goals_of_the_plan_are_its_headings() -> None:
    headings = [
        Heading("SD 1: Bruggen", Source(1, 1)),
        Heading("OD 1.1: Bouwen", Source(2, 2)),
        Heading("SD 1: x", Source(9, 9)),
    ]
    assert plan_goals(headings) == [Goal("SD 1", "Bruggen"), Goal("OD 1.1", "Bouwen")]


@pytest.mark.parametrize(
    ("cited", "code", "difference"),
    [
        (Goal("OD 1.1", "We bouwen elk jaar een brug."), "OD 1.1", ""),
        (Goal("OD 1", "We bouwen elk jaar een brug."), "OD 1.1", "number"),
        (Goal("OD 1.1", "We bouwen elk jaar minstens een brug"), "OD 1.1", "wording"),
        (Goal("OD 2", "Wijken krijgen een loket waar men terecht kan"), "OD 1.2", "number and wording"),
        (Goal("OD 1.1", "Iets heel anders"), "OD 1.1", "wording"),
        (Goal("OD 7.1", "Iets heel anders"), None, "not in the plan"),
        (Goal("SD 1", "bruggen verbinden alle wijken van de stad"), "SD 1", ""),
    ],
)
def test_a_cited_goal_is_matched_and_the_difference_told(cited: Goal, code: str | None, difference: str) -> None:
    [pair] = match_goals([cited], PLAN)
    assert (pair.plan.code if pair.plan else None) == code
    assert pair.difference == difference
    assert pair.as_dict()["plan_code"] == code


def test_a_plan_without_headings_has_no_goals_to_match() -> None:
    [pair] = match_goals([Goal("SD 1", "Bruggen")], [])
    assert (pair.plan, pair.difference) == (None, "not in the plan")


@given(st.lists(st.sampled_from(["brug", "wijk", "loket", "markt", "haven"]), min_size=1, max_size=12))
def test_likeness_is_one_for_the_same_words_and_never_more(words: list[str]) -> None:
    text = " ".join(words)
    assert likeness(text, f"{text.upper()}.") == 1
    assert 0 <= likeness(text, "molen gids") <= 1


@pytest.mark.parametrize("mark", [": ", ". ", " ", " – ", " - ", ":"])
def test_a_second_goal_begins_with_its_code_whatever_mark_follows(mark: str) -> None:
    goals = split_goals(f"SD 1{mark}Bruggen verbinden SD 4{mark}Loketten helpen, zie OD 4.1 en verder")
    assert goals == [Goal("SD 1", "Bruggen verbinden"), Goal("SD 4", "Loketten helpen, zie OD 4.1 en verder")]
