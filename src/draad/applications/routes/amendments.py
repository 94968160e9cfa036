"""Changes after the decision."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import MANAGERS, Guard, held_by
from draad.applications.states import APPROVING, ASSESSING, WRITING
from draad.applications.views import amendments

_OF_APPLICATION = "aanvragen/<int:pk>/wijzigingen"
urlpatterns = [
    path("beoordeling/wijzigingen/", amendments.listing, name="amendments"),
    path(f"{_OF_APPLICATION}/nieuw/", amendments.ask, name="amendment_request"),
    path(f"{_OF_APPLICATION}/<int:number>/", amendments.page, name="amendment"),
    path(f"{_OF_APPLICATION}/<int:number>/antwoorden/", amendments.answer, name="amendment_answer"),
    path(f"{_OF_APPLICATION}/<int:number>/intrekken/", amendments.withdraw, name="amendment_withdraw"),
]
ACCESS: dict[str, Guard] = {
    "applications:amendments": MANAGERS,
    "applications:amendment_request": held_by(*APPROVING),
    "applications:amendment": held_by(*WRITING, *ASSESSING),
    "applications:amendment_answer": MANAGERS,
    "applications:amendment_withdraw": held_by(*APPROVING),
}
