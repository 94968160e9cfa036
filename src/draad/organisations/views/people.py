"""People administration: who has access, which roles, invitations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.accounts.middleware import actor
from draad.accounts.models import User
from draad.accounts.queries import LONGEST_HISTORY, happenings
from draad.organisations import people_policies as policies
from draad.organisations.actions import people as actions
from draad.organisations.forms.people import EndForm, InviteForm, ReasonForm, RoleForm
from draad.organisations.invitations import send_invitation
from draad.organisations.models import Membership, Organisation
from draad.organisations.people_tables import people_table, roles_table
from draad.organisations.queries.people import events_about, has_second_factor, memberships_of
from draad.web.tables import table_page


def people(request: HttpRequest) -> HttpResponse:
    """Everyone who has or had access."""
    return table_page(request, "organisations/people.html", [people_table()])


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles, access, history, and what may be changed."""
    found = get_object_or_404(User.objects.prefetch_related("memberships"), pk=pk)
    by = actor(request)
    roles = list(memberships_of(found))
    context = {
        "person": found,
        "steps": [step for step in STEPS.values() if policies.can(step.check, by, found)],
        "events": happenings(events_about(found)[:LONGEST_HISTORY], by),
        "has_second_factor": has_second_factor(found),
    }
    return table_page(request, "organisations/people_person.html", [roles_table(roles, by)], context)


def invite(request: HttpRequest) -> HttpResponse:
    """Invite a new person."""
    form = InviteForm(request.POST or None, by=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite(by=actor(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            send_invitation(invited)
            messages.success(request, _("De uitnodiging is verstuurd naar %(email)s.") % {"email": invited.email})
            return redirect("organisations:person", invited.pk)
    return _form_page(request, form, title=_("Nodig iemand uit"), button=_("Stuur de uitnodiging"), choose=True)


def grant_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person one more role."""
    found = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, by=actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant(by=actor(request), person=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De rol is gegeven."))
            return redirect("organisations:person", pk)
    return _form_page(request, form, person=found, title=_("Geef een rol"), button=_("Geef de rol"), choose=True)


def end_role(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """Let a role end."""
    held = get_object_or_404(Membership.objects.select_related("organisation", "user"), pk=membership, user=pk)
    form = EndForm(request.POST or None, initial={"valid_to": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.end(by=actor(request), membership=held, last_day=asked["valid_to"], reason=asked["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De rol eindigt op de gekozen dag."))
            return redirect("organisations:person", pk)
    about = f"{held.get_role_display()}, {held.organisation}"
    return _form_page(
        request, form, person=held.user, title=_("Beëindig een rol"), about=about, button=_("Beëindig de rol")
    )


@dataclass(frozen=True)
class Step:
    """A change of somebody's access that asks only why: its route, words, rule and action."""

    route: str
    title: Any
    about: Any
    done: Any
    check: Callable[..., None]
    act: Callable[..., Any]


def _invite_again(*, by: Any, person: User, reason: str) -> None:
    send_invitation(actions.invite_again(by=by, person=person, reason=reason))


STEPS = {
    step.route: step
    for step in [
        Step(
            "invite_again",
            gettext_lazy("Nodig opnieuw uit"),
            gettext_lazy("Er vertrekt een nieuwe mail met een link om een wachtwoord te kiezen."),
            gettext_lazy("De uitnodiging is opnieuw verstuurd."),
            policies.check_invite_again,
            _invite_again,
        ),
        Step(
            "reset_second_factor",
            gettext_lazy("Wis de tweede factor"),
            gettext_lazy("Voor wie telefoon en herstelcodes kwijt is. Ga eerst na dat het echt deze persoon is."),
            gettext_lazy("De tweede factor is gewist."),
            policies.check_reset,
            actions.reset_second_factor,
        ),
        Step(
            "deactivate",
            gettext_lazy("Sluit de toegang af"),
            gettext_lazy("De persoon wordt meteen overal afgemeld. Alles wat zij of hij deed, blijft in de audit."),
            gettext_lazy("De toegang is afgesloten."),
            policies.check_deactivate,
            actions.deactivate,
        ),
        Step(
            "reactivate",
            gettext_lazy("Open de toegang weer"),
            gettext_lazy("De rollen die nog lopen, gelden dan weer."),
            gettext_lazy("De toegang staat weer open."),
            policies.check_reactivate,
            actions.reactivate,
        ),
    ]
}


def change_access(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Do one step of ``STEPS`` with a reason."""
    found, chosen = get_object_or_404(User, pk=pk), STEPS[step]
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.act(by=actor(request), person=found, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, str(chosen.done))
            return redirect("organisations:person", pk)
    return _form_page(request, form, person=found, title=chosen.title, about=chosen.about, button=chosen.title)


def _form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Any,
    button: Any,
    person: User | None = None,
    about: Any = "",
    choose: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "button": button,
        "person": person,
        "about": about,
        "organisations": Organisation.objects.order_by("name").values_list("name", flat=True) if choose else [],
        "back": reverse("organisations:person", args=[person.pk]) if person else reverse("organisations:people"),
    }
    return render(request, "organisations/people_form.html", context)
