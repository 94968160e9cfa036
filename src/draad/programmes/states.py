"""How terms go from draft to published: the allowed transitions, the audit verb of each, and what people are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from draad.programmes.models import TermsState

DRAFT, PUBLISHED = TermsState.DRAFT.value, TermsState.PUBLISHED.value
NOTHING = ""


@dataclass(frozen=True)
class Transition:
    """An allowed change of state; ``NOTHING`` is the state before terms exist and after a draft is discarded."""

    name: str
    before: str
    after: str
    verb: str
    notice: Any


START = Transition(
    "draft", NOTHING, DRAFT, "programmes.terms.draft", _("Het ontwerp is klaar: een kopie van de laatste versie.")
)
CHANGE = Transition("change", DRAFT, DRAFT, "programmes.terms.change", _("Het ontwerp is bewaard."))
PUBLISH = Transition("publish", DRAFT, PUBLISHED, "programmes.terms.publish", _("De voorwaarden zijn gepubliceerd."))
DISCARD = Transition("discard", DRAFT, NOTHING, "programmes.terms.discard", _("Het ontwerp is weggegooid."))

TRANSITIONS = (START, CHANGE, PUBLISH, DISCARD)


def reference() -> str:
    """The table of transitions as Markdown, for docs/reference/terms-states.md."""
    lines = [
        "# States of terms",
        "",
        "Made from `src/draad/programmes/states.py`. Published terms have no transition: they never change, and a",
        "correction is a new draft that becomes the next version.",
        "",
        "| transition | from | to | audit verb |",
        "|---|---|---|---|",
    ]
    lines += [f"| {t.name} | {t.before or '(none)'} | {t.after or '(none)'} | `{t.verb}` |" for t in TRANSITIONS]
    return "\n".join([*lines, ""])
