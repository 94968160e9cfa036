"""Filters that write values, and small tags that templates of every room use."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString
from django.utils.translation import override

from draad.documents.iban import grouped_iban
from draad.documents.tables import Gap, Kind, NotApplicable, Value
from draad.web import formatting
from draad.web.sources import source_text
from draad.web.tables import BoundTable

register = template.Library()


@register.filter
def number(value: int | Decimal | Gap | None) -> str | SafeString:
    """A count with separators; a gap is shown as a gap."""
    return formatting.display(value, Kind.COUNT)


@register.filter
def euro(value: int | Decimal | Gap | None) -> str | SafeString:
    """An amount in euro; a gap is shown as a gap."""
    return formatting.display(value, Kind.EURO)


@register.filter
def to_the_cent(value: int | Decimal) -> str:
    """An amount in euro with its cents, also when these are nought: for amounts that stand below each other."""
    return formatting.euro(value, cents=True)


@register.filter
def percent(value: int | Decimal | Gap | None) -> str | SafeString:
    """A percentage; a gap is shown as a gap."""
    return formatting.display(value, Kind.PERCENT)


@register.filter
def day(value: date | None) -> str:
    """A date in words."""
    return formatting.day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in words, on the clock of Brussels."""
    return formatting.moment(value)


@register.filter
def until(value: datetime | None) -> str:
    """Until when, in words: midnight is the end of the day before."""
    return formatting.until(value)


@register.filter
def shown(value: Value, kind: Kind = Kind.TEXT) -> str | SafeString:
    """Any value of a table, written as its kind asks."""
    return formatting.display(value, kind)


@register.filter
def source(value: str) -> str:
    """The source of a fact in the language of the reader."""
    return source_text(value)


@register.filter
def iban(value: str) -> str:
    """An account number in groups of four."""
    return grouped_iban(value)


@register.filter
def is_gap(value: Any) -> bool:
    """Whether there is no value to show."""
    return isinstance(value, Gap | NotApplicable)


@register.simple_tag(takes_context=True)
def address_with(context: Context, **changes: Any) -> str:
    """The address of this page with some parameters changed; None or empty takes one away."""
    parameters: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.simple_tag(takes_context=True)
def address_in(context: Context, language: str) -> str:
    """The address of this page in another language; of a page that is not there, as Django finds it."""
    request = context["request"]
    match = request.resolver_match
    if match is None:
        return translate_url(request.get_full_path(), language)
    with override(language):
        address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    return f"{address}?{query}" if query else address


@register.simple_tag(takes_context=True)
def sort_address(context: Context, table: BoundTable, sort: str) -> str:
    """The address that sorts a table in another order, from its first page."""
    return address_with(context, **{table.name_of_sort: sort, table.name_of_page: None})


@register.simple_tag(takes_context=True)
def page_address(context: Context, table: BoundTable, page: int) -> str:
    """The address of another page of a table."""
    return address_with(context, **{table.name_of_page: page})


@register.simple_tag(takes_context=True)
def download_address(context: Context, table: BoundTable, form: str) -> str:
    """The address that gives the table as a file, with the filters and order of the page."""
    return address_with(context, format=form, table=table.table.key if table.prefix else None)
