"""An action in a sentence and a few figures, made from its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from draad.documents.tables import Kind, Value
from draad.programmes.models import Round
from draad.programmes.queries import Version
from draad.programmes.shown import kind_of, maximum_shown, side_of, unpublished, value_shown
from draad.programmes.values import TermsValues

Shown = Sequence[tuple[Round, Version]]


def lede_of(terms: Shown) -> str:
    """In which rounds the action is subsidised, and what counts in the last of them."""
    paid = [(of_round, version.values) for of_round, version in terms if version.values.subsidised.value is True]
    if not paid and any(not version.values.subsidised.known for _round, version in terms):
        return _("Of deze actie gesubsidieerd wordt, is niet gepubliceerd.")
    if not paid:
        return _("Besturen kunnen deze actie uitvoeren, maar krijgen er in geen enkele ronde geld voor.")
    numbers = get_text_list([str(of_round.number) for of_round, _values in paid], _("en"))
    first = _("Gesubsidieerd in ronde %(rounds)s.") % {"rounds": numbers}
    of_round, values = paid[-1]
    counted = [str(line["label"].value) for line in values.lines.values() if line["label"].known]
    if not counted:
        return first
    what = {"round": of_round.number, "what": get_text_list(counted, _("en"))}
    return first + " " + _("In ronde %(round)s telt: %(what)s.") % what


@dataclass(frozen=True)
class Figure:
    """A figure at the top of the page: what, its value, and a note."""

    label: str
    value: Value
    kind: Kind
    note: str


def summary_of(terms: Shown) -> list[Figure]:
    """What one unit brings and the most that a government can get, in the last round for which they are known.

    Where lines bring different amounts there is no one amount to show.
    """
    if not terms:
        return []
    amount = _unit_amount(terms)
    return [amount, _most(terms)] if amount else [_most(terms)]


def _last_known(terms: Shown, known: Any) -> tuple[Round, TermsValues]:
    """The last round of which ``known`` holds, else the last round."""
    for of_round, version in reversed(terms):
        if known(version.values):
            return of_round, version.values
    return terms[-1][0], terms[-1][1].values


def _in_round(of_round: Round) -> str:
    return _("ronde %(n)s") % {"n": of_round.number}


def _unit_amount(terms: Shown) -> Figure | None:
    of_round, values = _last_known(terms, lambda v: any(line["unit_amount"].known for line in v.lines.values()))
    label, kind = _("Bedrag per eenheid"), kind_of("unit_amount")
    lines = list(values.lines.values())
    if not lines:
        return Figure(label, value_shown("unit_amount", side_of(values, "unit_amount", 1)), kind, _in_round(of_round))
    if len({(line["unit_amount"].value, line["unit"].value) for line in lines}) > 1:
        return None
    amount, unit = lines[0]["unit_amount"], lines[0]["unit"]
    note = _in_round(of_round)
    if amount.known and unit.known:
        note = _("per %(unit)s, ronde %(n)s") % {"unit": value_shown("unit", unit), "n": of_round.number}
    return Figure(label, value_shown("unit_amount", amount), kind, note)


def _most(terms: Shown) -> Figure:
    of_round, values = _last_known(terms, lambda v: v.term("ceiling").known or v.computed_maximum is not None)
    label = _("Hoogste bedrag per bestuur")
    if values.term("ceiling").known or values.refused:
        return Figure(label, value_shown("ceiling", side_of(values, "ceiling")), Kind.EURO, _in_round(of_round))
    if values.computed_maximum is None:
        return Figure(label, unpublished(), Kind.EURO, _in_round(of_round))
    note = _("ronde %(n)s, berekend uit de KPI-lijnen") % {"n": of_round.number}
    return Figure(label, maximum_shown(values, values.computed_maximum), Kind.EURO, note)
