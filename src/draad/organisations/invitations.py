"""The link by which an invited person chooses a password, and the mail that carries it."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from draad.accounts.models import User


def password_link(person: User) -> str:
    """An address at which this person, once and within PASSWORD_RESET_TIMEOUT, chooses a password."""
    key = default_token_generator.make_token(person)
    with translation.override(person.language):
        path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def send_invitation(person: User) -> None:
    """Mail the link, in the language of the person."""
    link = password_link(person)
    with translation.override(person.language):
        text = render_to_string(
            "organisations/people_invitation.txt",
            {"person": person, "link": link, "days": settings.PASSWORD_RESET_TIMEOUT // 86_400},
        )
        send_mail(_("Uw toegang tot Draad"), text, None, [person.email])
