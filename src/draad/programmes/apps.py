"""The room: programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programme, objectives, actions, rounds, and the terms of an action in a round."""

    name = "draad.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Keep published terms as they are, in the database too; join measures of plans to their actions."""
        from draad.plans.sections import sections as measures
        from draad.programmes import measurelinks
        from draad.programmes.protection import PUBLISHED_TERMS
        from draad.programmes.sections import sections as actions

        PUBLISHED_TERMS.connect(self)
        measures.add(measurelinks.actions_section, order=10)
        actions.add(measurelinks.measures_section, order=5)
