"""Who may use the routes of this room."""

from draad.applications.routes import ACCESS

__all__ = ["ACCESS"]
