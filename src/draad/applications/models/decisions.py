"""Decisions: prepared together in a list, signed by two, published; granted stands beside requested."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.applications.models.applications import Application, ApplicationLine, Incentive
from draad.applications.models.calls import Call
from draad.applications.models.distribution import Scenario


class DecisionListState(models.TextChoices):
    """How far a list of decisions is."""

    PREPARED = "prepared", _("in voorbereiding")
    SIGNED = "signed", _("ondertekend")
    PUBLISHED = "published", _("bekendgemaakt")
    DISCARDED = "discarded", _("vervallen")


class DecisionList(AuditedModel):
    """The decisions of a call that are prepared, signed and published together.

    ``appeal`` are the ways of appeal as the call named them when the list was prepared: its letters keep them.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="decision_lists")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, null=True, related_name="decision_lists")
    number = models.PositiveSmallIntegerField(_("nummer"))
    state = models.CharField(
        _("toestand"), max_length=10, choices=DecisionListState.choices, default=DecisionListState.PREPARED
    )
    prepared_at = models.DateTimeField(_("voorbereid op"))
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("bekendgemaakt op"), null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    granted = models.DecimalField(_("toegekend in euro"), max_digits=14, decimal_places=2)
    appeal = models.TextField(_("hoe men in beroep gaat"), blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("lijst van beslissingen")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="decision_list_once"),
            models.UniqueConstraint(
                fields=["scenario"], condition=~Q(state="discarded"), name="decision_list_one_per_scenario"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="decision_list_published_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}, {_('beslissing')} {self.number}"


class Signature(AuditedModel):
    """The signature of one person under a list as it stood: ``sha256`` is the hash of what was signed."""

    decision_list = models.ForeignKey(DecisionList, on_delete=models.CASCADE, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("ondertekend op"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("handtekening")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision_list", "user"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.decision_list}"


class Outcome(models.TextChoices):
    """What was decided."""

    GRANTED = "granted", _("toegekend")
    PARTLY = "partly", _("deels toegekend")
    REFUSED = "refused", _("geweigerd")


def has_reason(name: str) -> models.CheckConstraint:
    """The rule that whoever gets less than asked is told why."""
    return models.CheckConstraint(condition=Q(outcome="granted") | ~Q(reason_key=""), name=name)


class Decided(AuditedModel):
    """What is decided on an application or a part of it, and why it is less than was asked.

    ``reason_key`` names a reason of the call, ``reason_sentence`` keeps its words of that day in Dutch, as the letter
    has them, ``reason_sentence_en`` in English; ``reason`` is the explanation after them.
    """

    outcome = models.CharField(_("beslissing"), max_length=10, choices=Outcome.choices)
    reason_key = models.CharField(_("reden"), max_length=40, blank=True)
    reason_sentence = models.CharField(_("reden in woorden"), max_length=300, blank=True)
    reason_sentence_en = models.CharField(_("reden in het Engels"), max_length=300, blank=True)
    reason = models.TextField(_("toelichting"), blank=True)

    class Meta:
        abstract = True

    @property
    def words(self) -> str:
        """Why, as the letter says it in Dutch; empty when nothing needs a reason."""
        return " ".join(part for part in (self.reason_sentence, self.reason) if part)

    @property
    def shown_reason(self) -> str:
        """The reason in the language of the reader, without its explanation."""
        return self.reason_sentence_en if get_language() == "en" else self.reason_sentence


class Decision(Decided):
    """What one applicant gets and why; account number and holder are frozen when it is published.

    ``standing`` is true from publication: an application has one standing decision. Amounts are euro.
    """

    decision_list = models.ForeignKey(DecisionList, on_delete=models.CASCADE, related_name="decisions")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    requested = models.DecimalField(_("gevraagd"), max_digits=14, decimal_places=2)
    granted = models.DecimalField(_("toegekend"), max_digits=14, decimal_places=2)
    iban = models.CharField(_("rekeningnummer (IBAN)"), max_length=34, blank=True)
    account_holder = models.CharField(_("naam van de rekeninghouder"), max_length=70, blank=True)
    standing = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("beslissing")
        ordering = ["decision_list", "application__number"]
        constraints = [
            models.UniqueConstraint(fields=["decision_list", "application"], name="decision_once"),
            models.UniqueConstraint(fields=["application"], condition=Q(standing=True), name="decision_one_standing"),
            models.CheckConstraint(condition=Q(granted__gte=0), name="decision_granted"),
            has_reason("decision_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


class GrantLine(Decided):
    """What is granted on one line, in euro, and the units that follow from it (whole units, or unknown)."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(ApplicationLine, on_delete=models.PROTECT, related_name="grants")
    requested = models.DecimalField(_("gevraagd"), max_digits=14, decimal_places=2)
    amount = models.DecimalField(_("toegekend"), max_digits=14, decimal_places=2)
    units = models.PositiveIntegerField(_("toegekende eenheden"), null=True)

    class Meta:
        verbose_name = _("toekenning per KPI-lijn")
        constraints = [
            models.UniqueConstraint(fields=["decision", "line"], name="grant_line_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="grant_line_amount"),
            has_reason("grant_line_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.line.indicator}"


class GrantIncentive(Decided):
    """What is granted on an incentive, in euro."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="incentives")
    incentive = models.ForeignKey(Incentive, on_delete=models.PROTECT, related_name="grants")
    requested = models.DecimalField(_("gevraagd"), max_digits=10, decimal_places=2)
    amount = models.DecimalField(_("toegekend"), max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("toegekende stimulans")
        constraints = [
            models.UniqueConstraint(fields=["decision", "incentive"], name="grant_incentive_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="grant_incentive_amount"),
            has_reason("grant_incentive_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.incentive}"
