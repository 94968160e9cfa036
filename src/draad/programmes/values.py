"""Terms as values, apart from their storage: what is known of each field, how, and from which source.

A field that no source gives is UNKNOWN and has no value; it is never guessed and never zero. Without subsidy nothing
else applies: then the other fields are ``NOT_APPLICABLE`` and there are no lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from draad.programmes.models import ActionTerms, IndicatorTerms, Knowledge

TermValue = str | bool | int | Decimal | None

SUBSIDISED = "subsidised"
TERMS_FIELDS = ("target_group", "ceiling")
LINE_FIELDS = ("label", "unit", "counting", "unit_amount", "max_units")
FIELD_LABELS = {
    SUBSIDISED: _("Gesubsidieerd"),
    "target_group": _("Doelgroep"),
    "lines": _("KPI-lijnen"),
    "label": _("Wat telt (KPI)"),
    "unit": _("Eenheid"),
    "counting": _("Telregel"),
    "unit_amount": _("Bedrag per eenheid"),
    "max_units": _("Hoogste aantal eenheden"),
    "ceiling": _("Hoogste bedrag per bestuur"),
}


@dataclass(frozen=True)
class Term:
    """The value of one field and how it is known; a value if and only if it is known."""

    value: TermValue = None
    knowledge: Knowledge = Knowledge.UNKNOWN
    source: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.knowledge is Knowledge.UNKNOWN):
            raise ValueError(f"a known field has a value and an unknown one has none: {self}")

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.knowledge is not Knowledge.UNKNOWN

    @property
    def provenance(self) -> dict[str, str]:
        """How it is known, as it is stored."""
        return {"knowledge": self.knowledge.value, "source": self.source}


def stated(value: TermValue, source: str) -> Term:
    """A field as a source gives it; None or empty is a field that the source does not give."""
    return Term(None, Knowledge.UNKNOWN, source) if value in (None, "") else Term(value, Knowledge.STATED, source)


def unknown(source: str = "") -> Term:
    """A field that no source gives; ``source`` may say which source leaves it open."""
    return Term(None, Knowledge.UNKNOWN, source)


def carried(term: Term) -> Term:
    """The field of the round before, because no source says that it changed."""
    return Term(term.value, Knowledge.CARRIED, term.source) if term.known else term


Line = Mapping[str, Term]


@dataclass(frozen=True)
class TermsValues:
    """What an action means in a round: the terms themselves and their indicator lines by number.

    A line keeps its number from version to version and from round to round, so that it is compared with itself.
    """

    subsidised: Term
    fields: Mapping[str, Term] = field(default_factory=dict)
    lines: Mapping[int, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wrong = set(self.fields) - set(TERMS_FIELDS) | {name for line in self.lines.values() for name in set(line)
                                                        ^ set(LINE_FIELDS)}  # fmt: skip
        if wrong:
            raise ValueError(f"not the fields of terms: {', '.join(sorted(wrong))}")
        object.__setattr__(self, "fields", {name: self.fields.get(name, Term()) for name in TERMS_FIELDS})
        if self.refused and (self.lines or any(term.known for term in self.fields.values())):
            raise ValueError("an action without subsidy has no target group, ceiling or indicator lines")

    @property
    def refused(self) -> bool:
        """Whether it is known that there is no subsidy, so that nothing else applies."""
        return self.subsidised.value is False

    @property
    def lines_known(self) -> bool:
        """Whether it is known which indicator lines there are; a subsidy without any is one of unknown lines."""
        return bool(self.lines) or self.refused

    def term(self, name: str) -> Term:
        """One field of the terms themselves."""
        return self.subsidised if name == SUBSIDISED else self.fields[name]

    @property
    def computed_maximum(self) -> Decimal | None:
        """Euro: the sum over the lines of most units times amount per unit; None when a part is not known."""
        parts = [line_maximum(line) for line in self.lines.values()]
        known = [part for part in parts if part is not None]
        return sum(known, start=Decimal(0)) if parts and len(known) == len(parts) else None


def line_maximum(line: Line) -> Decimal | None:
    """Euro: most units times amount per unit of one line; None when one of both is not known."""
    units, amount = line["max_units"].value, line["unit_amount"].value
    if units is None or amount is None:
        return None
    return int(units) * Decimal(amount)


def carried_over(values: TermsValues) -> TermsValues:
    """The terms of the round before, every known field marked as carried over."""
    return TermsValues(
        carried(values.subsidised),
        {name: carried(term) for name, term in values.fields.items()},
        {number: {name: carried(term) for name, term in line.items()} for number, line in values.lines.items()},
    )


def values_of(terms: ActionTerms) -> TermsValues:
    """The values of stored terms; reads their lines (prefetch ``lines`` for many)."""
    return TermsValues(
        _term(terms, SUBSIDISED),
        {name: _term(terms, name) for name in TERMS_FIELDS},
        {line.line: {name: _term(line, name) for name in LINE_FIELDS} for line in terms.lines.all()},
    )


def _term(stored: ActionTerms | IndicatorTerms, name: str) -> Term:
    value = getattr(stored, name)
    how = stored.provenance.get(name, {})
    source = how.get("source", "")
    if value in (None, ""):
        return unknown(source)
    return Term(value, Knowledge(how.get("knowledge", Knowledge.STATED)), source)


def terms_columns(values: TermsValues) -> dict[str, Any]:
    """The columns of ``ActionTerms`` that hold these values."""
    names = (SUBSIDISED, *TERMS_FIELDS)
    return _columns({name: values.term(name) for name in names})


def line_columns(line: Line) -> dict[str, Any]:
    """The columns of ``IndicatorTerms`` that hold this line, without its number."""
    return _columns(line)


TEXT_FIELDS = {"target_group", "label", "unit", "counting"}


def _columns(terms: Mapping[str, Term]) -> dict[str, Any]:
    columns: dict[str, Any] = {
        name: "" if term.value is None and name in TEXT_FIELDS else term.value for name, term in terms.items()
    }
    columns["provenance"] = {name: term.provenance for name, term in terms.items()}
    return columns
