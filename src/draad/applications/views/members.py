"""Who applies together: the page of the applicant, and the invitation as the invited government reads it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.applications.actions import members as act
from draad.applications.forms.members import LONGEST_REASON, DeclineForm, SearchForm
from draad.applications.models import TAKING_PART, Application, Member, MemberState
from draad.applications.policies.access import may_read, may_write, speaks_for
from draad.applications.policies.members import check_draft, may_answer, may_release
from draad.applications.queries import members as read
from draad.applications.queries.eligibility import eligibility
from draad.applications.queries.form import application_or_404
from draad.applications.queries.successors import present_names
from draad.applications.states import ACCEPT, DECLINE, INVITE, RELEASE, WRITING
from draad.applications.views.form import check_writer, readable
from draad.organisations.models import Organisation
from draad.programmes.queries import rules_of

RULES_SHOWN = ("eligibility_threshold", "one_reference_region", "one_partnership", "one_applicant", "member_mandate")


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part, who was asked, and whom else to ask."""
    application = readable(request, pk)
    search = SearchForm(request.GET)
    text = search.cleaned_data["zoek"] if search.is_valid() else ""
    people = list(read.memberships(application))
    changeable = may_write(application, actor(request)) and _is_open(application)
    regions = read.Regions(timezone.localdate())
    rules = rules_of([application.call.round])[application.call.round.number]
    context = {
        "application": application,
        "example": application.call.example,
        "rows": [(member, regions.of(member.organisation)) for member in people],
        "now": present_names([application.applicant, *(member.organisation for member in people)]),
        "eligibility": eligibility(application),
        "rules": [rule for rule in rules if rule.key in RULES_SHOWN],
        "changeable": changeable,
        "search": search,
        "text": text,
        "candidates": read.candidates(application, text) if changeable else [],
        "taking_part": TAKING_PART,
    }
    return render(request, "applications/members/page.html", context)


def _is_open(application: Application) -> bool:
    try:
        check_draft(application)
    except ValidationError:
        return False
    return True


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a government to apply together."""
    application = readable(request, pk)
    check_writer(request, application)
    organisation = Organisation.objects.filter(slug=request.POST.get("organisation", "")).first()
    if organisation is None:
        messages.error(request, _("Kies een bestuur uit wat u vond."))
        return redirect("applications:members", pk)
    try:
        act.invite(application, organisation, by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        searched = urlencode({"zoek": request.POST.get("zoek", "")})
        return redirect(f"{reverse('applications:members', args=[pk])}?{searched}")
    messages.success(request, INVITE.notice)
    return redirect("applications:members", pk)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back, or let a member go."""
    member = get_object_or_404(read.members(), pk=pk)
    reason = request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        act.release(member, reason, by=actor(request))
        messages.success(request, RELEASE.notice)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    mine = may_write(member.application, actor(request))
    return redirect("applications:members", member.application_id) if mine else redirect("applications:mine")


def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """An invitation for the government that is invited: what it would join, and how to answer."""
    return _show_invitation(request, _invited(request, pk), DeclineForm(), [])


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part, or not with a reason; what cannot be is explained on the invitation."""
    member = _invited(request, pk)
    declines = "decline" in request.POST
    form = DeclineForm(request.POST if declines else None)
    if declines and not form.is_valid():
        return _show_invitation(request, member, form, [])
    try:
        if declines:
            act.decline(member, form.cleaned_data["reason"], by=actor(request))
        else:
            act.accept(member, by=actor(request))
    except ValidationError as problem:
        return _show_invitation(request, member, form, problem.messages)
    messages.success(request, DECLINE.notice if declines else ACCEPT.notice)
    return redirect("applications:mine") if declines else redirect("applications:form", member.application_id)


def _invited(request: HttpRequest, pk: int) -> Member:
    """The membership, for people of the government that is invited.

    Raises:
        PermissionDenied: for a stranger.
    """
    member: Member = get_object_or_404(read.members(), pk=pk, is_applicant=False)
    if not speaks_for(member.organisation_id, actor(request), *WRITING):
        raise PermissionDenied(_("Dit is een uitnodiging van een ander bestuur."))
    return member


def _show_invitation(request: HttpRequest, member: Member, form: DeclineForm, problems: list[str]) -> HttpResponse:
    application = application_or_404(member.application_id)
    regions, who = read.Regions(timezone.localdate()), actor(request)
    others = [one for one in application.members.all() if one.state == MemberState.ACCEPTED]
    context: dict[str, Any] = {
        "member": member,
        "application": application,
        "example": application.call.example,
        "others": [(one, regions.of(one.organisation)) for one in others],
        "region": regions.of(member.organisation),
        "now": present_names([member.organisation, *(one.organisation for one in others)]),
        "form": form,
        "problems": problems,
        "waits": member.state == MemberState.INVITED and _is_open(application),
        "may_answer": may_answer(member, who),
        "may_read": may_read(application, who),
        "may_leave": member.state == MemberState.ACCEPTED and may_release(member, who) and _is_open(application),
    }
    status = 422 if form.errors or problems else 200
    return render(request, "applications/members/invitation.html", context, status=status)
