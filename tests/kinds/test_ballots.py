"""Every ballot by itself: its examples, its budget, and that adding a change is the same as counting anew."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.ballots import Ballot, ballot_of, read_rules, write_rules
from sessions.ballots.ballot import Denominator, Example
from sessions.ballots.counts import Count, ShownGroup
from sessions.ballots.mark import Mark, write_mark
from sessions.ballots.words import Label
from sessions.errors import Refused

from .ballots import BALLOTS, EXAMPLES, PRICES, Own, act_by_chance, documented, play

__all__ = ["documented"]
ITEMS = [f"i{number}" for number in range(6)]
EVERY = pytest.mark.parametrize("kind", BALLOTS, ids=lambda kind: kind.key)
GROUPS = [ShownGroup(["w"], 2), ShownGroup(["z"], 3)]
PLAYED = pytest.mark.parametrize(
    ("kind", "example"), [found[:2] for found in EXAMPLES], ids=[name for *_, name in EXAMPLES]
)


@PLAYED
def test_an_example_is_refused_with_its_code_or_spends_what_it_says(kind: Ballot, example: Example) -> None:
    own = play(kind, example)
    before = own.spent, dict(own.marks)
    if example.refused is None:
        own.cast(example.marks)
        assert own.spent == example.spent
        assert own.spent == sum(kind.cost(own.rules, mark, own.prices.get(item)) for item, mark in own.marks.items())
        return
    with pytest.raises(Refused) as refused:
        own.cast(example.marks)
    assert (refused.value.code, own.spent, own.marks) == (example.refused, *before)
    assert refused.value.sentence()


@PLAYED
def test_rules_come_back_from_the_table_and_the_wire_as_they_went(kind: Ballot, example: Example) -> None:
    for rules in (example.rules, kind.complete(example.rules, items=9)):
        assert read_rules(kind.key, write_rules(rules)) == rules
        assert msgspec.json.decode(msgspec.json.encode(rules), type=kind.Rules) == rules


@EVERY
@given(data=st.data())
def test_what_simulated_people_do_is_allowed_and_within_the_budget(kind: Ballot, data: st.DataObject) -> None:
    own = Own(kind, kind.complete(kind.Rules(), items=len(ITEMS)), PRICES)
    chance = Random(data.draw(st.integers(0, 2**32)))
    did = 0
    for _ in range(30):
        for act in act_by_chance(own, ITEMS, chance):
            own.cast(act)
            did += 1
            assert own.spent <= (kind.budget(own.rules) or own.spent)
    assert did > 2
    assert any(kind.says(mark) for mark in own.marks.values())


@EVERY
@given(data=st.data())
def test_adding_each_change_is_counting_what_stands(kind: Ballot, data: st.DataObject) -> None:
    """Also when somebody takes back what they gave, and undivided as well as per O."""
    rules = kind.complete(kind.Rules(), items=len(ITEMS))
    step_by_step = {item: Count() for item in ITEMS}
    people = [(Own(kind, rules, PRICES), sector) for sector in ("w", "z", "w")]
    chance = Random(data.draw(st.integers(0, 2**32)))
    for own, sector in people * 8:
        for act in act_by_chance(own, ITEMS, chance):
            before = {item: own.marks.get(item, ()) for item in act}
            own.cast(act)
            for item, mark in before.items():
                kind.add(step_by_step, rules=rules, item=item, sector=sector, before=mark, after=own.marks[item])
    anew = {item: Count() for item in ITEMS}
    for own, sector in people:
        for item, mark in own.marks.items():
            kind.add(anew, rules=rules, item=item, sector=sector, before=(), after=mark)
    groups = [ShownGroup(["w"], 2), ShownGroup(["z"], 1)]
    given = {"rules": rules, "prices": PRICES, "groups": groups, "n": 3}
    assert kind.figures(step_by_step, **given) == kind.figures(anew, **given)
    marks = [mark for own, _ in people for mark in own.marks.values() if kind.says(mark)]
    scores = [kind.score(rules, mark) for mark in marks if kind.is_scored(mark)]
    assert all(0 <= score <= 1 for score in scores)
    if kind.is_yes_or_no:
        assert set(scores) <= {0, 1}


@EVERY
def test_a_mark_can_be_said_in_words_and_written_as_it_came(kind: Ballot) -> None:
    for example in kind.examples:
        if example.refused is None:
            own = play(kind, example)
            own.cast(example.marks)
            assert {item: write_mark(own.marks[item]) for item in example.marks} == dict(example.marks)
            said = [kind.say(own.rules, mark) for mark in own.marks.values() if kind.says(mark)]
            assert all(words.nl and words.en if isinstance(words, Label) else words.one for words in said)


def count(key: str, marks: list[tuple[str, Mark]]) -> tuple[Ballot, dict[str, Count]]:
    kind = ballot_of(key)
    counts = {"a": Count()}
    for sector, mark in marks:
        kind.add(counts, rules=kind.Rules(), item="a", sector=sector, before=(), after=mark)
    return kind, counts


def test_dots_by_hand() -> None:
    """Of five who took part three put four dots on it: a share of 3/5, whatever the number of dots."""
    kind, counts = count("dots", [("w", (2,)), ("w", (1,)), ("z", (1,)), ("z", (0,))])
    figure = kind.figures(counts, rules=kind.Rules(), prices={}, groups=GROUPS, n=5)["a"]
    assert (figure.all.mean, figure.all.of, figure.told) == (Fraction(3, 5), 5, {"dots": 4})
    assert [(share.heads, share.of) for share in figure.groups] == [(2, 2), (1, 3)]


def test_opinions_by_hand() -> None:
    """Of five who took part four answered, one of them with a pass: two of four agree."""
    kind, counts = count("opinion", [("w", (1,)), ("w", (1,)), ("z", (0,)), ("z", (-1,)), ("z", (None,))])
    assert kind.of is Denominator.ITEM
    figure = kind.figures(counts, rules=kind.Rules(), prices={}, groups=GROUPS, n=5)["a"]
    assert (figure.all.mean, figure.all.of) == (Fraction(1, 2), 4)
    assert figure.told == {"agree": 2, "pass": 1, "disagree": 1}
    assert [(share.heads, share.of) for share in figure.groups] == [(2, 2), (0, 2)]
