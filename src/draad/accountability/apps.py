"""The room: accountability."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """Answers to parliament and their annexes."""

    name = "draad.accountability"
    label = "accountability"
