"""Draad keeps one thread from a public programme's proposal to the answer in parliament."""
