"""The page on which somebody says which actions carry out a measure."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from draad.accounts.middleware import actor
from draad.plans.models import Measure, VersionState
from draad.programmes.actions.measurelinks import link_actions
from draad.programmes.measurelinks import actions_of
from draad.programmes.models import Action


def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every action, those that are linked ticked; a post keeps what is ticked."""
    measure = get_object_or_404(Measure.objects.select_related("plan"), plan__slug=slug, number=number)
    actions = list(Action.objects.select_related("programme").order_by("programme__name", "number"))
    if request.method == "POST":
        ticked = set(request.POST.getlist("action"))
        link_actions(measure, [action for action in actions if str(action.pk) in ticked], by=actor(request))
        messages.success(request, _("De koppelingen zijn bewaard."))
        published = measure.plan.versions.filter(state=VersionState.PUBLISHED).exists()
        return redirect(reverse("plans:measure", args=[slug, number]) + ("" if published else "?versie=0"))
    linked = {action.pk for action in actions_of(measure)}
    context = {
        "measure": measure,
        "plan": measure.plan,
        "example": measure.plan.example,
        "actions": actions,
        "linked": linked,
    }
    return render(request, "programmes/measure_links.html", context)
