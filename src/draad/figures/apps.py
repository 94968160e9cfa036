"""The room: figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Figures with their sources: what was published about the programme."""

    name = "draad.figures"
    label = "figures"

    def ready(self) -> None:
        """Read the rules about amounts per unit; add to the page of an action what was published of it."""
        from draad.figures import sections as mine
        from draad.figures import unit_findings as _unit_findings  # noqa: F401  declares rules
        from draad.programmes.sections import sections as actions

        actions.add(mine.published_section, order=10)
        actions.add(mine.findings_section, order=90)
