"""Runs permutation tests in a thread of their own, never in the event loop or the writer's threads.

A test runs at closing. A reveal waits for it at most a second; a late one is added to the same publication by a system
command.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec
from django.db import DatabaseError, InterfaceError, connection

from ..domain.actor import Actor
from ..domain.commands import AdoptRounds, Command, CompareRound, OpenStep, RevealStep
from ..domain.kind import showing_keys
from ..domain.publication import Comparison, compare_with_chance, remember_comparison, untested_publication
from ..domain.revealed import is_revealed
from ..domain.world import CommandRequest
from ..models import Round, Step
from .reader_threads import read

if TYPE_CHECKING:
    from .writer import Result, Writer

log = logging.getLogger(__name__)

REVEAL_WAITS_S = 1.0
_one_at_a_time = threading.Lock()


def compare_after(*, writer: Writer, session_id: int, rounds: Iterable[int]) -> None:
    """Compare these rounds (table ids), and complete their publications where that is missing. From any thread."""
    wanted = list(rounds)

    def work() -> None:
        for pk in wanted:
            _compare(writer, session_id, pk)

    start(work)


async def compare_before_reveal(*, session_id: int, command: RevealStep | OpenStep) -> None:
    """Have the round compared that a command is about to reveal, and wait for that at most a second."""
    round_ = None
    # A database that hangs holds up the command in the writer, which gives up after a while; not here.
    with contextlib.suppress(DatabaseError, InterfaceError, TimeoutError):
        round_ = await asyncio.wait_for(
            read(lambda: find_revealed(session_id=session_id, command=command)), REVEAL_WAITS_S
        )
    if round_ is None:
        return
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def work() -> None:
        try:
            _remember(round_)
        finally:
            loop.call_soon_threadsafe(done.set)

    start(work)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), REVEAL_WAITS_S)


def find_revealed(*, session_id: int, command: RevealStep | OpenStep) -> Round | None:
    """Return the round that a command reveals: of its step, or of the vote that its step is there to reveal."""
    rounds = Round.objects.filter(session=session_id, opened_at__isnull=False).select_related("session__programme")
    if isinstance(command, OpenStep):
        reveals = Step.objects.filter(session=session_id, public_id=command.step, kind__in=showing_keys())
        rounds = rounds.filter(step__in=reveals.values("subject"))
    else:
        rounds = rounds.filter(step__public_id=command.step)
    newest = rounds.order_by("-number").first()
    return newest if newest is not None and not is_revealed(newest) else None


def adopt_rounds(*, writer: Writer, session_id: int) -> None:
    """Let rounds that code of before revealed become publications. From any thread."""
    _submit(writer, session_id, AdoptRounds())


def _compare(writer: Writer, session_id: int, pk: int) -> None:
    round_ = Round.objects.select_related("session__programme").filter(pk=pk).first()
    comparison = _remember(round_)
    publication = untested_publication(round_) if round_ is not None else None
    if round_ is None or publication is None or comparison is None:
        return
    command = CompareRound(round=round_.public_id, publication=publication.number)
    # After an undone reveal other ballots may stand than the published ones: of those nothing is said.
    if (chance := comparison.chance) is not None and comparison.content == publication.content:
        command = msgspec.structs.replace(command, line=chance.line, runs=chance.runs, seed=chance.seed)
    _submit(writer, session_id, command)


def _remember(round_: Round | None) -> Comparison | None:
    if round_ is None:
        return None
    comparison = compare_with_chance(round_=round_)
    remember_comparison(round_pk=round_.pk, comparison=comparison)
    return comparison


def start(work: Callable[[], object]) -> None:
    """Do this in a thread of its own, one after the other. One that fails is made up for when a hub next finds the
    publication without its comparison.
    """

    def guarded() -> None:
        with _one_at_a_time:
            try:
                work()
            except Exception as error:
                log.warning("A round could not be compared with chance: %s", type(error).__name__)
            finally:
                connection.close()

    threading.Thread(target=guarded, name="chance", daemon=True).start()


class _Nobody:
    """A mailbox that drops replies."""

    def post(self, results: list[tuple[object, Result]]) -> None:
        """Drop the reply: after a refusal the command is given again when a hub next loads the session."""


def _submit(writer: Writer, session_id: int, command: Command) -> None:
    writer.submit(session_id=session_id, request=CommandRequest(Actor.system(), command), mailbox=_Nobody(), token=None)
