"""Places on the page of a government that rooms above fill, such as its partnerships."""

from draad.organisations.models import Organisation
from draad.web.sections import Sections

sections: Sections[Organisation] = Sections()
