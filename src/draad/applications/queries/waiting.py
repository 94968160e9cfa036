"""What waits for a person in this room: for a government its invitations, drafts and questions; the agency's work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.actor import Actor
from draad.accounts.waiting import Waiting
from draad.applications.models import (
    Amendment,
    AmendmentState,
    Application,
    ApplicationState,
    Call,
    DecisionList,
    DecisionListState,
    Question,
    Scenario,
    ScenarioState,
)
from draad.applications.queries.calls import Phase, calls, closes_at_for, phase
from draad.applications.queries.decisions import scenarios_to_decide
from draad.applications.queries.members import invitations
from draad.applications.queries.mine import organisations_of
from draad.applications.queries.payments import calls_to_pay, orders
from draad.applications.queries.successors import spoken_for
from draad.applications.states import APPROVING, ASSESSING, MANAGER, WRITING
from draad.web.formatting import euro

TO_ASSESS = (ApplicationState.SUBMITTED, ApplicationState.ASSESSMENT)


def waiting_for_government(by: Actor) -> Iterator[Waiting]:
    """Invitations and questions to answer, and drafts to submit before the call closes."""
    if not by.has(*WRITING):
        return
    own = organisations_of(by)
    yield from _invitations(own, by)
    yield from _questions(own)
    yield from _drafts(own)


def _invitations(own: set[int], by: Actor) -> Iterator[Waiting]:
    """Who approves answers an invitation; who fills in hears of it."""
    approves = spoken_for(grant.organisation_id for grant in by.grants if grant.role in APPROVING)
    for member in invitations(own):
        application, link = member.application, _("Bekijk en antwoord")
        told = _("%(who)s nodigt %(me)s uit om samen in te dienen voor %(round)s.")
        if member.organisation_id not in approves:
            told, link = f"{told} {_('Wie goedkeurt, antwoordt.')}", _("Bekijk")
        words = {"who": application.applicant.name, "me": member.organisation.name}
        closes = closes_at_for(application.call, application.applicant)
        address = reverse("applications:invitation", args=[member.pk])
        yield _waiting(application.call, told, words, link, address, before=closes)


def _questions(own: set[int]) -> Iterator[Waiting]:
    unanswered = Question.objects.filter(
        answered_at=None, withdrawn_at=None, application__applicant__in=own,
        application__state=ApplicationState.QUESTIONED,
    )  # fmt: skip
    for question in unanswered.select_related("application__call__round__programme").order_by("due_on", "pk"):
        told = _("Een beoordelaar stelt een vraag over aanvraag %(n)s voor %(round)s.")
        words = {"n": question.application.number}
        address = reverse("applications:answer", args=[question.application_id])
        yield _waiting(question.application.call, told, words, _("Antwoord"), address, before=question.due_on)


def _drafts(own: set[int]) -> Iterator[Waiting]:
    drafts = Application.objects.filter(applicant__in=own, state=ApplicationState.DRAFT).order_by("pk")
    told = _("Aanvraag %(n)s van %(who)s voor %(round)s is nog niet ingediend.")
    for draft in drafts.select_related("applicant", "call__round__programme").prefetch_related("call__extensions"):
        if phase(draft.call, None, draft.applicant) is Phase.OPEN:
            words, closes = (
                {"n": draft.number, "who": draft.applicant.name},
                closes_at_for(draft.call, draft.applicant),
            )
            address = reverse("applications:form", args=[draft.pk])
            yield _waiting(draft.call, told, words, _("Vul aan"), address, before=closes)


def waiting_for_assessor(by: Actor) -> Iterator[Waiting]:
    """The applications that a person assesses, per call, once it is closed."""
    if by.user is None or not by.has(*ASSESSING):
        return
    for call in _closed_with(Q(applications__assessment__assessor=by.user, applications__state__in=TO_ASSESS)):
        told = ngettext(
            "%(n)s aanvraag voor %(round)s wacht op uw beoordeling.",
            "%(n)s aanvragen voor %(round)s wachten op uw beoordeling.",
            call.waiting,
        )
        queue = _at("applications:queue", call)
        yield _waiting(call, told, {"n": call.waiting}, _("Naar de wachtrij"), queue, since=call.since)


def waiting_for_manager(by: Actor) -> Iterator[Waiting]:
    """What a programme manager has to do, from sharing work out to telling what the bank did."""
    if by.user is None or not by.has(*MANAGER):
        return
    yield from _to_share_out()
    yield from _to_decide(by)
    yield from _to_sign(by)
    yield from _to_pay()
    yield from _to_amend()


def _closed_with(which: Q) -> list[Any]:
    """The calls that are closed for everybody and have such applications: ``waiting`` is how many, ``since`` when."""
    found = calls().annotate(
        waiting=Count("applications", filter=which), since=Min("applications__submitted_at", filter=which)
    )
    return [call for call in found.filter(waiting__gt=0) if phase(call) is Phase.CLOSED]


def _to_share_out() -> Iterator[Waiting]:
    for call in _closed_with(Q(applications__assessment__assessor=None, applications__state__in=TO_ASSESS)):
        told = ngettext(
            "%(n)s aanvraag voor %(round)s heeft nog geen beoordelaar.",
            "%(n)s aanvragen voor %(round)s hebben nog geen beoordelaar.",
            call.waiting,
        )
        queue = _at("applications:queue", call)
        yield _waiting(call, told, {"n": call.waiting}, _("Verdeel het werk"), queue, since=call.since)


def _to_decide(by: Actor) -> Iterator[Waiting]:
    """Distributions to approve, put forward by somebody else, and decisions to prepare."""
    proposed = Scenario.objects.filter(state=ScenarioState.PROPOSED).exclude(proposed_by=by.user)
    told = _("De verdeling “%(name)s” van %(round)s wacht op uw goedkeuring.")
    for one in proposed.select_related("call__round__programme"):
        desk = _at("applications:desk", one.call)
        yield _waiting(one.call, told, {"name": one.name}, _("Naar de verdeling"), desk, since=one.proposed_at)
    told = _("De verdeling van %(round)s is gekozen; de beslissingen zijn nog niet voorbereid.")
    for one in scenarios_to_decide():
        address = reverse("applications:decisions")
        yield _waiting(one.call, told, {}, _("Bereid ze voor"), address, since=one.chosen_at)


def _to_sign(by: Actor) -> Iterator[Waiting]:
    """Lists that lack the signature of this person, and lists of which the letters are not published."""
    unsigned = Q(state=DecisionListState.PREPARED) & ~Q(signatures__user=by.user)
    lists = DecisionList.objects.filter(unsigned | Q(state=DecisionListState.SIGNED)).order_by("prepared_at")
    for one in lists.select_related("call__round__programme").distinct():
        told, link = _("De beslissingen van lijst %(n)s van %(round)s wachten op uw handtekening."), _("Lees en teken")
        if one.state == DecisionListState.SIGNED:
            told, link = (
                _("De brieven van lijst %(n)s van %(round)s zijn nog niet bekendgemaakt."),
                _("Maak ze bekend"),
            )
        address = reverse("applications:decision_list", args=[one.pk])
        yield _waiting(one.call, told, {"n": one.number}, link, address, since=one.prepared_at)


def _to_pay() -> Iterator[Waiting]:
    """Payments that stand ready for an order, and orders of which nobody said yet what the bank did."""
    ready: Any = calls_to_pay()
    for call in ready:
        told = ngettext(
            "%(n)s betaling voor %(round)s staat klaar: %(total)s.",
            "%(n)s betalingen voor %(round)s staan klaar: %(total)s.",
            call.n,
        )
        words = {"n": call.n, "total": euro(call.total)}
        yield _waiting(call, told, words, _("Maak de betaalopdracht"), _at("applications:order_make", call))
    ordered: Any = orders()
    for order in ordered.filter(open__gt=0):
        told = ngettext(
            "Betaalopdracht %(number)s voor %(round)s: van %(n)s betaling is nog niet gemeld wat ze werd.",
            "Betaalopdracht %(number)s voor %(round)s: van %(n)s betalingen is nog niet gemeld wat ze werden.",
            order.open,
        )
        words, address = {"number": order.number, "n": order.open}, reverse("applications:order", args=[order.pk])
        yield _waiting(order.call, told, words, _("Meld wat de bank deed"), address, since=order.execute_on)


def _to_amend() -> Iterator[Waiting]:
    requested = Amendment.objects.filter(state=AmendmentState.REQUESTED).order_by("requested_at", "pk")
    told = _("%(who)s vraagt een wijziging na de beslissing over %(round)s.")
    for one in requested.select_related("application__applicant", "application__call__round__programme"):
        words = {"who": one.application.applicant.name}
        address = reverse("applications:amendment", args=[one.application_id, one.number])
        call, since = one.application.call, one.requested_at
        yield _waiting(call, told, words, _("Bekijk en antwoord"), address, since=since)


def _waiting(call: Call, told: str, words: dict[str, Any], link: str, address: str, **when: Any) -> Waiting:
    """Something about a call that waits; ``when`` is its ``before`` or ``since``."""
    of_round = _("%(p)s, ronde %(n)s") % {"p": call.round.programme.name, "n": call.round.number}
    return Waiting(told % {**words, "round": of_round}, link, address, example=call.example, **when)


def _at(route: str, call: Call) -> str:
    """The address of a page about the round of a call."""
    return reverse(route, args=[call.round.programme.slug, call.round.number])
