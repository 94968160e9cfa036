"""The menus of the site: what a visitor, and what each role, finds in them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from draad.web.context import Frame, Group, item


def frame(request: HttpRequest) -> Frame:
    """The main menu and the footer for this request."""
    menu = [item(request, _("Programma"), "publication:home")]
    reading = [item(request, _("Bouwstenen"), "publication:gallery")]
    return Frame(menu=menu, footer=[Group(_("Lezen"), reading)])
