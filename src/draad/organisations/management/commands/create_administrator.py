"""``draad create-administrator``: the first person of an empty production site."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone, translation

from draad.accounts.actor import system
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.actions.people import invite
from draad.organisations.invitations import password_link
from draad.organisations.queries import UnknownNameError, government_named


class Command(BaseCommand):
    """Makes an administrator and prints the link by which they choose a password."""

    help = "Make an administrator; prints the link to choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and for which organisation."""
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument("--name", required=True, help="as the audit shows it")
        parser.add_argument("--organisation", default="ABB", help="name or alias; default ABB")
        parser.add_argument("--language", choices=["nl", "en"], default="nl", help="of their mails; default nl")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the person; refuse with a sentence when the address has access already."""
        with translation.override("en"):
            try:
                person = self._make(options["email"], options["name"], options["organisation"], options["language"])
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            except UnknownNameError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{person.name} is administrator. Choose a password at:")
        self.stdout.write(password_link(person))

    def _make(self, email: str, name: str, organisation: str, language: str) -> User:
        validate_email(email)
        return invite(
            by=system("draad create-administrator"),
            email=email,
            name=name,
            organisation=government_named(organisation, timezone.localdate()),
            role=Role.ADMINISTRATOR,
            valid_from=timezone.localdate(),
            valid_to=None,
            language=language,
            reason="made on the command line",
        )
