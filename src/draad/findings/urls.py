"""Addresses of this room."""

from django.urls import path

from draad.findings import views

app_name = "findings"
urlpatterns = [
    path("bevindingen/", views.listing, name="list"),
    path("bevindingen/<int:pk>/", views.finding, name="finding"),
    path("bevindingen/<int:pk>/reactie/", views.comment, name="comment"),
    path("bevindingen/<int:pk>/afsluiten/", views.close, name="close"),
    path("bevindingen/<int:pk>/heropenen/", views.reopen, name="reopen"),
]
