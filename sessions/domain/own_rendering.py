"""Renders log lines as what single people are told of them: see domain/rendering.py for what everybody is told."""

from __future__ import annotations

from collections.abc import Iterator

from . import documents as doc
from . import wire_events as wire
from .groups import render_seat
from .log import LogEntry, LogKind
from .log_effects import CARD, PERSON, actor_person
from .own import show_own_card
from .state import State


def render_own(state: State, entry: LogEntry) -> Iterator[tuple[int, wire.OwnEvent]]:
    """Yield what single people are told of a line: (participant, event)."""
    seq, kind, _, data = entry
    for touched in state.done.touched_by(entry):
        yield touched, wire.OwnDonePut(seq, touched in state.done.people)
    if kind is LogKind.VOTE_CAST:
        if (voter := actor_person(entry)) is not None:
            vote = doc.OwnVoteDoc(round=data["round"], item=data["item"], value=data["value"], tap=data["tap"])
            yield voter, wire.OwnVotePut(seq, vote, voter in state.fixed)
    elif kind in CARD or kind in (LogKind.ITEM_TICKED, LogKind.ITEM_UNTICKED):
        if not data.get("wrote"):  # else the line of the card itself, a moment before, tells its author
            yield from _render_own_card(state, seq, data["card"])
        for name in data.get("back", ()):
            yield state.people_by_name[name], wire.OwnVoteGone(seq, data["round"], data["item"])
    elif kind in (LogKind.STEP_OPENED, LogKind.STEP_UNDONE):
        # A card can no longer be edited once the vote on it is open.
        names = {data["step"], *data.get("steps", ())}
        for round_name, places in state.places.items():
            if state.step_names[state.rounds[round_name].step_id] in names:
                for place in places.values():
                    if place.card is not None:
                        yield from _render_own_card(state, seq, place.card)
    elif kind is LogKind.STEP_EMPTIED:
        rounds = [found.public_id for found in state.rounds_of(state.steps[data["step"]])]
        for pk in state.people:
            yield pk, wire.OwnStepEmptied(seq, data["step"], rounds)
    elif kind is LogKind.GROUP_SEATED:
        yield from render_seat(state, entry)
    elif kind is LogKind.STEP_REMOVED:
        # Its opening may have been undone a moment ago, and who reads both lines no longer finds its cards by it.
        for card in data.get("cards", ()):
            yield from _render_own_card(state, seq, card)
    elif kind in PERSON and kind is not LogKind.PARTICIPANT_JOINED:
        pk = state.people_by_name[data["participant"]]
        person = state.people[pk]
        yield (
            pk,
            wire.OwnPut(seq, state.sector_names[person.sector_id], pk in state.fixed, person.retired_at is not None),
        )


def _render_own_card(state: State, seq: int, name: str) -> Iterator[tuple[int, wire.OwnEvent]]:
    author = state.author(name)
    if author is None:
        return
    shown = show_own_card(state, state.cards[name])
    yield author, wire.OwnCardPut(seq, shown) if shown else wire.OwnCardGone(seq, name)
