"""The years of an amount and whether it comes back, as people write them after, before and around it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.plans.reading.amounts import Amount, amounts

Said = tuple[str, int | None, int | None, bool]


def said(text: str) -> list[Said]:
    return [(f"{a.euro:.0f}", a.year_from, a.year_to, a.yearly) for a in amounts(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("60.000 euro (2023-2025)", [("60000", 2023, 2025, False)]),
        ("60.000 euro (2023 – 2025)", [("60000", 2023, 2025, False)]),
        ("60.000 euro (2023-25)", [("60000", 2023, 2025, False)]),
        ("€ 60.000 (2023)", [("60000", 2023, 2023, False)]),
        ("60.000 euro (2024 en 2025)", [("60000", 2024, 2025, False)]),
        ("60.000 euro (2023, 2024 en 2025)", [("60000", 2023, 2025, False)]),
        ("60.000 euro voor de periode 2023-2025", [("60000", 2023, 2025, False)]),
        ("60.000 euro in de jaren 2024 en 2025", [("60000", 2024, 2025, False)]),
        ("60.000 euro van 2023 tot en met 2025", [("60000", 2023, 2025, False)]),
        ("60.000 euro per jaar (2023-2025)", [("60000", 2023, 2025, True)]),
        ("60.000 euro (per jaar, 2023-2025)", [("60000", 2023, 2025, True)]),
        ("60.000 euro in 2023-2025, jaarlijks", [("60000", 2023, 2025, True)]),
        ("€ 60.000/jaar", [("60000", None, None, True)]),
        ("60.000 euro elk jaar", [("60000", None, None, True)]),
        ("elk jaar 60.000 euro", [("60000", None, None, True)]),
        ("60.000 euro (excl. btw)", [("60000", None, None, False)]),
        ("60.000 euro excl. btw (2023)", [("60000", 2023, 2023, False)]),
        ("60.000 euro (inclusief btw, in 2023)", [("60000", 2023, 2023, False)]),
        ("60.000 euro incl. BTW per jaar", [("60000", None, None, True)]),
        ("(2023-2025): 60.000 euro", [("60000", 2023, 2025, False)]),
        ("60.000 euro (in 2023) en 70.000 euro (in 2024)", [("60000", 2023, 2023, False), ("70000", 2024, 2024, False)]),
    ],
)  # fmt: skip
def test_years_and_tax_after_an_amount(text: str, wanted: list[Said]) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "60.000 euro 2023-2025",
        "60.000 euro (zie fiche 2018-2020)",
        "60.000 euro (waarvan 2023 het eerste jaar is)",
        "60.000 euro. In 2023 volgt een evaluatie",
        "60.000 euro, zoals de oproep van 2023",
    ],
)
def test_years_that_may_be_of_something_else_stay_text(text: str) -> None:
    assert said(text) == [("60000", None, None, False)]


def test_an_amount_within_brackets_after_another_has_its_own_year() -> None:
    assert said("60.000 euro (2018: 30.000 euro)") == [("60000", None, None, False), ("30000", 2018, 2018, False)]
    assert said("60.000 euro, 2019: 70.000 euro") == [("60000", None, None, False), ("70000", 2019, 2019, False)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("10.000 à 15.000 euro (2024)", "10.000 à 15.000 euro"),
        ("10.000 euro à 15.000 euro (2024)", "10.000 euro à 15.000 euro"),
        ("2024: 10.000 euro - 15.000 euro", "10.000 euro - 15.000 euro"),
    ],
)
def test_a_range_has_years_too_and_keeps_its_words(text: str, printed: str) -> None:
    assert amounts(text) == [Amount(Decimal("10000.00"), Decimal("15000.00"), 2024, 2024, False, printed)]


YEARS = st.tuples(st.integers(1990, 2040), st.integers(1, 9)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))
EUROS = st.integers(1, 999_999_999)
TAX = st.sampled_from(["", " excl. btw", " inclusief btw", " incl. BTW"])
FORMS = st.sampled_from(
    ["({a}-{b})", "({a} – {b})", "({a} tot {b})", "({a} t/m {b})", "voor {a}-{b}", "in de periode {a}/{b}",
     "(voor {a}-{b})", "over de jaren {a} tot en met {b}"]
)  # fmt: skip


def dotted(euro: int) -> str:
    return f"{euro:,}".replace(",", ".")


@given(EUROS, YEARS, FORMS, TAX, st.booleans())
def test_an_amount_with_years_however_it_is_written(
    euro: int, years: tuple[int, int], form: str, tax: str, yearly: bool
) -> None:
    text = f"{dotted(euro)} euro{tax}{' per jaar' if yearly else ''} {form.format(a=years[0], b=years[1])}"
    assert said(text) == [(str(euro), *years, yearly)]


@given(st.lists(st.tuples(EUROS, YEARS, FORMS), min_size=1, max_size=5))
def test_each_amount_keeps_its_own_years(drawn: list[tuple[int, tuple[int, int], str]]) -> None:
    parts = [f"{dotted(euro)} euro {form.format(a=first, b=last)}" for euro, (first, last), form in drawn]
    assert said("; ".join(parts)) == [(str(euro), *years, False) for euro, years, _form in drawn]


@given(EUROS, st.text(alphabet="abc (),;:-–/.0123456789 €jarpi", max_size=40))
def test_what_follows_never_changes_the_amount_itself(euro: int, rest: str) -> None:
    found = amounts(f"€ {dotted(euro)} x {rest}")
    assert found[0].euro == euro
    assert found[0].printed == f"€ {dotted(euro)}"
    assert all(a.year_from is None or (a.year_to is not None and a.year_from <= a.year_to) for a in found)
