"""The room: programmes."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ProgrammesConfig(AppConfig):
    """Programme, objectives, actions, rounds, and the terms of an action in a round."""

    name = "draad.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Keep published terms as they are, in the database too."""
        from draad.programmes import protection

        pre_migrate.connect(protection.before_migrate, sender=self, dispatch_uid="lift_terms")
        post_migrate.connect(protection.after_migrate, sender=self, dispatch_uid="protect_terms")
