"""Figures as they were published: one record per value and source, contradictions included."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.documents.tables import Kind
from draad.figures.measures import Measure, measure
from draad.programmes.models import Action, Programme, Round
from draad.web.formatting import euro, number


class Unit(models.TextChoices):
    """What a published figure counts."""

    EUR = "EUR", _("euro")
    GOVERNMENTS = "governments", _("besturen")
    APPLICANTS = "applicants", _("indieners")
    APPLICATIONS = "applications", _("aanvragen")
    PERSONS = "persons", _("personen")
    PLANS = "plans", _("plannen")
    UNITS = "units", _("eenheden")


class PublishedFigure(AuditedModel):
    """One value that a source gives for a measure, of a round, an action, both, or the programme.

    ``round`` empty: the source names no round; ``action`` empty: it is about the whole programme. ``rounded`` when the
    source itself rounds.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="published_figures")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="published_figures")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="published_figures")
    measure = models.CharField(_("wat telt"), max_length=60)
    position = models.PositiveSmallIntegerField()
    value = models.DecimalField(_("waarde"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("eenheid"), max_length=20, choices=Unit.choices)
    rounded = models.BooleanField(_("afgerond in de bron"), default=False)
    source = models.CharField(_("bron"), max_length=300)
    remark_nl = models.CharField(max_length=300, blank=True)
    remark_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["programme", "round", "action", "position"]
        constraints = [
            models.UniqueConstraint(
                "programme", Coalesce("round", 0), Coalesce("action", 0), "measure", "source",
                name="published_figure_once",
            ),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="published_figure_not_negative"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"

    @property
    def definition(self) -> Measure:
        """What is counted."""
        return measure(self.measure)

    @property
    def label(self) -> str:
        """What is counted in a few words, in the language of the reader."""
        return self.definition.label

    @property
    def kind(self) -> Kind:
        """How the value is written."""
        return Kind.EURO if self.unit == Unit.EUR else Kind.COUNT

    @property
    def shown(self) -> str:
        """The value in the language of the reader."""
        return euro(self.value) if self.unit == Unit.EUR else number(self.value)

    @property
    def whole(self) -> int | Decimal:
        """The value as a whole number, when it is one."""
        return int(self.value) if self.value == self.value.to_integral_value() else self.value

    @property
    def remark(self) -> str:
        """What the careful reader of the source noted, in the language of the reader."""
        return self.remark_nl if get_language() == "nl" else self.remark_en

    @property
    def same(self) -> tuple[int, int | None, int | None, str]:
        """What two values for one figure share: programme, round, action and measure."""
        return self.programme_id, self.round_id, self.action_id, self.measure

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("figures:figure", args=[self.pk])
