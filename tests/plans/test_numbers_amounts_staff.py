"""Numbers, amounts of money and numbers of staff out of Dutch words."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.plans.reading.amounts import amounts
from draad.plans.reading.numbers import to_decimal
from draad.plans.reading.reading import read_sheets
from draad.plans.reading.staff import staff


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("400.000", "400000"),
        ("80 000", "80000"),
        ("80\u00a0000", "80000"),
        ("2.204.452,79", "2204452.79"),
        ("1.204.985.71", "1204985.71"),
        ("0,2", "0.2"),
        ("16.5", "16.5"),
        ("1.285", "1285"),
        ("7", "7"),
        ("halve", "0.5"),
        ("één", "1"),
        ("anderhalve", "1.5"),
    ],
)
def test_printed_numbers(printed: str, value: str) -> None:
    assert to_decimal(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "veel", "€ 5", "-3", ",5"])
def test_what_is_no_number(printed: str) -> None:
    with pytest.raises(ValueError, match="no number as Dutch texts print it"):
        to_decimal(printed)


def dutch(value: Decimal) -> str:
    """A number as Dutch texts print it."""
    return f"{value:,}".replace(",", "_").replace(".", ",").replace("_", ".")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_printed_number_is_read_back(value: Decimal) -> None:
    assert to_decimal(dutch(value)) == value


@given(st.decimals(min_value=1, max_value=10**10, places=2), st.integers(2000, 2040))
def test_an_amount_with_its_year_is_read_back(value: Decimal, year: int) -> None:
    [found] = amounts(f"{year}: {dutch(value)} euro")
    assert (found.euro, found.year_from, found.year_to) == (value, year, year)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("400.000€", [("400000.00", None, None, None, False)]),
        ("€ 25.000", [("25000.00", None, None, None, False)]),
        ("2018: 200.000 euro", [("200000.00", None, 2018, 2018, False)]),
        ("2017-2019: € 50.000, en meer", [("50000.00", None, 2017, 2019, False)]),
        ("504.000 euro voor 2016", [("504000.00", None, 2016, 2016, False)]),
        ("1.201.000 euro (voor 2019)", [("1201000.00", None, 2019, 2019, False)]),
        ("2017: 1 miljoen euro", [("1000000.00", None, 2017, 2017, False)]),
        ("1,2 miljoen euro", [("1200000.00", None, None, None, False)]),
        ("fonds 2014 – 2020 2 miljoen euro", [("2000000.00", None, 2014, 2020, False)]),
        ("200.000 euro-270.000 euro", [("200000.00", "270000.00", None, None, False)]),
        ("123.560 euro op jaarbasis", [("123560.00", None, None, None, True)]),
        ("200.000-270.000 euro", [("200000.00", "270000.00", None, None, False)]),
        ("tussen 200.000 en 270.000 euro", [("200000.00", "270000.00", None, None, False)]),
        ("2018: 200.000 tot 270.000 euro", [("200000.00", "270000.00", 2018, 2018, False)]),
        ("2018 - 270.000 euro", [("270000.00", None, None, None, False)]),
        ("fase 1 - 5.000 euro", [("5000.00", None, None, None, False)]),
        (
            "200.000 euro en 270.000 euro",
            [("200000.00", None, None, None, False), ("270000.00", None, None, None, False)],
        ),
        ("€ 1,5 mio", [("1500000.00", None, None, None, False)]),
        ("€ 25.000,-", [("25000.00", None, None, None, False)]),
        ("€ 0", [("0.00", None, None, None, False)]),
        ("Jaarlijks: 12.500 euro", [("12500.00", None, None, None, True)]),
        ("115.000 euro per schooljaar", [("115000.00", None, None, None, True)]),
        ("80 000 euro van de dienst", [("80000.00", None, None, None, False)]),
        ("250.000 (voor iedereen)", [("250000.00", None, None, None, False)]),
        ("fonds: 1.204.985,71 en", [("1204985.71", None, None, None, False)]),
        (
            "2017: 200.000 2018: 210.000",
            [("200000.00", None, 2017, 2017, False), ("210000.00", None, 2018, 2018, False)],
        ),
        (
            "2016: - boeken: 30.000 euro - bouw: 6.050 euro 2017: - boeken: 10.000 euro",
            [
                ("30000.00", None, 2016, 2016, False),
                ("6050.00", None, 2016, 2016, False),
                ("10000.00", None, 2017, 2017, False),
            ],
        ),
    ],
)
def test_amounts(text: str, wanted: list[tuple[str, str | None, int | None, int | None, bool]]) -> None:
    found = [
        (
            str(amount.euro),
            str(amount.euro_to) if amount.euro_to else None,
            amount.year_from,
            amount.year_to,
            amount.yearly,
        )
        for amount in amounts(text)
    ]
    assert found == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Binnen de gewone middelen",
        "binnen bestaande middelen",
        "p.m.",
        "Te evalueren in 2017",
        "minstens 1.500 plaatsen",
        "artikel 12.345 van het decreet",
        "2017-2019",
        "50 leerkrachten",
    ],
)
def test_what_is_no_amount_stays_text(text: str) -> None:
    assert amounts(text) == []


def test_an_amount_keeps_its_words() -> None:
    [found] = amounts("ongeveer € 50.000 van derden")
    assert found.printed == "€ 50.000"
    assert found.as_dict()["euro"] == "50000.00"
    [found] = amounts("200.000 euro - 270.000 euro")
    assert found.printed == "200.000 euro - 270.000 euro"
    assert found.as_dict()["euro_to"] == "270000.00"


@given(st.text(max_size=80))
def test_any_text_gives_amounts_that_stand_in_it(text: str) -> None:
    assert all(amount.printed in text and amount.euro >= 0 for amount in amounts(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0,2 VTE", [("0.2", "fte", False, None)]),
        ("1VTE", [("1", "fte", False, None)]),
        ("+/- 32 VTE", [("32", "fte", True, None)]),
        ("28 mensdagen (2018-2019)", [("28", "person_days", False, None)]),
        ("16.5 mensdagen", [("16.5", "person_days", False, None)]),
        ("(50% FTE)", [("0.5", "fte", False, None)]),
        ("een halve VTE", [("0.5", "fte", False, None)]),
        ("+/- 1 VTE TLC per SYNTRA", [("1", "fte", True, "SYNTRA")]),
        ("ca. 3 voltijdse equivalenten", [("3", "fte", True, None)]),
        ("2 mensmaanden en 1 mensjaar", [("2", "person_months", False, None), ("1", "person_years", False, None)]),
        ("1/4 VTE", [("0.25", "fte", False, None)]),
        ("1/3 VTE", [("0.333", "fte", False, None)]),
        ("1 ½ VTE", [("1.5", "fte", False, None)]),
        ("½ VTE", [("0.5", "fte", False, None)]),
        ("2x 0,5 VTE", [("1.0", "fte", False, None)]),
        ("drie VTE", [("3", "fte", False, None)]),
        ("2018 - 2 VTE", [("2", "fte", False, None)]),
        ("1 en 2 VTE", [("2", "fte", False, None)]),
        ("Trekker 1 VTE Lesgever 0,5 VTE", [("1", "fte", False, None), ("0.5", "fte", False, None)]),
    ],
)
def test_staff(text: str, wanted: list[tuple[str, str, bool, str | None]]) -> None:
    found = [(str(number.number), number.unit, number.about, number.per) for number in staff(text)]
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2-3 VTE", "2", "3"),
        ("0,1 à 0,2 VTE", "0.1", "0.2"),
        ("1 tot 2 VTE", "1", "2"),
        ("tussen 10 en 12 mensdagen", "10", "12"),
        ("50-80% FTE", "0.5", "0.8"),
    ],
)
def test_a_range_of_staff_keeps_both_ends(text: str, low: str, high: str) -> None:
    [found] = staff(text)
    assert (str(found.number), str(found.number_to), found.printed) == (low, high, text)
    assert found.as_dict()["number_to"] == high


@given(st.text("0123456789 ,.-/½x%VTE", max_size=30))
def test_any_text_gives_staff_that_stands_in_it(text: str) -> None:
    assert all(number.printed in text and number.number >= 0 for number in staff(text))


@pytest.mark.documents
def test_every_number_of_the_annex_is_typed(document: Path) -> None:
    sheets = read_sheets(document)
    budgets = [sheet for sheet in sheets if sheet.values["budget"].text]
    staffed = [row for sheet in sheets for row in sheet.milestones if row.fte.text]
    assert (len(budgets), sum(bool(sheet.amounts) for sheet in budgets)) == (46, 24)
    assert (len(staffed), sum(bool(row.staff) for row in staffed)) == (61, 26)
    left = [sheet.values["budget"].text for sheet in budgets if not sheet.amounts]
    assert [text for text in left if re.search(r"\d{4,}|\d[.,]\d", re.sub(r"\b20\d\d\b", "", text))] == []
    assert [
        row.fte.text for row in staffed if not row.staff and re.search(r"\d\s*(?:VTE|FTE|mens)", row.fte.text)
    ] == []


@pytest.mark.parametrize("text", ["", "wisselende VTE inzet", "28 scholen", "alle medewerkers", "VTE", "2018"])
def test_what_is_no_number_of_staff_stays_text(text: str) -> None:
    assert staff(text) == []


@given(st.decimals(min_value="0.1", max_value=999, places=1))
def test_staff_is_read_back(value: Decimal) -> None:
    [found] = staff(f"{dutch(value)} VTE bij de dienst")
    assert found.number == value
    assert found.as_dict()["number"] == str(found.number)
