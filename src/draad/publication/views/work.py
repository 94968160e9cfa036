"""Where a person who signed in works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from draad.publication.navigation import places_of_work


def work(request: HttpRequest) -> HttpResponse:
    """The places of work that this person may enter."""
    return render(request, "publication/work.html", {"places": places_of_work(request)})
