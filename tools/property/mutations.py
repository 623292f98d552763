"""Mistakes put into the program on purpose: the scenarios must find every one of them.

`make property ARGS=--mutations` says after how many scenarios each was found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sessions.ballots.dots import Dots
from sessions.domain import audience, rendering, rules, state
from sessions.domain.handlers import cards, stage, votes
from sessions.domain.log import LogKind
from sessions.domain.publication import candidates, tabulation
from sessions.domain.publication.ballots import read_ballots, read_items
from sessions.domain.state import State
from sessions.domain.world import World
from sessions.enums import Audience
from sessions.errors import Code, Refused
from sessions.live import hub, turn
from sessions.live.replay import Replay
from sessions.live.turn import Turns

Mutation = Callable[[pytest.MonkeyPatch], None]


def late_taps_count(patch: pytest.MonkeyPatch) -> None:
    """A resend of an older choice overturns the newer one."""
    real = votes.cast_vote

    def cast(*, world: World, actor: Any, command: Any) -> None:
        for vote in world.votes.values():
            vote.tap = -1
        real(world=world, actor=actor, command=command)

    patch.setitem(_commands(), type_of("vote.cast"), cast)


def a_repeat_is_done_again(patch: pytest.MonkeyPatch) -> None:
    """Keys of earlier batches are forgotten."""
    patch.setattr(World, "_read_answers", lambda self, requests: None)


def other_content_is_not_noticed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("sessions.domain.world.digest_of", lambda command: 7)


def no_budget(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Dots, "check", lambda self, *, mine, **_: mine.spent)


def no_grace(patch: pytest.MonkeyPatch) -> None:
    _set_grace(patch, False)


def endless_grace(patch: pytest.MonkeyPatch) -> None:
    _set_grace(patch, True)


def _set_grace(patch: pytest.MonkeyPatch, given: bool) -> None:
    for each in (rules.rounds, rules.steps):
        patch.setattr(each, "is_within_grace", lambda **_: given)


def votes_after_the_reveal(patch: pytest.MonkeyPatch) -> None:
    def check(*, round_: Any, step: Any, at: Any) -> None:
        if round_.opened_at is None:
            raise Refused(Code.ROUND_NOT_OPEN)

    patch.setattr(rules, "check_takes_votes", check)


def the_writer_forgets_to_look_again(patch: pytest.MonkeyPatch) -> None:
    """What is remembered of the agenda is used although another process changed it."""
    real = World.open.__func__  # type: ignore[attr-defined]

    def opened(cls: Any, *, session_id: int, requests: Any, remembered: Any) -> World:
        if remembered is not None:
            from sessions.models import Session

            remembered.version = Session.objects.get(pk=session_id).structure
        world: World = real(cls, session_id=session_id, requests=requests, remembered=remembered)
        return world

    patch.setattr(World, "open", classmethod(opened))


def private_frames_are_dropped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(turn, "render_own", lambda state, entry: ())


def a_line_is_not_applied(patch: pytest.MonkeyPatch) -> None:
    """The hub forgets to read the agenda again when a clock was set."""
    patch.setattr(state, "STRUCTURE", state.STRUCTURE - {LogKind.CLOCK_SET})


def retired_people_still_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(state, "RECOUNT", state.RECOUNT - {LogKind.PARTICIPANT_RETIRED})


def hidden_cards_are_shown(patch: pytest.MonkeyPatch) -> None:
    """A card goes to the stage before the reveal."""
    patch.setattr(audience, "may_see_cards", lambda step, who: who is not Audience.PHONE)


def results_before_the_reveal(patch: pytest.MonkeyPatch) -> None:
    """The result of a closed vote goes out."""
    real = audience.show_result

    def show(state: State, round_: Any, who: Audience) -> Any:
        if round_.closed_at is None or round_.revealed_at is not None:
            return real(state, round_, who)
        round_.threshold = round_.threshold or state.programme.threshold
        names = {sector.pk: sector.public_id for sector in state.sectors}
        return tabulation.tabulate_round(
            round_=round_,
            ballots=read_ballots([round_])[round_.pk],
            items=read_items([round_.pk])[round_.pk],
            sectors=names,
            threshold=round_.threshold,
        )

    patch.setattr(audience, "show_result", show)


def small_groups_are_shown(patch: pytest.MonkeyPatch) -> None:
    real = tabulation.tabulate
    patch.setattr(tabulation, "tabulate", lambda **given: real(**(given | {"threshold": 1})))


def a_result_may_always_follow(patch: pytest.MonkeyPatch) -> None:
    """One ballot more is shown at once, beside what was shown before."""
    patch.setattr(candidates, "_may_follow", lambda *_: True)


def tallies_of_few(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(audience, "may_see_tally", lambda state, round_: round_.opened_at and not round_.revealed_at)


def marks_of_few(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(audience, "bears_sector_mark", lambda state, card: True)


def a_concealed_card_stays(patch: pytest.MonkeyPatch) -> None:
    """Screens are not told that a card was hidden."""
    patch.setattr(rendering, "_render_card", lambda *_: iter(()))


def an_acknowledged_vote_is_not_told_after_a_hello(patch: pytest.MonkeyPatch) -> None:
    """A welcome that is older than an acknowledgement takes the vote away, and nothing brings it back."""
    real = hub.Hub._let_in

    async def let_in(self: Any, hello_result: Any) -> None:
        known = set(hello_result.hello.socket.acknowledged)
        await real(self, hello_result)
        hello_result.hello.socket.acknowledged |= known

    patch.setattr(hub.Hub, "_let_in", let_in)


def a_failed_turn_loses_its_lines(patch: pytest.MonkeyPatch) -> None:
    """A turn that fails half way does not go back to where it began."""
    from django.db import transaction

    def take(self: Turns, **given: Any) -> Any:
        with transaction.atomic():
            entries = self._advance()
            assert self.state is not None
            return self._tell(self.state, entries, given["hellos"], given["here"])

    patch.setattr(Turns, "take", take)


def a_resume_leaves_something_out(patch: pytest.MonkeyPatch) -> None:
    missed = Replay.since
    patch.setattr(Replay, "since", lambda self, hello, who: _empty(missed(self, hello, who)))


def _empty(events: Any) -> Any:
    import msgspec

    return None if events is None else msgspec.Raw(b"[]")


def withdrawn_words_stay(patch: pytest.MonkeyPatch) -> None:
    """A card that was withdrawn keeps its place in a vote."""
    real = cards.withdraw_card

    def withdraw(*, world: World, actor: Any, command: Any) -> None:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(World, "remove_item", lambda *_, **__: None)
            real(world=world, actor=actor, command=command)

    patch.setitem(_commands(), type_of("card.withdraw"), withdraw)


def a_page_goes_with_its_card(patch: pytest.MonkeyPatch) -> None:
    """The projectors turn to the first page when the card is hidden that names theirs."""
    patch.setattr(stage, "_beside", lambda *_: None)


def a_page_goes_where_its_card_goes(patch: pytest.MonkeyPatch) -> None:
    """A card that is put under another heading takes the projectors there."""
    patch.setattr(cards, "leave_heading", lambda **_: None)


def what_was_taken_back_is_large_again(patch: pytest.MonkeyPatch) -> None:
    """Where the projectors go back to is forgotten when a card is taken away."""
    patch.setattr(stage, "_places_of", lambda world, field, card: _only_now(world, field, card))


def _only_now(world: World, field: str, card: Any) -> list[Any]:
    place = world.session.stage
    return [place] if place is not None and place[field] == card.public_id else []


def answers_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    """What a batch did is thrown away after it was acknowledged."""
    from django.db import transaction

    real = World.save

    def save(self: World) -> None:
        real(self)
        if len(self.lines) == 2:
            transaction.set_rollback(True)

    patch.setattr(World, "save", save)


def _commands() -> dict[Any, Any]:
    from sessions.domain.handlers import _HANDLERS

    return _HANDLERS


def type_of(do: str) -> Any:
    from sessions.live.protocol import COMMAND_TYPES

    return COMMAND_TYPES[do]


MUTATIONS: list[Mutation] = [
    late_taps_count,
    a_repeat_is_done_again,
    other_content_is_not_noticed,
    no_budget,
    no_grace,
    endless_grace,
    votes_after_the_reveal,
    the_writer_forgets_to_look_again,
    private_frames_are_dropped,
    a_line_is_not_applied,
    retired_people_still_count,
    hidden_cards_are_shown,
    results_before_the_reveal,
    small_groups_are_shown,
    a_result_may_always_follow,
    tallies_of_few,
    marks_of_few,
    a_concealed_card_stays,
    an_acknowledged_vote_is_not_told_after_a_hello,
    a_failed_turn_loses_its_lines,
    a_resume_leaves_something_out,
    withdrawn_words_stay,
    a_page_goes_with_its_card,
    a_page_goes_where_its_card_goes,
    what_was_taken_back_is_large_again,
    answers_before_the_commit,
]
