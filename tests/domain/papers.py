"""Paper ballots in a vote that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sessions.ballots.mark import Value
from sessions.domain.commands import AddBallot, EditBallot, MarkGiven, PublishRound, RemoveBallot, RetireParticipant
from sessions.models import Participant

from .reveals import Vote


def given(marks: Mapping[str, Value]) -> list[MarkGiven]:
    return [MarkGiven(item=item, value=value) for item, value in marks.items()]


class PaperVote(Vote):
    """A vote on two items by phones and on paper: `type_in` adds papers that give their dot to the first item."""

    def type_in(self, sector: str, *, n: int = 1, item: int = 0) -> list[str]:
        return [self.add(sector, {self.items[item]: 1}) for _ in range(n)]

    def add(self, sector: str, marks: Mapping[str, Value], *, number: int | None = None) -> str:
        command = AddBallot(
            round=self.round.public_id, sector=self.room.sectors[sector].public_id, marks=given(marks), number=number
        )
        made = self.room.lead(command).id
        assert made is not None
        return made

    def edit(self, paper: str, sector: str, marks: Mapping[str, Value]) -> None:
        self.room.lead(
            EditBallot(
                round=self.round.public_id,
                participant=paper,
                sector=self.room.sectors[sector].public_id,
                marks=given(marks),
            )
        )

    def remove(self, paper: str) -> None:
        self.room.lead(RemoveBallot(round=self.round.public_id, participant=paper))

    def publish(self) -> None:
        self.room.lead(PublishRound(round=self.round.public_id))

    def numbers(self, papers: Sequence[str]) -> list[str]:
        found = Participant.objects.in_bulk(papers, field_name="public_id")
        return [found[paper].tag for paper in papers]


def retire_a_paper() -> None:
    vote = PaperVote()
    vote.room.lead(RetireParticipant(participant=vote.type_in("onderwijs")[0]))


def take_back_a_phone() -> None:
    vote = PaperVote()
    vote.cast("onderwijs", yes=1, no=0)
    vote.remove(vote.name("onderwijs"))
