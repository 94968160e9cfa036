"""Example rounds: generated applications, decisions and payments, calibrated on the published totals."""

from draad.datasets.example.generating import generate
from draad.datasets.example.writing import digest, dump

__all__ = ["digest", "dump", "generate"]
