"""Addresses of this room."""

from django.urls import path

from draad.programmes.views import compare, public

app_name = "programmes"
urlpatterns = [
    path("programmas/<slug:slug>/", public.programme, name="programme"),
    path("programmas/<slug:slug>/acties/<int:number>/", public.action, name="action"),
    path("programmas/<slug:slug>/rondes/<int:number>/", public.round_page, name="round"),
    path("programmas/<slug:slug>/voorwaarden/vergelijk/", compare.compare_page, name="compare"),
    path("programmas/<slug:slug>/acties/<int:number>/versies/", compare.versions, name="versions"),
]
