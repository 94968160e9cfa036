"""What documents list of a round."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import EVERYONE, Guard
from draad.applications.views import listed

urlpatterns = [
    path("samenwerkingen/", listed.partnerships, name="partnerships"),
    path(
        "samenwerkingen/<slug:programme>/ronde-<int:round_number>/<int:position>/",
        listed.partnership,
        name="partnership",
    ),
    path("mentorschappen/", listed.mentorships, name="mentorships"),
]
ACCESS: dict[str, Guard] = {
    "applications:partnerships": EVERYONE,
    "applications:partnership": EVERYONE,
    "applications:mentorships": EVERYONE,
}
