"""Random but sensible evenings: commands drawn by numbers, which mean what stands at that place when they are given."""

from __future__ import annotations

from typing import Any, Literal
from uuid import uuid4

import msgspec
from hypothesis import strategies as st

from sessions.domain import commands
from sessions.domain.actor import Actor
from sessions.domain.commands import Command
from sessions.domain.kind import kind_of
from sessions.domain.world import CommandRequest
from sessions.enums import Aspect, Picture, SessionKind
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Participant, Round, Session, Step

from ..factory import SessionHarness

Draw = tuple[str, int, int, int]

WHAT = [
    *("write", "write", "write", "edit", "withdraw", "redact", "give_back", "classify", "scribe", "scribe"),
    *("tick", "tick", "tick", "tick", "untick", "cast", "cast", "cast", "cast"),
    *(
        "open",
        "open",
        "open",
        "close",
        "reveal",
        "reveal",
        "seal",
        "undo",
        "undo",
        "add_time",
        "pause",
        "start",
        "turn",
        "turn",
        "enlarge",
        "lock",
        "edit_session",
    ),
    *("add_collect", "add_vote", "add_reveal", "edit_words", "edit_silent", "edit_live", "edit_subject"),
    *("add_round", "add_round", "add_round", "remove_round", "compare"),
    *("replace", "put_back", "put_back"),
    *("edit_budget", "move", "remove", "retire", "restore", "move_person", "change_sector"),
]

REASONS: tuple[Literal["name", "off_topic", "rude", "double"], ...] = ("name", "off_topic", "rude", "double")
EDITS = ("edit_words", "edit_silent", "edit_live", "edit_subject", "edit_budget")

draws = st.tuples(st.sampled_from(WHAT), st.integers(0, 11), st.integers(0, 11), st.integers(0, 3))
batches = st.lists(st.lists(draws, min_size=1, max_size=6), min_size=1, max_size=14)


class NothingThereError(Exception):
    """A command was drawn that has nothing to act on."""


def _pick(things: list[Any], number: int) -> Any:
    if not things:
        raise NothingThereError
    return things[number % len(things)]


class Course:
    """Turns draws into commands by what the tables hold now."""

    def __init__(self, room: SessionHarness, people: list[Actor]) -> None:
        self.room = room
        self.people = people
        self.tap = 0

    def requests(self, drawn: list[Draw]) -> list[CommandRequest]:
        """Return the commands; what has nothing to act on is left out."""
        session = self.room.session
        self.steps = list(Step.objects.filter(session=session).order_by("pk"))
        self.cards = list(Contribution.objects.filter(session=session).order_by("pk"))
        self.rounds = list(Round.objects.filter(session=session).order_by("pk"))
        self.names = [found.public_id for found in Participant.objects.filter(session=session).order_by("pk")]
        requests = []
        for what, one, two, three in drawn:
            try:
                actor, command = self._command(what, one, two, three)
            except NothingThereError:
                continue
            requests.append(CommandRequest(actor, command, uuid4()))
        return requests

    def _command(self, what: str, one: int, two: int, three: int) -> tuple[Actor, Command]:
        if what in ("write", "edit", "withdraw", "cast", "change_sector"):
            return self._of_person(what, one, two, three)
        if what == "compare":
            return Actor.system(), self._comparison(_pick(self.rounds, one), line=two / 12)
        return self.room.facilitator, self._of_member(what, one, two, three)

    def _comparison(self, round_: Round, *, line: float) -> Command:
        newest = round_.publications.count()
        return commands.CompareRound(round=round_.public_id, publication=newest, line=line, runs=1000, seed=1)

    def _of_person(self, what: str, one: int, two: int, three: int) -> tuple[Actor, Command]:
        person = self.people[one % len(self.people)]
        sector = list(self.room.sectors.values())[three % len(self.room.sectors)].public_id
        if what == "change_sector":
            return person, commands.ChangeSector(sector=sector)
        if what == "cast":
            round_ = _pick(self.rounds, three)
            place = _pick(list(round_.round_items.select_related("item").order_by("pk")), two)
            self.tap += 1
            return person, commands.CastVote(
                round=round_.public_id, item=place.item.public_id, value=(one + two) % 2, tap=self.tap
            )
        if what == "write":
            collects = [step for step in self.steps if step.kind == StepKind.COLLECT]
            step = next((step for step in collects if step.state == "open"), None) or _pick(collects, two)
            return person, commands.WriteCard(
                step=step.public_id,
                text=f"kaart {one} {two}",
                aspect=list(Aspect)[three],
                lang="nl",
                pillar=self.room.pillars[two % 2].public_id,
            )
        card = _pick(self.cards, two)
        writer = Actor.participant(card.participant_id) if card.participant_id else person
        if what == "edit":
            return writer, commands.EditCard(card=card.public_id, text=f"anders {one}", aspect=list(Aspect)[three])
        return writer, commands.WithdrawCard(card=card.public_id)

    def _of_member(self, what: str, one: int, two: int, three: int) -> Command:
        sector = list(self.room.sectors.values())[three % len(self.room.sectors)].public_id
        pillar = self.room.pillars[three % 2].public_id
        if what in ("open", "close", "reveal", "seal", "add_time", "pause", "start", "move", "remove") or what in EDITS:
            return self._of_step(what, _pick(self.steps, one).public_id, two, three)
        if what == "edit_session":
            return commands.EditSession(title_nl=f"avond {one}")
        if what in ("retire", "restore", "move_person"):
            name = _pick(self.names, one)
            if what == "move_person":
                return commands.MoveParticipant(participant=name, sector=sector)
            return {"retire": commands.RetireParticipant, "restore": commands.RestoreParticipant}[what](
                participant=name
            )
        if what in ("redact", "give_back", "classify", "tick", "untick"):
            card = _pick(self.cards, one).public_id
            if what == "classify":
                return commands.ClassifyCard(card=card, pillar=pillar, aspect=list(Aspect)[three])
            if what in ("tick", "untick"):
                return commands.TickCard(round=_pick(self.rounds, two).public_id, card=card, on=what == "tick")
            if what == "give_back":
                return commands.RestoreCard(card=card)
            return commands.RedactCard(card=card, reason=REASONS[three])
        if what == "scribe":
            step = _pick([step for step in self.steps if step.kind == StepKind.COLLECT], one)
            return commands.ScribeCard(
                step=step.public_id, text=f"van {two}", aspect=Aspect.BOTH, sector=sector, lang="en", pillar=pillar
            )
        if what == "add_round":
            votes = [step for step in self.steps if step.kind == StepKind.VOTE]
            shown = [step for step in votes if step.revealed_at is not None]
            return commands.AddRound(step=_pick(shown or votes, one).public_id)
        if what == "remove_round":
            later = [round_ for round_ in self.rounds if round_.number > 1]
            return commands.RemoveRound(round=_pick(later or self.rounds, one).public_id)
        if what in ("replace", "put_back"):
            return self._whole(what, one)
        if what in ("turn", "enlarge"):
            return self._turned(what, one, two, three)
        if what == "lock":
            return commands.LockSession(on=one % 2 == 0)
        if what == "undo":
            return commands.UndoStep()
        return self._added(what, one, two, three)

    def _whole(self, what: str, one: int) -> Command:
        """Another agenda in the place of what is planned, or that of before."""
        planned = [step.public_id for step in self.steps if step.state == "planned" and step.opened_at is None]
        if what == "replace":
            return commands.ReplaceAgenda(template=("interview", "reaction")[one % 2], steps=planned)
        return commands.RestoreAgenda(steps=planned, kind=SessionKind.WORKSHOP, minutes=one or None)

    def _turned(self, what: str, one: int, two: int, three: int) -> Command:
        """Turn the projectors in what they show, most often."""
        now = Session.objects.get(pk=self.room.session.pk).now
        on = now.subject if now is not None and now.kind == StepKind.REVEAL and now.subject else now
        step = (on or _pick(self.steps, one)).public_id
        card = _pick(self.cards, two).public_id
        if what == "enlarge":
            return commands.ShowStage(step=step, card=card if three else None)
        return commands.ShowStage(step=step, picture=list(Picture)[three], first=card, held=two % 2 == 0)

    def _of_step(self, what: str, step: str, two: int, three: int) -> Command:
        other = _pick(self.steps, two).public_id
        match what:
            case "add_time":
                return commands.AddTime(step=step, seconds=60 * (two - 5))
            case "move":
                return commands.MoveStep(step=step, after=other if three else None)
            case "edit_words":
                return commands.EditStep(step=step, title_nl=f"titel {two}", minutes=two)
            case "edit_silent":
                return commands.EditStep(step=step, settings={"silent": three % 2 == 0})
            case "edit_live":
                return commands.EditStep(step=step, settings={"live": three % 2 == 0})
            case "edit_subject":
                return commands.EditStep(step=step, subject=other if three else None)
            case "edit_budget":
                return commands.EditStep(
                    step=step, settings={"rules": {"ballot": "dots", "budget": three + 1, "most": 1 + three % 2}}
                )
        simple = {
            "open": commands.OpenStep,
            "close": commands.CloseStep,
            "reveal": commands.RevealStep,
            "seal": commands.SealStep,
            "pause": commands.PauseClock,
            "start": commands.StartClock,
            "remove": commands.RemoveStep,
        }
        return simple[what](step=step)

    def _added(self, what: str, one: int, two: int, three: int) -> Command:
        kind = {"add_collect": StepKind.COLLECT, "add_vote": StepKind.VOTE, "add_reveal": StepKind.REVEAL}[what]
        words = {"title_nl": f"Nieuw {one}", "title_en": f"New {one}"}
        after = _pick(self.steps, two).public_id if three else None
        subjects = [step for step in self.steps if step.kind in (StepKind.COLLECT, StepKind.VOTE)]
        subject = _pick(subjects, one).public_id if what == "add_reveal" and subjects else None
        flags = {"silent": three % 2 == 0, "live": three > 1}
        settings = {name: on for name, on in flags.items() if name in kind_of(kind).Settings.__struct_fields__}
        return commands.AddStep(kind=kind, after=after, subject=subject, settings=settings, **words)


def describe(request: CommandRequest) -> str:
    """Say a command in one line, for a failing example."""
    content = msgspec.json.encode(request.command).decode()
    return f"{request.actor.kind.value} {request.actor.id}: {request.command.do} {content}"
