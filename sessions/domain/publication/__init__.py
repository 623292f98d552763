"""The publication service: all figures of rounds, for stage, phones, console, studio, API and files.

What was revealed is kept as it was shown (`publish`, `read_published`); what the core team may see before it and what a
live vote shows while people vote come from here as well (`read_figures`, `count_undivided`). Raw counts per O do not
leave this package: nothing of it that returns them is exported here, and an import contract keeps `views`, `live`,
`exchange`, `management` and `apps` from the modules that make them. The one exception is `read_raw_figures`, for
whoever has a shell on the server, and with it the database.
"""

from .adoption import adopt, lacks_publication
from .candidates import Judged, judge_next
from .chance import Comparison, compare_with_chance, remember_comparison
from .derived import derive_figures
from .figures import (
    Published,
    Reader,
    read_figures,
    read_moments,
    read_published,
    read_shown,
    sum_votes,
    untested_publication,
)
from .freezing import is_frozen
from .publishing import add_comparison, count_late, publish
from .raw_figures import read_raw_figures
from .tallies import Tallies, add_vote, count_undivided
from .told import tell_published

__all__ = [
    "Comparison",
    "Judged",
    "Published",
    "Reader",
    "Tallies",
    "add_comparison",
    "add_vote",
    "adopt",
    "compare_with_chance",
    "count_late",
    "count_undivided",
    "derive_figures",
    "is_frozen",
    "judge_next",
    "lacks_publication",
    "publish",
    "read_figures",
    "read_moments",
    "read_published",
    "read_raw_figures",
    "read_shown",
    "remember_comparison",
    "sum_votes",
    "tell_published",
    "untested_publication",
]
