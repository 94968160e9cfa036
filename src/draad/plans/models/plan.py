"""A plan and its versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from draad.accounts.models import AuditedModel
from draad.organisations.models import Organisation


class Plan(AuditedModel):
    """A policy plan, such as a horizontal integration policy plan, for a closed period of calendar years."""

    slug = models.SlugField(_("adres"), max_length=80, unique=True)
    title = models.CharField(_("titel"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("eerste jaar"))
    last_year = models.PositiveSmallIntegerField(_("laatste jaar"))
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plans", verbose_name=_("coördinerende organisatie")
    )
    example = models.BooleanField(_("voorbeeld"), default=False)
    owners_change = models.BooleanField(
        _("eigenaars wijzigen hun maatregelen"),
        default=False,
        help_text=_("Wie voor een maatregel verantwoordelijk is, mag haar wijzigen; de naam, de doelstellingen en wie "
                    "verantwoordelijk is, blijven van de coördinator."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("plan")
        ordering = ["-first_year", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="plan_period"),
            models.CheckConstraint(condition=Q(first_year__gte=1950, last_year__lte=2150), name="plan_years"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """Its period: 2016–2020."""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"


class VersionState(models.TextChoices):
    """A version is open for work until it is published; then it never changes."""

    DRAFT = "draft", _("ontwerp")
    PUBLISHED = "published", _("gepubliceerd")


class PlanVersion(AuditedModel):
    """A published version of a plan, or the open draft of the next one.

    A draft has no number: its content is that of the tables of goals and measures. A published version holds its goals
    as plain data (``draad.plans.content.goals_content``) and its measures in ``FrozenMeasure``; ``sha256`` is the hash
    of all of that.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("nummer"), null=True)
    state = models.CharField(_("toestand"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    note = models.TextField(_("waarom deze versie"), blank=True)
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    goals = models.JSONField(pgettext_lazy("plan", "doelstellingen"), default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("versie")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="draft"), name="plan_one_draft"),
            models.CheckConstraint(
                condition=Q(state="draft", number__isnull=True, published_at__isnull=True, sha256="")
                | (
                    Q(state="published", number__isnull=False, number__gte=1, published_at__isnull=False)
                    & ~Q(sha256="")
                ),
                name="plan_version_published_when",
            ),
        ]

    def __str__(self) -> str:
        which = self.get_state_display() if self.number is None else _("versie %(n)s") % {"n": self.number}
        return f"{self.plan}, {which}"


class FrozenMeasure(AuditedModel):
    """A measure as a published version has it: plain data in the shape of ``draad.plans.content``."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="measures")
    measure = models.ForeignKey("plans.Measure", on_delete=models.PROTECT, related_name="frozen")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "measure"], name="frozen_measure_once")]

    def __str__(self) -> str:
        return f"{self.version}: {self.number}"
