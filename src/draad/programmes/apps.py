"""The room: programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programme, objectives, actions, rounds, and the terms of an action in a round."""

    name = "draad.programmes"
    label = "programmes"
