"""Documents that were read and wait for a person: nothing of them is part of the plan before it is accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.plans.models.measures import Measure
from draad.plans.models.plan import Plan


class DocumentKind(models.TextChoices):
    """What sort of file; the values are the endings of file names."""

    TEXT = "txt", _("tekst")
    PDF = "pdf", _("PDF")
    WORD = "docx", _("Word")


class UploadState(models.TextChoices):
    """A document is looked through until all its sheets are part of the plan or put aside."""

    REVIEW = "review", _("wordt nagelezen")
    DONE = "done", _("verwerkt")
    DISCARDED = "discarded", _("weggegooid")


class SheetUpload(AuditedModel):
    """A document with action sheets that was read for a plan.

    The file itself is not kept: its lines stand with the sheets (``ReadSheet.lines``), and ``sha256`` tells whether
    the same file comes again. ``goals`` are the goals of the plan that the document prints between its sheets, as
    ``[code, text]``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="uploads", verbose_name=_("plan"))
    file_name = models.CharField(_("bestand"), max_length=200)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(_("soort"), max_length=5, choices=DocumentKind.choices)
    pages = models.PositiveIntegerField(_("bladzijden"), null=True)
    goals = models.JSONField(default=list)
    state = models.CharField(_("toestand"), max_length=10, choices=UploadState.choices, default=UploadState.REVIEW)
    uploaded_at = models.DateTimeField(_("ingelezen op"))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("ingelezen document")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "sha256"], condition=~Q(state="discarded"), name="upload_of_a_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class SheetState(models.TextChoices):
    """What a person decided about a sheet."""

    OPEN = "open", _("na te lezen")
    ACCEPTED = "accepted", _("aanvaard")
    IN_PLAN = "in_plan", _("in het plan")
    MERGED = "merged", _("samengevoegd")
    SPLIT = "split", _("gesplitst")
    DISCARDED = "discarded", _("weggelaten")


class ReadSheet(AuditedModel):
    """One action sheet as it was read, and what a person decided about it.

    ``values`` is the reading in the shape of ``SheetReading.as_dict`` and never changes. ``decisions`` holds for each
    field that a person decided (``target``, ``milestones.0.fte``) what: ``accepted``, ``corrected``, ``empty`` or,
    when the plan has the measure already, ``kept``. ``corrections`` holds the corrected values by the same names.
    ``lines`` are those of the document as ``[number, page, text, fresh, cell, area]``; ``first_line`` gives the order.
    ``waiting`` counts the fields that waited for a decision when the sheet was last written.
    ``measure`` is the measure of the plan that this sheet is a newer reading of, or that was made of it.
    """

    upload = models.ForeignKey(SheetUpload, on_delete=models.CASCADE, related_name="sheets")
    first_line = models.PositiveIntegerField()
    state = models.CharField(_("toestand"), max_length=10, choices=SheetState.choices, default=SheetState.OPEN)
    values = models.JSONField()
    decisions = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    came_from = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="sheets")
    waiting = models.PositiveIntegerField(_("te beslissen"), default=0)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("gelezen fiche")
        ordering = ["upload", "first_line", "pk"]
        indexes = [models.Index(fields=["upload", "state"], name="sheet_upload_state")]

    def __str__(self) -> str:
        return str(self.values.get("title", ""))[:120]
