"""The distribution desk: scenarios that divide the envelope of a round over its claims."""

from __future__ import annotations

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


class Scenario(AuditedModel):
    """One way to divide: a rule with its parameters, and what came out, frozen.

    ``envelope`` is what there is, ``reserved`` what incentives take first, both in euro; the rest is divided.
    ``parameters`` are those of ``methods.allocation.allocate`` beside the rule. ``claims_sha256`` tells on which
    claims it was computed, ``awards_sha256`` which awards came out; ``measures`` are totals and equality measures.
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
    measures = models.JSONField(default=dict)
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
        ]

    def __str__(self) -> str:
        return f"{self.call}: {self.name}"


class ScenarioAward(models.Model):
    """What a line gets in a scenario, in euro; not audited one by one: the scenario keeps the hash of all."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="awards")
    line = models.ForeignKey(ApplicationLine, on_delete=models.PROTECT, related_name="awards")
    claimed = models.DecimalField(max_digits=14, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("deel van een verdeling")
        constraints = [
            models.UniqueConstraint(fields=["scenario", "line"], name="award_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="award_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.line}"
