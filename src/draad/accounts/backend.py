"""Who may sign in with a password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from draad.accounts.models import User
from draad.web.prepared import Given, Prepared

_PERSON = Prepared(lambda: User.objects.filter(pk=Given("pk")))


class AccountBackend(AuthenticationBackend):
    """Sign-in with mail address and password; demonstration logins exist only where demonstrating is on."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, who may still sign in: asked on every request."""
        found = _PERSON.first(pk=user_id)
        return found if found and self.user_can_authenticate(found) else None

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Whether this person may sign in, and stay signed in: asked on every request."""
        known_password = getattr(user, "demonstration", False)
        return super().user_can_authenticate(user) and (settings.DEMONSTRATION or not known_password)
