"""What the state of plans, documents and sheets allows."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.transitions import Transition
from draad.organisations.models import Organisation, OrganisationKind, OrganisationName
from draad.organisations.names import fold
from draad.plans.models import Measure, PartyGroup, Plan, PlanVersion, ReadSheet, SheetUpload
from draad.plans.reading.goals import CODE
from draad.plans.states import REVIEW

LONGEST_PERIOD = 200


def check_sheet(sheet: ReadSheet, transition: Transition) -> None:
    """Refuse a change that the state of a sheet or its document does not allow.

    Raises:
        ValidationError: saying in which state the sheet or the document is.
    """
    if not can_be_reviewed(sheet.upload):
        raise ValidationError(_("Dit document is al verwerkt of weggegooid. Er valt niets meer te beslissen."))
    transition.check(sheet.state, sheet.get_state_display())


def can_be_reviewed(upload: SheetUpload) -> bool:
    """Whether sheets of this document may still be decided on."""
    return upload.state == REVIEW


def check_new_file(plan: Plan, sha256: str) -> None:
    """Refuse a file that was read for this plan already.

    Raises:
        ValidationError: with the name under which it was read.
    """
    same = plan.uploads.filter(sha256=sha256).exclude(state="discarded").first()
    if same:
        raise ValidationError(
            _("Precies dit bestand is al ingelezen, als “%(name)s”. Werk daarin verder, of gooi dat eerst weg.")
            % {"name": same.file_name}
        )


def check_decided(undecided: int) -> None:
    """Refuse to accept a sheet with doubts.

    Raises:
        ValidationError: with the number of fields that wait.
    """
    if undecided:
        raise ValidationError(
            ngettext("Beslis eerst over %(n)s veld.", "Beslis eerst over %(n)s velden.", undecided) % {"n": undecided}
        )


def check_correction(name: str, text: str) -> None:
    """Refuse a correction that the field cannot hold.

    Raises:
        ValidationError: saying what the field must look like.
    """
    last = name.rsplit(".", 1)[-1]
    if last == "title" and not text:
        raise ValidationError(_("Een maatregel heeft een naam nodig. Schrijf hem zoals hij in het document staat."))
    if last == "period" and len(text) > LONGEST_PERIOD:
        raise ValidationError(
            _("Een periode telt hoogstens %(n)s tekens, zoals “2018” of “2016-2018”.") % {"n": LONGEST_PERIOD}
        )
    if name in {"strategic_goals", "operational_goals"}:
        kind = "SD" if name == "strategic_goals" else "OD"
        wrong = [line for line in text.splitlines() if not _begins_with_code(line, kind)]
        if wrong:
            raise ValidationError(
                _("Begin elke regel met de code van de doelstelling, zoals “%(kind)s 1: …”. Niet zo: “%(line)s”.")
                % {"kind": kind, "line": wrong[0][:60]}
            )


def _begins_with_code(line: str, kind: str) -> bool:
    found = CODE.match(line.strip())
    return not line.strip() or bool(found and found[1] == kind)


def check_can_empty(name: str) -> None:
    """Refuse to leave the name of a measure empty.

    Raises:
        ValidationError: for the title.
    """
    if name == "title":
        check_correction(name, "")


def check_row(field: object | None) -> None:
    """Refuse a decision about a field that the sheet does not have.

    Raises:
        ValidationError: when there is none.
    """
    if field is None:
        raise ValidationError(_("Dit veld hoort niet bij deze fiche. Laad de bladzijde opnieuw."))


def check_follows(sheet: ReadSheet | None) -> ReadSheet:
    """The sheet that follows.

    Raises:
        ValidationError: when none does.
    """
    if sheet is None:
        raise ValidationError(_("Dit is de laatste fiche van het document. Er is geen volgende om bij te voegen."))
    return sheet


def check_measure(sheet: ReadSheet, measure: Measure | None) -> None:
    """Refuse a measure of another plan, or one that another sheet of the document is a reading of.

    Raises:
        ValidationError: in both cases.
    """
    if measure is None:
        return
    if measure.plan_id != sheet.upload.plan_id:
        raise ValidationError(_("Deze maatregel hoort bij een ander plan."))
    others = sheet.upload.sheets.filter(measure=measure, state__in=["open", "accepted", "in_plan"])
    if others.exclude(pk=sheet.pk).exists():
        raise ValidationError(_("Een andere fiche van dit document is al een nieuwe lezing van die maatregel."))


def check_kind(group: PartyGroup, organisation: Organisation) -> None:
    """Refuse to give the name of a cabinet to an administration, or the other way.

    Raises:
        ValidationError: naming the organisation.
    """
    if (group == PartyGroup.CABINET) != (organisation.kind == OrganisationKind.CABINET):
        raise ValidationError(
            _("%(name)s is van de soort “%(kind)s”. Kies een organisatie van de juiste soort.")
            % {"name": organisation, "kind": organisation.get_kind_display()}
        )


def check_one(name: str, group: PartyGroup, organisation: Organisation | None) -> Organisation:
    """The organisation that was found.

    Raises:
        ValidationError: when none was; with names that come near.
    """
    if organisation:
        return organisation
    names = OrganisationName.objects.filter(organisation__kind=OrganisationKind.CABINET)
    if group != PartyGroup.CABINET:
        names = OrganisationName.objects.exclude(organisation__kind=OrganisationKind.CABINET)
    by_folded = dict(names.values_list("folded", "name"))
    near = [by_folded[found] for found in get_close_matches(fold(name), list(by_folded), n=3)]
    sentence = _("Draad kent geen organisatie die “%(name)s” heet.") % {"name": name}
    if near:
        sentence += " " + _("Bedoelt u %(names)s?") % {"names": ", ".join(near)}
    raise ValidationError(sentence)


def check_new_name(name: str, slug: str) -> None:
    """Refuse a second organisation with the same name.

    Raises:
        ValidationError: when there is one.
    """
    if not slug or Organisation.objects.filter(slug=slug[:80]).exists():
        raise ValidationError(_("Er is al een organisatie die “%(name)s” heet. Kies die.") % {"name": name})


def check_known_measure(number: str, measure: Measure | None) -> Measure:
    """The measure that a person named by its number.

    Raises:
        ValidationError: when the plan has none with that number.
    """
    if measure is None:
        raise ValidationError(_("Dit plan heeft geen maatregel %(number)s.") % {"number": number})
    return measure


def check_split(first: Sequence[object], second: Sequence[object]) -> None:
    """Refuse to split a sheet before its first line or after its last.

    Raises:
        ValidationError: when a half would be empty.
    """
    if not first or not second:
        raise ValidationError(_("Kies een regel binnen de fiche waarmee de tweede fiche begint."))


def check_something_accepted(sheets: Sequence[ReadSheet]) -> None:
    """Refuse to take up nothing.

    Raises:
        ValidationError: when no sheet was accepted.
    """
    if not sheets:
        raise ValidationError(_("Er is nog geen fiche aanvaard. Lees fiches na en aanvaard ze eerst."))


def check_note(note: str, latest: PlanVersion | None) -> None:
    """Refuse a next version without a reason.

    Raises:
        ValidationError: from the second version on.
    """
    if latest and not note.strip():
        raise ValidationError(_("Schrijf waarom er een nieuwe versie komt."))


def check_differs(sha256: str, latest: PlanVersion | None) -> None:
    """Refuse a version that changes nothing.

    Raises:
        ValidationError: when the content is that of the latest version.
    """
    if latest and latest.sha256 == sha256:
        raise ValidationError(_("Het plan is gelijk aan de laatste versie. Er is niets te publiceren."))
