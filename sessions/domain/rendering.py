"""Renders log lines as wire events, from the current rows and under the audience's current rights.

So a line may render to nothing (the card was withdrawn since), and a client that comes back sees neither twice nor
what was hidden since. Which documents a line touches is written here once, for every audience.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from ..enums import Audience, StepState
from ..models import Round, Step
from . import audience as see
from . import wire_events as wire
from .current import show_to_phones
from .log import GROUPED, LogEntry, LogKind
from .log_effects import CARD, ITEMS, PERSON
from .revealed import is_revealed
from .session_shown import show_session, tells_large
from .span import Span
from .state import State

_SILENT = GROUPED | {LogKind.VOTE_CAST, LogKind.DONE_SAID, LogKind.PARTICIPANT_WENT_ON, LogKind.ANSWER_DROPPED}
_COUNTED = frozenset({LogKind.CARD_REDACTED, LogKind.CARD_RESTORED, LogKind.CARD_HIDDEN, LogKind.CARD_SHOWN})


def render_shared(state: State, entry: LogEntry, audience: Audience, span: Span) -> Iterator[wire.SharedEvent]:
    """Yield what this audience is told of a line, all with the line's number. `span`: of all lines told with it."""
    events = _render(state, entry, audience, span.reveals)
    if entry.seq == span.last_card:
        events = chain(events, _render_sums(state, entry.seq, span.cards, audience))
    if audience is not Audience.PHONE:
        return events
    is_last = entry.seq == span.turned
    return show_to_phones(state, events, entering_at=entry.seq if is_last else None, held=span.held)


def _render(
    state: State, entry: LogEntry, audience: Audience, reveals: Mapping[str, int]
) -> Iterator[wire.SharedEvent]:
    seq, kind, _, data = entry
    if kind in _SILENT:
        return
    if kind in CARD:
        yield from _render_card(state, seq, kind, data["card"], audience, reveals)
    elif kind in (LogKind.ITEM_TICKED, LogKind.ITEM_UNTICKED, LogKind.ITEM_ANSWERED):
        yield from _render_item(state, seq, data["round"], data["item"], audience)
        if data.get("undo") and audience is Audience.CONSOLE:
            yield wire.SessionPut(seq, show_session(state, audience))
    elif kind in ITEMS:
        for name in _rounds_touched(state, data):
            for item in data["items"]:
                yield from _render_item(state, seq, name, item, audience)
    elif kind in PERSON:
        person = state.people[state.people_by_name[data["participant"]]]
        if shown := see.show_participant(state, person, audience):
            yield wire.ParticipantPut(seq, shown)
        if data.get("undo") and audience is Audience.CONSOLE:
            yield wire.SessionPut(seq, show_session(state, audience))
    elif kind in (LogKind.SECTOR_SHOWN, LogKind.SECTOR_CONCEALED):
        yield from _render_marks(state, seq, data["sector"], audience)
    elif kind is LogKind.STEP_OPENED:
        for name in [*data["closed"], data["step"]]:
            yield from _render_step(state, seq, name, audience, cards=name == data["step"])
        yield wire.SessionPut(seq, show_session(state, audience))
    elif kind is LogKind.STEP_REVEALED:
        yield from _render_reveal(state, seq, data["step"], audience)
        yield wire.SessionPut(seq, show_session(state, audience))
    elif kind is LogKind.STEP_UNDONE:
        for name in data["steps"]:
            yield from _render_undone(state, seq, name, audience, concealed=name in data["concealed"])
        if audience is not Audience.CONSOLE:
            # It may have been dropped since: who reads both lines finds it in no step any more.
            for name in data.get("unopened", ()):
                if name not in state.rounds:
                    yield wire.RoundGone(seq, name)
        yield wire.SessionPut(seq, show_session(state, audience))
    elif kind is LogKind.STEP_EMPTIED:
        if see.may_see_step(state.steps[data["step"]], audience):
            yield wire.StepGone(seq, data["step"])
        yield from _render_step(state, seq, data["step"], audience, cards=False)
    elif kind is LogKind.STAGE_SHOWN:
        if audience is not Audience.PHONE or tells_large(state):
            yield wire.SessionPut(seq, show_session(state, audience))
    elif kind in (LogKind.MESSAGE_PUT, LogKind.MESSAGE_REMOVED):
        if audience is not Audience.STAGE:
            yield wire.SessionPut(seq, show_session(state, audience))
    elif kind in (LogKind.SESSION_LOCKED, LogKind.SESSION_EDITED):
        yield wire.SessionPut(seq, show_session(state, audience))
    elif kind in (LogKind.ROUND_ADDED, LogKind.ROUND_REMOVED):
        if audience is Audience.CONSOLE and data["round"] not in state.rounds:
            yield wire.RoundGone(seq, data["round"])
        yield from _render_step(state, seq, data["step"], audience, cards=False)
        yield wire.SessionPut(seq, show_session(state, audience))
    elif kind is LogKind.ROUND_PUBLISHED:
        yield from _render_round(state, seq, state.rounds.get(data["round"]), audience)
    else:
        yield from _render_agenda(state, entry, audience)


def _render_agenda(state: State, entry: LogEntry, audience: Audience) -> Iterator[wire.SharedEvent]:
    seq, kind, _, data = entry
    if kind is LogKind.STEP_EDITED and data["fields"] == ["notes"] and audience is not Audience.CONSOLE:
        return
    if audience is Audience.CONSOLE and kind is LogKind.STEP_EDITED:
        for name in data.get("rounds", ()):
            yield wire.RoundGone(seq, name)
    if kind is LogKind.STEP_REMOVED and audience is Audience.CONSOLE:
        yield wire.StepGone(seq, data["step"])
    elif kind is not LogKind.STEP_REMOVED:
        yield from _render_step(state, seq, data["step"], audience, cards=False)
    for name in data.get("moved", ()):
        if name != data["step"]:
            yield from _render_step(state, seq, name, audience, cards=False)
    if kind is LogKind.STEP_SEALED and audience is Audience.CONSOLE:
        # From now on it is known when the texts of its redacted cards are destroyed.
        for card in see.show_cards_of(state, state.steps[data["step"]], audience):
            if card.hidden:
                yield wire.CardPut(seq, card)
    # Also where a step came or went at the end: the session is over, or is no longer.
    if kind not in (LogKind.STEP_EDITED, LogKind.CLOCK_SET) or (
        kind is LogKind.STEP_EDITED and _shows_other(state, data["step"], audience)
    ):
        yield wire.SessionPut(seq, show_session(state, audience))


def _shows_other(state: State, edited: str, audience: Audience) -> bool:
    """Whether phones may have to hold another step: another subject was given to the one that is on."""
    now = state.step_now()
    return audience is Audience.PHONE and now is not None and now.public_id == edited


def _render_card(
    state: State, seq: int, kind: LogKind, name: str, audience: Audience, reveals: Mapping[str, int]
) -> Iterator[wire.SharedEvent]:
    card = state.cards[name]
    step = state.steps[state.step_names[card.step_id]]
    if shown := see.show_card(state, card, audience):
        # The reveal brings all cards at once. Each with the number of its own line they would be in the order in which
        # they were written, which nobody but consoles saw.
        is_told_together = is_revealed(step) and seq < reveals.get(step.public_id, 0)
        if audience is Audience.CONSOLE or not is_told_together:
            yield wire.CardPut(seq, shown)
    elif see.may_see_cards(step, audience):
        # Only an audience that may see the step's cards can have seen this one.
        yield wire.CardGone(seq, name)
    for round_, item in state.rounds_of_card.get(name, ()):
        yield from _render_item(state, seq, round_, item, audience)
    recounted = kind in _COUNTED or (kind is LogKind.CARD_WITHDRAWN and card.hidden_at is not None)
    if recounted and (told := see.show_step(state, step, audience)):
        # It says how many of its cards are hidden, and why.
        yield wire.StepPut(seq, told)


def _render_sums(state: State, seq: int, cards: Collection[str], audience: Audience) -> Iterator[wire.SharedEvent]:
    """Yield the steps of these cards of which something is told together: once for all lines that are told at once."""
    for pk in sorted({state.cards[name].step_id for name in cards}):
        step = state.steps[state.step_names[pk]]
        if see.may_see_summary(step, audience) and (shown := see.show_step(state, step, audience)) is not None:
            yield wire.StepPut(seq, shown)


def _rounds_touched(state: State, data: Mapping[str, Any]) -> list[str]:
    """Return the rounds that show a change of items: of words each that holds them, else the one that changed."""
    if "round" in data and not data.get("words"):
        return [data["round"]]
    return [name for name, places in state.places.items() if any(item in places for item in data["items"])]


def _render_item(state: State, seq: int, round_name: str, item: str, audience: Audience) -> Iterator[wire.SharedEvent]:
    round_ = state.rounds.get(round_name)
    if round_ is None or not see.may_see_round(state, round_, audience):
        return
    if shown := see.show_item(state, round_, item, audience):
        yield wire.ItemPut(seq, round_name, shown)
    else:
        yield wire.ItemGone(seq, round_name, item)


def _render_marks(state: State, seq: int, sector: str, audience: Audience) -> Iterator[wire.SharedEvent]:
    if audience is Audience.PHONE:
        return
    cards = (card for step in state.steps.values() for card in see.show_cards_of(state, step, audience))
    yield wire.MarksPut(seq, sector, sorted(card.id for card in cards if card.sector == sector))


def _render_step(state: State, seq: int, name: str, audience: Audience, *, cards: bool) -> Iterator[wire.SharedEvent]:
    """Yield a step with its round; with its cards where opening makes them visible again."""
    step = state.steps.get(name)
    shown = see.show_step(state, step, audience) if step is not None else None
    if step is None or shown is None:
        if audience is Audience.CONSOLE or (step is not None and _could_be_seen(step)):
            yield wire.StepGone(seq, name)
        return
    yield wire.StepPut(seq, shown)
    if cards and audience is not Audience.CONSOLE:
        for card in see.show_cards_of(state, step, audience):
            yield wire.CardPut(seq, card)
    yield from _render_round(state, seq, state.round_of(step, opened=audience is not Audience.CONSOLE), audience)


def _could_be_seen(step: Step) -> bool:
    """Whether phone and stage may know of a step that they do not see now."""
    return step.state == StepState.SUPERSEDED and step.opened_at is not None


def _render_round(state: State, seq: int, round_: Round | None, audience: Audience) -> Iterator[wire.SharedEvent]:
    if round_ is None:
        return
    if shown := see.show_round(state, round_, audience):
        yield wire.RoundPut(seq, shown)
        if result := see.show_result(state, round_, audience):
            yield wire.ResultPut(seq, result)


def _render_reveal(state: State, seq: int, name: str, audience: Audience) -> Iterator[wire.SharedEvent]:
    step = state.steps.get(name)
    shown = see.show_step(state, step, audience) if step is not None else None
    if step is None or shown is None:
        return
    # The line may be of an earlier round: another one may have been added since, and opened or revealed as well.
    for earlier in state.rounds_of(step)[:-1]:
        yield from _render_round(state, seq, earlier, audience)
    if not shown.revealed:  # undone since, or open again with another round
        yield from _render_step(state, seq, name, audience, cards=False)
        return
    round_ = state.round_of(step, opened=True)
    yield wire.StepRevealed(
        seq,
        step=shown,
        cards=[] if audience is Audience.CONSOLE else see.show_cards_of(state, step, audience),
        round=see.show_round(state, round_, audience) if round_ else None,
        result=see.show_result(state, round_, audience) if round_ else None,
    )


def _render_undone(
    state: State, seq: int, name: str, audience: Audience, *, concealed: bool
) -> Iterator[wire.SharedEvent]:
    step = state.steps.get(name)
    shown = see.show_step(state, step, audience) if step is not None else None
    if step is None or shown is None:
        yield wire.StepGone(seq, name)
        return
    newest = state.round_of(step)
    if newest is not None and newest.opened_at is None and audience is not Audience.CONSOLE:
        yield wire.RoundGone(seq, newest.public_id)
    if concealed and not shown.revealed:
        round_ = state.round_of(step, opened=audience is not Audience.CONSOLE)
        yield wire.StepConcealed(
            seq,
            step=shown,
            cards_gone=not see.may_see_cards(step, audience),
            round=see.show_round(state, round_, audience) if round_ else None,
        )
        return
    yield from _render_step(state, seq, name, audience, cards=True)
