"""The assessment of an application: who looks at it, notes, questions back, advice per line, conflicts of interest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.applications.models.applications import Application, ApplicationLine


class Assessment(AuditedModel):
    """The look at one application: by whom, and the advice as a whole; assigned before it has begun."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="assessment")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="assessments"
    )
    started_at = models.DateTimeField(_("begonnen op"), null=True)
    summary = models.TextField(_("advies"), blank=True)
    advised_at = models.DateTimeField(_("advies gegeven op"), null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("beoordeling")

    def __str__(self) -> str:
        return f"{_('beoordeling')} {self.application}"


class Advice(models.TextChoices):
    """What an assessor advises for a line."""

    GRANT = "grant", _("toekennen")
    PARTLY = "partly", _("deels toekennen")
    REFUSE = "refuse", _("weigeren")


class LineAdvice(AuditedModel):
    """The advice on one line; ``units`` are what is advised when only a part is."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="lines")
    line = models.OneToOneField(ApplicationLine, on_delete=models.CASCADE, related_name="advice")
    advice = models.CharField(_("advies"), max_length=10, choices=Advice.choices)
    units = models.PositiveIntegerField(_("eenheden"), null=True)
    reason = models.TextField(_("reden"), blank=True)

    class Meta:
        verbose_name = _("advies over een KPI-lijn")
        constraints = [
            models.CheckConstraint(condition=Q(advice="grant") | ~Q(reason=""), name="advice_has_reason"),
            models.CheckConstraint(
                condition=Q(advice="partly", units__isnull=False) | (~Q(advice="partly") & Q(units__isnull=True)),
                name="advice_partly_has_units",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.get_advice_display()}"


class Note(AuditedModel):
    """A note among assessors; applicants never see it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("nota"))
    at = models.DateTimeField(_("geschreven op"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("nota")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.application}: {self.text[:60]}"


class Question(AuditedModel):
    """A question back to the applicant, who may change only ``fields`` while it is open.

    ``fields`` are names as in ``policies.fields``; ``before`` and ``after`` are their values when it was asked and
    when it was answered, so that the assessor sees what the answer changed.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("nummer"))
    text = models.TextField(_("vraag"))
    fields = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    due_on = models.DateField(_("antwoord tegen"))
    asked_at = models.DateTimeField(_("gevraagd op"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("antwoord"), blank=True)
    answered_at = models.DateTimeField(_("beantwoord op"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True)

    class Meta:
        verbose_name = _("vraag aan het bestuur")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="question_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="question_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {_('vraag')} {self.number}"


class ConflictOfInterest(AuditedModel):
    """An assessor's declaration of a tie with an application; who has one does not assess it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField(_("welke band"))
    at = models.DateTimeField(_("gemeld op"))

    class Meta:
        verbose_name = _("belangenconflict")
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="conflict_once"),
            models.CheckConstraint(condition=~Q(statement=""), name="conflict_has_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.application}"
