"""A job: what is done, for whom, how far it is, and what came out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.jobs.kinds import Kind, kind_of

INTERRUPTED_AFTER = timedelta(minutes=1)
"""So long without a sign of life, and whoever worked on it is taken for gone; a worker gives one every ten seconds."""


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("wacht op haar beurt")
    RUNNING = "running", _("bezig")
    DONE = "done", _("klaar")
    FAILED = "failed", _("mislukt")
    CANCELLED = "cancelled", _("gestopt")


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class Job(AuditedModel):
    """Work that a person asked for.

    ``kind`` names what is done and ``parameters`` with what; ``fingerprint`` is their hash, so that the same work is
    not asked twice at the same time. ``about`` says in words what it is about, at the address of ``about_route``.
    ``attempt`` counts how often it was asked for, the last time at ``asked_at``; only the newest attempt may write. A
    result is a file, a page to go on to, or both; a file is kept until ``kept_until``, and then the job goes with it.
    """

    kind = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    about = models.CharField(_("waarover"), max_length=300)
    about_route = models.CharField(max_length=80)
    about_arguments = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(_("toestand"), max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(_("gevraagd"))
    started_at = models.DateTimeField(_("begonnen"), null=True)
    ended_at = models.DateTimeField(_("beëindigd"), null=True)
    problem = models.TextField(_("wat er misging"), blank=True)
    file = models.FileField(_("bestand"), upload_to="jobs/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    to_route = models.CharField(max_length=80, blank=True)
    to_arguments = models.JSONField(default=list)
    to_query = models.CharField(max_length=300, blank=True)
    kept_until = models.DateTimeField(_("bewaard tot"), null=True)

    class Meta:
        verbose_name = _("taak op de achtergrond")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "state"], name="job_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(attempt__gte=1), name="job_attempt"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at__isnull=True, kept_until__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False, kept_until__isnull=False),
                name="job_ended_when",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(problem=""), name="job_failed_why"),
            models.CheckConstraint(
                condition=Q(file="", file_name="") | (Q(state="done") & ~Q(file="") & ~Q(file_name="")),
                name="job_file_when_done",
            ),
            models.UniqueConstraint(
                fields=["by", "fingerprint"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.about}"

    @property
    def definition(self) -> Kind | None:
        """What is done; None when Draad no longer does it."""
        return kind_of(self.kind)

    @property
    def title(self) -> str:
        """What is done, in the language of the reader."""
        return str(self.definition.title) if self.definition else self.kind

    @property
    def about_address(self) -> str:
        """The page that it is about, in the language of the reader."""
        return reverse(self.about_route, args=self.about_arguments)

    @property
    def to_address(self) -> str:
        """The page to go on to, in the language of the reader; empty when there is none."""
        if not self.to_route:
            return ""
        query = f"?{self.to_query}" if self.to_query else ""
        return f"{reverse(self.to_route, args=self.to_arguments)}{query}"

    @property
    def unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNFINISHED

    @property
    def interrupted(self) -> bool:
        """Whether it runs and whoever worked on it gave no sign of life for a minute."""
        if self.state != JobState.RUNNING:
            return False
        return self.last_sign < timezone.now() - INTERRUPTED_AFTER

    @property
    def waits_long(self) -> bool:
        """Whether it waits for more than a minute already."""
        return self.state == JobState.WAITING and self.last_sign < timezone.now() - INTERRUPTED_AFTER

    @property
    def last_sign(self) -> datetime:
        """When somebody last worked on it; while it waits: when it was asked for."""
        worked_on = self.state != JobState.WAITING and hasattr(self, "progress")
        sign: datetime = self.progress.beat_at if worked_on else self.asked_at
        return sign

    @property
    def state_words(self) -> str:
        """The state as people read it."""
        return str(_("onderbroken")) if self.interrupted else str(self.get_state_display())

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("jobs:job", args=[self.pk])


class JobProgress(models.Model):
    """How far a job is. Steps leave no audit event; only that it was asked for, begun, and what came of it does."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    attempt = models.PositiveSmallIntegerField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=300, blank=True)
    beat_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="job_progress_within_total")
        ]

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"

    @property
    def percentage(self) -> int:
        """How far, in whole percents; 0 as long as the total is not known."""
        return self.done * 100 // self.total if self.total else 0
