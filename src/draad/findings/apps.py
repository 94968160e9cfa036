"""The room: findings."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """What a careful reader finds in the sources: computed by rules, kept beside the records it rests on."""

    name = "draad.findings"
    label = "findings"
