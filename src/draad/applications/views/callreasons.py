"""The reasons of a call, from which who decides chooses. For programme managers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.applications.actions import callreasons as act
from draad.applications.forms.callreasons import CallReasonForm
from draad.applications.models import DecisionReason
from draad.applications.views.callsetup import Words, call_of, form_page


def new(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A reason that is not in the list yet."""
    call = call_of(slug, number)
    form = CallReasonForm(None, request.POST or None)

    def save(by: Actor) -> None:
        act.add_reason(call, form.values, by=by)

    words = Words(_("Voeg een reden toe"), _("Voeg toe"), _("De reden staat in de lijst."))
    return form_page(request, call, form, words, save)


def change(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Other words for a reason, or taking it out of use."""
    call = call_of(slug, number)
    reason = get_object_or_404(DecisionReason, call=call, key=key)
    form = CallReasonForm(reason, request.POST or None)

    def save(by: Actor) -> None:
        revision = form.cleaned_data["revision"]
        act.change_reason(reason, form.values, revision=-1 if revision is None else revision, by=by)

    def stored() -> None:
        form.show_stored(DecisionReason.objects.get(pk=reason.pk))

    about = _("Lijsten van beslissingen die al voorbereid zijn, houden de woorden van toen.")
    words = Words(_("Wijzig de reden %(key)s") % {"key": key}, _("Bewaar"), _("De reden is bewaard."), about)
    return form_page(request, call, form, words, save, show_stored=stored)
