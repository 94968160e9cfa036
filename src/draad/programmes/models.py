"""Programme, objectives, actions, rounds, and the terms of an action in a round.

Terms keep, for every field, how it is known: stated by a source, carried over from the round before because nothing
says that it changed, or unknown. An unknown field is empty and shown as unknown; it is never guessed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.plans.models import Measure


class Programme(AuditedModel):
    """A public programme, such as Plan Samenleven; ``example`` marks one that was invented to try things with."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    owner = models.CharField(max_length=150)
    source = models.CharField(max_length=300)
    introduction = models.TextField(_("inleiding"), blank=True)
    introduction_en = models.TextField(_("inleiding in het Engels"), blank=True)
    example = models.BooleanField(_("voorbeeld"), default=False)

    def __str__(self) -> str:
        return self.name

    def introduced_in(self, language: str) -> tuple[str, str]:
        """What the programme is for, in ``language`` where known, else in Dutch; with the language that it is in."""
        if language == "en" and self.introduction_en:
            return self.introduction_en, "en"
        return self.introduction, "nl"


class Objective(AuditedModel):
    """An objective of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="objective_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Action(AuditedModel):
    """An action that governments can choose."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="action_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Round(AuditedModel):
    """A project year of a programme: a closed interval of days, its call and its report dates."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    call_opens_on = models.DateField(null=True)
    call_closes_on = models.DateField(null=True)
    envelope = models.DecimalField(_("budget in euro"), max_digits=14, decimal_places=2, null=True)
    midterm_due_on = models.DateField(null=True)
    final_due_on = models.DateField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="round_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="round_period"),
            models.CheckConstraint(
                condition=Q(call_opens_on__isnull=True)
                | Q(call_closes_on__isnull=True)
                | Q(call_closes_on__gte=F("call_opens_on")),
                name="round_call",
            ),
            models.CheckConstraint(condition=Q(envelope__isnull=True) | Q(envelope__gte=0), name="round_envelope"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.number}"

    @property
    def years(self) -> str:
        """The years in which it lies: 2022–2023."""
        first, last = self.starts_on.year, self.ends_on.year
        return str(first) if first == last else f"{first}–{last}"


class Knowledge(models.TextChoices):
    """How a value is known: a source states it for this round, it is carried over from the round before because no
    source says that it changed, or no source gives it."""

    STATED = "stated", _("vermeld")
    CARRIED = "carried", _("overgenomen")
    UNKNOWN = "unknown", _("niet gepubliceerd")


class RoundRule(AuditedModel):
    """A rule of a round as data: which rule (a key of rules.RULES), its parameters, how it is known."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rules")
    key = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    knowledge = models.CharField(max_length=10, choices=Knowledge.choices)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="rule_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.key}"


class TermsState(models.TextChoices):
    """Terms are written as a draft and published; a published version is replaced only by a newer one."""

    DRAFT = "draft", _("ontwerp")
    PUBLISHED = "published", _("gepubliceerd")


class ActionTerms(AuditedModel):
    """What an action means in a round: a published version, or the draft of the next one.

    A draft has no version number yet. ``provenance`` gives for each field how it is known and from which source;
    ``from_facts`` tells versions loaded from the facts from those that a person published. ``revision`` counts the
    times that a draft was saved, so that a second editor is told of the first.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="terms")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=TermsState.choices, default=TermsState.DRAFT)
    subsidised = models.BooleanField(_("gesubsidieerd"), null=True)
    target_group = models.TextField(_("doelgroep"), blank=True)
    ceiling = models.DecimalField(
        _("hoogste bedrag per bestuur"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    provenance = models.JSONField(default=dict)
    change_reason = models.TextField(_("reden van deze versie"), blank=True)
    effective_on = models.DateField(_("geldt vanaf"), null=True, blank=True)
    published_at = models.DateTimeField(null=True)
    from_facts = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "round", "version"], name="terms_version_once"),
            models.UniqueConstraint(
                fields=["action", "round"], condition=Q(state="draft", from_facts=False), name="terms_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", version__isnull=True, published_at__isnull=True)
                | Q(
                    state="published",
                    version__isnull=False,
                    version__gte=1,
                    published_at__isnull=False,
                    effective_on__isnull=False,
                ),
                name="terms_published_when",
            ),
            models.CheckConstraint(
                condition=Q(version__isnull=True) | Q(version=1) | ~Q(change_reason=""),
                name="terms_correction_has_reason",
            ),
            models.CheckConstraint(condition=Q(ceiling__isnull=True) | Q(ceiling__gte=0), name="terms_ceiling"),
        ]

    def __str__(self) -> str:
        which = self.get_state_display() if self.version is None else _("versie %(n)s") % {"n": self.version}
        return f"{self.action}, {_('ronde')} {self.round.number}, {which}"


class Unit(models.TextChoices):
    """What one unit of an indicator is."""

    PERSON = "person", _("persoon")
    FAMILY = "family", _("gezin")
    PLAN = "plan", _("plan")
    GOVERNMENT = "government", _("bestuur")
    WORKER = "worker", _("medewerker")
    OPPORTUNITY = "opportunity", _("oefenkans")


class Counting(models.TextChoices):
    """How units are counted."""

    UNIQUE = "unique", _("elk één keer")
    CONTACT = "contact", _("elk contact telt")


class IndicatorTerms(AuditedModel):
    """One indicator line (KPI-lijn) of the terms: what counts, how, and what one unit brings in euro."""

    terms = models.ForeignKey(ActionTerms, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveSmallIntegerField()
    label = models.CharField(_("wat telt (KPI)"), max_length=200)
    unit = models.CharField(_("eenheid"), max_length=20, choices=Unit.choices, blank=True)
    counting = models.CharField(_("telregel"), max_length=20, choices=Counting.choices, blank=True)
    unit_amount = models.DecimalField(_("bedrag per eenheid"), max_digits=10, decimal_places=2, null=True, blank=True)
    max_units = models.PositiveIntegerField(_("hoogste aantal eenheden"), null=True, blank=True)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "line"], name="line_once"),
            models.CheckConstraint(condition=Q(unit_amount__isnull=True) | Q(unit_amount__gte=0), name="line_amount"),
        ]

    def __str__(self) -> str:
        return self.label


class MeasureLink(AuditedModel):
    """That an action carries out a measure of a plan: the thread from what was promised to what governments do."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="action_links")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="measure_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "action"], name="measure_link_once")]

    def __str__(self) -> str:
        return f"{self.measure} – {self.action}"
