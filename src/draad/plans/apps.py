"""The room: plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans with their goals and measures, read from action sheets, kept in versions and followed by year."""

    name = "draad.plans"
    label = "plans"

    def ready(self) -> None:
        """Keep published versions as they are, in the database too."""
        from draad.plans.protection import PUBLISHED_PLAN

        PUBLISHED_PLAN.connect(self)
