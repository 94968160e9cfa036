"""Programme, objectives, actions, rounds, and the terms of an action in a round."""
