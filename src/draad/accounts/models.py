"""Users and audit events; every table of Draad that people change derives from AuditedModel."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draad.accounts.writing import check_writing


class AuditedQuerySet(models.QuerySet[Any]):
    """Refuses bulk writes that would pass the audit by."""

    def update(self, **kwargs: Any) -> int:
        """Update rows inside a recording only."""
        check_writing(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows inside a recording only."""
        check_writing(self.model)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Create rows inside a recording only."""
        check_writing(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Update rows inside a recording only."""
        check_writing(self.model)
        return super().bulk_update(*args, **kwargs)


class AuditedModel(models.Model):
    """A table that is written only through ``audit.recording``, so that every change leaves an event."""

    objects: ClassVar[models.Manager[Any]] = models.Manager.from_queryset(AuditedQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save inside a recording only."""
        check_writing(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete inside a recording only."""
        check_writing(type(self))
        return super().delete(*args, **kwargs)


class UserManager(BaseUserManager["User"]):
    """Finds users by mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with that mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in. What they may do follows from their memberships of organisations."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=150)
    is_active = models.BooleanField(_("actief"), default=True)
    language = models.CharField(_("taal"), max_length=5, choices=settings.LANGUAGES, default="nl")
    demonstration = models.BooleanField(_("demonstratie"), default=False, help_text="has a known password")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("gebruiker")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Draad has no staff flag; roles come from memberships."""
        return False

    @property
    def is_superuser(self) -> bool:
        """Draad has no superuser; roles come from memberships."""
        return False


class AuditEvent(models.Model):
    """One write: who, when, verb, object, before and after, reason, chained to the event before it."""

    number = models.BigIntegerField(primary_key=True, editable=False)
    at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_key = models.CharField(max_length=40)
    object_label = models.CharField(max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_key"], name="audit_object"),
            models.Index(fields=["user", "number"], name="audit_user"),
            models.Index(fields=["verb"], name="audit_verb"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.object_label}"


class AuditHead(models.Model):
    """The end of the chain: one row, locked while events are added, so that a removed last event shows too.

    ``marks`` stands beside the chain: for each table a word that is new after every recording that wrote the table, by
    which ``draad.accounts.freshness`` knows what still holds.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    marks = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"event {self.number}"
