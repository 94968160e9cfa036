"""Who answers for a measure or takes part in it: names as printed, and the organisations that they mean."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.organisations.models import Organisation
from draad.plans.models.measures import Measure


class PartyRole(models.TextChoices):
    """What a party does; the values are the names of the boxes of a sheet."""

    RESPONSIBLE_CABINET = "responsible_cabinets", _("verantwoordelijk kabinet")
    RESPONSIBLE_ADMINISTRATION = "responsible_administrations", _("verantwoordelijke administratie")
    INVOLVED_CABINET = "involved_cabinets", _("betrokken kabinet")
    INVOLVED_ADMINISTRATION = "involved_administrations", _("betrokken administratie")
    PARTNER = "other_partners", _("andere partner")

    @property
    def group(self) -> PartyGroup:
        """In which group its names are looked up."""
        return PartyGroup.CABINET if self.value.endswith("cabinets") else PartyGroup.BODY


class PartyGroup(models.TextChoices):
    """One word can name a cabinet and an administration (“Onderwijs”), so each group has its own names."""

    CABINET = "cabinet", _("kabinet")
    BODY = "body", _("administratie of partner")


class MeasureParty(AuditedModel):
    """A name in a box of a sheet; without organisation it waits in the queue of unknown names."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(_("rol"), max_length=30, choices=PartyRole.choices)
    group = models.CharField(max_length=10, choices=PartyGroup.choices)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("naam zoals gedrukt"), max_length=150)
    folded = models.CharField(max_length=150)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="measure_parts", verbose_name=_("organisatie")
    )

    class Meta:
        ordering = ["measure", "role", "position"]
        constraints = [models.UniqueConstraint(fields=["measure", "role", "position"], name="measure_party_once")]
        indexes = [
            models.Index(fields=["group", "folded"], condition=Q(organisation__isnull=True), name="party_unmatched")
        ]

    def __str__(self) -> str:
        return self.name


class PartyAlias(AuditedModel):
    """A name in use in plans that a person gave to an organisation; from then on it is known."""

    group = models.CharField(max_length=10, choices=PartyGroup.choices)
    folded = models.CharField(max_length=150)
    name = models.CharField(_("naam zoals gedrukt"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="party_aliases", verbose_name=_("organisatie")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "folded"], name="party_alias_once")]

    def __str__(self) -> str:
        return f"{self.name} → {self.organisation}"
