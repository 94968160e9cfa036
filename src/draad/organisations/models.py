"""Organisations and territories, each with its own key and its own life; what joins them has dates.

An organisation (key KBO, OVO) survives a merger or ends with it; a territory (key NIS) gets a new code in a merger.
``valid_to`` is the last day (inclusive) everywhere; empty is still valid. ``valid_from`` empty is not known.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.accounts.roles import Role


def period_in_order(name: str) -> models.CheckConstraint:
    """The rule that a period does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    LOCAL_GOVERNMENT = "local_government", _("lokaal bestuur")
    COMMUNITY_COMMISSION = "community_commission", _("gemeenschapscommissie")
    ADMINISTRATION = "administration", _("administratie")
    CABINET = "cabinet", _("kabinet")
    AGENCY = "agency", _("agentschap")
    ASSOCIATION = "association", _("vereniging")


class Organisation(AuditedModel):
    """A legal body. Its official names through time stand in OrganisationName; ``name`` is the newest."""

    slug = models.SlugField(_("adres"), max_length=80, unique=True)
    kind = models.CharField(_("soort"), max_length=30, choices=OrganisationKind.choices)
    name = models.CharField(_("naam"), max_length=150)
    kbo = models.CharField(_("ondernemingsnummer (KBO)"), max_length=10, null=True, unique=True)
    ovo = models.CharField(_("OVO-code"), max_length=9, null=True, unique=True)
    valid_from = models.DateField(_("van"), null=True)
    valid_to = models.DateField(_("tot en met"), null=True)
    source = models.CharField(_("bron"), max_length=300)

    class Meta:
        verbose_name = _("organisatie")
        constraints = [
            period_in_order("organisation_period"),
            models.CheckConstraint(
                condition=Q(kbo__isnull=True) | Q(kbo__regex=r"^[01][0-9]{9}$"), name="organisation_kbo"
            ),
            models.CheckConstraint(
                condition=Q(ovo__isnull=True) | Q(ovo__regex=r"^OVO[0-9]{6}$"), name="organisation_ovo"
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="organisation_kind_name")]

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    """Whether a name is official or only in use."""

    OFFICIAL = "official", _("officiële naam")
    ALIAS = "alias", _("ook genoemd")


class OrganisationName(AuditedModel):
    """A name of an organisation during a period; old names find today's organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="names", verbose_name=_("organisatie")
    )
    name = models.CharField(_("naam"), max_length=150)
    folded = models.CharField(
        _("naam om te zoeken"),
        max_length=150,
        help_text="the name without accents, capitals and hyphens, to search on",
    )
    kind = models.CharField(_("soort"), max_length=10, choices=NameKind.choices)
    valid_from = models.DateField(_("van"), null=True)
    valid_to = models.DateField(_("tot en met"), null=True)
    source = models.CharField(_("bron"), max_length=300)

    class Meta:
        verbose_name = _("naam van een organisatie")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "valid_from"], name="organisation_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(valid_from__isnull=True),
                name="organisation_name_undated_once",
            ),
            period_in_order("organisation_name_period"),
        ]
        indexes = [models.Index(fields=["folded"], name="organisation_name_folded")]

    def __str__(self) -> str:
        return self.name


class Territory(AuditedModel):
    """The territory of a municipality under one NIS code."""

    nis = models.CharField(_("NIS-code"), max_length=5, unique=True)
    name = models.CharField(_("naam"), max_length=150)
    valid_from = models.DateField(_("van"), null=True)
    valid_to = models.DateField(_("tot en met"), null=True)
    centre_city = models.BooleanField(_("centrumstad"))
    city_title = models.BooleanField(_("stadstitel (niet nagekeken)"), null=True)
    source = models.CharField(_("bron"), max_length=300)

    class Meta:
        verbose_name = _("grondgebied")
        constraints = [
            period_in_order("territory_period"),
            models.CheckConstraint(condition=Q(nis__regex=r"^[1-9][0-9]{4}$"), name="territory_nis"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaKind(models.TextChoices):
    """Ways to divide Flanders."""

    PROVINCE = "province", _("provincie")
    ARRONDISSEMENT = "arrondissement", _("arrondissement")
    REFERENCE_REGION = "reference_region", _("referentieregio")


class Area(AuditedModel):
    """A province, arrondissement or reference region; reference regions have editions (2022, 2025)."""

    kind = models.CharField(_("soort"), max_length=20, choices=AreaKind.choices)
    edition = models.CharField(_("editie"), max_length=4, blank=True)
    name = models.CharField(_("naam"), max_length=80)
    source = models.CharField(_("bron"), max_length=300)

    class Meta:
        verbose_name = _("gebied")
        constraints = [models.UniqueConstraint(fields=["kind", "edition", "name"], name="area_once")]

    def __str__(self) -> str:
        return self.name


class TerritoryArea(AuditedModel):
    """In which area of each kind and edition a territory lies: exactly one."""

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="areas", verbose_name=_("grondgebied")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="territories", verbose_name=_("gebied"))
    kind = models.CharField(_("soort"), max_length=20, choices=AreaKind.choices)
    edition = models.CharField(_("editie"), max_length=4, blank=True)

    class Meta:
        verbose_name = _("ligging")
        constraints = [models.UniqueConstraint(fields=["territory", "kind", "edition"], name="territory_in_one_area")]

    def __str__(self) -> str:
        return f"{self.territory} in {self.area}"


class Jurisdiction(AuditedModel):
    """Which organisation governs which territory, and when."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="jurisdictions", verbose_name=_("organisatie")
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="jurisdictions", verbose_name=_("grondgebied")
    )
    valid_from = models.DateField(_("van"), null=True)
    valid_to = models.DateField(_("tot en met"), null=True)
    identifier_source = models.CharField(_("bron van de nummers"), max_length=100)

    class Meta:
        verbose_name = _("bevoegdheid")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "territory"], name="jurisdiction_once"),
            period_in_order("jurisdiction_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.territory.nis}"


class Succession(AuditedModel):
    """A territory that went up in another on a date (a merger)."""

    predecessor = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="successions", verbose_name=_("voorganger")
    )
    successor = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="precessions", verbose_name=_("opvolger")
    )
    on = models.DateField(_("datum"))
    source = models.CharField(_("bron"), max_length=300)

    class Meta:
        verbose_name = _("opvolging")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class PopulationGroup(models.TextChoices):
    """Who is counted in a population figure."""

    TOTAL = "total", _("alle inwoners")
    NON_EU15 = "non_eu15", _("inwoners van herkomst buiten de EU-15")
    NON_EU14 = "non_eu14", _("inwoners van herkomst buiten de EU-14")


class PopulationFigure(AuditedModel):
    """Inhabitants (persons) of a territory on a date."""

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="population", verbose_name=_("grondgebied")
    )
    reference_date = models.DateField(_("referentiedatum"))
    group = models.CharField(_("wie"), max_length=10, choices=PopulationGroup.choices)
    persons = models.PositiveIntegerField(_("personen"))
    source = models.CharField(_("bron"), max_length=300)

    class Meta:
        verbose_name = _("inwoneraantal")
        constraints = [
            models.UniqueConstraint(fields=["territory", "reference_date", "group"], name="population_once"),
            models.CheckConstraint(condition=Q(persons__gte=0), name="population_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.territory} {self.reference_date}: {self.persons}"


class PopulationUpload(models.Model):
    """A file of inhabitants that was read and waits for its uploader to confirm; scratch, so not audited.

    ``rows`` holds what can be stored as ``[nis, persons]``; ``problems`` the sentences about the other rows as
    ``[row number, field, sentence]``; ``skipped`` the row numbers that give no figure.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    reference_date = models.DateField(_("referentiedatum"))
    group = models.CharField(_("wie"), max_length=10, choices=PopulationGroup.choices)
    source = models.CharField(_("bron"), max_length=300)
    rows = models.JSONField()
    problems = models.JSONField()
    skipped = models.JSONField()

    class Meta:
        verbose_name = _("opgeladen inwoners")

    def __str__(self) -> str:
        return self.file_name


class TilePosition(AuditedModel):
    """The square of a municipality on the tile map of an edition (2024 or 2025)."""

    edition = models.CharField(_("editie"), max_length=4)
    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="tiles", verbose_name=_("grondgebied")
    )
    column = models.PositiveSmallIntegerField(_("kolom"))
    row = models.PositiveSmallIntegerField(_("rij"))

    class Meta:
        verbose_name = _("plaats op de tegelkaart")
        constraints = [
            models.UniqueConstraint(fields=["edition", "territory"], name="tile_of_territory"),
            models.UniqueConstraint(fields=["edition", "column", "row"], name="tile_free"),
        ]

    def __str__(self) -> str:
        return f"{self.territory} ({self.column}, {self.row})"


class BoundarySet(AuditedModel):
    """Real boundaries that an administrator loaded for an edition."""

    edition = models.CharField(_("editie"), max_length=4, unique=True)
    source = models.CharField(_("bron"), max_length=300)
    loaded_at = models.DateTimeField(_("ingeladen op"))
    height = models.PositiveSmallIntegerField(_("hoogte"), help_text="height of the drawing; it is 1000 wide")
    borders = models.TextField(_("provinciegrenzen"), blank=True, help_text="SVG path of the lines between provinces")

    class Meta:
        verbose_name = _("grenzen")

    def __str__(self) -> str:
        return self.edition


class Boundary(AuditedModel):
    """The outline of a territory as an SVG path in the coordinates of its set (0 to 1000 wide, y downwards)."""

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="boundaries")
    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="boundaries", verbose_name=_("grondgebied")
    )
    path = models.TextField()
    x = models.FloatField(help_text="a point inside, for a mark")
    y = models.FloatField()

    class Meta:
        verbose_name = _("grens")
        constraints = [models.UniqueConstraint(fields=["boundary_set", "territory"], name="boundary_once")]

    def __str__(self) -> str:
        return str(self.territory)


class Membership(AuditedModel):
    """A person who holds a role for an organisation during a period."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("persoon")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisatie")
    )
    role = models.CharField(_("rol"), max_length=30, choices=Role.choices)
    valid_from = models.DateField(_("van"))
    valid_to = models.DateField(_("tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("rol")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role", "valid_from"], name="membership_once"),
            period_in_order("membership_period"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"
