"""Addresses of this room."""

from django.urls import path

from draad.accountability import views

app_name = "accountability"
urlpatterns = [
    path("overzicht/", views.overviews, name="overviews"),
    path("overzicht/ronde-<int:number>.xlsx", views.overview_file, name="overview_file"),
]
