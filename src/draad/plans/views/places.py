"""Finds the plan, document or sheet of a page, refuses who does not coordinate the plan, and marks examples."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from draad.accounts.middleware import actor
from draad.plans.actions.plans import require_coordinator
from draad.plans.models import Plan, ReadSheet, SheetUpload


def plan_of(request: HttpRequest, slug: str) -> Plan:
    """The plan; 404 without one, 403 for who does not coordinate it."""
    plan: Plan = get_object_or_404(Plan.objects.select_related("owner"), slug=slug)
    require_coordinator(plan, actor(request))
    return plan


def upload_of(request: HttpRequest, pk: int) -> SheetUpload:
    """The document; 404 without one, 403 for who does not coordinate its plan."""
    upload: SheetUpload = get_object_or_404(SheetUpload.objects.select_related("plan__owner"), pk=pk)
    require_coordinator(upload.plan, actor(request))
    return upload


def sheet_of(request: HttpRequest, pk: int) -> ReadSheet:
    """The sheet; 404 without one, 403 for who does not coordinate its plan."""
    sheets = ReadSheet.objects.select_related("upload__plan__owner", "measure")
    sheet: ReadSheet = get_object_or_404(sheets, pk=pk)
    require_coordinator(sheet.upload.plan, actor(request))
    return sheet


def example_of(plan: Plan) -> dict[str, Any]:
    """What a page says of a plan that is an example: nothing of it is real."""
    return {"example": plan.example, "example_says": _("Dit plan is verzonnen door Draad, met alles wat erin staat.")}
