"""The pages of the public site."""

from draad.publication.views.about import accessibility, counting, privacy
from draad.publication.views.errors import forbidden, not_found, server_error
from draad.publication.views.home import home
from draad.publication.views.search import search
from draad.publication.views.technical import favicon, gallery, health, robots
from draad.publication.views.work import work

__all__ = [
    "accessibility",
    "counting",
    "favicon",
    "forbidden",
    "gallery",
    "health",
    "home",
    "not_found",
    "privacy",
    "robots",
    "search",
    "server_error",
    "work",
]
