"""Paper ballots in a session's state: for everybody they are a count in the turnout. What the console knows of each is
the number that is written on it, and the rounds in which it counts.
"""

from __future__ import annotations

from ..models import Step
from .state import State


def papers_of(state: State, step: Step) -> set[int]:
    """Return the paper ballots that count in the newest round of a step that was opened, by table id."""
    return state.voters_of(step) & state.on_paper


def rounds_on_paper(state: State, person: int) -> list[str]:
    """Return the rounds in which a paper ballot counts; none for a phone: in which it voted is hidden."""
    if person not in state.on_paper:
        return []
    return sorted(name for name, voters in state.voters.items() if person in voters)
