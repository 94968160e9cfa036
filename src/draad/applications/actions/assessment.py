"""Assigns, begins and closes assessments; keeps advice, notes and conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.models import User
from draad.accounts.revisions import check_revision
from draad.applications.models import Application, Assessment, ConflictOfInterest, LineAdvice, Note
from draad.applications.policies.assessment import (
    GivenAdvice,
    check_advice,
    check_assessor,
    check_complete,
    check_may_begin,
    check_pass,
    check_statement,
)
from draad.applications.queries.assessment import assessors, locked, with_lines
from draad.applications.states import ADVISE, ASSESS, ASSESSING, RECONSIDER

ASSIGN = "applications.assessment.assign"
SAVE = "applications.assessment.save"
LINE = "applications.advice"


def assign(applications: Iterable[Application], to: User | None, *, by: Actor) -> int:
    """Give applications to an assessor, or to nobody; the number that changed hands.

    Raises:
        PermissionDenied: for who may not assess.
        ValidationError: when ``to`` is no assessor, or declared a conflict of interest with one of them.
    """
    by.require(*ASSESSING)
    if to is not None and to not in assessors():
        raise ValidationError(_("%(name)s is geen beoordelaar.") % {"name": to})
    with audit.recording(by=by) as log:
        return sum(_assign(log, application, to) for application in locked(applications))


def _assign(log: Recording, application: Application, to: User | None) -> bool:
    conflict = next((c for c in application.conflicts.all() if to is not None and c.user_id == to.pk), None)
    if conflict:
        raise ValidationError(
            _("%(name)s meldde een belangenconflict met %(applicant)s.")
            % {"name": to, "applicant": application.applicant}
        )
    found = Assessment.objects.filter(application=application).first()
    if found is None:
        if to is not None:
            log.create(Assessment(application=application, assessor=to), verb=ASSIGN)
        return to is not None
    return log.change(found, verb=ASSIGN, assessor=to)


def share_out(applications: Iterable[Application], among: Sequence[User], *, by: Actor) -> int:
    """Divide applications over assessors so that each gets about as many lines; the number that changed hands.

    The longest go first, each to who has the fewest lines so far and no conflict of interest (the greedy rule of
    Graham, *Bounds on Multiprocessing Timing Anomalies*, 1969).

    Raises:
        PermissionDenied: for who may not assess.
        ValidationError: without assessors, or when everybody has a conflict with one of them.
    """
    by.require(*ASSESSING)
    known = assessors()
    if not among or any(person not in known for person in among):
        raise ValidationError(_("Kies een of meer beoordelaars."))
    load = dict.fromkeys((person.pk for person in among), 0)
    with audit.recording(by=by) as log:
        found = locked(applications)
        counted = Application.objects.filter(pk__in=[a.pk for a in found]).annotate(n_lines=Count("lines"))
        lines = dict(counted.values_list("pk", "n_lines"))
        changed = 0
        for application in sorted(found, key=lambda a: (-lines[a.pk], a.number)):
            barred = {conflict.user_id for conflict in application.conflicts.all()}
            free = [person for person in among if person.pk not in barred]
            if not free:
                raise ValidationError(
                    _("Iedereen meldde een belangenconflict met %(applicant)s.") % {"applicant": application.applicant}
                )
            chosen = min(free, key=lambda person: (load[person.pk], person.pk))
            load[chosen.pk] += lines[application.pk]
            changed += _assign(log, application, chosen)
        return changed


def begin(application: Application, *, by: Actor) -> Application:
    """Begin to assess an application that was submitted; who begins unassigned work takes it.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: when it was not submitted, or the call is still open for its applicant.
    """
    with audit.recording(by=by) as log:
        current = _one(application)
        check_pass(current, ASSESS, by)
        check_may_begin(current)
        found = Assessment.objects.filter(application=current).first()
        if found is None:
            log.create(Assessment(application=current, assessor=by.user, started_at=timezone.now()), verb=ASSESS.verb)
        else:
            log.change(found, verb=ASSESS.verb, assessor=found.assessor or by.user, started_at=timezone.now())
        log.change(current, verb=ASSESS.verb, state=ASSESS.after)
    return current


def save_advice(
    application: Application, given: Mapping[int, GivenAdvice], summary: str, *, revision: int, by: Actor
) -> Assessment:
    """Keep what is advised so far; lines without advice may follow later.

    Args:
        application: what is assessed.
        given: the advice by primary key of a line; a line that is left out loses its advice.
        summary: the advice as a whole.
        revision: the revision of the assessment that the writer had before them.
        by: who advises.

    Raises:
        PermissionDenied: for who may not assess it.
        ChangedMeanwhileError: when a colleague saved meanwhile.
        ValidationError: for advice that is not complete, or in another state.
    """
    with audit.recording(by=by) as log:
        current = _one(application)
        check_pass(current, ADVISE, by)
        found: Assessment = Assessment.objects.select_for_update().get(application=current)
        check_revision(found.revision, revision)
        _write(log, found, with_lines(current), given)
        log.change(found, verb=SAVE, summary=summary.strip(), revision=found.revision + 1)
    return found


def _write(log: Recording, found: Assessment, application: Application, given: Mapping[int, GivenAdvice]) -> None:
    present = {advice.line_id: advice for advice in found.lines.all()}
    problems: list[str] = []
    for line in application.lines.all():
        wanted = given.get(line.pk)
        if wanted is None:
            if line.pk in present:
                log.remove(present[line.pk], verb=f"{LINE}.remove")
            continue
        try:
            check_advice(line, wanted)
        except ValidationError as problem:
            problems += problem.messages
            continue
        values: dict[str, Any] = {"advice": wanted.advice, "units": wanted.units, "reason": wanted.reason.strip()}
        if line.pk in present:
            log.change(present[line.pk], verb=f"{LINE}.change", **values)
        else:
            log.create(LineAdvice(assessment=found, line=line, **values), verb=f"{LINE}.add")
    if problems:
        raise ValidationError(problems)


def advise(application: Application, *, by: Actor) -> Application:
    """Close the advice: every line has one, and there is a summary.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: naming the lines without advice, or the state that does not allow it.
    """
    with audit.recording(by=by) as log:
        current = _one(application)
        check_pass(current, ADVISE, by)
        found: Assessment = Assessment.objects.select_for_update().get(application=current)
        given = {advice.line_id: advice.advice for advice in found.lines.all()}
        check_complete(with_lines(current).lines.all(), given, found.summary)
        log.change(found, verb=ADVISE.verb, advised_at=timezone.now())
        log.change(current, verb=ADVISE.verb, state=ADVISE.after)
    return current


def reconsider(application: Application, *, by: Actor) -> Application:
    """Open an advice again.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: when there is no closed advice.
    """
    with audit.recording(by=by) as log:
        current = _one(application)
        check_pass(current, RECONSIDER, by)
        log.change(Assessment.objects.get(application=current), verb=RECONSIDER.verb, advised_at=None)
        log.change(current, verb=RECONSIDER.verb, state=RECONSIDER.after)
    return current


def write_note(application: Application, text: str, *, by: Actor) -> Note:
    """Leave a note for the other assessors.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: when there is no text.
    """
    check_assessor(application, by)
    if not text.strip():
        raise ValidationError(_("Schrijf eerst uw nota."))
    with audit.recording(by=by) as log:
        note = Note(application=application, text=text.strip(), at=timezone.now(), by=by.user)
        return log.create(note, verb="applications.note.add")


def declare_conflict(application: Application, statement: str, *, by: Actor) -> ConflictOfInterest:
    """Declare a conflict of interest: from then on this person does not assess the application.

    Raises:
        PermissionDenied: for who may not assess, or declared it already.
        ValidationError: without a statement.
    """
    check_assessor(application, by)
    statement = check_statement(statement)
    with audit.recording(by=by) as log:
        current = _one(application)
        found = Assessment.objects.filter(application=current, assessor=by.user).first()
        if found:
            log.change(found, verb=ASSIGN, assessor=None)
        declared = ConflictOfInterest(application=current, user=by.user, statement=statement, at=timezone.now())
        return log.create(declared, verb="applications.conflict.declare")


def _one(application: Application) -> Application:
    return locked([application])[0]
