"""Why a figure is not told: what `manage.py results` says in its place."""

from __future__ import annotations

from enum import StrEnum


class LeftOut(StrEnum):
    """A reason for suppressing a figure. Its sentence is printed by `manage.py results`, in English."""

    NOT_REVEALED = "not_revealed"
    TOO_FEW = "too_few"
    NO_GROUPS = "no_groups"
    TOO_FEW_OF_A_GROUP = "too_few_of_a_group"
    NOT_OF_THIS_BALLOT = "not_of_this_ballot"
    NOT_ASKED = "not_asked"
    ANOTHER_SIZE = "another_size"
    BALLOTS_CHANGED = "ballots_changed"
    SMALL_CELLS = "small_cells"
    NOT_TESTED = "not_tested"

    @property
    def says(self) -> str:
        return _SAYS[self]


_SAYS = {
    LeftOut.NOT_REVEALED: "The round was not revealed: what is told here is what was shown.",
    LeftOut.TOO_FEW: "Fewer people than the threshold took part.",
    LeftOut.NO_GROUPS: "There are no two groups of at least the threshold: only figures over everyone are told.",
    LeftOut.TOO_FEW_OF_A_GROUP: "Fewer people than the threshold of a group answered it.",
    LeftOut.NOT_OF_THIS_BALLOT: "This way of voting has no such figure.",
    LeftOut.NOT_ASKED: "Say how long it is with --k, or with --budget where items have prices.",
    LeftOut.ANOTHER_SIZE: "One of another size was told before. Two could be subtracted, so a round has one.",
    LeftOut.BALLOTS_CHANGED: "It was not told while the ballots of the result were as they were counted.",
    LeftOut.SMALL_CELLS: "A number in it, or what is left beside it, is under the threshold and not 0.",
    LeftOut.NOT_TESTED: "The differences were not compared with chance.",
}


def say_left_out(left: dict[str, LeftOut]) -> dict[str, dict[str, str]]:
    """Return figure → the reason, by its name and in words."""
    return {name: {"reason": reason.value, "says": reason.says} for name, reason in left.items()}
