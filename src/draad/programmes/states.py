"""How terms go from draft to published: the allowed transitions, who may, and what people are told.

Published terms have no transition: they never change, and a correction is a new draft that becomes the next version.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, StateTable, Transition, of
from draad.programmes.models import TermsState

DRAFT, PUBLISHED = TermsState.DRAFT.value, TermsState.PUBLISHED.value
MANAGER = frozenset([Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER])

START = Transition("draft", _("Schrijf een nieuwe versie"), of(NOTHING), DRAFT, "programmes.terms.draft", MANAGER,
                   _("Het ontwerp is klaar. Het begint met de laatste versie, als er een is."))  # fmt: skip
CHANGE = Transition("change", _("Bewaar"), of(DRAFT), DRAFT, "programmes.terms.change", MANAGER,
                    _("Het ontwerp is bewaard."))  # fmt: skip
PUBLISH = Transition("publish", _("Publiceer"), of(DRAFT), PUBLISHED, "programmes.terms.publish", MANAGER,
                     _("De voorwaarden zijn gepubliceerd."))  # fmt: skip
DISCARD = Transition("discard", _("Gooi dit ontwerp weg"), of(DRAFT), NOTHING, "programmes.terms.discard", MANAGER,
                     _("Het ontwerp is weggegooid."))  # fmt: skip

TERMS = (START, CHANGE, PUBLISH, DISCARD)
TABLES = (StateTable("voorwaarden", _("Voorwaarden"), TermsState, TERMS),)
