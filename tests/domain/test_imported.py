"""What no session takes of a round that was held elsewhere: told all at once, each with why."""

from __future__ import annotations

import pytest

from sessions.ballots.approve import ApproveRules
from sessions.domain.imported import ImportedItem, ImportedPerson, ImportedRound, check_import
from sessions.limits import IMPORTED_LENGTH, MOST_IMPORTED, MOST_PRICE, SOURCE_ID_LENGTH

from ..factory import make_room

GOOD = ImportedItem("1", "Meer bomen")
BAD = {
    "it has no text": ImportedItem("2", " "),
    "its text holds what cannot be stored": ImportedItem("3", "\ud800"),
    f"its text has {IMPORTED_LENGTH + 1} characters, and {IMPORTED_LENGTH} is the most": ImportedItem(
        "4", "a" * (IMPORTED_LENGTH + 1)
    ),
    f"its id has 0 characters, and 1 to {SOURCE_ID_LENGTH} are taken": ImportedItem("", "Een plein"),
    f"its price is -1, and 0 to {MOST_PRICE} is taken": ImportedItem("5", "Een brug", price=-1),
}


def told(*items: ImportedItem, people: tuple[ImportedPerson, ...] = ()) -> list[tuple[str, str]]:
    session = make_room().session
    found = ImportedRound("Elders", ApproveRules(), items, people)
    return [(refusal.what, refusal.why) for refusal in check_import(session=session, found=found)]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("why", BAD)
def test_an_item_that_cannot_be_stored_is_named(why: str) -> None:
    assert told(GOOD, BAD[why]) == [(f"item {BAD[why].source_id}", why)]


@pytest.mark.usefixtures("db")
def test_a_round_of_nothing_and_one_of_too_much() -> None:
    assert told() == [("items", "there are none")]
    many = [ImportedItem(str(number), "Een idee") for number in range(MOST_IMPORTED + 1)]
    assert told(*many) == [("items", f"{MOST_IMPORTED + 1}, and a round takes {MOST_IMPORTED} at most")]


@pytest.mark.usefixtures("db")
def test_two_of_one_id_are_named() -> None:
    assert told(GOOD, GOOD) == [("item 1", "comes twice")]
    twice = (ImportedPerson("a", None, {}), ImportedPerson("a", None, {}))
    assert ("person a", "comes twice") in told(GOOD, people=twice)
