"""What the state of things allows in this room; ``check_…`` raises with a sentence, ``can_…`` is its boolean twin."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from draad.organisations.models import PopulationUpload


class PolicyError(ValueError):
    """Something that cannot be done now; the message is a sentence for people."""


def check_confirm(upload: PopulationUpload, *, good_rows_only: bool) -> None:
    """Whether the figures of an upload can be stored.

    Raises:
        PolicyError: when it lies too long, nothing is right in it, or rows are wrong and leaving them was not chosen.
    """
    if upload.expires_at < timezone.now():
        raise PolicyError(_("Dit bestand werd meer dan een dag geleden opgeladen. Laad het opnieuw op."))
    if not upload.rows:
        raise PolicyError(_("Geen enkele rij kan worden bewaard. Verbeter het bestand en laad het opnieuw op."))
    if upload.problems and not good_rows_only:
        raise PolicyError(
            _("Er zijn rijen met fouten. Kies om alleen de goede rijen te bewaren, of verbeter het bestand.")
        )


def can_confirm(upload: PopulationUpload, *, good_rows_only: bool) -> bool:
    """The boolean twin of ``check_confirm``."""
    try:
        check_confirm(upload, good_rows_only=good_rows_only)
    except PolicyError:
        return False
    return True
