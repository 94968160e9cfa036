"""The table of published figures: for a page, a download and the overview workbook."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from draad.applications.links import action_address
from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Value
from draad.figures.models import PublishedFigure
from draad.figures.queries import ActionRound, Values
from draad.web.sources import source_text


def figures_table(rows: Sequence[PublishedFigure], *, key: str = "cijfers", title: str = "") -> Table[PublishedFigure]:
    """Published figures, one row per value and source; amounts and counts in columns of their own."""
    return Table(
        key=key,
        title=title or _("Gepubliceerde cijfers"),
        about=_("Eén rij per waarde en bron. Waar bronnen elkaar tegenspreken, staan alle waarden er."),
        columns=[
            Column("measure", _("Wat telt"), lambda row: row.label, link=lambda row: row.get_absolute_url(),
                   choices=True),
            Column("round", _("Ronde"), _round, choices=True),
            Column("action", _("Actie"), _action, choices=True,
                   link=lambda row: action_address(row.action) if row.action else None),
            Column("count", _("Aantal"), lambda row: row.whole if row.kind is Kind.COUNT else None, Kind.COUNT,
                   link=lambda row: row.get_absolute_url()),
            Column("amount", _("Bedrag in euro"), lambda row: row.value if row.kind is Kind.EURO else None, Kind.EURO,
                   link=lambda row: row.get_absolute_url()),
            Column("unit", _("Eenheid"), lambda row: row.get_unit_display()),
            Column("source", _("Bron"), lambda row: source_text(row.source), wide=True),
            Column("remark", _("Opmerking"), lambda row: row.remark or None, wide=True),
        ],
        rows=rows,
        search=lambda row: f"{row.label} {row.action or ''} {row.remark} {source_text(row.source)} {row.whole}",
    )  # fmt: skip


def _round(row: PublishedFigure) -> Value:
    return str(row.round.number) if row.round else Gap(_("niet vermeld"))


def _action(row: PublishedFigure) -> Value:
    return str(row.action) if row.action else _("hele programma")


def action_rounds_table(rounds: Sequence[ActionRound]) -> Table[tuple[ActionRound, int]]:
    """What is published of an action per round; another value in the sources has a row of its own.

    A row is a round with the place of its values: 0 those that lead, 1 and on the other values.
    """
    rows = [(row, place) for row in rounds for place in range(1 + _most_others(row))]
    return Table(
        key="resultaten",
        title=_("Gepubliceerde resultaten per ronde"),
        columns=[
            Column("round", _("Ronde"), _round_label),
            Column("target", _("Doel"), lambda row: _cell(row[0].target, row[1]), Kind.COUNT,
                   link=lambda row: _link(row[0].target, row[1])),
            Column("reached", _("Bereikt"), lambda row: _cell(row[0].reached, row[1]), Kind.COUNT,
                   link=lambda row: _link(row[0].reached, row[1])),
            Column("share", _("Bereikt t.o.v. doel"), _share, Kind.PERCENT),
            Column("granted", _("Toegekend"), lambda row: _cell(row[0].granted, row[1]), Kind.EURO,
                   link=lambda row: _link(row[0].granted, row[1])),
            Column("governments", _("Besturen"), lambda row: _cell(row[0].governments, row[1]), Kind.COUNT,
                   link=lambda row: _link(row[0].governments, row[1])),
        ],
        rows=rows,
        source="; ".join(source_text(source) for source in sources_of(rounds)),
    )  # fmt: skip


def sources_of(rounds: Sequence[ActionRound]) -> list[str]:
    """The different sources of what is published of an action."""
    kinds = [values for row in rounds for values in (row.target, row.reached, row.granted, row.governments)]
    return list(dict.fromkeys(record.source for values in kinds for record in values.records))


def _most_others(row: ActionRound) -> int:
    return max(len(values.others) for values in (row.target, row.reached, row.granted, row.governments))


def _round_label(row: tuple[ActionRound, int]) -> str:
    text = _("Ronde %(n)s") % {"n": row[0].round.number}
    return _("%(round)s, andere waarde in de bron") % {"round": text} if row[1] else text


def _record(values: Values, place: int) -> PublishedFigure | None:
    records = [values.first, *values.others]
    return records[place] if place < len(records) else None


def _cell(values: Values, place: int) -> Value:
    record = _record(values, place)
    if record:
        return record.whole
    return Gap(_("niet gepubliceerd")) if place == 0 else None


def _link(values: Values, place: int) -> str | None:
    record = _record(values, place)
    return record.get_absolute_url() if record else None


def _share(row: tuple[ActionRound, int]) -> Value:
    """Reached against the target that leads, in percent; what is missing on either side is not applicable."""
    rounds, place = row
    target, reached = rounds.target.value, _record(rounds.reached, place)
    if target and reached:
        return reached.value * 100 / target
    return NotApplicable() if place == 0 else None
