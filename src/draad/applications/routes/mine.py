"""Applications for the people of governments."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import Guard, held_by
from draad.applications.states import ASSESSING, WRITING
from draad.applications.views import mine

urlpatterns = [
    path("aanvragen/", mine.mine, name="mine"),
    path("aanvragen/<int:pk>/dossier/", mine.dossier, name="dossier"),
]
ACCESS: dict[str, Guard] = {
    "applications:mine": held_by(*WRITING),
    "applications:dossier": held_by(*WRITING, *ASSESSING),
}
