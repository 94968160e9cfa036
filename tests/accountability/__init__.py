"""Tests of the room accountability."""
