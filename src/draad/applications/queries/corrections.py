"""Terms that were corrected after an application began: which lines stand on an older version, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from draad.applications.models import Application, ApplicationLine, ApplicationState, Call
from draad.applications.queries.form import Filled, in_order, is_behind, with_newest
from draad.programmes.comparison import Kind, compare
from draad.programmes.differences import DifferenceRow, difference_rows
from draad.programmes.models import ActionTerms, IndicatorTerms, TermsState
from draad.programmes.values import values_of
from draad.web.prepared import Given, Prepared

_S = ApplicationState
UNDECIDED = (_S.DRAFT, _S.SUBMITTED, _S.ASSESSMENT, _S.QUESTIONED, _S.ADVISED)
"""States in which the terms of a line can still be another version."""
Versions = dict[tuple[int, int], list[ActionTerms]]
"""Published terms by action and round (primary keys), oldest version first."""


@dataclass(frozen=True)
class Correction:
    """A line that stands on an older version than the newest published one.

    Args:
        line: the line.
        newer: the same indicator line in the newest version; None when it can no longer be asked.
        versions: the versions since, oldest first, each with the reason of its publication.
        rows: what differs for this line between the version it stands on and the newest one.
        recounts: whether another unit or counting rule holds: what was typed then has to be confirmed.
    """

    line: ApplicationLine
    newer: IndicatorTerms | None
    versions: Sequence[ActionTerms]
    rows: Sequence[DifferenceRow]
    recounts: bool

    @property
    def newest(self) -> ActionTerms:
        """The version that is published now."""
        return self.versions[-1]


def counts_otherwise(old: IndicatorTerms, new: IndicatorTerms) -> bool:
    """Whether a number on one indicator line says something else on the other: another unit or counting rule."""
    return (old.unit, old.counting) != (new.unit, new.counting)


def corrections_of(form: Filled) -> list[Correction]:
    """The lines of an application that stand on older terms, in their order; no query when there are none.

    What is decided keeps the version by which it was decided.
    """
    if form.application.state not in UNDECIDED:
        return []
    return corrections([line for line in form.lines if is_behind(line)])


def corrections(lines: Sequence[ApplicationLine]) -> list[Correction]:
    """What was corrected for each of these lines, which all stand on older terms; two queries, or none."""
    if not lines:
        return []
    versions = _versions({line.indicator.terms.action_id for line in lines},
                         {line.indicator.terms.round_id for line in lines})  # fmt: skip
    return [_correction(line, versions) for line in lines]


def _versions(actions: Iterable[int], rounds: Iterable[int]) -> Versions:
    rows = ActionTerms.objects.filter(action__in=actions, round__in=rounds, state=TermsState.PUBLISHED)
    found: Versions = {}
    for terms in rows.select_related("action").prefetch_related("lines").order_by("version"):
        found.setdefault((terms.action_id, terms.round_id), []).append(terms)
    return found


def _correction(line: ApplicationLine, versions: Versions) -> Correction:
    held, number = line.indicator.terms, line.indicator.line
    published = versions[held.action_id, held.round_id]
    old = next(terms for terms in published if terms.pk == held.pk)
    newest = published[-1]
    same = next((found for found in newest.lines.all() if found.line == number), None)
    differs = [
        one
        for one in compare(values_of(old), values_of(newest))
        if one.line in (None, number) and one.kind is not Kind.CARRIED
    ]
    return Correction(
        line,
        same if newest.subsidised else None,
        [terms for terms in published if (terms.version or 0) > (old.version or 0)],
        difference_rows(newest.action, differs),
        same is not None and counts_otherwise(line.indicator, same),
    )


@dataclass(frozen=True)
class Behind:
    """An application of which lines stand on older terms."""

    application: Application
    corrections: Sequence[Correction]

    @property
    def recounts(self) -> bool:
        """Whether only the government can say what it asks now: another unit or counting rule, or a lapsed line."""
        return any(one.recounts or one.newer is None for one in self.corrections)


def lines_behind() -> QuerySet[ApplicationLine]:
    """The lines of undecided applications that stand on older terms than those published now."""
    lines = with_newest(ApplicationLine.objects.filter(application__state__in=UNDECIDED))
    return lines.exclude(indicator__terms__version=F("newest_version"))


def _handed_in(call: Call | Given) -> QuerySet[ApplicationLine]:
    return lines_behind().filter(application__call=call).exclude(application__state=_S.DRAFT)


_COUNT_BEHIND: Prepared[int] = Prepared(
    lambda: (
        _handed_in(Given("call"))
        .order_by()
        .values("application__call")
        .annotate(n=Count("application", distinct=True))
        .values_list("n", flat=True)
    )
)


def count_behind(call: Call) -> int:
    """How many applications of a call were handed in and stand on older terms; one query."""
    return _COUNT_BEHIND.first(call=call.pk) or 0


def applications_behind(call: Call) -> list[Behind]:
    """The applications of a call that were handed in and stand on older terms, by number; three queries."""
    lines = list(_handed_in(call).select_related("application__applicant", "indicator__terms__action"))
    lines.sort(key=lambda line: (line.application.number, *in_order(line)))
    found: dict[int, list[Correction]] = {}
    for one in corrections(lines):
        found.setdefault(one.line.application_id, []).append(one)
    return [Behind(corrected[0].line.application, corrected) for corrected in found.values()]
