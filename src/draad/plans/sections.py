"""What rooms above add to the pages of this room: on a measure, such as the programme actions that carry it out."""

from __future__ import annotations

from draad.plans.models import Measure
from draad.web.sections import Sections

sections: Sections[Measure] = Sections()
