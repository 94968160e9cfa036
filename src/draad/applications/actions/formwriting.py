"""Every write of the form: under the lock of the application, and afterwards counted anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.applications.amounts import line_amounts, share_amounts, total
from draad.applications.models import Application, ApplicationLine, LineShare
from draad.applications.policies.access import check_may_write
from draad.applications.policies.corrections import COUNTED
from draad.applications.policies.fields import line_field
from draad.applications.policies.form import check_fillable
from draad.applications.queries.form import Filled, filled, locked_application
from draad.applications.states import SAVE

LINE = "applications.line"
SHARE = "applications.share"


@dataclass
class Filling:
    """An application while it is written; ``columns`` are new values of the application itself."""

    log: Recording
    form: Filled
    columns: dict[str, Any] = field(default_factory=dict)

    def share(self, line: ApplicationLine, member: int, planned: int | None) -> None:
        """Set what a member takes of a line; None takes the share away."""
        known = self.form.shares.get((line.pk, member))
        if known is None and planned is not None:
            taking = next(found for found in self.form.members if found.pk == member)
            fresh = LineShare(line=line, member=taking, planned=planned)
            self.form.shares[line.pk, member] = self.log.create(fresh, verb=f"{SHARE}.add")
        elif known is not None and planned is None:
            del self.form.shares[line.pk, member]
            self.log.remove(known, verb=f"{SHARE}.remove")
        elif known is not None:
            self.log.change(known, verb=f"{SHARE}.change", planned=planned)

    def ask_again(self, line: ApplicationLine) -> None:
        """Let a person confirm the units of a line that are counted otherwise now: they wait beside it as typed."""
        unsaved = self.columns.setdefault("unsaved", dict(self.form.application.unsaved))
        for column in COUNTED:
            value = getattr(line, column)
            if value is not None:
                unsaved[line_field(line.pk, column)] = str(value)
        self.log.change(line, verb=f"{LINE}.change", **dict.fromkeys(COUNTED))


@contextmanager
def filling(application: Application, *, by: Actor) -> Iterator[Filling]:
    """Open an application to write in it; when anything was written, its amounts and revision follow.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when its state or the call does not allow it.
    """
    check_may_write(application, by)
    with audit.recording(by=by) as log:
        opened = Filling(log, locked(application))
        check_fillable(opened.form)
        yield opened
        settle(opened)


def locked(application: Application) -> Filled:
    """The application as it is now; nobody else writes it until the end of the transaction."""
    return filled(locked_application(application))


def settle(opened: Filling) -> None:
    """Count the lines, the shares and the sum anew, and tell by the revision that something was written."""
    form, log = opened.form, opened.log
    form.sort()
    for line, amount in zip(form.lines, line_amounts(form.asked(line) for line in form.lines), strict=True):
        if line.amount != amount:
            log.change(line, verb=f"{LINE}.count", amount=amount)
    _settle_shares(opened)
    incentives = [incentive.amount for incentive in form.incentives]
    requested = total([*(line.amount for line in form.lines), *incentives])
    values = opened.columns | {"requested": requested}
    application = form.application
    if not log.entries and all(getattr(application, name) == value for name, value in values.items()):
        return
    log.change(application, verb=SAVE.verb, **values, revision=application.revision + 1, saved_at=timezone.now())


def _settle_shares(opened: Filling) -> None:
    form = opened.form
    if not form.together:
        return
    for line in form.lines:
        held = {member.pk: form.shares.get((line.pk, member.pk)) for member in form.partners}
        parts = {pk: share.planned if share else None for pk, share in held.items()}
        amounts = share_amounts(line.amount, line.planned, parts)
        for pk, share in held.items():
            if share is not None and share.amount != amounts.get(pk):
                opened.log.change(share, verb=f"{SHARE}.count", amount=amounts.get(pk))
