"""Asks an applicant back: the application reopens for the named fields only, until it is answered or recalled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.applications.actions.notices import notify, people_of
from draad.applications.models import Application, Assessment, Question
from draad.applications.policies.access import check_may_submit
from draad.applications.policies.assessment import check_pass
from draad.applications.policies.questions import check_answer, check_question
from draad.applications.queries.assessment import locked, with_fields
from draad.applications.queries.questions import choices_of, labelled, open_question
from draad.applications.states import ANSWER, ASK, RECALL, WRITING
from draad.web.formatting import day


def ask(application: Application, text: str, fields: Sequence[str], *, due_on: date, by: Actor) -> Question:
    """Ask the applicant something; from then on its people may change the named fields, and only those.

    Args:
        application: what is assessed.
        text: the question.
        fields: names of fields as in ``policies.fields``; none when words alone are asked for.
        due_on: the last day to answer.
        by: who asks.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: without a question, with a day gone by, for a field that the application does not have, or
            in another state.
    """
    with audit.recording(by=by) as log:
        current = locked([application])[0]
        check_pass(current, ASK, by)
        known = labelled(choices_of(with_fields(current)))
        check_question(text, fields, due_on, known)
        last = current.questions.aggregate(last=Max("number"))["last"] or 0
        question = Question(
            application=current,
            number=last + 1,
            text=text.strip(),
            fields=list(dict.fromkeys(fields)),
            before={name: known[name][1].value for name in fields},
            due_on=due_on,
            asked_at=timezone.now(),
            asked_by=by.user,
        )
        log.create(question, verb=ASK.verb)
        log.change(current, verb=ASK.verb, state=ASK.after)
        told = people_of([current.applicant_id], WRITING)
        notify(log, current, "question_asked", told, vraag=question.text, termijn=day(due_on))
    return question


def recall(application: Application, *, by: Actor) -> Application:
    """Take an open question back; what the applicant changed meanwhile stays.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: when no question is open.
    """
    with audit.recording(by=by) as log:
        current = locked([application])[0]
        check_pass(current, RECALL, by)
        _end(log, current, withdrawn_at=timezone.now())
        log.change(current, verb=RECALL.verb, state=RECALL.after)
        notify(log, current, "question_recalled", people_of([current.applicant_id], WRITING))
    return current


def answer(application: Application, text: str, *, by: Actor) -> Application:
    """Answer the open question; the fields close again and the assessment goes on.

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ValidationError: without an answer, while a named field holds something that cannot be stored, or when no
            question is open.
    """
    with audit.recording(by=by) as log:
        current = locked([application])[0]
        check_may_submit(current, by)
        ANSWER.check(current.state, current.get_state_display())
        check_answer(current, text)
        known = labelled(choices_of(with_fields(current)))
        question = open_question(current)
        named = question.fields if question else []
        after = {name: known[name][1].value for name in named if name in known}
        _end(log, current, answer=text.strip(), answered_at=timezone.now(), answered_by=by.user, after=after)
        log.change(current, verb=ANSWER.verb, state=ANSWER.after)
        found = Assessment.objects.filter(application=current).select_related("assessor").first()
        if found and found.assessor:
            notify(log, current, "question_answered", [found.assessor], path=f"/beoordeling/aanvraag/{current.pk}/")
    return current


def _end(log: Recording, application: Application, **values: Any) -> None:
    question = open_question(application)
    if question:
        verb = ANSWER.verb if "answer" in values else RECALL.verb
        log.change(question, verb=verb, **values)
