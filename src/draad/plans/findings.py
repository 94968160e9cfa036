"""What a careful reader finds in plans: goals that a measure cites otherwise than the plan has them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from draad.findings.registry import FoundThing, Record, rule
from draad.plans.models import Measure, MeasureGoal
from draad.plans.reading.goals import NOT_IN_THE_PLAN

TOPIC_PLANS = _("plannen")
CITED = gettext_noop("doelstelling zoals de fiche ze citeert")
OWN = gettext_noop("doelstelling van het plan")


def measure_key(measure: Measure) -> str:
    """The key of a measure in findings."""
    return f"measure:{measure.plan.slug}/{measure.key}"


def _cited(*, in_plan: bool) -> Iterator[MeasureGoal]:
    cited = MeasureGoal.objects.filter(measure__withdrawn=False, measure__plan__example=False).exclude(difference="")
    cited = cited.exclude(difference=NOT_IN_THE_PLAN) if in_plan else cited.filter(difference=NOT_IN_THE_PLAN)
    yield from cited.select_related("measure__plan", "goal").order_by("measure", "position")


def _thing(cited: MeasureGoal, *records: Record) -> FoundThing:
    measure = cited.measure
    printed = Record(CITED, f"{cited.cited_code}: {cited.cited_text}", source=measure.title[:120])
    return FoundThing(
        f"{measure.plan.slug}/{measure.key}/{cited.position}",
        {
            "plan": measure.plan.title,
            "number": measure.number,
            "cited": cited.cited_code,
            "own": cited.goal.code if cited.goal else "",
        },
        [printed, *records],
        [measure_key(measure)],
    )


@rule(
    "plans.goal_cited_otherwise",
    topic=TOPIC_PLANS,
    title=_("Maatregel %(number)s citeert %(own)s anders dan het plan"),
    sentence=_(
        "Maatregel %(number)s van %(plan)s citeert %(cited)s. Bedoeld is %(own)s van het plan, maar het nummer of de "
        "woorden verschillen."
    ),
)
def goal_cited_otherwise() -> Iterator[FoundThing]:
    """Goals that a measure cites with another number or other words than the plan."""
    for cited in _cited(in_plan=True):
        if cited.goal:
            yield _thing(cited, Record(OWN, f"{cited.goal.code}: {cited.goal.title}", source=cited.measure.plan.title))


@rule(
    "plans.goal_not_in_plan",
    topic=TOPIC_PLANS,
    title=_("Maatregel %(number)s citeert een doelstelling die het plan niet heeft"),
    sentence=_(
        "Maatregel %(number)s van %(plan)s citeert %(cited)s. Het plan heeft geen doelstelling die daarop lijkt."
    ),
)
def goal_not_in_plan() -> Iterator[FoundThing]:
    """Goals that a measure cites and that the plan does not have."""
    for cited in _cited(in_plan=False):
        yield _thing(cited)
