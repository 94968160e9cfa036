"""Applications to a round: what is known of partnerships and mentors."""
