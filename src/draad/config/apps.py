"""Registers the system checks of the settings."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The room of settings."""

    name = "draad.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks that refuse wrong combinations of settings at start."""
        from draad.config import checks  # noqa: F401  imported for its registrations
