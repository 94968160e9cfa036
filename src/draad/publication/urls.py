"""Addresses of the public site."""

from django.urls import path

from draad.publication import views

app_name = "publication"
urlpatterns = [
    path("", views.home, name="home"),
    path("bouwstenen/", views.gallery, name="gallery"),
]
