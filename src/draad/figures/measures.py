"""What the published figures count. Keys are the words of the facts; labels and definitions are for readers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Measure:
    """What a published figure counts.

    Args:
        key: the word of the facts.
        name: in a few words, in Dutch, the source language of gettext.
        meaning: what is counted and what is not, in a Dutch sentence.
        granted_units: whether it counts units for which an amount was granted.
    """

    key: str
    name: str
    meaning: str
    granted_units: bool = False

    @property
    def label(self) -> str:
        """What is counted in a few words, in the language of the reader."""
        return gettext(self.name)

    @property
    def definition(self) -> str:
        """What is counted and what is not, in the language of the reader."""
        return gettext(self.meaning)


_ALL = (
    Measure("granted amount", _("toegekend bedrag"),
            _("Euro die de Vlaamse overheid aan de besturen toekende. Toegekend is iets anders dan gevraagd of "
              "uitbetaald.")),
    Measure("envelope", _("budget van de ronde"),
            _("Euro die de Vlaamse overheid voor de ronde uittrok, voor alle acties samen.")),
    Measure("local governments applying", _("besturen die aanvroegen"),
            _("Lokale besturen die alleen of samen een aanvraag indienden, volgens de bron.")),
    Measure("participating governments", _("deelnemende besturen"),
            _("Lokale besturen die aan de ronde of de actie deelnemen, alleen of in een samenwerking, volgens de "
              "bron.")),
    Measure("applicants", _("indieners"),
            _("Wie een aanvraag indiende, alleen of voor een samenwerking. Partners tellen niet mee.")),
    Measure("lead applicants in partnerships", _("indieners van samenwerkingen"),
            _("Besturen die voor een samenwerking indienden, volgens de bron.")),
    Measure("governments in partnerships", _("besturen in samenwerkingen"),
            _("Besturen die in een samenwerking zitten, volgens de bron. De bron zegt niet of de indiener meetelt.")),
    Measure("refused applications", _("geweigerde aanvragen"), _("Aanvragen die niet werden gehonoreerd.")),
    Measure("social impact bond incentives", _("stimulansen voor een sociale-impactobligatie"),
            _("Besturen die de stimulans voor een sociale-impactobligatie kregen.")),
    Measure("young people, foreign origin", _("jongeren van buitenlandse herkomst"),
            _("Jongeren van buitenlandse herkomst die de actie moet begeleiden."), granted_units=True),
    Measure("young people with a disability", _("jongeren met een handicap"),
            _("Jongeren met een handicap die de actie moet begeleiden."), granted_units=True),
    Measure("plans", _("plannen"), _("Lokale actieplannen. De bron zegt niet voor welke ronde.")),
    Measure("plans granted", _("toegekende plannen"),
            _("Lokale actieplannen waarvoor een bedrag is toegekend."), granted_units=True),
    Measure("plans achieved", _("gehaalde plannen"), _("Lokale actieplannen die er volgens de bron kwamen.")),
    Measure("units granted", _("toegekende eenheden"),
            _("Eenheden van de KPI waarvoor een bedrag is toegekend: het doel van de ronde."), granted_units=True),
    Measure("units achieved", _("bereikte eenheden"),
            _("Eenheden van de KPI die volgens de bron zijn bereikt. Bestaand bereik telt in de rapportering mee.")),
    Measure("reached by the contact actions together", _("bereikt door de contactacties samen"),
            _("Personen die de acties om in contact te brengen samen bereikten. Wie met twee acties in contact kwam, "
              "kan twee keer geteld zijn.")),
    Measure("planned by the contact actions together", _("gepland door de contactacties samen"),
            _("Personen die de acties om in contact te brengen samen wilden bereiken.")),
)  # fmt: skip

MEASURES = {measure.key: measure for measure in _ALL}


def measure(key: str) -> Measure:
    """The measure with that key.

    Raises:
        LookupError: naming the key and the measures there are.
    """
    if key not in MEASURES:
        raise LookupError(f"no measure is called “{key}”; known are: {', '.join(MEASURES)}")
    return MEASURES[key]
