"""Who takes part in the measures of a plan: organisations whatever name a sheet gives them, unknown names apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from draad.organisations.names import fold
from draad.plans.editions import Sheet
from draad.plans.models import PartyGroup
from draad.plans.names import called, directories

UNKNOWN = "naam-"
"""How the key of a name begins that means no known organisation."""


@dataclass(frozen=True)
class Part:
    """A part that somebody can have in a measure: the boxes that name who has it."""

    key: str
    label: Any
    group: PartyGroup
    boxes: Sequence[str]


PARTS = (
    Part("administratie", _("Administratie"), PartyGroup.BODY,
         ("responsible_administrations", "involved_administrations")),
    Part("kabinet", _("Kabinet"), PartyGroup.CABINET, ("responsible_cabinets", "involved_cabinets")),
    Part("partner", _("Andere partner"), PartyGroup.BODY, ("other_partners",)),
)  # fmt: skip


@dataclass(frozen=True)
class Party:
    """An organisation, or a name that means none that is known, with the measures that name it."""

    key: str
    label: str
    known: bool
    sheets: frozenset[int]


def parties(sheets: Sequence[Sheet]) -> Mapping[str, Sequence[Party]]:
    """For each part who has it in the measures: organisations by name, then unknown names."""
    known, organisations = directories(), called()
    found: dict[str, dict[str, tuple[str, set[int]]]] = {part.key: {} for part in PARTS}
    for sheet in sheets:
        for part in PARTS:
            for name in (name for box in part.boxes for name in known[part.group].names_in(sheet.content[box])):
                key, label = organisations.get(name.organisation_id or 0) or (UNKNOWN + fold(name.text), name.text)
                found[part.key].setdefault(key, (label, set()))[1].add(sheet.number)
    return {part: _in_order(of_part) for part, of_part in found.items()}


def _in_order(found: Mapping[str, tuple[str, set[int]]]) -> list[Party]:
    rows = [
        Party(key, label, not key.startswith(UNKNOWN), frozenset(numbers)) for key, (label, numbers) in found.items()
    ]
    return sorted(rows, key=lambda party: (not party.known, fold(party.label)))
