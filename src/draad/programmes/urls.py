"""Addresses of this room."""

from django.urls import path

from draad.programmes.views import compare, public, terms

app_name = "programmes"
urlpatterns = [
    path("programmas/<slug:slug>/", public.programme, name="programme"),
    path("programmas/<slug:slug>/acties/<int:number>/", public.action, name="action"),
    path("programmas/<slug:slug>/acties/<int:number>/versies/", compare.versions, name="versions"),
    path("programmas/<slug:slug>/rondes/<int:number>/", public.round_page, name="round"),
    path("programmas/<slug:slug>/voorwaarden/vergelijk/", compare.compare_page, name="compare"),
    path("beheer/voorwaarden/", terms.listing, name="manage"),
    path("beheer/voorwaarden/<slug:slug>/<int:number>/ronde-<int:of_round>/", terms.history, name="terms_history"),
    path("beheer/voorwaarden/<slug:slug>/<int:number>/ronde-<int:of_round>/nieuw/", terms.start, name="terms_start"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/", terms.edit, name="terms_edit"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/nakijken/", terms.preview, name="terms_preview"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/publiceren/", terms.publish, name="terms_publish"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/weggooien/", terms.discard, name="terms_discard"),
]
