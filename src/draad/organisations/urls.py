"""Addresses of this room."""

from django.urls import path

from draad.organisations.views import areas, governments

app_name = "organisations"
urlpatterns = [
    path("besturen/", governments.governments, name="governments"),
    path("besturen/<slug:slug>/", governments.government, name="government"),
    path("gebieden/", areas.areas, name="areas"),
]
