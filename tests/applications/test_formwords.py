"""What stands around the form of an application: until when it can be handed in, and how long that is."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from draad.applications.forms.formwords import closing
from draad.applications.models import Call
from draad.applications.queries.form import filled
from tests.applications.making import CLOSES, make_application

pytestmark = pytest.mark.django_db
LAST = "tot en met 1 juli 2022"
BRUSSELS = ZoneInfo("Europe/Brussels")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2022, 6, 29, 12, tzinfo=BRUSSELS), f"Indienen kan {LAST}, nog 2 dagen"),
        (datetime(2022, 6, 30, 23, 59, tzinfo=BRUSSELS), f"Indienen kan {LAST}, nog 1 dag"),
        (datetime(2022, 7, 1, tzinfo=BRUSSELS), f"Indienen kan {LAST}, vandaag"),
        (CLOSES - SECOND, f"Indienen kan {LAST}, vandaag"),
        (CLOSES, f"Indienen kon {LAST}"),
    ],
)
def test_the_last_day_is_told_with_the_days_that_are_left(call: Call, now: datetime, said: str) -> None:
    form = filled(make_application(call))
    with time_machine.travel(now, tick=False):
        assert closing(form) == said
