"""Makes plans, opens the draft of a version, and publishes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.revisions import check_revision
from draad.accounts.roles import Role
from draad.organisations.models import Organisation
from draad.plans.content import goals_content, measure_content, sha256_of
from draad.plans.models import FrozenMeasure, Plan, PlanVersion, VersionState
from draad.plans.policies import check_differs, check_note
from draad.plans.queries import measures_of
from draad.plans.states import COORDINATING, DRAFT, OPEN_DRAFT, PUBLISH


@dataclass(frozen=True)
class PlanAbout:
    """What a person says of a plan."""

    slug: str
    title: str
    first_year: int
    last_year: int
    owner: Organisation
    example: bool = False


def require_coordinator(plan: Plan, by: Actor) -> None:
    """Refuse who does not coordinate this plan: an administrator, or a coordinator of the organisation that owns it.

    Raises:
        PermissionDenied: naming the organisation.
    """
    by.require(*COORDINATING)
    if not coordinates(plan, by):
        raise PermissionDenied(
            _("Dit plan wordt gecoördineerd door %(owner)s. Alleen een plancoördinator daarvan mag dit.")
            % {"owner": plan.owner}
        )


def coordinates(plan: Plan, by: Actor) -> bool:
    """Whether somebody coordinates this plan."""
    return by.has(Role.ADMINISTRATOR) or by.acts_for(plan.owner_id, Role.PLAN_COORDINATOR)


def create_plan(about: PlanAbout, *, by: Actor) -> Plan:
    """Make a plan without goals and measures, with the draft of its first version.

    Raises:
        PermissionDenied: for who does not coordinate plans.
    """
    plan = Plan(**vars(about))
    require_coordinator(plan, by)
    with audit.recording(by=by) as log:
        log.create(plan, verb="plans.plan.add")
        draft_of(log, plan)
    return plan


def lock_plan(plan: Plan) -> Plan:
    """The plan as it is now, locked until the end of the transaction."""
    found: Plan = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=plan.pk)
    return found


def draft_of(log: Recording, plan: Plan) -> PlanVersion:
    """The open draft of a plan, locked; begun when there is none.

    The plan is locked first, so that two who begin a draft at once find one draft, and everybody locks in one order.
    """
    lock_plan(plan)
    found: PlanVersion | None = plan.versions.select_for_update().filter(state=DRAFT).first()
    return found or log.create(PlanVersion(plan=plan), verb=OPEN_DRAFT.verb)


def publish_version(plan: Plan, *, note: str, revision: int, by: Actor) -> PlanVersion:
    """Publish the working content of a plan as its next version; from then on that version never changes.

    Args:
        plan: the plan.
        note: why there is a new version; needed from the second on.
        revision: the revision of the draft that the publisher read.
        by: who publishes.

    Raises:
        PermissionDenied: for who does not coordinate plans.
        ChangedMeanwhileError: when measures changed since the publisher read them.
        ValidationError: without a reason, or when nothing differs from the last version.
    """
    require_coordinator(plan, by)
    with audit.recording(by=by, reason=note) as log:
        draft = draft_of(log, plan)
        check_revision(draft.revision, revision)
        latest = plan.versions.filter(state=VersionState.PUBLISHED).order_by("number").last()
        check_note(note, latest)
        goals = goals_content(list(plan.goals.all()))
        measures = measures_of(plan)
        contents = [measure_content(measure) for measure in measures]
        hashes = [sha256_of(content) for content in contents]
        whole = sha256_of(
            {"goals": goals, "measures": [[str(m.key), h] for m, h in zip(measures, hashes, strict=True)]}
        )
        check_differs(whole, latest)
        log.create_many(
            [
                FrozenMeasure(version=draft, measure=m, number=m.number, content=content, sha256=h)
                for m, content, h in zip(measures, contents, hashes, strict=True)
            ],
            verb="plans.measure.freeze",
        )
        log.change(
            draft, verb=PUBLISH.verb, state=PUBLISH.after, number=(latest.number if latest else 0) + 1, note=note,
            goals=goals, sha256=whole, published_at=timezone.now(), published_by=by.user,
        )  # fmt: skip
    return draft
