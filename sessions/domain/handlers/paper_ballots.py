"""Paper ballots: typed in, corrected, taken back by a facilitator. Each is a participant with source scribed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ...ballots.ballot import OwnMarks
from ...ballots.mark import NO_MARK, Mark, put_value, read_mark, write_mark
from ...enums import Source
from ...errors import Code
from ...models import Ballot, Participant, Round, RoundItem, Step, Vote
from .. import rules
from ..actor import Actor
from ..commands import AddBallot, EditBallot, MarkGiven, RemoveBallot
from ..log import LogKind
from ..lookup import require
from ..moment import to_ms
from ..publication import count_late
from ..revealed import is_revealed
from ..world import BallotRow, VoteRow, World
from .frozen import unfrozen_rounds


class Filled(NamedTuple):
    """What stands on a paper once its ballot has checked it."""

    marks: dict[str, Mark]
    spent: int


def add_ballot(*, world: World, actor: Actor, command: AddBallot) -> str:
    """Store a paper ballot: of a new participant, or of the one with its number. Returns the participant's id."""
    round_ = world.structure.round(command.round)
    require_takes_paper(world=world, round_=round_)
    sector = world.structure.sector(command.sector)
    filled = _check(world=world, round_=round_, given=command.marks)
    world.flush_votes()
    papers = [(int(found.tag), found) for found in _papers(world) if found.tag.isdecimal()]
    there = {number: found for number, found in papers if found.retired_at is None}
    number = command.number or max((number for number, _ in papers), default=0) + 1
    person = there.get(number)
    is_free = person is None or (person.sector_id == sector.pk and not _has_ballot(round_, person))
    rules.check_number_free(number=number, is_free=is_free)
    if person is None:
        person = Participant(
            session=world.session, tag=str(number), sector=sector, source=Source.SCRIBED, joined_at=world.at
        )
        person.save(force_insert=True)
    name = person.public_id
    # `begins` makes hubs recount the round, because this ballot's old marks count again.
    more = {"begins": True} if _read_ballot(round_, person) is not None else {}
    world.note(LogKind.BALLOT_ADDED, participant=name, sector=sector.public_id, round=command.round, made=name, **more)
    _fill(world=world, round_=round_, person=person, filled=filled)
    _tell_late(world, round_)
    return name


def edit_ballot(*, world: World, actor: Actor, command: EditBallot) -> None:
    """Let a paper say what was typed anew, under this O."""
    round_ = world.structure.round(command.round)
    require_takes_paper(world=world, round_=round_)
    sector = world.structure.sector(command.sector)
    person = _paper(world=world, round_=round_, name=command.participant)
    filled = _check(world=world, round_=round_, given=command.marks)
    world.note(LogKind.BALLOT_EDITED, participant=person.public_id, sector=sector.public_id, round=command.round)
    if person.sector_id != sector.pk:
        person.sector = sector
        world.change(person, "sector")
        others = unfrozen_rounds(world=world, person=person) - {round_.pk}
        Ballot.objects.filter(participant=person, round__in=others).update(sector=sector)
    _fill(world=world, round_=round_, person=person, filled=filled)
    _tell_late(world, round_)


def remove_ballot(*, world: World, actor: Actor, command: RemoveBallot) -> None:
    """Let a paper count no longer: what stood on it stays in the tables, as of somebody who was retired."""
    round_ = world.structure.round(command.round)
    require_takes_paper(world=world, round_=round_)
    person = _paper(world=world, round_=round_, name=command.participant)
    ballot = _read_ballot(round_, person)
    assert ballot is not None
    ballot.counted = False
    world.put_ballot(round_=round_, participant=person, ballot=ballot)
    world.flush_votes()
    if not Ballot.objects.filter(participant=person, counted=True).exists():
        person.retired_at = world.at
        world.change(person, "retired_at")
    _remember(world=world, round_=round_, person=person)
    world.note(LogKind.BALLOT_REMOVED, participant=person.public_id, round=command.round, undo=True)
    _tell_late(world, round_)


def undo_remove(*, world: World, undo: dict[str, Any]) -> None:
    """Let a paper that was taken back count again, as it stood. Its number may have been given to another meanwhile."""
    world.session.undo = undo["under"]
    world.change_session()
    round_ = require(world.structure.rounds.get(undo["round"]), Code.UNDO_TOO_LATE)
    require_takes_paper(world=world, round_=round_)
    world.flush_votes()
    papers = {found.public_id: found for found in _papers(world)}
    person = require(papers.get(undo["participant"]), Code.UNDO_TOO_LATE)
    ballot = require(_read_ballot(round_, person), Code.UNDO_TOO_LATE)
    others = [found for found in papers.values() if found.tag == person.tag and found.pk != person.pk]
    is_free = not ballot.counted and all(found.retired_at is not None for found in others)
    rules.check_number_free(number=int(person.tag), is_free=is_free)
    ballot.counted = True
    world.put_ballot(round_=round_, participant=person, ballot=ballot)
    world.flush_votes()
    if person.retired_at is not None:
        person.retired_at = None
        world.change(person, "retired_at")
    world.note(
        LogKind.BALLOT_ADDED,
        participant=person.public_id,
        sector=person.sector.public_id,
        round=round_.public_id,
        made=person.public_id,
        begins=True,
        undo=True,
    )
    _tell_late(world, round_)


def _remember(*, world: World, round_: Round, person: Participant) -> None:
    """Let this be what is undone next, on top of the last step change, which stays open to be undone."""
    world.session.undo = {
        "do": RemoveBallot.do,
        "step": world.structure.by_pk[round_.step_id].public_id,
        "at": to_ms(world.at),
        "round": round_.public_id,
        "participant": person.public_id,
        "now": None,
        "stage": world.session.stage,
        "steps": {},
        "rounds": {},
        "under": rules.step_change_in(world.session.undo),
    }
    world.change_session()


def require_takes_paper(*, world: World, round_: Round) -> None:
    """Look up what the rule `check_takes_paper` asks for."""
    step = world.structure.by_pk[round_.step_id]
    rules.check_takes_paper(round_=round_, step=step, newest=newest_opened(world=world, step=step))


def newest_opened(*, world: World, step: Step) -> Round | None:
    """Return the newest round of a step that was opened."""
    opened = [
        found for found in world.structure.rounds.values() if found.step_id == step.pk and found.opened_at is not None
    ]
    return max(opened, key=lambda found: found.number, default=None)


def _check(*, world: World, round_: Round, given: Sequence[MarkGiven]) -> Filled:
    """Let the round's ballot judge a paper as it would somebody who gives all of it at once."""
    for mark in given:
        world.structure.round_item(round_, mark.item)
    voting = world.voting(round_)
    marks = {mark.item: read_mark(mark.value, criteria=voting.criteria) for mark in given}
    rules.check_each_once(given=given, items=marks)
    rules.check_says_something(says=any(voting.kind.says(mark) for mark in marks.values()))
    blank = OwnMarks(0, dict.fromkeys(marks, NO_MARK))
    prices = world.structure.prices_of(round_)
    return Filled(marks, voting.kind.check(rules=voting.rules, mine=blank, marks=marks, prices=prices))


def _fill(*, world: World, round_: Round, person: Participant, filled: Filled) -> None:
    """Write what stands on a paper in place of what stood there, with a line for each mark that is another one."""
    voting = world.voting(round_)
    before = _read_marks(round_, person)
    ballot = _read_ballot(round_, person)
    if ballot is None:
        ballot = BallotRow(0, voting.budget, person.sector_id, True)
    ballot.spent, ballot.budget, ballot.counted, ballot.sector_id = filled.spent, voting.budget, True, person.sector_id
    world.put_ballot(round_=round_, participant=person, ballot=ballot)
    tap = max((stored.tap for stored in before.values()), default=0) + 1
    gone: dict[str, Mark] = dict.fromkeys(before.keys() - filled.marks.keys(), (None,) * voting.criteria)
    for item, mark in (gone | filled.marks).items():
        stored = before.get(item)
        if stored is not None and stored.mark == mark:
            continue
        place = _place(world, round_, item)
        world.put_vote(place=place, participant=person, vote=VoteRow(mark, tap))
        was = write_mark(stored.mark) if stored is not None else voting.kind.none
        world.note(
            LogKind.VOTE_CAST,
            round=round_.public_id,
            item=item,
            was=was,
            value=write_mark(mark),
            tap=tap,
            participant=person.public_id,
        )
    world.flush_votes()


def _tell_late(world: World, round_: Round) -> None:
    """Say in a result that is shown how many ballots came after it."""
    if is_revealed(round_) and count_late(round_=round_):
        step = world.structure.by_pk[round_.step_id]
        world.note(LogKind.ROUND_PUBLISHED, step=step.public_id, round=round_.public_id)


def _papers(world: World) -> list[Participant]:
    return list(Participant.objects.filter(session=world.session, source=Source.SCRIBED))


def _paper(*, world: World, round_: Round, name: str) -> Participant:
    """Return a paper that counts in a round. Raises Refused with `participant.unknown`."""
    world.flush_votes()
    person = world.participant(name)
    is_one = person.source == Source.SCRIBED and _has_ballot(round_, person)
    return require(person if is_one else None, Code.PARTICIPANT_UNKNOWN)


def _has_ballot(round_: Round, person: Participant) -> bool:
    return Ballot.objects.filter(round=round_, participant=person, counted=True).exists()


def _read_ballot(round_: Round, person: Participant) -> BallotRow | None:
    found = Ballot.objects.filter(round=round_, participant=person).first()
    return BallotRow(found.spent, found.budget, found.sector_id, found.counted) if found is not None else None


def _read_marks(round_: Round, person: Participant) -> dict[str, VoteRow]:
    """Return item → what a paper has on it."""
    rows = Vote.objects.filter(round_item__round=round_, participant=person).order_by("criterion")
    found: dict[str, VoteRow] = {}
    for item, criterion, value, tap in rows.values_list("round_item__item__public_id", "criterion", "value", "tap"):
        before = found[item].mark if item in found else NO_MARK
        found[item] = VoteRow(put_value(before, criterion, value), tap)
    return found


def _place(world: World, round_: Round, item: str) -> RoundItem:
    return world.structure.round_items[round_.pk, item]
