"""The lists of this room as tables: one definition for the page, the Excel sheet and the CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Value
from draad.programmes.models import Action, ActionTerms, Knowledge, Programme, Round
from draad.programmes.queries import Place, ShownRule, Standing, Version, steps
from draad.programmes.shown import (
    Row,
    maximum_shown,
    side_of,
    unpublished,
    value_shown,
)
from draad.programmes.values import FIELD_LABELS, Line, line_maximum
from draad.web.formatting import plain
from draad.web.sources import source_text


def action_address(programme: Programme, number: int) -> str:
    """The page of an action."""
    return reverse("programmes:action", args=[programme.slug, number])


def round_address(programme: Programme, number: int) -> str:
    """The page of a round."""
    return reverse("programmes:round", args=[programme.slug, number])


def action_table(
    programme: Programme, actions: Sequence[Action], rounds: Sequence[Round], terms: Mapping[Place, Version]
) -> Table[Action]:
    """All actions with, per round, whether they are subsidised and how many indicator lines they have."""

    def subsidised(number: int) -> Column[Action]:
        def value(action: Action) -> Value:
            found = terms.get((action.number, number))
            return unpublished() if found is None else value_shown("subsidised", found.values.subsidised)

        label = gettext("Gesubsidieerd in ronde %(n)s") % {"n": number}
        return Column(f"subsidised-{number}", label, value, Kind.YES_NO, choices=True)

    return Table(
        key="acties",
        title=_("Acties"),
        columns=[
            Column("number", _("Actie"), lambda action: action.number, Kind.YEAR,
                   link=lambda action: action_address(programme, action.number)),
            Column("title", _("Naam"), lambda action: action.title, wide=True, language="nl",
                   link=lambda action: action_address(programme, action.number)),
            Column("objective", _("Doelstelling"), lambda action: str(action.objective), choices=True,
                   language="nl"),
            *[subsidised(of_round.number) for of_round in rounds],
        ],
        rows=actions,
        search=lambda action: f"{action.number} {action.title} {action.objective.title}",
        source=source_text(programme.source),
    )  # fmt: skip


def round_table(programme: Programme, rounds: Sequence[Round]) -> Table[Round]:
    """The rounds with their days, budget and report days."""

    def or_gap(value: Value) -> Value:
        return unpublished() if value is None else value

    return Table(
        key="rondes",
        title=_("Rondes"),
        columns=[
            Column("number", _("Ronde"), lambda r: gettext("Ronde %(n)s") % {"n": r.number},
                   link=lambda r: round_address(programme, r.number)),
            Column("starts", _("Begin"), lambda r: r.starts_on, Kind.DATE),
            Column("ends", _("Einde"), lambda r: r.ends_on, Kind.DATE),
            Column("opens", _("Oproep opent"), lambda r: or_gap(r.call_opens_on), Kind.DATE),
            Column("closes", _("Oproep sluit"), lambda r: or_gap(r.call_closes_on), Kind.DATE),
            Column("envelope", _("Budget"), lambda r: or_gap(r.envelope), Kind.EURO),
            Column("midterm", _("Tussentijds rapport"), lambda r: or_gap(r.midterm_due_on), Kind.DATE),
            Column("final", _("Eindrapport"), lambda r: or_gap(r.final_due_on), Kind.DATE),
        ],
        rows=rounds,
    )  # fmt: skip


@dataclass(frozen=True)
class RuleRow:
    """A rule with the rounds in which it reads the same."""

    key: str
    about: str
    sentence: str
    rounds: Sequence[tuple[int, bool]]
    sources: Sequence[str]

    @property
    def in_rounds(self) -> str:
        """The rounds: 1, 2 (overgenomen)."""
        return ", ".join(
            gettext("%(n)s (overgenomen)") % {"n": number} if carried else str(number)
            for number, carried in self.rounds
        )


def rule_rows(rules: Mapping[int, Iterable[ShownRule]]) -> list[RuleRow]:
    """The rules of several rounds, one row for each different sentence, in the order of the rules."""
    found: dict[tuple[str, str], list[ShownRule]] = {}
    for of_round in sorted(rules):
        for shown in rules[of_round]:
            found.setdefault((shown.key, shown.sentence), []).append(shown)
    keys = list(dict.fromkeys(shown.key for many in rules.values() for shown in many))
    ordered = sorted(found.values(), key=lambda same: keys.index(same[0].key))
    return [
        RuleRow(
            same[0].key,
            same[0].about,
            same[0].sentence,
            [(shown.stored.round.number, shown.carried) for shown in same],
            list(dict.fromkeys(shown.source for shown in same)),
        )
        for same in ordered
    ]


def rule_table(
    rows: Sequence[RuleRow], *, rounds: bool = True, changed: Mapping[str, str] | None = None
) -> Table[RuleRow]:
    """Rules as sentences with where they hold and who says so.

    Args:
        rows: the rules.
        rounds: whether a column says in which rounds each holds.
        changed: for the rules of one round, what happened to each since the round before, by key; None leaves it out.
    """
    more: list[Column[RuleRow]] = []
    if rounds:
        more.append(Column("rounds", _("Ronde"), lambda row: row.in_rounds))
    if changed is not None:
        same = gettext("gelijk")
        more.append(
            Column("changed", _("Tegenover de vorige ronde"), lambda row: changed.get(row.key, same), choices=True)
        )
    return Table(
        key="regels",
        title=_("Regels"),
        columns=[
            Column("about", _("Regel"), lambda row: row.about),
            Column("sentence", _("Wat geldt"), lambda row: row.sentence, wide=True),
            *more,
            Column("source", _("Bron"), lambda row: "; ".join(map(source_text, row.sources)), wide=True),
        ],
        rows=rows,
    )


@dataclass(frozen=True)
class LineRow:
    """An indicator line of an action in a round; without one when the lines are not known."""

    action: Action
    version: Version
    number: int | None
    line: Line | None

    def shown(self, field: str) -> Value:
        """A field of the line as a value for a table."""
        return value_shown(field, side_of(self.version.values, field, self.number or 1))

    @property
    def maximum(self) -> Value:
        """Euro: most units times amount per unit."""
        return maximum_shown(self.version.values, line_maximum(self.line) if self.line else None)

    @property
    def known(self) -> str:
        """How the line is known."""
        knowledge = {term.knowledge for term in self.line.values()} if self.line else {Knowledge.UNKNOWN}
        order = [Knowledge.UNKNOWN, Knowledge.CARRIED, Knowledge.STATED]
        least = next(k for k in order if k in knowledge)
        return str(least.label) if len(knowledge) == 1 else gettext("deels: %(how)s") % {"how": least.label}


def line_rows(actions: Sequence[Action], terms: Mapping[int, Version]) -> list[LineRow]:
    """The indicator lines of a round; an action whose lines are unknown gives one row without a line."""
    rows: list[LineRow] = []
    for action in actions:
        version = terms.get(action.number)
        if version is None or version.values.refused:
            continue
        lines = version.values.lines
        rows += [LineRow(action, version, number, line) for number, line in lines.items()]
        rows += [] if lines else [LineRow(action, version, None, None)]
    return rows


def line_table(programme: Programme, rows: Sequence[LineRow]) -> Table[LineRow]:
    """What each action asks and gives in a round, a row for each indicator line."""

    def of(field: str, kind: Kind = Kind.TEXT, *, choices: bool = False) -> Column[LineRow]:
        return Column(field, FIELD_LABELS[field], lambda row: row.shown(field), kind, choices=choices,
                      wide=field == "label")  # fmt: skip

    return Table(
        key="kpi-lijnen",
        title=_("KPI-lijnen"),
        columns=[
            Column("action", _("Actie"), lambda row: row.action.number, Kind.YEAR,
                   link=lambda row: action_address(programme, row.action.number)),
            Column("title", _("Naam"), lambda row: row.action.title, wide=True, language="nl",
                   link=lambda row: action_address(programme, row.action.number)),
            of("label"),
            of("unit", choices=True),
            of("counting"),
            of("unit_amount", Kind.EURO),
            of("max_units", Kind.COUNT),
            Column("maximum", _("Hoogste bedrag van de lijn (berekend)"), lambda row: row.maximum, Kind.EURO),
            Column("known", _("Hoe bekend"), lambda row: row.known, choices=True),
        ],
        rows=rows,
        search=lambda row: f"{row.action.number} {row.action.title} {row.shown('label')}",
    )  # fmt: skip


def terms_table(action: Action, rows: Sequence[Row], rounds: Sequence[Round]) -> Table[Row]:
    """The terms of one action with a column for each round, for a file."""

    def column(place: int, of_round: Round) -> Column[Row]:
        label = f"{gettext('Ronde %(n)s') % {'n': of_round.number}} · {of_round.years}"
        return Column(f"round-{of_round.number}", label,
                      lambda row: _written(row, place), wide=True)  # fmt: skip

    return Table(
        key=f"actie-{action.number}-voorwaarden",
        title=_("Voorwaarden van actie %(action)s") % {"action": str(action)},
        columns=[
            Column("field", _("Voorwaarde"), lambda row: str(row.label), wide=True),
            *[column(place, of_round) for place, of_round in enumerate(rounds)],
        ],
        rows=rows,
    )


def _written(row: Row, place: int) -> Value:
    """A cell as text: one column holds amounts, counts and words."""
    if not row.cells:
        return None
    cell = row.cells[place]
    return cell.value if isinstance(cell.value, Gap | NotApplicable) else plain(cell.value, cell.kind)


def administration_table(rows: Sequence[Standing]) -> Table[Standing]:
    """Where every action stands in every round, for who sets the terms."""

    def address(row: Standing) -> str:
        place = [row.action.programme.slug, row.action.number, row.round.number]
        return reverse("programmes:terms_history", args=place)

    def version(row: Standing) -> Value:
        return row.current.version if row.current else Gap(gettext("geen"))

    return Table(
        key="voorwaarden",
        title=_("Voorwaarden"),
        columns=[
            Column("action", _("Actie"), lambda row: row.action.number, Kind.YEAR, link=address),
            Column("title", _("Naam"), lambda row: row.action.title, link=address, wide=True, language="nl"),
            Column("programme", _("Programma"), lambda row: row.action.programme.name, choices=True),
            Column("round", _("Ronde"), lambda row: row.round.number, Kind.YEAR, choices=True),
            Column("version", _("Laatste versie"), version, Kind.YEAR),
            Column("effective", _("Geldt vanaf"), lambda row: row.current.effective_on if row.current else None,
                   Kind.DATE),
            Column("draft", _("Ontwerp"), lambda row: row.draft is not None, Kind.YES_NO, choices=True,
                   link=lambda row: reverse("programmes:terms_edit", args=[row.draft.pk]) if row.draft else None),
        ],
        rows=rows,
        search=lambda row: f"{row.action.number} {row.action.title}",
    )  # fmt: skip


def version_table(versions: Sequence[ActionTerms]) -> Table[tuple[ActionTerms, int]]:
    """Published versions with their reason and how many terms each changed."""
    rows = [(terms, sum(d.kind.is_change for d in differences)) for terms, differences in steps(versions)]
    return Table(
        key="versies",
        title=_("Gepubliceerde versies"),
        columns=[
            Column("version", _("Versie"), lambda row: row[0].version, Kind.YEAR),
            Column("effective", _("Geldt vanaf"), lambda row: row[0].effective_on, Kind.DATE),
            Column("published", _("Gepubliceerd op"),
                   lambda row: row[0].published_at and localtime(row[0].published_at).date(), Kind.DATE),
            Column("from_facts", _("Uit de bronnen geladen"), lambda row: row[0].from_facts, Kind.YES_NO),
            Column("changes", _("Wijzigingen"), lambda row: row[1], Kind.COUNT),
            Column("reason", _("Reden"), lambda row: row[0].change_reason, wide=True),
        ],
        rows=rows,
    )  # fmt: skip
