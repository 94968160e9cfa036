"""An application with all that hangs on it, of a government of choice, for the tests that try every route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from draad.accounts import audit
from draad.applications.models import (
    Amendment,
    Application,
    ApplicationState,
    Assessment,
    Attachment,
    Call,
    Member,
    MemberState,
    Question,
    Submission,
)
from draad.applications.queries.eligibility import eligibility
from draad.applications.queries.form import applications, filled
from draad.applications.queries.submission import content_of, hash_of
from draad.organisations.models import Organisation
from tests.applications.making import BY, CLOSES, DURING, make_application, make_call

DOSSIER_ROUTES = (
    *("form", "form_lines", "form_eligible", "form_excel", "form_excel_file", "form_excel_confirm"),
    *("dossier", "members", "member_invite", "review", "submit", "reopen", "withdraw", "cancel", "answer"),
    *("assessment", "assessment_begin", "assessment_save", "assessment_reconsider", "assessment_assign"),
    *("assessment_note", "assessment_eligible", "assessment_conflict", "question_ask", "question_recall"),
    "corrections_ask",
    "amendment_request",
)
AMENDMENT_ROUTES = ("amendment", "amendment_answer", "amendment_withdraw")
INVITATION_ROUTES = ("invitation", "invitation_answer", "member_release")


def dossier_routes(applicant: Organisation) -> dict[str, Mapping[str, Any]]:
    """Arguments of the routes of one application: with a file, a receipt, a question and a request that wait.

    It is the application that the government has in the call, else a submitted one. The applicant is also invited to the application of Hasselt.
    """
    call = Call.objects.filter(round__programme__slug="plan-samenleven", round__number=1).first() or make_call()
    application = Application.objects.filter(call=call, applicant=applicant).first()
    application = application or make_application(call, applicant, {5: (1, 10)}, state=ApplicationState.SUBMITTED)
    file, submission = _file(application), _submission(application)
    _question(application)
    _assessment(application)
    _amendment(application)
    invited = _invitation(call, applicant)
    return {
        **{f"applications:{name}": {"pk": application.pk} for name in DOSSIER_ROUTES},
        "applications:form_attachment": {"pk": application.pk, "attachment_pk": file.pk},
        "applications:receipt": {"pk": application.pk, "number": submission.number},
        **{f"applications:{name}": {"pk": application.pk, "number": 1} for name in AMENDMENT_ROUTES},
        **{f"applications:{name}": {"pk": invited.pk} for name in INVITATION_ROUTES},
    }


def _file(application: Application) -> Attachment:
    values = {"kind": "other", "file_name": "a.png", "media_type": "image/png", "size": 4, "uploaded_at": DURING}
    content = ContentFile(b"\x89PNG", name="a.png")
    with audit.recording(by=BY) as log:
        return log.create(
            Attachment(application=application, file=content, sha256="0" * 64, **values), verb="test.attach"
        )


def _submission(application: Application) -> Submission:
    form = filled(applications().get(pk=application.pk))
    content = content_of(form, eligibility(application, form.rules), number=1, at=DURING, by="Ans Aanvraag")
    with audit.recording(by=BY) as log:
        handed_in = Submission(application=application, number=1, at=DURING, content=content, sha256=hash_of(content))
        return log.create(handed_in, verb="test.submit")


def _question(application: Application) -> Question:
    values = {"text": "Waarom twee?", "due_on": CLOSES.date(), "asked_at": CLOSES}
    with audit.recording(by=BY) as log:
        return log.create(Question(application=application, number=1, **values), verb="test.ask")


def _assessment(application: Application) -> Assessment:
    with audit.recording(by=BY) as log:
        return log.create(Assessment(application=application), verb="test.assess")


def _amendment(application: Application) -> Amendment:
    change = {"field": "contact_name", "label": "Contact", "before": "Ans Aanvraag", "after": "Bo Aanvraag"}
    values = {"reason": "Ans is weg", "changes": [change], "requested_at": CLOSES}
    with audit.recording(by=BY) as log:
        return log.create(Amendment(application=application, number=1, **values), verb="test.request")


def _invitation(call: Call, invited: Organisation) -> Member:
    theirs = make_application(call, "Hasselt", {5: (1, 10)})
    with audit.recording(by=BY) as log:
        asked = Member(application=theirs, organisation=invited, state=MemberState.INVITED, invited_at=DURING)
        return log.create(asked, verb="test.invite")
