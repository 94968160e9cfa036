"""Who applies together: the applicant's page of members, and the invitation for who is invited."""

from __future__ import annotations

from django.urls import path

from draad.accounts.guards import Guard, held_by
from draad.applications.states import APPROVING, ASSESSING, WRITING
from draad.applications.views import members

urlpatterns = [
    path("aanvragen/<int:pk>/leden/", members.page, name="members"),
    path("aanvragen/<int:pk>/leden/uitnodigen/", members.invite, name="member_invite"),
    path("aanvragen/leden/<int:pk>/weghalen/", members.release, name="member_release"),
    path("aanvragen/uitnodigingen/<int:pk>/", members.invitation, name="invitation"),
    path("aanvragen/uitnodigingen/<int:pk>/antwoorden/", members.answer, name="invitation_answer"),
]
ACCESS: dict[str, Guard] = {f"applications:{pattern.name}": held_by(*WRITING) for pattern in urlpatterns} | {
    "applications:members": held_by(*WRITING, *ASSESSING),
    "applications:invitation_answer": held_by(*APPROVING),
}
