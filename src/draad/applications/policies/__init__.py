"""What the state of things allows, one module per subject."""
