"""Addresses of a plan for who reads it, and who may."""

from django.urls import path

from draad.accounts.guards import EVERYONE, Guard, held_by
from draad.accounts.roles import Role
from draad.plans.views import reading, versions

reading_patterns = [
    path("plannen/", reading.plans, name="plans"),
    path("plannen/<slug:slug>/", reading.plan, name="plan"),
    path("plannen/<slug:slug>/maatregel/<int:number>/", reading.measure, name="measure"),
    path("plannen/<slug:slug>/wat-ontbreekt/", reading.missing, name="missing"),
    path("plannen/<slug:slug>/tijdlijn/", reading.timeline, name="timeline"),
    path("plannen/<slug:slug>/middelen/", reading.money, name="money"),
    path("plannen/<slug:slug>/versies/", versions.versions, name="versions"),
    path("plannen/<slug:slug>/versies/publiceren/", versions.publish, name="publish"),
    path("plannen/<slug:slug>/verschillen/", versions.difference, name="difference"),
]
READING_ACCESS: dict[str, Guard] = {f"plans:{pattern.name}": EVERYONE for pattern in reading_patterns} | {
    "plans:publish": held_by(Role.ADMINISTRATOR, Role.PLAN_COORDINATOR)
}
