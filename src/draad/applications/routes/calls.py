"""Calls: what everybody reads, and how managers prepare them."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import EVERYONE, MANAGERS, Guard
from draad.applications.views import callreasons, calls, callsetup

READ, WORK = "oproepen/<slug:slug>/ronde-<int:number>/", "beheer/oproepen/<slug:slug>/ronde-<int:number>/"

_public = [
    path("oproepen/", calls.listing, name="calls"),
    path("aanvragen/toestanden/", calls.states, name="states"),
    path(READ, calls.page, name="call"),
    path(f"{READ}formulier/", calls.form, name="call_form"),
    path(f"{READ}documenten/<int:pk>/", calls.document, name="call_document"),
]
_work = [
    path(WORK, callsetup.page, name="call_setup"),
    path(f"{WORK}beginnen/", callsetup.start, name="call_start"),
    path(f"{WORK}wijzigen/", callsetup.edit, name="call_edit"),
    path(f"{WORK}publiceren/", callsetup.publish, name="call_publish"),
    path(f"{WORK}verlengen/", callsetup.extend, name="call_extend"),
    path(f"{WORK}intrekken/", callsetup.cancel, name="call_cancel"),
    path(f"{WORK}hernemen/", callsetup.resume, name="call_resume"),
    path(f"{WORK}weggooien/", callsetup.discard, name="call_discard"),
    path(f"{WORK}documenten/nieuw/", callsetup.document_add, name="call_document_add"),
    path(f"{WORK}documenten/<int:pk>/verwijderen/", callsetup.document_remove, name="call_document_remove"),
    path(f"{WORK}redenen/nieuw/", callreasons.new, name="call_reason_new"),
    path(f"{WORK}redenen/<slug:key>/", callreasons.change, name="call_reason"),
    path(f"{WORK}mails/<slug:key>/", callsetup.mail, name="call_mail"),
]
urlpatterns = [*_public, *_work]
ACCESS: dict[str, Guard] = {
    **{f"applications:{pattern.name}": EVERYONE for pattern in _public},
    **{f"applications:{pattern.name}": MANAGERS for pattern in _work},
}
