"""The versions of a plan: which there are, publishing the next one, and what differs between two of them."""

from __future__ import annotations

import re
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.plans.actions.plans import publish_version
from draad.plans.differencereport import difference_pdf, difference_table
from draad.plans.differences import Change, difference_of
from draad.plans.editions import WORKING, Edition, edition, newest, on_day
from draad.plans.models import PlanVersion
from draad.plans.states import DRAFT, PUBLISH
from draad.plans.views.places import plan_of
from draad.plans.views.reading import Read, read_plan
from draad.web.tables import file_response, table_page

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version with its reason, and for a coordinator the way to the next one."""
    return _versions(request, read_plan(request, slug), [])


def _versions(request: HttpRequest, found: Read, problems: list[str], note: str = "") -> HttpResponse:
    draft = PlanVersion.objects.filter(plan=found.plan, state=DRAFT).first() if found.may_work else None
    latest = newest(found.versions)
    changed = None
    if found.may_work and draft and latest:
        changed = difference_of(found.plan, latest, WORKING)
    context = {
        **found.context,
        "draft": draft,
        "latest": latest,
        "changed": changed,
        "problems": problems,
        "note": note,
    }
    return render(request, "plans/versions.html", context, status=422 if problems else 200)


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish what was worked on as the next version."""
    plan = plan_of(request, slug)
    note = request.POST.get("note", "")
    try:
        revision = int(request.POST.get("revision") or -1)
        publish_version(plan, note=note, revision=revision, by=actor(request))
    except ChangedMeanwhileError:
        told = _("Intussen is er iets gewijzigd. Kijk de verschillen opnieuw na en publiceer dan.")
        return _versions(request, read_plan(request, slug), [told], note)
    except ValidationError as problem:
        return _versions(request, read_plan(request, slug), problem.messages, note)
    messages.success(request, PUBLISH.notice)
    return redirect("plans:versions", slug)


def difference(request: HttpRequest, slug: str) -> HttpResponse:
    """What differs between two versions or days, field by field; ``?vorm=pdf`` gives the same as a document."""
    found = read_plan(request, slug)
    last = newest(found.versions)
    old = _side(found, request.GET.get("van", ""), max(last - 1, min(last, 1)))
    new = _side(found, request.GET.get("naar", ""), last)
    changed = difference_of(found.plan, old.number, new.number)
    if request.GET.get("vorm") == "pdf":
        content = difference_pdf(found.plan, changed, (old.label, new.label))
        return file_response(content, f"{slug}-verschillen.pdf", "application/pdf")
    sides = [(version.number, _("versie %(n)s") % {"n": version.number}) for version in found.versions]
    if found.may_work:
        sides.append((WORKING, _("in bewerking")))
    context = {
        **found.context,
        "old": old,
        "new": new,
        "changed": changed,
        "counts": [(change.label, changed.count(change)) for change in Change],
        "sides": sides,
    }
    table = difference_table(found.plan, changed, (old.label, new.label))
    return table_page(request, "plans/difference.html", [table], context)


def _side(found: Read, asked: str, default: int) -> Edition:
    """The version of a number, or the one that stood on a day.

    Raises:
        Http404: for a version or day without one, or for the working content to who does not coordinate plans.
    """
    number: int | None = default
    if DAY.fullmatch(asked):
        try:
            standing = on_day(found.versions, date.fromisoformat(asked))
        except ValueError as impossible:
            raise Http404 from impossible
        number = standing.number if standing else None
    elif asked.isdecimal():
        number = int(asked)
    known = {version.number for version in found.versions} | ({WORKING} if found.may_work else set())
    if number is None or number not in known:
        raise Http404
    return edition(found.plan, number)
