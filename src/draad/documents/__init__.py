"""Reads and writes files: tables as Excel and CSV, documents as PDF."""
