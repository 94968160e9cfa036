"""The dossier of an application as its governments read it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from draad.applications.models import Amendment, Application, Member, Notice, Question, Submission
from draad.applications.queries.calls import EXTENSIONS
from draad.web.prepared import Given, Prepared, attach, telling


def _asked() -> QuerySet[Application]:
    rows = Application.objects.select_related("applicant", "call__round__programme", "copied_from")
    return telling(rows.filter(pk=Given("pk")), "notices", "submissions", "amendments", "questions")


def _part(rows: QuerySet[Any], *order: str) -> Prepared[Any]:
    return Prepared(lambda: rows.filter(application=Given("application")).order_by(*order))


_APPLICATION: Prepared[Application] = Prepared(_asked)
_PARTS = {
    "members": _part(Member.objects.select_related("organisation"), "-is_applicant", "pk"),
    "notices": _part(Notice.objects.all(), "-at", "-pk"),
    "submissions": _part(Submission.objects.all(), "number"),
    "amendments": _part(Amendment.objects.all(), "number"),
    "questions": _part(Question.objects.select_related("asked_by", "answered_by"), "number"),
}


def dossier_or_404(pk: int) -> Application:
    """An application with its call, members, notices, submissions, requests to change it, and questions.

    Raises:
        Http404: when there is none.
    """
    found = _APPLICATION.or_404(pk=pk)
    attach(found.call, "extensions", EXTENSIONS)
    for name, rows in _PARTS.items():
        attach(found, name, rows)
    return found
