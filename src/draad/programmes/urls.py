"""Addresses of this room."""

from django.urls import URLPattern, path

from draad.programmes.views import compare, measurelinks, public, roundsetup, setup, terms

app_name = "programmes"
SETUP = "beheer/programmas/"


def _parts(folder: str, key: str) -> list[URLPattern]:
    """The addresses with which one kind of part of a programme is added, changed and removed."""
    start, kind = f"{SETUP}<slug:slug>/{folder}/", {"key": key}
    return [
        path(f"{start}nieuw/", setup.part_add, kind, name=f"{key}_add"),
        path(f"{start}<int:number>/wijzigen/", setup.part_change, kind, name=f"{key}_change"),
        path(f"{start}<int:number>/verwijderen/", setup.part_remove, kind, name=f"{key}_remove"),
    ]


urlpatterns = [
    path("programmas/<slug:slug>/", public.programme, name="programme"),
    path("programmas/<slug:slug>/acties/<int:number>/", public.action, name="action"),
    path("programmas/<slug:slug>/acties/<int:number>/versies/", compare.versions, name="versions"),
    path("programmas/<slug:slug>/rondes/<int:number>/", public.round_page, name="round"),
    path("plannen/<slug:slug>/maatregel/<int:number>/acties/", measurelinks.page, name="measure_links"),
    path("programmas/<slug:slug>/voorwaarden/vergelijk/", compare.compare_page, name="compare"),
    path(SETUP, setup.programmes, name="setups"),
    path(f"{SETUP}nieuw/", setup.programme_new, name="setup_new"),
    path(f"{SETUP}<slug:slug>/", setup.programme, name="setup"),
    path(f"{SETUP}<slug:slug>/wijzigen/", setup.programme_change, name="setup_change"),
    path(f"{SETUP}<slug:slug>/verwijderen/", setup.programme_remove, name="setup_remove"),
    *_parts("doelstellingen", "objective"),
    *_parts("acties", "action"),
    *_parts("rondes", "round"),
    path(f"{SETUP}<slug:slug>/rondes/<int:number>/", roundsetup.page, name="round_setup"),
    path(f"{SETUP}<slug:slug>/rondes/<int:number>/regels/overnemen/", roundsetup.copy_rules, name="rules_copy"),
    path(f"{SETUP}<slug:slug>/rondes/<int:number>/voorwaarden/overnemen/", roundsetup.copy_terms, name="terms_copy"),
    path(
        f"{SETUP}<slug:slug>/rondes/<int:number>/voorwaarden/publiceren/",
        roundsetup.publish_terms,
        name="terms_publish_first",
    ),
    path(f"{SETUP}<slug:slug>/rondes/<int:number>/regels/<slug:key>/", roundsetup.rule, name="rule"),
    path(
        f"{SETUP}<slug:slug>/rondes/<int:number>/regels/<slug:key>/verwijderen/",
        roundsetup.rule_remove,
        name="rule_remove",
    ),
    path("beheer/voorwaarden/", terms.listing, name="manage"),
    path("beheer/voorwaarden/<slug:slug>/<int:number>/ronde-<int:of_round>/", terms.history, name="terms_history"),
    path("beheer/voorwaarden/<slug:slug>/<int:number>/ronde-<int:of_round>/nieuw/", terms.start, name="terms_start"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/", terms.edit, name="terms_edit"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/nakijken/", terms.preview, name="terms_preview"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/publiceren/", terms.publish, name="terms_publish"),
    path("beheer/voorwaarden/ontwerp/<int:pk>/weggooien/", terms.discard, name="terms_discard"),
]
