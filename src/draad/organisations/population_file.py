"""The file with inhabitants: the template to fill in, and the check of each row that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from draad.documents.uploads import Cell, UploadedRow
from draad.organisations import identifiers
from draad.organisations.models import Territory
from draad.organisations.names import fold
from draad.organisations.queries.periods import holds
from draad.organisations.queries.timeline import Timeline
from draad.web.formatting import day, number

COLUMNS = {"nis": ("NIS-code", "NIS", "NIS code"), "name": ("Gemeente", "Municipality"),
           "persons": ("Aantal", "Personen", "Inwoners", "Number")}  # fmt: skip
OPTIONAL = ("name",)
MOST_PERSONS = 10_000_000


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row: its number in the file, the heading of the cell, and a sentence that says what to do."""

    row: int
    field: str
    sentence: str


@dataclass
class Checked:
    """The rows of a file: what can be stored, what is wrong, and the rows that give no figure."""

    good: list[tuple[str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)


class RowError(ValueError):
    """A cell that is not right; ``column`` is its key."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def check_rows(rows: Iterable[UploadedRow], history: Timeline, on: date, most: Mapping[str, int]) -> Checked:
    """Check every row on its own and against the others.

    Args:
        rows: the uploaded rows.
        history: the territories that exist, and what became of them.
        on: the reference date; a NIS code must be valid then.
        most: by NIS code the number that a figure cannot exceed, where it is known (all inhabitants on that day).
    """
    places = {place.nis: place for place in history.territories.values()}
    checked, seen = Checked(), dict[str, int]()
    for row in rows:
        try:
            place = _place(row, places, history, on)
            _check_once(place, row.number, seen)
            persons = _persons(row.cells["persons"], most.get(place.nis))
        except RowError as error:
            checked.problems.append(Problem(row.number, COLUMNS[error.column][0], str(error)))
            continue
        if persons is None:
            checked.skipped.append(row.number)
        else:
            checked.good.append((place.nis, persons))
    return checked


def _place(row: UploadedRow, places: Mapping[str, Territory], history: Timeline, on: date) -> Territory:
    given = row.cells["nis"]
    if given is None:
        raise RowError("nis", _("De NIS-code ontbreekt. Neem ze over uit het sjabloon."))
    try:
        code = identifiers.nis(str(given))
    except identifiers.IdentifierError as error:
        raise RowError("nis", str(error)) from error
    place = places.get(code)
    if place is None:
        raise RowError("nis", _("NIS-code %(nis)s bestaat niet in Vlaanderen.") % {"nis": code})
    if not holds(place.valid_from, place.valid_to, on):
        raise RowError("nis", _not_then(place, history, on))
    name = row.cells.get("name")
    if isinstance(name, str) and fold(name) != fold(place.name):
        words = {"nis": code, "right": place.name, "name": name}
        raise RowError("name", _("NIS-code %(nis)s is %(right)s, niet %(name)s. Welke bedoelt u?") % words)
    return place


def _check_once(place: Territory, row: int, seen: dict[str, int]) -> None:
    first = seen.setdefault(place.nis, row)
    if first != row:
        words = {"nis": place.nis, "name": place.name, "row": first}
        raise RowError("nis", _("NIS-code %(nis)s (%(name)s) staat ook op rij %(row)s. Laat één rij staan.") % words)


def _not_then(place: Territory, history: Timeline, on: date) -> str:
    words = {"name": place.name, "nis": place.nis, "day": day(on)}
    sentence = _("%(name)s (%(nis)s) is niet geldig op %(day)s.") % words
    then = ", ".join(sorted(f"{other.name} ({other.nis})" for other in history.on(place.pk, on)))
    return f"{sentence} " + _("Op die dag: %(then)s.") % {"then": then} if then else sentence


def _persons(given: Cell, most: int | None) -> int | None:
    if given is None:
        return None
    value = _whole(given)
    if value < 0:
        raise RowError("persons", _("%(value)s is negatief. Een aantal personen is 0 of meer.") % {"value": value})
    if value > MOST_PERSONS:
        raise RowError("persons", _("%(value)s is meer dan een gemeente kan tellen.") % {"value": number(value)})
    if most is not None and value > most:
        words = {"value": number(value), "most": number(most)}
        raise RowError("persons", _("%(value)s is meer dan alle inwoners op die dag (%(most)s).") % words)
    return value


def _whole(given: Cell) -> int:
    """A whole number; of text only digits, for to some 12.345 is twelve thousand and to others a decimal."""
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, Decimal):
        raise RowError("persons", _("%(value)s is geen geheel getal. Personen worden niet gedeeld.")
                       % {"value": number(given) if given.is_finite() else given})  # fmt: skip
    text = str(given)
    if isinstance(given, str) and text.removeprefix("-").isdecimal() and text.isascii():
        return int(text)
    raise RowError("persons", _("“%(text)s” is geen aantal. Schrijf enkel cijfers, zoals 12345; laat leeg wat niet "
                                "bekend is.") % {"text": text})  # fmt: skip


def template_rows(history: Timeline, on: date) -> Sequence[Territory]:
    """The territories that a template for a day lists, by NIS code."""
    return [place for place in history.territories.values() if holds(place.valid_from, place.valid_to, on)]
