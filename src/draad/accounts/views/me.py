"""Who I am, what I may do, and how I sign in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts import actions
from draad.accounts.forms import LanguageForm
from draad.accounts.middleware import actor
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.accounts.sections import about_me
from draad.web.sections import rendered


def me(request: HttpRequest) -> HttpResponse:
    """My name, roles, second factor, sessions and language."""
    user = _signed_in(request)
    return _page(request, user, LanguageForm(initial={"language": user.language}))


@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    """Keep another language and go on in it."""
    user = _signed_in(request)
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _page(request, user, form)
    actions.choose_language(by=actor(request), language=form.cleaned_data["language"])
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Uw taal is bewaard."))
        return redirect("accounts:me")


def _signed_in(request: HttpRequest) -> User:
    """The person; the guard lets nobody else come here."""
    user = actor(request).user
    if user is None:
        raise PermissionDenied
    return user


def _page(request: HttpRequest, user: User, form: LanguageForm) -> HttpResponse:
    factors = list(Authenticator.objects.filter(user=user).exclude(type="recovery_codes"))
    withheld = sorted({str(grant.role.label) for grant in actor(request).withheld})
    context = {
        "person": user,
        "sections": rendered(about_me.of(user), request),
        "factors": factors,
        "withheld": ", ".join(withheld),
        "sessions": UserSession.objects.filter(user=user).count(),
        "form": form,
        "administers": actor(request).has(Role.ADMINISTRATOR),
    }
    return render(request, "accounts/me.html", context)
