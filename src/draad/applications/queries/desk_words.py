"""The words of the distribution desk: rules, where the money ended, and what the measures of equality say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.applications.models import Scenario
from draad.methods.allocation import Reach, Rule
from draad.web.formatting import euro, number, percent

RULE_NAMES: Mapping[Rule, Any] = {
    Rule.PRIORITY: _("Op prioriteit"),
    Rule.PROPORTIONAL: _("Naar verhouding"),
    Rule.EQUAL_AWARDS: _("Gelijk tot aan de vraag"),
    Rule.EQUAL_LOSSES: _("Gelijk verlies"),
    Rule.TALMUD: _("Eerst de helft, dan gelijk verlies"),
}
RULE_SENTENCES: Mapping[Rule, Any] = {
    Rule.PRIORITY: _("Eerst elke lijn met prioriteit 1, dan 2, en zo verder, tot het geld op is."),
    Rule.PROPORTIONAL: _("Elke vraag krijgt hetzelfde deel."),
    Rule.EQUAL_AWARDS: _("Elke vraag krijgt hetzelfde bedrag, maar nooit meer dan gevraagd. Wie weinig vraagt, "
                         "krijgt alles."),
    Rule.EQUAL_LOSSES: _("Elke vraag mist hetzelfde bedrag. Wie weinig vraagt, kan niets krijgen."),
    Rule.TALMUD: _("Gelijke bedragen tot elke vraag half vervuld is; daarna mist iedereen evenveel. Niemand krijgt "
                   "meer dan de helft zolang een ander minder dan de helft heeft."),
}  # fmt: skip
INNER_RULES = tuple(rule for rule in RULE_NAMES if rule is not Rule.PRIORITY)


def rule_name(scenario: Scenario) -> Any:
    """The name of the rule of a scenario."""
    return RULE_NAMES[Rule(scenario.rule)]


def how(scenario: Scenario) -> list[str]:
    """How a scenario divides, in sentences: its rule and what its parameters add."""
    given = scenario.parameters
    told = [str(RULE_SENTENCES[Rule(scenario.rule)])]
    if given.get("within"):
        name = str(RULE_NAMES[Rule(given["within"])]).lower()
        told.append(gettext("Waar het geld opraakt, wordt verdeeld volgens “%(rule)s”.") % {"rule": name})
    if given.get("together"):
        told.append(gettext("De lijnen van een aanvrager tellen samen."))
    if given.get("whole_units"):
        told.append(gettext("Alleen hele eenheden."))
    if given.get("ceiling"):
        told.append(gettext("Hoogstens %(amount)s per aanvrager.") % {"amount": euro(Decimal(given["ceiling"]))})
    return told


def where_it_ends(scenario: Scenario) -> str:
    """Where the money ended, in a few words."""
    end = scenario.measures["end"]
    if end is None:
        return gettext("alles wat kan, is toegekend")
    if end["priority"]:
        words = gettext("het geld raakt op bij prioriteit %(n)s") if end["reach"] == Reach.PART else gettext(
            "voor prioriteit %(n)s is er geen geld meer")  # fmt: skip
        return words % {"n": number(end["priority"])}
    if end["reach"] == Reach.NONE:
        return gettext("er is niets te verdelen")
    value = Decimal(end["value"])
    if Rule(end["rule"]) is Rule.PROPORTIONAL:
        return gettext("elke vraag krijgt %(share)s") % {"share": percent(value, 1)}
    if end["losses"]:
        return gettext("elke vraag mist hoogstens %(amount)s") % {"amount": euro(value, cents=True)}
    return gettext("elke vraag krijgt hoogstens %(amount)s") % {"amount": euro(value, cents=True)}


@dataclass(frozen=True)
class MeasureWords:
    """A measure of how equal a division is: its name and what it says in plain words."""

    key: str
    label: Any
    about: Any
    is_share: bool = False
    is_count: bool = False


MEASURES = (
    MeasureWords("in_full", _("Krijgt alles"), _("Aantal aanvragers met alles wat ze vroegen."), is_count=True),
    MeasureWords("nothing", _("Krijgt niets"), _("Aantal aanvragers zonder een euro."), is_count=True),
    MeasureWords("lowest_share", _("Laagste deel"), _("Wie het kleinste deel van zijn vraag krijgt."), is_share=True),
    MeasureWords("highest_share", _("Hoogste deel"), _("Wie het grootste deel van zijn vraag krijgt."), is_share=True),
    MeasureWords("min_max_ratio", _("Laagste tegenover hoogste"),
                 _("1: iedereen krijgt hetzelfde deel. 0: iemand krijgt niets.")),
    MeasureWords("gini_shares", _("Ongelijkheid van de delen (Gini)"),
                 _("0: iedereen krijgt hetzelfde deel van zijn vraag. Hoe hoger, hoe ongelijker.")),
    MeasureWords("gini_awards", _("Ongelijkheid van de bedragen (Gini)"),
                 _("0: iedereen krijgt evenveel euro. Hoe hoger, hoe ongelijker.")),
)  # fmt: skip


def measured(scenario: Scenario, words: MeasureWords) -> str:
    """The value of a measure over applicants, as it is written; empty when there is nothing to measure."""
    value = scenario.measures["applicants"][words.key]
    if value is None:
        return ""
    if words.is_count:
        return number(int(value))
    return percent(Decimal(value) * 100, 1) if words.is_share else number(Decimal(value).quantize(Decimal("0.001")), 3)
