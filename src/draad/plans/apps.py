"""The room: plans."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class PlansConfig(AppConfig):
    """Plans with their goals and measures, read from action sheets, kept in versions and followed by year."""

    name = "draad.plans"
    label = "plans"

    def ready(self) -> None:
        """Keep published versions as they are, in the database too."""
        from draad.plans import protection

        pre_migrate.connect(protection.before_migrate, sender=self, dispatch_uid="lift_plans")
        post_migrate.connect(protection.after_migrate, sender=self, dispatch_uid="protect_plans")
