"""The room: programmes."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ProgrammesConfig(AppConfig):
    """Programme, objectives, actions, rounds, and the terms of an action in a round."""

    name = "draad.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Keep published terms as they are, in the database too; join measures of plans to their actions."""
        from draad.plans.sections import sections as measures
        from draad.programmes import measurelinks, protection
        from draad.programmes.sections import sections as actions

        pre_migrate.connect(protection.before_migrate, sender=self, dispatch_uid="lift_terms")
        post_migrate.connect(protection.after_migrate, sender=self, dispatch_uid="protect_terms")
        measures.add(measurelinks.actions_section, order=10)
        actions.add(measurelinks.measures_section, order=5)
