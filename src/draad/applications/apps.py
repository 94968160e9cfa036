"""The room: applications."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications to a round: what is known of partnerships and mentors."""

    name = "draad.applications"
    label = "applications"

    def ready(self) -> None:
        """Add to the pages of governments and actions what the lists say of them."""
        from draad.applications import sections as mine
        from draad.organisations.sections import sections as governments
        from draad.programmes.sections import sections as actions

        governments.add(mine.listed_section, order=10)
        governments.add(mine.government_findings, order=90)
        actions.add(mine.mentors_section, order=30)
