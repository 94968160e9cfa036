"""Figures with their sources: what was published about the programme."""
