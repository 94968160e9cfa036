"""What was reached in a year, milestone by milestone and indicator by indicator."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.plans.models.measures import Measure
from draad.plans.models.numbers import Indicator, Milestone, MilestoneState


class ProgressState(models.TextChoices):
    """The owner of a measure writes and submits; the coordinator approves."""

    DRAFT = "draft", _("ontwerp")
    SUBMITTED = "submitted", _("ingediend")
    APPROVED = "approved", _("goedgekeurd")


class ProgressReport(AuditedModel):
    """The progress of a measure in a calendar year; ``revision`` counts how often it was saved."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="progress")
    year = models.PositiveSmallIntegerField(_("jaar"))
    state = models.CharField(_("toestand"), max_length=10, choices=ProgressState.choices, default=ProgressState.DRAFT)
    explanation = models.TextField(_("toelichting"), blank=True)
    returned_because = models.TextField(_("reden van terugzending"), blank=True)
    submitted_at = models.DateTimeField(_("ingediend op"), null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("goedgekeurd op"), null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("voortgang")
        ordering = ["measure", "year"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "year"], name="progress_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="progress_submitted_when"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False)
                | (~Q(state="approved") & Q(approved_at__isnull=True)),
                name="progress_approved_when",
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="progress_year_state")]

    def __str__(self) -> str:
        return f"{self.measure.number} {self.year}"

    @property
    def stands(self) -> str:
        """How its milestones stand, in one line; those of which nothing is said are left out."""
        told = [row for row in self.milestones.all() if row.state]
        return ", ".join(f"{row.milestone.period}: {row.get_state_display()}" for row in told)


class MilestoneProgress(AuditedModel):
    """How a milestone stood in a year; an empty state means that the owner did not say yet."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="milestones")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(_("toestand"), max_length=10, choices=MilestoneState.choices, blank=True)
    evidence = models.TextField(_("bewijs"), blank=True)
    explanation = models.TextField(_("toelichting"), blank=True)

    class Meta:
        ordering = ["report", "milestone__position"]
        constraints = [models.UniqueConstraint(fields=["report", "milestone"], name="milestone_progress_once")]

    def __str__(self) -> str:
        return f"{self.report}: {self.milestone}"


class ValueState(models.TextChoices):
    """The five states of a value; none of them is another."""

    NUMBER = "number", _("getal")
    ZERO = "zero", _("nul")
    NOT_APPLICABLE = "not_applicable", _("niet van toepassing")
    MISSING = "missing", _("ontbreekt")
    ESTIMATED = "estimated", _("geschat")


class IndicatorProgress(AuditedModel):
    """The value of an indicator in a year."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(_("soort waarde"), max_length=15, choices=ValueState.choices, default=ValueState.MISSING)
    value = models.DecimalField(_("waarde"), max_digits=16, decimal_places=4, null=True)
    evidence = models.TextField(_("bewijs"), blank=True)
    explanation = models.TextField(_("toelichting"), blank=True)

    class Meta:
        ordering = ["report", "indicator__kind", "indicator__position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="indicator_progress_once"),
            models.CheckConstraint(
                condition=(Q(state__in=["number", "estimated"], value__isnull=False) & ~Q(state="number", value=0))
                | Q(state="zero", value__isnull=False, value=0)
                | Q(state__in=["not_applicable", "missing"], value__isnull=True),
                name="indicator_progress_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.indicator}"
