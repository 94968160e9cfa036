"""The overview of a round: one workbook with a sheet per question that the facts can answer."""

from draad.accountability.overview.workbook import overview

__all__ = ["overview"]
