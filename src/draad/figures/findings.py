"""What a careful reader finds in published figures that contradict each other or the printed lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from draad.applications.findings import record_of
from draad.applications.keys import organisation_key
from draad.applications.queries.listed import printed_lists
from draad.figures.measures import measure
from draad.figures.models import PublishedFigure
from draad.figures.queries import ENVELOPE, GRANTED, figures
from draad.findings.registry import TOPIC_FIGURES, FoundThing, Record, euro, joined, rule
from draad.programmes.findings import action_key, round_key
from draad.programmes.models import Round
from draad.web.formatting import number

STATED_LEADS, STATED_GOVERNMENTS = "lead applicants in partnerships", "governments in partnerships"
LISTED_MUNICIPALITY, LISTED_OTHER, LISTED_THROUGH = (
    gettext_noop("gemeente in de lijst"),
    gettext_noop("andere organisatie in de lijst"),
    gettext_noop("gemeente die alleen via een partner in de lijst staat"),
)


def figure_subject(figure: PublishedFigure) -> str:
    """What all records for the same figure share, as a text that does not change."""
    round_number = figure.round.number if figure.round else "-"
    action_number = figure.action.number if figure.action else "-"
    return f"{figure.programme.slug}/{round_number}/{action_number}/{figure.measure}"


def figure_key(figure: PublishedFigure) -> str:
    """The key of a figure in findings."""
    return f"figure:{figure_subject(figure)}"


def about(*records: PublishedFigure) -> list[str]:
    """The keys of the figures, their rounds and their actions."""
    keys = [figure_key(figure) for figure in records]
    keys += [round_key(figure.round) for figure in records if figure.round]
    return keys + [action_key(figure.action) for figure in records if figure.action]


def record_of_figure(figure: PublishedFigure) -> Record:
    """A published figure as a record that a finding rests on."""
    return Record(
        figure.definition.name, "", str(figure.value), figure.unit, "figures:figure", [figure.pk], figure.source
    )


def place_of(figure: PublishedFigure) -> dict[str, int]:
    """The round and the action of a figure, by number, as a parameter of a text."""
    place = {"round": figure.round.number} if figure.round else {}
    return place | ({"action": figure.action.number} if figure.action else {})


def place_text(place: Mapping[str, int]) -> str:
    """A place in words: actie 5, ronde 2."""
    action = gettext("actie %(n)s") % {"n": place["action"]} if "action" in place else ""
    round_ = gettext("ronde %(n)s") % {"n": place["round"]} if "round" in place else ""
    return ", ".join(part for part in (action, round_) if part) or gettext("het hele programma")


def value_text(stored: Sequence[str]) -> str:
    """A value that was kept as decimal text with its unit."""
    value, unit = stored
    return euro(value) if unit == "EUR" else number(Decimal(value))


def values_text(stored: Sequence[Sequence[str]]) -> str:
    """Values that were kept as decimal text with their unit."""
    return joined([value_text(pair) for pair in stored])


def label_text(key: str) -> str:
    """The words for a measure."""
    return measure(key).label


@rule(
    "figures.values_differ",
    topic=TOPIC_FIGURES,
    title=_("Meer dan één waarde: %(measure)s, %(place)s"),
    sentence=_(
        "De bronnen geven voor hetzelfde cijfer (%(measure)s, %(place)s) verschillende waarden: %(values)s. Tussen de "
        "laagste en de hoogste ligt %(difference)s. Draad bewaart ze alle."
    ),
    write={"measure": label_text, "place": place_text, "values": values_text, "difference": value_text},
)
def values_differ() -> Iterator[FoundThing]:
    """Figures for which the sources give different values."""
    ordered = sorted(figures(), key=lambda row: (figure_subject(row), row.position))
    for subject, group in groupby(ordered, key=figure_subject):
        rows = list(group)
        values = list(dict.fromkeys(row.value for row in rows))
        if len(values) > 1:
            unit = rows[0].unit
            yield FoundThing(
                subject,
                {
                    "measure": rows[0].measure, "place": place_of(rows[0]),
                    "values": [[str(value), unit] for value in values],
                    "difference": [str(max(values) - min(values)), unit],
                },
                [record_of_figure(row) for row in rows],
                about(rows[0]),
            )  # fmt: skip


def explained_text(explained: bool) -> str:  # noqa: FBT001  a stored parameter
    """Whether counting every printed entry gives the stated number, in words."""
    if explained:
        return gettext("Het vermelde aantal klopt alleen als herhalingen en indieners zonder partners meetellen.")
    return gettext("Geen van deze tellingen geeft het vermelde aantal.")


@rule(
    "figures.stated_leads",
    topic=TOPIC_FIGURES,
    title=_("Ronde %(round)s: %(stated)s indieners vermeld, %(different)s verschillende in de lijst"),
    sentence=_(
        "De bron spreekt van %(stated)s indieners van samenwerkingen. De lijst drukt %(printed)s samenwerkingen, met "
        "%(different)s verschillende indieners; %(with_partners)s daarvan noemen partners. %(explained)s"
    ),
    write={"explained": explained_text},
)
def stated_leads() -> Iterator[FoundThing]:
    """A stated number of leads that is not the number of different leads with partners in the list of the round."""
    stated = _stated(STATED_LEADS)
    for listed in printed_lists():
        figure = stated.get(listed.round.pk)
        if figure and figure.value != len(listed.leads_with_partners):
            doubtful = [entry for group in listed.repeated for entry in group]
            doubtful += [entry for entry in listed.different if not entry.partners.all()]
            yield FoundThing(
                figure_subject(figure),
                {
                    "round": listed.round.number, "stated": int(figure.value), "printed": len(listed.entries),
                    "different": len(listed.leads), "with_partners": len(listed.leads_with_partners),
                    "explained": figure.value == len(listed.entries),
                },
                [record_of_figure(figure), *map(record_of, doubtful)],
                about(figure),
            )  # fmt: skip


def through_text(stored: Mapping[str, Any]) -> str:
    """Who is named only through a partner, and how many municipalities there are with them; empty when nobody is."""
    if not stored["names"]:
        return ""
    words = {"names": joined(stored["names"]), "sum": number(stored["sum"])}
    return gettext("Met wie alleen via een partner vermeld is (%(names)s) zijn het er %(sum)s.") % words + " "


def others_text(stored: Mapping[str, Any]) -> str:
    """Who is named but is no municipality, and how many there are with them; empty when nobody is."""
    if not stored["names"]:
        return ""
    words = {"names": joined(stored["names"]), "sum": number(stored["sum"]), "all": number(stored["with_through"])}
    if stored["sum"] == stored["with_through"]:
        return gettext("Met %(names)s erbij zijn het er %(sum)s.") % words + " "
    return gettext("Met %(names)s erbij zijn het er %(sum)s, samen %(all)s.") % words + " "


@rule(
    "figures.stated_governments",
    topic=TOPIC_FIGURES,
    title=_("Ronde %(round)s: %(stated)s besturen vermeld, %(municipalities)s gemeenten in de lijst"),
    sentence=_(
        "De bron spreekt van %(stated)s samenwerkende besturen. De lijst noemt %(municipalities)s verschillende "
        "gemeenten. %(through)s%(others)sGeen van deze tellingen geeft %(stated)s."
    ),
    write={"through": through_text, "others": others_text},
)
def stated_governments() -> Iterator[FoundThing]:
    """A stated number of governments that no way of counting the list of the round gives."""
    stated = _stated(STATED_GOVERNMENTS)
    for listed in printed_lists():
        figure = stated.get(listed.round.pk)
        towns, others, through = len(listed.municipalities), len(listed.others), len(listed.stood_for)
        ways = {towns, towns + through, towns + others, towns + through + others}
        if figure and figure.value not in ways:
            named = [(LISTED_OTHER, o) for o in listed.others] + [(LISTED_THROUGH, o) for o in listed.stood_for]
            named += [(LISTED_MUNICIPALITY, o) for o in sorted(listed.municipalities, key=lambda o: o.name)]
            yield FoundThing(
                figure_subject(figure),
                {
                    "round": listed.round.number, "stated": int(figure.value), "municipalities": towns,
                    "through": {"names": [o.name for o in listed.stood_for], "sum": towns + through},
                    "others": {"names": [o.name for o in listed.others], "sum": towns + others,
                               "with_through": towns + others + through},
                },
                [
                    record_of_figure(figure),
                    *(Record(kind, o.name, "", "", "organisations:government", [o.slug]) for kind, o in named),
                ],
                [*about(figure), *(organisation_key(o) for o in listed.stood_for)],
            )  # fmt: skip


def _stated(key: str) -> dict[int, PublishedFigure]:
    """The first record of a measure of a whole round, by round (primary key)."""
    rows = figures().filter(measure=key, action=None, round__isnull=False)
    return {row.round.pk: row for row in reversed(rows) if row.round}


@rule(
    "figures.granted_above_envelope",
    topic=TOPIC_FIGURES,
    title=_("Ronde %(round)s: meer toegekend dan het budget"),
    sentence=_(
        "In ronde %(round)s is %(granted)s toegekend, bij een budget van %(envelope)s: %(difference)s meer dan er was."
    ),
    write={"granted": euro, "envelope": euro, "difference": euro},
)
def granted_above_envelope() -> Iterator[FoundThing]:
    """Rounds in which every published granted amount is above every published envelope."""
    rows = list(figures().filter(measure__in=[GRANTED, ENVELOPE], action=None, round__isnull=False))
    for round_ in Round.objects.filter(pk__in={row.round_id for row in rows}):
        granted = [row for row in rows if row.round_id == round_.pk and row.measure == GRANTED]
        envelopes = [row for row in rows if row.round_id == round_.pk and row.measure == ENVELOPE]
        lowest = min(granted, key=lambda row: row.value, default=None)
        highest = max(envelopes, key=lambda row: row.value, default=None)
        if lowest and highest and lowest.value > highest.value:
            yield FoundThing(
                figure_subject(lowest),
                {
                    "round": round_.number, "granted": str(lowest.value), "envelope": str(highest.value),
                    "difference": str(lowest.value - highest.value),
                },
                [record_of_figure(lowest), record_of_figure(highest)],
                about(lowest, highest),
            )  # fmt: skip
