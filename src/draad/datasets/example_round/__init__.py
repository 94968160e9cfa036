"""An invented programme with a round to divide and a call that is open, to try what governments and managers do."""
