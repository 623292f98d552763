"""A poisoned command between good ones: something the decoder lets through and the database refuses."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddTime,
    CastVote,
    Command,
    Join,
    LockSession,
    OpenStep,
    PauseClock,
    ScribeCard,
    WriteCard,
)
from sessions.domain.kind import Example, Name, Settings, StepKind, forget, register
from sessions.domain.world import CommandRequest, CommandResult, World
from sessions.enums import ActorKind, Aspect
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.models import Session, Step, Vote

from ..domain.checks import check_stored
from ..factory import SessionHarness, make_room

Poison = Callable[[SessionHarness, Step], CommandRequest]


def overlong_token(room: SessionHarness, step: Step) -> CommandRequest:
    return CommandRequest(
        Actor.system(), Join(sector=room.sectors["onderwijs"].public_id, token_hash="x" * 65), uuid4()
    )


def token_with_nul(room: SessionHarness, step: Step) -> CommandRequest:
    return CommandRequest(
        Actor.system(), Join(sector=room.sectors["onderwijs"].public_id, token_hash="a\x00b"), uuid4()
    )


def token_with_surrogate(room: SessionHarness, step: Step) -> CommandRequest:
    return CommandRequest(
        Actor.system(), Join(sector=room.sectors["onderwijs"].public_id, token_hash="a\ud800b"), uuid4()
    )


def pillar_that_is_gone(room: SessionHarness, step: Step) -> CommandRequest:
    """The writer remembers it, so it is refused only at the commit, where foreign keys are checked."""
    gone = room.pillars[1]
    type(gone).objects.filter(pk=gone.pk).delete()
    command = ScribeCard(
        step=step.public_id,
        text="Van niemand",
        aspect=Aspect.BOTH,
        sector=room.sectors["onderwijs"].public_id,
        lang="nl",
        pillar=gone.public_id,
    )
    return CommandRequest(room.facilitator, command, uuid4())


def member_who_is_gone(room: SessionHarness, step: Step) -> CommandRequest:
    return CommandRequest(Actor.member(2**40), LockSession(on=True), uuid4())


def overlong_text(room: SessionHarness, step: Step) -> CommandRequest:
    command = ScribeCard(
        step=step.public_id,
        text="x" * 241,
        aspect=Aspect.BOTH,
        sector=room.sectors["onderwijs"].public_id,
        lang="nl",
        pillar=room.pillars[0].public_id,
    )
    return CommandRequest(room.facilitator, command, uuid4())


def overlong_language(room: SessionHarness, step: Step) -> CommandRequest:
    command = ScribeCard(
        step=step.public_id,
        text="Taal",
        aspect=Aspect.BOTH,
        sector=room.sectors["onderwijs"].public_id,
        lang="nl\n",
        pillar=room.pillars[0].public_id,
    )
    return CommandRequest(room.facilitator, command, uuid4())


def unknown_aspect(room: SessionHarness, step: Step) -> CommandRequest:
    """A word that the check constraint does not know."""
    command = ScribeCard(
        step=step.public_id,
        text="Aspect",
        aspect="nothing",  # type: ignore[arg-type]
        sector=room.sectors["onderwijs"].public_id,
        lang="nl",
        pillar=room.pillars[0].public_id,
    )
    return CommandRequest(room.facilitator, command, uuid4())


ON_BOTH = [token_with_surrogate, pillar_that_is_gone, member_who_is_gone, unknown_aspect]
REFUSALS = {
    pillar_that_is_gone: Code.PILLAR_UNKNOWN,
    member_who_is_gone: Code.ACCOUNT_CLOSED,
    overlong_text: Code.TEXT_LONG,
}
ON_POSTGRESQL = [*ON_BOTH, overlong_token, token_with_nul, overlong_text, overlong_language]


def surround(room: SessionHarness, poisons: list[Poison], *, at: int) -> None:
    """Commit six good votes and cards with poison in their middle, and hold what is stored against it."""
    people = room.join("onderwijs", n=3)
    round_, items = room.open_vote(items=4)
    step = Step.objects.get(session=room.session, kind=Keys.COLLECT)
    good = [
        CommandRequest(person, CastVote(round=round_.public_id, item=item, value=1, tap=tap), uuid4())
        for tap, item in enumerate(items[:2])
        for person in people
    ]
    requests = [*good[:at], *[poison(room, step) for poison in poisons], *good[at:]]
    before = Session.objects.get(pk=room.session.pk).seq
    results = room.batch(*requests)
    bad = results[at : at + len(poisons)]
    codes = [result.code if isinstance(result, Refused) else None for result in bad]
    assert codes == [REFUSALS.get(poison, Code.BAD_MESSAGE) for poison in poisons]
    fine = results[:at] + results[at + len(poisons) :]
    assert [result.seq for result in fine if isinstance(result, CommandResult)] == [before + n for n in range(1, 7)]
    assert Vote.objects.filter(round_item__round=round_).count() == 6
    check_stored(room)
    # The writer remembers nothing of what was rolled back.
    assert isinstance(room.batch(*good[:1])[0], CommandResult)


@pytest.mark.servers
@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("poison", ON_POSTGRESQL)
def test_poison_spoils_no_neighbour_on_postgresql(poison: Poison) -> None:
    surround(make_room(), [poison], at=3)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("poison", ON_BOTH)
def test_poison_spoils_no_neighbour(poison: Poison) -> None:
    surround(make_room(), [poison], at=3)


@pytest.mark.servers
@pytest.mark.usefixtures("postgresql")
@given(poisons=st.lists(st.sampled_from(ON_POSTGRESQL), min_size=1, max_size=6), at=st.integers(0, 6))
def test_any_poison_anywhere_spoils_nothing(poisons: list[Poison], at: int) -> None:
    surround(make_room(), poisons, at=at)


@pytest.mark.usefixtures("database")
def test_a_clock_cannot_be_wound_beyond_what_is_stored() -> None:
    room = make_room()
    step = room.step(Keys.BREAK)
    room.lead_all([OpenStep(step=step.public_id), PauseClock(step=step.public_id)])
    results = room.batch(
        *[CommandRequest(room.facilitator, AddTime(step=step.public_id, seconds=3600), uuid4()) for _ in range(600)]
    )
    refused = {result.code for result in results if isinstance(result, Refused)}
    assert not refused & {Code.BAD_MESSAGE, Code.INTERNAL}
    assert Step.objects.get(pk=step.pk).paused_ms is not None


@pytest.mark.usefixtures("database")
def test_a_refused_command_leaves_nothing_behind() -> None:
    """Each of these is refused after other commands of its batch changed what it depends on."""
    room = make_room()
    (person,) = room.join("onderwijs")
    collect = room.step(Keys.COLLECT, max_cards=2)
    room.lead(OpenStep(step=collect.public_id))

    def card(text: str) -> Command:
        return WriteCard(
            step=collect.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id
        )

    texts = ["een", "  ", "twee\x00", "twee", "drie", "\ud83d"]
    results = room.batch(*[CommandRequest(person, card(text), uuid4()) for text in texts])
    assert [result.code if isinstance(result, Refused) else None for result in results] == [
        None,
        Code.TEXT_EMPTY,
        Code.TEXT_BAD,
        None,
        Code.CARD_LIMIT,
        Code.BAD_MESSAGE,  # a lone surrogate, which the decoder does not let through
    ]
    assert sorted(room.session.contributions.values_list("text", flat=True)) == ["een", "twee"]
    check_stored(room)


class Stumble(Command, frozen=True):
    """A command that has a mistake in it."""

    do = "test.stumble"


def stumble(*, world: World, actor: Actor, command: Stumble) -> None:
    raise ZeroDivisionError


class Stumbling(StepKind[Settings]):
    key = "stumbling"
    Settings = Settings
    words = Name("Struikelen", "Stumbling")
    commands = {Stumble: (ActorKind.MEMBER, stumble)}
    examples = (Example("step.open", {}),)


@pytest.mark.usefixtures("database")
def test_a_mistake_of_ours_refuses_its_own_command_only() -> None:
    kind = Stumbling()
    register(kind)
    try:
        room = make_room()
        lead = room.facilitator
        commands = [LockSession(on=True), Stumble(), LockSession(on=False)]
        first, stumbled, last = room.batch(*[CommandRequest(lead, command, uuid4()) for command in commands])
    finally:
        forget(kind)
    assert isinstance(stumbled, Refused) and stumbled.code is Code.INTERNAL
    assert isinstance(first, CommandResult) and isinstance(last, CommandResult) and last.seq == first.seq + 1
    assert [event.data for event in room.session.events.order_by("seq")] == [{"on": True}, {"on": False}]
