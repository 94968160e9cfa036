"""Every route of the site with plausible arguments, for tests that try all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from django.utils import translation

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.models import AuditEvent, User
from draad.accounts.roles import Role
from draad.applications.models import ListedPartnership
from draad.figures.models import PublishedFigure
from draad.findings.models import Finding
from draad.organisations.models import BoundarySet, Membership, Organisation, PopulationGroup, PopulationUpload
from draad.programmes.models import ActionTerms
from tests.applications.deciding import decision_routes
from tests.applications.desks import desk_routes
from tests.applications.dossiers import dossier_routes
from tests.applications.examples import call_routes
from tests.jobs.making import job_of
from tests.plans.examples import plan_routes

PROGRAMME = "plan-samenleven"
Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Route:
    """A route: its name with namespace, and the names of its parameters."""

    name: str
    parameters: frozenset[str]


def routes() -> list[Route]:
    """Every route that the resolver knows, by name; a route without a name is an error of its room."""
    found = {route.name: route for route in _walk(get_resolver().url_patterns, (), frozenset())}
    return [found[name] for name in sorted(found)]


def _walk(patterns: list[Any], spaces: tuple[str, ...], parameters: frozenset[str]) -> Iterator[Route]:
    for pattern in patterns:
        here = parameters | frozenset(pattern.pattern.converters)
        if isinstance(pattern.pattern, RegexPattern):
            here |= frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            deeper = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, deeper, here)
        elif isinstance(pattern, URLPattern):
            yield Route(":".join((*spaces, pattern.name or f"nameless {pattern.pattern}")), here)


def prepare(make: Callable[..., Actor]) -> dict[str, Arguments]:
    """Make what the facts do not hold (a draft, an upload, boundaries, an invited person); arguments by route.

    Args:
        make: the fixture that makes a person with a role.
    """
    other = make(Role.READER, email="other@example.org").user
    assert other is not None
    mine = Organisation.objects.get(slug="testbestuur")
    action = {"slug": PROGRAMME, "number": 5}
    return {
        "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
        "mfa_edit_webauthn": {"pk": 1},
        "mfa_remove_webauthn": {"pk": 1},
        "accounts:audit_event": {"number": AuditEvent.objects.order_by("number")[0].number},
        "organisations:government": {"slug": "gent"},
        "organisations:boundaries_remove": {"edition": _boundaries()},
        **{f"organisations:{step}": {"pk": other.pk} for step in PERSON_ROUTES},
        "organisations:end_role": {"pk": other.pk, "membership": Membership.objects.get(user=other).pk},
        **{f"findings:{step}": {"pk": Finding.objects.order_by("pk")[0].pk} for step in FINDING_ROUTES},
        "programmes:programme": {"slug": PROGRAMME},
        "programmes:action": action,
        "programmes:versions": action,
        "programmes:round": {"slug": PROGRAMME, "number": 1},
        "programmes:compare": {"slug": PROGRAMME},
        **{f"programmes:setup{step}": {"slug": PROGRAMME} for step in ("", "_change", "_remove")},
        **{f"programmes:{part}_add": {"slug": PROGRAMME} for part in PARTS},
        **{f"programmes:{part}_{step}": {"slug": PROGRAMME, "number": 1} for part in PARTS for step in PART_STEPS},
        **{f"programmes:{route}": {"slug": PROGRAMME, "number": 1} for route in ROUND_ROUTES},
        **{f"programmes:{route}": {"slug": PROGRAMME, "number": 1, "key": "balance"} for route in RULE_ROUTES},
        "programmes:terms_history": {**action, "of_round": 1},
        "programmes:terms_start": {**action, "of_round": 2},
        **{f"programmes:terms_{step}": {"pk": _draft(make)} for step in DRAFT_ROUTES},
        "applications:partnership": _partnership(),
        **plan_routes(),
        **call_routes(),
        **desk_routes(),
        **decision_routes(mine),
        **dossier_routes(mine),
        "figures:figure": {"pk": PublishedFigure.objects.order_by("pk")[0].pk},
        "accountability:overview_file": {"number": 1},
    }


PERSON_ROUTES = ["person", "grant_role", "invite_again", "reset_second_factor", "deactivate", "reactivate"]
FINDING_ROUTES = ["finding", "comment", "close", "reopen"]
PARTS = ["objective", "action", "round"]
PART_STEPS = ["change", "remove"]
ROUND_ROUTES = ["round_setup", "rules_copy", "terms_copy", "terms_publish_first"]
RULE_ROUTES = ["rule", "rule_remove"]
DRAFT_ROUTES = ["edit", "preview", "publish", "discard"]


def ask(client: Client, method: str, address: str) -> Any:
    """The response to a request; a file is read to its end, so that it is closed."""
    response = getattr(client, method)(address)
    if response.streaming:
        list(response)
    return response


def with_example(arguments: Mapping[str, Mapping[str, Any]]) -> list[Route]:
    """The routes of which the arguments are known; another test names those that lack them."""
    return [route for route in routes() if route.parameters == frozenset(arguments.get(route.name, {}))]


def answer(client: Client, method: str, route: Route, arguments: Mapping[str, Any], language: str) -> tuple[int, str]:
    """Ask, and undo what the asking changed, so that every route is tried by the same person in the same house."""
    with translation.override(language):
        address = reverse(route.name, kwargs=dict(arguments))
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = ask(client, method, address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response.status_code, response.headers.get("Location", "")


def own(user: User | None) -> dict[str, Arguments]:
    """Arguments of routes that show a person only what is theirs."""
    owner = user or User.objects.get(email="other@example.org")
    upload = PopulationUpload.objects.create(
        owner=owner,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
        file_name="inwoners.csv",
        reference_date=date(2026, 1, 1),
        group=PopulationGroup.TOTAL,
        source="test",
        rows=[],
        problems=[],
        skipped=[],
    )
    job = job_of(owner)
    return {
        "organisations:population_upload": {"pk": upload.pk},
        **{f"jobs:{name}": {"pk": job.pk} for name in ("job", "file", "cancel", "begin_again")},
    }


def _boundaries() -> str:
    with audit.recording(by=system("test")) as log:
        values = {"source": "test", "loaded_at": datetime(2026, 1, 1, tzinfo=UTC), "height": 500}
        log.create(BoundarySet(edition="2025", **values), verb="test.add")
    return "2025"


def _draft(make: Callable[..., Actor]) -> int:
    """A draft of terms, begun through the site by a manager."""
    draft = ActionTerms.objects.filter(version=None).first()
    if draft is None:
        client = Client()
        client.force_login(make(Role.PROGRAMME_MANAGER, email="drafter@example.org").user)  # type: ignore[arg-type]  # a person
        client.post(reverse("programmes:terms_start", kwargs={"slug": PROGRAMME, "number": 7, "of_round": 2}))
        draft = ActionTerms.objects.get(version=None)
    return int(draft.pk)


def _partnership() -> Arguments:
    found = ListedPartnership.objects.select_related("round__programme").order_by("pk")[0]
    return {
        "programme": found.round.programme.slug,
        "round_number": found.round.number,
        "position": found.position,
    }
