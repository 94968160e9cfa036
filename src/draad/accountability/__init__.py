"""Answers to parliament and their annexes."""
