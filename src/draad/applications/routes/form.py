"""The form of an application: where it begins, its page, its lines and its attachments."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import Guard, held_by
from draad.applications.states import ASSESSING, WRITING
from draad.applications.views import form, formexcel, formlines, formstart

FILLING, READING = held_by(*WRITING), held_by(*WRITING, *ASSESSING)

urlpatterns = [
    path("aanvragen/nieuw/", formstart.page, name="start"),
    path("aanvragen/<int:pk>/", form.page, name="form"),
    path("aanvragen/<int:pk>/lijnen/", formlines.page, name="form_lines"),
    path("aanvragen/<int:pk>/in-aanmerking/", form.eligible, name="form_eligible"),
    path("aanvragen/<int:pk>/excel/", formexcel.page, name="form_excel"),
    path("aanvragen/<int:pk>/excel/bestand/", formexcel.download, name="form_excel_file"),
    path("aanvragen/<int:pk>/excel/bewaren/", formexcel.confirm, name="form_excel_confirm"),
    path("aanvragen/<int:pk>/bijlagen/<int:attachment_pk>/", form.attachment, name="form_attachment"),
]
ACCESS: dict[str, Guard] = {
    "applications:start": FILLING,
    "applications:form": READING,
    "applications:form_lines": FILLING,
    "applications:form_eligible": READING,
    "applications:form_excel": FILLING,
    "applications:form_excel_file": FILLING,
    "applications:form_excel_confirm": FILLING,
    "applications:form_attachment": READING,
}
