"""Says which actions carry out a measure."""

from __future__ import annotations

from collections.abc import Collection

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.plans.models import Measure
from draad.programmes.models import Action, MeasureLink

LINKING = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.PLAN_COORDINATOR)


def link_actions(measure: Measure, actions: Collection[Action], *, by: Actor) -> int:
    """Make these the actions that carry out a measure; the number of links that were added or removed.

    Raises:
        PermissionDenied: for who manages neither programmes nor plans.
    """
    by.require(*LINKING)
    with audit.recording(by=by) as log:
        Measure.objects.select_for_update().get(pk=measure.pk)
        present = {link.action_id: link for link in MeasureLink.objects.filter(measure=measure)}
        wanted = {action.pk for action in actions}
        for key in present.keys() - wanted:
            log.remove(present[key], verb="programmes.measurelink.remove")
        fresh = [MeasureLink(measure=measure, action_id=key) for key in sorted(wanted - present.keys())]
        log.create_many(fresh, verb="programmes.measurelink.add")
        return len(fresh) + len(present.keys() - wanted)
