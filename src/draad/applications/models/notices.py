"""What people were told about a call or an application."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.applications.models.applications import Application
from draad.applications.models.calls import Call


class Notice(AuditedModel):
    """A mail as it was sent: to whom, about what, which words. ``key`` names the kind of notice."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="notices")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="notices")
    key = models.CharField(max_length=40)
    at = models.DateTimeField(_("verstuurd op"))
    recipients = models.JSONField(help_text="mail addresses")
    subject = models.CharField(_("onderwerp"), max_length=200)
    body = models.TextField(_("tekst"))

    class Meta:
        verbose_name = _("bericht")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["application", "at"], name="notice_application")]

    def __str__(self) -> str:
        return self.subject
