"""The rules that a round can have: each a key, typed parameters, and a sentence that shows them to people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.web.formatting import day, euro, number, percent

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    """What a parameter of a rule may be, and how it is written in the sentence."""

    expects: str
    accepts: Callable[[Any], bool]
    write: Callable[[Any], str]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_amount(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value) > 0 and Decimal(value).as_tuple().exponent == -2
    except InvalidOperation:
        return False


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(_is_whole(number) for number in value)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _listed(words: Sequence[Any]) -> str:
    return get_text_list([str(word) for word in words], gettext("en"))


WHOLE = Parameter("a whole number above 0", _is_whole, number)
PERCENT = Parameter("a whole percentage from 1 to 100", lambda v: _is_whole(v) and v <= 100, percent)
AMOUNT = Parameter("an amount in euro as text with two decimals", _is_amount, lambda v: euro(Decimal(v)))
ORIGIN = Parameter("EU-15 or EU-14", lambda v: v in ("EU-15", "EU-14"), str)
NAMES = Parameter("a list of names", _is_names, _listed)
ACTION = Parameter("the number of an action", _is_whole, str)
ACTIONS = Parameter("a list of numbers of actions", _is_numbers, _listed)
DAY = Parameter("a day as text: 2026-01-31", _is_day, lambda v: day(date.fromisoformat(v)))
SENTENCES = Parameter("a list of sentences", _is_names, " ".join)

GOVERNMENT, APPLICATION = "government", "application"
SCOPES = {GOVERNMENT: _("bestuur"), APPLICATION: _("aanvraag")}
SCOPE = Parameter("government or application", lambda v: v in (GOVERNMENT, APPLICATION), lambda v: str(SCOPES[v]))


@dataclass(frozen=True)
class Rule:
    """A rule of which each round has its own values.

    Args:
        key: name in the data.
        about: what it is about, in a few words.
        text: the sentence, with the parameters in it.
        parameters: which parameters it has.
        every_action: whether it decides what every subsidised action asks or gives.
    """

    key: str
    about: str | Promise
    text: str | Promise
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    every_action: bool = False

    @property
    def tells_of_change(self) -> bool:
        """Whether it tells what a round changed, once; the terms themselves carry the change on."""
        return self.key.startswith("change_")

    def check(self, given: Parameters) -> None:
        """Refuse parameters that the rule does not have or that are not what it asks.

        Raises:
            ValueError: naming the rule, the parameter and what would be right.
        """
        if set(given) != set(self.parameters):
            raise ValueError(
                f"rule {self.key} takes {', '.join(sorted(self.parameters)) or 'no parameters'}, "
                f"not {', '.join(sorted(given)) or 'none'}"
            )
        for name, parameter in self.parameters.items():
            if not parameter.accepts(given[name]):
                raise ValueError(f"rule {self.key}, {name}: {given[name]!r} is not {parameter.expects}")

    def sentence(self, given: Parameters) -> str:
        """The rule in the language of the reader, with its values."""
        self.check(given)
        return str(self.text) % {name: self.parameters[name].write(value) for name, value in given.items()}

    def touches(self, given: Parameters, action: int) -> bool:
        """Whether the rule says something about the action with this number."""
        named = [number for name, number in given.items() if self.parameters[name] is ACTION]
        listed = [number for name, many in given.items() if self.parameters[name] is ACTIONS for number in many]
        return self.every_action or action in named + listed


_ALL = [
    Rule("eligibility_threshold", _("Wie kan indienen"),
         _("Een bestuur dient in als het alleen, of samen met andere, meer dan %(persons)s inwoners van herkomst "
            "buiten de %(origin)s telt."), {"persons": WHOLE, "origin": ORIGIN}),
    Rule("reference_date", _("Wie kan indienen: peildatum"),
         _("De inwoners zijn die van %(day)s."), {"day": DAY}),
    Rule("always_eligible", _("Wie altijd kan indienen"),
         _("%(organisations)s kunnen altijd indienen."), {"organisations": NAMES}),
    Rule("one_reference_region", _("Samenwerking: gebied"),
         _("Besturen die samen indienen, liggen in één referentieregio.")),
    Rule("one_partnership", _("Samenwerking: hoeveel"),
         _("Een bestuur neemt deel aan één samenwerking; wat in ronde %(since)s bestond, mag doorlopen."),
         {"since": WHOLE}),
    Rule("one_applicant", _("Samenwerking: wie aanvraagt"),
         _("Eén lid dient de aanvraag in en ontvangt het geld.")),
    Rule("member_mandate", _("Samenwerking: mandaat"),
         _("Van elk lid dat niet zelf aanvraagt, is er een mandaat als bijlage.")),
    Rule("existing_reach", _("Wat wordt betaald"),
         _("Betaald wordt het geplande bijkomende aantal eenheden maal het bedrag per eenheid; wat al bereikt werd, "
            "wordt niet betaald."), every_action=True),
    Rule("half_of_cost", _("Deel van de kost"),
         _("Het bedrag per eenheid is %(share)s van de standaardkost; het bestuur betaalt de rest."),
         {"share": PERCENT}, every_action=True),
    Rule("ceiling_per_action", _("Plafond"),
         _("Elke actie heeft een plafond: per KPI-lijn een hoogste aantal eenheden."), every_action=True),
    Rule("ceiling_scope", _("Plafond: waarvoor"),
         _("Het plafond van een actie geldt per %(scope)s."), {"scope": SCOPE}),
    Rule("unique_priority", _("Voorrang"),
         _("Elke KPI-lijn krijgt een eigen prioriteit: 1, 2, 3 … Die telt als er te weinig geld is.")),
    Rule("fixed_budget", _("Budget"),
         _("Het budget ligt vast voor het hele plan, niet per actie.")),
    Rule("incentive_cooperation", _("Stimulans: samenwerking"),
         _("Wie samenwerkt, krijgt %(amount)s per projectjaar, zonder eigen inbreng."), {"amount": AMOUNT}),
    Rule("incentive_mentor", _("Stimulans: mentorbestuur"),
         _("Een mentorbestuur krijgt %(amount)s per mentorschap, zonder eigen inbreng."), {"amount": AMOUNT}),
    Rule("incentive_impact_bond", _("Stimulans: sociale impactobligatie"),
         _("Wie een sociale impactobligatie voorbereidt, krijgt %(amount)s."), {"amount": AMOUNT}),
    Rule("reports", _("Rapportering"),
         _("Het bestuur rapporteert na %(midterm)s en na %(final)s maanden, tegenover het toegekende doel; wat al "
            "bereikt werd, telt daarbij mee."), {"midterm": WHOLE, "final": WHOLE}),
    Rule("midterm_threshold", _("Tussentijdse drempel"),
         _("Onder %(share)s van het doel bij het tussentijdse rapport geeft het bestuur zijn redenen en beslist een "
            "jury."), {"share": PERCENT}),
    Rule("balance", _("Saldo"),
         _("%(share)s van het bedrag volgt na het eindrapport."), {"share": PERCENT}),
    Rule("recovery", _("Terugvordering"),
         _("Wat teruggevorderd wordt, betaalt de aanvrager terug.")),
    Rule("counts_twice", _("Dubbel tellen"),
         _("Eén eenheid telt alleen voor twee acties als er ook twee keer in geïnvesteerd is."), every_action=True),
    Rule("own_words", _("Ook afgesproken"),
         _("Ook dit is afgesproken: %(sentences)s"), {"sentences": SENTENCES}),
    Rule("change_subsidised", _("Wijziging: nieuw gesubsidieerd"),
         _("Vanaf deze ronde wordt actie %(action)s gesubsidieerd."), {"action": ACTION}),
    Rule("change_target_groups", _("Wijziging: doelgroepen"),
         _("De doelgroep van sport, cultuur en jeugdwerk wordt kwetsbare personen; die van de weg naar de "
            "arbeidsmarkt wordt personen met een grote afstand tot de arbeidsmarkt. De bron noemt geen nummers: zeker "
            "geldt dit voor acties %(actions)s; of het ook voor acties %(doubtful)s geldt, staat er niet."),
         {"actions": ACTIONS, "doubtful": ACTIONS}),
    Rule("change_practice", _("Wijziging: KPI"),
         _("Actie %(action)s telt oefenkansen en geen volwassenen meer."), {"action": ACTION}),
    Rule("change_diploma", _("Wijziging: KPI"),
         _("Actie %(action)s telt houders van een niet-Belgisch diploma, niet langer alleen van een diploma van "
            "buiten de EU."), {"action": ACTION}),
    Rule("change_education", _("Wijziging: KPI"),
         _("Actie %(action)s telt kwetsbare kinderen en jongeren en geen gezinnen meer."), {"action": ACTION}),
]  # fmt: skip

RULES: dict[str, Rule] = {rule.key: rule for rule in _ALL}


def rule_of(key: str) -> Rule:
    """The rule with that key.

    Raises:
        ValueError: when there is none.
    """
    if key not in RULES:
        raise ValueError(f"there is no rule {key}; the rules are {', '.join(RULES)}")
    return RULES[key]


def advance_share(balance: Parameters) -> int:
    """The percentage that is paid before the reports: what the balance (parameters of ``balance``) leaves."""
    rule_of("balance").check(balance)
    return 100 - int(balance["share"])
