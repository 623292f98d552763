"""An answer of which the last questions are still open counts in no mean: not published, not live, not by chance. A
receipt tells what was given of it.
"""

from __future__ import annotations

import pytest

from sessions.ballots import ballot_of
from sessions.domain.commands import RevealStep
from sessions.domain.publication import read_published
from sessions.domain.publication.chance import compare_with_chance
from sessions.domain.publication.tallies import count_undivided
from sessions.domain.receipt import issue_receipt, read_receipt
from sessions.domain.voting import voting_of

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


def test_what_is_answered_in_part_counts_in_no_mean() -> None:
    """Of the first O six give 5 and 1, one more gives a 1 and nothing; of the other six give 3 and 3."""
    room: SessionHarness = make_room(sectors=("onderwijs", "ondernemers"))
    one, other = room.join("onderwijs", n=7), room.join("ondernemers", n=6)
    round_, (item,) = room.open_vote(items=1, rules=ballot_of("criteria").Rules())
    for person in one[:6]:
        room.vote(person, round_, item, [5, 1], tap=1)
    room.vote(one[6], round_, item, [1, None], tap=1)
    for person in other:
        room.vote(person, round_, item, [3, 3], tap=1)
    name = round_.public_id
    live = count_undivided(room.session.pk, voting={name: voting_of(round_)}, items={name: [item]}).items[name][item]
    assert (sum(live.of.values()), sum(live.sums.values())) == (12, 6 * 6 + 6 * 6)
    room.lead(RevealStep(step=round_.step.public_id))
    (figures,) = read_published(room.session.pk).results[name].items
    assert (figures.of, figures.told["seen"]) == (12, 13)
    assert [mean.mean for mean in figures.means] == [4.0, 2.0]
    assert compare_with_chance(round_=round_).chance is not None
    code = issue_receipt(person=room.person(one[6]), token=room.tokens[one[6].id])
    receipt = read_receipt(code)
    assert receipt is not None
    (vote,) = (vote for step in receipt.steps for vote in step.votes)
    assert "1 van 5" in str(vote.words)
