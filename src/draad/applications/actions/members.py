"""Who applies together: the applicant invites, the approver of who is invited answers, a draft lets members go.

The one partnership of a call that a round allows is used up when a member accepts; the database holds that, so of two
people who accept at once for the same government the second is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.applications.actions.formwriting import SHARE, Filling, settle
from draad.applications.actions.notices import notify, people_of
from draad.applications.models import (
    TAKING_PART,
    Application,
    Incentive,
    IncentiveKind,
    LineShare,
    Member,
    MemberState,
)
from draad.applications.policies.access import check_may_write
from draad.applications.policies.members import (
    Together,
    check_draft,
    check_invite,
    check_may_answer,
    check_may_release,
    check_not_applicant,
)
from draad.applications.queries.form import application_or_404, filled, locked_application
from draad.applications.states import ACCEPT, APPROVING, DECLINE, INVITE, RELEASE, WRITING
from draad.organisations.models import Organisation

INCENTIVE = "applications.incentive"
ONE_PARTNERSHIP = "member_of_one_partnership"


def invite(application: Application, organisation: Organisation, *, by: Actor) -> Member:
    """Ask a government to apply together; whoever declined or was let go can be asked again.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when the application is no draft in an open call, the government takes part already or can
            never, or it lies in another reference region while the round does not allow that.
    """
    check_may_write(application, by)
    with audit.recording(by=by) as log:
        current = locked_application(application)
        check_draft(current)
        known = Member.objects.filter(application=current, organisation=organisation).first()
        check_invite(current, organisation, known)
        Together(current).check_region([organisation])
        values: dict[str, Any] = {"state": INVITE.after, "invited_at": timezone.now()}
        if known:
            log.change(known, verb=INVITE.verb, responded_at=None, responded_by=None, reason="", **values)
        else:
            fresh = Member(application=current, organisation=organisation, **values)
            known = log.create(fresh, verb=INVITE.verb)
        _count_again(log, current)
        path = reverse("applications:invitation", args=[known.pk])
        people = people_of([organisation.pk], WRITING)
        notify(log, current, "member_invited", people, path=path, lid=organisation.name)
    return known


def accept(member: Member, *, by: Actor) -> Member:
    """Take part in an application; the applicant's own partnership counts from its first member on.

    Raises:
        PermissionDenied: for who does not speak for the invited government.
        ValidationError: when it is not invited (any more), the application is no draft in an open call, or a rule of
            the round on applying together does not hold; naming the other partnership.
    """
    check_may_answer(member, by)
    try:
        return _accept(member, by)
    except IntegrityError as clash:
        if ONE_PARTNERSHIP not in str(clash) and "exclusive_in" not in str(clash):
            raise
        application = Application.objects.select_related("applicant", "call__round").get(pk=member.application_id)
        for organisation in (member.organisation, application.applicant):
            Together(application).check_free(organisation)
        raise ValidationError(_("Iemand anders antwoordde tegelijk. Kijk na wat er nu staat.")) from clash


def _accept(member: Member, by: Actor) -> Member:
    with audit.recording(by=by) as log:
        application = locked_application(member.application)
        current = _current(member)
        ACCEPT.check(current.state, current.get_state_display())
        check_draft(application)
        rules = Together(application)
        rules.check_region([current.organisation])
        answered = {"state": ACCEPT.after, "responded_at": timezone.now(), "responded_by": by.user}
        call, why = rules.place_in(current.organisation, [application.applicant])
        log.change(current, verb=ACCEPT.verb, exclusive_in=call, exception=why, reason="", **answered)
        _place_applicant(log, application, rules)
        _count_again(log, application)
        people = people_of([application.applicant_id], WRITING)
        notify(log, application, "member_accepted", people, path=_page(application), lid=current.organisation.name)
    return current


def decline(member: Member, reason: str, *, by: Actor) -> Member:
    """Do not take part in an application.

    Raises:
        PermissionDenied: for who does not speak for the invited government.
        ValidationError: without a reason, or when it is not invited (any more).
    """
    check_may_answer(member, by)
    if not reason.strip():
        raise ValidationError(_("Zeg waarom uw bestuur niet meedoet; één zin volstaat."))
    with audit.recording(by=by, reason=reason.strip()) as log:
        application, current = locked_application(member.application), _current(member)
        DECLINE.check(current.state, current.get_state_display())
        answered = {"state": DECLINE.after, "responded_at": timezone.now(), "responded_by": by.user}
        log.change(current, verb=DECLINE.verb, reason=reason.strip(), **answered)
        _count_again(log, application)
        people = people_of([application.applicant_id], WRITING)
        words = {"lid": current.organisation.name, "reden": reason.strip()}
        notify(log, application, "member_declined", people, path=_page(application), **words)
    return current


def release(member: Member, reason: str = "", *, by: Actor) -> Member:
    """Take back an invitation, or let a member go while the application is a draft; its shares and incentives go too.

    Raises:
        PermissionDenied: for who neither fills in for the applicant nor speaks for the member.
        ValidationError: for the applicant itself, for who takes no part, or when the application is no draft in an
            open call.
    """
    check_may_release(member, by)
    with audit.recording(by=by, reason=reason.strip()) as log:
        application, current = locked_application(member.application), _current(member)
        check_not_applicant(current)
        RELEASE.check(current.state, current.get_state_display())
        check_draft(application)
        values = {"state": RELEASE.after, "exclusive_in": None, "exception": "", "reason": reason.strip()}
        log.change(current, verb=RELEASE.verb, **values)
        _place_applicant(log, application, Together(application))
        _forget(log, application, current)
        _count_again(log, application)
        people = [
            *people_of([current.organisation_id], APPROVING),
            *people_of([application.applicant_id], WRITING),
        ]
        path = reverse("applications:invitation", args=[current.pk])
        notify(log, application, "member_released", people, path=path, lid=current.organisation.name)
    return current


def free_partnerships(log: Recording, application: Application, *, verb: str) -> None:
    """Give everybody in an ended application back the one partnership that the round allows."""
    for member in Member.objects.filter(application=application, exclusive_in__isnull=False):
        log.change(member, verb=verb, exclusive_in=None)


def _current(member: Member) -> Member:
    found: Member = Member.objects.select_related("organisation").get(pk=member.pk)
    return found


def _page(application: Application) -> str:
    return reverse("applications:members", args=[application.pk])


def _place_applicant(log: Recording, application: Application, rules: Together) -> None:
    """The applicant uses up its own partnership as long as somebody else takes part."""
    accepted = Member.objects.filter(application=application, state=MemberState.ACCEPTED).select_related(
        "organisation"
    )
    itself = next(member for member in accepted if member.is_applicant)
    others = [member.organisation for member in accepted if not member.is_applicant]
    call, why = rules.place_in(application.applicant, others) if others else (None, "")
    log.change(itself, verb=ACCEPT.verb, exclusive_in=call, exception=why)


def _forget(log: Recording, application: Application, member: Member) -> None:
    """Remove what a member that left took of the lines, and the incentives that nobody can ask any more."""
    for share in LineShare.objects.filter(member=member):
        log.remove(share, verb=f"{SHARE}.remove")
    gone: Iterable[Incentive] = application.incentives.filter(organisation=member.organisation_id)
    taking_part = Member.objects.filter(application=application, state__in=TAKING_PART, is_applicant=False)
    if not taking_part.exists():
        gone = [*gone, *application.incentives.filter(kind=IncentiveKind.COOPERATION)]
    for incentive in gone:
        log.remove(incentive, verb=f"{INCENTIVE}.remove")


def _count_again(log: Recording, application: Application) -> None:
    """The amounts follow who takes part; the revision tells who has the form open that something changed."""
    settle(Filling(log, filled(application_or_404(application.pk))))
