"""What every step kind keeps: one check per promise. Each raises AssertionError where a kind breaks it.

A kind is tried as it declares itself: by its settings, its examples and the rows it says it stores.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from sessions.domain.commands import (
    AddRound,
    UndoStep,
)
from sessions.domain.kind import Input, Part, Scope, Settings
from sessions.domain.sessions import duplicate
from sessions.domain.viewer import Viewer
from sessions.enums import Audience
from sessions.errors import Refused
from sessions.models import Contribution, Seat, Session, Step, Vote

from ..factory import SessionHarness, make_room
from ..live.client import Watch
from ..live.test_visibility import words_in
from ..walking import walk
from .exported import export, lines_of
from .other_settings import other_settings
from .scene import SECRET, Kind, Scene, say


def check_settings(kind: Kind) -> None:
    """Settings are the same through wire, form, copy and session.json."""
    assert issubclass(kind.Settings, Settings)
    defaults = json.loads(msgspec.json.encode(kind.Settings()))
    words = {"kind": kind.key, "title_nl": "a", "title_en": "a"}
    for given in other_settings(kind):
        room = make_room()
        plain = room.lead(say("agenda.add", words)).id
        made = room.lead(say("agenda.add", words | {"settings": given})).id
        assert plain is not None and made is not None
        wanted = {plain: defaults, made: defaults | given}
        _check_stored(room, wanted)
        # The form sends what was changed, and nothing else.
        for name, value in given.items():
            room.lead(say("agenda.edit", {"step": plain, "settings": {name: value}}))
        wanted[plain] = defaults | given
        _check_stored(room, wanted)


def _check_stored(room: SessionHarness, wanted: dict[str, dict[str, Any]]) -> None:
    session = Session.objects.get(pk=room.session.pk)
    shown = Watch(room).snapshots[Audience.CONSOLE]["steps"]
    assert {step["id"]: step["settings"] for step in shown} == wanted, "the wire"
    told = json.loads(export(session, "session.json"))["steps"]
    assert {step["id"]: step["settings"] for step in told} == wanted, "session.json"
    copied = [step.settings for step in duplicate(session=session).steps.order_by("position")]
    assert copied == [wanted[step.public_id] for step in session.steps.order_by("position")], "the copy"


# -- a step in full swing ----------------------------------------------------------------------------------------


def check_life(kind: Kind, **settings: Any) -> None:
    """Open, close, reveal and undo: every viewer converges after each."""
    scene = Scene(kind, **settings)
    ways: list[tuple[str, ...]] = [("step.open",), ("step.close",), ("step.undo",)]
    if kind.is_revealable(scene.step):
        ways += [("step.reveal",), ("step.undo",), ("step.close", "step.reveal"), ("step.undo",)]
    for way in ways:
        if way == ("step.undo",):
            scene.room.lead(UndoStep())
        else:
            scene.lead(*way)
        if way == ("step.open",):
            scene.answer()
        scene.watch.check()
    assert Step.objects.get(pk=scene.step.pk).opened_at is not None


def check_hidden(kind: Kind, **settings: Any) -> None:
    """What people give stays with them until the reveal, by words and by numbers; then it is there."""
    scene = Scene(kind, **settings)
    if not kind.takes_answers:
        return
    scene.lead("step.open")
    scene.answer()
    scene.lead("step.close")
    scene.watch.hear()
    # First: what is sent though it is hidden makes screens differ as well.
    _check_nothing_told(scene)
    scene.watch.check()
    if kind.revealable:
        scene.lead("step.reveal")
        scene.watch.check()
        stage = scene.watch.snapshots[Audience.STAGE]
        step = Step.objects.get(pk=scene.step.pk)
        parts = kind.may_see(step=step, round_=None, viewer=Viewer(Audience.STAGE))
        if Part.SUMMARY in parts:
            (told,) = [found["summary"] for found in stage["steps"] if found["id"] == step.public_id]
            assert told["people"] == len(scene.people)
        if Part.CARDS in parts:
            assert sum(card["step"] == scene.step.public_id for card in stage["cards"]) == len(scene.people)
        if kind.input_of(step) is Input.MARKS:
            assert scene.round is not None
            assert [result["round"] for result in stage["results"]] == [scene.round.public_id]


def _check_nothing_told(scene: Scene) -> None:
    received = scene.watch.received
    for viewer in (Audience.STAGE, Audience.PHONE, *(person.id for person in scene.people)):
        texts = received.get(viewer, [])
        own = _may_know(scene, viewer) if isinstance(viewer, int) else set()
        secrets = {word for word in words_in(texts) if word.startswith(SECRET)}
        assert secrets <= own, f"{viewer} was told {secrets - own}"
        for text in texts:
            for found in walk(json.loads(text)):
                if isinstance(found, dict) and scene.round is not None:
                    assert found.get("tally", {}) in ({}, None), f"{viewer} was told a tally"
                    is_result = {"round", "groups", "items"} <= found.keys()
                    assert not is_result, f"{viewer} was told a result"


def _may_know(scene: Scene, person: int) -> set[str]:
    """Return the secrets that somebody may have on their phone: their own, and those of their group."""
    near = {person}
    if scene.kind.scope is Scope.GROUP:
        group = Seat.objects.get(step=scene.step, participant=person).group
        near |= set(group.seats.values_list("participant_id", flat=True))
    return set(Contribution.objects.filter(step=scene.step, participant__in=near).values_list("text", flat=True))


def check_examples(kind: Kind) -> None:
    """Each example is done, or refused with its code."""
    for example in kind.examples:
        scene = Scene(kind, **example.settings)
        scene.lead(*example.after)
        command = scene.command(example)
        try:
            scene.room.ask(scene.giver(command), command)
        except Refused as refused:
            assert refused.code.value == example.refused, f"{example} was refused with {refused.code.value}"
        else:
            assert example.refused is None, f"{example} was done"


def check_rows(kind: Kind, **settings: Any) -> None:
    """The files hold every stored row once, and nothing else."""
    scene = Scene(kind, **settings)
    scene.lead("step.open")
    given = scene.answer()
    step = Step.objects.get(pk=scene.step.pk)
    if kind.is_practice(step):
        assert given > 0
        assert not lines_of(scene.room.session, step, "contributions.csv", "votes.csv")
        given = 0
    scene.lead("step.close")
    told = list(kind.rows(step))
    cards = Contribution.objects.filter(step=step).count()
    marks = Vote.objects.filter(round_item__round__step=step).count()
    assert sum(len(rows.stored) for rows in told) == given == cards + marks
    for rows in told:
        mine = lines_of(scene.room.session, step, rows.file)
        kept = [line for line in mine if not rows.blank or any(line[name] != rows.blank[name] for name in rows.blank)]
        found = sorted(tuple(line[name] for name in rows.key) for line in kept)
        assert found == sorted(rows.stored), rows.file


def check_another_round(kind: Kind, **settings: Any) -> None:
    """Another round is voted on as the one before it; every viewer converges, and the earlier result stays."""
    scene = Scene(kind, **settings)
    scene.lead("step.open")
    scene.answer()
    scene.lead("step.close", "step.reveal")
    (first,) = scene.watch_all()
    made = scene.room.lead(AddRound(step=scene.step.public_id)).id
    scene.lead("step.open")
    scene.watch.check()
    rounds = {found["id"]: found for found in scene.watch.snapshots[Audience.STAGE]["rounds"]}
    assert scene.round is not None and made is not None
    assert rounds[made]["ballot"] == rounds[scene.round.public_id]["ballot"]
    assert rounds[made]["rules"] == rounds[scene.round.public_id]["rules"]
    scene.lead("step.reveal")
    scene.watch.check()
    assert first in scene.watch.snapshots[Audience.STAGE]["results"]


CHECKS = (check_settings, check_life, check_hidden, check_examples, check_rows)
BY_VARIANT = (check_life, check_rows)
"""What is asked of a kind with each of the settings that make another thing of it."""
BY_BALLOT = (check_life, check_hidden, check_rows, check_another_round)
"""What is asked of a kind in which people vote, with each ballot."""
