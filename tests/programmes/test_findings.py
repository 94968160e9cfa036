"""Rules about terms: a published maximum that its lines do not give, an action number that a source misprints."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from draad.findings.models import Finding
from draad.programmes import findings as rules
from draad.programmes.models import Action, ActionTerms, IndicatorTerms, Knowledge, Round, TermsState
from draad.programmes.queries import newest_terms

pytestmark = pytest.mark.django_db


def terms_of(action: int = 9, number: int = 1) -> ActionTerms:
    """Stored terms with their action, round and lines."""
    found: ActionTerms = ActionTerms.objects.select_related("action__programme", "round__programme").get(
        action__number=action, round__number=number, state=TermsState.PUBLISHED
    )
    return found


def made_up(
    ceiling: str | None,
    *lines: tuple[int | None, str | None],
    knowledge: str = Knowledge.STATED,
    sources: tuple[str, ...] = ("bron",),
) -> ActionTerms:
    """Terms that are not stored, with lines of (most units, amount per unit)."""
    terms = ActionTerms(
        pk=-1,
        action=Action.objects.select_related("programme").get(number=9),
        round=Round.objects.select_related("programme").get(number=1),
        ceiling=None if ceiling is None else Decimal(ceiling),
        state=TermsState.PUBLISHED,
        provenance={"ceiling": {"knowledge": knowledge, "source": sources[0]}},
    )
    rows = [
        IndicatorTerms(line=n, label=f"lijn {n}", max_units=units, unit_amount=None if amount is None else Decimal(amount),
                       provenance={"label": {"knowledge": Knowledge.STATED, "source": source}})
        for (n, (units, amount)), source in zip(enumerate(lines, start=1), [*sources, *["bron"] * 9], strict=False)
    ]  # fmt: skip
    terms._prefetched_objects_cache = {"lines": rows}
    return terms


def found(rule: Any, monkeypatch: pytest.MonkeyPatch, *terms: ActionTerms) -> list[dict[str, Any]]:
    monkeypatch.setattr(rules, "newest_terms", lambda: list(terms))
    return [dict(thing.parameters) for thing in rule()]


def test_action_9() -> None:
    assert [dict(thing.parameters) for thing in rules.ceiling_differs_from_lines()] == [
        {"action": 9, "round": 1, "published": "170625.00", "computed": "170950.00", "difference": "325.00"}
    ]


def test_it_rests_on_the_terms_and_their_three_lines() -> None:
    (thing,) = rules.ceiling_differs_from_lines()
    assert [record.value for record in thing.records] == ["170625.00", "97500.00", "24700.00", "48750.00"]
    assert thing.about == ["action:plan-samenleven/9", "round:plan-samenleven/1"]


def test_the_sentence_in_both_languages() -> None:
    finding = Finding.objects.get(rule="programmes.ceiling_differs_from_lines")
    assert "€\u00a0170.950" in finding.sentence
    assert "€\u00a0325" in finding.sentence
    with translation.override("en"):
        assert "€170,950" in finding.sentence


def test_action_5_is_printed_as_15() -> None:
    assert [dict(thing.parameters) for thing in rules.printed_action_number()] == [
        {"action": 5, "printed": 15, "round": 2}
    ]
    (thing,) = rules.printed_action_number()
    assert thing.records[0].source == "written question 492: answer 9c"
    assert thing.about == ["action:plan-samenleven/5", "round:plan-samenleven/2"]


@pytest.mark.parametrize(
    ("ceiling", "lines", "difference"),
    [
        ("97500", [(150, "650")], None),
        ("97501", [(150, "650")], "1.00"),
        ("97499.50", [(150, "650")], "0.50"),
        ("300", [(1, "100"), (2, "100")], None),
        ("300", [(1, "100"), (1, "100")], "100.00"),
        (None, [(150, "650")], None),
        ("100", [], None),
        ("100", [(None, "650")], None),
        ("100", [(150, None)], None),
        ("100", [(1, "50"), (None, "50")], None),
        ("0", [(1, "50")], "50.00"),
    ],
)
def test_ceilings(
    monkeypatch: pytest.MonkeyPatch,
    ceiling: str | None,
    lines: list[tuple[int | None, str | None]],
    difference: str | None,
) -> None:
    rows = found(rules.ceiling_differs_from_lines, monkeypatch, made_up(ceiling, *lines))
    assert [Decimal(row["difference"]) for row in rows] == ([Decimal(difference)] if difference else [])


@pytest.mark.parametrize("knowledge", [Knowledge.CARRIED, Knowledge.UNKNOWN])
def test_only_a_stated_ceiling_can_contradict(monkeypatch: pytest.MonkeyPatch, knowledge: str) -> None:
    terms = made_up("1", (1, "50"), knowledge=knowledge)
    assert found(rules.ceiling_differs_from_lines, monkeypatch, terms) == []


@pytest.mark.parametrize(
    ("sources", "printed"),
    [
        (("antwoord (printed there as action 15)",), [15]),
        (("antwoord (printed there as action 9)",), []),
        (("antwoord",), []),
        (("a (printed there as action 15)", "b (printed there as action 15)"), [15]),
        (("a (printed there as action 15)", "b (printed there as action 3)"), [3, 15]),
    ],
)
def test_printed_numbers(monkeypatch: pytest.MonkeyPatch, sources: tuple[str, ...], printed: list[int]) -> None:
    terms = made_up("1", (1, "1"), (1, "1"), sources=sources)
    assert [row["printed"] for row in found(rules.printed_action_number, monkeypatch, terms)] == printed


def test_only_the_newest_published_terms_count() -> None:
    current = newest_terms()
    assert len(current) == 72
    assert len({(terms.action_id, terms.round_id) for terms in current}) == 72


def test_keys_do_not_change() -> None:
    terms = terms_of()
    assert rules.action_key(terms.action) == "action:plan-samenleven/9"
    assert rules.round_key(terms.round) == "round:plan-samenleven/1"
