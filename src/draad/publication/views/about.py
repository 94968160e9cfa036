"""Pages about the site itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def counting(request: HttpRequest) -> HttpResponse:
    """How Draad counts, and what it does with gaps and contradictions."""
    return render(request, "publication/about_counting.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done for accessibility, what was measured, where to report a problem."""
    return render(request, "publication/about_accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Which data of persons the site keeps, and which not."""
    return render(request, "publication/about_privacy.html")
