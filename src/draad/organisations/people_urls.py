"""Addresses of people administration, a part of this room."""

from django.urls import path

from draad.organisations.views import people

STEPS = {
    "opnieuw-uitnodigen": "invite_again",
    "tweede-factor-wissen": "reset_second_factor",
    "afsluiten": "deactivate",
    "openen": "reactivate",
}

people_patterns = [
    path("beheer/gebruikers/", people.people, name="people"),
    path("beheer/gebruikers/uitnodigen/", people.invite, name="invite"),
    path("beheer/gebruikers/<int:pk>/", people.person, name="person"),
    path("beheer/gebruikers/<int:pk>/rol/", people.grant_role, name="grant_role"),
    path("beheer/gebruikers/<int:pk>/rol/<int:membership>/", people.end_role, name="end_role"),
    *(
        path(f"beheer/gebruikers/<int:pk>/{word}/", people.change_access, {"step": step}, name=step)
        for word, step in STEPS.items()
    ),
]
