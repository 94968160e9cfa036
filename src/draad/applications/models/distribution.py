"""The distribution desk: scenarios that divide the envelope of a round over its claims."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.applications.models.applications import ApplicationLine
from draad.applications.models.calls import Call


class ScenarioState(models.TextChoices):
    """Whether a scenario is one of several, put forward, or chosen."""

    KEPT = "kept", _("bewaard")
    PROPOSED = "proposed", _("voorgelegd")
    CHOSEN = "chosen", _("gekozen")


class LevelMeasures(TypedDict):
    """How far the money reached at a level: ``reach`` is whole, part or none; ``asked`` and ``available`` are euro.

    ``priority`` is None under a rule without levels. ``value`` is the rate in percent (proportional), or the award or
    (``losses``) the loss in euro that the rule made equal.
    """

    priority: int | None
    reach: str
    rule: str
    losses: bool
    value: str
    asked: str
    available: str


class ScenarioMeasures(TypedDict):
    """What is kept of a division beside its awards; ``end`` is the first level that was not met in full, if any."""

    applicants: dict[str, Any]
    levels: list[LevelMeasures]
    end: LevelMeasures | None


class Scenario(AuditedModel):
    """One way to divide: a rule with its parameters, and what came out, frozen.

    ``envelope`` is what there is, ``reserved`` what incentives take first, both in euro; the rest is divided.
    ``parameters`` are those of ``methods.allocation.allocate`` beside the rule. ``claims_sha256`` tells on which
    claims it was computed, ``awards_sha256`` which awards came out; ``measures`` are ``ScenarioMeasures``;
    the database refuses a scenario without them.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="scenarios")
    number = models.PositiveSmallIntegerField(_("nummer"))
    name = models.CharField(_("naam"), max_length=100)
    rule = models.CharField(_("regel"), max_length=40)
    parameters = models.JSONField(default=dict)
    envelope = models.DecimalField(_("budget"), max_digits=14, decimal_places=2)
    reserved = models.DecimalField(_("voor stimulansen"), max_digits=14, decimal_places=2)
    claimed = models.DecimalField(_("gevraagd"), max_digits=14, decimal_places=2)
    granted = models.DecimalField(_("verdeeld"), max_digits=14, decimal_places=2)
    measures = models.JSONField()
    claims_sha256 = models.CharField(max_length=64)
    awards_sha256 = models.CharField(max_length=64)
    state = models.CharField(_("toestand"), max_length=10, choices=ScenarioState.choices, default=ScenarioState.KEPT)
    reason = models.TextField(_("reden"), blank=True)
    made_at = models.DateTimeField(_("gemaakt op"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("voorgelegd op"), null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(_("gekozen op"), null=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("verdeling")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="scenario_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state__in=["proposed", "chosen"]), name="scenario_one_put_forward"
            ),
            models.CheckConstraint(condition=Q(state="kept") | ~Q(reason=""), name="scenario_has_reason"),
            models.CheckConstraint(
                condition=Q(measures__has_keys=["applicants", "levels", "end"]), name="scenario_measured"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}: {self.name}"


class ScenarioAward(AuditedModel):
    """What a line gets in a scenario, in euro; no event of its own: the scenario keeps the hash of all.

    ``ground`` says what decided it (``methods.allocation.Ground``), ``most`` what the advice lets it get, ``priority``
    what it was then; empty in a scenario from before these were kept.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="awards")
    line = models.ForeignKey(ApplicationLine, on_delete=models.PROTECT, related_name="awards")
    claimed = models.DecimalField(max_digits=14, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    most = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    priority = models.PositiveSmallIntegerField(null=True)
    ground = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("deel van een verdeling")
        constraints = [
            models.UniqueConstraint(fields=["scenario", "line"], name="award_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="award_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.line}"
