"""What differs between two rounds or versions, on a page, in Excel and in PDF; and all versions of some terms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from draad.programmes.models import Programme


def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """x"""
    return render(request, "programmes/compare.html", {"programme": get_object_or_404(Programme, slug=slug)})


def versions(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """x"""
    return render(request, "programmes/compare.html", {"programme": get_object_or_404(Programme, slug=slug)})
