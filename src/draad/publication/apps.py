"""The room: publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """The public site: home, search, how to read it."""

    name = "draad.publication"
    label = "publication"
