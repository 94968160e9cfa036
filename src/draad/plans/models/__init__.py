"""Tables of plans: what is planned, the documents it was read from, the versions that were published, the progress.

The tables of goals and measures hold the working content of a plan. It changes only while a draft of the next version
is open. Publishing freezes it as plain data in ``FrozenMeasure``, one row for each measure, which never changes; the
rows of measures and milestones live on, so that progress hangs on the same measure in every version.
"""

from draad.plans.models.measures import Goal, Measure, MeasureGoal
from draad.plans.models.numbers import (
    BudgetLine,
    Indicator,
    IndicatorKind,
    IndicatorTarget,
    Milestone,
    MilestoneState,
    StaffLine,
    StaffUnit,
)
from draad.plans.models.parties import MeasureParty, PartyAlias, PartyGroup, PartyRole
from draad.plans.models.plan import FrozenMeasure, Plan, PlanVersion, VersionState
from draad.plans.models.progress import IndicatorProgress, MilestoneProgress, ProgressReport, ProgressState, ValueState
from draad.plans.models.uploads import DocumentKind, ReadSheet, SheetState, SheetUpload, UploadState

__all__ = [
    "BudgetLine",
    "DocumentKind",
    "FrozenMeasure",
    "Goal",
    "Indicator",
    "IndicatorKind",
    "IndicatorProgress",
    "IndicatorTarget",
    "Measure",
    "MeasureGoal",
    "MeasureParty",
    "Milestone",
    "MilestoneProgress",
    "MilestoneState",
    "PartyAlias",
    "PartyGroup",
    "PartyRole",
    "Plan",
    "PlanVersion",
    "ProgressReport",
    "ProgressState",
    "ReadSheet",
    "SheetState",
    "SheetUpload",
    "StaffLine",
    "StaffUnit",
    "UploadState",
    "ValueState",
    "VersionState",
]
