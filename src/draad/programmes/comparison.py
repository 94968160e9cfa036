"""What differs between two sets of terms, field by field: everything that differs, once, and nothing else.

A value that a source gives on one side only did not change as far as anyone knows: it became known or unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from draad.programmes.values import LINE_FIELDS, SUBSIDISED, TERMS_FIELDS, Line, Term, TermsValues

ALL_LINES = "lines"


class Kind(Enum):
    """How a field differs, read from the old side to the new one."""

    CHANGED = "changed"
    ADDED_LINE = "added_line"
    REMOVED_LINE = "removed_line"
    BECAME_KNOWN = "became_known"
    BECAME_UNKNOWN = "became_unknown"
    CARRIED = "carried"

    @property
    def label(self) -> str:
        """The kind in the language of the reader."""
        return str(KIND_LABELS[self])

    @property
    def mirrored(self) -> Kind:
        """The kind when the two sides are read the other way round."""
        return _MIRROR.get(self, self)

    @property
    def is_change(self) -> bool:
        """Whether the sources say that the terms themselves differ."""
        return self in {Kind.CHANGED, Kind.ADDED_LINE, Kind.REMOVED_LINE}


KIND_LABELS = {
    Kind.CHANGED: _("gewijzigd"),
    Kind.ADDED_LINE: _("nieuwe KPI-lijn"),
    Kind.REMOVED_LINE: _("KPI-lijn vervalt"),
    Kind.BECAME_KNOWN: _("nu bekend"),
    Kind.BECAME_UNKNOWN: _("niet gepubliceerd"),
    Kind.CARRIED: _("zelfde waarde, maar niet in beide vermeld"),
}
_MIRROR = {
    Kind.ADDED_LINE: Kind.REMOVED_LINE,
    Kind.REMOVED_LINE: Kind.ADDED_LINE,
    Kind.BECAME_KNOWN: Kind.BECAME_UNKNOWN,
    Kind.BECAME_UNKNOWN: Kind.BECAME_KNOWN,
}

Side = Term | None
"""A field on one side; None where the field does not apply: no subsidy, or no such line."""


@dataclass(frozen=True)
class Difference:
    """One field that differs.

    Args:
        field: name of the field, or ``lines`` for which indicator lines there are.
        line: number of the indicator line, or None for a field of the terms themselves.
        old, new: what each side says; None where the field does not apply there.
        kind: how it differs.
    """

    field: str
    line: int | None
    old: Side
    new: Side
    kind: Kind

    @property
    def place(self) -> tuple[int, str]:
        """What identifies the field within the terms."""
        return (self.line or 0, self.field)

    @property
    def mirrored(self) -> Difference:
        """The same difference, read the other way round."""
        return Difference(self.field, self.line, self.new, self.old, self.kind.mirrored)


def compare(old: TermsValues, new: TermsValues) -> list[Difference]:
    """Every field in which two sets of terms differ, in the order in which terms are shown."""
    found = [_difference(SUBSIDISED, None, old.subsidised, new.subsidised)]
    found += [_difference("target_group", None, _side(old, "target_group"), _side(new, "target_group"))]
    found += _lines(old, new)
    found += [
        _difference(name, None, _side(old, name), _side(new, name)) for name in TERMS_FIELDS if name != "target_group"
    ]
    return [difference for difference in found if difference]


def _side(values: TermsValues, name: str) -> Side:
    return None if values.refused else values.term(name)


def _known(side: Side) -> bool:
    """Whether it is known what holds: a value, or that the field does not apply."""
    return side is None or side.known


def _difference(field: str, line: int | None, old: Side, new: Side) -> Difference | None:
    kind = _kind(old, new)
    return Difference(field, line, old, new, kind) if kind else None


def _kind(old: Side, new: Side) -> Kind | None:
    if not _known(old) or not _known(new):
        if _known(old) == _known(new):
            return None
        return Kind.BECAME_KNOWN if _known(new) else Kind.BECAME_UNKNOWN
    if old is None or new is None:
        return None if old is new else Kind.CHANGED
    if old.value != new.value:
        return Kind.CHANGED
    return None if old.knowledge is new.knowledge else Kind.CARRIED


def _lines(old: TermsValues, new: TermsValues) -> list[Difference | None]:
    if not old.lines and not new.lines:
        known = Term() if not old.lines_known else None, Term() if not new.lines_known else None
        return [_difference(ALL_LINES, None, *known)]
    found: list[Difference | None] = []
    for number in sorted({*old.lines, *new.lines}):
        was, now = old.lines.get(number), new.lines.get(number)
        if was and now:
            found += [_difference(name, number, was[name], now[name]) for name in LINE_FIELDS]
        elif was:
            found += _one_sided(number, was, other_known=new.lines_known, old=True)
        elif now:
            found += _one_sided(number, now, other_known=old.lines_known, old=False)
    return found


def _one_sided(number: int, line: Line, *, other_known: bool, old: bool) -> Iterator[Difference | None]:
    """The fields of a line that the other side does not have, or of which nobody knows whether it has it."""
    for name in LINE_FIELDS:
        other = None if other_known else Term()
        was, now = (line[name], other) if old else (other, line[name])
        if not other_known:
            yield _difference(name, number, was, now)
        else:
            yield Difference(name, number, was, now, Kind.REMOVED_LINE if old else Kind.ADDED_LINE)


@dataclass(frozen=True)
class RuleDifference:
    """A rule of a round that differs; a side without it is None."""

    key: str
    old: str | None
    new: str | None
    old_source: str
    new_source: str

    @property
    def label(self) -> str:
        """How it differs, in the language of the reader."""
        if self.old is None:
            return str(_("nieuw"))
        return str(_("niet langer vermeld")) if self.new is None else str(_("gewijzigd"))


@dataclass(frozen=True)
class RuleText:
    """A rule of a round as a sentence, with its source."""

    sentence: str
    source: str


def compare_rules(old: Mapping[str, RuleText], new: Mapping[str, RuleText]) -> list[RuleDifference]:
    """Every rule of which the sentence differs between two rounds, in the order of ``new`` and then ``old``."""
    keys = [*new, *(key for key in old if key not in new)]
    nothing = RuleText("", "")
    return [
        RuleDifference(key, was.sentence or None, now.sentence or None, was.source, now.source)
        for key in keys
        for was, now in [(old.get(key, nothing), new.get(key, nothing))]
        if was.sentence != now.sentence
    ]
