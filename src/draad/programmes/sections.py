"""What rooms above add to the pages of this room: on an action, a programme, a round, and where a round is set up."""

from __future__ import annotations

from draad.programmes.models import Action, Programme, Round
from draad.web.sections import Sections

sections: Sections[Action] = Sections()
programme_sections: Sections[Programme] = Sections()
round_sections: Sections[Round] = Sections()
setup_sections: Sections[Round] = Sections()
