"""What parliament and others ask of a round, on which sheet the answer stands, and what cannot be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from draad.accountability.overview.facts import RoundFacts
from draad.documents.tables import Column, Gap, Table, Value
from draad.web.formatting import day

REACHED = ("units achieved", "plans achieved", "reached by the contact actions together")


@dataclass(frozen=True)
class Question:
    """A question, the sheets that answer it (none when nothing does), and what stays unanswered.

    ``example`` when the sheets hold example data, which answer nothing about the world.
    """

    text: str
    sheets: Sequence[str] = ()
    missing: str = ""
    example: bool = False

    @property
    def answer(self) -> Value:
        """Yes, partly or no, in words."""
        if not self.sheets:
            return Gap(_("niet te beantwoorden"))
        if self.example:
            return _("alleen als voorbeeld")
        return _("ten dele") if self.missing else _("ja")


@dataclass(frozen=True)
class Names:
    """The names of the sheets, in the language of the workbook."""

    granted: str
    granted_provinces: str
    located: str
    printed: str
    partnerships: str
    members: str
    mentors: str
    mentorships: str
    terms: str
    figures: str
    municipalities: str
    sources: str
    findings: str


def sheet_names() -> Names:
    """The names of the sheets; at most 31 letters each."""
    return Names(
        granted=_("Toegekende subsidie"),
        granted_provinces=_("Toegekend per provincie"),
        located=_("Per provincie"),
        printed=_("Per provincie, gedrukt"),
        partnerships=_("Samenwerkingen"),
        members=_("Leden"),
        mentors=_("Mentors per provincie"),
        mentorships=_("Mentorschappen"),
        terms=_("Voorwaarden"),
        figures=_("Cijfers"),
        municipalities=_("Per gemeente"),
        sources=_("Bronnen"),
        findings=_("Bevindingen"),
    )


def questions(facts: RoundFacts) -> list[Question]:
    """The questions about a round; a sheet that would be empty answers nothing."""
    return [
        _about_grants(facts),
        *_about_governments(facts),
        *_about_amounts(facts),
        Question(
            _("Wat is van elke gemeente bekend?"),
            [sheet_names().municipalities],
            _("acties, subsidie en inwoners van herkomst buiten de EU-15 zijn niet openbaar"),
        ),
        Question(_("Waar spreken de bronnen elkaar tegen?"), [sheet_names().findings]),
    ]


def _about_grants(facts: RoundFacts) -> Question:
    names, unpublished = (
        sheet_names(),
        _("subsidie per gemeente en per actie is niet openbaar: de bijlage is niet gepubliceerd"),
    )
    return Question(
        _("Hoeveel euro kreeg elke gemeente, per actie?"),
        [names.granted, names.granted_provinces] if facts.has_grants else (),
        "" if facts.has_grants and not facts.grants_are_example else unpublished,
        example=facts.grants_are_example,
    )


def _measures(facts: RoundFacts, *, whole_programme: bool) -> set[str]:
    """What is published of this round: of the whole programme, or of anything in it."""
    of_round = [figure for figure in facts.figures if figure.round_id == facts.round.pk]
    return {figure.measure for figure in of_round if figure.action_id is None or not whole_programme}


def _about_governments(facts: RoundFacts) -> list[Question]:
    names, measures = sheet_names(), _measures(facts, whole_programme=True)
    listed = [names.located, names.printed, names.partnerships, names.members] if facts.listed.entries else []
    mentors = [names.mentors, names.mentorships] if facts.mentorships else []
    counted = measures & {"local governments applying", "participating governments"}
    refused = measures & {"refused applications"}
    unlisted = _("de lijst van deze ronde is niet gepubliceerd")
    return [
        Question(
            _("Welke besturen werkten samen, hoeveel zijn het er per provincie?"), listed, "" if listed else unlisted
        ),
        Question(
            _("Hoeveel besturen vroegen aan, hoeveel namen deel?"),
            [names.figures] if counted else [],
            _("de namen van wie alleen aanvroeg zijn niet openbaar"),
        ),
        Question(
            _("Hoeveel aanvragen werden geweigerd, en waarom?"),
            [names.figures] if refused else [],
            "" if refused else _("niet gepubliceerd"),
        ),
        Question(_("Wie is mentorbestuur, en voor welke actie?"), mentors, "" if mentors else unlisted),
    ]


def _about_amounts(facts: RoundFacts) -> list[Question]:
    names, measures = sheet_names(), _measures(facts, whole_programme=True)
    amounts = measures & {"granted amount", "envelope"}
    reached = _measures(facts, whole_programme=False) & set(REACHED)
    return [
        Question(
            _("Hoeveel is er toegekend, en hoe groot was het budget?"),
            [names.figures] if amounts else [],
            "" if "granted amount" in amounts else _("het toegekende bedrag is niet gepubliceerd"),
        ),
        Question(
            _("Welke sociale-impactobligaties zijn er?"),
            [names.figures] if "social impact bond incentives" in measures else [],
            _("investeerder, sociale organisatie en bedrag zijn niet gepubliceerd"),
        ),
        Question(
            _("Wat vraagt en geeft elke actie?"),
            [names.terms] if facts.lines else [],
            _("wat niet gepubliceerd is, staat zo op het blad") if _has_unknown_terms(facts) else "",
        ),
        Question(_("Wat is bereikt?"), [names.figures] if reached else [], _("niet voor elke actie gepubliceerd")),
    ]


def _has_unknown_terms(facts: RoundFacts) -> bool:
    """Whether a field of a line is not known, or a whole line is."""
    return any(row.line is None or not all(term.known for term in row.line.values()) for row in facts.lines)


def contents_table(facts: RoundFacts) -> Table[Question]:
    """The first sheet: what is asked, whether it can be answered, and where."""
    start, end = day(facts.round.starts_on), day(facts.round.ends_on)
    title = _("%(programme)s, ronde %(n)s: wat de feiten kunnen beantwoorden")
    return Table(
        key="leeswijzer",
        title=title % {"programme": facts.round.programme.name, "n": facts.round.number},
        about=_("Projectjaar van %(start)s tot en met %(end)s. Een gearceerde cel betekent altijd: er is geen waarde "
                "om te tonen. Leeg is niet nul.") % {"start": start, "end": end},
        columns=[
            Column("question", _("Vraag"), lambda row: row.text, wide=True),
            Column("answer", _("Te beantwoorden"), lambda row: row.answer),
            Column("sheets", _("Op blad"), lambda row: ", ".join(row.sheets) or None, wide=True),
            Column("missing", _("Wat ontbreekt"), lambda row: row.missing or None, wide=True),
        ],
        rows=questions(facts),
    )  # fmt: skip
