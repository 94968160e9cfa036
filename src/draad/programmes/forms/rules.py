"""The form of one rule of a round: a field for each of its parameters, made from what the parameter may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.organisations.forms.people import date_field
from draad.programmes.actions.roundrules import RuleContent
from draad.programmes.actions.setup import ENTERED
from draad.programmes.forms.setup import source_field
from draad.programmes.models import Knowledge, Programme, RoundRule
from draad.programmes.rules import (
    ACTION,
    ACTIONS,
    AMOUNT,
    DAY,
    NAMES,
    ORIGIN,
    PERCENT,
    SCOPE,
    SCOPES,
    SENTENCES,
    WHOLE,
    Parameter,
    Rule,
)
from draad.programmes.setup_policies import fingerprint
from draad.web.numbers import EuroField, WholeField

PREFIX = "p_"
MOST, MOST_EURO = 2_000_000_000, Decimal("9999999999.99")
LABELS = {
    "persons": _("Meer dan hoeveel inwoners"),
    "origin": _("Herkomst buiten"),
    "day": _("Peildatum"),
    "organisations": _("Organisaties"),
    "since": _("Samenwerkingen uit ronde"),
    "share": _("Percentage"),
    "scope": _("Geldt per"),
    "amount": _("Bedrag in euro"),
    "midterm": _("Maanden tot het tussentijdse rapport"),
    "final": _("Maanden tot het eindrapport"),
    "sentences": _("Afspraken"),
    "action": _("Actie"),
    "actions": _("Acties waarvoor het zeker geldt"),
    "doubtful": _("Acties waarvoor het niet zeker is"),
}


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines that hold something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class NumbersField(forms.CharField):
    """A list of numbers, with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        """A stored list as text."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        """The numbers."""
        words = super().clean(value).replace(",", " ").split()
        wrong = [word for word in words if not word.isdecimal() or int(word) == 0]
        if wrong:
            raise forms.ValidationError(
                gettext("%(wrong)s is geen nummer. Schrijf nummers met een komma ertussen, zoals 9, 13.")
                % {"wrong": wrong[0]}
            )
        return [int(word) for word in words]


def _whole(highest: int = MOST) -> Callable[[], forms.Field]:
    return lambda: WholeField(lowest=1, highest=highest)


def _choice(choices: list[tuple[str, Any]]) -> Callable[[], forms.Field]:
    return lambda: forms.ChoiceField(choices=choices)


def _amount() -> forms.Field:
    return EuroField(lowest=Decimal("0.01"), highest=MOST_EURO)


FIELDS: Mapping[Parameter, Callable[[], forms.Field]] = {
    WHOLE: _whole(),
    PERCENT: _whole(100),
    ACTION: _whole(),
    AMOUNT: _amount,
    DAY: lambda: date_field(""),
    ORIGIN: _choice([("EU-14", "EU-14"), ("EU-15", "EU-15")]),
    SCOPE: _choice(list(SCOPES.items())),
    NAMES: lambda: LinesField(
        help_text=_("Eén op elke regel."), error_messages={"required": _("Noem er minstens één.")}
    ),
    SENTENCES: lambda: LinesField(
        help_text=_("Eén volzin op elke regel. Draad toont ze, maar rekent er niet mee."),
        error_messages={"required": _("Schrijf minstens één afspraak.")},
    ),
    ACTIONS: lambda: NumbersField(
        help_text=_("Nummers met een komma ertussen, zoals 9, 13."),
        error_messages={"required": _("Noem minstens één actie.")},
    ),
}  # fmt: skip
STORED: Mapping[Parameter, Callable[[Any], Any]] = {
    AMOUNT: lambda amount: str(amount.quantize(Decimal("0.01"))),
    DAY: lambda chosen: chosen.isoformat(),
}
TYPED: Mapping[Parameter, Callable[[Any], Any]] = {AMOUNT: Decimal, DAY: date.fromisoformat}


class RuleForm(forms.Form):
    """The values of a rule, how they are known and who says so."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    knowledge = forms.ChoiceField(
        label=_("Hoe gekend"), initial=Knowledge.STATED,
        choices=[(k.value, k.label) for k in (Knowledge.STATED, Knowledge.CARRIED)],
        help_text=_("Overgenomen: geen bron zegt dat de regel van de vorige ronde veranderde."),
    )  # fmt: skip
    source = source_field()

    def __init__(
        self, rule: Rule, programme: Programme, stored: RoundRule | None, data: Mapping[str, Any] | None = None
    ) -> None:
        """A form for ``rule`` in a round of ``programme`` that has it as ``stored``, or not yet."""
        super().__init__(data, initial=_initial(rule, stored) if stored else None)
        self.rule, self.programme = rule, programme
        for name, parameter in rule.parameters.items():
            field = FIELDS[parameter]()
            field.label = LABELS[name]
            self.fields[PREFIX + name] = field
        self.order_fields([PREFIX + name for name in rule.parameters])

    def clean(self) -> dict[str, Any]:
        """Numbers of actions are those of this programme."""
        cleaned = super().clean() or {}
        known = set(self.programme.actions.values_list("number", flat=True))
        for name, parameter in self.rule.parameters.items():
            given = cleaned.get(PREFIX + name)
            if parameter not in (ACTION, ACTIONS) or given is None:
                continue
            strange = sorted(set(given if isinstance(given, list) else [given]) - known)
            if strange:
                self.add_error(PREFIX + name, gettext("Dit programma heeft geen actie %(n)s.") % {"n": strange[0]})
        return cleaned

    @property
    def content(self) -> RuleContent:
        """What was written, with its parameters as they are stored."""
        cleaned = self.cleaned_data
        parameters = {
            name: STORED.get(parameter, lambda value: value)(cleaned[PREFIX + name])
            for name, parameter in self.rule.parameters.items()
        }
        return RuleContent(parameters, Knowledge(cleaned["knowledge"]), cleaned["source"])

    def show_stored(self, stored: RoundRule) -> None:
        """After somebody else's change: say what is stored now, and let this editor decide again."""
        sentence = self.rule.sentence(stored.parameters)
        first = next(iter(self.visible_fields()))
        first.help_text = gettext("Nu bewaard: %(value)s") % {"value": sentence}
        self.data = {**dict(self.data.items()), "seen": fingerprint(stored)}


def _initial(rule: Rule, stored: RoundRule) -> dict[str, Any]:
    values = {
        PREFIX + name: TYPED.get(parameter, lambda value: value)(stored.parameters[name])
        for name, parameter in rule.parameters.items()
    }
    source = "" if stored.source == ENTERED else stored.source
    return {**values, "seen": fingerprint(stored), "knowledge": stored.knowledge, "source": source}
