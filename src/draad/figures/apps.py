"""The room: figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Figures with their sources: what was published about the programme."""

    name = "draad.figures"
    label = "figures"
