"""Why somebody gets less than was asked: a list to choose from, each with the sentence that stands in the letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """A reason: its name in the list, its sentence, and whether it says nothing without an explanation."""

    label: Any
    sentence: Any
    needs_text: bool = False


BUDGET, ADVICE, NOT_ELIGIBLE, OTHER = "budget", "advice", "not_eligible", "other"

REASONS: dict[str, Reason] = {
    BUDGET: Reason(_("budget volstaat niet"), _("Het budget volstaat niet voor alle aanvragen.")),
    ADVICE: Reason(_("advies van de beoordelaar"), _("De beoordelaar adviseerde een lager bedrag."), needs_text=True),
    NOT_ELIGIBLE: Reason(_("komt niet in aanmerking"), _("De aanvraag komt niet in aanmerking.")),
    "terms": Reason(_("past niet bij de voorwaarden"), _("Dit past niet bij de voorwaarden van de actie.")),
    "ceiling": Reason(_("boven het plafond"), _("Het gevraagde bedrag ligt boven het plafond.")),
    "cofinancing": Reason(_("eigen inbreng niet aangetoond"), _("De eigen inbreng is niet aangetoond.")),
    "elsewhere": Reason(_("elders gesubsidieerd"), _("Dezelfde actie krijgt al subsidie via een andere aanvraag.")),
    OTHER: Reason(_("andere reden"), "", needs_text=True),
}


def reason_text(key: str, text: str) -> str:
    """The sentence of a reason and the explanation after it; empty without a reason."""
    sentence = str(REASONS[key].sentence) if key else ""
    return " ".join(part for part in (sentence, text) if part)
