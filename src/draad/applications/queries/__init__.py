"""Every read of this room that more than one view needs, one module per subject."""
