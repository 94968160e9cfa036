"""Addresses of this room."""

from django.urls import path

from draad.applications.views import listed

app_name = "applications"
urlpatterns = [
    path("samenwerkingen/", listed.partnerships, name="partnerships"),
    path(
        "samenwerkingen/<slug:programme>/ronde-<int:round_number>/<int:position>/",
        listed.partnership,
        name="partnership",
    ),
    path("mentorschappen/", listed.mentorships, name="mentorships"),
]
