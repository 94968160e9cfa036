"""Invented action sheets: for tests that need no document of anyone."""

from __future__ import annotations

import random
from typing import Any

Sheet = dict[str, Any]

NOUNS = [
    "gids",
    "loket",
    "wijk",
    "school",
    "ploeg",
    "kaart",
    "brug",
    "route",
    "tuin",
    "markt",
    "haven",
    "molen",
    "atelier",
    "bus",
    "trein",
]
VERBS = ["versterken", "openen", "meten", "verbinden", "bouwen", "delen", "testen", "tonen", "vernieuwen", "volgen"]
STAFF = [
    "1,5 VTE",
    "+/- 2 VTE",
    "0,5 VTE bij de dienst",
    "12 mensdagen",
    "",
    "",
    "3 medewerkers van de dienst",
    "idem",
]
BUDGETS = ["Binnen de gewone middelen", "€ 25.000", "2023: 40.000 euro 2024: 60.000 euro", "1,2 miljoen euro", ""]


def sentence(source: random.Random, words: int) -> str:
    """A sentence of so many words, with a capital and a full stop."""
    chosen = [source.choice(NOUNS if i % 2 else VERBS) for i in range(words)]
    return f"{' '.join(chosen).capitalize()}."


def paragraph(source: random.Random, sentences: int) -> str:
    """Some sentences."""
    return " ".join(sentence(source, source.randint(5, 14)) for _ in range(sentences))


def invent(seed: int, count: int = 6) -> list[Sheet]:
    """So many sheets with all boxes, some of them empty, and two to five milestones."""
    source = random.Random(seed)
    return [_sheet(source, number) for number in range(1, count + 1)]


def _sheet(source: random.Random, number: int) -> Sheet:
    strategic, operational = source.randint(1, 3), source.randint(1, 4)
    first = source.randint(2020, 2024)
    sheet: Sheet = {
        "sequence": number,
        "title": sentence(source, source.randint(3, 20)),
        "strategic_goals": [f"SD {strategic}"],
        "operational_goals": [f"OD {strategic}.{operational}"],
        "goal_texts": {
            "strategic_goals": f"SD {strategic}: {sentence(source, 8)}",
            "operational_goals": f"OD {strategic}.{operational}: {sentence(source, 9)}",
        },
        "budget": source.choice(BUDGETS),
        "effect_indicator": source.choice(["", sentence(source, 12)]),
        "output_indicator": source.choice(["", paragraph(source, 2)]),
        "target": source.choice(["", "n.v.t.", sentence(source, 6)]),
        "responsible_cabinets": source.choice(["Wonen", "Wonen en Energie"]),
        "responsible_administrations": source.choice(["Agentschap Bruggen", "Dienst Havens, Dienst Markten"]),
        "involved_cabinets": source.choice(["", "Sport"]),
        "involved_administrations": source.choice(["", "Departement Tuinen"]),
        "other_partners": source.choice(["", "/", "Vereniging van Molens, Huis van de Wijk"]),
        "explanation": paragraph(source, source.randint(2, 12)),
    }
    sheet["milestones"] = [
        {"period": str(first + i), "text": paragraph(source, source.randint(1, 4)), "fte": source.choice(STAFF)}
        for i in range(source.randint(2, 5))
    ]
    return sheet


FIELDS = [
    "title",
    "strategic_goals",
    "operational_goals",
    "budget",
    "effect_indicator",
    "output_indicator",
    "target",
    "responsible_cabinets",
    "responsible_administrations",
    "involved_cabinets",
    "involved_administrations",
    "other_partners",
    "explanation",
]


def cells(sheet: Sheet) -> dict[str, Any]:
    """Every cell of a sheet by name, for comparison."""
    found = {name: sheet[name] for name in FIELDS}
    for i, row in enumerate(sheet["milestones"]):
        found |= {f"{name} {i}": row[name] for name in ("period", "text", "fte")}
    return found


def differences(read: list[Sheet], wanted: list[Sheet]) -> list[str]:
    """Each cell that was read otherwise: number of the sheet, name, what was read, what was wanted."""
    if len(read) != len(wanted):
        return [f"{len(read)} sheets were read, {len(wanted)} wanted"]
    found = []
    for number, (own, other) in enumerate(zip(read, wanted, strict=True), start=1):
        left, right = cells(own), cells(other)
        for name in left.keys() | right.keys():
            if left.get(name) != right.get(name):
                found.append(f"{number} {name}: {left.get(name)!r}, wanted {right.get(name)!r}")
    return sorted(found)
