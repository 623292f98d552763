"""Nothing of a deleted session is left in any table, on SQLite and PostgreSQL; a wiped rehearsal keeps its agenda."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from sessions.domain import deletion
from sessions.domain.commands import Join, LockSession, OpenStep, RevealStep, WriteCard
from sessions.domain.deletion import clear_slice, find_marked, loose_ends, mark_deleting, mark_wiping, tables
from sessions.domain.receipt import read_receipt
from sessions.domain.sessions import set_archived
from sessions.domain.transfer import issue_move_code
from sessions.domain.world import CommandRequest
from sessions.enums import ActorKind, Aspect
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import (
    BallotFigure,
    Contribution,
    Crowd,
    FormerBrowser,
    Group,
    JoinRequest,
    Placement,
    PresenceReport,
    Seat,
    Session,
    SignInLink,
    StageLink,
)
from sessions.models.ids import receipt_code, token_hash

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


def fill(room: SessionHarness) -> set[str]:
    """Put something into every table of the session; return texts and ids that are only in it."""
    people = room.join("onderwijs", n=5) + room.join("ondernemers", n=5)
    round_, items = room.open_vote(items=6)
    for place, person in enumerate(people):
        for tap in (1, 2, 3):
            room.vote(person, round_, items[(place + tap) % 6], tap=tap)
    room.lead(RevealStep(step=round_.step.public_id))
    BallotFigure.objects.create(round=round_, name="shortlist", at=timezone.now(), parameters={"k": 2}, figures={})
    collect = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=collect.public_id))
    text = f"Bel mevrouw {uuid4().hex}"
    written = WriteCard(
        step=collect.public_id, text=text, aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id
    )
    room.ask(people[0], written)
    reveal = room.step(StepKind.REVEAL, subject=collect)
    room.lead(OpenStep(step=reveal.public_id))
    session = room.session
    StageLink.objects.create(session=session, token_hash=uuid4().hex, created_at=timezone.now())
    JoinRequest.objects.create(
        session=session, token_hash=uuid4().hex, sector=room.sectors["onderwijs"], asked_at=timezone.now()
    )
    group = Group.objects.create(session=session, step=collect, number=1)
    Seat.objects.create(group=group, step=collect, participant=room.person(people[1]))
    card = Contribution.objects.filter(step=collect).get()
    Placement.objects.create(group=group, contribution=card, by_kind=ActorKind.MEMBER, by_id=1, at=timezone.now())
    Crowd.objects.create(session=session, token=uuid4().hex[:12], people=12, pace="fast", beat_at=timezone.now())
    PresenceReport.objects.create(session=session, process="x", people={}, seen_at=timezone.now())
    issue_move_code(person=room.person(people[1]), at=timezone.now())
    FormerBrowser.objects.create(participant=room.person(people[1]), token_hash=uuid4().hex, left_at=timezone.now())
    SignInLink.objects.create(
        member=room.member,
        token_hash=uuid4().hex,
        next_path=f"/s/{session.code}/console/",
        expires_at=timezone.now(),
    )
    Session.objects.filter(pk=session.pk).update(
        title_nl=f"Avond {session.code} x", title_en=f"Evening {session.code} x"
    )
    session.refresh_from_db()
    return {text, session.code, session.public_id, session.title_nl, session.title_en, *own_ids(session)}


def own_ids(session: Session) -> set[str]:
    ids: set[str] = set()
    for model, ways in tables():
        rows = [row for way in ways for row in model._base_manager.filter(**{way: session.pk})]
        assert rows, f"put something into {model.__name__}: else this test does not see whether it goes"
        for name in ("public_id", "token_hash", "receipt_hash", "key"):
            ids |= {str(value) for row in rows if (value := getattr(row, name, None))}
    return ids


def everything() -> str:
    """Return what stands in all tables of the database, also in those that no model knows."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(found)


def count_all() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def clear(session: Session) -> int:
    """Do what is left to do; return in how many transactions."""
    slices = 1
    while clear_slice(session.pk):
        slices += 1
    return slices


def test_every_table_that_leads_to_a_session_is_known() -> None:
    """Read another way: a table is known when any key of it, that is not only emptied, points to one that is."""
    known = {Session} | {model for model, _ in tables()}
    for model in apps.get_models(include_auto_created=True):
        for key in model._meta.concrete_fields:
            if key.is_relation and key.related_model in known and key.remote_field.on_delete is not models.SET_NULL:
                assert model in known, f"{model.__name__}.{key.name} leads to a session"
    order = [model for model, _ in tables()]
    for place, model in enumerate(order):
        pointed_at = {key.related_model for key in model._meta.concrete_fields if key.is_relation}
        late = pointed_at & set(order[:place])
        assert late <= {target for owner, _, target, _ in loose_ends() if owner is model}


def test_nothing_is_left_in_any_table() -> None:
    neighbour = make_room()
    fill(neighbour)
    before = count_all()
    room = make_room()
    added = {name for name, n in count_all().items() if n != before[name]}
    needles = fill(room)
    text = everything()
    assert all(needle.replace("-", "") in text.replace("-", "") for needle in needles)
    mark_deleting(room.session.pk)
    assert not clear_slice(room.session.pk) or clear(room.session)
    after = count_all()
    # What belongs to the programme and its member is still there, and a hash by which a restore deletes it again.
    assert {name for name in after if after[name] != before[name]} <= added - {"workshop.Session"} | {
        "workshop.SignInLink",
        "workshop.Erasure",
    }
    text = everything()
    assert [needle for needle in needles if needle in text or needle.replace("-", "") in text] == []
    if connection.vendor == "sqlite":
        connection.check_constraints()


def test_the_neighbour_keeps_everything() -> None:
    neighbour, room = make_room(), make_room()
    needles = fill(neighbour)
    fill(room)
    counts = {
        model: [model._base_manager.filter(**{way: neighbour.session.pk}).count() for way in ways]
        for model, ways in tables()
    }
    mark_deleting(room.session.pk)
    clear(room.session)
    assert counts == {
        model: [model._base_manager.filter(**{way: neighbour.session.pk}).count() for way in ways]
        for model, ways in tables()
    }
    text = everything().replace("-", "")
    assert all(needle.replace("-", "") in text for needle in needles)


def test_from_the_mark_on_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """In many slices, and after each of them."""
    monkeypatch.setattr(deletion, "SLICE_S", 0.0)
    monkeypatch.setattr(deletion, "ROWS", 3)
    room = make_room()
    fill(room)
    (person,) = room.join("onderwijs")
    code = receipt_code(room.tokens[person.id])
    room.session.participants.filter(pk=person.id).update(receipt_hash=token_hash(code))
    assert read_receipt(code) is not None
    sector = room.sectors["onderwijs"].public_id
    mark_deleting(room.session.pk)
    slices = 0
    while True:
        assert not Session.objects.filter(pk=room.session.pk).exists()
        assert read_receipt(code) is None
        asks = [
            CommandRequest(room.facilitator, LockSession(on=True), uuid4()),
            CommandRequest(person, Join(sector=sector, token_hash="x")),
        ]
        assert [result.code for result in room.batch(*asks) if isinstance(result, Refused)] == [
            Code.SESSION_UNKNOWN
        ] * 2
        slices += 1
        assert room.session.pk in find_marked()
        if not clear_slice(room.session.pk):
            break
    assert slices > 10
    assert room.session.pk not in find_marked()
    assert not Session.every.filter(pk=room.session.pk).exists()
    assert not clear_slice(room.session.pk), "what is gone may be cleared once more, by another process"


def agenda(session: Session) -> list[tuple[Any, ...]]:
    return [
        (step.kind, step.position, step.title_nl, step.state, step.opened_at, step.subject and step.subject.position)
        for step in session.steps.select_related("subject")
    ]


@pytest.fixture
def rehearsal() -> SessionHarness:
    room = make_room()
    Session.objects.filter(pk=room.session.pk).update(rehearsal=True)
    room.session.refresh_from_db()
    return room


def test_a_wiped_rehearsal_is_as_it_was_planned(rehearsal: SessionHarness) -> None:
    needles = fill(rehearsal)
    session = rehearsal.session
    kept = {session.code, session.public_id, session.title_nl, session.title_en}
    links = set(session.stage_links.values_list("token_hash", flat=True))
    planned = [(*line[:3], "planned", None, line[5]) for line in agenda(session)]
    mark_wiping(session.pk)
    clear(session)
    text = everything()
    assert {needle for needle in needles if needle in text} == kept | links
    again = Session.objects.get(pk=session.pk)
    assert agenda(again) == planned
    assert (again.seq, again.now, again.undo, again.locked, again.wiping_at) == (0, None, None, False, None)
    assert again.epoch != session.epoch and again.structure != session.structure
    assert again.rehearsal
    assert [round_.opened_at for round_ in again.rounds.all()] == [None]


def test_it_can_be_used_again(rehearsal: SessionHarness) -> None:
    """By a writer that remembers the agenda of before."""
    fill(rehearsal)
    mark_wiping(rehearsal.session.pk)
    clear(rehearsal.session)
    rehearsal.session.refresh_from_db()
    (person,) = rehearsal.join("onderwijs")
    step = rehearsal.session.steps.filter(kind=StepKind.COLLECT)[0]
    assert rehearsal.lead(OpenStep(step=step.public_id)).seq == 2
    assert rehearsal.person(person).retired_at is None


def test_while_it_is_wiped_answers_are_kept_and_wait(rehearsal: SessionHarness) -> None:
    mark_wiping(rehearsal.session.pk)
    (result,) = rehearsal.batch(CommandRequest(rehearsal.facilitator, LockSession(on=True), uuid4()))
    assert isinstance(result, Refused) and result.code is Code.UNAVAILABLE


def test_only_a_rehearsal_is_wiped() -> None:
    room = make_room()
    with pytest.raises(Refused) as refused:
        mark_wiping(room.session.pk)
    assert refused.value.code is Code.SESSION_NO_REHEARSAL
    assert find_marked().count(room.session.pk) == 0


def test_deleting_comes_before_wiping(rehearsal: SessionHarness) -> None:
    mark_wiping(rehearsal.session.pk)
    mark_deleting(rehearsal.session.pk)
    clear(rehearsal.session)
    assert not Session.every.filter(pk=rehearsal.session.pk).exists()


def test_an_archived_session_takes_nothing_until_it_is_taken_out() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    set_archived(room.session.pk, on=True)
    sector = room.sectors["onderwijs"].public_id
    asks = [
        CommandRequest(room.facilitator, LockSession(on=True), uuid4()),
        CommandRequest(person, LockSession(on=True), uuid4()),
    ]
    asks.append(CommandRequest(room.facilitator.system(), Join(sector=sector, token_hash="y"), uuid4()))
    assert [getattr(result, "code", None) for result in room.batch(*asks)] == [Code.SESSION_ARCHIVED] * 3
    set_archived(room.session.pk, on=False)
    room.lead(LockSession(on=True))
