"""The tables of what was granted, on the page of a government and of an action."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from draad.applications.queries.granted import ActionGrant, GovernmentGrant
from draad.documents.tables import Column, Gap, Kind, Table


def round_name(number: int, *, example: bool) -> str:
    """The round, marked when what is told of it is an example."""
    name = _("ronde %(n)s") % {"n": number}
    return _("%(round)s (voorbeeld)") % {"round": name} if example else name


def government_grants_table(grants: Sequence[GovernmentGrant]) -> Table[GovernmentGrant]:
    """What a government was granted, by round and application."""
    return Table(
        key="toekenningen",
        title=_("Toegekende subsidie"),
        columns=[
            Column("round", _("Ronde"), _round_of),
            Column("applicant", _("Aanvraag van"), lambda row: row.decision.application.applicant.name),
            Column("actions", _("Acties"), lambda row: ", ".join(str(number) for number in row.actions) or None),
            Column("divided", _("Aandeel van dit bestuur"), lambda row: row.divided, Kind.EURO),
            Column("paid", _("Ontvangen als aanvrager"), lambda row: row.paid, Kind.EURO),
        ],
        rows=grants,
        example=any(_is_example(row) for row in grants),
    )


def _is_example(row: GovernmentGrant) -> bool:
    return bool(row.decision.application.call.example)


def _round_of(row: GovernmentGrant) -> str:
    return round_name(row.decision.application.call.round.number, example=_is_example(row))


def action_grants_table(grants: Sequence[ActionGrant]) -> Table[ActionGrant]:
    """What was granted for an action, by round."""
    return Table(
        key="toegekend-per-ronde",
        title=_("Toegekende subsidie per ronde"),
        columns=[
            Column("round", _("Ronde"), lambda row: round_name(row.of_round, example=row.example)),
            Column("applications", _("Aanvragen"), lambda row: row.applications, Kind.COUNT),
            Column("governments", _("Besturen"), lambda row: row.governments, Kind.COUNT),
            Column(
                "units",
                _("Toegekende eenheden"),
                lambda row: Gap(_("niet bekend")) if row.units is None else row.units,
                Kind.COUNT,
            ),
            Column("amount", _("Toegekend"), lambda row: row.amount, Kind.EURO),
        ],
        rows=grants,
        example=any(row.example for row in grants),
    )
