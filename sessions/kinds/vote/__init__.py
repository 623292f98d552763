"""A vote on items: people put marks, and the result stays hidden until the reveal, or is counted in the open."""

from .kind import Vote, VoteSettings

__all__ = ["Vote", "VoteSettings"]
