"""The room of page frame and components."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Page frame, components and styles."""

    name = "draad.web"
    label = "web"
