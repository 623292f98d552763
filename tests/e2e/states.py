"""Every state of every screen, once: what axe-core judges and what `make screens` draws.

A state is reached by real commands to a real server (see tour.py) and by what a person does on the screen then.
"""

from __future__ import annotations

from .ballot_states import BALLOT_STATES
from .setup_states import SETUP
from .tour import State
from .voting_states import VOTING
from .writing_states import WRITING

STATES: tuple[State, ...] = (*WRITING, *SETUP, *VOTING, *BALLOT_STATES)

JUDGED = tuple(state for state in STATES if not state.is_drawn_only)
