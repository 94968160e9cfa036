"""The form that makes a scenario: a rule, its parameters, and the money."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from draad.applications.models import Call
from draad.applications.queries.desk_claims import Desk
from draad.applications.queries.desk_division import Plan
from draad.applications.queries.desk_words import INNER_RULES, RULE_NAMES
from draad.methods.allocation import Rule
from draad.web.numbers import EuroField

LINES, TOGETHER = "lines", "together"


class PlanForm(forms.Form):
    """How to divide; the money starts as the round and its incentives have it."""

    rule = forms.ChoiceField(
        label=_("Regel"), choices=[(str(rule), name) for rule, name in RULE_NAMES.items()], widget=forms.RadioSelect
    )
    within = forms.ChoiceField(
        label=_("Waar het geld opraakt"),
        choices=[(str(rule), RULE_NAMES[rule]) for rule in INNER_RULES],
        help_text=_("Alleen bij “Op prioriteit”: de regel voor de prioriteit waarvoor er niet genoeg is."),
    )
    compared = forms.ChoiceField(
        label=_("Vergelijk"),
        choices=[(LINES, _("lijn per lijn")), (TOGETHER, _("per aanvrager, alle lijnen samen"))],
        help_text=_("Wie zijn vraag over veel lijnen spreidt, heeft daar per aanvrager geen voordeel van."),
    )
    whole_units = forms.BooleanField(
        label=_("Alleen hele eenheden"), required=False,
        help_text=_("Er kan dan geld overblijven."),
    )  # fmt: skip
    envelope = EuroField(label=_("Budget"), help_text=_("In euro."))
    reserved = EuroField(
        label=_("Vooraf voor stimulansen"),
        help_text=_("In euro. De rest wordt over de lijnen verdeeld. 0 als de stimulansen een eigen budget hebben."),
    )  # fmt: skip
    ceiling = EuroField(label=_("Hoogste bedrag per aanvrager"), required=False, help_text=_("In euro. Leeg: geen."))
    name = forms.CharField(label=_("Naam"), required=False, max_length=100, help_text=_("Leeg: de naam van de regel."))

    def __init__(self, call: Call, desk: Desk, data: Any = None) -> None:
        first = Rule.PRIORITY if all(line.priority for line in desk.claims) else Rule.PROPORTIONAL
        start = {
            "rule": str(first),
            "within": str(Rule.PROPORTIONAL),
            "compared": LINES,
            "envelope": call.round.envelope,
            "reserved": desk.reserved,
        }
        super().__init__(data, initial=start)

    def plan(self) -> Plan:
        """What was filled in; only a form that is right has one."""
        given = self.cleaned_data
        rule = Rule(given["rule"])
        return Plan(
            name=given["name"].strip() or str(RULE_NAMES[rule]),
            rule=rule,
            within=Rule(given["within"]),
            envelope=given["envelope"],
            reserved=given["reserved"],
            whole_units=given["whole_units"],
            together=given["compared"] == TOGETHER,
            ceiling=given["ceiling"],
        )
