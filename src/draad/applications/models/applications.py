"""An application: who applies, for which indicator lines, with which shares, and each time it was submitted.

A number that is not filled in is empty; zero is a number. What was requested never changes when something is granted.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.applications.models.calls import Call
from draad.organisations.models import Organisation
from draad.programmes.models import Action, IndicatorTerms


class ApplicationState(models.TextChoices):
    """Where an application stands between being opened and being decided."""

    DRAFT = "draft", _("in opmaak")
    SUBMITTED = "submitted", _("ingediend")
    ASSESSMENT = "assessment", _("in beoordeling")
    QUESTIONED = "questioned", _("vraag aan het bestuur")
    ADVISED = "advised", _("advies klaar")
    DECIDED = "decided", _("beslist")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    CANCELLED = "cancelled", _("weggegooid")


ENDED = (ApplicationState.WITHDRAWN.value, ApplicationState.CANCELLED.value)


class Application(AuditedModel):
    """The application of a government, alone or for a partnership; ``applicant`` receives the money.

    ``number`` counts the applications of a call from 1. ``requested`` is the sum in euro of its lines and incentives
    as they stand, empty when nothing has an amount. ``revision`` counts the times that it was saved. ``unsaved`` holds
    by field (``policies.fields``) what was typed there and could not be stored, so that nobody has to type it again.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField(_("nummer"))
    state = models.CharField(
        _("toestand"), max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT
    )
    created_at = models.DateTimeField(_("gemaakt op"))
    saved_at = models.DateTimeField(_("bewaard op"))
    submitted_at = models.DateTimeField(_("ingediend op"), null=True)
    contact_name = models.CharField(_("contactpersoon"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mailadres"), blank=True)
    contact_phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    iban = models.CharField(_("rekeningnummer (IBAN)"), max_length=34, blank=True)
    account_holder = models.CharField(_("naam van de rekeninghouder"), max_length=70, blank=True)
    cofinancing_confirmed = models.BooleanField(_("eigen inbreng bevestigd"), default=False)
    remarks = models.TextField(_("opmerkingen"), blank=True)
    requested = models.DecimalField(_("gevraagd in euro"), max_digits=14, decimal_places=2, null=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    unsaved = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("aanvraag")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="application_number_once"),
            models.UniqueConstraint(
                fields=["call", "applicant"], condition=~Q(state__in=ENDED), name="application_one_per_applicant"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(submitted_at__isnull=False),
                name="application_submitted_when",
            ),
            models.CheckConstraint(
                condition=Q(requested__isnull=True) | Q(requested__gte=0), name="application_requested"
            ),
        ]
        indexes = [models.Index(fields=["call", "state"], name="application_call_state")]

    def __str__(self) -> str:
        return f"{self.applicant}, {_('aanvraag')} {self.number}"

    @property
    def in_partnership(self) -> bool:
        """Whether others apply with the applicant: invited, or members already."""
        return any(not member.is_applicant and member.state in TAKING_PART for member in self.members.all())


class MemberState(models.TextChoices):
    """Whether a government takes part in an application."""

    INVITED = "invited", _("uitgenodigd")
    ACCEPTED = "accepted", _("aanvaard")
    DECLINED = "declined", _("geweigerd")
    RELEASED = "released", _("niet langer lid")


TAKING_PART = (MemberState.INVITED.value, MemberState.ACCEPTED.value)


class Member(AuditedModel):
    """A government in an application; the applicant is one too, accepted from the start.

    ``exclusive_in`` is the call when this membership uses up the one partnership that the round allows; it is empty
    for who applies alone, for who has not accepted, and for an arrangement carried over from an earlier round, of
    which ``exception`` tells why it may stand beside another. ``joined_on`` and ``left_on`` are the first day, and the
    first day no more, of who came or went by an accepted request after the decision; ``succeeded_by`` took the place
    of who went.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="application_memberships")
    is_applicant = models.BooleanField(_("aanvrager"), default=False)
    state = models.CharField(_("toestand"), max_length=10, choices=MemberState.choices, default=MemberState.INVITED)
    invited_at = models.DateTimeField(_("uitgenodigd op"))
    responded_at = models.DateTimeField(_("geantwoord op"), null=True)
    responded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reden"), blank=True)
    exclusive_in = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="+")
    exception = models.CharField(_("uitzondering"), max_length=200, blank=True)
    joined_on = models.DateField(_("doet mee vanaf"), null=True)
    left_on = models.DateField(_("doet niet meer mee vanaf"), null=True)
    succeeded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("lid van een aanvraag")
        ordering = ["application", "-is_applicant", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "organisation"], name="member_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_applicant=True), name="member_one_applicant"
            ),
            models.UniqueConstraint(
                fields=["exclusive_in", "organisation"],
                condition=Q(exclusive_in__isnull=False),
                name="member_of_one_partnership",
            ),
            models.CheckConstraint(
                condition=Q(exclusive_in__isnull=True) | Q(state="accepted"), name="member_exclusive_when_accepted"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | (Q(state="accepted", exclusive_in__isnull=True)),
                name="member_left_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True) | Q(left_on__isnull=False), name="member_succeeded_when_left"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.application})"


class ApplicationLine(AuditedModel):
    """What is asked on one indicator line of the published terms.

    ``existing`` and ``planned`` are units; ``planned`` are the additional ones that are paid. ``amount`` in euro is
    the planned units, up to the most that the terms allow, times the unit amount; empty while one of them is.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(IndicatorTerms, on_delete=models.PROTECT, related_name="application_lines")
    priority = models.PositiveSmallIntegerField(_("prioriteit"), null=True)
    existing = models.PositiveIntegerField(_("bestaand bereik"), null=True)
    planned = models.PositiveIntegerField(_("gepland bijkomend bereik"), null=True)
    amount = models.DecimalField(_("gevraagd bedrag"), max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("KPI-lijn van een aanvraag")
        ordering = ["application", F("priority").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "indicator"], name="application_line_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="application_line_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.indicator}"


class LineShare(AuditedModel):
    """What part of a line a member takes: planned units, and the euro that follow from them."""

    line = models.ForeignKey(ApplicationLine, on_delete=models.CASCADE, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="shares")
    planned = models.PositiveIntegerField(_("gepland bijkomend bereik"), null=True)
    amount = models.DecimalField(_("bedrag"), max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("aandeel van een lid")
        constraints = [models.UniqueConstraint(fields=["line", "member"], name="line_share_once")]

    def __str__(self) -> str:
        return f"{self.line}: {self.member.organisation}"


class ActionExplanation(AuditedModel):
    """What an applicant wants to say about an action."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="explanations")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("toelichting"))

    class Meta:
        verbose_name = _("toelichting bij een actie")
        constraints = [models.UniqueConstraint(fields=["application", "action"], name="explanation_once")]

    def __str__(self) -> str:
        return f"{self.application}: {self.action}"


class IncentiveKind(models.TextChoices):
    """What is paid on top of the lines, without own contribution; the amounts are rules of the round."""

    COOPERATION = "cooperation", _("samenwerking")
    MENTORSHIP = "mentorship", _("mentorschap")
    IMPACT_BOND = "impact_bond", _("sociale impactobligatie")


class Incentive(AuditedModel):
    """An incentive that is asked for, by which member, and for a mentorship for which action."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="incentives")
    kind = models.CharField(_("soort"), max_length=12, choices=IncentiveKind.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(_("bedrag"), max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("stimulans")
        ordering = ["application", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "organisation"],
                condition=Q(action__isnull=True),
                name="incentive_once",
            ),
            models.UniqueConstraint(
                fields=["application", "kind", "organisation", "action"],
                condition=Q(action__isnull=False),
                name="incentive_once_per_action",
            ),
            models.CheckConstraint(
                condition=Q(kind="mentorship", action__isnull=False)
                | (~Q(kind="mentorship") & Q(action__isnull=True)),
                name="incentive_mentorship_has_action",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="incentive_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_kind_display()}"
