"""The distribution desk."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import MANAGERS, Guard, held_by
from draad.applications.states import ASSESSING
from draad.applications.views import desk, desk_scenario

READERS = held_by(*ASSESSING)
_DESK = "verdeling/<slug:slug>/ronde-<int:number>/"
_READ = [
    path("verdeling/", desk.desks, name="desks"),
    path(_DESK, desk.desk, name="desk"),
    path(f"{_DESK}vragen/", desk.claims, name="desk_claims"),
    path(f"{_DESK}aanvragers/", desk.applicants, name="desk_applicants"),
    path(f"{_DESK}<int:scenario>/", desk_scenario.scenario, name="scenario"),
    path(f"{_DESK}<int:scenario>/waarom/<int:application>/", desk_scenario.why, name="scenario_why"),
    path(f"{_DESK}<int:scenario>/besturen/", desk_scenario.governments, name="scenario_governments"),
]
_WRITE = [
    path(f"{_DESK}nieuw/", desk_scenario.new, name="desk_new"),
    path(f"{_DESK}voorleggen/", desk_scenario.propose, name="desk_propose"),
    path(f"{_DESK}<int:scenario>/goedkeuren/", desk_scenario.choose, name="scenario_choose"),
    path(f"{_DESK}<int:scenario>/terugnemen/", desk_scenario.take_back, name="scenario_take_back"),
    path(f"{_DESK}<int:scenario>/verwijderen/", desk_scenario.drop, name="scenario_drop"),
]
urlpatterns = [*_READ, *_WRITE]
ACCESS: dict[str, Guard] = {f"applications:{pattern.name}": READERS for pattern in _READ} | {
    f"applications:{pattern.name}": MANAGERS for pattern in _WRITE
}
