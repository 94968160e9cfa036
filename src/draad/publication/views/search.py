"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from draad.publication.search import SHORTEST, search_everything


def search(request: HttpRequest) -> HttpResponse:
    """What was found for ``?q=``, grouped by kind."""
    text = request.GET.get("q", "").strip()
    groups = search_everything(text)
    context = {
        "text": text,
        "groups": groups,
        "count": sum(len(group.hits) + group.more for group in groups),
        "too_short": 0 < len(text) < SHORTEST,
    }
    return render(request, "publication/search.html", context)
