"""The room of users, roles and audit."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles, guards and audit events."""

    name = "draad.accounts"
    label = "accounts"
    verbose_name = "Gebruikers"
