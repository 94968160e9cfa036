"""Addresses of this room."""

from django.urls import path

from draad.accounts import views

app_name = "accounts"
urlpatterns = [
    path("mijn-account/", views.me, name="me"),
    path("mijn-account/taal/", views.change_language, name="language"),
    path("beheer/audit/", views.audit_list, name="audit"),
    path("beheer/audit/keten/", views.audit_state, name="audit_state"),
    path("beheer/audit/<int:number>/", views.audit_event, name="audit_event"),
]
