"""Notices: kept with what they tell about, mailed once the write is certain, in the words of the call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.utils import translation

from draad.accounts import audit
from draad.accounts.audit import Recording
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.applications.actions.notices import VERB, notify, people_of
from draad.applications.mailtexts import MAILS, NAME, OF_APPLICATION, MailKind, fill, unknown_names
from draad.applications.models import Application, Call, Extension, MailTemplate, Notice
from draad.organisations.models import Membership
from tests.applications.making import BY, government, make_application, person

pytestmark = pytest.mark.django_db
Commit = Callable[..., Iterator[list[Callable[[], None]]]]


@pytest.fixture
def application(call: Call) -> Application:
    return make_application(call)


def recorded(write: Callable[[Recording], Notice | None]) -> Notice | None:
    with audit.recording(by=BY) as log:
        return write(log)


@pytest.mark.parametrize("kind", MAILS.values(), ids=MAILS.keys())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_shipped_words_name_only_what_is_known(kind: MailKind, language: str) -> None:
    with translation.override(language):
        assert unknown_names(kind, str(kind.subject), str(kind.body)) == []
        assert len(str(kind.subject)) <= 150
        assert str(kind.label)


@pytest.mark.parametrize("kind", MAILS.values(), ids=MAILS.keys())
def test_every_notice_can_be_written(kind: MailKind, application: Application) -> None:
    extra = {name: f"<{name}>" for name in kind.names if name not in OF_APPLICATION}
    notice = recorded(lambda log: notify(log, application, kind.key, ["ann@example.org"], **extra))
    assert notice is not None
    assert not NAME.search(notice.subject + notice.body)


def test_unknown_names_are_told_once_in_order() -> None:
    kind = MAILS["submitted"]
    assert unknown_names(kind, "{bestuur} {naam}", "{naam} { bestuur } {}") == ["naam", " bestuur ", ""]


def test_a_gap_is_never_sent() -> None:
    with pytest.raises(KeyError):
        fill("Reden: {reden}", {})


def test_words_are_not_filled_twice() -> None:
    assert fill("{reden}", {"reden": "{link}", "link": "x"}) == "{link}"


def test_a_notice_is_kept_and_mailed_to_each_alone(
    application: Application, django_capture_on_commit_callbacks: Commit
) -> None:
    to = ["b@example.org", "a@example.org", "b@example.org", ""]
    with django_capture_on_commit_callbacks(execute=True):
        notice = recorded(lambda log: notify(log, application, "submitted", to))
    assert notice is not None
    assert notice.recipients == ["a@example.org", "b@example.org"]
    assert [message.to for message in mail.outbox] == [["a@example.org"], ["b@example.org"]]
    assert mail.outbox[0].subject == notice.subject == f"Aanvraag {application.number} van Gent is ingediend"
    assert "1 juli 2022 om 24.00 uur" in notice.body
    assert "2 juli" not in notice.body
    assert "Team Samenleven, samenleven@example.org" in notice.body
    assert AuditEvent.objects.filter(verb=VERB).count() == 1


def test_nothing_is_mailed_when_the_write_fails(
    application: Application, django_capture_on_commit_callbacks: Commit
) -> None:
    def fails(log: Recording) -> Notice | None:
        notify(log, application, "submitted", ["a@example.org"])
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        recorded(fails)
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_without_people_there_is_no_notice(application: Application) -> None:
    assert recorded(lambda log: notify(log, application, "submitted", [])) is None
    assert not Notice.objects.exists()


def test_a_call_has_its_own_words(call: Call) -> None:
    with audit.recording(by=BY) as log:
        own = MailTemplate(call=call, key="call_extended", subject="Langer: ronde {ronde}", body="Tot {sluit}")
        log.create(own, verb="test.template")
    notice = recorded(lambda log: notify(log, call, "call_extended", ["a@example.org"], reden="storing"))
    assert notice is not None
    assert (notice.subject, notice.body) == ("Langer: ronde 1", "Tot 1 juli 2022 om 24.00 uur")
    assert notice.application is None


def test_an_applicant_reads_their_own_closing(call: Call, application: Application) -> None:
    with audit.recording(by=BY) as log:
        later = Extension(call=call, organisation=application.applicant, reason="ziekte", created_at=call.opens_at,
                          closes_at=datetime(2022, 7, 10, 10, tzinfo=UTC))  # fmt: skip
        log.create(later, verb="test.extension")
    notice = recorded(lambda log: notify(log, application, "submitted", ["a@example.org"]))
    assert notice is not None
    assert "10 juli 2022 om 12.00 uur" in notice.body


def test_a_subject_is_one_line(application: Application) -> None:
    notice = recorded(
        lambda log: notify(log, application, "member_accepted", ["a@example.org"], lid="Aalst\nBcc: x@example.org")
    )
    assert notice is not None
    assert "\n" not in notice.subject


def test_mail_is_in_dutch_whatever_the_sender_reads(application: Application) -> None:
    with translation.override("en"):
        notice = recorded(lambda log: notify(log, application, "submitted", ["a@example.org"]))
    assert notice is not None
    assert "ingediend" in notice.subject


def test_people_are_those_with_the_role_today() -> None:
    gent = government("Gent")
    editor = person(Role.GOVERNMENT_EDITOR, gent)
    approver = person(Role.GOVERNMENT_APPROVER, gent)
    person(Role.GOVERNMENT_EDITOR, "Aalst")
    gone = person(Role.GOVERNMENT_EDITOR, gent, mark="-weg")
    with audit.recording(by=BY) as log:
        log.change(Membership.objects.get(user=gone.user), verb="test.end", valid_to=date(2022, 1, 1))
    roles = [Role.GOVERNMENT_EDITOR, Role.GOVERNMENT_APPROVER]
    assert people_of([gent.pk], roles) == [editor.user, approver.user]
    assert people_of([gent.pk], [Role.GOVERNMENT_APPROVER]) == [approver.user]
    assert people_of([], roles) == []


def test_who_has_no_access_gets_no_mail() -> None:
    left = person(Role.GOVERNMENT_EDITOR, "Gent").user
    assert left is not None
    left.is_active = False
    left.save()
    assert people_of([government("Gent").pk], [Role.GOVERNMENT_EDITOR]) == []


def test_an_example_mails_nobody(
    call: Call, application: Application, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with audit.recording(by=BY) as log:
        log.change(call, verb="test.example", example=True)
    application.call.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True), audit.recording(by=BY) as log:  # type: ignore[attr-defined]  # a context manager
        kept = notify(log, application, "submitted", ["ans@example.org"])
    assert kept is not None
    assert mail.outbox == []
