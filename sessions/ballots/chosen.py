"""What ballots share in which an item is chosen or not: no mark, none, or one. A share is of who took part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NoReturn, TypeVar

from ..errors import Code, Refused
from .ballot import BallotKind, OwnMarks, Rules, Statistic
from .mark import Mark, Value
from .words import Label

CHOICES = Statistic("choices", "keren gekozen", "times chosen")

C = TypeVar("C", bound=Rules)


def is_chosen(mark: Mark) -> bool:
    return mark == (1,)


class ChosenBallot(BallotKind[C]):
    """Base of approve, choice and budget. `budget` is the most that a person can spend; an item costs one, or what
    `cost` says.
    """

    is_choice = True
    told: ClassVar[tuple[Statistic, ...]] = (CHOICES,)
    none: ClassVar[Value] = 0
    chosen_words: ClassVar[Label] = Label("gekozen", "chosen")
    """What a receipt says of an item that was chosen."""

    def refuse(self, most: int) -> NoReturn:
        """Refuse to spend more than the most."""
        raise Refused(Code.TOO_MANY, limit=most)

    def check(self, *, rules: C, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]) -> int:
        """To spend more than the most is refused, also where several marks come together; taking back never is."""
        if any(mark not in ((None,), (0,), (1,)) for mark in marks.values()):
            raise Refused(Code.BAD_MARK)
        spent = mine.spent
        for item, mark in marks.items():
            price = prices.get(item)
            spent += self.cost(rules, mark, price) - self.cost(rules, mine.marks[item], price)
        most = self.budget(rules)
        if most is not None and spent > mine.spent and spent > most:
            self.refuse(most)
        return spent

    def says(self, mark: Mark) -> bool:
        return is_chosen(mark)

    def cost(self, rules: C, mark: Mark, price: int | None) -> int:
        return int(is_chosen(mark))

    def score(self, rules: C, mark: Mark) -> int:
        return 1

    def tell(self, rules: C, mark: Mark) -> Mapping[str, int]:
        return {CHOICES.key: 1}

    def say(self, rules: C, mark: Mark) -> Label:
        return self.chosen_words
