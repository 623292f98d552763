"""Cards: people write them, in silence until the reveal or in the open."""

from .kind import Collect, CollectSettings

__all__ = ["Collect", "CollectSettings"]
