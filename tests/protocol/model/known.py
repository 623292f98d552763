"""Everything a model knows, and how a thing is found in it by its id, or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .nouns import Ballot, Card, Content, Done, No, Own, Person, Request, Round, Step, Vote


class Known:
    def __init__(self, *, sectors: Sequence[str], pillars: Sequence[str], threshold: int) -> None:
        self.sectors, self.pillars, self.threshold = list(sectors), list(pillars), threshold
        self.steps: dict[str, Step] = {}
        self.rounds: dict[str, Round] = {}
        self.items: dict[str, str] = {}
        """Item → card, or itself where it is none: told, as ids are the program's."""
        self.own: dict[str, Own] = {}
        self.redacted: dict[str, tuple[str, int]] = {}
        """Item with words of its own → why they are redacted, and since when."""
        self.cards: dict[str, Card] = {}
        self.ranks: dict[str, int] = {}
        """Card → where it hangs on the wall: told, as the program draws it by lot."""
        self.people: dict[int, Person] = {}
        self.votes: dict[tuple[str, str, int], Vote] = {}
        """(round, card, person)."""
        self.ballots: dict[tuple[str, int], Ballot] = {}
        self.keys: dict[tuple[int, str], tuple[str, Content, Done]] = {}
        """(person or minus the member, key)."""
        self.most_at_first: dict[str, int] = {}
        """Vote step → dots per item as it was added: what its round says until it opens."""
        self.made: dict[str, int] = {}
        """Paper → who it is: told, as ids are the program's."""
        self.company: dict[str, list[str]] = {}
        """O without a mark → in whose company its cards hung: told."""
        self.locked = False
        self.requests: dict[str, Request] = {}
        """Secret's hash → who waits, or was let in and did not come in yet."""
        self.codes: dict[str, tuple[int, int]] = {}
        """Short code → whom it lets go on elsewhere, and until when; receipts lead to their person for ever."""
        self.receipts: dict[str, int] = {}
        self.words: dict[str, Any] = {}
        self.now: str | None = None
        self.undo: dict[str, Any] | None = None
        self.stage: dict[str, Any] | None = None
        self.message: tuple[str, str, str] | None = None
        """What stands on all phones: its id, and its words in Dutch and English."""
        self.at = 0

    # -- found or refused ----------------------------------------------------------------------------------------

    def _step(self, name: str) -> Step:
        if name not in self.steps:
            raise No("step.unknown")
        return self.steps[name]

    def _known(self, name: str) -> Step:
        if self._step(name).state == "superseded":
            raise No("step.unknown")
        return self.steps[name]

    def _open_step(self, name: str) -> Step:
        if self._step(name).state != "open":
            raise No("step.not_open")
        return self.steps[name]

    def _round(self, name: str) -> Round:
        if name not in self.rounds:
            raise No("round.unknown")
        return self.rounds[name]

    def _card(self, name: str) -> Card:
        if name not in self.cards or self.cards[name].gone:
            raise No("card.unknown")
        return self.cards[name]

    def _own(self, who: int, name: str) -> Card:
        if name not in self.cards or self.cards[name].author != who:
            raise No("card.unknown")
        return self.cards[name]

    def _person(self, name: str) -> Person:
        for person in self.people.values():
            if person.id == name:
                return person
        raise No("participant.unknown")

    def _with_phone(self, name: str) -> Person:
        person = self._person(name)
        if person.paper:
            raise No("participant.unknown")
        return person

    def _sector(self, name: str) -> None:
        if name not in self.sectors:
            raise No("sector.unknown")

    def _pillar(self, name: str) -> str:
        if name not in self.pillars:
            raise No("pillar.unknown")
        return name

    def round_of(self, step: Step) -> Round | None:
        """Return the newest."""
        rounds = [found for found in self.rounds.values() if found.step == step.id]
        return max(rounds, key=lambda found: found.number, default=None)

    def has_begun(self, round_: Round) -> bool:
        return round_.opened or any(where == round_.id for where, _ in self.ballots)
