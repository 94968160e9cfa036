"""What a careful reader finds when granted amounts are divided by the amount of one unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from draad.figures.findings import about, figure_subject, record_of_figure
from draad.figures.models import PublishedFigure
from draad.figures.queries import GRANTED, figures
from draad.findings.registry import TOPIC_FIGURES, FoundThing, Record, euro, rule
from draad.programmes.models import ActionTerms
from draad.programmes.queries import newest_terms
from draad.web.formatting import number

CENT = Decimal("0.01")
UNIT_AMOUNT = gettext_noop("bedrag per eenheid in de voorwaarden")


@dataclass(frozen=True)
class UnitGrant:
    """A granted amount of an action in a round whose terms give one amount for every unit."""

    figure: PublishedFigure
    unit_amount: Decimal
    terms: ActionTerms

    @property
    def records(self) -> list[Record]:
        """The amount and the terms."""
        source = next((str(f.get("source", "")) for line in self.terms.lines.all() for f in
                       [line.provenance.get("unit_amount", {})]), "")  # fmt: skip
        label = f"{self.terms.action}, {self.terms.round.years}"
        return [record_of_figure(self.figure), Record(UNIT_AMOUNT, label, str(self.unit_amount), "EUR", source=source)]

    @property
    def place(self) -> dict[str, int]:
        """The action and the round by number."""
        return {"action": self.terms.action.number, "round": self.terms.round.number}


def unit_grants() -> list[UnitGrant]:
    """Every published granted amount of an action in a round whose lines all have the same amount per unit."""
    terms = {(t.action_id, t.round_id): t for t in newest_terms()}
    found = []
    for figure in figures().filter(measure=GRANTED, action__isnull=False, round__isnull=False):
        its_terms = terms.get((figure.action_id or 0, figure.round_id or 0))
        amounts = {line.unit_amount for line in its_terms.lines.all()} if its_terms else set()
        amount = amounts.pop() if len(amounts) == 1 else None
        if its_terms and amount:
            found.append(UnitGrant(figure, amount, its_terms))
    return found


@rule(
    "figures.amount_no_multiple",
    topic=TOPIC_FIGURES,
    title=_("Actie %(action)s, ronde %(round)s: bedrag is geen veelvoud van %(unit)s"),
    sentence=_(
        "Voor actie %(action)s is in ronde %(round)s %(granted)s toegekend. Eén eenheid brengt %(unit)s op: het "
        "bedrag is %(units)s eenheden en een rest van %(rest)s."
    ),
    write={"granted": euro, "unit": euro, "rest": euro},
)
def amount_no_multiple() -> Iterator[FoundThing]:
    """Granted amounts that are no whole number of units."""
    for grant in unit_grants():
        units, rest = divmod(grant.figure.value, grant.unit_amount)
        if rest:
            yield FoundThing(
                figure_subject(grant.figure),
                {
                    **grant.place, "granted": str(grant.figure.value), "unit": str(grant.unit_amount),
                    "units": int(units), "rest": str(rest),
                },
                grant.records,
                about(grant.figure),
            )  # fmt: skip


def about_number(stored: str) -> str:
    """A number of units that was kept as decimal text with one place: 44, or 56.492,8."""
    return number(Decimal(stored))


@rule(
    "figures.units_do_not_give_amount",
    topic=TOPIC_FIGURES,
    title=_("Actie %(action)s, ronde %(round)s: %(units)s eenheden geven niet het toegekende bedrag"),
    sentence=_(
        "Voor actie %(action)s zijn in ronde %(round)s %(units)s eenheden gepubliceerd. Aan %(unit)s per eenheid is "
        "dat %(computed)s; het gepubliceerde toegekende bedrag is %(granted)s, of %(units_in_amount)s eenheden."
    ),
    write={"granted": euro, "unit": euro, "computed": euro, "units_in_amount": about_number},
)
def units_do_not_give_amount() -> Iterator[FoundThing]:
    """Published numbers of units that, times the unit amount, do not give the published granted amount."""
    rows = list(figures())
    for grant in unit_grants():
        place = (grant.figure.action_id, grant.figure.round_id)
        counted = [row for row in rows if (row.action_id, row.round_id) == place and row.definition.granted_units]
        units = sum((row.value for row in counted), start=Decimal(0))
        if counted and units * grant.unit_amount != grant.figure.value:
            yield FoundThing(
                figure_subject(grant.figure),
                {
                    **grant.place, "units": int(units), "unit": str(grant.unit_amount),
                    "computed": str((units * grant.unit_amount).quantize(CENT)), "granted": str(grant.figure.value),
                    "units_in_amount": str((grant.figure.value / grant.unit_amount).quantize(Decimal("0.1"))),
                },
                [*map(record_of_figure, counted), *grant.records],
                about(grant.figure, *counted),
            )  # fmt: skip
