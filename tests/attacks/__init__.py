"""Attacks on a running server, bounded and from this machine only: each says what it reached."""
