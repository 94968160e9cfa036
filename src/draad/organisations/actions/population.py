"""Inhabitants that people upload: read, kept, confirmed or thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount, sync
from draad.organisations.actions.mirror import ROOM
from draad.organisations.models import PopulationFigure, PopulationGroup, PopulationUpload, Territory
from draad.organisations.policies import check_confirm
from draad.organisations.population_file import Checked

KEPT_FOR = timedelta(hours=24)
MAY = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)


@dataclass(frozen=True)
class About:
    """What a file of inhabitants counts: who, on which day, according to whom."""

    file_name: str
    reference_date: date
    group: PopulationGroup
    source: str


def keep_population_upload(checked: Checked, about: About, *, by: Actor) -> PopulationUpload:
    """Keep the rows of a file until its uploader confirms; uploads that nobody confirmed in a day are thrown away."""
    by.require(*MAY)
    if by.user is None:
        raise PermissionDenied(_("Alleen wie is aangemeld, kan een bestand opladen."))
    now = timezone.now()
    PopulationUpload.objects.filter(expires_at__lt=now).delete()
    return PopulationUpload.objects.create(
        owner=by.user,
        created_at=now,
        expires_at=now + KEPT_FOR,
        file_name=about.file_name[:200],
        reference_date=about.reference_date,
        group=about.group.value,
        source=about.source,
        rows=checked.good,
        problems=[(problem.row, problem.field, problem.sentence) for problem in checked.problems],
        skipped=checked.skipped,
    )


def confirm_population_upload(upload: PopulationUpload, *, by: Actor, good_rows_only: bool = False) -> SyncCount:
    """Store the figures of an upload; a figure that changes leaves an event with its old and new value.

    Raises:
        PolicyError: see ``policies.check_confirm``.
    """
    by.require(*MAY)
    check_confirm(upload, good_rows_only=good_rows_only)
    pks = dict(Territory.objects.values_list("nis", "pk"))
    rows = [
        {"territory_id": pks[nis], "reference_date": upload.reference_date, "group": upload.group,
         "persons": persons, "source": upload.source}
        for nis, persons in upload.rows
    ]  # fmt: skip
    reason = _("opgeladen: %(file)s") % {"file": upload.file_name}
    with audit.recording(by=by, reason=reason) as log:
        within = Q(reference_date=upload.reference_date, group=upload.group)
        count = sync(log, PopulationFigure, rows, key=["territory_id"], room=ROOM, within=within)
        upload.delete()
    return count


def drop_population_upload(upload: PopulationUpload, *, by: Actor) -> None:
    """Throw away what was read; nothing was stored."""
    by.require(*MAY)
    upload.delete()
