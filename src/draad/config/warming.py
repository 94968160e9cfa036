"""What nearly every page needs, read before a server answers its first request."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import translation

from draad.jobs.queries import jobs_by_person
from draad.organisations.maps import editions
from draad.organisations.queries import timeline
from draad.organisations.queries.areas import areas

READ_BY_MOST = (timeline, areas, editions, jobs_by_person)

logger = logging.getLogger(__name__)


def warm() -> None:
    """Remember who governed what, where it lies, the tiles of the maps and who has long work, in each language.

    A database that is not ready keeps no server from starting: it is told, and read when somebody asks.
    """
    try:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for read in READ_BY_MOST:
                    read()
    except DatabaseError as error:
        logger.warning("nothing was read beforehand: %s", error)


def warm_and_let_go() -> None:
    """The same in a process that divides itself afterwards: no connection to the database may be shared."""
    warm()
    connections.close_all()
