"""What this room adds to the page of an action: results per round as a chart and a table, other figures, findings."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.freshness import while_unchanged
from draad.documents.tables import Table
from draad.figures.chart import NARROW, WIDE, Measured, draw
from draad.figures.models import PublishedFigure
from draad.figures.queries import ActionRound, Values, action_rounds, figures
from draad.figures.tables import action_rounds_table, figures_table
from draad.findings.queries import findings_about
from draad.findings.sections import section_about
from draad.programmes.findings import action_key
from draad.programmes.models import Action
from draad.programmes.queries import current_terms
from draad.web.sections import Section
from draad.web.tables import BoundTable
from draad.web.thread import Stop

BESIDE = "figures.values_differ"


def published_section(action: Action) -> Section:
    """What was published of an action; when nothing was, that is said."""
    rows, rounds = _published(action)
    measured = _measured(rounds, changes_of(action))
    per_round = any(values.records for row in rounds for values in _of(row))
    context = {
        "action": action,
        "headline": headline(rounds) if per_round or not rows else _("Gepubliceerde cijfers"),
        "measured": measured,
        "beside": [finding for finding in findings_about([action_key(action)]) if finding.rule == BESIDE],
        "wide": draw(measured, WIDE),
        "narrow": draw(measured, NARROW),
        "results": BoundTable(action_rounds_table(rounds), "", {}) if per_round else None,
        "others": _others(rows, rounds),
    }
    return Section("figures/of_action.html", context, _stops(rounds))


def findings_section(action: Action) -> Section | None:
    """The findings about an action, but for those that stand beside its chart."""
    measured = any(row.reached.records or row.target.records for row in _published(action)[1])
    return section_about([action_key(action)], without=BESIDE if measured else "")


@while_unchanged
def _published(action: Action) -> tuple[list[PublishedFigure], list[ActionRound]]:
    """What was published of an action, and the same by round: both sections of its page read it."""
    rows = list(figures().filter(action=action))
    return rows, action_rounds(action, rows)


def _of(row: ActionRound) -> tuple[Values, ...]:
    return row.target, row.reached, row.granted, row.governments


def _others(rows: Sequence[PublishedFigure], rounds: Sequence[ActionRound]) -> BoundTable | None:
    """The figures that the table per round has no place for."""
    placed = {record.pk for row in rounds for values in _of(row) for record in values.records}
    left = [row for row in rows if row.pk not in placed]
    table: Table[PublishedFigure] = figures_table(left, key="andere-cijfers", title=_("Andere gepubliceerde cijfers"))
    return BoundTable(table, "", {}) if left else None


def headline(rounds: Sequence[ActionRound]) -> str:
    """What the results say, in one sentence: how many of the measured rounds reached the granted target."""
    pairs = [(row.reached.value, row.target.value) for row in rounds]
    measured = [(reached, target) for reached, target in pairs if reached is not None and target is not None]
    reached = sum(value >= target for value, target in measured)
    if not measured:
        return _("Resultaten per ronde")
    if reached == len(measured):
        return _("Elke gemeten ronde haalde het toegekende doel")
    if not reached:
        return _("Geen gemeten ronde haalde het toegekende doel")
    return ngettext(
        "%(n)s van de %(all)s gemeten rondes haalde het toegekende doel",
        "%(n)s van de %(all)s gemeten rondes haalden het toegekende doel",
        reached,
    ) % {"n": reached, "all": len(measured)}


def changes_of(action: Action) -> dict[int, str]:
    """The rounds (by number) from which an action counts something else than the round before, with what it counts."""
    changes: dict[int, str] = {}
    before: list[str] = []
    for (_action, number), version in current_terms(action.programme, action=action).items():
        labels = [line.label for line in version.terms.lines.all()]
        if before and labels and labels != before:
            changes[number] = "; ".join(labels)
        before = labels or before
    return changes


def _measured(rounds: Sequence[ActionRound], changes: dict[int, str]) -> list[Measured]:
    return [
        Measured(
            label=_("Ronde %(n)s") % {"n": row.round.number},
            period=f"{row.round.starts_on.year}–{row.round.ends_on.year}",
            value=row.reached.value,
            target=row.target.value,
            others=[record.value for record in row.reached.others],
            changed=_changed(row.round.number, changes),
        )
        for row in rounds
        if row.reached.records or row.target.records
    ]


def _changed(number: int, changes: dict[int, str]) -> str:
    if number not in changes:
        return ""
    return _("vanaf ronde %(n)s telt: %(what)s") % {"n": number, "what": changes[number]}


def _stops(rounds: Sequence[ActionRound]) -> dict[str, Stop]:
    """The stations that published figures know: the newest round with a value."""
    stops: dict[str, Stop] = {}
    by_station = {
        "application": [(row.round, row.governments.first) for row in rounds],
        "grant": [(row.round, row.granted.first) for row in rounds],
        "result": [(row.round, row.reached.first) for row in rounds],
    }
    for station, records in by_station.items():
        known = [(round_.number, record) for round_, record in records if record]
        if known:
            number, record = known[-1]
            words = {"value": record.shown, "n": number}
            text = _("%(value)s besturen, ronde %(n)s") if station == "application" else _("%(value)s, ronde %(n)s")
            stops[station] = Stop(text % words, "#resultaat")
    return stops
