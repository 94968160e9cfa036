"""The overview of a round as a file, and the page that says what is in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draad.accountability.overview import overview
from draad.accountability.overview.facts import RoundFacts
from draad.accountability.overview.questions import contents_table
from draad.accountability.queries import round_numbered, rounds_of
from draad.web.tables import XLSX, BoundTable, file_response


def overviews(request: HttpRequest) -> HttpResponse:
    """What the overview of a round can answer, with a button to have it; ``?ronde=`` chooses the round."""
    rounds = rounds_of()
    asked = request.GET.get("ronde", "")
    chosen = next((round_ for round_ in rounds if str(round_.number) == asked), rounds[0] if rounds else None)
    contents = BoundTable(contents_table(RoundFacts(chosen)), "", {}) if chosen else None
    return render(request, "accountability/overview.html", {"rounds": rounds, "chosen": chosen, "contents": contents})


def overview_file(request: HttpRequest, number: int) -> HttpResponse:
    """The overview of a round as an Excel file in the language of the page."""
    try:
        round_ = round_numbered(number)
    except LookupError as problem:
        raise Http404(_("Er is geen ronde %(n)s.") % {"n": number}) from problem
    language = get_language() or "nl"
    name = _("%(programme)s-ronde-%(n)s.xlsx") % {"programme": round_.programme.slug, "n": number}
    return file_response(overview(round_, language), name, XLSX)
