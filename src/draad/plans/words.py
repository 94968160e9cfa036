"""Sentences of this room for people: why a document cannot be read, and why a field waits for them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from draad.documents.source import LARGEST_FILE, DocumentError, DocumentFault
from draad.plans.actions.reading import DamagedSheetsError
from draad.plans.models import ReadSheet
from draad.plans.review import CHANGED, MISSING, NEW, Field, label_of

FAULTS: dict[DocumentFault, Any] = {
    DocumentFault.NO_FILE: gettext_lazy("Het bestand is er niet meer. Kies het opnieuw."),
    DocumentFault.EMPTY: gettext_lazy("Dit bestand is leeg. Kies het document zelf."),
    DocumentFault.TOO_LARGE: gettext_lazy(
        "Dit bestand is te groot: hoogstens %(mb)s MB en 2.000 bladzijden. Bewaar het zonder afbeeldingen of in delen."
    ),
    DocumentFault.OTHER_KIND: gettext_lazy(
        "Dit is geen PDF, geen Word-document (.docx) en geen tekst (.txt). Bewaar het document als één van deze drie."
    ),
    DocumentFault.NOT_UTF8: gettext_lazy(
        "Regel %(line)s bevat tekens die geen UTF-8 zijn. Bewaar de tekst als UTF-8."
    ),
    DocumentFault.ENCODED_TWICE: gettext_lazy(
        "Letters met een accent zijn dubbel gecodeerd, voor het eerst op regel %(line)s. Bewaar het document opnieuw "
        "als tekst in UTF-8, of kies het PDF- of Word-bestand."
    ),
    DocumentFault.LOCKED: gettext_lazy(
        "Dit document is beveiligd met een wachtwoord of komt uit een oude Word. Haal het wachtwoord eraf en bewaar "
        "een Word-document als .docx."
    ),
    DocumentFault.DAMAGED: gettext_lazy("Dit bestand is beschadigd. Bewaar of exporteer het document opnieuw."),
    DocumentFault.PACKED: gettext_lazy(
        "Dit bestand is zo dicht ingepakt dat het geen gewoon document kan zijn. Het is niet geopend. Bewaar het "
        "document opnieuw als .docx."
    ),
    DocumentFault.PICTURES: gettext_lazy(
        "De bladzijden zijn afbeeldingen zonder tekst. Laat de tekst eerst herkennen (OCR) en kies dan dat bestand."
    ),
    DocumentFault.NO_SHEETS: gettext_lazy(
        "In dit document staan geen actiefiches. Een fiche begint met “Maatregel” en “Raming Budgettair engagement”."
    ),
}
NOTHING_STORED = gettext_lazy("Er is niets bewaard.")
LISTED = 6
"""How many damaged sheets a sentence names."""


def fault_sentences(error: DocumentError) -> list[str]:
    """What is wrong with a document and what would be right, and that nothing was stored."""
    if isinstance(error, DamagedSheetsError):
        return [*_damaged(error), str(NOTHING_STORED)]
    sentence = str(FAULTS[error.fault]) % {"line": error.line, "mb": LARGEST_FILE >> 20}
    return [f"{sentence} {NOTHING_STORED}"]


def _damaged(error: DamagedSheetsError) -> list[str]:
    told = [
        _("Fiche %(number)s mist: %(boxes)s.")
        % {"number": number, "boxes": ", ".join(box_label(box).lower() for box in boxes)}
        for number, boxes in error.sheets[:LISTED]
    ]
    rest = len(error.sheets) - LISTED
    if rest > 0:
        told.append(ngettext("En nog %(n)s fiche.", "En nog %(n)s fiches.", rest) % {"n": rest})
    advice = _("Kijk na of er een bladzijde ontbreekt. Staat het zo in het document, vink dan aan dat Draad ook "
               "beschadigde fiches leest.")  # fmt: skip
    return [*told, advice]


def box_label(box: str) -> str:
    """What a box of the sheet is called, the milestones too."""
    return _("Mijlpalen") if box == "milestones" else label_of(box)


def reasons(field: Field, sheet: ReadSheet) -> list[str]:
    """Why a field asks for attention, the most telling first."""
    found = [_finding(kind) for kind in _kinds(field, sheet)]
    found += _goal_differences(field, sheet)
    if field.doubtful and not any(found):
        found.append(
            _("De tekst rond deze waarde loopt door elkaar. Kijk na waar ze begint en eindigt.")
            if field.read
            else _("Deze waarde werd niet gelezen. Vul ze in, of zeg dat ze leeg is in het document.")
        )
    found.append(_difference(field))
    return [sentence for sentence in found if sentence]


def _kinds(field: Field, sheet: ReadSheet) -> list[str]:
    return [finding["kind"] for finding in sheet.values["findings"] if finding["field"] == field.name]


def _finding(kind: str) -> str:
    return {
        "missing_label": _("Het opschrift van dit vak staat niet in de fiche."),
        "stray_text": _(
            "Tussen de mijlpalen staat tekst van een andere fiche. Wellicht ontbreekt een bladzijde: kijk het na."
        ),
        "unlabelled_box": _(
            "Het opschrift van dit vak ontbreekt; het vak is herkend aan de code van de doelstelling."
        ),
        "no_goal_code": _("Hier staat een doelstelling zonder code."),
    }.get(kind, "")


def _goal_differences(field: Field, sheet: ReadSheet) -> list[str]:
    prefix = {"strategic_goals": "SD", "operational_goals": "OD"}.get(field.name)
    if prefix is None:
        return []
    return [
        goal_difference(goal["code"], goal["plan_code"], goal["difference"])
        for goal in sheet.values["goals"]
        if goal["code"].startswith(prefix) and goal["difference"]
    ]


def goal_difference(cited: str, own: str | None, difference: str) -> str:
    """How a cited goal differs from the goal of the plan."""
    if own is None:
        return _("%(cited)s staat niet in het plan.") % {"cited": cited}
    words = {
        "number": _("De fiche noemt ze %(cited)s, het plan %(own)s."),
        "wording": _("De fiche citeert %(own)s met andere woorden dan het plan."),
        "number and wording": _("De fiche noemt %(cited)s, met andere woorden; het plan heeft %(own)s."),
    }
    return words[difference] % {"cited": cited, "own": own}


def _difference(field: Field) -> str:
    if field.name.startswith("gone."):
        return _("Deze mijlpaal staat niet meer in het nieuwe document.")
    return {
        CHANGED: _("Het plan heeft een andere waarde."),
        NEW: _("Dit staat nog niet in het plan."),
        MISSING: _("Het plan heeft hier een waarde, het nieuwe document niet."),
    }.get(field.difference, "")
