"""Addresses of this room."""

from django.urls import path

from draad.figures import views

app_name = "figures"
urlpatterns = [
    path("cijfers/", views.listing, name="list"),
    path("cijfers/<int:pk>/", views.figure, name="figure"),
]
