"""Payments of a decision, and the orders in which they go to the bank."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.applications.models.calls import Call
from draad.applications.models.decisions import Decision


class PaymentOrder(AuditedModel):
    """What goes to the bank at once: the file as it was made (ISO 20022 pain.001.001.09), with its hash.

    ``total`` is euro; ``payments`` the number of payments in it.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="payment_orders")
    number = models.PositiveSmallIntegerField(_("nummer"))
    message_id = models.CharField(_("kenmerk"), max_length=35, unique=True)
    made_at = models.DateTimeField(_("gemaakt op"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    execute_on = models.DateField(_("uit te voeren op"))
    payments_count = models.PositiveIntegerField(_("aantal betalingen"))
    total = models.DecimalField(_("totaal"), max_digits=14, decimal_places=2)
    content = models.TextField(help_text="the file for the bank, XML")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("betaalopdracht")
        ordering = ["call", "number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="payment_order_once")]

    def __str__(self) -> str:
        return f"{self.call}, {_('betaalopdracht')} {self.number}"


class PaymentKind(models.TextChoices):
    """Which part of a grant is paid."""

    ADVANCE = "advance", _("voorschot")
    BALANCE = "balance", _("saldo")


class PaymentState(models.TextChoices):
    """How far a payment is."""

    WAITING = "waiting", _("wacht")
    PLANNED = "planned", _("te betalen")
    ORDERED = "ordered", _("in een betaalopdracht")
    DONE = "done", _("betaald")
    FAILED = "failed", _("mislukt")
    RETURNED = "returned", _("teruggestort")


COUNTS_AS_PAID = ("waiting", "planned", "ordered", "done")


class Payment(AuditedModel):
    """One payment to an applicant, in euro; failed or returned ones are replaced by a new one.

    Of each part of a decision at most one payment waits, is planned, ordered or done: nothing is paid twice.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(_("soort"), max_length=10, choices=PaymentKind.choices)
    attempt = models.PositiveSmallIntegerField(_("poging"), default=1)
    state = models.CharField(_("toestand"), max_length=10, choices=PaymentState.choices)
    amount = models.DecimalField(_("bedrag"), max_digits=14, decimal_places=2)
    iban = models.CharField(_("rekeningnummer (IBAN)"), max_length=34)
    account_holder = models.CharField(_("naam van de rekeninghouder"), max_length=70)
    end_to_end_id = models.CharField(_("kenmerk"), max_length=35, unique=True)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, null=True, related_name="payments")
    settled_on = models.DateField(_("uitgevoerd of teruggestort op"), null=True)
    reason = models.TextField(_("reden"), blank=True)

    class Meta:
        verbose_name = _("betaling")
        ordering = ["decision", "kind", "attempt"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind", "attempt"], name="payment_attempt_once"),
            models.UniqueConstraint(
                fields=["decision", "kind"], condition=Q(state__in=COUNTS_AS_PAID), name="payment_never_twice"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "planned"], order__isnull=True)
                | Q(state__in=["ordered", "done", "failed", "returned"], order__isnull=False),
                name="payment_in_order_when",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="payment_state")]

    def __str__(self) -> str:
        return f"{self.decision.application}: {self.get_kind_display()}"
