"""What is shown of a round stays; and another round of a vote."""

from __future__ import annotations

from collections import Counter

from .nouns import No, Published, Round
from .votes import Votes

Block = frozenset[str]


def pool(
    people: dict[str, int], sectors: list[str], threshold: int, together: list[Block] | None = None
) -> list[tuple[list[str], int]]:
    """Put the smallest groups together until none is too small; nothing when one is left."""
    groups = [([sector], people.get(sector, 0)) for sector in sectors]
    for block in together or []:
        inside = [group for group in groups if block & set(group[0])]
        names = sorted((name for group in inside for name in group[0]), key=sectors.index)
        groups = [group for group in groups if group not in inside] + [(names, sum(n for _, n in inside))]

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
        old, new = round_.published, self._next(round_)
        late = count_fresh(old[-1], new) + count_gone(old[-1], new) if old else 0
        if old and not late and old[-1].figures["items"].keys() == new.figures["items"].keys():
            round_.late = 0
        elif all(self._may_follow(before, new) for before in old):
            old.append(new)
            round_.late = 0
        else:
            round_.late = late

    def _next(self, round_: Round) -> Published:
        """Return what a publication would show now."""
        together = list[Block]()
        new = self._candidate(round_, together)
        while kept := next((kept for before in round_.published if (kept := self._find_parted(before, new))), None):
            together.append(kept)
            new = self._candidate(round_, together)
        return new

    def _candidate(self, round_: Round, together: list[Block]) -> Published:
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
        groups = pool(dict(people), there, self.threshold, together)
        figures = {"n": len(who), "groups": groups, "absent": absent, "items": self.count(round_)}
        return Published(ballots, [frozenset(names) for names, _ in groups] or [frozenset(there)], figures)

    def _may_follow(self, before: Published, after: Published) -> bool:
        if before.blocks is None or after.blocks is None:
            return True
        parts = [block for block in after.blocks if _find_torn(before, block)]
        if parts and not _is_within(before, after):
            return False
        fresh = {block: count_fresh(before, after, block) for block in after.blocks}
        return all(
            n >= self.threshold or (n == 0 and block not in parts and count_gone(before, after, block) == 0)
            for block, n in fresh.items()
        )

    def _find_parted(self, before: Published, after: Published) -> Block | None:
        """Return O's that must stay together after `before`: a part of which too few are new and the smallest other
        part, or what was one group and would be in two that reach farther.
        """
        if before.blocks is None or after.blocks is None:
            return None
        people = Counter(sector for sector, _ in after.ballots.values())
        for block in after.blocks:
            for torn in _find_torn(before, block):
                if not _is_within(before, after):
                    return torn
                if count_fresh(before, after, block) < self.threshold:
                    others = [other for other in after.blocks if other != block and other & torn]
                    return block | min(others, key=lambda other: sum(people[sector] for sector in other))
        return None

    def _round_add(self, who: int, made: str, *, step: str, items: list[str] | None = None) -> bool:
        found = self._step(step)
        earlier = self.round_of(found)
        if earlier is None:
            raise No("step.wrong_kind")
        if found.state == "superseded":
            raise No("step.unknown")
        if not earlier.revealed:
            raise No("round.not_revealed")
        offered = {card for card in earlier.cards if not self.is_redacted(card)}
        if items is not None and not {self.items.get(item) for item in items} <= offered:
            raise No("item.unknown")
        cards = offered if items is None else {self.items[item] for item in items}
        if not cards:
            raise No("round.empty")
        earlier.seal, found.sealed = found.sealed, False
        prices = {card: earlier.prices.get(card) for card in cards}
        most, number = found.rules["most"], earlier.number + 1
        self.rounds[made] = Round(made, step, most=most, cards=cards, prices=prices, number=number)
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


def _find_torn(before: Published, block: Block) -> list[Block]:
    """Return what was one group before, and now is partly in this one."""
    return [group for group in before.blocks or [] if group & block and group - block]


def _is_within(before: Published, after: Published) -> bool:
    """Whether every group lies in one of before, apart from O's of which nobody had taken part."""
    there = {sector for sector, _ in before.ballots.values()}
    return all(any(block & there <= group for group in before.blocks or []) for block in after.blocks or [])


def count_fresh(before: Published, after: Published, block: Block | None = None) -> int:
    """Return how many ballots of a group, or of all, are new or other than they were."""
    return sum(
        before.ballots.get(person) != ballot
        for person, ballot in after.ballots.items()
        if block is None or ballot[0] in block
    )


def count_gone(before: Published, after: Published, block: Block | None = None) -> int:
    """Return how many ballots of a group, or of all, are no longer there, or count for another O."""
    return sum(
        person not in after.ballots or after.ballots[person][0] != sector
        for person, (sector, _) in before.ballots.items()
        if block is None or sector in block
    )
