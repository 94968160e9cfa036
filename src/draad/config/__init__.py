"""Settings, addresses and the draad command: what ties the rooms together."""
