"""The room: applications."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications to a round: what is known of partnerships and mentors."""

    name = "draad.applications"
    label = "applications"
