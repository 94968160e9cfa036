"""Applications on terms that were corrected since."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import Guard, held_by
from draad.applications.states import ASSESSING
from draad.applications.views import corrections

ASSESSORS = held_by(*ASSESSING)
urlpatterns = [
    path("beoordeling/<slug:slug>/ronde-<int:number>/voorwaarden/", corrections.page, name="corrections"),
    path("beoordeling/aanvraag/<int:pk>/voorwaarden/", corrections.ask, name="corrections_ask"),
]
ACCESS: dict[str, Guard] = {f"applications:{pattern.name}": ASSESSORS for pattern in urlpatterns}
