"""Pages of published figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from draad.figures.findings import figure_key, place_of, place_text
from draad.figures.queries import figures, same_figure
from draad.figures.tables import figures_table
from draad.findings.queries import findings_about
from draad.programmes.models import IndicatorTerms
from draad.web.tables import table_page


def listing(request: HttpRequest) -> HttpResponse:
    """Every published figure."""
    return table_page(request, "figures/list.html", [figures_table(list(figures()))])


def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: what is counted, its source, other values for it, and what was found."""
    row = get_object_or_404(figures(), pk=pk)
    others = same_figure(row)
    context = {
        "figure": row,
        "place": place_text(place_of(row)),
        "units": _units(row.action_id, row.round_id),
        "findings": findings_about([figure_key(row)]),
    }
    table = figures_table([row, *others], key="waarden", title=_("Alle waarden voor dit cijfer"))
    return table_page(request, "figures/figure.html", [table], context | {"others": others})


def _units(action: int | None, round_: int | None) -> list[str]:
    """What one unit of the action is in that round, from the newest published terms."""
    if action is None or round_ is None:
        return []
    lines = IndicatorTerms.objects.filter(terms__action=action, terms__round=round_, terms__state="published")
    newest = max(lines.values_list("terms__version", flat=True), default=0)
    return [line.label for line in lines.filter(terms__version=newest)]
