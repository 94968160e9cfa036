"""Reads of decisions: which applications a distribution decides, lists with their parts, the hash that is signed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Count, F, Prefetch, Q, QuerySet

from draad.applications.models import (
    ENDED,
    Application,
    ApplicationLine,
    ApplicationState,
    Call,
    Decision,
    DecisionList,
    DecisionListState,
    DecisionReason,
    GrantIncentive,
    GrantLine,
    Incentive,
    Scenario,
    ScenarioState,
)


def reasons_of(call: Call) -> dict[str, DecisionReason]:
    """The reasons of a call by key, in their order, those no longer in use among them."""
    return {reason.key: reason for reason in call.reasons.all()}


def submitted_applications(call: Call) -> QuerySet[Application]:
    """The applications of a call that were submitted and not withdrawn, with what is asked; five queries."""
    lines = ApplicationLine.objects.filter(amount__isnull=False).select_related("indicator", "advice")
    return (
        Application.objects.filter(call=call)
        .exclude(state__in=[*ENDED, ApplicationState.DRAFT])
        .select_related("applicant", "eligibility_decision")
        .prefetch_related(
            Prefetch("lines", lines),
            Prefetch("incentives", Incentive.objects.select_related("organisation", "action")),
        )
        .order_by("number")
    )


def scenarios_to_decide() -> QuerySet[Scenario]:
    """Chosen distributions without decisions, newest first."""
    living = Count("decision_lists", filter=~Q(decision_lists__state=DecisionListState.DISCARDED))
    chosen = Scenario.objects.filter(state=ScenarioState.CHOSEN).annotate(living=living).filter(living=0)
    found: QuerySet[Scenario] = chosen.select_related("call__round__programme").order_by("-chosen_at", "-pk")
    return found


def decision_lists() -> QuerySet[DecisionList]:
    """All lists with their call, number of decisions and signatures, newest first."""
    found: QuerySet[DecisionList] = (
        DecisionList.objects.select_related("call__round__programme", "scenario", "prepared_by")
        .annotate(decided=Count("decisions", distinct=True), signed=Count("signatures", distinct=True))
        .order_by("-prepared_at", "-pk")
    )
    return found


def decisions_of(decision_list: DecisionList) -> QuerySet[Decision]:
    """The decisions of a list by number of the application, with all of their parts; three queries."""
    return with_parts(Decision.objects.filter(decision_list=decision_list)).order_by("application__number")


def with_parts(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions with their application, lines in order of priority, and incentives."""
    lines = GrantLine.objects.select_related("line__indicator__terms__action").order_by(
        F("line__priority").asc(nulls_last=True), "line__pk"
    )
    incentives = GrantIncentive.objects.select_related("incentive__action", "incentive__organisation")
    return decisions.select_related("application__applicant", "application__call__round__programme").prefetch_related(
        Prefetch("lines", lines), Prefetch("incentives", incentives.order_by("incentive__kind", "pk"))
    )


def content_hash(decisions: Iterable[Decision]) -> str:
    """The SHA-256 of what the decisions say: what a signature stands for.

    Args:
        decisions: the decisions of a list in order, with their parts (``decisions_of``).
    """
    content = [
        {
            "application": decision.application_id,
            **_part(decision, decision.granted),
            "lines": [{"line": part.line_id, "units": part.units, **_part(part, part.amount)}
                      for part in sorted(decision.lines.all(), key=lambda part: part.line_id)],
            "incentives": [{"incentive": part.incentive_id, **_part(part, part.amount)}
                           for part in sorted(decision.incentives.all(), key=lambda part: part.incentive_id)],
        }
        for decision in decisions
    ]  # fmt: skip
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _part(part: Decision | GrantLine | GrantIncentive, amount: object) -> dict[str, str]:
    return {
        "outcome": part.outcome,
        "requested": f"{part.requested:.2f}",
        "granted": f"{amount:.2f}",
        "reason": part.reason_key,
        "sentence": part.reason_sentence,
        "text": part.reason,
    }
