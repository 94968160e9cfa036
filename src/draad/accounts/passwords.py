"""Rules for passwords: Django's, with sentences that say what to do."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Dit wachtwoord is te kort. Neem minstens %(length)s tekens.") % {"length": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the twenty thousand passwords that are used most."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Dit wachtwoord wordt veel gebruikt. Kies een ander.")


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    """Not digits alone."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Dit wachtwoord bestaat alleen uit cijfers. Voeg er letters aan toe.")


class NotOneself(password_validation.UserAttributeSimilarityValidator):
    """Not like one's own name or mail address."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Dit wachtwoord lijkt op uw naam of e-mailadres. Kies een ander.")
