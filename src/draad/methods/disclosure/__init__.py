"""Disclosure control: publish tables from which nobody can work out a small or dominated figure.

``protect`` chooses the cells to suppress over all tables published together at the lowest proven cost, ``audit`` tells
exactly what a set of published tables gives away, and ``round_tables`` rounds them so that they still add up.
"""

from draad.methods.disclosure.audit import Audit, Interval, Required, audit, audit_insider
from draad.methods.disclosure.hierarchy import Hierarchy, Link
from draad.methods.disclosure.inner import InnerCell, Publication, plan_publication
from draad.methods.disclosure.layout import ANY, Layout, Place
from draad.methods.disclosure.problem import Need, Problem, Settings, build_problem
from draad.methods.disclosure.protection import Protection, protect
from draad.methods.disclosure.published import PublishedCell, audit_published
from draad.methods.disclosure.rounding import Rounding, round_tables, rounding_intervals
from draad.methods.disclosure.rules import Rules, primary_cells
from draad.methods.disclosure.suppress import Pattern, suppress

__all__ = [
    "ANY",
    "Audit",
    "Hierarchy",
    "InnerCell",
    "Interval",
    "Layout",
    "Link",
    "Need",
    "Pattern",
    "Place",
    "Problem",
    "Protection",
    "Publication",
    "PublishedCell",
    "Required",
    "Rounding",
    "Rules",
    "Settings",
    "audit",
    "audit_insider",
    "audit_published",
    "build_problem",
    "plan_publication",
    "primary_cells",
    "protect",
    "round_tables",
    "rounding_intervals",
    "suppress",
]
