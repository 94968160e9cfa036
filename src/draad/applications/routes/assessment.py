"""The desk of assessors."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import Guard, held_by
from draad.applications.states import ASSESSING, WRITING
from draad.applications.views import assessment, questions

ASSESSORS = held_by(*ASSESSING)
urlpatterns = [
    path("beoordeling/", assessment.desks, name="assessment_desks"),
    path("beoordeling/<slug:slug>/ronde-<int:number>/", assessment.queue, name="queue"),
    path("beoordeling/<slug:slug>/ronde-<int:number>/verdelen/", assessment.share, name="queue_share"),
    path("beoordeling/aanvraag/<int:pk>/", assessment.dossier, name="assessment"),
    path("beoordeling/aanvraag/<int:pk>/beginnen/", assessment.begin, name="assessment_begin"),
    path("beoordeling/aanvraag/<int:pk>/advies/", assessment.save, name="assessment_save"),
    path("beoordeling/aanvraag/<int:pk>/hernemen/", assessment.reconsider, name="assessment_reconsider"),
    path("beoordeling/aanvraag/<int:pk>/toewijzen/", assessment.assign, name="assessment_assign"),
    path("beoordeling/aanvraag/<int:pk>/nota/", assessment.note, name="assessment_note"),
    path("beoordeling/aanvraag/<int:pk>/ontvankelijk/", assessment.decide_eligible, name="assessment_eligible"),
    path("beoordeling/aanvraag/<int:pk>/vraag/", questions.ask, name="question_ask"),
    path("beoordeling/aanvraag/<int:pk>/vraag/intrekken/", questions.recall, name="question_recall"),
    path("aanvragen/<int:pk>/vraag/", questions.answer, name="answer"),
    path("beoordeling/aanvraag/<int:pk>/belangenconflict/", assessment.declare, name="assessment_conflict"),
]
ACCESS: dict[str, Guard] = {f"applications:{pattern.name}": ASSESSORS for pattern in urlpatterns} | {
    "applications:answer": held_by(*WRITING)
}
