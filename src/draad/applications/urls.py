"""Addresses of this room."""

from django.urls import path

from draad.applications import views

app_name = "applications"
urlpatterns = [
    path("samenwerkingen/", views.partnerships, name="partnerships"),
    path(
        "samenwerkingen/<slug:programme>/ronde-<int:round_number>/<int:position>/",
        views.partnership,
        name="partnership",
    ),
    path("mentorschappen/", views.mentorships, name="mentorships"),
]
