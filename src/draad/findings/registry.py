"""The rules that find things. A room declares its own in ``<room>/findings.py``; they are read when Draad starts.

A rule is a function that reads records and yields a ``FoundThing`` per thing it finds. The text is a template, so
every number in it comes from the computation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.web import formatting

Write = Callable[[Any], str]


@dataclass(frozen=True)
class Record:
    """A record that a finding rests on.

    Args:
        kind: what sort of record, a sentence of gettext in Dutch, such as ``gettext_noop("gedrukte samenwerking")``.
        label: its name; not translated.
        value: its number as decimal text, or empty.
        unit: ``EUR`` for an amount.
        route: the name of the route of its page, or empty.
        arguments: the arguments of that route.
        source: where it comes from.
    """

    kind: str
    label: str = ""
    value: str = ""
    unit: str = ""
    route: str = ""
    arguments: Sequence[str | int] = ()
    source: str = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Record:
        """A record as it was stored with its finding."""
        return cls(**stored)

    @property
    def text(self) -> str:
        """Kind, value and name in the language of the reader."""
        value = self.value and (euro(self.value) if self.unit == "EUR" else formatting.number(Decimal(self.value)))
        rest = f"{value} ({self.label})" if value and self.label else value or self.label
        kind = gettext(self.kind)
        return f"{kind}: {rest}" if rest else kind

    @property
    def address(self) -> str:
        """The address of its page in the language of the reader, or empty."""
        return reverse(self.route, args=list(self.arguments)) if self.route else ""


@dataclass(frozen=True)
class FoundThing:
    """One thing that a rule found.

    Args:
        subject: stable identity within the rule; found again with this subject it is the same finding.
        parameters: the values of the text: whole numbers, amounts as decimal text, names, lists of names.
        records: what it rests on.
        about: keys of the objects whose pages show it.
    """

    subject: str
    parameters: Mapping[str, Any]
    records: Sequence[Record] = ()
    about: Sequence[str] = ()

    @property
    def stored_records(self) -> list[dict[str, Any]]:
        """The records as plain JSON values."""
        return [{**asdict(record), "arguments": list(record.arguments)} for record in self.records]


Find = Callable[[], Iterable[FoundThing]]


@dataclass(frozen=True)
class Rule:
    """A rule: its key, topic, texts, how its parameters are written, and the function that finds."""

    key: str
    topic: Any
    title: Any
    sentence: Any
    find: Find
    write: Mapping[str, Write] = field(default_factory=dict)

    def title_of(self, parameters: Mapping[str, Any]) -> str:
        """The title with its values."""
        return self._text(self.title, parameters)

    def sentence_of(self, parameters: Mapping[str, Any]) -> str:
        """The sentence with its values."""
        return self._text(self.sentence, parameters)

    def _text(self, template: Any, parameters: Mapping[str, Any]) -> str:
        # A finding that is gone keeps the parameters of the rule as it was then; a later form may not fit them.
        try:
            texts = {name: self.write.get(name, written)(value) for name, value in parameters.items()}
            return str(template) % texts
        except (LookupError, TypeError, ValueError, ArithmeticError):
            return gettext("gevonden met een vroegere vorm van de regel %(key)s") % {"key": self.key}


_rules: dict[str, Rule] = {}


def rule(
    key: str, *, topic: Any, title: Any, sentence: Any, write: Mapping[str, Write] | None = None
) -> Callable[[Find], Find]:
    """Declare the decorated function as a rule.

    Args:
        key: ``room.what_is_found``.
        topic: what sort of finding, for the filter of the list.
        title: lazy template in a few words.
        sentence: lazy template of one or two sentences.
        write: how a parameter is written when it is no plain number, name or list, such as ``euro``.

    Raises:
        ValueError: when another function already has the key.
    """

    def declare(find: Find) -> Find:
        known = _rules.get(key)
        if known and known.find.__qualname__ != find.__qualname__:
            raise ValueError(f"two rules have the key {key}")
        _rules[key] = Rule(key, topic, title, sentence, find, write or {})
        return find

    return declare


def rules() -> list[Rule]:
    """Every declared rule, by key."""
    return [_rules[key] for key in sorted(_rules)]


def rule_of(key: str) -> Rule | None:
    """The rule with that key, if Draad has it."""
    return _rules.get(key)


def euro(amount: str) -> str:
    """An amount that was kept as decimal text, as euro."""
    return formatting.euro(Decimal(amount))


def joined(names: Sequence[str]) -> str:
    """Names as a list in words: a, b en c."""
    texts = [written(name) for name in names]
    if len(texts) <= 1:
        return "".join(texts)
    return gettext("%(first)s en %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def written(value: Any) -> str:
    """A parameter in the language of the reader: numbers with separators, lists in words."""
    if isinstance(value, int):
        return formatting.number(value)
    return joined(value) if isinstance(value, list) else str(value)


TOPIC_LIST = _("lijst van samenwerkingen")
TOPIC_FIGURES = _("gepubliceerde cijfers")
TOPIC_TERMS = _("voorwaarden")
