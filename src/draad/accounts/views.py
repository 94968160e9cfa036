"""Pages about the person who signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def me(request: HttpRequest) -> HttpResponse:
    """Who I am and what I may do."""
    return render(request, "accounts/me.html")
