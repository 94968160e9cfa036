"""Plan Samenleven as far as its published facts go."""
