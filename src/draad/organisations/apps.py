"""The room: organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Governments, administrations and partners through time, their territories and their people."""

    name = "draad.organisations"
    label = "organisations"
