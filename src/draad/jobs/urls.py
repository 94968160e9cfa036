"""Addresses of this room."""

from django.urls import path

from draad.jobs import views

app_name = "jobs"
urlpatterns = [
    path("taken/", views.listing, name="list"),
    path("taken/<int:pk>/", views.job, name="job"),
    path("taken/<int:pk>/bestand/", views.file, name="file"),
    path("taken/<int:pk>/stoppen/", views.cancel, name="cancel"),
    path("taken/<int:pk>/opnieuw/", views.begin_again, name="begin_again"),
]
