"""Comparing a round's differences with chance, in a thread of its own: never in the event loop, never under a lock.

It is done at closing, and waits for nobody; a reveal waits for it at most a second. What is not ready then follows as part
of the same publication, by a command of the system.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, connection

from ..domain.actor import Actor
from ..domain.documents import ChanceDoc
from ..domain.publication import compare_with_chance, remember_comparison, untested_publication
from ..domain.verbs import AdoptRounds, CompareRound, Verb
from ..domain.world import Ask
from ..models import Round

if TYPE_CHECKING:
    from .writer import Result, Writer

log = logging.getLogger(__name__)

REVEAL_WAITS_S = 1.0
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chance")


def compare_after(*, writer: Writer, session_id: int, rounds: Iterable[int]) -> None:
    """Compare these rounds (table ids), and complete their publications if they were published without. From any thread."""
    for pk in rounds:
        _thread.submit(_compare, writer, session_id, pk)


async def compare_before_reveal(*, session_id: int, step: str) -> None:
    """Have the newest round of a step compared, and wait for that at most a second."""
    done = asyncio.get_running_loop().run_in_executor(_thread, _compare_step, session_id, step)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(done), REVEAL_WAITS_S)


def adopt_rounds(*, writer: Writer, session_id: int) -> None:
    """Let rounds that code of before revealed become publications. From any thread."""
    _submit(writer, session_id, AdoptRounds())


def _compare_step(session_id: int, step: str) -> None:
    rounds = Round.objects.filter(session=session_id, step__public_id=step, opened_at__isnull=False)
    _guard(lambda: _remember(rounds.select_related("session__programme").order_by("-number").first()))


def _compare(writer: Writer, session_id: int, pk: int) -> None:
    def work() -> None:
        round_ = Round.objects.select_related("session__programme").filter(pk=pk).first()
        chance = _remember(round_)
        publication = untested_publication(round_) if round_ is not None else None
        if round_ is None or publication is None:
            return
        if chance is None or publication.late:
            # What stands now are other ballots than the published ones.
            verb = CompareRound(round=round_.public_id, publication=publication.number)
        else:
            verb = CompareRound(
                round=round_.public_id,
                publication=publication.number,
                line=chance.line,
                runs=chance.runs,
                seed=chance.seed,
            )
        _submit(writer, session_id, verb)

    _guard(work)


def _remember(round_: Round | None) -> ChanceDoc | None:
    if round_ is None:
        return None
    comparison = compare_with_chance(round_=round_)
    remember_comparison(round_pk=round_.pk, comparison=comparison)
    return comparison.chance


def _guard(work: Callable[[], object]) -> None:
    """A comparison that fails is made up for when a hub next finds the publication without one."""
    try:
        work()
    except (DatabaseError, InterfaceError) as error:
        connection.close()
        log.warning("A round could not be compared with chance: %s", type(error).__name__)
    except Exception:
        log.exception("A round could not be compared with chance")


class _Nobody:
    """A mailbox for a command whose answer nobody waits for."""

    def post(self, results: list[tuple[object, Result]]) -> None:
        """Let it go: a refused one is tried again when a hub next loads the session."""


def _submit(writer: Writer, session_id: int, verb: Verb) -> None:
    writer.submit(session_id=session_id, ask=Ask(Actor.system(), verb, uuid4()), mailbox=_Nobody(), token=None)
