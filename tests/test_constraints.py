"""Every check of the database decides: what it reads is never so empty that it shrugs, and a shrug lets a row in.

SQL knows true, false and unknown; a CHECK refuses only what is false. A comparison with an empty column is unknown, so
a condition such as ``state = 'published' AND version >= 1`` lets a published row without a version pass.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import CheckConstraint, F, Q

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
MOMENTS = [datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)]
SAMPLES: list[tuple[type[models.Field], list[Any]]] = [  # type: ignore[type-arg]  # any field
    (models.ForeignKey, [1, 2]),
    (models.DateTimeField, MOMENTS),
    (models.DateField, [date(2020, 1, 1), date(2021, 1, 1)]),
    (models.DecimalField, [Decimal(-1), Decimal(0), Decimal(1)]),
    (models.IntegerField, [-1, 0, 1, 2000]),
    (models.BooleanField, [True, False]),
    (models.CharField, ["", "iets", "SD 1", "44021"]),
    (models.TextField, ["", "iets"]),
]


def checks() -> Iterator[Any]:
    """Every check of every table, with its model."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                yield pytest.param(model, constraint, id=constraint.name)


every_check = pytest.mark.parametrize(("model", "constraint"), list(checks()))


def leaves(condition: Any) -> Iterator[tuple[str, Any]]:
    """The comparisons of a condition: the column, and with what."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from leaves(child)
        else:
            name, value = child
            yield name.split("__")[0], value
            if isinstance(value, F):
                yield value.name, None


def values_of(field: models.Field[Any, Any], literals: list[Any]) -> list[Any]:
    """What a column may hold, as far as it matters here: empty, what the condition names, and something else."""
    if isinstance(field, models.JSONField):
        keys = [key for value in literals if isinstance(value, list) for key in value]
        return [json.dumps({}), json.dumps(dict.fromkeys(keys, 1))]
    samples = next((values for kind, values in SAMPLES if isinstance(field, kind)), [])
    named = [one for value in literals for one in (value if isinstance(value, list | tuple) else [value])]
    named = [one for one in named if one is not None and not isinstance(one, bool | F)]
    if field.choices:
        samples = [key for key, _label in field.flatchoices] + ([""] if field.blank else [])
    return ([None] if field.null else []) + list(dict.fromkeys([*samples, *named]))


def rows_for(model: type[models.Model], constraint: CheckConstraint) -> list[Row]:
    """Every combination of those values, by column."""
    literals: dict[str, list[Any]] = {}
    for name, value in leaves(constraint.condition):
        literals.setdefault(name, []).append(value)
    fields = [model._meta.get_field(name) for name in literals]
    options = [values_of(field, literals[name]) for field, name in zip(fields, literals, strict=True)]  # type: ignore[arg-type]  # columns only
    return [dict(zip([field.column for field in fields], row, strict=True)) for row in product(*options)]  # type: ignore[union-attr]  # columns only


def verdicts(model: type[models.Model], constraint: CheckConstraint) -> list[tuple[Row, bool | None]]:
    """What the database itself makes of the condition for each row: true, false, or None for unknown."""
    editor = connection.schema_editor(collect_sql=True)
    sql = constraint._get_check_sql(model, editor).replace("%", "%%")  # type: ignore[attr-defined]  # what a migration writes
    types = {field.column: field.rel_db_type(connection) for field in model._meta.concrete_fields}
    found = []
    with connection.cursor() as cursor:
        for row in rows_for(model, constraint):
            cast = "CAST(%s AS {})" if connection.vendor == "postgresql" else "%s"
            columns = ", ".join(f'{cast.format(types[name])} AS "{name}"' for name in row)
            values = [str(value) if isinstance(value, Decimal | date) else value for value in row.values()]
            cursor.execute(f"SELECT ({sql}) FROM (SELECT {columns}) AS one_row", values)
            (verdict,) = cursor.fetchone()
            found.append((row, None if verdict is None else bool(verdict)))
    return found


@every_check
def test_it_never_shrugs(model: type[models.Model], constraint: CheckConstraint) -> None:
    unknown = [row for row, verdict in verdicts(model, constraint) if verdict is None]
    assert unknown == [], f"{constraint.name} lets these in: say in the condition what an empty column means"


@every_check
def test_it_lets_something_in_and_keeps_something_out(model: type[models.Model], constraint: CheckConstraint) -> None:
    assert {verdict for _row, verdict in verdicts(model, constraint)} >= {True, False}


def test_there_are_checks_in_every_room_that_keeps_facts() -> None:
    rooms = {param.values[0]._meta.app_label for param in checks()}
    assert {"accounts", "organisations", "programmes", "plans", "applications", "figures", "findings"} <= rooms
