"""What of a measure is typed: amounts, indicators, milestones and staff, each beside the text it was read from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.plans.models.measures import Measure


class BudgetLine(AuditedModel):
    """An amount in the budget of a measure: euro, the years it is for, and from which means.

    ``amount_to`` is the upper amount of a range. Years are empty when the text does not say. ``yearly`` means that the
    amount comes back every year. ``funding`` names where the money comes from, when somebody wrote it.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="budget_lines")
    position = models.PositiveSmallIntegerField()
    amount = models.DecimalField(_("bedrag"), max_digits=14, decimal_places=2)
    amount_to = models.DecimalField(_("tot"), max_digits=14, decimal_places=2, null=True)
    first_year = models.PositiveSmallIntegerField(_("van jaar"), null=True)
    last_year = models.PositiveSmallIntegerField(_("tot en met jaar"), null=True)
    yearly = models.BooleanField(_("elk jaar"), default=False)
    funding = models.CharField(_("bron van de middelen"), max_length=150, blank=True)
    printed = models.CharField(_("zoals gedrukt"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("bedrag")
        verbose_name_plural = _("bedragen")
        ordering = ["measure", "position"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "position"], name="budget_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_amount"),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | Q(first_year__isnull=False, last_year__isnull=False, last_year__gte=F("first_year")),
                name="budget_years",
            ),
        ]

    def __str__(self) -> str:
        return self.printed or str(self.amount)


class IndicatorKind(models.TextChoices):
    """What an indicator measures: what changes, or what is done."""

    EFFECT = "effect", _("effectindicator")
    OUTPUT = "output", _("outputindicator")


class Indicator(AuditedModel):
    """An indicator that is followed: its words, and its target as a number where there is one.

    A withdrawn indicator, like a withdrawn milestone, is kept for the progress that hangs on it.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    kind = models.CharField(_("soort"), max_length=10, choices=IndicatorKind.choices)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("indicator"))
    target = models.DecimalField(_("streefwaarde"), max_digits=16, decimal_places=4, null=True)
    unit = models.CharField(_("eenheid"), max_length=60, blank=True)
    withdrawn = models.BooleanField(_("ingetrokken"), default=False)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicatoren")
        ordering = ["measure", "kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "kind", "position"], condition=Q(withdrawn=False), name="indicator_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="indicator_has_text"),
        ]

    def __str__(self) -> str:
        return self.text[:120]


class IndicatorTarget(AuditedModel):
    """What an indicator must reach in a year; in another unit where its words count more than one thing."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("jaar"))
    value = models.DecimalField(_("streefwaarde"), max_digits=16, decimal_places=4)
    unit = models.CharField(_("eenheid"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("streefwaarde per jaar")
        ordering = ["indicator", "year", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "unit"], name="indicator_target_once"),
            models.CheckConstraint(condition=Q(year__gte=1950, year__lte=2150), name="indicator_target_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value} {self.unit}".strip()


class MilestoneState(models.TextChoices):
    """How a milestone stands; empty as long as nobody said."""

    PLANNED = "planned", _("gepland")
    STARTED = "started", _("gestart")
    DONE = "done", _("gehaald")
    LATE = "late", _("vertraagd")
    DROPPED = "dropped", _("geschrapt")


class Milestone(AuditedModel):
    """A row of the milestone table: the period and the staff as printed, what is planned, and how it stands.

    ``first_day`` and ``last_day`` are the period as dates, both empty when its text names no year.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    period = models.CharField(_("periode"), max_length=200)
    first_day = models.DateField(_("van"), null=True)
    last_day = models.DateField(_("tot en met"), null=True)
    text = models.TextField(_("mijlpaal"), blank=True)
    fte = models.TextField(_("personeelsinzet"), blank=True)
    state = models.CharField(_("toestand"), max_length=10, choices=MilestoneState.choices, blank=True)
    withdrawn = models.BooleanField(_("ingetrokken"), default=False)
    provenance = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("mijlpaal")
        verbose_name_plural = _("mijlpalen")
        ordering = ["measure", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "position"], condition=Q(withdrawn=False), name="milestone_once"
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True)
                | Q(first_day__isnull=False, last_day__isnull=False, last_day__gte=F("first_day")),
                name="milestone_period",
            ),
        ]
        indexes = [models.Index(fields=["last_day", "state"], name="milestone_due")]

    def __str__(self) -> str:
        return f"{self.period}: {self.text[:100]}"


class StaffUnit(models.TextChoices):
    """What a number of staff counts."""

    FTE = "fte", _("VTE")
    PERSON_DAYS = "person_days", _("mensdagen")
    PERSON_MONTHS = "person_months", _("mensmaanden")
    PERSON_YEARS = "person_years", _("mensjaren")


class StaffLine(AuditedModel):
    """A number of staff in a row of milestones; its years are those of the milestone.

    ``number_to`` is the upper number of a range.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="staff")
    position = models.PositiveSmallIntegerField()
    number = models.DecimalField(_("aantal"), max_digits=12, decimal_places=4)
    number_to = models.DecimalField(_("tot"), max_digits=12, decimal_places=4, null=True)
    unit = models.CharField(_("eenheid"), max_length=15, choices=StaffUnit.choices)
    about = models.BooleanField(_("ongeveer"), default=False)
    per = models.CharField(_("per"), max_length=40, blank=True)
    printed = models.CharField(_("zoals gedrukt"), max_length=200, blank=True)

    class Meta:
        ordering = ["milestone", "position"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "position"], name="staff_line_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="staff_number"),
        ]

    def __str__(self) -> str:
        return self.printed or f"{self.number} {self.get_unit_display()}"
