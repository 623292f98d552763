"""What commands look up and do not find: one case for each place, in a session that is stored."""

from __future__ import annotations

from uuid import uuid4

from sessions.domain import rules
from sessions.domain.actor import Actor
from sessions.domain.authorisation import Login, _judge
from sessions.domain.batch_rows import BatchRows
from sessions.domain.commands import (
    ClassifyCard,
    GoOn,
    MoveParticipant,
    OpenStep,
    ReplaceAgenda,
    ShowStage,
    TickCard,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.deletion import mark_wiping
from sessions.domain.erasure import erase_person
from sessions.domain.handlers import cards, groups, paper_ballots, people, steps, ticks, transfer, whole_agenda
from sessions.domain.kept_agendas import _keep, keep_step
from sessions.domain.structure import Structure
from sessions.domain.world import CommandRequest, World
from sessions.enums import Aspect, Role
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.models import Member, StageLink, Step
from sessions.models.ids import new_token, token_hash

from ..factory import SessionHarness, make_member, make_programme, make_room
from ..refusing import Case
from .papers import PaperVote, retire_a_paper, take_back_a_phone

NOBODY = "0" * 12


def in_room() -> tuple[SessionHarness, Step, Actor]:
    """Return a session with an open step for cards, and somebody in it."""
    room = make_room()
    collect = room.step(Keys.COLLECT)
    room.lead(OpenStep(step=collect.public_id))
    (person,) = room.join("onderwijs")
    return room, collect, person


def write_without_pillar() -> None:
    room, collect, person = in_room()
    room.ask(person, WriteCard(step=collect.public_id, text="a", aspect=Aspect.BOTH, lang="nl"))


def withdraw_nothing() -> None:
    room, _, person = in_room()
    room.ask(person, WithdrawCard(card=NOBODY))


def classify_nothing() -> None:
    room, *_ = in_room()
    room.lead(ClassifyCard(card=NOBODY, aspect=Aspect.BOTH))


def move_nobody() -> None:
    room, *_ = in_room()
    room.lead(MoveParticipant(participant=NOBODY, sector=room.sectors["onderwijs"].public_id))


def undo_nothing() -> None:
    make_room().lead(UndoStep())


def undo_a_tick_twice() -> None:
    """The item of the change to undo is gone, as after a race of two undos."""
    room = make_room()
    round_, _ = room.open_vote(items=2)
    (card,) = room.scribe(Step.objects.get(session=room.session, kind=Keys.COLLECT), "onderwijs")
    room.lead(TickCard(round=round_.public_id, card=card, on=True))
    world = world_of(room)
    undo = world.session.undo
    assert undo is not None
    world.structure.round_items.clear()
    ticks.undo_tick(world=world, undo=undo)


def take_up_a_paper_of_no_round() -> None:
    """The round of the paper to take up again is gone, as after a race of two undos."""
    vote = PaperVote()
    (paper,) = vote.type_in("onderwijs")
    vote.remove(paper)
    world = world_of(vote.room)
    undo = world.session.undo
    assert undo is not None
    world.structure.rounds.clear()
    paper_ballots.undo_remove(world=world, undo=undo)


def world_of(room: SessionHarness) -> World:
    room.session.refresh_from_db()
    return World(room.session, Structure.load(room.session), room.session.created_at)


def go_on_with_a_wrong_code() -> None:
    room, *_ = in_room()
    new = token_hash(new_token())
    room.ask(Actor.system(), GoOn(code="ZZZZZZ", token_hash=new, receipt_hash=new, instead_of=None, waiting=None))


def show_by_a_link_that_was_taken_back() -> None:
    room, collect, _ = in_room()
    projector = room.projector()
    StageLink.objects.filter(pk=projector.id).delete()
    room.ask(projector, ShowStage(step=collect.public_id, held=True))


def ask_as(member: Member, room: SessionHarness, *, key: str = "") -> None:
    (result,) = room.batch(CommandRequest(Actor.member(member.pk), UndoStep(), uuid4(), Login(member.pk, key)))
    assert isinstance(result, Refused)
    raise result


def ask_with_a_closed_account() -> None:
    room = make_room()
    Member.objects.filter(pk=room.member.pk).update(is_active=False)
    ask_as(room.member, room)


def ask_of_another_programme() -> None:
    ask_as(make_member(make_programme(), Role.CORE), make_room())


def ask_signed_out() -> None:
    room = make_room()
    ask_as(room.member, room, key="a" * 32)


def find_no_group() -> None:
    _, collect, _ = in_room()
    groups.find_group(step=collect, name=NOBODY)


def sit_nowhere() -> None:
    _, collect, person = in_room()
    groups.group_of(step=collect, participant=person.id)


def wipe_nothing() -> None:
    mark_wiping(0)


def keep_no_step() -> None:
    room, *_ = in_room()
    keep_step(room.session, step=NOBODY, name="a")


def erase_nobody() -> None:
    room, *_ = in_room()
    erase_person(session_id=room.session.pk, person_id=0)


STORED = [
    Case(cards._choose_pillar, Code.PILLAR_MISSING, write_without_pillar),
    Case(cards.withdraw_card, Code.CARD_UNKNOWN, withdraw_nothing),
    Case(BatchRows.card, Code.CARD_UNKNOWN, classify_nothing),
    Case(BatchRows.participant, Code.PARTICIPANT_UNKNOWN, move_nobody),
    Case(people._with_phone, Code.PARTICIPANT_UNKNOWN, retire_a_paper),
    Case(paper_ballots._paper, Code.PARTICIPANT_UNKNOWN, take_back_a_phone),
    Case(steps.undo_step, Code.UNDO_TOO_LATE, undo_nothing),
    Case(ticks.undo_tick, Code.UNDO_TOO_LATE, undo_a_tick_twice),
    Case(paper_ballots.undo_remove, Code.UNDO_TOO_LATE, take_up_a_paper_of_no_round),
    Case(transfer.transfer_participant, Code.MOVE_UNKNOWN, go_on_with_a_wrong_code),
    Case(BatchRows.standing, Code.LINK_REVOKED, show_by_a_link_that_was_taken_back, rules.require_member),
    Case(_judge, Code.ACCOUNT_CLOSED, ask_with_a_closed_account, rules.require_member),
    Case(_judge, Code.NO_ROLE, ask_of_another_programme, rules.require_member),
    Case(_judge, Code.SIGNED_OUT, ask_signed_out, rules.require_member),
    Case(groups.find_group, Code.GROUP_UNKNOWN, find_no_group),
    Case(groups.group_of, Code.GROUP_MISSING, sit_nowhere),
    Case(_keep, Code.STEP_UNKNOWN, keep_no_step),
    Case(whole_agenda.replace_agenda, Code.TEMPLATE_UNKNOWN, lambda: make_room().lead(ReplaceAgenda(template="gone"))),
    Case(mark_wiping, Code.SESSION_UNKNOWN, wipe_nothing),
    Case(erase_person, Code.SESSION_UNKNOWN, lambda: erase_person(session_id=0, person_id=0)),
    Case(erase_person, Code.PARTICIPANT_UNKNOWN, erase_nobody),
]
