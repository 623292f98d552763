"""Tracks which tallies screens have: what changed, and what must be withdrawn.

A screen that was connected all the time must show what a new one shows. So a tally that may no longer be shown is
withdrawn: its round or item is sent as null.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ..domain.audience import may_see_tally
from ..domain.documents import TallyDoc
from ..domain.snapshot import show_tally
from ..domain.state import State


class TallyChanges:
    """See the module. `owed`: there is something to tell."""

    def __init__(self) -> None:
        self.owed = False
        self._unsent: dict[str, set[str]] = defaultdict(set)
        """Round → items; kept while nobody may see the round's tally, sent whole when they may."""
        self._told: dict[str, frozenset[str]] = {}
        """Round → items of which some screen may know a tally. Replaced, never changed: see `put_back`."""

    @property
    def told(self) -> Mapping[str, frozenset[str]]:
        return self._told

    def put_back(self, told: Mapping[str, frozenset[str]]) -> None:
        """Restore the state from before a failed turn."""
        self._told = dict(told)

    def look(self, state: State) -> None:
        """Compare with the current counts and collect the changes."""
        for name, items in state.changed_items.items():
            self._unsent[name] |= items
        state.changed_items.clear()
        self.owed = bool(self._withdrawn(state)) or any(_is_shown(state, name) for name in self._unsent)

    def take(self, state: State) -> TallyDoc:
        """Return the changes to send now."""
        self.owed = False
        patch: TallyDoc = {}
        told = dict(self._told)
        for name, gone in self._withdrawn(state).items():
            if gone is None:
                patch[name] = None
                # Whole again when it may be seen again.
                self._unsent[name] |= told.pop(name)
            else:
                patch[name] = dict.fromkeys(gone)
                told[name] -= gone
        for name, counts in show_tally(state, self._unsent).items():
            before = told.get(name, frozenset())
            # A value that was never sent is not withdrawn.
            news = {item: count for item, count in counts.items() if count is not None or item in before}
            if news:
                patch[name] = {**(patch.get(name) or {}), **news}
                told[name] = (before | news.keys()) - _withheld(counts)
            del self._unsent[name]
        for name in [name for name in self._unsent if _is_shown(state, name)]:
            # Its items are gone, or it has none.
            del self._unsent[name]
        self._told = told
        return patch

    def take_whole(self, state: State) -> TallyDoc:
        """Return the whole tally for a new screen; withdrawn values are sent to the others as usual."""
        whole: TallyDoc = {}
        told = dict(self._told)
        for name, counts in show_tally(state).items():
            shown = {item: count for item, count in counts.items() if count is not None}
            if shown:
                whole[name] = {**shown}
                told[name] = told.get(name, frozenset()) | shown.keys()
        self._told = told
        return whole

    def _withdrawn(self, state: State) -> dict[str, frozenset[str] | None]:
        """Return round → the items that left it; None when none of it may be shown."""
        withdrawn: dict[str, frozenset[str] | None] = {}
        for name, items in self._told.items():
            if not _is_shown(state, name) or not state.tallies.get(name):
                withdrawn[name] = None
            elif gone := items - state.tallies[name].keys():
                withdrawn[name] = gone
        return withdrawn


def _withheld(counts: Mapping[str, list[int] | None]) -> frozenset[str]:
    return frozenset(item for item, count in counts.items() if count is None)


def _is_shown(state: State, name: str) -> bool:
    return name in state.rounds and may_see_tally(state, state.rounds[name])
