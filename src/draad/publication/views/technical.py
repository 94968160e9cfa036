"""Pages for machines and makers."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def health(request: HttpRequest) -> HttpResponse:
    """Says ``ok`` when the site and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines read the public pages, not the sign-in and work pages."""
    return HttpResponse("User-agent: *\nDisallow: /account/\nDisallow: /beheer/\n", content_type="text/plain")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with all its states."""
    return render(request, "web/gallery.html")
