"""Chooses which lines an application has, puts them in order, and divides them over the members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.accounts.revisions import check_revision
from draad.applications.actions.formwriting import LINE, Filling, filling
from draad.applications.amounts import divided
from draad.applications.models import Application, ApplicationLine
from draad.applications.policies.fields import LINES, line_field, share_field
from draad.applications.policies.form import check_field
from draad.applications.queries.form import offered, place_of
from draad.programmes.models import IndicatorTerms


@dataclass(frozen=True)
class Row:
    """The numbers of an indicator line; an empty one is None."""

    priority: int | None
    existing: int | None
    planned: int | None


def choose_lines(application: Application, *, add: Collection[int], remove: Collection[int], by: Actor) -> Application:
    """Add lines for indicator lines and remove lines (primary keys); what was filled in a removed line goes with it.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: for an indicator line that the round does not offer, or when lines cannot change now.
    """
    with filling(application, by=by) as opened:
        check_field(opened.form, LINES)
        for line in [line for line in opened.form.lines if line.pk in remove]:
            _remove(opened, line)
        _add(opened, add)
    return opened.form.application


def fill_lines(application: Application, rows: Mapping[int, Row], *, revision: int, by: Actor) -> Application:
    """Give lines their numbers by indicator line (primary key), adding the lines that are not there yet.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ChangedMeanwhileError: when the application was saved since the writer read it at ``revision``.
        ValidationError: as in ``choose_lines``, or for a field that an open question does not name.

    What was typed and waits beside an empty number stays there while the row leaves that number empty.
    """
    with filling(application, by=by) as opened:
        form = opened.form
        check_revision(form.application.revision, revision)
        known = {line.indicator_id for line in form.lines}
        fresh = [indicator for indicator in rows if indicator not in known]
        if fresh:
            check_field(form, LINES)
            _add(opened, fresh)
        for line in form.lines:
            row = rows.get(line.indicator_id)
            if row is not None:
                _fill(opened, line, row)
    return form.application


def _fill(opened: Filling, line: ApplicationLine, row: Row) -> None:
    values: dict[str, Any] = {"priority": row.priority, "existing": row.existing, "planned": row.planned}
    unsaved = opened.columns.setdefault("unsaved", dict(opened.form.application.unsaved))
    for column, value in values.items():
        name = line_field(line.pk, column)
        if getattr(line, column) != value:
            check_field(opened.form, name)
        elif value is None:
            continue
        unsaved.pop(name, None)
    opened.log.change(line, verb=f"{LINE}.change", **values)


def move_line(application: Application, line: int, *, up: bool, by: Actor) -> Application:
    """Let a line (primary key) change places with the one before or after it; all lines are numbered again from 1.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when an open question does not name the priorities.
    """
    with filling(application, by=by) as opened:
        lines = opened.form.lines
        here = next((place for place, found in enumerate(lines) if found.pk == line), None)
        there = None if here is None else here + (-1 if up else 1)
        if here is not None and there is not None and 0 <= there < len(lines):
            lines[here], lines[there] = lines[there], lines[here]
            _number(opened)
    return opened.form.application


def divide_shares(application: Application, weights: Sequence[int] | None, *, by: Actor) -> Application:
    """Divide the planned units of every line over the partners, in their order: by weights, or equally.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when nobody applies together, or the partners changed meanwhile.
    """
    with filling(application, by=by) as opened:
        form, partners = opened.form, opened.form.partners
        if len(partners) < 2:
            raise ValidationError(_("Er is nog geen ander bestuur dat meedoet. Er valt niets te verdelen."))
        if weights is not None and len(weights) != len(partners):
            raise ValidationError(_("De leden zijn intussen gewijzigd. Verdeel opnieuw."))
        for line in form.lines:
            parts = divided(line.planned or 0, weights or [1] * len(partners))
            for member, units in zip(partners, parts, strict=True):
                check_field(form, share_field(line.pk, member.pk))
                opened.share(line, member.pk, None if line.planned is None else units)
    return opened.form.application


def _add(opened: Filling, indicators: Collection[int]) -> None:
    if not indicators:
        return
    form = opened.form
    choices = {indicator.pk: indicator for indicator in offered(form.round)}
    if not set(indicators) <= set(choices):
        raise ValidationError(_("Een van de gekozen lijnen kan in deze ronde niet aangevraagd worden. Kies opnieuw."))
    taken = {place_of(line.indicator) for line in form.lines}
    highest = max((line.priority or 0 for line in form.lines), default=0)
    wanted: list[IndicatorTerms] = [choices[pk] for pk in choices if pk in set(indicators)]
    for indicator in wanted:
        if place_of(indicator) in taken:
            continue
        highest += 1
        line = ApplicationLine(application=form.application, indicator=indicator, priority=highest)
        form.lines.append(opened.log.create(line, verb=f"{LINE}.add"))


def _remove(opened: Filling, line: ApplicationLine) -> None:
    form, log = opened.form, opened.log
    for key in [key for key in form.shares if key[0] == line.pk]:
        log.remove(form.shares.pop(key), verb="applications.share.remove")
    form.lines.remove(line)
    action = line.indicator.terms.action_id
    if action in form.explanations and all(other.indicator.terms.action_id != action for other in form.lines):
        log.remove(form.explanations.pop(action), verb="applications.explanation.remove")
    unsaved = opened.columns.setdefault("unsaved", dict(form.application.unsaved))
    for name in [name for name in unsaved if f":{line.pk}:" in name]:
        del unsaved[name]
    log.remove(line, verb=f"{LINE}.remove")


def _number(opened: Filling) -> None:
    """Number the lines from 1 as they stand; a priority that was typed and not stored gives way."""
    unsaved = dict(opened.form.application.unsaved)
    for place, line in enumerate(opened.form.lines, start=1):
        name = line_field(line.pk, "priority")
        if line.priority != place:
            check_field(opened.form, name)
        unsaved.pop(name, None)
        opened.log.change(line, verb=f"{LINE}.change", priority=place)
    opened.columns["unsaved"] = unsaved
