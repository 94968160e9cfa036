"""The reasons that the first call of a programme begins with; each call keeps its own, and the next one copies them.

Both languages stand here and not in a catalogue, because they are data from the moment that a call begins.
"""

from __future__ import annotations

from dataclasses import dataclass

BUDGET, ADVICE, NOT_ELIGIBLE = "budget", "advice", "not_eligible"
GIVEN = (BUDGET, ADVICE, NOT_ELIGIBLE)
"""The reasons that preparing decisions gives by itself: their words can change, their use cannot end."""


@dataclass(frozen=True)
class DefaultReason:
    """Why somebody gets less than was asked: the sentence of the letter in Dutch, and what English pages show.

    ``partly`` and ``refused`` say for which outcomes it may be chosen, ``needs_text`` that it says nothing without an
    explanation after it.
    """

    key: str
    sentence: str
    sentence_en: str
    needs_text: bool = False
    partly: bool = True
    refused: bool = True


DEFAULT_REASONS = (
    DefaultReason(BUDGET, "Het budget volstaat niet voor alle aanvragen.", "The budget does not cover all requests."),
    DefaultReason(
        ADVICE, "De beoordelaar adviseerde een lager bedrag.", "The assessor advised a lower amount.", needs_text=True
    ),
    DefaultReason(
        NOT_ELIGIBLE, "De aanvraag komt niet in aanmerking.", "The application is not eligible.", partly=False
    ),
    DefaultReason(
        "terms", "Dit past niet bij de voorwaarden van de actie.", "This does not fit the terms of the action."
    ),
    DefaultReason(
        "ceiling", "Het gevraagde bedrag ligt boven het plafond.", "The amount asked is above the ceiling."
    ),
    DefaultReason("cofinancing", "De eigen inbreng is niet aangetoond.", "The own contribution was not shown."),
    DefaultReason(
        "elsewhere", "Dezelfde actie krijgt al subsidie via een andere aanvraag.",
        "The same action already receives a grant through another application.",
    ),
    DefaultReason("other", "Andere reden:", "Another reason:", needs_text=True),
)  # fmt: skip
