"""Addresses of this room."""

from django.urls import path

from draad.plans.reading_urls import reading_patterns
from draad.plans.views import desk, editing, names, sheet

app_name = "plans"
urlpatterns = [
    path("beheer/plannen/", desk.manage, name="manage"),
    path("beheer/plannen/nieuw/", desk.create, name="create"),
    path("beheer/plannen/namen/", names.queue, name="names"),
    path("beheer/plannen/namen/<str:group>/", names.name, name="name"),
    path("plannen/<slug:slug>/inlezen/", desk.upload, name="upload"),
    path("plannen/inlezen/<int:pk>/", desk.desk, name="desk"),
    path("plannen/inlezen/<int:pk>/aanvaard-zekere/", desk.accept_all_certain, name="accept_certain"),
    path("plannen/inlezen/<int:pk>/opnemen/", desk.take_up, name="incorporate"),
    path("plannen/inlezen/<int:pk>/weggooien/", desk.drop, name="drop"),
    path("plannen/fiche/<int:pk>/", sheet.page, name="sheet"),
    path("plannen/fiche/<int:pk>/beslis/", sheet.decide_field, name="sheet_decide"),
    path("plannen/fiche/<int:pk>/aanvaard/", sheet.accept, name="sheet_accept"),
    path("plannen/fiche/<int:pk>/maatregel/", sheet.choose_measure, name="sheet_measure"),
    path("plannen/fiche/<int:pk>/<slug:step>/", sheet.step, name="sheet_step"),
    path("plannen/<slug:slug>/maatregel/nieuw/", editing.add, name="measure_add"),
    path("plannen/<slug:slug>/maatregel/<int:number>/wijzigen/", editing.change, name="measure_change"),
    path("plannen/<slug:slug>/maatregel/<int:number>/intrekken/", editing.withdraw, name="measure_withdraw"),
    path("plannen/<slug:slug>/eigenaars/", editing.owners, name="owners"),
    *reading_patterns,
]
