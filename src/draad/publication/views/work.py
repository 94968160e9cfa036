"""Where a person who signed in works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from draad.accounts.middleware import actor
from draad.accounts.waiting import waiting_for
from draad.publication.navigation import places_of_work


def work(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the places of work that they may enter."""
    context = {"places": places_of_work(request), "waiting": waiting_for(actor(request))}
    return render(request, "publication/work.html", context)
