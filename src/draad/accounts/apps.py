"""The room of users, roles and audit."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, guards and audit events."""

    name = "draad.accounts"
    label = "accounts"
    verbose_name = "Gebruikers"

    def ready(self) -> None:
        """Let signing in leave audit events."""
        from draad.accounts.signals import connect

        connect()
