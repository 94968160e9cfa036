"""What rooms above add to the pages of this room: on an action, and on a programme."""

from __future__ import annotations

from draad.programmes.models import Action, Programme
from draad.web.sections import Sections

sections: Sections[Action] = Sections()
programme_sections: Sections[Programme] = Sections()
