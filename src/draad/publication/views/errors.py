"""Pages for what goes wrong, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the role does not give access; the sentence of the exception says what would."""
    return render(request, "publication/error_403.html", {"sentence": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing at this address."""
    return render(request, "publication/error_404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a mistake of Draad; made without the database, which may be the cause."""
    return HttpResponse(
        "<!doctype html><html lang='nl'><meta charset='utf-8'><title>Fout – Draad</title>"
        "<h1>Er ging iets mis in Draad</h1><p>De fout is genoteerd. Probeer het over enkele minuten opnieuw.</p>"
        "<p lang='en'>Something went wrong in Draad. Please try again in a few minutes.</p></html>",
        status=500,
    )
