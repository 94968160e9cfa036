"""The menus of the site: what a visitor, and what each role, finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from draad.accounts.actor import Actor
from draad.accounts.guards import guard_of
from draad.accounts.middleware import actor
from draad.jobs.queries import jobs_by_person
from draad.web.context import Frame, Group, Item, Menus, item

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
    by = actor(request)
    here = request.resolver_match.view_name if request.resolver_match else ""
    applies = by.signed_in and guard_of("applications:mine").allows(by)
    works = by.signed_in and bool(places_of_work(request))
    return Frame(_menus(get_language(), here, applies=applies, works=works), _tasks(here, by))


@lru_cache(maxsize=1024)
def _menus(_language: str | None, here: str, *, applies: bool, works: bool) -> Menus:
    """The menus of a route for people who apply, who work here, for both or neither; made once in each language."""
    menu = [
        item(
            here, _("Programma"), "publication:home", "programmes:programme", "programmes:action", "programmes:round"
        ),
        item(here, _("Plannen"), "plans:plans", *(f"plans:{name}" for name in PLAN_PAGES)),
        item(here, _("Oproepen"), "applications:calls", "applications:call", "applications:call_form"),
        item(here, _("Besturen"), "organisations:governments", "organisations:government", "organisations:areas"),
        item(here, _("Samenwerkingen"), "applications:partnerships", "applications:partnership"),
        item(here, _("Cijfers"), "figures:list", "figures:figure"),
        item(here, _("Antwoorden"), "accountability:overviews"),
    ]
    if applies:
        own = ("dossier", "form", "start", "answer")
        menu.append(item(here, _("Mijn aanvragen"), "applications:mine", *(f"applications:{name}" for name in own)))
    if works:
        menu.append(item(here, _("Beheer"), "publication:work", *(route for _label, route, _about in WORK)))
    footer = [Group(str(_("Lezen")), _items(here, READING)), Group(str(_("Over")), _items(here, ABOUT))]
    return Menus(menu, footer)


def _tasks(here: str, by: Actor) -> list[Item]:
    """The way to long work in the background, for who has some: with how many are not ended."""
    own = jobs_by_person().get(by.user.pk) if by.user else None
    if own is None:
        return []
    label = _("Taken (%(n)s bezig)") % {"n": own.unfinished} if own.unfinished else _("Taken")
    return [item(here, label, "jobs:list", "jobs:job")]


def _items(here: str, entries: Sequence[tuple[object, str]]) -> list[Item]:
    return [item(here, label, route) for label, route in entries]
