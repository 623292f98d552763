"""A vote that is revealed, undone, and revealed again."""

from __future__ import annotations

import msgspec
import pytest

from sessions.ballots.ballot import Rules
from sessions.domain.actor import Actor
from sessions.domain.commands import RevealStep, UndoStep
from sessions.domain.documents import ResultDoc
from sessions.domain.publication import compare_with_chance, read_published, remember_comparison
from sessions.errors import Code, Refused

from ..factory import SessionHarness, make_room

W, Z, N, H = "onderwijs", "onderzoek", "ondernemers", "overheden"


class Vote:
    """A vote on two items: `cast` lets people of an O come in and give a dot to the first (or the second) item."""

    def __init__(self, rules: Rules | None = None, **fields: object) -> None:
        self.room = make_room()
        dots = {"budget": 1} if rules is None else {}
        self.round, self.items = self.room.open_vote(items=2, rules=rules, **dots, **fields)
        self.step = self.round.step.public_id
        self.people: dict[str, list[Actor]] = {W: [], Z: [], N: [], H: []}
        self._given: dict[Actor, bool] = {}
        self._taps = 0

    def cast(self, sector: str, *, yes: int, no: int) -> None:
        people = self.room.join(sector, n=yes + no)
        self.people[sector] += people
        for number, person in enumerate(people):
            self._give(person, number >= yes)

    def swap(self, sector: str, n: int) -> None:
        """Let the first people of an O take their dot from the one item and give it to the other."""
        for person in self.people[sector][:n]:
            given = self._given[person]
            self._give(person, given, 0)
            self._give(person, not given)

    def _give(self, person: Actor, item: bool, value: int = 1) -> None:
        self._taps += 1
        self.room.vote(person, self.round, self.items[item], value, tap=self._taps)
        self._given[person] = item

    def reveal(self) -> ResultDoc:
        self.room.lead(RevealStep(step=self.step))
        return self.shown()

    def reveal_compared(self) -> ResultDoc:
        """Reveal as after a closing: the ballots were compared with chance before."""
        remember_comparison(round_pk=self.round.pk, comparison=compare_with_chance(round_=self.round))
        self.room.lead(RevealStep(step=self.step))
        return read_published(self.room.session.pk).results[self.round.public_id]

    def conceal(self) -> None:
        self.room.lead(UndoStep())

    def shown(self) -> ResultDoc:
        """Return what is shown, without the comparison with chance, which may come a moment later."""
        told = read_published(self.room.session.pk).results[self.round.public_id]
        items = [msgspec.structs.replace(item, differs=None) for item in told.items]
        return msgspec.structs.replace(told, items=items, chance=None)

    def name(self, sector: str, number: int = 0) -> str:
        return self.room.person(self.people[sector][number]).public_id

    def table(self, told: ResultDoc, item: int = 0) -> dict[str, tuple[int, int]]:
        """Return group → (heads, n) of an item."""
        keys = {sector.public_id: key for key, sector in self.room.sectors.items()}
        figures = next(found for found in told.items if found.item == self.items[item])
        return {
            "+".join(keys[sector] for sector in group.sectors): (heads, group.n)
            for group, heads in zip(told.groups, figures.group_heads, strict=True)
        }


def refused(room: SessionHarness, command: object) -> Code:
    with pytest.raises(Refused) as found:
        room.lead(command)  # type: ignore[arg-type]
    return found.value.code
