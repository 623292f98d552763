"""How many random examples of a rule each engine gets.

The rule is the same code on both, and what the engines do otherwise shows in any example: so together they get as many
as the rule is worth. On PostgreSQL an example costs more, so it gets a third of them.
"""

from __future__ import annotations

from hypothesis import settings

USUAL = 25


def shared(engine: str, *, examples: int = USUAL) -> settings:
    """Return the settings for this engine's share of so many examples."""
    on_postgresql = examples // 3
    return settings(max_examples=on_postgresql if engine == "postgresql" else examples - on_postgresql)
