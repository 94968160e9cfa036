"""The home page: the programme in figures, who takes part, what each action asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from draad.accounts.guards import guard_of
from draad.accounts.middleware import actor
from draad.findings.queries import findings_of
from draad.publication.home import Home, current_programme
from draad.web.tables import table_page

HIGHLIGHTED = ("figures.stated_leads", "figures.stated_governments")


def home(request: HttpRequest) -> HttpResponse:
    """The programme whose round starts last; a site without programme says how to begin."""
    programme = current_programme()
    if programme is None:
        may_begin = guard_of("programmes:setup_new").allows(actor(request))
        return render(request, "publication/empty.html", {"may_begin": may_begin})
    shown = Home(programme)
    tables = [shown.role_table()] if shown.mapped_round else []
    context = {"home": shown, "findings": findings_of(*HIGHLIGHTED)}
    return table_page(request, "publication/home.html", tables, context)
