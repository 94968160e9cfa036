"""Tests of users, roles, signing in and the audit."""
