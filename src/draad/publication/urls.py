"""Addresses of the public site."""

from django.urls import path

from draad.publication import views

app_name = "publication"
urlpatterns = [
    path("", views.home, name="home"),
    path("zoeken/", views.search, name="search"),
    path("beheer/", views.work, name="work"),
    path("bouwstenen/", views.gallery, name="gallery"),
    path("over/tellen/", views.counting, name="counting"),
    path("over/toegankelijkheid/", views.accessibility, name="accessibility"),
    path("over/privacy/", views.privacy, name="privacy"),
]
