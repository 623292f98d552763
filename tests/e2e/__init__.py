"""Real browsers against a real server: journeys through a whole session, and every state of every screen."""
