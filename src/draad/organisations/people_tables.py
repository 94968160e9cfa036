"""The tables of people administration."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.documents.tables import Column, Gap, Kind, Table, Value
from draad.organisations.models import Membership
from draad.organisations.people_policies import can, check_end
from draad.organisations.queries.people import Person, people


def people_table() -> Table[Person]:
    """Everyone who has or had access, with the roles of today."""
    return Table(
        key="gebruikers",
        title=_("Gebruikers"),
        columns=[
            Column("name", _("Naam"), _name, link=lambda p: reverse("organisations:person", args=[p.user.pk])),
            Column("email", _("E-mailadres"), lambda p: p.user.email),
            Column("role", _("Rol"), _roles, choices=True),
            Column("organisation", _("Organisatie"), _organisations, wide=True),
            Column("access", _("Toegang"), _access, choices=True),
            Column("factor", _("Tweede factor"), lambda p: p.second_factor, Kind.YES_NO, choices=True),
            Column("last", _("Laatst aangemeld"), _last, Kind.DATE),
        ],
        rows=people(),
        source=_("gebruikersbeheer van Draad"),
        search=lambda p: f"{p.user.name} {p.user.email} {_organisations(p)} {_roles(p)}",
    )


def _name(person: Person) -> str:
    suffix = f" ({_('demonstratie')})" if person.user.demonstration else ""
    return f"{person.user.name}{suffix}"


def _roles(person: Person) -> Value:
    names = dict.fromkeys(m.get_role_display() for m in person.roles)
    return ", ".join(names) or Gap(_("geen rol"))


def _organisations(person: Person) -> str:
    return ", ".join(dict.fromkeys(m.organisation.name for m in person.roles))


def _access(person: Person) -> str:
    if not person.user.is_active:
        return _("afgesloten")
    return _("uitgenodigd") if person.invited else _("open")


def _last(person: Person) -> Value:
    moment = person.user.last_login
    return timezone.localtime(moment).date() if moment else Gap(_("nog niet"))


def roles_table(roles: Sequence[Membership], by: Actor) -> Table[Membership]:
    """The roles of one person; those that the reader may end lead to the page that ends them."""

    def end(membership: Membership) -> str | None:
        allowed = can(check_end, by, membership, timezone.localdate())
        return reverse("organisations:end_role", args=[membership.user_id, membership.pk]) if allowed else None

    return Table(
        key="rollen",
        title=_("Rollen"),
        columns=[
            Column("role", _("Rol"), lambda m: m.get_role_display()),
            Column("organisation", _("Organisatie"), lambda m: m.organisation.name),
            Column("from", _("Van"), lambda m: m.valid_from, Kind.DATE),
            Column("to", _("Tot en met"), lambda m: m.valid_to or Gap(_("niet bepaald")), Kind.DATE),
            Column("end", _("Wijzig"), lambda m: _("beëindig") if end(m) else "", link=end),
        ],
        rows=roles,
    )
