"""Rows of the form of an application: a line with its cells, a member with their share."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from draad.applications.forms.controls import Control, written
from draad.applications.models import ApplicationLine, Member, MemberState
from draad.web.formatting import euro, number, percent

NONE = "–"
DISABLED = SafeString(" disabled")


@dataclass(frozen=True)
class LineRow:
    """A line: its fields, and how much of the ceiling it takes."""

    line: ApplicationLine
    priority: Control
    existing: Control
    planned: Control
    most: int | None
    over: int
    twice: bool
    first: bool
    last: bool
    shares: list[Control] = field(default_factory=list)
    shared: int | None = None

    @property
    def filled(self) -> int:
        """The part of the ceiling that is planned, in whole per cent from 0 to 100."""
        return min(100, 100 * (self.line.planned or 0) // self.most) if self.most else 0

    @property
    def unit_amount(self) -> str:
        """Euro for one unit."""
        amount = self.line.indicator.unit_amount
        return _("niet bekend") if amount is None else euro(amount)

    @property
    def amount(self) -> str:
        """Euro for the line."""
        return NONE if self.line.amount is None else euro(self.line.amount)

    @property
    def ceiling(self) -> SafeString:
        """The cell with the planned units beside the ceiling, in words and as a bar."""
        start = '<td class="draad-ceiling" data-wide data-label="{}" id="plafond-{}" data-live>'
        if self.most is None:
            none = start + '<span class="draad-quiet">{}</span></td>'
            return written(none, _("Plafond"), self.line.pk, _("geen plafond"))
        over = written('<p class="draad-note">{}</p>', self.over_words) if self.over else ""
        return written(
            start + '<span class="draad-ceiling__words"><span>{}</span><span class="draad-quiet">{}</span></span>'
            '<svg class="draad-meter{}" aria-hidden="true" focusable="false"><rect width="{}%" height="8"/></svg>'
            "{}</td>",
            _("Plafond"), self.line.pk, self.planned_words, self.most_words,
            " draad-meter--over" if self.over else "", self.filled, over,
        )  # fmt: skip

    @property
    def priority_cell(self) -> SafeString:
        """The cell with the priority, the buttons that move the line, and whether another line has the same."""
        twice = written(
            '<p class="govuk-error-message" data-note><span class="govuk-visually-hidden">{} </span>{}</p>',
            _("Fout:"), _("dubbel"),
        ) if self.twice else ""  # fmt: skip
        return written(
            '<td class="draad-priority{}" data-label="{}" data-field="{}">'
            '<span class="draad-priority__set">{}{}</span>{}{}</td>',
            " draad-cell--error" if self.twice or self.priority.wrong else "", self.priority.heading,
            self.priority.name, self.priority.number, self.movers, self.priority.notes, twice,
        )  # fmt: skip

    @property
    def amount_cell(self) -> SafeString:
        """The cell with the amount."""
        return written(
            '<td class="draad-num draad-lines-table__amount" data-label="{}" id="bedrag-{}" data-live>'
            "<strong>{}</strong></td>",
            _("Bedrag"), self.line.pk, self.amount,
        )  # fmt: skip

    @property
    def shared_cell(self) -> SafeString:
        """The cell with the units of the members together."""
        return written('<td class="draad-num" id="samen-{}" data-live>{}</td>', self.line.pk, self.shared_words)

    @property
    def movers(self) -> SafeString | str:
        """The buttons that let the line change places with the one before or after it."""
        if not self.priority.editable:
            return ""
        pk, what = self.line.pk, self.line.indicator.label
        return written(
            '<button class="draad-move" type="submit" name="up" value="{}" aria-label="{}"{}>↑</button>'
            '<button class="draad-move" type="submit" name="down" value="{}" aria-label="{}"{}>↓</button>',
            pk, _("%(line)s naar voren") % {"line": what}, DISABLED if self.first else "",
            pk, _("%(line)s naar achteren") % {"line": what}, DISABLED if self.last else "",
        )  # fmt: skip

    @property
    def planned_words(self) -> str:
        """The planned units."""
        return NONE if self.line.planned is None else number(self.line.planned)

    @property
    def most_words(self) -> str:
        """The ceiling in units."""
        return _("van %(most)s") % {"most": number(self.most or 0)}

    @property
    def over_words(self) -> str:
        """How far the planned units lie above the ceiling."""
        return _("%(over)s boven het plafond") % {"over": number(self.over)}

    @property
    def shared_words(self) -> str:
        """The units of the members together, beside the planned ones when these differ."""
        if self.shared is None:
            return NONE
        if self.shared == self.line.planned:
            return number(self.shared)
        return _("%(shared)s van %(planned)s") % {"shared": number(self.shared), "planned": self.planned_words}


@dataclass(frozen=True)
class MemberRow:
    """A member: what of the lines is theirs, in euro and per cent, and whether they gave a mandate."""

    member: Member
    amount: Decimal | None
    percent: Decimal | None
    mandate: bool

    @property
    def percent_words(self) -> str:
        """The part in the amount."""
        return NONE if self.percent is None else percent(self.percent, 1)

    @property
    def waits(self) -> bool:
        """Whether they have not answered yet."""
        return self.member.state == MemberState.INVITED
