"""What is handed in: attachments, each submission with its hash, the claims it makes, and amendments afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.applications.models.applications import Application, Member
from draad.applications.models.calls import Call
from draad.organisations.models import Organisation
from draad.programmes.models import Action


class AttachmentKind(models.TextChoices):
    """What an attachment is for."""

    COFINANCING = "cofinancing", _("bewijs van eigen inbreng")
    MANDATE = "mandate", _("mandaat van een lid")
    OTHER = "other", _("andere")
    PROOF = "proof", _("bewijs bij een wijziging")


class Attachment(AuditedModel):
    """A file with an application, or with a request to change it; its content was looked at when it came in."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(_("soort"), max_length=12, choices=AttachmentKind.choices)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="attachments")
    amendment = models.ForeignKey("Amendment", on_delete=models.PROTECT, null=True, related_name="attachments")
    title = models.CharField(_("titel"), max_length=150, blank=True)
    file = models.FileField(_("bestand"), upload_to="applications/")
    file_name = models.CharField(_("bestandsnaam"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("opgeladen op"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("bijlage")
        ordering = ["application", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "sha256", "kind"], condition=Q(amendment__isnull=True), name="attachment_once"
            ),
            models.UniqueConstraint(fields=["amendment", "sha256"], name="attachment_once_per_amendment"),
            models.CheckConstraint(
                condition=Q(kind="proof", amendment__isnull=False) | (~Q(kind="proof") & Q(amendment__isnull=True)),
                name="attachment_proof_of_amendment",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.file_name


class Submission(AuditedModel):
    """Everything that was handed in at a moment, as canonical JSON with its SHA-256; only its withdrawal is added."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("nummer"))
    at = models.DateTimeField(_("ingediend op"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True)

    class Meta:
        verbose_name = _("indiening")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(withdrawn_at__isnull=True), name="submission_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} ({self.number})"


class ActionClaim(AuditedModel):
    """That a government asks for an action in a call, made when an application is submitted: nobody asks it twice."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="action_claims")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("gevraagde actie van een bestuur")
        constraints = [
            models.UniqueConstraint(fields=["call", "organisation", "action"], name="action_once_per_government")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.action}"


class EligibilityDecision(AuditedModel):
    """A person's word on an application of which the figures do not tell whether it is eligible."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="eligibility_decision")
    eligible = models.BooleanField(_("komt in aanmerking"))
    reason = models.TextField(_("reden"))
    at = models.DateTimeField(_("beslist op"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("beslissing over de ontvankelijkheid")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="eligibility_has_reason")]

    def __str__(self) -> str:
        return f"{self.application}: {self.eligible}"


class AmendmentState(models.TextChoices):
    """What became of a request to change what was decided."""

    REQUESTED = "requested", _("gevraagd")
    CHECKED = "checked", _("nagekeken")
    ACCEPTED = "accepted", _("aanvaard")
    REFUSED = "refused", _("geweigerd")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class Amendment(AuditedModel):
    """A numbered request to change something after the decision.

    ``changes`` is a list of ``{"field", "label", "before", "after"}``, with ``says`` where ``after`` is a key that
    people do not read; accepting it changes what it names and leaves what was submitted and decided as it was.
    ``effective_on`` is the day from which other members take part. ``checked_by`` looked at another account first.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("nummer"))
    state = models.CharField(
        _("toestand"), max_length=10, choices=AmendmentState.choices, default=AmendmentState.REQUESTED
    )
    reason = models.TextField(_("reden"))
    changes = models.JSONField()
    effective_on = models.DateField(_("gaat in op"), null=True)
    requested_at = models.DateTimeField(_("gevraagd op"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(_("nagekeken op"), null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("antwoord"), blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("wijzigingsverzoek")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="amendment_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason"),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(checked_at__isnull=False), name="amendment_checked_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {_('wijziging')} {self.number}"
