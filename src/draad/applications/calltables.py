"""The lists around a call: all calls, its documents, its mails, its extensions."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from draad.applications.mailtexts import MAILS, MailKind
from draad.applications.models import Call, CallDocument, DecisionReason, Extension
from draad.applications.queries.calls import Standing
from draad.documents.tables import Column, Gap, Kind, Table, Value
from draad.web.formatting import moment, until


def place(call: Call) -> list[str | int]:
    """What the addresses of a call are made of."""
    return [call.round.programme.slug, call.round.number]


def calls_table(rows: Sequence[Standing], *, manages: bool) -> Table[Standing]:
    """The calls, newest first; a manager is led to the page on which each is prepared."""

    def address(row: Standing) -> str:
        return reverse("applications:call_setup" if manages else "applications:call", args=place(row.call))

    def envelope(row: Standing) -> Value:
        found = row.call.round.envelope
        return Gap(gettext("nog niet bepaald")) if found is None else found

    return Table(
        key="oproepen",
        title=_("Oproepen"),
        columns=[
            Column("round", _("Oproep"), lambda row: gettext("Ronde %(n)s") % {"n": row.call.round.number},
                   link=address),
            Column("programme", _("Programma"), lambda row: row.call.round.programme.name, link=address, choices=True),
            Column("phase", _("Toestand"), lambda row: str(row.phase.label), choices=True),
            Column("opens", _("Opent op"), lambda row: moment(row.call.opens_at)),
            Column("closes", _("Indienen kan"), lambda row: until(row.closes_at)),
            Column("envelope", _("Budget"), envelope, Kind.EURO),
        ],
        rows=rows,
    )  # fmt: skip


def document_table(call: Call, documents: Sequence[CallDocument]) -> Table[CallDocument]:
    """The documents of a call, each to download."""

    def address(row: CallDocument) -> str:
        return reverse("applications:call_document", args=[*place(call), row.pk])

    return Table(
        key="documenten",
        title=_("Documenten"),
        columns=[
            Column("title", _("Document"), lambda row: row.title, link=address, wide=True, language="nl"),
            Column("name", _("Bestand"), lambda row: row.file_name, wide=True),
            Column("size", _("Grootte in kB"), lambda row: max(1, round(row.size / 1024)), Kind.COUNT),
        ],
        rows=documents,
    )


def extension_table(rows: Sequence[Extension]) -> Table[Extension]:
    """The extensions of a call."""
    return Table(
        key="verlengingen",
        title=_("Verlengingen"),
        columns=[
            Column("whom", _("Voor wie"), lambda row: row.organisation.name if row.organisation
                   else gettext("alle besturen")),
            Column("closes", _("Indienen kan"), lambda row: until(row.closes_at)),
            Column("reason", _("Reden"), lambda row: row.reason, wide=True),
            Column("given", _("Gegeven op"), lambda row: moment(row.created_at)),
        ],
        rows=rows,
    )  # fmt: skip


def reason_table(call: Call) -> Table[DecisionReason]:
    """The reasons from which who decides chooses, in their order."""

    def address(row: DecisionReason) -> str:
        return reverse("applications:call_reason", args=[*place(call), row.key])

    return Table(
        key="redenen",
        title=_("Redenen van beslissingen"),
        columns=[
            Column("sentence", _("Zin in de brief"), lambda row: row.sentence, link=address, wide=True, language="nl"),
            Column("sentence_en", _("In het Engels"), lambda row: row.sentence_en, wide=True, language="en"),
            Column("partly", _("Bij een deel"), lambda row: row.partly, Kind.YES_NO),
            Column("refused", _("Bij een weigering"), lambda row: row.refused, Kind.YES_NO),
            Column("needs_text", _("Toelichting nodig"), lambda row: row.needs_text, Kind.YES_NO),
            Column("in_use", _("In gebruik"), lambda row: row.in_use, Kind.YES_NO),
        ],
        rows=list(call.reasons.all()),
        example=call.example,
    )


def mail_table(call: Call) -> Table[MailKind]:
    """The notices with whose words they are sent; two queries at most."""
    own = {template.key for template in call.mail_templates.all()}

    def address(row: MailKind) -> str:
        return reverse("applications:call_mail", args=[*place(call), row.key])

    return Table(
        key="mails",
        title=_("Mails"),
        columns=[
            Column("label", _("Wanneer"), lambda row: str(row.label), link=address, wide=True),
            Column("subject", pgettext_lazy("mail", "Onderwerp"), lambda row: str(row.subject), wide=True),
            Column("own", _("Eigen woorden"), lambda row: row.key in own, Kind.YES_NO, choices=True),
        ],
        rows=list(MAILS.values()),
    )
