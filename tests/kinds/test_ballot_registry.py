"""A ballot that lacks something stops the program at its start, and leaves the registry as it was."""

from __future__ import annotations

from typing import Any

import pytest

from sessions.ballots import Incomplete, all_ballots, ballot_of, forget, read_rules, register, write_rules
from sessions.ballots.ballot import Rules
from sessions.ballots.dots import Dots, DotsRules


class ProofRules(Rules, frozen=True, tag="proof", tag_field="ballot", kw_only=True):
    many: int = 1


def declare(**fields: Any) -> Dots:
    """Return a ballot that is whole but for these fields."""
    whole = {"key": "proof", "Rules": ProofRules}
    return type("Proof", (Dots,), whole | fields)()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"key": ""}, "has no key"),
        ({"examples": ()}, "has no examples"),
        ({"meaning": None}, "has no meaning"),
        ({"key": "opinion"}, "two ballots"),
        ({"Rules": DotsRules}, "do not name it"),
        ({"examples": tuple(example for example in Dots.examples if not example.refused)}, "example of a refusal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_that_lacks_something_is_not_registered(fields: dict[str, Any], told: str) -> None:
    before = all_ballots()
    with pytest.raises(Incomplete, match=told):
        register(declare(**fields))
    assert all_ballots() == before


def test_a_whole_one_is_until_it_is_forgotten() -> None:
    kind = declare()
    register(kind)
    try:
        assert ballot_of("proof") is kind and kind in all_ballots()
    finally:
        forget(kind)
    with pytest.raises(LookupError):
        ballot_of("proof")


def test_rules_are_stored_without_their_key_and_nothing_stored_is_the_ballots_own() -> None:
    rules = DotsRules(budget=4, most=2)
    assert "ballot" not in write_rules(rules)
    assert read_rules("dots", write_rules(rules)) == rules
    assert read_rules("dots", None) == DotsRules()
