"""Governments, administrations and partners through time, their territories and their people."""
