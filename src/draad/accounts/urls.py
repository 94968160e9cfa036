"""Addresses of this room."""

from django.urls import path

from draad.accounts import views

app_name = "accounts"
urlpatterns = [path("mijn-account/", views.me, name="me")]
