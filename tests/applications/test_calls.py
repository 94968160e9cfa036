"""Calls: the clock at its edges, what is missing, every transition for every role, what people are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.applications.actions import calls as act
from draad.applications.mailtexts import MAILS
from draad.applications.models import (
    ApplicationState,
    Call,
    CallDocument,
    CallState,
    Extension,
    MailTemplate,
    Notice,
)
from draad.applications.policies.calls import check_closed, check_open, is_open
from draad.applications.policies.callsetup import needs_of
from draad.applications.queries.calls import Phase, closes_at_for, latest, phase, standing
from draad.applications.states import CALL, MANAGER
from draad.organisations.models import Organisation
from draad.programmes.actions.roundrules import RuleContent, set_rule
from draad.programmes.actions.setup import add_item
from draad.programmes.holds import why_held
from draad.programmes.models import Programme, Round
from draad.web.files import checked
from tests.applications.making import (
    BY,
    CLOSES,
    DURING,
    OPENS,
    government,
    make_application,
    make_call,
    person,
    round_one,
)
from tests.documents.test_contents import MINIMAL_PDF

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
SECOND = timedelta(seconds=1)
CONTENT: dict[str, Any] = {
    "opens_at": datetime(2099, 5, 1, tzinfo=BRUSSELS),
    "closes_at": datetime(2099, 7, 2, tzinfo=BRUSSELS),
    "introduction": "Samen aan de slag.",
    "cofinancing_statement": "Wij betalen de andere helft.",
    "contact_name": "Team",
    "contact_email": "team@example.org",
    "contact_phone": "",
    "payer_name": "Agentschap",
    "payer_iban": "BE68539007547034",
    "payer_bic": "GKCCBEBB",
}


@pytest.fixture
def draft() -> Call:
    """The call of round 1 with everything it needs, not yet published."""
    started = act.start_call(round_one(), by=BY)
    return act.save_call(started, CONTENT, revision=0, by=BY)


def again(call: Call) -> Call:
    found: Call = Call.objects.get(pk=call.pk)
    return found


def extend(call: Call, closes_at: datetime, organisation: Organisation | None = None) -> Extension:
    with audit.recording(by=BY) as log:
        made = Extension(call=call, organisation=organisation, closes_at=closes_at, reason="x", created_at=OPENS)
        return log.create(made, verb="test.extension")


class TestClock:
    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (OPENS - SECOND, Phase.ANNOUNCED),
            (OPENS, Phase.OPEN),
            (OPENS + SECOND, Phase.OPEN),
            (CLOSES - SECOND, Phase.OPEN),
            (CLOSES, Phase.CLOSED),
            (CLOSES + SECOND, Phase.CLOSED),
        ],
    )
    def test_to_the_second(self, call: Call, now: datetime, expected: Phase) -> None:
        assert phase(call, now) is expected
        assert is_open(call, now=now) == (expected is Phase.OPEN)

    @given(st.integers(-(10**7), 10**7))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_open_is_from_opening_until_just_before_closing(self, call: Call, seconds: int) -> None:
        now = OPENS + timedelta(seconds=seconds)
        assert (phase(call, now) is Phase.OPEN) == (OPENS <= now < CLOSES)

    @pytest.mark.parametrize("state", [CallState.DRAFT, CallState.CANCELLED])
    def test_only_a_published_call_opens(self, state: str) -> None:
        call = make_call(state=state)
        assert phase(call, DURING) == state
        with pytest.raises(ValidationError, match=r"ontwerp|ingetrokken"):
            check_open(call, now=DURING)

    def test_an_extension_for_all_moves_the_closing(self, call: Call) -> None:
        later = CLOSES + timedelta(days=3)
        extend(call, later)
        for organisation in (None, government("Gent")):
            assert phase(call, later - SECOND, organisation) is Phase.OPEN
            assert phase(call, later, organisation) is Phase.CLOSED

    def test_an_extension_for_one_moves_theirs_only(self, call: Call) -> None:
        gent, aalst = government("Gent"), government("Aalst")
        later = CLOSES + timedelta(hours=1)
        extend(call, later, gent)
        assert phase(call, CLOSES, gent) is Phase.OPEN
        assert phase(call, later - SECOND, gent) is Phase.OPEN
        assert phase(call, later, gent) is Phase.CLOSED
        assert phase(call, CLOSES, aalst) is Phase.CLOSED
        assert phase(call, CLOSES) is Phase.CLOSED

    def test_the_latest_counts_whichever_came_first(self, call: Call) -> None:
        gent = government("Gent")
        extend(call, CLOSES + timedelta(days=2), gent)
        extend(call, CLOSES + timedelta(days=1))
        assert closes_at_for(call, gent) == CLOSES + timedelta(days=2)
        assert closes_at_for(call) == CLOSES + timedelta(days=1)

    @given(st.lists(st.integers(-(10**6), 10**6)))
    def test_an_extension_never_makes_it_earlier(self, seconds: list[int]) -> None:
        moved = [Extension(closes_at=CLOSES + timedelta(seconds=each)) for each in seconds]
        found = latest(CLOSES, moved)
        assert found is not None
        assert found >= CLOSES

    def test_the_refusal_says_when(self, call: Call) -> None:
        with pytest.raises(ValidationError, match=r"opent op 1 mei 2022 om 0\.00 uur"):
            check_open(call, now=OPENS - SECOND)
        with pytest.raises(ValidationError, match="gesloten: indienen kon tot en met 1 juli 2022"):
            check_open(call, now=CLOSES)
        with pytest.raises(ValidationError, match=r"vanaf 2 juli 2022 om 0\.00 uur"):
            check_closed(call, now=CLOSES - SECOND)
        check_closed(call, now=CLOSES)

    @pytest.mark.parametrize(
        ("local", "instant"),
        [
            (datetime(2029, 3, 25, 1, 59, 59), datetime(2029, 3, 25, 0, 59, 59, tzinfo=UTC)),
            (datetime(2029, 3, 25, 3), datetime(2029, 3, 25, 1, tzinfo=UTC)),
            (datetime(2029, 10, 28, 1, 59, 59), datetime(2029, 10, 27, 23, 59, 59, tzinfo=UTC)),
            (datetime(2029, 10, 28, 3), datetime(2029, 10, 28, 2, tzinfo=UTC)),
        ],
    )
    def test_the_nights_in_which_the_clock_jumps(self, local: datetime, instant: datetime) -> None:
        call = make_call(opens_at=datetime(2029, 3, 1, tzinfo=UTC), closes_at=local.replace(tzinfo=BRUSSELS))
        assert again(call).closes_at == instant
        assert phase(call, instant - SECOND) is Phase.OPEN
        assert phase(call, instant) is Phase.CLOSED

    def test_an_autumn_hour_counts_both_times(self) -> None:
        """Open until three o'clock: the hour from two to three passes twice and both are open."""
        call = make_call(
            opens_at=datetime(2029, 10, 1, tzinfo=UTC), closes_at=datetime(2029, 10, 28, 3, tzinfo=BRUSSELS)
        )
        for fold in (0, 1):
            assert is_open(call, now=datetime(2029, 10, 28, 2, 30, fold=fold, tzinfo=BRUSSELS))

    @pytest.mark.parametrize(
        ("now", "says"),
        [
            (OPENS - SECOND, "Indienen kan van 1 mei 2022 om 0.00 uur tot en met 1 juli 2022."),
            (DURING, "Indienen kan nu, tot en met 1 juli 2022."),
            (CLOSES, "De oproep is gesloten: indienen kon tot en met 1 juli 2022."),
        ],
    )
    def test_the_page_says_where_it_stands(self, call: Call, now: datetime, says: str) -> None:
        assert standing(call, now).when == says


class TestPreparing:
    def test_a_round_has_one_call(self, draft: Call) -> None:
        with pytest.raises(ValidationError, match="al een oproep"):
            act.start_call(round_one(), by=BY)

    def test_the_next_call_begins_with_the_texts_of_the_one_before(self, draft: Call) -> None:
        act.write_mail(draft, "submitted", subject="Binnen: {nummer}", body="Dank u.", by=BY)
        following = Round.objects.get(programme=draft.round.programme, number=2)
        made = act.start_call(following, by=BY)
        assert (made.introduction, made.contact_email) == (CONTENT["introduction"], "team@example.org")
        assert (made.opens_at, made.closes_at, made.revision) == (None, None, 0)
        assert made.mail_templates.get().subject == "Binnen: {nummer}"

    def test_saving_what_is_there_writes_nothing(self, draft: Call) -> None:
        count = AuditEvent.objects.count()
        assert act.save_call(draft, CONTENT, revision=1, by=BY).revision == 1
        assert AuditEvent.objects.count() == count

    def test_the_second_editor_is_told(self, draft: Call) -> None:
        act.save_call(draft, CONTENT | {"introduction": "Eerste"}, revision=1, by=BY)
        with pytest.raises(ChangedMeanwhileError):
            act.save_call(draft, CONTENT | {"introduction": "Tweede"}, revision=1, by=BY)
        assert again(draft).introduction == "Eerste"

    @pytest.mark.parametrize("minutes", [0, -1])
    def test_a_call_closes_after_it_opens(self, draft: Call, minutes: int) -> None:
        closes = CONTENT["opens_at"] + timedelta(minutes=minutes)
        with pytest.raises(ValidationError) as raised:
            act.save_call(draft, CONTENT | {"closes_at": closes}, revision=1, by=BY)
        assert list(raised.value.message_dict) == ["closes_at"]

    def test_once_published_only_contact_and_account_change(self, draft: Call) -> None:
        act.publish_call(draft, revision=1, by=BY)
        changed = act.save_call(
            draft, CONTENT | {"introduction": "Anders", "contact_name": "Nieuw", "closes_at": OPENS}, revision=1, by=BY
        )
        assert (changed.contact_name, changed.introduction) == ("Nieuw", CONTENT["introduction"])
        assert again(draft).closes_at == CONTENT["closes_at"]
        assert AuditEvent.objects.filter(verb="applications.call.amend").count() == 1


class TestNeeds:
    def test_a_complete_call_needs_nothing(self, draft: Call) -> None:
        assert needs_of(draft) == []

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("opens_at", None, "nog geen begin en einde"),
            ("closes_at", None, "nog geen begin en einde"),
            ("closes_at", datetime(2020, 1, 1, tzinfo=UTC), "al gesloten"),
            ("introduction", "", "inleiding"),
            ("contact_name", "", "terechtkunnen"),
            ("contact_email", "", "terechtkunnen"),
            ("cofinancing_statement", "", "verklaring van eigen inbreng"),
        ],
    )
    def test_what_is_missing_is_said_and_linked(self, draft: Call, field: str, value: Any, says: str) -> None:
        values = {field: value} | ({"opens_at": datetime(2019, 1, 1, tzinfo=UTC)} if value else {})
        with audit.recording(by=BY) as log:
            log.change(draft, verb="test.change", **values)
        needs = [need for need in needs_of(draft) if need.blocking]
        assert [says in need.sentence for need in needs] == [True]
        assert needs[0].address.startswith("/beheer/oproepen/plan-samenleven/ronde-1/wijzigen/#id_")
        with pytest.raises(ValidationError, match=says):
            act.publish_call(draft, revision=1, by=BY)
        assert again(draft).state == CallState.DRAFT

    def test_a_statement_is_needed_only_when_a_rule_asks_it(self, draft: Call) -> None:
        with audit.recording(by=BY) as log:
            log.change(draft, verb="test.change", cofinancing_statement="")
            log.remove(draft.round.rules.get(key="half_of_cost"), verb="test.remove")
        assert needs_of(draft) == []

    def test_an_account_can_wait(self, draft: Call) -> None:
        with audit.recording(by=BY) as log:
            log.change(draft, verb="test.change", payer_iban="")
        assert [need.blocking for need in needs_of(draft)] == [False]
        act.publish_call(draft, revision=1, by=BY)

    def test_an_empty_round_needs_budget_rules_and_terms(self) -> None:
        programme = add_item(Programme(name="Nieuw", owner="x", slug="nieuw-plan"), by=BY)
        days = {"starts_on": date(2029, 1, 1), "ends_on": date(2029, 12, 31)}
        made = act.start_call(add_item(Round(programme=programme, number=1, **days), by=BY), by=BY)
        said = " ".join(need.sentence for need in needs_of(made))
        for words in ("budget", "regels", "geen enkele actie", "begin en einde", "inleiding"):
            assert words in said

    def test_gaps_in_published_terms_are_said_but_do_not_hold_it_up(self) -> None:
        second = Round.objects.get(programme=round_one().programme, number=2)
        made = act.save_call(act.start_call(second, by=BY), CONTENT, revision=0, by=BY)
        needs = needs_of(made)
        assert needs
        assert {need.blocking for need in needs} == {False}
        said = " ".join(need.sentence for need in needs)
        assert "zonder bedrag per eenheid" in said
        assert "KPI-lijnen zijn niet gekend" in said


class TestPublishing:
    def test_it_is_told_to_governments_and_to_the_round(self, draft: Call) -> None:
        person(Role.GOVERNMENT_EDITOR, "Gent")
        person(Role.READER, "Aalst")
        published = act.publish_call(draft, revision=1, by=BY)
        assert published.state == CallState.PUBLISHED
        notice = Notice.objects.get(key="call_published")
        assert notice.recipients == ["government_editor.gent@example.org"]
        assert "/oproepen/plan-samenleven/ronde-1/" in notice.body
        days = Round.objects.get(pk=draft.round.pk)
        assert (days.call_opens_on, days.call_closes_on) == (date(2099, 5, 1), date(2099, 7, 1))

    def test_what_was_not_read_is_not_published(self, draft: Call) -> None:
        act.save_call(draft, CONTENT | {"introduction": "Anders"}, revision=1, by=BY)
        with pytest.raises(ChangedMeanwhileError):
            act.publish_call(draft, revision=1, by=BY)

    def test_rules_stay_from_then_on(self, draft: Call) -> None:
        assert why_held(draft.round) == ""
        act.publish_call(draft, revision=1, by=BY)
        assert "veranderen niet meer" in why_held(draft.round)
        with pytest.raises(ValidationError, match="veranderen niet meer"):
            set_rule(draft.round, "balance", RuleContent({"share": 50}), by=BY)

    def test_it_opens_and_closes_by_itself(self, draft: Call) -> None:
        published = act.publish_call(draft, revision=1, by=BY)
        assert phase(published, CONTENT["opens_at"] - SECOND) is Phase.ANNOUNCED
        assert phase(published, CONTENT["opens_at"]) is Phase.OPEN
        assert phase(published, CONTENT["closes_at"]) is Phase.CLOSED


class TestExtending:
    @pytest.fixture
    def published(self, draft: Call) -> Call:
        return act.publish_call(draft, revision=1, by=BY)

    def test_for_all(self, published: Call) -> None:
        person(Role.GOVERNMENT_APPROVER, "Gent")
        act.extend_call(published, datetime(2099, 7, 10, tzinfo=BRUSSELS), reason="storing", by=BY)
        assert Round.objects.get(pk=published.round.pk).call_closes_on == date(2099, 7, 9)
        notice = Notice.objects.get(key="call_extended")
        assert "9 juli 2099 om 24.00 uur" in notice.body
        assert "storing" in notice.body
        assert again(published).closes_at == CONTENT["closes_at"], "what was published stays to be read"

    def test_for_one(self, published: Call) -> None:
        person(Role.GOVERNMENT_APPROVER, "Gent")
        person(Role.GOVERNMENT_APPROVER, "Aalst")
        moment = datetime(2099, 7, 10, tzinfo=BRUSSELS)
        act.extend_call(published, moment, reason="ziekte", organisation=government("Gent"), by=BY)
        assert Notice.objects.get(key="call_extended").recipients == ["government_approver.gent@example.org"]
        assert "9 juli 2099 om 24.00 uur" in Notice.objects.get(key="call_extended").body
        assert Round.objects.get(pk=published.round.pk).call_closes_on == date(2099, 7, 1)

    @pytest.mark.parametrize("seconds", [0, -1])
    def test_never_shorter(self, published: Call, seconds: int) -> None:
        with pytest.raises(ValidationError, match=r"Verlengen kan alleen tot na 1 juli 2099 om 24\.00 uur"):
            act.extend_call(published, CONTENT["closes_at"] + timedelta(seconds=seconds), reason="x", by=BY)

    def test_never_shorter_than_their_own(self, published: Call) -> None:
        gent = government("Gent")
        act.extend_call(published, datetime(2099, 8, 1, tzinfo=BRUSSELS), reason="x", organisation=gent, by=BY)
        with pytest.raises(ValidationError, match="31 juli 2099"):
            act.extend_call(published, datetime(2099, 7, 20, tzinfo=BRUSSELS), reason="x", organisation=gent, by=BY)
        act.extend_call(published, datetime(2099, 7, 20, tzinfo=BRUSSELS), reason="x", by=BY)

    def test_never_into_the_past(self, call: Call) -> None:
        with pytest.raises(ValidationError, match="voorbij"):
            act.extend_call(call, CLOSES + timedelta(days=1), reason="x", by=BY)

    def test_only_with_a_reason(self, published: Call) -> None:
        with pytest.raises(ValidationError) as raised:
            act.extend_call(published, datetime(2099, 8, 1, tzinfo=BRUSSELS), reason=" ", by=BY)
        assert list(raised.value.message_dict) == ["reason"]
        assert not Extension.objects.exists()


class TestCancelling:
    def test_people_are_told_and_may_begin_anew(self, draft: Call) -> None:
        person(Role.GOVERNMENT_EDITOR, "Gent")
        act.publish_call(draft, revision=1, by=BY)
        act.extend_call(draft, datetime(2099, 8, 1, tzinfo=BRUSSELS), reason="x", by=BY)
        cancelled = act.cancel_call(draft, reason="geen budget", by=BY)
        assert cancelled.state == CallState.CANCELLED
        assert "geen budget" in Notice.objects.get(key="call_cancelled").body
        resumed = act.resume_call(cancelled, by=BY)
        assert (resumed.state, resumed.published_at, resumed.extensions.count()) == (CallState.DRAFT, None, 0)
        assert Round.objects.get(pk=draft.round.pk).call_closes_on is None
        with pytest.raises(ValidationError, match="al mails verstuurd"):
            act.discard_call(resumed, by=BY)

    def test_not_once_decided(self, call: Call) -> None:
        make_application(call, state=ApplicationState.DECIDED)
        with pytest.raises(ValidationError, match="al beslist"):
            act.cancel_call(call, reason="x", by=BY)

    def test_not_anew_once_somebody_applied(self, call: Call) -> None:
        make_application(call)
        act.cancel_call(call, reason="x", by=BY)
        with pytest.raises(ValidationError, match="al aanvragen"):
            act.resume_call(call, by=BY)

    def test_a_draft_goes_with_what_hangs_on_it(self, draft: Call) -> None:
        act.write_mail(draft, "submitted", subject="x", body="y", by=BY)
        act.discard_call(draft, by=BY)
        assert not Call.objects.filter(pk=draft.pk).exists()
        assert not MailTemplate.objects.exists()


class TestDocuments:
    @pytest.fixture(autouse=True)
    def folder(self, settings: Any, tmp_path: Any) -> None:
        storages = {**settings.STORAGES}
        storages["default"] = {**storages["default"], "OPTIONS": {"location": str(tmp_path)}}
        settings.STORAGES = storages

    def add(self, call: Call, *, by: Actor = BY) -> CallDocument:
        file = checked(SimpleUploadedFile("besluit.pdf", MINIMAL_PDF))
        return act.add_document(call, title="Besluit", file=file, by=by)

    def test_a_document_is_kept_as_it_came(self, call: Call) -> None:
        stored = self.add(call)
        assert (stored.file_name, stored.media_type, stored.size) == (
            "besluit.pdf", "application/pdf", len(MINIMAL_PDF)
        )  # fmt: skip
        with stored.file.open("rb") as kept:
            assert kept.read() == MINIMAL_PDF

    def test_the_same_file_is_there_once(self, call: Call) -> None:
        self.add(call)
        with pytest.raises(ValidationError, match="staat er al bij"):
            self.add(call)

    def test_it_goes_with_its_file(self, call: Call, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
        stored = self.add(call)
        name, storage = stored.file.name, stored.file.storage
        with django_capture_on_commit_callbacks(execute=True):
            act.remove_document(stored, by=BY)
        assert not storage.exists(name)

    def test_not_for_a_cancelled_call(self, call: Call) -> None:
        stored = self.add(call)
        act.cancel_call(call, reason="x", by=BY)
        with pytest.raises(ValidationError, match="ingetrokken"):
            act.remove_document(stored, by=BY)


class TestWords:
    def test_own_words_and_back(self, call: Call) -> None:
        act.write_mail(call, "submitted", subject="Binnen: {nummer}", body="Dank u, {bestuur}.", by=BY)
        act.write_mail(call, "submitted", subject="Binnen: {nummer}!", body="Dank u, {bestuur}.", by=BY)
        assert call.mail_templates.get().subject == "Binnen: {nummer}!"
        shipped = MAILS["submitted"]
        act.write_mail(call, "submitted", subject=str(shipped.subject), body=str(shipped.body), by=BY)
        assert not call.mail_templates.exists()
        assert act.write_mail(call, "submitted", subject=str(shipped.subject), body=str(shipped.body), by=BY) is None

    @pytest.mark.parametrize(
        ("subject", "body", "field", "says"),
        [
            ("{naam}", "x", "subject", "{naam} bestaat niet in dit bericht. Gebruik: {programma}"),
            ("x", "{vraag}", "body", "{vraag} bestaat niet"),
            ("x", " ", "body", "Laat dit niet leeg"),
        ],
    )
    def test_a_name_that_is_not_known_is_refused(
        self, call: Call, subject: str, body: str, field: str, says: str
    ) -> None:
        with pytest.raises(ValidationError) as raised:
            act.write_mail(call, "submitted", subject=subject, body=body, by=BY)
        assert says in raised.value.message_dict[field][0]

    def test_a_notice_that_does_not_exist(self, call: Call) -> None:
        with pytest.raises(ValidationError, match="bestaat niet"):
            act.write_mail(call, "verjaardag", subject="x", body="y", by=BY)


STEPS: dict[str, Callable[[Call, Actor], Any]] = {
    "change": lambda call, by: act.save_call(call, CONTENT | {"introduction": "z"}, revision=call.revision, by=by),
    "amend": lambda call, by: act.save_call(call, {"contact_name": "z"}, revision=call.revision, by=by),
    "publish": lambda call, by: act.publish_call(call, revision=call.revision, by=by),
    "extend": lambda call, by: act.extend_call(call, datetime(2099, 9, 1, tzinfo=UTC), reason="x", by=by),
    "cancel": lambda call, by: act.cancel_call(call, reason="x", by=by),
    "resume": lambda call, by: act.resume_call(call, by=by),
    "discard": lambda call, by: act.discard_call(call, by=by),
}
SAVES = {"change", "amend"}


@pytest.mark.parametrize("state", CallState)
@pytest.mark.parametrize("step", [step for step in CALL if step.name in STEPS], ids=lambda step: step.name)
def test_every_step_in_every_state(step: Any, state: CallState) -> None:
    call = make_call(state=state, **{name: CONTENT[name] for name in ("opens_at", "closes_at", "introduction")})
    allowed = state in step.before or (step.name in SAVES and state != CallState.CANCELLED)
    if allowed:
        STEPS[step.name](call, BY)
        found = Call.objects.filter(pk=call.pk).first()
        expected = state if step.name in SAVES else step.after
        assert (found.state if found else "") == expected
    else:
        with pytest.raises(ValidationError, match="kan niet: de toestand is nu"):
            STEPS[step.name](call, BY)


@pytest.mark.parametrize("role", [None, *Role])
def test_every_step_for_every_role(role: Role | None, draft: Call) -> None:
    by = person(role) if role else Actor()
    steps: list[Callable[[], object]] = [
        lambda: act.save_call(draft, CONTENT, revision=1, by=by),
        lambda: act.write_mail(draft, "submitted", subject="x", body="y", by=by),
        lambda: act.publish_call(draft, revision=1, by=by),
        lambda: act.extend_call(draft, datetime(2099, 9, 1, tzinfo=UTC), reason="x", by=by),
        lambda: act.cancel_call(draft, reason="x", by=by),
        lambda: act.resume_call(draft, by=by),
    ]
    for step in steps:
        if role in MANAGER:
            step()
        else:
            with pytest.raises(PermissionDenied):
                step()
    second = Round.objects.get(programme=draft.round.programme, number=2)
    if role in MANAGER:
        act.discard_call(act.start_call(second, by=by), by=by)
    else:
        with pytest.raises(PermissionDenied):
            act.start_call(second, by=by)
        with pytest.raises(PermissionDenied):
            act.discard_call(draft, by=by)
