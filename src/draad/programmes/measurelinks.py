"""The thread between a measure of a plan and the actions that carry it out, shown on the pages of both."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from draad.accounts.freshness import while_unchanged
from draad.plans.models import Measure
from draad.programmes.models import Action, MeasureLink
from draad.web.sections import Section
from draad.web.thread import Stop


def actions_of(measure: Measure) -> list[Action]:
    """The actions that carry out a measure."""
    found: QuerySet[Action] = Action.objects.filter(measure_links__measure=measure).select_related("programme")
    return list(found.order_by("programme__name", "number"))


@while_unchanged
def measures_of(action: Action) -> list[Measure]:
    """The measures of published plans that an action carries out."""
    links = MeasureLink.objects.filter(action=action, measure__plan__versions__state="published").distinct()
    return [link.measure for link in links.select_related("measure__plan").order_by("measure__number")]


def actions_section(measure: Measure) -> Section | None:
    """On a measure: the actions that carry it out."""
    actions = actions_of(measure)
    stops = {}
    if actions:
        first = actions[0]
        where = reverse("programmes:action", args=[first.programme.slug, first.number])
        note = _("actie %(n)s") % {"n": ", ".join(str(action.number) for action in actions)}
        stops["terms"] = Stop(note, where)
    return Section("programmes/of_measure.html", {"measure": measure, "actions": actions}, stops)


def measures_section(action: Action) -> Section | None:
    """On an action: the measures that it carries out."""
    measures = measures_of(action)
    if not measures:
        return None
    first = measures[0]
    where = reverse("plans:measure", args=[first.plan.slug, first.number])
    stop = Stop(_("maatregel %(n)s") % {"n": ", ".join(str(one.number) for one in measures)}, where)
    return Section("programmes/measures_of_action.html", {"measures": measures}, {"plan": stop})
