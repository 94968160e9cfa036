"""Arguments of the routes of calls, for the tests that try every route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from draad.applications.actions.calls import add_document
from draad.applications.models import Call
from draad.web.files import checked
from tests.applications.making import BY, make_call
from tests.documents.test_contents import PNG_HEAD

STEPS = ["", "_form", "_setup", "_start", "_edit", "_publish", "_extend", "_cancel", "_resume", "_discard",
         "_document_add"]  # fmt: skip
QUEUE_ROUTES = ["queue", "queue_share", "corrections"]


def call_routes() -> dict[str, Mapping[str, Any]]:
    """The published call of round 1 with a document."""
    call = Call.objects.filter(round__programme__slug="plan-samenleven", round__number=1).first() or make_call()
    file = checked(SimpleUploadedFile("plan.png", PNG_HEAD))
    document = call.documents.first() or add_document(call, title="Plan", file=file, by=BY)
    place = {"slug": "plan-samenleven", "number": 1}
    return {
        **{f"applications:call{step}": place for step in STEPS},
        **{f"applications:{name}": place for name in QUEUE_ROUTES},
        "applications:call_document": {**place, "pk": document.pk},
        "applications:call_document_remove": {**place, "pk": document.pk},
        "applications:call_mail": {**place, "key": "submitted"},
        "applications:call_reason_new": place,
        "applications:call_reason": {**place, "key": "budget"},
    }
