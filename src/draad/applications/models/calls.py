"""A call: the window in which governments apply to a round, what they read before, and what they are mailed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditedModel
from draad.organisations.models import Organisation
from draad.programmes.models import Round

APPEAL = (
    "Bent u het niet eens met deze beslissing? Dan kunt u binnen 60 dagen na de kennisgeving een verzoekschrift tot "
    "nietigverklaring indienen bij de afdeling Bestuursrechtspraak van de Raad van State."
)
"""The ways of appeal as a new call begins with them, in Dutch as every letter.

Annulment by the Council of State: coordinated laws of 12 January 1973, article 14, § 1. Sixty days: Regent's decree of
23 August 1948 on the procedure of the administrative litigation section, article 4, § 1. The term only runs when the
notice names the appeal and its form: article 19 of the same laws, and article II.21 of the Flemish Bestuursdecreet of
7 December 2018. A lawyer of the agency confirms the text before a round in earnest.
"""


class CallState(models.TextChoices):
    """Whether a call is known to governments. Whether it is open follows from the clock and is never stored."""

    DRAFT = "draft", _("ontwerp")
    PUBLISHED = "published", _("gepubliceerd")
    CANCELLED = "cancelled", _("ingetrokken")


class Call(AuditedModel):
    """The call of a round: open from ``opens_at`` until just before ``closes_at`` (moments).

    ``example`` marks generated data: every page, sheet and file that shows the call or what hangs on it says so;
    ``made_from`` names the seed, the scale and the hash of the example, so that it can be made again.
    ``revision`` counts the times that the draft was saved. ``appeal`` is the paragraph of every letter that names the
    ways of appeal; empty leaves it out.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="call", verbose_name=_("ronde"))
    state = models.CharField(_("toestand"), max_length=10, choices=CallState.choices, default=CallState.DRAFT)
    opens_at = models.DateTimeField(_("opent op"), null=True, blank=True)
    closes_at = models.DateTimeField(_("sluit op"), null=True, blank=True)
    introduction = models.TextField(_("inleiding"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mailadres"), blank=True)
    contact_phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    cofinancing_statement = models.TextField(_("verklaring van eigen inbreng"), blank=True)
    appeal = models.TextField(_("hoe men in beroep gaat"), blank=True, default=APPEAL)
    payer_name = models.CharField(_("betaler"), max_length=70, blank=True)
    payer_iban = models.CharField(_("rekening van de betaler (IBAN)"), max_length=34, blank=True)
    payer_bic = models.CharField(_("bank van de betaler (BIC)"), max_length=11, blank=True)
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True)
    example = models.BooleanField(_("voorbeeld"), default=False)
    made_from = models.CharField(max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("oproep")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="call_window",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(opens_at__isnull=False, closes_at__isnull=False, published_at__isnull=False),
                name="call_published_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{_('oproep')} {self.round}"


class Extension(AuditedModel):
    """A later closing, for one applicant or, without an organisation, for all."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="extensions")
    closes_at = models.DateTimeField(_("sluit op"))
    reason = models.TextField(_("reden"))
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("verlenging")
        ordering = ["created_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason")]

    def __str__(self) -> str:
        return f"{self.call}: {self.organisation or _('alle besturen')}"


class CallDocument(AuditedModel):
    """A document that governments read before they apply."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("titel"), max_length=150)
    file = models.FileField(_("bestand"), upload_to="calls/")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("document bij een oproep")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class MailTemplate(AuditedModel):
    """The text of a notice of a call; a notice without one has the text that Draad ships."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="mail_templates")
    key = models.CharField(max_length=40)
    subject = models.CharField(_("onderwerp"), max_length=150)
    body = models.TextField(_("tekst"))

    class Meta:
        verbose_name = _("mailsjabloon")
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="mail_template_once")]

    def __str__(self) -> str:
        return f"{self.call}: {self.key}"


class DecisionReason(AuditedModel):
    """A reason of a call why somebody gets less than was asked.

    ``sentence`` stands in the letter, before what explains it; English pages show ``sentence_en``. ``partly``
    and ``refused`` say for which outcomes it may be chosen; ``needs_text`` that it needs an explanation.
    What was decided keeps the words of its day.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reasons")
    key = models.SlugField(_("code"), max_length=40)
    sentence = models.CharField(_("zin in de brief"), max_length=300)
    sentence_en = models.CharField(_("zin in het Engels"), max_length=300)
    partly = models.BooleanField(_("bij een deel"), default=True)
    refused = models.BooleanField(_("bij een weigering"), default=True)
    needs_text = models.BooleanField(_("toelichting nodig"), default=False)
    in_use = models.BooleanField(_("in gebruik"), default=True)
    place = models.PositiveSmallIntegerField(_("volgorde"))
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reden van een beslissing")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="decision_reason_once"),
            models.CheckConstraint(condition=~Q(sentence="") & ~Q(sentence_en=""), name="decision_reason_says"),
            models.CheckConstraint(condition=Q(partly=True) | Q(refused=True), name="decision_reason_for"),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The sentence in the language of the reader."""
        return self.sentence_en if get_language() == "en" else self.sentence


class LetterTemplate(AuditedModel):
    """A Word template for the letters of a call, by outcome; without one Draad's own is used."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="letter_templates")
    key = models.CharField(max_length=40)
    file = models.FileField(_("bestand"), upload_to="letters/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("briefsjabloon")
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="letter_template_once")]

    def __str__(self) -> str:
        return f"{self.call}: {self.key}"
