"""Tells people what happened to a call or an application: kept with it, mailed once the write is certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from draad.accounts.audit import Recording
from draad.accounts.models import User
from draad.applications.mailtexts import MAILS, MailKind, fill
from draad.applications.models import Application, Call, MailTemplate, Notice
from draad.applications.queries.calls import closes_at_for
from draad.applications.queries.successors import speakers
from draad.organisations.models import Membership
from draad.organisations.queries import valid_on
from draad.web.formatting import end, moment
from draad.web.prepared import Given, Prepared

VERB = "applications.notice.send"
_OWN_WORDS: Prepared[tuple[str, str]] = Prepared(
    lambda: MailTemplate.objects.filter(call=Given("call"), key=Given("key", CharField())).values_list(
        "subject", "body"
    )
)


def notify(
    log: Recording,
    about: Call | Application,
    key: str,
    recipients: Iterable[User | str],
    *,
    path: str = "",
    **words: str,
) -> Notice | None:
    """Keep a notice in the open recording and mail it, to each apart, once the transaction is committed.

    A notice of an example is kept and shown, and mailed to nobody.

    Args:
        log: the recording in which what is told is written too: without the one there is not the other.
        about: the application, or the call.
        key: which notice of ``MAILS``.
        recipients: people or mail addresses; the same address twice gets one mail.
        path: the address (without host) to which the mail leads; the page of the application or call when empty.
        words: the further names of this notice, such as ``reden``.

    Returns:
        The notice, or None when nobody is to be told.

    Raises:
        KeyError: for a notice that does not exist, or without one of its words.
    """
    kind = MAILS[key]
    addresses = sorted({one.email if isinstance(one, User) else one for one in recipients} - {""})
    if not addresses:
        return None
    call = about if isinstance(about, Call) else about.call
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = _written(call, kind, {**_words(about, path), **words})
    notice = Notice(
        call=call,
        application=None if isinstance(about, Call) else about,
        key=key,
        at=timezone.now(),
        recipients=addresses,
        subject=subject,
        body=body,
    )
    log.create(notice, verb=VERB)
    if not call.example:
        transaction.on_commit(lambda: send(notice), robust=True)
    return notice


def _written(call: Call, kind: MailKind, known: Mapping[str, str]) -> tuple[str, str]:
    """Subject, on one line, and text: in the words of the call, or else in those that Draad ships."""
    own = _OWN_WORDS.first(call=call.pk, key=kind.key)
    subject, body = own or (str(kind.subject), str(kind.body))
    return " ".join(fill(subject, known).split())[:200], fill(body, known)


def send(notice: Notice) -> None:
    """Mail a kept notice through one connection to the mail server."""
    messages = [mail.EmailMessage(notice.subject, notice.body, to=[address]) for address in notice.recipients]
    mail.get_connection().send_messages(messages)


def people_of(organisation_ids: Iterable[int], roles: Iterable[str]) -> list[User]:
    """The people with access who hold one of ``roles`` today for one of these organisations, or for its successor."""
    return _holders(Membership.objects.filter(organisation__in=speakers(organisation_ids)), roles)


def people_with(roles: Iterable[str]) -> list[User]:
    """The people with access who hold one of ``roles`` today for whichever organisation."""
    return _holders(Membership.objects.all(), roles)


def _holders(memberships: QuerySet[Membership], roles: Iterable[str]) -> list[User]:
    held = memberships.filter(valid_on(timezone.localdate()), role__in=list(roles))
    return list(User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk"))


def _words(about: Call | Application, path: str) -> dict[str, str]:
    call = about if isinstance(about, Call) else about.call
    contact = [call.contact_name, call.contact_email, call.contact_phone]
    found = {
        "programma": call.round.programme.name,
        "ronde": str(call.round.number),
        "opent": moment(call.opens_at),
        "sluit": end(closes_at_for(call, None if isinstance(about, Call) else about.applicant)),
        "contact": ", ".join(part for part in contact if part),
        "link": settings.BASE_URL.rstrip("/") + (path or _page(about)),
    }
    if isinstance(about, Application):
        found |= {"bestuur": about.applicant.name, "nummer": str(about.number)}
    return found


def _page(about: Call | Application) -> str:
    if isinstance(about, Application):
        return reverse("applications:form", args=[about.pk])
    return reverse("applications:call", args=[about.round.programme.slug, about.round.number])
