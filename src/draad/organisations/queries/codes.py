"""Finds organisations by a code: KBO and OVO of the organisation, NIS of a territory of now or of once."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q
from django.utils import timezone

from draad.organisations.models import Jurisdiction, Organisation
from draad.organisations.queries.names import Found
from draad.organisations.queries.periods import holds
from draad.organisations.queries.timeline import timeline

CODE = re.compile(r"OVO\d{6}|\d{5}|\d{9,10}")


def find_code(text: str, on: date | None = None) -> list[Found]:
    """The organisation of ``on`` (default today) with that KBO, OVO or NIS code, written with or without dots.

    A code of an organisation or territory that went up in another gives the one that it went up in.
    """
    code = re.sub(r"[ .\-/]", "", text).upper().removeprefix("BE")
    if not CODE.fullmatch(code):
        return []
    day = on or timezone.localdate()
    held = Jurisdiction.objects.filter(territory__nis=code).values_list("organisation_id", flat=True)
    carriers = Organisation.objects.filter(Q(kbo=code.zfill(10)) | Q(ovo=code) | Q(pk__in=held)).order_by("name")
    found: dict[int, Found] = {}
    for carrier in carriers:
        if holds(carrier.valid_from, carrier.valid_to, day):
            found.setdefault(carrier.pk, Found(carrier, carrier.name))
        else:
            for pk in timeline().governments_on(carrier.pk, day):
                found.setdefault(pk, Found(Organisation.objects.get(pk=pk), carrier.name, carrier))
    return list(found.values())
