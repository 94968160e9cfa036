"""Finding an organisation by its codes: KBO, OVO and NIS, of now and of once."""

from __future__ import annotations

from datetime import date

import pytest

from draad.organisations.queries.codes import find_code

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0216772234", "Tessenderlo-Ham"),
        ("0216.772.234", "Tessenderlo-Ham"),
        ("BE 0216.772.234", "Tessenderlo-Ham"),
        ("216772234", "Tessenderlo-Ham"),
        ("OVO002079", "Tessenderlo-Ham"),
        ("ovo002079", "Tessenderlo-Ham"),
        ("71069", "Tessenderlo-Ham"),
        ("71071", "Tessenderlo-Ham"),
        ("11056", "Beveren-Kruibeke-Zwijndrecht"),
        ("44021", "Gent"),
    ],
)
def test_a_code_of_now_or_once_finds_the_government_of_today(db: None, code: str, name: str) -> None:
    assert [found.organisation.name for found in find_code(code, DAY)] == [name]


def test_the_one_that_went_up_is_named(db: None) -> None:
    (found,) = find_code("11056", DAY)
    assert found.through is not None
    assert found.through.name == "Zwijndrecht"


def test_on_an_earlier_day_the_code_finds_the_government_of_then(db: None) -> None:
    assert [found.organisation.slug for found in find_code("11056", date(2023, 1, 1))] == ["zwijndrecht"]


@pytest.mark.parametrize("text", ["", "Gent", "99999", "0000000000", "1234", "OVO1"])
def test_what_is_no_known_code_finds_nothing(db: None, text: str) -> None:
    assert find_code(text, DAY) == []
