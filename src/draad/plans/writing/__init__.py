"""Writes action sheets as Word and PDF; what was written reads back to the same data."""
