"""The forms of signing in and of the second factor: allauth's, with Draad's labels and hints, without placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("Minstens 12 tekens, niet alleen cijfers, geen veelgebruikt woord en niet uw naam of e-mailadres.")


class Words(NamedTuple):
    """What is written at a field: its label, a hint, and the sentence for when it is left empty."""

    label: Any
    hint: Any = ""
    missing: Any = ""


class Worded:
    """Gives the fields of an allauth form Draad's words; ``words`` holds them by field name."""

    words: ClassVar[Mapping[str, Words]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text, missing = self.words[name]
                field.error_messages |= {"required": missing} if missing else {}
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NO_ADDRESS


NO_ADDRESS = _("Dit is geen e-mailadres. Schrijf het als naam@bestuur.be.")
MAIL = Words(_("E-mailadres"), "", _("Vul uw e-mailadres in."))
PASSWORD = Words(_("Wachtwoord"), "", _("Vul uw wachtwoord in."))
NEW = Words(_("Nieuw wachtwoord"), PASSWORD_HINT, _("Kies een nieuw wachtwoord."))
AGAIN = Words(_("Nieuw wachtwoord, nog eens"), "", _("Typ het nieuwe wachtwoord nog eens."))
CODE = Words(_("Code"), _("Zes cijfers uit de authenticator-app, of een herstelcode."), _("Vul de code in."))


class LoginForm(Worded, account.LoginForm):
    """Mail address and password."""

    words: ClassVar = {"login": MAIL, "password": PASSWORD}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    words: ClassVar = {"password": PASSWORD}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """The password of now, and the new one twice."""

    words: ClassVar = {
        "oldpassword": Words(_("Huidig wachtwoord"), "", _("Vul uw huidige wachtwoord in.")),
        "password1": NEW,
        "password2": AGAIN,
    }


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Where to send the link."""

    words: ClassVar = {"email": MAIL._replace(hint=_("Het adres waarmee u zich aanmeldt."))}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    """A new password, reached by a link."""

    words: ClassVar = {"password1": NEW, "password2": AGAIN}


class AuthenticateForm(Worded, mfa.AuthenticateForm):
    """The second factor while signing in."""

    words: ClassVar = {"code": CODE}


class ReauthenticateCodeForm(Worded, mfa.ReauthenticateForm):
    """The second factor once more, before something that matters."""

    words: ClassVar = {"code": CODE}


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    """The first code of a new app, to see that it works."""

    words: ClassVar = {"code": CODE._replace(hint=_("De zes cijfers die de app nu toont."))}


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):
    """A name for a new passkey."""

    words: ClassVar = {
        "name": Words(_("Naam van de sleutel"), _("Zodat u ze later herkent, zoals “laptop van het werk”.")),
        "passwordless": Words(
            _("Aanmelden zonder wachtwoord"),
            _("De sleutel vraagt dan zelf een pincode, vingerafdruk of gezicht."),
        ),
    }


class EditPasskeyForm(Worded, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    words: ClassVar = {"name": Words(_("Naam van de sleutel"), "", _("Geef de sleutel een naam."))}


class LanguageForm(forms.Form):
    """The language of mails and of the first page after signing in."""

    language = forms.ChoiceField(label=_("Taal"), choices=settings.LANGUAGES)
