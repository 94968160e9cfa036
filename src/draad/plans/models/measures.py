"""Goals and measures of a plan."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from draad.accounts.models import AuditedModel
from draad.plans.models.plan import Plan


class Goal(AuditedModel):
    """A strategic goal (SD, without parent) or an operational goal (OD, under a strategic one) of a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals", verbose_name=_("plan"))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="children",
        verbose_name=_("strategische doelstelling"),
    )
    code = models.CharField(_("code"), max_length=12)
    title = models.TextField(_("tekst"))
    position = models.PositiveSmallIntegerField(_("plaats"), default=0)

    class Meta:
        verbose_name = _("doelstelling")
        ordering = ["plan", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="goal_once"),
            models.CheckConstraint(condition=Q(code__regex=r"^(SD [0-9]+|OD [0-9]+(\.[0-9]+)?)$"), name="goal_code"),
            models.CheckConstraint(
                condition=Q(code__startswith="OD") | Q(parent__isnull=True), name="goal_strategic_on_top"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_strategic(self) -> bool:
        """Whether it is a strategic goal."""
        return self.code.startswith("SD")


class Measure(AuditedModel):
    """A measure: what one action sheet says, each text as printed, under the names that the reader gives.

    ``key`` stays the same in every version. ``provenance`` gives for each field the sheet that it was read from, its
    place in that document, and whether a person corrected it. A withdrawn measure is no longer in the next version;
    older versions and progress keep it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures", verbose_name=_("plan"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("nummer"))
    withdrawn = models.BooleanField(_("ingetrokken"), default=False)
    title = models.TextField(_("maatregel"))
    budget = models.TextField(_("raming budgettair engagement"), blank=True)
    effect_indicator = models.TextField(_("effectindicator"), blank=True)
    output_indicator = models.TextField(_("outputindicator"), blank=True)
    target = models.TextField(_("streefwaarde"), blank=True)
    responsible_cabinets = models.TextField(_("verantwoordelijk kabinet"), blank=True)
    responsible_administrations = models.TextField(_("verantwoordelijke administratie"), blank=True)
    involved_cabinets = models.TextField(_("betrokken kabinetten"), blank=True)
    involved_administrations = models.TextField(_("betrokken administraties"), blank=True)
    other_partners = models.TextField(_("andere partners"), blank=True)
    explanation = models.TextField(_("duiding"), blank=True)
    provenance = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("maatregel")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="measure_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="measure_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title[:120]}"


class MeasureGoal(AuditedModel):
    """A goal that a measure cites, as printed, and the goal of the plan that it means.

    ``goal`` is empty when the plan has none like it. ``difference`` is "" when code and words agree, else ``number``,
    ``wording``, ``number and wording`` or ``not in the plan``. The first goal of each kind leads.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="goals")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="measures")
    position = models.PositiveSmallIntegerField()
    cited_code = models.CharField(max_length=12)
    cited_text = models.TextField(blank=True)
    difference = models.CharField(max_length=30, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("plan", "doelstelling")
        verbose_name_plural = pgettext_lazy("plan", "doelstellingen")
        ordering = ["measure", "position"]
        constraints = [models.UniqueConstraint(fields=["measure", "position"], name="measure_goal_once")]

    def __str__(self) -> str:
        return f"{self.measure.number} → {self.cited_code}"
