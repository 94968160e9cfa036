"""Addresses of this room."""

from django.urls import path

from draad.organisations.people_urls import people_patterns
from draad.organisations.views import areas, boundaries, governments, population

app_name = "organisations"
urlpatterns = [
    path("besturen/", governments.governments, name="governments"),
    path("besturen/<slug:slug>/", governments.government, name="government"),
    path("gebieden/", areas.areas, name="areas"),
    path("beheer/inwoners/", population.population, name="population"),
    path("beheer/inwoners/sjabloon/", population.population_template, name="population_template"),
    path("beheer/inwoners/<int:pk>/", population.population_upload, name="population_upload"),
    path("beheer/grenzen/", boundaries.boundaries, name="boundaries"),
    path("beheer/grenzen/<slug:edition>/verwijderen/", boundaries.boundaries_remove, name="boundaries_remove"),
    *people_patterns,
]
