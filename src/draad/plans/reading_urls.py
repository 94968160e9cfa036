"""Addresses of a plan for who reads it, and who may."""

from django.urls import path

from draad.accounts.guards import EVERYONE, Guard, held_by
from draad.accounts.roles import Role
from draad.plans.views import progress, reading, versions

reading_patterns = [
    path("plannen/", reading.plans, name="plans"),
    path("plannen/<slug:slug>/", reading.plan, name="plan"),
    path("plannen/<slug:slug>/maatregel/<int:number>/", reading.measure, name="measure"),
    path("plannen/<slug:slug>/wat-ontbreekt/", reading.missing, name="missing"),
    path("plannen/<slug:slug>/tijdlijn/", reading.timeline, name="timeline"),
    path("plannen/<slug:slug>/middelen/", reading.money, name="money"),
    path("plannen/<slug:slug>/voortgang/", progress.year, name="progress_year"),
    path("plannen/<slug:slug>/maatregel/<int:number>/voortgang/<int:asked>/", progress.progress, name="progress"),
    path(
        "plannen/<slug:slug>/maatregel/<int:number>/voortgang/<int:asked>/beslissen/",
        progress.decide,
        name="progress_decide",
    ),
    path("plannen/<slug:slug>/document/", progress.document, name="document"),
    path("plannen/<slug:slug>/versies/", versions.versions, name="versions"),
    path("plannen/<slug:slug>/versies/publiceren/", versions.publish, name="publish"),
    path("plannen/<slug:slug>/verschillen/", versions.difference, name="difference"),
]
READING_ACCESS: dict[str, Guard] = {f"plans:{pattern.name}": EVERYONE for pattern in reading_patterns} | {
    route: held_by(Role.ADMINISTRATOR, Role.PLAN_COORDINATOR) for route in ("plans:publish", "plans:progress_decide")
}
