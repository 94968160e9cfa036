"""The menus of the site: what a visitor, and what each role, finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from draad.accounts.guards import guard_of
from draad.accounts.middleware import actor
from draad.web.context import Frame, Group, Item, item

READING = (
    (_("Hoe we tellen"), "publication:counting"),
    (_("Bevindingen in bronnen"), "findings:list"),
    (_("Provincies en regio’s"), "organisations:areas"),
    (_("Mentorbesturen"), "applications:mentorships"),
    (_("Toestanden van een aanvraag"), "applications:states"),
)
ABOUT = (
    (_("Toegankelijkheid"), "publication:accessibility"),
    (_("Privacy"), "publication:privacy"),
    (_("Bouwstenen"), "publication:gallery"),
)
PAGES_OF_A_PLAN = ("plan", "measure", "timeline", "money", "progress_year", "missing", "versions", "difference")
WORK = (
    (_("Gebruikers"), "organisations:people", _("Uitnodigen, rollen geven en beëindigen.")),
    (_("Programma’s"), "programmes:setups", _("Doelstellingen, acties, rondes en regels instellen.")),
    (_("Voorwaarden"), "programmes:manage", _("Opstellen, publiceren en verbeteren met een reden.")),
    (_("Beoordeling"), "applications:assessment_desks", _("Wachtrij, dossiers, vragen aan besturen en advies.")),
    (_("Verdeling"), "applications:desks", _("Het budget verdelen, verdelingen vergelijken en er een kiezen.")),
    (_("Beslissingen"), "applications:decisions", _("Voorbereiden, ondertekenen en bekendmaken; brieven.")),
    (_("Betalingen"), "applications:payments", _("Betaalopdrachten voor de bank, en wat ervan werd.")),
    (_("Wijzigingen"), "applications:amendments", _("Wat besturen na de beslissing willen veranderen.")),
    (_("Plannen"), "plans:manage", _("Actiefiches inlezen, nalezen en in het plan opnemen.")),
    (_("Inwoners"), "organisations:population", _("Cijfers opladen die niet openbaar zijn.")),
    (_("Grenzen"), "organisations:boundaries", _("Echte gemeentegrenzen laden voor de kaart.")),
    (_("Bevindingen"), "findings:list", _("Lezen, becommentariëren en afsluiten.")),
    (_("Audit"), "accounts:audit", _("Wie wat wanneer wijzigde, en of de keten heel is.")),
)


@dataclass(frozen=True)
class Work:
    """A place of work: its name, where it is, and what is done there."""

    label: Any
    address: str
    about: Any


def places_of_work(request: HttpRequest) -> list[Work]:
    """Where this person works; nothing for who only reads."""
    allowed = [entry for entry in WORK if guard_of(entry[1]).allows(actor(request))]
    if all(guard_of(route).everyone for _label, route, _about in allowed):
        return []
    return [Work(label, reverse(route), about) for label, route, about in allowed]


PLAN_PAGES = (
    "plan",
    "measure",
    "timeline",
    "money",
    "missing",
    "progress",
    "progress_year",
    "versions",
    "difference",
)


def frame(request: HttpRequest) -> Frame:
    """The main menu and the footer for this request; the way to work only for who has some."""
    menu = [
        item(
            request,
            _("Programma"),
            "publication:home",
            "programmes:programme",
            "programmes:action",
            "programmes:round",
        ),
        item(
            request,
            _("Plannen"),
            "plans:plans",
            *(f"plans:{name}" for name in PLAN_PAGES),
        ),
        item(request, _("Oproepen"), "applications:calls", "applications:call", "applications:call_form"),
        item(request, _("Besturen"), "organisations:governments", "organisations:government", "organisations:areas"),
        item(request, _("Samenwerkingen"), "applications:partnerships", "applications:partnership"),
        item(request, _("Cijfers"), "figures:list", "figures:figure"),
        item(request, _("Antwoorden"), "accountability:overviews"),
    ]
    footer = [Group(_("Lezen"), _items(request, READING)), Group(_("Over"), _items(request, ABOUT))]
    if request.user.is_authenticated and guard_of("applications:mine").allows(actor(request)):
        own = ("dossier", "form", "start", "answer")
        menu.append(item(request, _("Mijn aanvragen"), "applications:mine", *(f"applications:{name}" for name in own)))
    if request.user.is_authenticated and places_of_work(request):
        menu.append(item(request, _("Beheer"), "publication:work", *(route for _label, route, _about in WORK)))
    return Frame(menu=menu, footer=footer)


def _items(request: HttpRequest, entries: Sequence[tuple[object, str]]) -> list[Item]:
    return [item(request, label, route) for label, route in entries]
