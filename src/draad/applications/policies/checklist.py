"""What an application still needs before it can be submitted, in sentences that lead to the field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.applications.amounts import above_ceiling
from draad.applications.models import Application, ApplicationLine, AttachmentKind, MemberState
from draad.applications.policies.fields import (
    LINE,
    NUMBER_LABELS,
    PLAIN,
    SHARE,
    anchor,
    line_field,
    part,
    read_field,
    share_field,
)
from draad.applications.queries.form import Filled, application_or_404, filled, is_behind
from draad.web.formatting import euro, number


class Standing(StrEnum):
    """Whether a need blocks, is only told, or is met."""

    OPEN = "open"
    NOTE = "note"
    DONE = "done"


@dataclass(frozen=True)
class Need:
    """Something an application needs: a sentence, and where it can be done.

    Args:
        sentence: what is needed, or what is in order.
        standing: whether it blocks.
        field: the field on the form where it can be done, empty when there is none.
        link: what the link says; the whole sentence is the link when it is empty.
        address: the page or the place on the form.
    """

    sentence: str
    standing: Standing = Standing.OPEN
    field: str = ""
    link: str = ""
    address: str = ""

    @property
    def blocking(self) -> bool:
        """Whether the application cannot be submitted as long as this stands."""
        return self.standing is Standing.OPEN


def checklist(application: Application) -> list[Need]:
    """What an application needs, read anew: what blocks first, then what is only told, then what is in order."""
    return needs(filled(application_or_404(application.pk)))


def needs(form: Filled) -> list[Need]:
    """What an application needs: what blocks first, then what is only told, then what is in order."""
    found = [need for rule in _RULES for need in rule(form)]
    order = list(Standing)
    return sorted(found, key=lambda need: order.index(need.standing))


def blocking(found: Iterable[Need]) -> list[Need]:
    """The needs without which it cannot be submitted."""
    return [need for need in found if need.blocking]


def named(line: ApplicationLine) -> str:
    """An indicator line in words."""
    return _("actie %(action)s, %(line)s") % {
        "action": line.indicator.terms.action.number,
        "line": line.indicator.label,
    }


def label_of(form: Filled, field: str) -> str:
    """What a field is called, with the line where it stands."""
    if field in PLAIN:
        return str(PLAIN[field])
    if not field.startswith((f"{LINE}:", f"{SHARE}:")):
        return _("toelichting")
    line = next((line for line in form.lines if line.pk == part(field, 1)), None)
    what = NUMBER_LABELS[field.rpartition(":")[2]] if field.startswith(f"{LINE}:") else _("aandeel")
    return f"{what} ({named(line)})" if line else str(what)


def _at(form: Filled, field: str, sentence: str, standing: Standing = Standing.OPEN, link: str = "") -> Need:
    """A need that is done in a field of the form."""
    address = reverse("applications:form", args=[form.application.pk])
    return Need(sentence, standing, field, link, f"{address}#{anchor(field)}")


def _unsaved(form: Filled) -> Iterator[Need]:
    for field, text in form.application.unsaved.items():
        words = {"text": text[:40], "field": label_of(form, field)}
        try:
            read_field(field, text)
        except ValidationError:
            yield _at(form, field, _("“%(text)s” is niet bewaard: verbeter %(field)s") % words)
        else:
            yield _at(form, field, _("Kies welke waarde geldt voor %(field)s") % words)


def _lines(form: Filled) -> Iterator[Need]:
    if not form.lines:
        yield Need(
            _("Kies minstens één KPI-lijn"), address=reverse("applications:form_lines", args=[form.application.pk])
        )
    for line in form.lines:
        name = line_field(line.pk, "planned")
        if name in form.application.unsaved:
            continue
        if line.planned is None:
            yield _at(form, name, _("Vul in wat u bijkomend plant bij %(line)s") % {"line": named(line)})
        elif line.planned == 0:
            yield _at(form, name, _("Bij %(line)s staat 0: geef meer dan 0, of haal de lijn weg")
                      % {"line": named(line)})  # fmt: skip


def _terms(form: Filled) -> Iterator[Need]:
    behind = [line for line in form.lines if is_behind(line)]
    if behind:
        address = reverse("applications:form", args=[form.application.pk]) + "#voorwaarden"
        sentence = _("De voorwaarden zijn verbeterd voor %(lines)s: kijk na wat wijzigt en neem ze over")
        yield Need(sentence % {"lines": get_text_list([named(line) for line in behind], _("en"))}, address=address)


def _existing(form: Filled) -> Iterator[Need]:
    unsaved = form.application.unsaved
    empty = [li for li in form.lines if li.existing is None and line_field(li.pk, "existing") not in unsaved]
    if empty:
        sentence = ngettext(
            "Bij %(count)s lijn staat geen bestaand bereik; indienen kan",
            "Bij %(count)s lijnen staat geen bestaand bereik; indienen kan",
            len(empty),
        )
        name = line_field(empty[0].pk, "existing")
        yield _at(form, name, sentence % {"count": len(empty)}, Standing.NOTE)


def _priorities(form: Filled) -> Iterator[Need]:
    if "unique_priority" not in form.rules or not form.lines:
        return
    counts = Counter(line.priority for line in form.lines)
    for priority in sorted(found for found, times in counts.items() if found is not None and times > 1):
        same = [line for line in form.lines if line.priority == priority]
        sentence = _("%(count)s lijnen hebben prioriteit %(priority)s")
        words = {"count": number(len(same)), "priority": priority}
        link = _("geef elke lijn een eigen nummer")
        yield _at(form, line_field(same[-1].pk, "priority"), sentence % words, link=link)
    for line in form.lines:
        name = line_field(line.pk, "priority")
        if line.priority is None and name not in form.application.unsaved:
            yield _at(form, name, _("Geef een prioriteit aan %(line)s") % {"line": named(line)})
    if len(counts) == len(form.lines) and None not in counts:
        yield Need(_("Elke lijn heeft een eigen prioriteit"), Standing.DONE)


def _ceilings(form: Filled) -> Iterator[Need]:
    for line in form.lines:
        over = above_ceiling(form.asked(line))
        words = {"line": named(line), "over": number(over)}
        name = line_field(line.pk, "planned")
        if over:
            sentence = _("%(line)s: %(over)s boven het plafond wordt niet betaald; indienen kan") % words
            yield _at(form, name, sentence[:1].upper() + sentence[1:], Standing.NOTE)
        elif line.planned and line.indicator.unit_amount is None:
            sentence = _("Voor %(line)s is geen bedrag per eenheid bekend; indienen kan") % words
            yield _at(form, name, sentence, Standing.NOTE)
        elif _cut(line):
            most = euro((line.indicator.terms.ceiling or 0) * form.governments)
            sentence = _("Actie %(action)s krijgt hoogstens %(most)s; indienen kan")
            yield _at(form, name, sentence % {"action": line.indicator.terms.action.number, "most": most},
                      Standing.NOTE)  # fmt: skip


def _cut(line: ApplicationLine) -> bool:
    """Whether the ceiling of the action leaves less than the units bring."""
    unit = line.indicator.unit_amount
    return (
        bool(line.planned)
        and line.amount is not None
        and unit is not None
        and line.amount < (line.planned or 0) * unit
    )


def _shares(form: Filled) -> Iterator[Need]:
    if len(form.partners) < 2 or not form.lines:
        return
    open_lines = [line for line in form.lines if line.planned and not _shared(form, line)]
    for line in open_lines:
        units = [_units(form, line, member.pk) for member in form.partners]
        name = share_field(line.pk, form.partners[0].pk)
        words = {"line": named(line), "sum": number(sum(filter(None, units))), "planned": number(line.planned or 0)}
        if all(part_ is None for part_ in units):
            yield _at(form, name, _("Verdeel %(line)s over de leden") % words)
        elif None in units:
            yield _at(form, name, _("Geef elk lid een aandeel in %(line)s; wie niet meedoet, krijgt 0") % words)
        else:
            yield _at(form, name, _("De aandelen bij %(line)s tellen samen %(sum)s; gepland is %(planned)s") % words)
    if not open_lines:
        yield Need(_("De aandelen van de leden kloppen met elke lijn"), Standing.DONE)


def _units(form: Filled, line: ApplicationLine, member: int) -> int | None:
    share = form.shares.get((line.pk, member))
    return share.planned if share else None


def _shared(form: Filled, line: ApplicationLine) -> bool:
    units = [_units(form, line, member.pk) for member in form.partners]
    return None not in units and sum(filter(None, units)) == line.planned


def _members(form: Filled) -> Iterator[Need]:
    address = reverse("applications:form", args=[form.application.pk]) + "#leden"
    for member in form.members:
        if member.state == MemberState.INVITED:
            sentence = _("%(name)s heeft nog niet geantwoord op de uitnodiging") % {"name": member.organisation}
            yield Need(sentence, address=address)
    if "member_mandate" in form.rules:
        given = {file.member_id for file in form.attachments if file.kind == AttachmentKind.MANDATE}
        for member in form.partners:
            if not member.is_applicant and member.pk not in given:
                sentence = _("Mandaat van %(name)s") % {"name": member.organisation}
                yield _at(form, "attachments", sentence)


def _claims(form: Filled) -> Iterator[Need]:
    names = {member.organisation_id: str(member.organisation) for member in form.members}
    for action in form.actions:
        others = [names[organisation] for organisation, claimed in form.claimed if claimed == action.pk]
        if others:
            words = {"action": action.number, "names": get_text_list(others, _("en"))}
            sentence = _("Actie %(action)s is voor %(names)s al aangevraagd in een andere aanvraag: haal ze weg")
            yield Need(sentence % words, address=reverse("applications:form_lines", args=[form.application.pk]))
    if form.lines and not form.claimed:
        yield Need(_("Geen actie dubbel aangevraagd"), Standing.DONE)


def _contact(form: Filled) -> Iterator[Need]:
    application = form.application
    missing = {
        "contact_name": _("Geef een contactpersoon"),
        "contact_email": _("Geef het e-mailadres van de contactpersoon"),
        "iban": _("Geef het rekeningnummer"),
        "account_holder": _("Geef de naam van de rekeninghouder"),
    }
    for field, sentence in missing.items():
        if not getattr(application, field) and field not in application.unsaved:
            yield _at(form, field, sentence)
    if form.call.cofinancing_statement and not application.cofinancing_confirmed:
        yield _at(form, "cofinancing_confirmed", _("Bevestig de eigen inbreng"))


_RULES: tuple[Callable[[Filled], Iterator[Need]], ...] = (
    _unsaved,
    _terms,
    _lines,
    _priorities,
    _shares,
    _members,
    _claims,
    _contact,
    _ceilings,
    _existing,
)
