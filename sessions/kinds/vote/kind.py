"""What a step is in which people vote. The commands of marks, items and rounds are the engine's: domain/handlers/."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ...ballots import DEFAULT_RULES, AnyRules, ballot_of, write_rules
from ...domain.handlers import voting
from ...domain.kind import Input, Name, Part, Rows, Settings, StepKind
from ...domain.sanitiser import clean_text
from ...domain.state import State
from ...domain.viewer import Viewer
from ...domain.voting import parts_of_vote, rows_of_vote
from ...domain.world import World
from ...models import Contribution, Round, Step
from ..voters import vote
from . import people
from .examples import EXAMPLES


class VoteSettings(Settings, frozen=True):
    """Of a `vote` step."""

    live: bool = False
    """Counts go out from the opening of a round until its result is shown."""
    practice: bool = False
    """To try it: everything is thrown away when the step closes."""
    rules: AnyRules = DEFAULT_RULES
    """How people vote: the ballot, and its rules as asked for. They are frozen when a round opens."""


_BEFORE_BALLOTS = {"budget": "budget", "max_per_item": "most"}
"""Settings of a vote when dots were the only way of voting, and the rule that each of them is now."""


class Vote(StepKind[VoteSettings]):
    key = "vote"
    Settings = VoteSettings
    frozen = frozenset({"live", "rules", "practice"})
    variants = ({}, {"practice": True})
    words = Name("Stemmen", "Vote")
    input = Input.MARKS
    revealable = True
    reveal_closes = True
    share = 5
    examples = EXAMPLES

    def read(self, given: Mapping[str, Any]) -> VoteSettings:
        """Also of a row, a session.json or a template from when there were only dots."""
        old = {name: given[name] for name in _BEFORE_BALLOTS if name in given}
        if not old:
            return super().read(given)
        if "rules" in given:
            raise msgspec.ValidationError("rules of two kinds")
        rules = write_rules(DEFAULT_RULES) | {_BEFORE_BALLOTS[name]: value for name, value in old.items()}
        kept = {name: value for name, value in given.items() if name not in old}
        return super().read(kept | {"rules": {"ballot": _key(DEFAULT_RULES)} | rules})

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The words of answers are cleaned as every text is. Raises Refused besides."""
        asked = self.read(given)
        rules = ballot_of(_key(asked.rules)).clean(asked.rules, clean_text)
        complete: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(asked, rules=rules))
        return complete

    def alternatives(self, complete: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
        rules = self.read(complete).rules
        return [(label.nl, label.en) for label in ballot_of(_key(rules)).criteria(rules)]

    def check_open(self, *, world: World, step: Step) -> None:
        voting.check_open(world=world, step=step)

    def opened(self, *, world: World, step: Step) -> None:
        voting.open_round(world=world, step=step, live=self.is_live(step))

    def closed(self, *, world: World, step: Step) -> None:
        voting.close_round(world=world, step=step, compare=not self.is_practice(step))

    def revealed(self, *, world: World, step: Step) -> None:
        voting.reveal_round(world=world, step=step)

    def is_practice(self, step: Step) -> bool:
        return self.settings(step).practice

    def is_revealable(self, step: Step) -> bool:
        return not self.is_practice(step)

    def has_result(self, step: Step) -> bool:
        return not self.is_practice(step)

    def ballot(self, step: Step) -> str:
        return _key(self.settings(step).rules)

    def ballot_rules(self, step: Step) -> dict[str, Any]:
        return write_rules(self.settings(step).rules)

    def has_begun(self, *, world: World, step: Step) -> bool:
        return voting.has_begun(world=world, step=step)

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        return parts_of_vote(step=step, round_=round_)

    def is_live(self, step: Step) -> bool:
        return self.settings(step).live

    def shows_card(self, *, world: World, step: Step, card: Contribution) -> bool:
        round_ = world.structure.round_of(step)
        places = world.structure.places_of_card(card.pk)
        return round_ is not None and round_.pk in [found.pk for found, _ in places if found.opened_at is not None]

    def answered(self, *, state: State, step: Step) -> set[int]:
        return state.voters_of(step)

    def rows(self, step: Step) -> Iterable[Rows]:
        yield rows_of_vote(step)

    def act(self, *, person: Any, step: dict[str, Any]) -> None:
        if round_ := person.client.room.rounds.get(step["round"] or ""):
            vote(person, round_)

    async def prepare(self, *, facilitator: Any, step: dict[str, Any]) -> bool:
        return await people.fill_round(facilitator, step)


def _key(rules: AnyRules) -> str:
    return str(rules.__struct_config__.tag)
