"""Tests of loading the facts."""
