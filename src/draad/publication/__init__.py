"""The public site: home, search, how to read it."""
