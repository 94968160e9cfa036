"""Tests of settings, checks and commands."""
