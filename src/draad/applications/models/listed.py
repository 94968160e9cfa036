"""What public documents list of a round: partnerships and mentor governments, stored as printed, mistakes included."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.organisations.models import Organisation
from draad.programmes.models import Action, Round


class ListedPartnership(AuditedModel):
    """One printed entry of the list of partnerships of a round; an entry that is printed twice is stored twice.

    ``position`` counts the entries of the list from 1; ``lead`` is the organisation of that round that the printed
    name means.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="listed_partnerships")
    position = models.PositiveSmallIntegerField(_("plaats in de lijst"))
    listed_under = models.CharField(_("gedrukt onder"), max_length=80)
    lead_as_printed = models.CharField(_("indiener zoals gedrukt"), max_length=150)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="listed_as_lead")
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["round", "position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="listed_partnership_once")]

    def __str__(self) -> str:
        return f"{self.round} ({self.position}): {self.lead_as_printed}"

    @property
    def identity(self) -> tuple[int, frozenset[tuple[int, int | None]]]:
        """What makes two entries the same partnership: the lead and the partners, whatever their order."""
        partners = ((partner.organisation_id, partner.on_behalf_of_id) for partner in self.partners.all())
        return self.lead_id, frozenset(partners)

    @property
    def page(self) -> tuple[str, list[str | int]]:
        """The route of its page and its arguments."""
        return "applications:partnership", [self.round.programme.slug, self.round.number, self.position]

    def get_absolute_url(self) -> str:
        """Its page."""
        route, arguments = self.page
        return reverse(route, args=arguments)


class ListedPartner(AuditedModel):
    """A partner of a printed entry; ``on_behalf_of`` is the government for which it stands, when it says so."""

    partnership = models.ForeignKey(ListedPartnership, on_delete=models.CASCADE, related_name="partners")
    position = models.PositiveSmallIntegerField()
    as_printed = models.CharField(max_length=150)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="listed_as_partner")
    on_behalf_of = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="listed_through_partner"
    )

    class Meta:
        ordering = ["partnership", "position"]
        constraints = [models.UniqueConstraint(fields=["partnership", "position"], name="listed_partner_once")]

    def __str__(self) -> str:
        return self.as_printed


class ListedMentorship(AuditedModel):
    """A government that mentors others for an action in a round, as printed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="listed_mentorships")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="listed_mentorships")
    position = models.PositiveSmallIntegerField(_("plaats in de lijst"))
    label = models.CharField(_("actie zoals gedrukt"), max_length=150)
    as_printed = models.CharField(_("bestuur zoals gedrukt"), max_length=150)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="listed_mentorships")
    province_as_printed = models.CharField(_("provincie zoals gedrukt"), max_length=80)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["round", "position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="listed_mentorship_once")]

    def __str__(self) -> str:
        return f"{self.as_printed}: {self.label}"

    def get_absolute_url(self) -> str:
        """Where it stands in the list of mentor governments."""
        return reverse("applications:mentorships")
