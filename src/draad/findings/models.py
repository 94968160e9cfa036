"""Findings in the sources, the objects they are about, and what people said of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.findings.registry import Record, Rule, rule_of


class FindingState(models.TextChoices):
    """Whether a finding still asks for attention."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("afgesloten")
    GONE = "gone", _("verdwenen")


class Finding(AuditedModel):
    """What one rule found about one subject; computed again it stays the same row.

    ``parameters`` are the computed values that the rule's sentence shows (amounts as decimal text), ``records`` what
    it rests on. ``gone_at`` is the moment of the computation that no longer found it.
    """

    rule = models.CharField(max_length=80)
    subject = models.CharField(max_length=200)
    parameters = models.JSONField(default=dict)
    records = models.JSONField(default=list)
    state = models.CharField(_("toestand"), max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    state_reason = models.TextField(_("reden"), blank=True)
    first_seen = models.DateTimeField(_("eerst gevonden"))
    gone_at = models.DateTimeField(_("niet meer gevonden"), null=True)

    class Meta:
        ordering = ["rule", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "subject"], name="finding_once"),
            models.CheckConstraint(
                condition=Q(state="gone", gone_at__isnull=False) | (~Q(state="gone") & Q(gone_at__isnull=True)),
                name="finding_gone_when",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(state_reason=""), name="finding_closed_why"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}"

    @property
    def definition(self) -> Rule | None:
        """The rule that made it; None when Draad no longer has that rule."""
        return rule_of(self.rule)

    @property
    def title(self) -> str:
        """What was found in a few words, in the language of the reader."""
        return self.definition.title_of(self.parameters) if self.definition else str(self)

    @property
    def sentence(self) -> str:
        """What was found, with its numbers, in the language of the reader."""
        return self.definition.sentence_of(self.parameters) if self.definition else ""

    @property
    def topic(self) -> str:
        """What sort of finding it is."""
        return str(self.definition.topic) if self.definition else ""

    @property
    def rests_on(self) -> list[Record]:
        """The records that it rests on."""
        return [Record.read(stored) for stored in self.records]

    @property
    def is_open(self) -> bool:
        """Whether it still asks for attention."""
        return self.state == FindingState.OPEN

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("findings:finding", args=[self.pk])


class FindingAbout(AuditedModel):
    """An object that a finding is about, by a key that does not change, such as ``action:plan-samenleven/5``."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="about")
    key = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "key"], name="finding_about_once")]
        indexes = [models.Index(fields=["key"], name="finding_about_key")]

    def __str__(self) -> str:
        return f"{self.finding} → {self.key}"


class FindingComment(AuditedModel):
    """What a person of the programme says about a finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("reactie"))

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="finding_comment_has_text")]

    def __str__(self) -> str:
        return self.text[:80]
