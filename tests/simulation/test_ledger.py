"""The simulation must notice what is lost, changed or doubled: else its "all the same" is worth nothing."""

from __future__ import annotations

from copy import deepcopy

import pytest

from sessions.management.simulation.ledger import Ledger, compare_exported, compare_stored
from sessions.management.simulation.papers import Papers

CARDS = [
    {"contribution": "c1", "participant": "ann", "text": "een", "state": "shown"},
    {"contribution": "c2", "participant": "ann", "text": "", "state": "withdrawn"},
]
VOTES = [
    {"participant": "ann", "round": "r", "item": "i1", "value": "2"},
    {"participant": "ann", "round": "r", "item": "i2", "value": "0"},
    {"participant": "bob", "round": "r", "item": "i1", "value": "0"},
    {"participant": "bob", "round": "r", "item": "i2", "value": "1"},
]
ANN = {
    "cards": [{"id": "c1", "text": "een", "hidden": False}],
    "votes": [{"round": "r", "item": "i1", "value": 2}, {"round": "r", "item": "i2", "value": 0}],
}


@pytest.fixture
def ann() -> Ledger:
    ledger = Ledger("onderwijs")
    ledger.note_card("c1", "één")
    ledger.note_card("c1", "een")
    ledger.note_card("c2", "twee")
    ledger.note_card("c2", "")
    ledger.note_vote(("r", "i1"), tap=1, value=1)
    ledger.note_vote(("r", "i1"), tap=3, value=2)
    ledger.note_vote(("r", "i2"), tap=2, value=0)
    return ledger


@pytest.fixture
def bob() -> Ledger:
    """Votes, writes nothing, so has no name in the files."""
    ledger = Ledger("onderzoek")
    ledger.note_vote(("r", "i2"), tap=1, value=1)
    return ledger


def test_all_the_same(ann: Ledger, bob: Ledger):
    assert compare_stored(ann, ANN) == []
    problems, held = compare_exported([ann, bob], CARDS, VOTES)
    assert problems == []
    assert held == {"cards": 2, "votes": 3}


def test_a_card_that_the_facilitator_hid_is_no_difference(ann: Ledger, bob: Ledger):
    you, cards = deepcopy(ANN), deepcopy(CARDS)
    you["cards"][0].update(text="", hidden=True)
    cards[0].update(text="", state="redacted")
    assert compare_stored(ann, you) == []
    assert compare_exported([ann, bob], cards, VOTES)[0] == []


def test_an_older_tap_acknowledged_late_changes_nothing(ann: Ledger):
    ann.note_vote(("r", "i1"), tap=2, value=0)
    assert ann.standing()["r", "i1"] == (2,)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda you: you["cards"].clear(),
        lambda you: you["cards"][0].update(text="anders"),
        lambda you: you["cards"].append({"id": "c3", "text": "een", "hidden": False}),
        lambda you: you["cards"].append({"id": "c2", "text": "twee", "hidden": False}),
        lambda you: you["votes"][0].update(value=1),
        lambda you: you["votes"].pop(0),
        lambda you: you["votes"][1].update(value=1),
    ],
)
def test_a_difference_in_what_is_stored_is_seen(ann: Ledger, spoil):
    you = deepcopy(ANN)
    spoil(you)
    assert len(compare_stored(ann, you)) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cards, votes: cards.pop(0),
        lambda cards, votes: cards.clear(),
        lambda cards, votes: cards[0].update(text="anders"),
        lambda cards, votes: cards[1].update(participant="bob"),
        lambda cards, votes: cards.append(
            {"contribution": "c9", "participant": "ann", "text": "een", "state": "shown"}
        ),
        lambda cards, votes: votes[0].update(value="1"),
        lambda cards, votes: votes[1].update(value="1"),
        lambda cards, votes: votes[3].update(value="0"),
        lambda cards, votes: votes[2].update(value="1"),
    ],
)
def test_a_difference_in_the_files_is_seen(ann: Ledger, bob: Ledger, spoil):
    cards, votes = deepcopy(CARDS), deepcopy(VOTES)
    spoil(cards, votes)
    assert compare_exported([ann, bob], cards, votes)[0] != []


@pytest.mark.parametrize(
    ("value", "different"), [("2", []), ("1", ["mark of paper eve ('r', 'i1'): acknowledged (2,), exported (1,)"])]
)
def test_a_paper_is_looked_up_by_its_name(value: str, different: list[str]) -> None:
    papers = Papers({"eve": {("r", "i1"): (2,)}})
    rows = [
        {"participant": "eve", "round": "r", "item": "i1", "value": value},
        {"participant": "eve", "round": "r", "item": "i2", "value": "0"},
    ]
    assert papers.compare(rows) == (different, 1)


def test_a_paper_that_is_in_no_file_is_lost() -> None:
    papers = Papers({"eve": {("r", "i1"): (2,)}})
    problems, held = papers.compare(VOTES)
    assert held == 0 and problems == ["mark of paper eve ('r', 'i1'): acknowledged (2,), exported None"]


def test_practice_is_looked_for_nowhere(ann: Ledger, bob: Ledger):
    ann.note_card("p", "proef")
    ann.note_vote(("practised", "i9"), tap=4, value=1)
    ann.practised |= {"p", "practised"}
    assert compare_stored(ann, ANN) == []
    going_on = deepcopy(ANN)
    going_on["cards"].append({"id": "p", "text": "proef", "hidden": False})
    going_on["votes"].append({"round": "practised", "item": "i9", "value": 1})
    assert compare_stored(ann, going_on) == []
    assert compare_exported([ann, bob], CARDS, VOTES)[0] == []
