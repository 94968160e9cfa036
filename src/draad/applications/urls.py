"""Addresses of this room."""

from draad.applications import routes

app_name = "applications"
urlpatterns = routes.urlpatterns
