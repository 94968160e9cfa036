"""What the search of the whole site finds in this room: programmes, objectives, actions and rounds."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from draad.programmes.models import Action, Objective, Programme
from draad.programmes.tables import action_address
from draad.web.search import Hit

LONGEST_NUMBER = 4
"""Digits: a longer number is no number of an action, and the database may not know it as a number."""


def search(text: str) -> list[Hit]:
    """Programmes, objectives and actions whose name holds every word, and the action with a number."""
    words = text.split()
    programmes = Programme.objects.filter(_all(words, "name"))
    objectives = Objective.objects.filter(_all(words, "title")).select_related("programme")
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= LONGEST_NUMBER]
    wanted = _all(words, "title") | Q(number__in=numbers)
    actions = Action.objects.filter(wanted).select_related("programme", "objective")
    hits = [Hit(p.name, _("Programma"), reverse("programmes:programme", args=[p.slug]), p.owner) for p in programmes]
    hits += [
        Hit(str(o), _("Doelstelling"), reverse("programmes:programme", args=[o.programme.slug]) + f"#d{o.number}",
            o.programme.name)
        for o in objectives
    ]  # fmt: skip
    hits += [
        Hit(str(a), _("Actie"), action_address(a.programme, a.number), f"{a.programme.name} · {a.objective.title}")
        for a in actions
    ]
    return hits


def _all(words: list[str], field: str) -> Q:
    found = Q()
    for word in words:
        found &= Q(**{f"{field}__icontains": word})
    return found
