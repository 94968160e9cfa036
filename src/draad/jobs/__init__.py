"""Long work: begun by a person, done in the background, with progress that can be left and found again."""
