"""The mathematics of fair money, honest counts and safe tables.

Pure Python without Django, importable by anyone: ``from draad.methods import allocation``. Each method is also a
command that reads files and writes JSON, see ``draad.methods.cli``.
"""
