"""Handing in, and what follows it: the receipt, taking back, ending."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import Guard, held_by
from draad.applications.states import APPROVING, ASSESSING, WRITING
from draad.applications.views import submission

_APPROVED = [
    path("aanvragen/<int:pk>/indienen/", submission.submit, name="submit"),
    path("aanvragen/<int:pk>/heropenen/", submission.reopen, name="reopen"),
    path("aanvragen/<int:pk>/intrekken/", submission.withdraw, name="withdraw"),
    path("aanvragen/<int:pk>/weggooien/", submission.cancel, name="cancel"),
]
urlpatterns = [
    path("aanvragen/<int:pk>/nakijken/", submission.review, name="review"),
    path("aanvragen/<int:pk>/ontvangstbewijs/<int:number>/", submission.receipt, name="receipt"),
    *_APPROVED,
]
ACCESS: dict[str, Guard] = {f"applications:{pattern.name}": held_by(*APPROVING) for pattern in _APPROVED} | {
    "applications:review": held_by(*WRITING),
    "applications:receipt": held_by(*WRITING, *ASSESSING),
}
