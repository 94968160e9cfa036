"""The room: applications."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications to a round: what is known of partnerships and mentors."""

    name = "draad.applications"
    label = "applications"

    def ready(self) -> None:
        """Add to the pages of governments, actions and rounds; hold the rules of a round whose call is published;
        tell applicants of corrected terms."""
        from draad.accounts.waiting import add_finder
        from draad.applications import sections as mine
        from draad.applications.actions.corrections import tell_of_correction
        from draad.applications.policies.callsetup import hold_rules
        from draad.applications.queries import waiting
        from draad.organisations.sections import sections as governments
        from draad.programmes.holds import add_hold
        from draad.programmes.published import add_listener
        from draad.programmes.sections import round_sections, setup_sections
        from draad.programmes.sections import sections as actions

        governments.add(mine.listed_section, order=10)
        governments.add(mine.grants_section, order=15)
        governments.add(mine.government_findings, order=90)
        actions.add(mine.action_grants_section, order=25)
        actions.add(mine.mentors_section, order=30)
        round_sections.add(mine.call_section, order=10)
        setup_sections.add(mine.call_setup_section, order=10)
        for finder in (waiting.waiting_for_government, waiting.waiting_for_assessor, waiting.waiting_for_manager):
            add_finder(finder)
        add_hold(hold_rules)
        add_listener(tell_of_correction)
