"""What every step kind keeps: one check per promise. Each raises AssertionError where a kind breaks it.

A kind is tried as it declares itself: by its settings, its examples and the rows it says it stores.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import msgspec

from sessions.ballots import Ballot, ballot_of
from sessions.ballots.ballot import Example as Marked
from sessions.domain.actor import Actor
from sessions.domain.command import Command
from sessions.domain.commands import (
    PHONE_COMMANDS,
    AddRound,
    CloseStep,
    OpenStep,
    RevealStep,
    SealStep,
    TickCard,
    UndoStep,
)
from sessions.domain.kind import Example, Input, Part, Scope, Settings, StepKind, is_given_by
from sessions.domain.sessions import duplicate
from sessions.domain.viewer import Viewer
from sessions.enums import ActorKind, Audience
from sessions.errors import Refused
from sessions.kinds import Keys
from sessions.live.protocol import decode_content, decode_envelope
from sessions.models import Contribution, Group, Seat, Session, Step, Vote

from ..factory import SessionHarness, make_room
from ..live.client import Watch
from ..live.test_visibility import words_in
from ..walking import walk
from .exported import export, lines_of
from .other_settings import other_settings

Kind = StepKind[Any]
SECRET = "Een geheim van"


def say(do: str, content: dict[str, Any]) -> Command:
    """Return a command as it comes in over the socket."""
    frame = json.dumps({"id": 1, "do": do, "key": str(uuid4()), "with": content})
    command = decode_content(decode_envelope(frame))
    assert isinstance(command, Command)
    return command


def plain_example(ballot: Ballot) -> Marked:
    """Return what a person may give who gave nothing yet."""
    return next(example for example in ballot.examples if not (example.before or example.refused))


def check_settings(kind: Kind) -> None:
    """Settings are the same through wire, form, copy and session.json."""
    assert issubclass(kind.Settings, Settings)
    defaults = msgspec.to_builtins(kind.Settings())
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


class Scene:
    """A step of a kind, with what it needs: cards to vote on, a subject to reveal, three people of each of two O's."""

    def __init__(self, kind: Kind, **settings: Any) -> None:
        self.kind = kind
        self.given = settings
        self.room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        other = self.room.step(Keys.COLLECT)
        self.room.lead(OpenStep(step=other.public_id))
        cards = self.room.scribe(other, "onderwijs", "overheden", "onderwijs")
        self.room.lead_all([CloseStep(step=other.public_id), RevealStep(step=other.public_id)])
        subject = {"subject": other} if kind.shows_subject else {}
        self.step = self.room.step(kind.key, **settings, **subject)  # type: ignore[arg-type]
        self.round = self.step.rounds.first()
        if self.round is not None:
            self.room.lead_all([TickCard(round=self.round.public_id, card=card, on=True) for card in cards])
        if kind.scope is Scope.GROUP:
            self._seat()
        self.watch = Watch(self.room, people=self.people)

    def _seat(self) -> None:
        """Let everybody sit in one of two groups."""
        self.groups = [
            Group.objects.create(session=self.room.session, step=self.step, number=number) for number in (1, 2)
        ]
        for number, person in enumerate(self.people):
            Seat.objects.create(group=self.groups[number % 2], step=self.step, participant_id=person.id)

    def names(self) -> dict[str, str]:
        """Return what the placeholders of examples stand for."""
        names = {"$step": self.step.public_id, "$pillar": self.room.pillars[0].public_id}
        if self.round is not None:
            item = self.round.round_items.order_by("rank", "pk").first()
            names |= {"$round": self.round.public_id, "$item": item.item.public_id}
        return names

    def command(self, example: Example, **more: Any) -> Command:
        content = dict(example.content) | more
        if example.do.startswith("step."):
            content.setdefault("step", "$step")
        names = self.names()
        return say(example.do, {name: names.get(str(value), value) for name, value in content.items()})

    def giver(self, command: Command, person: int = 0) -> Actor:
        of_phones = type(command) in PHONE_COMMANDS or is_given_by(type(command), ActorKind.PARTICIPANT)
        return self.people[person] if of_phones else self.room.facilitator

    def lead(self, *names: str) -> None:
        commands = {"step.open": OpenStep, "step.close": CloseStep, "step.reveal": RevealStep, "step.seal": SealStep}
        for name in names:
            self.room.lead(commands[name](step=self.step.public_id))

    def watch_all(self) -> list[dict[str, Any]]:
        """Let every viewer catch up; return the results that the stage has."""
        self.watch.check()
        return list(self.watch.snapshots[Audience.STAGE]["results"])

    def answer(self) -> int:
        """Let everybody do what the kind's examples say is done. Returns how many answers there are."""
        done = 0
        for example in self._answers():
            for number, person in enumerate(self.people):
                rows = 1
                more: dict[str, Any] = {"text": f"{SECRET} {number}"} if "text" in example.content else {}
                if example.do == "vote.cast" and "rules" in self.given:
                    marks = self._marks()
                    more |= marks
                    # A row per criterion.
                    values = [marks["value"], *(mark["value"] for mark in marks["marks"])]
                    rows = sum(len(value) if isinstance(value, list) else 1 for value in values)
                self.room.ask(person, self.command(example, **more))
                done += rows
        return done

    def _marks(self) -> dict[str, Any]:
        """Return what the ballot's own example gives."""
        assert self.round is not None
        self.round.refresh_from_db()
        items = self.round.round_items.order_by("rank", "pk").values_list("item__public_id", flat=True)
        (item, value), *more = plain_example(ballot_of(self.round.ballot)).marks.items()
        named = dict(zip("abc", items, strict=True))
        marks = [{"item": named[other], "value": given} for other, given in more]
        return {"item": named[item], "value": value, "marks": marks}

    def _answers(self) -> list[Example]:
        """Return what people do in a step that is set like this one."""
        fitting = [example for example in self.kind.examples if example.settings.items() <= self.given.items()]
        closest = max((len(example.settings) for example in fitting), default=0)
        return [
            example
            for example in fitting
            if len(example.settings) == closest
            and example.refused is None
            and example.after == ("step.open",)
            and self.giver(self.command(example)) in self.people
        ]


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
        if kind.input is Input.MARKS:
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
