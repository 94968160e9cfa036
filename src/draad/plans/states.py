"""How versions, documents, sheets and progress pass from state to state: the allowed transitions, who may, the verbs.

A plan coordinator acts for a plan of the own organisation, and on progress also for a measure of the own
administration; ``actions.plans`` and ``progress_policies`` check that.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, StateTable, Transition, of
from draad.plans.models import ProgressState, SheetState, UploadState, VersionState

COORDINATING = frozenset([Role.ADMINISTRATOR, Role.PLAN_COORDINATOR])

# a version of a plan ----------------------------------------------------------------------------------------------
DRAFT, PUBLISHED = VersionState.DRAFT.value, VersionState.PUBLISHED.value
OPEN_DRAFT = Transition("draft", _("Begin een versie"), of(NOTHING), DRAFT, "plans.version.draft", COORDINATING,
                        _("U kunt de volgende versie voorbereiden."))  # fmt: skip
CHANGE_DRAFT = Transition("change", _("Neem op in het plan"), of(DRAFT), DRAFT, "plans.version.change", COORDINATING,
                          _("In het plan opgenomen."))  # fmt: skip
PUBLISH = Transition("publish", _("Publiceer"), of(DRAFT), PUBLISHED, "plans.version.publish", COORDINATING,
                     _("De versie is gepubliceerd."))  # fmt: skip
VERSION = (OPEN_DRAFT, CHANGE_DRAFT, PUBLISH)

# a document that was read -----------------------------------------------------------------------------------------
REVIEW, DONE, DROPPED = UploadState.REVIEW.value, UploadState.DONE.value, UploadState.DISCARDED.value
READ = Transition("read", _("Lees in"), of(NOTHING), REVIEW, "plans.upload.read", COORDINATING,
                  _("Het document is ingelezen. Lees de fiches na."))  # fmt: skip
FINISH = Transition("finish", _("Neem op in het plan"), of(REVIEW), DONE, "plans.upload.finish", COORDINATING,
                    _("Alle fiches van het document zijn verwerkt."))  # fmt: skip
DROP = Transition("drop", _("Gooi dit document weg"), of(REVIEW), DROPPED, "plans.upload.drop", COORDINATING,
                  _("Het ingelezen document is weggegooid."))  # fmt: skip
UPLOAD = (READ, FINISH, DROP)

# a sheet of a document --------------------------------------------------------------------------------------------
OPEN, ACCEPTED, IN_PLAN = SheetState.OPEN.value, SheetState.ACCEPTED.value, SheetState.IN_PLAN.value
MERGED, SPLIT, DISCARDED = SheetState.MERGED.value, SheetState.SPLIT.value, SheetState.DISCARDED.value
READ_SHEET = Transition("read", _("Lees in"), of(NOTHING), OPEN, "plans.sheet.read", COORDINATING,
                        _("De fiche is ingelezen."))  # fmt: skip
DECIDE = Transition("decide", _("Bewaar"), of(OPEN), OPEN, "plans.sheet.decide", COORDINATING,
                    _("Bewaard."))  # fmt: skip
ACCEPT = Transition("accept", _("Aanvaard de fiche"), of(OPEN), ACCEPTED, "plans.sheet.accept", COORDINATING,
                    _("De fiche is aanvaard."))  # fmt: skip
REOPEN = Transition("reopen", _("Open de fiche weer"), of([ACCEPTED, DISCARDED]), OPEN, "plans.sheet.reopen",
                    COORDINATING, _("De fiche is weer open en kan veranderen."))  # fmt: skip
LEAVE_OUT = Transition("leave_out", _("Laat deze fiche weg"), of(OPEN), DISCARDED, "plans.sheet.discard",
                       COORDINATING, _("De fiche is weggelaten."))  # fmt: skip
DROP_SHEET = Transition("drop", _("Gooi dit document weg"), of([OPEN, ACCEPTED]), DISCARDED, "plans.sheet.drop",
                        COORDINATING, _("De fiche is met haar document weggegooid."))  # fmt: skip
SPLIT_UP = Transition("split", _("Splits"), of(OPEN), SPLIT, "plans.sheet.split", COORDINATING,
                      _("De fiche is in twee gesplitst."))  # fmt: skip
MERGE = Transition("merge", _("Voeg samen met de volgende"), of(OPEN), MERGED, "plans.sheet.merge", COORDINATING,
                   _("De volgende fiche is bij deze gevoegd. Lees ze na."))  # fmt: skip
INCORPORATE = Transition("incorporate", _("Neem op in het plan"), of(ACCEPTED), IN_PLAN, "plans.sheet.incorporate",
                         COORDINATING, _("In het plan opgenomen."))  # fmt: skip
SHEET = (READ_SHEET, DECIDE, ACCEPT, REOPEN, LEAVE_OUT, DROP_SHEET, SPLIT_UP, MERGE, INCORPORATE)

# the progress of a measure in a year ------------------------------------------------------------------------------
WRITING, SUBMITTED = ProgressState.DRAFT.value, ProgressState.SUBMITTED.value
APPROVED = ProgressState.APPROVED.value
START = Transition("start", _("Begin"), of(NOTHING), WRITING, "plans.progress.start", COORDINATING,
                   _("De voortgang is begonnen."))  # fmt: skip
WRITE = Transition("write", _("Bewaar"), of(WRITING), WRITING, "plans.progress.write", COORDINATING,
                   _("De voortgang is bewaard."))  # fmt: skip
SUBMIT = Transition("submit", _("Bewaar en dien in"), of(WRITING), SUBMITTED, "plans.progress.submit", COORDINATING,
                    _("De voortgang is ingediend."))  # fmt: skip
SEND_BACK = Transition("send_back", _("Stuur terug"), of(SUBMITTED), WRITING, "plans.progress.return", COORDINATING,
                       _("De voortgang is teruggestuurd naar wie ze schreef."))  # fmt: skip
APPROVE = Transition("approve", _("Keur goed"), of(SUBMITTED), APPROVED, "plans.progress.approve", COORDINATING,
                     _("De voortgang is goedgekeurd."))  # fmt: skip
PROGRESS = (START, WRITE, SUBMIT, SEND_BACK, APPROVE)

TABLES = (
    StateTable("versie", _("Versie van een plan"), VersionState, VERSION),
    StateTable("document", _("Ingelezen document"), UploadState, UPLOAD),
    StateTable("fiche", _("Fiche van een document"), SheetState, SHEET),
    StateTable("voortgang", _("Voortgang van een maatregel"), ProgressState, PROGRESS),
)
