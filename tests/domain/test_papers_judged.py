"""Every example of every ballot, typed in from paper."""

from __future__ import annotations

import pytest

from sessions.ballots import Ballot as BallotKind
from sessions.ballots.ballot import Example, OwnMarks
from sessions.ballots.mark import NO_MARK, read_mark
from sessions.domain.commands import AddBallot
from sessions.enums import Source
from sessions.errors import Code, Refused
from sessions.models import Ballot, Participant, Session

from ..factory import make_room
from ..kinds.ballots import EXAMPLES, documented
from .papers import given
from .reveals import W, refused

__all__ = ["documented"]


def outcome_of(kind: BallotKind, example: Example) -> tuple[int, Code | None]:
    """Return what the ballot itself says of an example on an empty paper: what is spent, or why it is refused."""
    marks = {
        item: read_mark(value, criteria=len(kind.criteria(example.rules))) for item, value in example.marks.items()
    }
    mine = OwnMarks(0, dict.fromkeys(marks, NO_MARK))
    return kind.check(rules=example.rules, mine=mine, marks=marks, prices=dict(example.prices)), None


@pytest.mark.parametrize(("kind", "example"), [found[:2] for found in EXAMPLES], ids=[found[2] for found in EXAMPLES])
def test_a_paper_is_judged_as_its_ballot_judges_it(
    django_db_setup: None, db: None, kind: BallotKind, example: Example
) -> None:
    """Every example of every ballot, typed in from paper: taken whole, or refused by the same code."""
    room = make_room()
    names = ["a", "b", "c"]
    prices = [example.prices.get(name, 0) for name in names]
    round_, items = room.open_vote(items=3, rules=example.rules, prices=prices)
    ids = dict(zip(names, items, strict=True))
    says = False
    try:
        spent, code = outcome_of(kind, example)
        marks = [read_mark(value, criteria=len(kind.criteria(example.rules))) for value in example.marks.values()]
        says = any(kind.says(mark) for mark in marks)
    except Refused as refusal:
        spent, code = 0, refusal.code
    if code is None and not says:
        code = Code.BALLOT_EMPTY
    command = AddBallot(
        round=round_.public_id,
        sector=room.sectors[W].public_id,
        marks=given({ids[name]: value for name, value in example.marks.items()}),
    )
    if code is not None:
        before = Session.objects.get(pk=room.session.pk).seq
        assert refused(room, command) in {code, Code.BALLOT_EMPTY}
        assert Session.objects.get(pk=room.session.pk).seq == before
        assert not Participant.objects.filter(session=room.session).exists()
        return
    paper = room.lead(command).id
    found = Participant.objects.get(public_id=paper)
    assert (found.source, found.tag, found.sector) == (Source.SCRIBED, "1", room.sectors[W])
    assert Ballot.objects.get(round=round_, participant=found).spent == spent
