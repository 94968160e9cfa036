"""How a job passes from state to state: the allowed transitions and their audit verbs.

Whoever asked for a job stops it or begins it again, and an administrator; ``policies`` checks that. Beginning, ending
and failing happen by themselves.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, StateTable, Transition, of
from draad.jobs.models import JobState

ANYONE = frozenset(Role)
WAITING, RUNNING = JobState.WAITING.value, JobState.RUNNING.value
DONE, FAILED, CANCELLED = JobState.DONE.value, JobState.FAILED.value, JobState.CANCELLED.value

ASK = Transition("ask", _("Vraag de taak"), of(NOTHING), WAITING, "jobs.job.ask", ANYONE,
                 _("De taak is gevraagd."))  # fmt: skip
BEGIN = Transition("begin", _("Begin"), of(WAITING), RUNNING, "jobs.job.begin", ANYONE, _("De taak is begonnen."))
END = Transition("end", _("Rond af"), of(RUNNING), DONE, "jobs.job.end", ANYONE, _("De taak is klaar."))
FAIL = Transition("fail", _("Mislukt"), of(RUNNING), FAILED, "jobs.job.fail", ANYONE, _("De taak is mislukt."))
CANCEL = Transition("cancel", _("Stop deze taak"), of([WAITING, RUNNING]), CANCELLED, "jobs.job.cancel", ANYONE,
                    _("De taak is gestopt. Er is niets bewaard."))  # fmt: skip
AGAIN = Transition("again", _("Begin opnieuw"), of([RUNNING, FAILED, CANCELLED]), WAITING, "jobs.job.again", ANYONE,
                   _("De taak begint opnieuw."))  # fmt: skip
REMOVE = Transition("remove", _("Ruim op"), of([DONE, FAILED, CANCELLED]), NOTHING, "jobs.job.remove", ANYONE,
                    _("De taak is opgeruimd."))  # fmt: skip

JOB = (ASK, BEGIN, END, FAIL, CANCEL, AGAIN, REMOVE)
TABLES = (StateTable("taak", _("Taak op de achtergrond"), JobState, JOB),)
