"""How versions, documents, sheets and progress pass from state to state: the allowed transitions with audit verbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from draad.plans.models import ProgressState, SheetState, UploadState, VersionState

NOTHING = ""


@dataclass(frozen=True)
class Transition:
    """An allowed change of state; ``NOTHING`` is the state before a thing exists and after it is removed."""

    name: str
    before: tuple[str, ...]
    after: str
    verb: str
    notice: Any


DRAFT, PUBLISHED = VersionState.DRAFT.value, VersionState.PUBLISHED.value
OPEN_DRAFT = Transition(
    "draft", (NOTHING,), DRAFT, "plans.version.draft", _("U kunt de volgende versie voorbereiden.")
)
PUBLISH = Transition("publish", (DRAFT,), PUBLISHED, "plans.version.publish", _("De versie is gepubliceerd."))
VERSIONS = (OPEN_DRAFT, PUBLISH)

REVIEW, DONE, DROPPED = UploadState.REVIEW.value, UploadState.DONE.value, UploadState.DISCARDED.value
READ = Transition("read", (NOTHING,), REVIEW, "plans.upload.read", _("Het document is ingelezen. Lees de fiches na."))
FINISH = Transition("finish", (REVIEW,), DONE, "plans.upload.finish", _("Alle fiches van het document zijn verwerkt."))
DROP = Transition("drop", (REVIEW,), DROPPED, "plans.upload.drop", _("Het ingelezen document is weggegooid."))
UPLOADS = (READ, FINISH, DROP)

OPEN, ACCEPTED, IN_PLAN = SheetState.OPEN.value, SheetState.ACCEPTED.value, SheetState.IN_PLAN.value
MERGED, SPLIT, DISCARDED = SheetState.MERGED.value, SheetState.SPLIT.value, SheetState.DISCARDED.value
DECIDE = Transition("decide", (OPEN,), OPEN, "plans.sheet.decide", _("Bewaard."))
ACCEPT = Transition("accept", (OPEN,), ACCEPTED, "plans.sheet.accept", _("De fiche is aanvaard."))
REOPEN = Transition(
    "reopen", (ACCEPTED, DISCARDED), OPEN, "plans.sheet.reopen", _("De fiche is weer open en kan veranderen.")
)
LEAVE_OUT = Transition("leave out", (OPEN,), DISCARDED, "plans.sheet.discard", _("De fiche is weggelaten."))
SPLIT_UP = Transition("split", (OPEN,), SPLIT, "plans.sheet.split", _("De fiche is in twee gesplitst."))
MERGE = Transition(
    "merge", (OPEN,), MERGED, "plans.sheet.merge", _("De volgende fiche is bij deze gevoegd. Lees ze na.")
)
INCORPORATE = Transition("incorporate", (ACCEPTED,), IN_PLAN, "plans.sheet.incorporate", _("In het plan opgenomen."))
SHEETS = (DECIDE, ACCEPT, REOPEN, LEAVE_OUT, SPLIT_UP, MERGE, INCORPORATE)

WRITING, SUBMITTED = ProgressState.DRAFT.value, ProgressState.SUBMITTED.value
APPROVED = ProgressState.APPROVED.value
START = Transition("start", (NOTHING,), WRITING, "plans.progress.start", _("De voortgang is begonnen."))
WRITE = Transition("write", (WRITING,), WRITING, "plans.progress.write", _("De voortgang is bewaard."))
SUBMIT = Transition("submit", (WRITING,), SUBMITTED, "plans.progress.submit", _("De voortgang is ingediend."))
SEND_BACK = Transition(
    "send back",
    (SUBMITTED,),
    WRITING,
    "plans.progress.return",
    _("De voortgang is teruggestuurd naar wie ze schreef."),
)
APPROVE = Transition("approve", (SUBMITTED,), APPROVED, "plans.progress.approve", _("De voortgang is goedgekeurd."))
PROGRESS = (START, WRITE, SUBMIT, SEND_BACK, APPROVE)
