"""The queue of names in plans that mean no known organisation yet."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from draad.accounts.middleware import actor
from draad.organisations.names import fold
from draad.plans.actions.names import give_name, give_name_to_new, organisation_named
from draad.plans.desktables import name_table
from draad.plans.forms import NameForm
from draad.plans.models import MeasureParty, PartyGroup
from draad.plans.queries import unknown_names
from draad.web.tables import table_page


def queue(request: HttpRequest) -> HttpResponse:
    """Every unknown name, the most frequent first."""
    return table_page(request, "plans/names.html", [name_table(unknown_names())])


def name(request: HttpRequest, group: str) -> HttpResponse:
    """Say what a name means."""
    printed = (request.POST.get("naam") or request.GET.get("naam", "")).strip()
    if group not in PartyGroup.values:
        raise Http404
    if not printed:
        return redirect("plans:names")
    of_group = PartyGroup(group)
    form = NameForm(request.POST if request.method == "POST" else None, group=of_group)
    if form.is_valid():
        try:
            n = _give(request, form, of_group, printed)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            told = ngettext("De naam is nu bekend, op %(n)s plaats.", "De naam is nu bekend, op %(n)s plaatsen.", n)
            messages.success(request, told % {"n": n})
            return redirect("plans:names")
    places = MeasureParty.objects.filter(group=group, folded=fold(printed), organisation__isnull=True)
    context = {"form": form, "name": printed, "group": of_group, "places": places.select_related("measure__plan")[:20]}
    return render(request, "plans/name.html", context, status=422 if form.errors else 200)


def _give(request: HttpRequest, form: NameForm, group: PartyGroup, printed: str) -> int:
    body, by = form.new_body(), actor(request)
    if body:
        return give_name_to_new(group, printed, body, by=by)
    return give_name(group, printed, organisation_named(form.cleaned_data["known"], group), by=by)
