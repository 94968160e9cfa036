"""Real boundaries instead of tiles: what is loaded, and the form to load them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.documents.boundaries import BoundaryFileError
from draad.documents.tables import Column, Kind, Table
from draad.organisations.actions.boundaries import load_boundaries, remove_boundaries
from draad.organisations.forms.boundaries import BoundariesForm
from draad.organisations.forms.files import boundary_sentence
from draad.organisations.models import BoundarySet
from draad.organisations.policies import PolicyError
from draad.web.tables import table_page


def boundaries(request: HttpRequest) -> HttpResponse:
    """The sets of boundaries, and the form to load one."""
    form = BoundariesForm(request.POST, request.FILES) if request.method == "POST" else BoundariesForm()
    if form.is_valid() and _loaded(request, form):
        messages.success(request, _("De grenzen van %(edition)s zijn ingeladen.") % form.cleaned_data)
        return redirect("organisations:boundaries")
    sets = list(BoundarySet.objects.order_by("edition"))
    return table_page(request, "organisations/boundaries.html", [_table(sets)], {"form": form, "sets": sets})


def _loaded(request: HttpRequest, form: BoundariesForm) -> bool:
    values = form.cleaned_data
    try:
        load_boundaries(values["file"].read(), edition=values["edition"], source=values["source"], by=actor(request))
    except BoundaryFileError as error:
        form.add_error("file", boundary_sentence(error))
    except PolicyError as error:
        form.add_error("file", str(error))
    return not form.errors


@require_POST
def boundaries_remove(request: HttpRequest, edition: str) -> HttpResponse:
    """Go back to tiles for an edition."""
    remove_boundaries(get_object_or_404(BoundarySet, edition=edition), by=actor(request))
    messages.success(request, _("De grenzen van %(edition)s zijn verwijderd.") % {"edition": edition})
    return redirect("organisations:boundaries")


def _table(sets: list[BoundarySet]) -> Table[BoundarySet]:
    return Table(
        key="grenzen",
        title=_("Ingeladen grenzen"),
        columns=[
            Column("edition", _("Gemeenten van"), lambda row: row.edition),
            Column("loaded", _("Ingeladen op"), lambda row: timezone.localdate(row.loaded_at), Kind.DATE),
            Column("source", _("Bron"), lambda row: row.source, wide=True),
        ],
        rows=sets,
    )
