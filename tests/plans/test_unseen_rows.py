"""Rows of milestones of an annex that nobody has read before, as a converter flattens them.

The texts are made up, about fields that no plan at hand is about. Staff is told in the ways in which people tell it.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator

import pytest

from draad.plans.reading.periods import find_rows
from draad.plans.reading.pieces import plain
from draad.plans.reading.staff_column import SplitRow, split_rows
from tests.plans.test_milestones import pieces

Row = tuple[str, str, str]
TEXTS = [
    "", "", "Voorbereiding", "Evaluatie", "Zie 2021", "Opstart van de stuurgroep", "Beslissing over verlenging.",
    "Lancering van de oproep (maart) en keuze van de projecten (juni)", "Aankoop van twee bussen, met vier tandartsen",
    "De eerste twaalf loketten gaan open. In de loop van 2022 volgen er nog achttien, zodat elke streek er minstens één "
    "heeft tegen het einde van 2024.",
    "Besluit van de Vlaamse Regering van 17 juli 2021; het geldt vanaf 1/1/2022", "Structureel in de overeenkomst 2024-2028",
    "Ontwikkeling van het digitaal loket. Oplevering van een eerste versie in het vierde kwartaal",
    "Vier avonden in Ninove, Zelzate, Lommel en Tongeren met uitleg over vocht, schimmel en verluchting in de woning",
]  # fmt: skip
STAFF = [
    "", "", "", "0,5 VTE", "1 VTE", "2,5 VTE projectmedewerkers", "n.v.t.", "+/- 3 VTE", "5 à 6 VTE", "2 x 0,5 VTE", "10% VTE",
    "Projectleider 0,8 VTE", "12 mensdagen", "15 uur per week", "nog te bepalen", "zie 2021", "1 halftijdse medewerker",
    "0,1 VTE per lokaal bestuur dat deelneemt en 1,5 VTE voor de coördinatie", "4 VTE (2 Sport, 2 Wonen)",
    "Deeltijdse inzet van de dienst voor de campagne; drie stagiairs tijdens de zomer", "wisselende inzet van de diensten",
]  # fmt: skip
YEARS = [
    ["2021", "2022", "2023"],
    ["2021 (najaar)", "2022"],
    ["2020 - 2021", "2022", "2023 – 2024"],
    ["2021", "Vanaf 2022"],
]
SHEETS = 30


def tables(seed: int) -> list[list[Row]]:
    """The milestones of many sheets."""
    source = random.Random(seed)
    return [
        [(period, source.choice(TEXTS), source.choice(STAFF)) for period in source.choice(YEARS)]
        for _ in range(SHEETS)
    ]


def flat(rows: list[Row], source: random.Random) -> str:
    """A table as a converter writes it: cells end with a space, one-line cells share a line, a page ends below."""
    gap = "\n" * source.choice([1, 2])
    widths = source.choice([55, 84]), source.choice([40, 60])
    out = []
    for period, *cells in rows:
        lines = [textwrap.wrap(text, width) or [""] for text, width in zip(cells, widths, strict=True)]
        text, staff = (gap.join(f"{line} " for line in own) for own in lines)
        between = "" if len(lines[0]) == 1 else "\n\n"
        out.append(f"{period} {text}{between}{staff}")
    return "\n\n".join(out) + "\n~ "


def read(seed: int) -> Iterator[tuple[Row, SplitRow]]:
    """Each row beside what was read of it; every row has to be found."""
    wanted, source = tables(seed), random.Random(seed)
    found = split_rows([find_rows(pieces(flat(rows, source))) for rows in wanted])
    for rows, table in zip(wanted, found, strict=True):
        assert [row.row.period for row in table] == [period for period, _, _ in rows]
        yield from zip(rows, table, strict=True)


def right(row: Row, found: SplitRow) -> bool:
    """Whether both columns hold what was written; a converter leaves a space in a range that is broken at a line end."""
    return (plain(found.text).replace("- ", "-"), plain(found.staff)) == row[1:]


@pytest.mark.parametrize("seed", range(8))
def test_nearly_all_columns_of_unseen_rows_are_told_apart(seed: int) -> None:
    results = [right(row, found) for row, found in read(seed)]
    assert sum(results) >= 0.95 * len(results)


def test_what_is_read_wrongly_is_seldom_sure() -> None:
    wrong = [found.confidence for seed in range(8) for row, found in read(seed) if not right(row, found)]
    rows = 8 * SHEETS * 2
    assert sum(sure >= 0.8 for sure in wrong) <= 0.005 * rows
