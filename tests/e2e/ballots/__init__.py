"""What people do by each ballot, and by hand what every screen and file says of it: data for test_ballots.py."""

from __future__ import annotations

from .approve import APPROVE
from .budget import BUDGET
from .choice import CHOICE
from .criteria import CRITERIA
from .declared import Declared
from .dots import DOTS
from .matrix import MATRIX
from .opinion import OPINION
from .pairwise import PAIRWISE
from .points import POINTS
from .ranking import RANKING
from .rating import RATING
from .scale import SCALE

BALLOTS: tuple[Declared, ...] = (
    DOTS,
    APPROVE,
    OPINION,
    RATING,
    CRITERIA,
    RANKING,
    POINTS,
    BUDGET,
    MATRIX,
    PAIRWISE,
    CHOICE,
    SCALE,
)
