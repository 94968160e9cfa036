"""The room: findings."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FindingsConfig(AppConfig):
    """What a careful reader finds in the sources: computed by rules, kept beside the records it rests on."""

    name = "draad.findings"
    label = "findings"

    def ready(self) -> None:
        """Read the rules of every room: its module ``findings``."""
        autodiscover_modules("findings")
