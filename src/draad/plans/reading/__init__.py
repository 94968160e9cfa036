"""Reads action sheets from the documents people have: text, PDF and Word, each value with its place."""
