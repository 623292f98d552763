"""An opinion: agree, do not, or pass, on each item by itself.

A share is of who answered the item, passes among them. Nothing is spent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from ..errors import Code, Refused
from .ballot import Act, BallotKind, Denominator, Example, OwnMarks, Rules, SimulatedVoter, Statistic
from .counts import Count
from .mark import Mark
from .words import AnswerWords, Label, Phrase, gettext_noop, ngettext

AGREE, PASS, DISAGREE = 1, 0, -1
THINKS_AGAIN = 0.1
"""How often a simulated person who has answered everything answers something anew."""


class OpinionRules(Rules, frozen=True, tag="opinion"):
    """The words of the three answers, and whether a reason is asked."""

    agree: AnswerWords = AnswerWords("Herken ik", "I recognise this")
    disagree: AnswerWords = AnswerWords("Herken ik niet", "I do not recognise this")
    skip: AnswerWords = AnswerWords("Sla over", "Pass")
    """A pass is an answer: it says that the item was seen."""
    reason: bool = False


class Opinion(BallotKind[OpinionRules]):
    key = "opinion"
    is_choice = True
    has_opinions = True
    Rules = OpinionRules
    of = Denominator.ITEM
    told = (
        Statistic("agree", "mensen die het herkennen of ermee instemmen", "people who agree"),
        Statistic("pass", "mensen die het oversloegen", "people who passed"),
        Statistic("disagree", "mensen die het niet herkennen of er niet mee instemmen", "people who disagree"),
    )
    outcome = ngettext(
        "%(heads)s of %(n)s person who answered agreed: place %(place)s of %(of)s.",
        "%(heads)s of %(n)s people who answered agreed: place %(place)s of %(of)s.",
    )
    meaning = gettext_noop("How many people agree, of those of the group who answered it; passes among them.")
    examples = (
        Example(OpinionRules(), {"a": AGREE}),
        Example(OpinionRules(), {"a": DISAGREE}, before=[{"a": AGREE}]),
        Example(OpinionRules(), {"a": None, "b": PASS}, before=[{"a": AGREE}]),
        Example(OpinionRules(), {"a": 2}, refused=Code.BAD_MARK),
        Example(OpinionRules(), {"a": AGREE, "b": -2}, refused=Code.BAD_MARK),
        Example(OpinionRules(), {"a": [AGREE, AGREE]}, refused=Code.BAD_MARK),
    )

    def clean(self, rules: OpinionRules, line: Callable[[str], str]) -> OpinionRules:
        def cleaned(label: AnswerWords) -> AnswerWords:
            return AnswerWords(line(label.nl), line(label.en))

        return msgspec.structs.replace(
            rules, agree=cleaned(rules.agree), disagree=cleaned(rules.disagree), skip=cleaned(rules.skip)
        )

    def check(
        self, *, rules: OpinionRules, mine: OwnMarks, marks: Mapping[str, Mark], prices: Mapping[str, int]
    ) -> int:
        for (value,) in marks.values():
            if value is not None and not DISAGREE <= value <= AGREE:
                raise Refused(Code.BAD_MARK)
        return mine.spent

    def score(self, rules: OpinionRules, mark: Mark) -> int:
        return int(mark[0] == AGREE)

    def tell(self, rules: OpinionRules, mark: Mark) -> Mapping[str, int]:
        return {{AGREE: "agree", PASS: "pass", DISAGREE: "disagree"}[mark[0] or PASS]: 1}

    def live(self, count: Count, *, rules: OpinionRules, n: int) -> list[int]:
        return [count.told.get(told.key, 0) for told in self.told]

    def columns(self, rules: OpinionRules) -> Sequence[Statistic]:
        words = {"agree": rules.agree, "pass": rules.skip, "disagree": rules.disagree}
        return [Statistic(told.key, words[told.key].nl, words[told.key].en) for told in self.told]

    def say(self, rules: OpinionRules, mark: Mark) -> Phrase | Label:
        return {AGREE: rules.agree, PASS: rules.skip, DISAGREE: rules.disagree}[mark[0] or PASS]

    def act(self, *, rules: OpinionRules, items: Sequence[str], person: SimulatedVoter) -> list[Act]:
        """Answer the next item; sometimes think again about one."""
        open_ = [item for item in items if not self.says(person.marks.get(item, ()))]
        if not open_ and person.chance.random() >= THINKS_AGAIN:
            return []
        item = open_[0] if open_ else person.chance.choice(items)
        liking = person.weigh(item)
        value = person.chance.choices([AGREE, PASS, DISAGREE], weights=[liking, 0.3, 1.0])[0]
        return [{item: value}]
