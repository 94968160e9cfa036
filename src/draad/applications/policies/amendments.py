"""What must hold for a request to change something after the decision, and for its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.models import Amendment, Application, ApplicationState
from draad.applications.policies.fields import read_field
from draad.applications.queries.amendments import KEPT, WORDS, Place, shown, standing_grant
from draad.web.formatting import number

CAN_BE_EMPTY = ("contact_phone", *WORDS)
LONGEST = 2000
Change = dict[str, Any]


def check_decided(application: Application) -> None:
    """Refuse a request where nothing was granted.

    Raises:
        ValidationError: saying that there is nothing to change.
    """
    if application.state != ApplicationState.DECIDED or standing_grant(application) is None:
        raise ValidationError(_("Een wijziging vragen kan na een beslissing die iets toekent."))


def read_changes(places: Iterable[Place], typed: Mapping[str, str]) -> list[Change]:
    """What is asked: every field in which something else was typed than holds now.

    Args:
        places: what can be changed, as it stands now.
        typed: text by field; a field that is absent stays as it is.

    Raises:
        ValidationError: by field what is wrong with it; or that nothing differs.
    """
    found, wrong = [], {}
    for place in places:
        text = typed.get(place.field, place.text).strip()
        if text == place.text:
            continue
        try:
            value = _read(place, text)
        except ValidationError as problem:
            wrong[place.field] = problem
            continue
        if value != place.value:
            found.append({"field": place.field, "label": place.label, "before": place.value, "after": value})
    if wrong:
        raise ValidationError(wrong)
    if not found:
        raise ValidationError(_("Er verandert niets: pas aan wat u wilt wijzigen."))
    return found


def _read(place: Place, text: str) -> str | int:
    if not text and place.field not in CAN_BE_EMPTY:
        raise ValidationError(_("Dit kan niet leeg worden."))
    if place.field in WORDS:
        if len(text) > LONGEST:
            raise ValidationError(_("Hou het korter: hoogstens %(most)s tekens.") % {"most": number(LONGEST)})
        return text
    value = read_field(place.field, text)
    if place.most is not None and isinstance(value, int) and value > place.most:
        raise ValidationError(
            _("Een wijziging kan het aantal alleen verlagen; nu zijn het er %(most)s. Meer vragen kan in een volgende "
              "oproep.") % {"most": number(place.most)}
        )  # fmt: skip
    return value if isinstance(value, int) else str(value or "")


def check_unchanged(amendment: Amendment, application: Application) -> None:
    """Refuse to accept a request that starts from a contact or account that no longer holds.

    Raises:
        ValidationError: naming what holds now.
    """
    for change in amendment.changes:
        name = change["field"]
        now = getattr(application, name) if name in KEPT else change["before"]
        if now != change["before"]:
            raise ValidationError(
                _("%(label)s is intussen “%(now)s”. Weiger dit verzoek; het bestuur kan een nieuw doen.")
                % {"label": change["label"], "now": shown(name, now)}
            )
