"""Addresses of allauth: sign in and out, password, second factor, sessions; signing up is left out."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
