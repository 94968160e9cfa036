"""How the audit is told to people: verbs, tables and values in words."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.documents.tables import Gap, Value

VERBS = {
    "accounts.user.sign_in": gettext_lazy("meldde zich aan"),
    "accounts.user.sign_out": gettext_lazy("meldde zich af"),
    "accounts.user.fail_to_sign_in": gettext_lazy("aanmelden mislukt"),
    "accounts.user.lock_out": gettext_lazy("tijdelijk buitengesloten na mislukte pogingen"),
    "accounts.user.fail_second_factor": gettext_lazy("tweede factor klopte niet"),
    "accounts.user.add_second_factor": gettext_lazy("tweede factor toegevoegd"),
    "accounts.user.remove_second_factor": gettext_lazy("tweede factor verwijderd"),
    "accounts.user.renew_recovery_codes": gettext_lazy("nieuwe herstelcodes gemaakt"),
    "accounts.user.change_password": gettext_lazy("wachtwoord gewijzigd"),
    "accounts.user.change_language": gettext_lazy("taal gewijzigd"),
    "organisations.user.invite": gettext_lazy("uitgenodigd"),
    "organisations.user.invite_again": gettext_lazy("opnieuw uitgenodigd"),
    "organisations.user.register": gettext_lazy("gemaakt"),
    "organisations.user.deactivate": gettext_lazy("toegang afgesloten"),
    "organisations.user.reactivate": gettext_lazy("toegang weer geopend"),
    "organisations.user.reset_second_factor": gettext_lazy("tweede factor gewist"),
    "organisations.membership.grant": gettext_lazy("rol gegeven"),
    "organisations.membership.end": gettext_lazy("rol beëindigd"),
    "jobs.job.ask": gettext_lazy("taak gevraagd"),
    "jobs.job.begin": gettext_lazy("taak begonnen"),
    "jobs.job.end": gettext_lazy("taak klaar"),
    "jobs.job.cancel": gettext_lazy("taak gestopt"),
    "jobs.job.again": gettext_lazy("taak opnieuw begonnen"),
}
LAST_WORDS = {
    "add": gettext_lazy("toegevoegd"),
    "create": gettext_lazy("toegevoegd"),
    "change": gettext_lazy("gewijzigd"),
    "remove": gettext_lazy("verwijderd"),
    "publish": gettext_lazy("gepubliceerd"),
    "draft": gettext_lazy("ontwerp gemaakt"),
    "discard": gettext_lazy("ontwerp weggegooid"),
    "close": gettext_lazy("afgesloten"),
    "reopen": gettext_lazy("heropend"),
    "comment": gettext_lazy("reactie geplaatst"),
    "start": gettext_lazy("begonnen"),
    "save": gettext_lazy("bewaard"),
    "write": gettext_lazy("bewaard"),
    "submit": gettext_lazy("ingediend"),
    "cancel": gettext_lazy("weggegooid"),
    "make": gettext_lazy("gemaakt"),
    "count": gettext_lazy("opnieuw berekend"),
    "apply": gettext_lazy("vraagt aan"),
    "resume": gettext_lazy("hernomen"),
    "withdraw": gettext_lazy("ingetrokken"),
    "assess": gettext_lazy("beoordeling begonnen"),
    "assign": gettext_lazy("toegewezen"),
    "ask": gettext_lazy("vraag gesteld"),
    "answer": gettext_lazy("vraag beantwoord"),
    "recall": gettext_lazy("vraag ingetrokken"),
    "advise": gettext_lazy("advies gegeven"),
    "reconsider": gettext_lazy("beoordeling hernomen"),
    "decide": gettext_lazy("beslist"),
    "invite": gettext_lazy("uitgenodigd"),
    "accept": gettext_lazy("aanvaard"),
    "decline": gettext_lazy("niet aanvaard"),
    "release": gettext_lazy("niet langer lid"),
    "request": gettext_lazy("gevraagd"),
    "refuse": gettext_lazy("geweigerd"),
    "keep": gettext_lazy("bewaard"),
    "propose": gettext_lazy("voorgelegd"),
    "choose": gettext_lazy("gekozen"),
    "take_back": gettext_lazy("teruggenomen"),
    "drop": gettext_lazy("verwijderd"),
    "prepare": gettext_lazy("voorbereid"),
    "edit": gettext_lazy("gewijzigd"),
    "sign": gettext_lazy("ondertekend"),
    "sign_last": gettext_lazy("als laatste ondertekend"),
    "plan": gettext_lazy("gepland"),
    "hold": gettext_lazy("laten wachten"),
    "free": gettext_lazy("vrijgegeven"),
    "lapse": gettext_lazy("vervallen"),
    "check": gettext_lazy("nagekeken"),
    "order": gettext_lazy("in een betaalopdracht gezet"),
    "done": gettext_lazy("betaald"),
    "fail": gettext_lazy("mislukt"),
    "return": gettext_lazy("teruggestuurd"),
    "extend": gettext_lazy("verlengd"),
    "amend": gettext_lazy("aangevuld"),
    "correct": gettext_lazy("op verbeterde voorwaarden gezet"),
    "send": gettext_lazy("verstuurd"),
    "declare": gettext_lazy("gemeld"),
    "approve": gettext_lazy("goedgekeurd"),
    "read": gettext_lazy("ingelezen"),
    "incorporate": gettext_lazy("opgenomen"),
    "freeze": gettext_lazy("vastgelegd"),
    "finish": gettext_lazy("afgerond"),
}


def verb_in_words(verb: str) -> str:
    """What happened, such as ``gewijzigd``; a verb without words is shown as it is stored."""
    return str(VERBS.get(verb) or LAST_WORDS.get(verb.rpartition(".")[2]) or verb)


def table_in_words(object_type: str) -> str:
    """The name of a table of the database, such as ``accounts.user``; as stored when the table is gone."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except LookupError:
        return object_type


def field_in_words(object_type: str, column: str) -> str:
    """The name of a column for people, or of rows that hang on an object; as stored when it is gone."""
    try:
        fields = apps.get_model(object_type)._meta.get_fields()
    except LookupError:
        return column
    return next(
        (capfirst(_label(field)) for field in fields if getattr(field, "attname", field.name) == column), column
    )


def _label(field: Any) -> str:
    return str(field.verbose_name if field.concrete else field.related_model._meta.verbose_name_plural)


def value_in_words(values: dict[str, Any] | None, column: str) -> Value:
    """A value before or after; None when there was no object yet or any more, a gap when the event is silent."""
    if values is None:
        return None
    if column not in values:
        return Gap(_("niet vermeld"))
    value = values[column]
    if value is None or value == "":
        return Gap(_("leeg"))
    if isinstance(value, bool):
        return value
    return str(value)
