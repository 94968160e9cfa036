"""The form of an application as its page shows it: rows, sums, shares, incentives, and what is still needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from draad.applications.amounts import above_ceiling, own_contribution, total
from draad.applications.forms.controls import Control, Texts
from draad.applications.forms.formrows import LineRow, MemberRow
from draad.applications.models import ApplicationLine, AttachmentKind, IncentiveKind, Member
from draad.applications.policies.checklist import Need, needs
from draad.applications.policies.corrections import can_take_over
from draad.applications.policies.fields import YES, incentive_field
from draad.applications.policies.form import can_attach, can_change_lines, is_fillable
from draad.applications.policies.incentives import amount_of
from draad.applications.queries.corrections import Correction, corrections_of
from draad.applications.queries.form import Filled
from draad.applications.queries.formtexts import stored_texts
from draad.methods.rounding import percentages


@dataclass(frozen=True)
class Offer:
    """An incentive that can be asked: its box, its amount, whether it is for an action."""

    kind: str
    label: str
    control: Control
    amount: Decimal | None


@dataclass
class FormPage:
    """The form of an application.

    Args:
        form: everything that is filled in.
        readonly: shows values instead of fields, whatever may be changed.
        typed: text by field that stands on the page instead of what is stored: what could not be saved at all.
        problems: what is wrong with the form as a whole.
        lost: label and text of what was typed in fields that are gone or closed.
    """

    form: Filled
    readonly: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def editable(self) -> bool:
        """Whether there is anything to fill in."""
        return not self.readonly and is_fillable(self.form)

    @cached_property
    def can_change_lines(self) -> bool:
        """Whether lines can be added and removed."""
        return not self.readonly and can_change_lines(self.form)

    @cached_property
    def can_attach(self) -> bool:
        """Whether attachments can be added and removed."""
        return not self.readonly and can_attach(self.form)

    @cached_property
    def corrections(self) -> list[Correction]:
        """The lines whose terms were corrected since."""
        return corrections_of(self.form)

    @cached_property
    def movable(self) -> list[Correction]:
        """Those that can be moved to the corrected terms by who reads this."""
        return [one for one in self.corrections if self.editable and can_take_over(self.form, one)]

    @cached_property
    def texts(self) -> Texts:
        """What every field holds."""
        stored, unsaved = stored_texts(self.form), self.form.application.unsaved
        known = {name: text for name, text in {**unsaved, **self.typed}.items() if name in stored}
        named = frozenset(self.form.question.fields) if self.form.question else None
        return Texts({**stored, **known}, stored, unsaved, self.editable, named)

    @cached_property
    def base(self) -> str:
        """What the writer has before them, to tell later what they changed: by field, as JSON."""
        shown = {**self.texts.stored, **self.form.application.unsaved}
        offers = {offer.control.name: offer.control.text for offer in self.offers}
        return json.dumps({name: shown.get(name, "") for name in [*self.texts.stored, *offers]}, ensure_ascii=False)

    @cached_property
    def plain(self) -> dict[str, Control]:
        """Contact, account, statement and remarks."""
        return self.texts.plain()

    @property
    def contact(self) -> list[Control]:
        """Who can be asked."""
        return [self.plain[name] for name in ("contact_name", "contact_email", "contact_phone")]

    @property
    def account(self) -> list[Control]:
        """Where the money goes."""
        return [self.plain[name] for name in ("iban", "account_holder")]

    @cached_property
    def explanations(self) -> list[tuple[str, Control]]:
        """The explanation of every action that has a line."""
        return self.texts.explanations(self.form)

    @cached_property
    def rows(self) -> list[LineRow]:
        """The lines in the order of their priority."""
        priorities = [line.priority for line in self.form.lines]
        unique = "unique_priority" in self.form.rules
        return [
            self._row(line, twice=unique and line.priority is not None and priorities.count(line.priority) > 1)
            for line in self.form.lines
        ]

    def _row(self, line: ApplicationLine, *, twice: bool) -> LineRow:
        asked = self.form.asked(line)
        priority, existing, planned = self.texts.numbers(line)
        shares = self.texts.shares(line, self.partner_names) if self.shared else []
        units = [self.form.shares.get((line.pk, member.pk)) for member in self.form.partners]
        known = [share.planned for share in units if share and share.planned is not None]
        return LineRow(
            line, priority, existing, planned, asked.most_units, above_ceiling(asked), twice,
            line is self.form.lines[0], line is self.form.lines[-1], shares, sum(known) if known else None,
        )  # fmt: skip

    @cached_property
    def partner_names(self) -> dict[int, str]:
        """The names of the partners by primary key of their membership."""
        return {member.pk: str(member.organisation) for member in self.form.partners}

    @property
    def shared(self) -> bool:
        """Whether the lines are divided over partners."""
        return len(self.form.partners) > 1

    @cached_property
    def members(self) -> list[MemberRow]:
        """Who takes part."""
        amounts = [self._amount_of(member) for member in self.form.members]
        known = [int((amount or 0) * 100) for amount in amounts]
        shown = percentages(known, 1, add_up=True) if any(known) else []
        parts = [None if amount is None else part for amount, part in zip(amounts, shown or amounts, strict=True)]
        given = {file.member_id for file in self.form.attachments if file.kind == AttachmentKind.MANDATE}
        return [
            MemberRow(member, amount, part, member.pk in given)
            for member, amount, part in zip(self.form.members, amounts, parts, strict=True)
        ]

    def _amount_of(self, member: Member) -> Decimal | None:
        """What of the lines is a member's: all of them for who applies alone."""
        if not self.shared:
            return self.actions_total if member.is_applicant else None
        return total(share.amount for share in self.form.shares.values() if share.member_id == member.pk)

    @property
    def members_total(self) -> Decimal | None:
        """What is divided over the members."""
        return total(row.amount for row in self.members)

    @property
    def asks_mandates(self) -> bool:
        """Whether the round asks a mandate of each member."""
        return "member_mandate" in self.form.rules

    @cached_property
    def offers(self) -> list[Offer]:
        """The incentives with a box: cooperation for who applies together, the bond, and each mentorship asked."""
        applicant = self.form.application.applicant_id
        found = []
        for kind in (IncentiveKind.COOPERATION, IncentiveKind.IMPACT_BOND):
            name, amount = incentive_field(kind, applicant), amount_of(kind, self.form.rules)
            if amount is not None and (kind != IncentiveKind.COOPERATION or self.form.together):
                found.append(Offer(kind, str(kind.label), self._box(name, str(kind.label)), amount))
        for asked in self.form.incentives:
            if asked.kind == IncentiveKind.MENTORSHIP:
                name = incentive_field(asked.kind, asked.organisation_id, asked.action_id)
                label = f"{asked.organisation}, {asked.action}"
                found.append(Offer(asked.kind, label, self._box(name, label), asked.amount))
        return found

    def _box(self, name: str, label: str) -> Control:
        control = self.texts.control(name, label)
        named = self.form.question is None
        return Control(name, label, YES if control.text else "", editable=self.editable and named)

    @property
    def mentorship(self) -> Decimal | None:
        """What a mentorship brings; None when the round has none."""
        return amount_of(IncentiveKind.MENTORSHIP, self.form.rules)

    @cached_property
    def actions_total(self) -> Decimal | None:
        """The sum of the lines."""
        return total(line.amount for line in self.form.lines)

    @cached_property
    def incentive_totals(self) -> list[tuple[str, Decimal]]:
        """The sum of each kind of incentive that is asked."""
        kinds = [kind for kind in IncentiveKind if any(asked.kind == kind for asked in self.form.incentives)]
        return [
            (str(kind.label), total(i.amount for i in self.form.incentives if i.kind == kind) or Decimal(0))
            for kind in kinds
        ]

    @cached_property
    def own(self) -> Decimal | None:
        """What the governments pay themselves; None when the round does not say, or nothing has an amount."""
        rule = self.form.rules.get("half_of_cost")
        if rule is None or self.actions_total is None:
            return None
        return own_contribution(self.actions_total, int(rule["share"]))

    @cached_property
    def needs(self) -> list[Need]:
        """What is still needed."""
        return needs(self.form)

    @cached_property
    def faulty(self) -> list[Control]:
        """The fields that hold something that cannot be stored, or of which a value must be chosen."""
        numbers = [c for row in self.rows for c in (row.priority, row.existing, row.planned, *row.shares)]
        texts = [control for _action, control in self.explanations]
        return [c for c in [*numbers, *self.plain.values(), *texts] if c.fault or c.choice]
