"""People: joining, their O, deactivation of lost phones; and whether the door is open."""

from __future__ import annotations

from collections import Counter

from ...enums import ELSEWHERE
from ...errors import Code
from ...models import Ballot, Participant, Sector
from .. import rules
from ..actor import Actor
from ..commands import (
    ChangeSector,
    Join,
    LockSession,
    MoveParticipant,
    NoteSeen,
    RestoreParticipant,
    RestoreSilent,
    RetireParticipant,
    RetireSilent,
)
from ..flood import idle_retired, idle_since
from ..log import LogKind
from ..lookup import require
from ..world import World
from .frozen import unfrozen_rounds
from .requests import ask_to_join, find_asked, has_to_wait
from .sector_marks import marked_sectors, note_sector_marks


def join(*, world: World, actor: Actor, command: Join) -> str | None:
    """A new person comes in, or asks to where the facilitator lets people in. Returns their id once they are in."""
    rules.check_door_open(locked=world.session.locked)
    rules.check_agreed(shown=command.consent, now=world.session.consent)
    sector = world.structure.sector(command.sector)
    asked = find_asked(world=world, command=command)
    if has_to_wait(world=world, asked=asked):
        if asked is None:
            ask_to_join(world=world, command=command, sector=sector)
        return None
    person = Participant(
        session=world.session,
        token_hash=command.token_hash,
        receipt_hash=command.receipt_hash,
        sector=sector,
        joined_at=world.at,
    )
    if asked is not None:
        person.tag = asked.tag
        asked.delete()
    world.sector_counts()  # counted before this person is in the table
    person.save(force_insert=True)
    world.note(LogKind.PARTICIPANT_JOINED, participant=person.public_id, sector=sector.public_id, made=person.public_id)
    _count(world, sector, +1)
    return person.public_id


def change_sector(*, world: World, actor: Actor, command: ChangeSector) -> None:
    """A person chooses another O, until their first vote that counts. Cards keep the O they were written under."""
    person = world.giver(actor)
    sector = world.structure.sector(command.sector)
    rounds = {round_ for round_, found in world.ballots if found == person.pk}
    rounds.update(Ballot.objects.filter(participant=person).values_list("round_id", flat=True))
    voted_in = [world.structure.by_pk[found.step_id] for found in world.structure.rounds.values() if found.pk in rounds]
    rules.check_sector_open(is_fixed=any(map(rules.fixes_sector, voted_in)))
    _move(world=world, person=person, sector=sector)


def move_participant(*, world: World, actor: Actor, command: MoveParticipant) -> None:
    """A facilitator puts somebody under the right O; ballots follow in rounds of which nothing was shown yet."""
    person = _with_phone(world, command.participant)
    _move(world=world, person=person, sector=world.structure.sector(command.sector))


def retire_participant(*, world: World, actor: Actor, command: RetireParticipant) -> None:
    """Deactivate a lost phone: its cards stay, its dots no longer count in rounds of which nothing was shown yet."""
    person = _with_phone(world, command.participant)
    if person.retired_at is None:
        person.retired_at = world.at
        _set_retired(world=world, person=person, kind=LogKind.PARTICIPANT_RETIRED, change=-1)


def retire_person(*, world: World, person: Participant) -> None:
    """Retire somebody whom the command does not name: another row of a person who is here already."""
    if person.retired_at is not None:
        return
    for known in (person, world.people.get(person.pk), world.people_by_name.get(person.public_id)):
        if known is not None:
            known.retired_at = world.at
    _set_retired(world=world, person=person, kind=LogKind.PARTICIPANT_RETIRED, change=-1)


def restore_participant(*, world: World, actor: Actor, command: RestoreParticipant) -> None:
    person = _with_phone(world, command.participant)
    if person.retired_at is not None:
        person.retired_at = None
        _set_retired(world=world, person=person, kind=LogKind.PARTICIPANT_RESTORED, change=+1)


def retire_silent(*, world: World, actor: Actor, command: RetireSilent) -> None:
    """End a flood of joins: lock the session, and retire people of the flood who contributed nothing."""
    lock_session(world=world, actor=actor, command=LockSession(on=True))
    _set_retired_together(world, idle_since(world, command.since, quiet=command.quiet), retired=True)


def restore_silent(*, world: World, actor: Actor, command: RestoreSilent) -> None:
    _set_retired_together(world, idle_retired(world, command.at), retired=False)


def note_seen(*, world: World, actor: Actor, command: NoteSeen) -> None:
    """Record who connected a phone. Not logged, because no screen shows it."""
    Participant.objects.filter(pk__in=command.people, session=world.session, seen_at__isnull=True).update(
        seen_at=world.at
    )


def lock_session(*, world: World, actor: Actor, command: LockSession) -> None:
    """Close the door to new people, or open it. Who is in stays in."""
    if world.session.locked != command.on:
        world.session.locked = command.on
        world.change_session()
        world.note(LogKind.SESSION_LOCKED, on=command.on)


def _with_phone(world: World, name: str) -> Participant:
    """Return somebody who can be signed off or moved: a paper ballot is corrected or taken back instead."""
    person = world.participant(name)
    return require(person if person.source not in ELSEWHERE else None, Code.PARTICIPANT_UNKNOWN)


def _set_retired(*, world: World, person: Participant, kind: LogKind, change: int) -> None:
    counted = person.retired_at is None
    world.sector_counts()
    world.change(person, "retired_at")
    rounds = unfrozen_rounds(world=world, person=person)
    Ballot.objects.filter(participant=person, round__in=rounds).update(counted=counted)
    for (round_pk, person_pk), ballot in world.ballots.items():
        if person_pk == person.pk and round_pk in rounds:
            ballot.counted = counted
    world.note(kind, participant=person.public_id)
    _count(world, _sector_of(world, person), change)


def _set_retired_together(world: World, people: list[Participant], *, retired: bool) -> None:
    """Retire or restore people who never voted, so that no ballot changes: thousands at once, in one statement."""
    world.sector_counts()
    at = world.at if retired else None
    Participant.objects.filter(pk__in=[person.pk for person in people]).update(retired_at=at)
    change: Counter[int] = Counter(person.sector_id for person in people)
    for person in people:
        for known in (world.people.get(person.pk), world.people_by_name.get(person.public_id)):
            if known is not None:
                known.retired_at = at
        world.note(
            LogKind.PARTICIPANT_RETIRED if retired else LogKind.PARTICIPANT_RESTORED, participant=person.public_id
        )
    for sector in world.structure.sectors.values():
        if change[sector.pk]:
            _count(world, sector, -change[sector.pk] if retired else change[sector.pk])


def _move(*, world: World, person: Participant, sector: Sector) -> None:
    if person.sector_id == sector.pk:
        return
    old = _sector_of(world, person)
    world.sector_counts()
    person.sector = sector
    world.change(person, "sector")
    rounds = unfrozen_rounds(world=world, person=person)
    Ballot.objects.filter(participant=person, round__in=rounds).update(sector=sector)
    for (round_pk, person_pk), ballot in world.ballots.items():
        if person_pk == person.pk and round_pk in rounds:
            ballot.sector_id = sector.pk
    world.note(LogKind.PARTICIPANT_MOVED, participant=person.public_id, sector=sector.public_id, was=old.public_id)
    if person.retired_at is None:
        _count(world, old, -1)
        _count(world, sector, +1)


def _count(world: World, sector: Sector, change: int) -> None:
    """Keep the number of people of an O, and say in the log whose mark on cards comes or goes with it."""
    before = marked_sectors(world)
    world.sector_counts()[sector.pk] += change
    note_sector_marks(world=world, before=before)


def _sector_of(world: World, person: Participant) -> Sector:
    return next(sector for sector in world.structure.sectors.values() if sector.pk == person.sector_id)
