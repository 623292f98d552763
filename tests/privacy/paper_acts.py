"""What happens with paper ballots in a random history: typed in, corrected, taken back, shown with a result.

The onlooker typed none of them, and is taken to know which there are.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sessions.ballots import Ballot
from sessions.ballots.mark import write_mark
from sessions.domain.commands import AddBallot, EditBallot, MarkGiven, PublishRound, RemoveBallot
from sessions.enums import Source
from sessions.errors import Refused
from sessions.models import Participant, Round

from ..factory import SessionHarness
from .choices import Choice, cast_of


class PaperActs:
    """Of a history, which has these."""

    random: Random
    sectors: tuple[str, ...]
    room: SessionHarness
    round: Round
    items: list[str]
    versions: dict[tuple[str, int], int]
    kind: Ballot
    drawn: list[Choice]

    def _note_publication(self) -> None:
        raise NotImplementedError

    def paper_acts(self) -> list[Callable[[], None]]:
        """Return what may happen with papers, as often as it does."""
        return [*[self._type_paper] * 4, self._correct_paper, self._take_paper_back, *[self._publish] * 3]

    def _type_paper(self) -> None:
        command = AddBallot(round=self.round.public_id, sector=self._sector(), marks=self._filled_in())
        if self._do(lambda: self.room.lead(command)):
            self._note_paper(Participant.objects.filter(session=self.room.session).latest("pk"))

    def _correct_paper(self) -> None:
        """Perhaps under another O."""
        if (paper := self._paper()) is not None:
            name = paper.public_id
            command = EditBallot(
                round=self.round.public_id, participant=name, sector=self._sector(), marks=self._filled_in()
            )
            if self._do(lambda: self.room.lead(command)):
                self._note_paper(paper)

    def _take_paper_back(self) -> None:
        if (paper := self._paper()) is not None:
            command = RemoveBallot(round=self.round.public_id, participant=paper.public_id)
            self._do(lambda: self.room.lead(command))

    def _publish(self) -> None:
        if self._do(lambda: self.room.lead(PublishRound(round=self.round.public_id))):
            self._note_publication()

    def _paper(self) -> Participant | None:
        papers = Participant.objects.filter(session=self.room.session, source=Source.SCRIBED).order_by("pk")
        return self.random.choice(papers) if papers else None

    def _note_paper(self, paper: Participant) -> None:
        key = (self.round.public_id, paper.pk)
        self.versions[key] = self.versions.get(key, 0) + 1

    def _filled_in(self) -> list[MarkGiven]:
        _, *something = self.drawn
        marks = cast_of(self.kind, self.random.choice(something), self.items)
        return [MarkGiven(item=item, value=write_mark(mark)) for item, mark in marks]

    def _sector(self) -> str:
        return self.room.sectors[self.random.choice(self.sectors)].public_id

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused:
            return False
        return True
