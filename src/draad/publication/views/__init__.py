"""The pages of the public site."""

from draad.publication.views.errors import forbidden, not_found, server_error
from draad.publication.views.home import home
from draad.publication.views.technical import gallery, health, robots

__all__ = ["forbidden", "gallery", "health", "home", "not_found", "robots", "server_error"]
