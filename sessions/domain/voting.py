"""How people vote in a round: its ballot, with the rules that were frozen when it opened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from ..ballots import AnyRules, Ballot, ballot_of, read_rules, write_rules
from ..ballots.mark import NO_MARK, Mark, read_mark
from ..ballots.words import Label
from ..enums import ItemSource, Whose
from ..models import Item, Round, Session, Step, Vote
from .kind import Offered, Part, Rows, kind_of
from .revealed import is_revealed


class Voting(NamedTuple):
    """Looked up once per round and batch: it is asked for with every vote."""

    kind: Ballot
    rules: Any
    """Of the ballot's own type."""
    criteria: int
    """How many values a mark has."""
    budget: int | None

    @property
    def nothing(self) -> Mark:
        """A mark of which no value is given: what rows without a value do not tell has its place in it."""
        return (None,) * self.criteria

    def name_criteria(self) -> Sequence[Label]:
        """Return the names of what an item is asked about; one without a name where it is one question."""
        return self.kind.criteria(self.rules)

    def read_logged(self, value: Any) -> Mark:
        """Return a mark as a log line has it."""
        return NO_MARK if value is None else read_mark(value, criteria=self.criteria)


def voting_of(round_: Round) -> Voting:
    """Return the ballot and its frozen rules; before they are frozen, the ballot's default rules."""
    kind = ballot_of(round_.ballot)
    rules = read_rules(round_.ballot, round_.rules)
    return Voting(kind, rules, len(kind.criteria(rules)), kind.budget(rules))


def show_rules(round_: Round) -> AnyRules | None:
    """Return the rules of a round as they are shown; None before they are fixed."""
    rules: AnyRules | None = read_rules(round_.ballot, round_.rules) if round_.rules is not None else None
    return rules


def freeze_rules(*, round_: Round, step: Step, items: int) -> None:
    """Settle the rules of a round that opens: what it was prepared with, or what its step asks for."""
    kind = ballot_of(round_.ballot)
    asking = kind_of(step)
    asked = asking.ballot_rules(step) if round_.ballot == asking.ballot(step) else None
    stored = round_.rules if round_.rules is not None else asked
    round_.rules = write_rules(kind.complete(read_rules(round_.ballot, stored), items=items))


def prepare_again(*, round_: Round, step: Step) -> dict[str, Any] | None:
    """Return the rules of another round: what the step asks for when it opens, else the ones there were."""
    return None if round_.ballot == kind_of(step).ballot(step) else round_.rules


def offered_item(session: Session, words: Offered) -> Item:
    """Return an item, not stored yet, of words that a step puts to the vote."""
    return Item(
        session=session, source=ItemSource.OPTION, text_nl=words.nl, text_en=words.en, whose=Whose.TEAM, document=""
    )


def parts_of_vote(*, step: Step, round_: Round | None) -> Collection[Part]:
    """Return the parts that everybody may see of a vote: the result once it is revealed; else a live tally, and never
    again after a reveal that was undone.

    A live count beside an earlier result would reveal the next ballot by subtraction (differencing).
    """
    kind = kind_of(step)
    if round_ is None:
        return ()
    if is_revealed(round_):
        return (Part.RESULT,)
    counting = round_.opened_at is not None and not round_.seen and kind.is_live(step)
    if kind.is_practice(step) and round_.closed_at is not None:
        return ()
    return (Part.TALLY,) if counting else ()


def rows_of_vote(step: Step) -> Rows:
    """Return every mark: also one that was taken back is a row. The file has all people, also who put none."""
    stored = Vote.objects.filter(round_item__round__step=step, round_item__round__opened_at__isnull=False).values_list(
        "round_item__round__public_id", "round_item__item__public_id", "participant__public_id", "value"
    )
    rows = [(round_, item, person, "" if value is None else str(value)) for round_, item, person, value in stored]
    return Rows("votes.csv", ("round", "item", "participant", "value"), rows, blank={"first_at": ""})
