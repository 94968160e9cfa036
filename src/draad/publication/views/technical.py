"""Pages for machines and makers."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from draad.publication.gallery import pages_table, sample_table, samples
from draad.web.tables import table_page


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
    return table_page(request, "publication/gallery.html", [sample_table(), pages_table()], samples())
