"""Marks on cards over time: whoever saw every wall of an evening still does not know whose a card without a mark is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.domain.commands import OpenStep, RevealStep
from sessions.domain.sector_anonymity import choose_sector_marks, find_anonymity_sets
from sessions.domain.state import State
from sessions.enums import Consent
from sessions.exchange.sector_marks import shown_sectors
from sessions.kinds import Keys as StepKind

from ..factory import SessionHarness, make_room

W, Z, N, H = SECTORS = ("onderwijs", "onderzoek", "ondernemers", "overheden")
THRESHOLD = 5


class MarkHistory:
    """People come in, leave, change O and write cards, one after the other; the marks that may stand are kept at every
    moment, and so is what somebody knows who saw every wall.
    """

    def __init__(self) -> None:
        self.people: Counter[str] = Counter()
        self.ever: Counter[str] = Counter()
        """How many people were ever of an O."""
        self.written: set[str] = set()
        self.company: Mapping[str, Collection[str]] = {}
        self.marked: set[str] = set()
        self.cards: list[tuple[str, set[str]]] = []
        """Of each card its O, and the O's that it may be of while it never had a mark."""

    def join(self, sector: str, n: int = 1) -> None:
        self.people[sector] += n
        self.ever[sector] += n
        self._settle()

    def leave(self, sector: str, n: int) -> None:
        self.people[sector] -= min(n, self.people[sector])
        self._settle()

    def move(self, sector: str, other: str, n: int) -> None:
        """One after the other, as a facilitator does it."""
        for _ in range(min(n, self.people[sector])):
            self.people[sector] -= 1
            self.people[other] += 1
            self.ever[other] += 1
            self._settle()

    def write(self, sector: str) -> None:
        self.written.add(sector)
        self.cards.append((sector, set(SECTORS)))
        self._settle()

    def bare(self) -> set[str]:
        """Whoever is gone may have left a card behind: those who look at the wall cannot know."""
        return {sector for sector in SECTORS if self.ever[sector]} - self.marked

    def _settle(self) -> None:
        known = {
            "people": self.people,
            "written": self.written,
            "sectors": SECTORS,
            "threshold": THRESHOLD,
            "company": self.company,
        }
        self.marked = choose_sector_marks(**known, consent=Consent.FULL)  # type: ignore[arg-type]
        self.company = find_anonymity_sets(**known, marked=self.marked)  # type: ignore[arg-type]
        # Hubs and files compute it again from what is kept.
        again = choose_sector_marks(**(known | {"company": self.company}), consent=Consent.FULL)  # type: ignore[arg-type]
        assert again == self.marked
        self._look()

    def _look(self) -> None:
        """Whoever left, or is of another O now, may have written a card all the same."""
        assert all(self.people[sector] >= THRESHOLD for sector in self.marked)
        bare = self.bare()
        there = sum(self.people[sector] for sector in bare)
        if there >= THRESHOLD:
            # While those without a mark are fewer than that altogether, more people are what is missing.
            self.cards = [(of, may & bare) for of, may in self.cards if of in bare]
        for of, may in self.cards:
            if of in bare:
                assert sum(self.ever[sector] for sector in may & bare) >= min(THRESHOLD, there), (of, may)


def test_one_person_is_not_known_by_who_got_a_mark_and_who_lost_it() -> None:
    """At first the cards of Z and H have no mark. Were it N and H later, the cards that never had one were H's."""
    evening = MarkHistory()
    for sector, n in ((W, 9), (N, 6), (Z, 4), (H, 1)):
        evening.join(sector, n)
    for sector in SECTORS:
        evening.write(sector)
    assert evening.marked == {W, N}
    evening.join(Z, 3)
    assert evening.marked == {W, N}
    evening.join(H, 4)
    assert evening.marked == set(SECTORS), "with enough of each nothing is to be hidden any more"


def test_before_there_are_cards_nothing_is_kept() -> None:
    evening = MarkHistory()
    for sector, n in ((W, 9), (Z, 4), (H, 1), (N, 6), (Z, 4)):
        evening.join(sector, n)
    assert evening.marked == {W, Z}
    assert evening.company == {}


def test_a_pool_may_shrink_to_what_is_still_enough() -> None:
    evening = MarkHistory()
    for sector in SECTORS:
        evening.join(sector)
        evening.write(sector)
    assert evening.marked == set()
    for sector, n in ((W, 8), (Z, 8), (N, 3)):
        evening.join(sector, n)
    assert evening.marked == {W, Z}


JOIN, LEAVE, MOVE, WRITE = "join", "leave", "move", "write"
acts = st.lists(
    st.tuples(
        st.sampled_from((JOIN, JOIN, LEAVE, MOVE, WRITE)),
        st.sampled_from(SECTORS),
        st.sampled_from(SECTORS),
        st.sampled_from((1, 2, 4)),
    ),
    max_size=30,
)


def joins(*people: tuple[str, int]) -> list[tuple[str, str, str, int]]:
    """Return acts: so many people of an O come in, or, with 0, somebody of it writes a card."""
    return [(JOIN if n else WRITE, sector, sector, n) for sector, n in people]


@given(drawn=acts)
@example(drawn=joins((W, 4), (W, 4), (N, 4), (N, 2), (Z, 4), (H, 1), (H, 0), (Z, 0), (Z, 2), (Z, 1)))
@example(drawn=[*joins((W, 9), (N, 6), (Z, 4), (H, 1), (H, 0), (Z, 0)), (LEAVE, Z, Z, 1), (MOVE, N, Z, 4)])
@example(drawn=[*joins((W, 9), (N, 6), (Z, 4), (H, 1), (H, 0), (Z, 0)), (MOVE, H, W, 1), *joins((Z, 1))])
@example(
    drawn=[*joins((Z, 1), (H, 4), (H, 0)), (LEAVE, Z, Z, 1), *joins((Z, 2), (W, 4)), (MOVE, W, Z, 2), (MOVE, W, Z, 1)]
)
@example(drawn=[*joins((Z, 4), (H, 1), (Z, 0)), (LEAVE, H, H, 1), *joins((W, 1), (H, 4), (H, 1))])
def test_a_card_that_never_had_a_mark_may_be_of_enough_people(drawn: list[tuple[str, str, str, int]]) -> None:
    evening = MarkHistory()
    for act, sector, other, n in drawn:
        match act:
            case "join":
                evening.join(sector, n)
            case "leave":
                evening.leave(sector, n)
            case "move":
                evening.move(sector, other, n)
            case _ if evening.people[sector]:
                evening.write(sector)


# -- in a session ------------------------------------------------------------------------------------------------


def bare_cards(state: State, texts: Mapping[str, str]) -> set[str]:
    """Return the O's of the cards that have no mark."""
    return {texts[name] for name, card in state.cards.items() if card.sector_id not in state.marked}


@pytest.mark.usefixtures("database")
def test_hub_files_and_writer_agree_and_nobody_is_known_by_two_walls() -> None:
    room = make_room()
    for sector, n in ((W, 9), (N, 6), (Z, 4), (H, 1)):
        room.join(sector, n=n)
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    texts = dict(zip(room.scribe(step, *SECTORS), SECTORS, strict=True))
    room.lead(RevealStep(step=step.public_id))
    assert walls(room, texts) == {Z, H}
    room.join(Z, n=3)
    assert walls(room, texts) == {Z, H}


def walls(room: SessionHarness, texts: Mapping[str, str]) -> set[str]:
    state = State.load(room.session.pk)
    assert shown_sectors(room.session) == state.marked
    return bare_cards(state, texts)
