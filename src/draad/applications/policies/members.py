"""What the rules of a round allow for who applies together: one reference region, one partnership."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.applications.models import TAKING_PART, Application, Call, Member, MemberState
from draad.applications.policies.access import speaks_for
from draad.applications.policies.calls import check_open
from draad.applications.queries.eligibility import always_eligible
from draad.applications.queries.members import Arrangements, Regions, can_take_part, other_partnership
from draad.applications.states import APPROVING, INVITE, SAVE, WRITING
from draad.organisations.models import Organisation
from draad.organisations.queries import holds
from draad.programmes.models import Round
from draad.programmes.queries import rule_values
from draad.programmes.rules import Parameters


@dataclass(frozen=True)
class Together:
    """The rules of a round on applying together, as they hold for one application today."""

    application: Application

    @property
    def call(self) -> Call:
        """The call that the application answers."""
        found: Call = self.application.call
        return found

    @cached_property
    def rules(self) -> dict[str, Parameters]:
        """The rules of the round by key."""
        return rule_values(self.call.round)

    @cached_property
    def since(self) -> int | None:
        """The earlier round of which partnerships may go on; None when nothing is carried over."""
        number: int = self.rules.get("one_partnership", {}).get("since", self.call.round.number)
        return number if number < self.call.round.number else None

    @cached_property
    def _earlier(self) -> Arrangements | None:
        found = Round.objects.filter(programme_id=self.call.round.programme_id, number=self.since or 0).first()
        return Arrangements(found, timezone.localdate()) if found else None

    @cached_property
    def regions(self) -> Regions:
        """Where every organisation lies today."""
        return Regions(timezone.localdate())

    def carried_over(self, one: Organisation, other: Organisation) -> bool:
        """Whether two applied together in the round of which partnerships may go on."""
        return self._earlier is not None and self._earlier.together(one, other)

    def check_region(self, organisations: Iterable[Organisation]) -> None:
        """Refuse who lies in another reference region than the applicant, unless that was so before.

        Where the applicant has no territory, the first that has one decides.

        Raises:
            ValidationError: naming who lies where.
        """
        if "one_reference_region" not in self.rules:
            return
        applicant = self.application.applicant
        named = [(organisation, self.regions.of(organisation)) for organisation in [applicant, *organisations]]
        home = next((region for _organisation, region in named if region), "")
        outside = [
            _("%(name)s ligt in %(region)s") % {"name": organisation, "region": region}
            for organisation, region in named
            if region and region != home and not self.carried_over(organisation, applicant)
        ]
        if outside:
            raise ValidationError(
                _("Wie samen indient, ligt in één referentieregio. Die is hier %(home)s; %(outside)s.")
                % {"home": home, "outside": ", ".join(outside)}
            )

    def place_in(self, organisation: Organisation, others: Iterable[Organisation]) -> tuple[Call | None, str]:
        """Which call a membership uses up the one partnership of, and why it does not when it does not.

        Raises:
            ValidationError: naming the other partnership.
        """
        if "one_partnership" not in self.rules:
            return None, ""
        if any(self.carried_over(organisation, other) for other in others):
            with translation.override(settings.LANGUAGE_CODE):
                return None, _("samenwerking van ronde %(number)s, loopt door") % {"number": self.since}
        self.check_free(organisation)
        return self.call, ""

    def check_free(self, organisation: Organisation) -> None:
        """Refuse who takes part in another partnership of the call.

        Raises:
            ValidationError: naming the other partnership.
        """
        other = other_partnership(self.call, organisation, self.application)
        if other:
            raise ValidationError(
                _("%(name)s doet al mee aan de samenwerking van %(lead)s (aanvraag %(number)s). Een bestuur neemt "
                  "deel aan één samenwerking.")
                % {"name": organisation, "lead": other.application.applicant, "number": other.application.number}
            )  # fmt: skip


def check_draft(application: Application) -> None:
    """Refuse to change who takes part once the application is handed in, or while its call is not open.

    Raises:
        ValidationError: naming the state, or when the call opens or closed.
    """
    SAVE.check(application.state, application.get_state_display())
    check_open(application.call, application.applicant)


def check_invite(application: Application, organisation: Organisation, known: Member | None) -> None:
    """Refuse to invite who takes part already, who does not exist today, or who can never apply.

    Raises:
        ValidationError: for each of these.
    """
    if organisation.pk == application.applicant_id:
        raise ValidationError(_("%(name)s vraagt zelf aan.") % {"name": organisation})
    if known and known.state in TAKING_PART:
        words = {"name": organisation, "state": known.get_state_display()}
        raise ValidationError(_("%(name)s staat al bij de leden: %(state)s.") % words)
    if known:
        INVITE.check(known.state, known.get_state_display())
    check_can_join(application, organisation)


def check_can_join(application: Application, organisation: Organisation) -> None:
    """Refuse who does not exist today, or can never apply.

    Raises:
        ValidationError: for each of these.
    """
    if not holds(organisation.valid_from, organisation.valid_to, timezone.localdate()):
        raise ValidationError(_("%(name)s bestaat vandaag niet als bestuur. Zoek het bestuur van nu.")
                              % {"name": organisation})  # fmt: skip
    if not can_take_part(organisation, always_eligible(rule_values(application.call.round))):
        raise ValidationError(_("%(name)s is geen bestuur dat kan meedoen.") % {"name": organisation})


def may_answer(member: Member, by: Actor) -> bool:
    """Whether a person speaks for the invited government."""
    return speaks_for(member.organisation_id, by, *APPROVING)


def check_may_answer(member: Member, by: Actor) -> None:
    """Refuse who does not speak for the invited government.

    Raises:
        PermissionDenied: saying who may.
    """
    if not may_answer(member, by):
        raise PermissionDenied(_("Alleen wie goedkeurt voor het uitgenodigde bestuur, kan hierop antwoorden."))


def may_release(member: Member, by: Actor) -> bool:
    """Whether a person may take a member out: who fills in for the applicant, or who speaks for the member."""
    return speaks_for(member.application.applicant_id, by, *WRITING) or may_answer(member, by)


def check_may_release(member: Member, by: Actor) -> None:
    """Refuse who neither fills in for the applicant nor speaks for the member.

    Raises:
        PermissionDenied: saying who may.
    """
    if not may_release(member, by):
        raise PermissionDenied(_("Alleen de aanvrager, of wie goedkeurt voor het lid, kan dit doen."))


def check_not_applicant(member: Member) -> None:
    """Refuse to take the applicant out of its own application.

    Raises:
        ValidationError: saying what can be done instead.
    """
    if member.is_applicant:
        raise ValidationError(_("De aanvrager blijft lid. Gooi de aanvraag weg als die niet doorgaat."))


def check_members(application: Application, members: Iterable[Member]) -> None:
    """Refuse to hand in when the rules on applying together do not hold for who takes part.

    Raises:
        ValidationError: naming who lies elsewhere.
    """
    others = [member.organisation for member in members if member.state == MemberState.ACCEPTED]
    Together(application).check_region([one for one in others if one.pk != application.applicant_id])
