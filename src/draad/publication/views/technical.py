"""Pages for machines and makers."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from draad.publication.gallery import pages_table, sample_table, samples
from draad.web.tables import table_page


def health(request: HttpRequest) -> HttpResponse:
    """Says ``ok`` when the site and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines read the public pages, not the sign-in and work pages."""
    closed = [f"Disallow: {language}/{room}/" for language in ("", "/en") for room in ("account", "beheer")]
    return HttpResponse("\n".join(["User-agent: *", *closed, ""]), content_type="text/plain")


def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, for browsers that ask for it by its old name before they have read the page."""
    return redirect(static("draad/icon.svg"))


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with all its states."""
    return table_page(request, "publication/gallery.html", [sample_table(), pages_table()], samples())
