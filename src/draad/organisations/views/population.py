"""Inhabitants: what is known, the template, the upload and its confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from draad.accounts.middleware import actor
from draad.organisations.actions.population import (
    confirm_population_upload,
    drop_population_upload,
    keep_population_upload,
)
from draad.organisations.forms.dates import chosen_day
from draad.organisations.forms.population import PopulationForm
from draad.organisations.models import PopulationUpload
from draad.organisations.policies import PolicyError
from draad.organisations.population_file import template_rows
from draad.organisations.population_preview import preview
from draad.organisations.population_tables import figures_table, problems_table, rows_table
from draad.organisations.population_template import template_csv, template_xlsx
from draad.organisations.queries.timeline import timeline
from draad.web.tables import XLSX, file_response, table_page


def population(request: HttpRequest) -> HttpResponse:
    """The figures that Draad has, and the form to upload more."""
    form = PopulationForm(request.POST, request.FILES) if request.method == "POST" else PopulationForm()
    if form.is_valid():
        upload = keep_population_upload(form.checked, form.about(), by=actor(request))
        return redirect("organisations:population_upload", upload.pk)
    context = {"form": form, "day_form": chosen_day(request)[1], "on": chosen_day(request)[0]}
    return table_page(request, "organisations/population.html", [figures_table()], context)


@require_GET
def population_template(request: HttpRequest) -> HttpResponse:
    """The template for the municipalities of a day, as Excel or CSV."""
    on, form = chosen_day(request)
    if form.is_bound and not form.is_valid():
        return render(request, "organisations/population_day.html", {"day_form": form, "on": on}, status=400)
    rows, name = template_rows(timeline(), on), f"inwoners-{on.isoformat()}"
    if request.GET.get("format") == "csv":
        return file_response(template_csv(rows), f"{name}.csv", "text/csv; charset=utf-8")
    return file_response(template_xlsx(rows, on), f"{name}.xlsx", XLSX)


def population_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What an upload would store, for its uploader to confirm or throw away."""
    by = actor(request)
    upload = get_object_or_404(PopulationUpload, pk=pk, owner=by.user)
    if request.method == "POST" and request.POST.get("action") == "drop":
        drop_population_upload(upload, by=by)
        messages.success(request, _("Het bestand is weggegooid. Er is niets bewaard."))
        return redirect("organisations:population")
    if request.method == "POST":
        try:
            count = confirm_population_upload(upload, by=by, good_rows_only=bool(request.POST.get("good_rows_only")))
        except PolicyError as error:
            messages.error(request, str(error))
            return redirect("organisations:population_upload", pk)
        words = {"added": count.added, "changed": count.changed, "same": count.same}
        messages.success(
            request, _("Bewaard: %(added)s nieuw, %(changed)s gewijzigd, %(same)s bleven gelijk.") % words
        )
        return redirect("organisations:population")
    seen = preview(upload)
    context = {"upload": upload, "preview": seen}
    return table_page(
        request, "organisations/population_upload.html", [problems_table(seen), rows_table(seen)], context
    )
