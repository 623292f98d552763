"""Votes: dots on items, and the ballot of who gave them."""

from __future__ import annotations

from .known import Known
from .nouns import GRACE_MS, Ballot, No, Vote


class Votes(Known):
    def _vote_cast(self, who: int, made: object, *, round: str, item: str, value: int, tap: int) -> bool:
        found = self._round(round)
        card = self.items.get(item)
        if card is None or card not in found.cards:
            raise No("item.unknown")
        if not found.opened:
            raise No("round.not_open")
        is_over = found.revealed or self.steps[found.step].sealed
        if is_over or (found.closed_at is not None and self.at - found.closed_at > GRACE_MS):
            raise No("round.closed")
        known = self.votes.get((round, card, who), Vote(0, -1))
        if tap <= known.tap:
            return False
        if value > found.most:
            raise No("vote.value")
        mine = {what: vote for (where, what, person), vote in self.votes.items() if (where, person) == (round, who)}
        spent, was = sum(vote.value or 0 for vote in mine.values()), known.value or 0
        if value > was and spent - was + value > (found.budget or 0):
            raise No("vote.budget_spent")
        self.votes[round, card, who] = Vote(value, tap)
        self.ballots.setdefault((round, who), Ballot(self.people[who].sector)).counted = True
        return True
