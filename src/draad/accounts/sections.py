"""What higher rooms add to the page of one's own account."""

from draad.accounts.models import User
from draad.web.sections import Sections

about_me: Sections[User] = Sections()
