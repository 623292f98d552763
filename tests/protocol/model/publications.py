"""What is shown of a round stays; and another round of a vote."""

from __future__ import annotations

from collections import Counter

from .nouns import No, Published, Round
from .votes import Votes


def pool(people: dict[str, int], sectors: list[str], threshold: int) -> list[tuple[list[str], int]]:
    """Put the smallest groups together until none is too small; nothing when one is left."""
    groups = [([sector], people.get(sector, 0)) for sector in sectors]

    def size(group: tuple[list[str], int]) -> tuple[int, int]:
        return group[1], min(sectors.index(name) for name in group[0])

    while len(groups) > 1 and min(group[1] for group in groups) < threshold:
        small, next_, *rest = sorted(groups, key=size)
        groups = [(sorted(small[0] + next_[0], key=sectors.index), small[1] + next_[1]), *rest]
    groups.sort(key=lambda group: sectors.index(group[0][0]))
    return groups if len(groups) > 1 else []


class Publications(Votes):
    def voters(self, round_: str) -> dict[int, str]:
        return {who: it.sector for (where, who), it in self.ballots.items() if where == round_ and it.counted}

    def count(self, round_: Round) -> dict[str, tuple[int, int]]:
        """Return card → heads, dots, of those who count."""
        who = self.voters(round_.id)
        found: dict[str, tuple[int, int]] = {}
        for card in round_.cards:
            values = [
                vote.value
                for (where, what, person), vote in self.votes.items()
                if (where, what) == (round_.id, card) and person in who and vote.value
            ]
            found[card] = (len(values), sum(values))
        return found

    def _publish(self, round_: Round) -> None:
        round_.frozen = True
        new = self._candidate(round_)
        old = round_.published
        changes = [_changes(before, new) for before in old]
        if old and not changes[-1] and old[-1].figures["items"].keys() == new.figures["items"].keys():
            round_.late = 0
        elif all(self._may_follow(before, new, moved) for before, moved in zip(old, changes, strict=True)):
            old.append(new)
            round_.late = 0
        else:
            round_.late = sum(changes[-1].values())

    def _candidate(self, round_: Round) -> Published:
        who = self.voters(round_.id)
        ballots = {
            person: (
                sector,
                frozenset(
                    (card, vote.value)
                    for (where, card, whose), vote in self.votes.items()
                    if (where, whose) == (round_.id, person) and vote.value
                ),
            )
            for person, sector in who.items()
        }
        if len(who) < self.threshold:
            return Published(ballots, None, {"n": None, "groups": [], "absent": [], "items": {}})
        people = Counter(who.values())
        there = [sector for sector in self.sectors if people[sector]]
        absent = [sector for sector in self.sectors if not people[sector]]
        groups = pool(dict(people), there, self.threshold)
        figures = {"n": len(who), "groups": groups, "absent": absent, "items": self.count(round_)}
        shown = [names for names, _ in groups] + [[sector] for sector in absent] if groups else [self.sectors]
        return Published(ballots, frozenset(map(frozenset, shown)), figures)

    def _may_follow(self, before: Published, after: Published, moved: Counter[str]) -> bool:
        if before.blocks is None or after.blocks is None:
            return True
        for coarse, fine in ((before.blocks, after.blocks), (after.blocks, before.blocks)):
            if all(any(block <= whole for whole in coarse) for block in fine):
                sums = [sum(moved[sector] for sector in block) for block in coarse]
                return all(n == 0 or n >= self.threshold for n in sums)
        return False

    def _round_add(self, who: int, made: str, *, step: str, items: list[str] | None = None) -> bool:
        found = self._step(step)
        earlier = self.round_of(found)
        if earlier is None:
            raise No("step.wrong_kind")
        if found.state == "superseded":
            raise No("step.unknown")
        if not earlier.revealed:
            raise No("round.not_revealed")
        offered = {card for card in earlier.cards if not self.cards[card].reason}
        if items is not None and not {self.items.get(item) for item in items} <= offered:
            raise No("item.unknown")
        cards = offered if items is None else {self.items[item] for item in items}
        if not cards:
            raise No("round.empty")
        earlier.seal, found.sealed = found.sealed, False
        self.rounds[made] = Round(made, step, most=found.max_per_item, cards=cards, number=earlier.number + 1)
        self.undo = None
        return True

    def _round_remove(self, who: int, made: object, *, round: str) -> bool:
        found = self._round(round)
        if found.number == 1 or self.has_begun(found):
            raise No("round.started")
        del self.rounds[round]
        step = self.steps[found.step]
        earlier = self.round_of(step)
        assert earlier is not None
        step.sealed, earlier.seal = earlier.seal, False
        self.undo = None
        return True


def _changes(before: Published, after: Published) -> Counter[str]:
    """Return how many ballots of each O are new or other than they were."""
    changed: Counter[str] = Counter()
    for person in before.ballots.keys() | after.ballots.keys():
        was, now = before.ballots.get(person), after.ballots.get(person)
        if was != now:
            changed[(was or now or ("", None))[0]] += 1
    return changed
