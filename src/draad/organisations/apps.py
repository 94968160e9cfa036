"""The room: organisations."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Governments, administrations and partners through time, their territories and their people."""

    name = "draad.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Show people their roles on the page of their account."""
        from draad.accounts.sections import about_me
        from draad.organisations.people_sections import my_roles

        about_me.add(my_roles, order=10)
