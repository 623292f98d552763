"""Paper ballots: typed in, corrected, taken back; and a result that is shown anew with them."""

from __future__ import annotations

from typing import Any

from .nouns import Ballot, No, Person, Published, Round, Vote
from .publications import Publications, count_fresh, count_gone

Marks = list[dict[str, Any]]


class Papers(Publications):
    def _ballot_add(
        self, who: int, made: str, *, round: str, sector: str, marks: Marks, number: int | None = None
    ) -> bool:
        found = self._takes_paper(round)
        self._sector(sector)
        filled = self._filled(found, marks)
        papers = [person for person in self.people.values() if person.paper]
        number = number or max((person.paper for person in papers), default=0) + 1
        person = next((each for each in papers if each.paper == number and not each.retired), None)
        if person is None:
            pk = self.made[made]
            person = self.people[pk] = Person(pk, made, sector, paper=number)
        elif person.sector != sector or self._is_counted(found, person):
            raise No("ballot.number")
        assert person.id == made
        self._fill(found, person, filled)
        return True

    def _ballot_edit(self, who: int, made: object, *, round: str, participant: str, sector: str, marks: Marks) -> bool:
        found = self._takes_paper(round)
        self._sector(sector)
        person = self._paper(found, participant)
        filled = self._filled(found, marks)
        person.sector = sector
        for (where, pk), ballot in self.ballots.items():
            if pk == person.pk and not self.rounds[where].frozen:
                ballot.sector = sector
        self._fill(found, person, filled)
        return True

    def _ballot_remove(self, who: int, made: object, *, round: str, participant: str) -> bool:
        found = self._takes_paper(round)
        person = self._paper(found, participant)
        self.ballots[round, person.pk].counted = False
        if not any(ballot.counted for (_, pk), ballot in self.ballots.items() if pk == person.pk):
            person.retired, person.retired_at = True, self.at
        self._count_late(found)
        return True

    def _round_publish(self, who: int, made: object, *, round: str) -> bool:
        found = self._takes_paper(round)
        if not found.revealed:
            raise No("round.not_revealed")
        new = self._next(found)
        if not self._differs(found, new):
            raise No("result.same")
        if not all(self._may_follow(before, new) for before in found.published):
            raise No("result.waits")
        self._publish(found)
        return True

    def _takes_paper(self, name: str) -> Round:
        found = self._round(name)
        step = self._known(found.step)
        if not found.opened:
            raise No("round.not_open")
        if any(r.opened and r.number > found.number for r in self.rounds.values() if r.step == found.step):
            raise No("round.followed")
        if found.seal or step.sealed:
            raise No("step.sealed")
        return found

    def _paper(self, round_: Round, name: str) -> Person:
        person = self._person(name)
        if not person.paper or not self._is_counted(round_, person):
            raise No("participant.unknown")
        return person

    def _is_counted(self, round_: Round, person: Person) -> bool:
        ballot = self.ballots.get((round_.id, person.pk))
        return ballot is not None and ballot.counted

    def _filled(self, round_: Round, marks: Marks) -> dict[str, int]:
        if any(self.items.get(mark["item"]) not in round_.cards for mark in marks):
            raise No("item.unknown")
        filled = {self.items[mark["item"]]: int(mark["value"]) for mark in marks}
        if len(filled) < len(marks):
            raise No("vote.bad_mark")
        if not any(filled.values()):
            raise No("ballot.empty")
        if max(filled.values()) > round_.most:
            raise No("vote.value")
        if sum(filled.values()) > (round_.budget or 0):
            raise No("vote.budget_spent")
        return filled

    def _fill(self, round_: Round, person: Person, filled: dict[str, int]) -> None:
        before = {card: vote for (where, card, pk), vote in self.votes.items() if (where, pk) == (round_.id, person.pk)}
        tap = max((vote.tap for vote in before.values()), default=0) + 1
        for card, value in (dict.fromkeys(before.keys() - filled.keys()) | filled).items():
            if card not in before or before[card].value != value:
                self.votes[round_.id, card, person.pk] = Vote(value, tap)
        self.ballots[round_.id, person.pk] = Ballot(person.sector)
        self._count_late(round_)

    def _count_late(self, round_: Round) -> None:
        if round_.revealed:
            round_.late = self._differs(round_, self._next(round_))

    def _differs(self, round_: Round, new: Published) -> int:
        last = round_.published[-1]
        return count_fresh(last, new) + count_gone(last, new)
