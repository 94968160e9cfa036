"""The comparison of two rounds or versions as a PDF report."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from draad.documents.pdf import Cell, Grid, Heading, Paragraph, Report, make_pdf
from draad.documents.tables import Gap, NotApplicable, Value
from draad.programmes.differences import Comparison, DifferenceRow, RuleRow
from draad.programmes.examples import example_of
from draad.programmes.models import Programme
from draad.programmes.shown import kind_of
from draad.web.formatting import day, plain
from draad.web.sources import source_text

Blocks = list[Heading | Paragraph | Grid]
Labels = tuple[str, str]


def comparison_pdf(programme: Programme, found: Comparison, labels: Labels) -> bytes:
    """Everything that differs as PDF/UA-1, in the language of the reader."""
    made_at = timezone.localtime()
    made_by = _("Gemaakt met Draad op %(day)s") % {"day": day(made_at.date())}
    says = example_of(programme).get("example_says", "")
    report = Report(
        title=_("Voorwaarden: %(old)s en %(new)s vergeleken") % {"old": labels[0], "new": labels[1]},
        caption=f"{programme.name} · {says}" if says else programme.name,
        language=get_language() or "nl",
        made_at=made_at,
        footer=f"{made_by} · {_('voorbeeld')}" if says else made_by,
        page=_("bladzijde {n} van {total}"),
        blocks=[*_changes(found, labels), *_rules(found.rules, labels), *_knowledge(found, labels)],
    )
    return make_pdf(report)


def changes_in_words(found: Comparison) -> str:
    """How many terms of how many actions changed."""
    changes = found.changes
    actions = len({row.action.pk for row in changes})
    if not changes:
        return _("Geen bron noemt een wijziging van de voorwaarden.")
    terms = ngettext("%(n)s voorwaarde", "%(n)s voorwaarden", len(changes)) % {"n": len(changes)}
    of_actions = ngettext("%(n)s actie", "%(n)s acties", actions) % {"n": actions}
    return _("Gewijzigd: %(terms)s van %(actions)s.") % {"terms": terms, "actions": of_actions}


def _changes(found: Comparison, labels: Labels) -> Blocks:
    blocks: Blocks = [Heading(_("Wat veranderde er?")), Paragraph(changes_in_words(found))]
    return blocks + _by_action(found.changes, labels)


def _by_action(rows: Sequence[DifferenceRow], labels: Labels) -> Blocks:
    blocks: Blocks = []
    for action, group in groupby(rows, key=lambda row: row.action):
        blocks.append(Heading(_("Actie %(action)s") % {"action": str(action)}, level=3))
        headings = [_("Voorwaarde"), *labels, _("Wat er gebeurde"), _("Bron")]
        cells = [
            [row.field, _cell(row.old, row), _cell(row.new, row), row.kind.label, source_text(row.source)]
            for row in group
        ]
        blocks.append(Grid(headings, (4, 5, 5, 3, 5), cells))
    return blocks


def _cell(value: Value, row: DifferenceRow) -> Cell:
    return value if isinstance(value, Gap | NotApplicable) else plain(value, kind_of(row.difference.field))


def _rules(rows: Sequence[RuleRow], labels: Labels) -> Blocks:
    if not rows:
        return []
    headings = [_("Regel"), *labels, _("Bron")]
    absent = Gap(_("niet vermeld"))
    cells = [
        [row.about, row.difference.old or absent, row.difference.new or absent, source_text(row.source)]
        for row in rows
    ]
    return [Heading(_("Gewijzigde regels")), Grid(headings, (3, 6, 6, 4), cells)]


def _knowledge(found: Comparison, labels: Labels) -> Blocks:
    blocks: Blocks = []
    if found.knowledge:
        blocks += [
            Heading(_("Aan één kant bekend")),
            Paragraph(_("Van deze voorwaarden is niet geweten of ze veranderden: één kant is niet gepubliceerd.")),
            *_by_action(found.knowledge, labels),
        ]
    if found.carried:
        note = ngettext(
            "Nog %(n)s voorwaarde is aan beide kanten gelijk, maar niet in beide vermeld: overgenomen.",
            "Nog %(n)s voorwaarden zijn aan beide kanten gelijk, maar niet in beide vermeld: overgenomen.",
            len(found.carried),
        )
        blocks.append(Paragraph(note % {"n": len(found.carried)}, quiet=True))
    return blocks
