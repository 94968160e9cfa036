"""The receipt of what was handed in, made of the kept content alone: the same content gives the same receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from draad.applications.models import AttachmentKind, IncentiveKind, Submission
from draad.documents.iban import grouped_iban
from draad.documents.pdf import Grid, Heading, Paragraph, Report, make_pdf
from draad.documents.tables import Gap
from draad.web.formatting import euro, moment, number

Content = Mapping[str, Any]
Block = Heading | Paragraph | Grid


def receipt_pdf(submission: Submission) -> bytes:
    """The receipt as a PDF/UA-1 file, in Dutch; the same submission gives the same bytes."""
    content = submission.content
    with translation.override(settings.LANGUAGE_CODE):
        report = Report(
            title=title_of(content),
            caption=caption_of(content),
            language=settings.LANGUAGE_CODE,
            made_at=submission.at,
            footer=" · ".join([title_of(content), *([_("voorbeeld")] if content["example"] else [])]),
            page=_("Bladzijde {n} van {total}"),
            blocks=[*_heading(submission), *content_blocks(content)],
        )
        return make_pdf(report)


def title_of(content: Content) -> str:
    """What it is the receipt of."""
    return _("Ontvangstbewijs: aanvraag %(number)s van %(applicant)s") % {
        "number": content["application"],
        "applicant": _applicant(content),
    }


def caption_of(content: Content) -> str:
    """Which programme and round, and that it is an example when it is one."""
    words = {"programme": content["programme"], "round": content["round"]}
    parts = [_("%(programme)s, ronde %(round)s") % words]
    if content["example"]:
        parts.append(_("VOORBEELD: gemaakt door Draad, geen echte aanvraag"))
    return " · ".join(parts)


def _applicant(content: Content) -> str:
    return next((str(member["name"]) for member in content["members"] if member["applicant"]), "")


def _heading(submission: Submission) -> Iterator[Block]:
    content = submission.content
    words = {"when": moment(submission.at), "who": content["submitted_by"], "number": submission.number}
    yield Paragraph(_("Ingediend op %(when)s door %(who)s, indiening %(number)s.") % words)
    yield Paragraph(_("SHA-256 van alles wat is ingediend: %(hash)s") % {"hash": submission.sha256}, quiet=True)


def content_blocks(content: Content) -> list[Block]:
    """Everything that is handed in, in order; also what a page shows before it is."""
    parts = (_lines, _shares, _incentives, _members, _explanations, _contact, _attachments, _rules)
    return [block for part in parts for block in part(content)]


def _lines(content: Content) -> Iterator[Block]:
    yield Heading(_("Wat is aangevraagd"))
    rows = [
        [
            _count(line["priority"]),
            f"{line['action']} {line['title']}",
            f"{line['label']} ({_('voorwaarden, versie %(version)s') % {'version': line['terms_version']}})",
            _count(line["existing"]),
            _count(line["planned"]),
            _money(line["unit_amount"]),
            _money(line["amount"]),
        ]
        for line in content["lines"]
    ]
    if rows:
        rows.append(["", _("Gevraagd, met stimulansen"), "", "", "", "", _money(content["requested"])])
    headings = [_("Prioriteit"), _("Actie"), _("KPI-lijn"), _("Bestaand bereik"), _("Gepland bijkomend"),
                _("Per eenheid"), _("Bedrag")]  # fmt: skip
    yield from _grid(headings, [1, 3, 3, 1, 1, 1, 2], rows, _("Geen KPI-lijnen."), [0, 3, 4, 5, 6])


def _shares(content: Content) -> Iterator[Block]:
    if len(content["members"]) < 2:
        return
    yield Heading(_("Wie neemt wat"))
    rows = [
        [f"{line['action']} {line['label']}", share["name"], _count(share["planned"]), _money(share["amount"])]
        for line in content["lines"]
        for share in line["shares"]
    ]
    headings = [_("KPI-lijn"), _("Bestuur"), _("Gepland bijkomend"), _("Bedrag")]
    yield from _grid(headings, [4, 3, 1, 1], rows, _("Niets is verdeeld."), [2, 3])


def _incentives(content: Content) -> Iterator[Block]:
    rows = [
        [
            str(IncentiveKind(incentive["kind"]).label),
            incentive["organisation"],
            "" if incentive["action"] is None else _("actie %(number)s") % {"number": incentive["action"]},
            _money(incentive["amount"]),
        ]
        for incentive in content["incentives"]
    ]
    if rows:
        yield Heading(_("Stimulansen"))
        yield from _grid(
            [_("Stimulans"), _("Bestuur"), pgettext("stimulans", "Voor"), _("Bedrag")], [3, 3, 2, 2], rows, numbers=[3]
        )


def _members(content: Content) -> Iterator[Block]:
    yield Heading(_("Wie vraagt aan"))
    known = content["eligibility"]
    rows = [
        [
            member["name"],
            _("aanvrager") if member["applicant"] else member["exception"] or _("lid"),
            member["kbo"] or "–",
            _moment(member["accepted_at"]),
        ]
        for member in content["members"]
    ]
    labels, widths = [_("Bestuur"), _("Rol"), _("KBO"), _("Doet mee sinds")], [3, 2, 2, 3]
    if known["origin"]:  # only a round with a threshold counts inhabitants
        labels.append(_("Inwoners van herkomst buiten de %(origin)s") % {"origin": known["origin"]})
        widths.append(2)
        for row, member in zip(rows, content["members"], strict=True):
            count = member["inhabitants"]
            row.append(Gap(_("niet bekend")) if count is None else number(count))
    yield from _grid(labels, widths, rows, numbers=[4] if known["origin"] else [])
    yield Paragraph(" ".join([known["headline"], *known["sentences"]]))


def _explanations(content: Content) -> Iterator[Block]:
    rows = [[f"{text['action']} {text['title']}", text["text"]] for text in content["explanations"]]
    if content["remarks"]:
        rows.append([_("Opmerkingen"), content["remarks"]])
    if rows:
        yield Heading(_("Toelichting"))
        yield from _grid([_("Actie"), _("Toelichting")], [1, 3], rows)


def _contact(content: Content) -> Iterator[Block]:
    yield Heading(_("Contact en rekening"))
    confirmed = _("bevestigd") if content["cofinancing_confirmed"] else _("niet bevestigd")
    facts = [
        (_("Contactpersoon"), content["contact_name"]),
        (_("E-mailadres"), content["contact_email"]),
        (_("Telefoon"), content["contact_phone"]),
        (_("Rekeningnummer (IBAN)"), grouped_iban(content["iban"])),
        (_("Naam van de rekeninghouder"), content["account_holder"]),
    ]
    if content["cofinancing_statement"]:
        facts.append((_("Eigen inbreng"), f"{content['cofinancing_statement']} ({confirmed})"))
    yield from _grid([_("Wat"), _("Ingevuld")], [1, 3], [[label, value or "–"] for label, value in facts])


def _attachments(content: Content) -> Iterator[Block]:
    rows = [
        [
            file["title"] or file["file_name"],
            str(AttachmentKind(file["kind"]).label) + (f", {file['member']}" if file["member"] else ""),
            file["sha256"],
        ]
        for file in content["attachments"]
    ]
    if rows:
        yield Heading(_("Bijlagen"))
        yield from _grid([_("Bestand"), _("Soort"), _("SHA-256")], [2, 2, 4], rows)


def _rules(content: Content) -> Iterator[Block]:
    if content["rules"]:
        yield Heading(_("Regels van de ronde"))
        for rule in content["rules"]:
            yield Paragraph(rule["sentence"], quiet=True)


def _grid(
    headings: list[str], widths: list[int], rows: list[list[Any]], nothing: str = "", numbers: Sequence[int] = ()
) -> Iterator[Block]:
    """A table, or the sentence that says that there is nothing; ``numbers`` are the columns with numbers."""
    yield Grid(headings, widths, rows, numbers) if rows else Paragraph(nothing)


def _count(value: int | None) -> str | Gap:
    return Gap(_("niet ingevuld")) if value is None else number(value)


def _money(value: str | None) -> str | Gap:
    return Gap(_("niet bekend")) if value is None else euro(Decimal(value))


def _moment(value: str | None) -> str:
    return moment(datetime.fromisoformat(value)) if value else "–"
