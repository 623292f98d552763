"""Leaks planted into the report, the pictures, the studio's page and `results --json`, each into one of them only. The
attack must find every one, so each of these is among the outlets that it reads.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import msgspec
import pytest

from sessions.domain.documents import GroupDoc, ResultDoc
from sessions.domain.publication import ballots, told
from sessions.domain.reading_along import Shown, read_along
from sessions.domain.voting import voting_of
from sessions.exchange import round_pictures
from sessions.exchange.report import facts
from sessions.models import Round, Sector
from sessions.views import studio_data

from .leaks import Leak, recount


def split_pools(round_: Round, result: ResultDoc) -> ResultDoc:
    """Return a result by O, however few they are."""
    keys = dict(Sector.objects.filter(programme=round_.session.programme_id).values_list("pk", "public_id"))
    names = [told.item for told in result.items]
    counted = ballots.read_ballots([round_])[round_.pk]
    voters, counts = ballots.count_ballots(voting=voting_of(round_), ballots=counted, items=names, sectors=keys)
    parts = [GroupDoc([sector], n) for sector, n in sorted(voters.items())]
    items = [
        msgspec.structs.replace(
            item,
            group_heads=[counts[item.item].heads.get(part.sectors[0], 0) for part in parts],
            group_of=[part.n for part in parts],
            shares=[counts[item.item].heads.get(part.sectors[0], 0) / part.n for part in parts],
        )
        for item in result.items
    ]
    return msgspec.structs.replace(result, groups=parts, items=items)


def change_shown(session_id: int, change: Callable[[Round, ResultDoc], ResultDoc]) -> Shown:
    """Return what was shown, with other results."""
    shown = read_along(session_id)
    rounds = {found.public_id: found for found in Round.objects.filter(session=session_id).select_related("session")}

    def changed(found: Any) -> Any:
        result = change(rounds[found.result.round], found.result)
        figures = {told.item: told for told in result.items}
        rows = [dataclasses.replace(row, figures=figures.get(row.item.id, row.figures)) for row in found.rows]
        return dataclasses.replace(found, result=result, rows=rows)

    steps = [dataclasses.replace(step, rounds=[changed(found) for found in step.rounds]) for step in shown.steps]
    return dataclasses.replace(shown, steps=steps)


def _split_shown(module: ModuleType) -> Leak:
    def leak(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(module, "read_along", lambda session_id: change_shown(session_id, split_pools))

    return leak


def _named(leak: Leak, name: str) -> Leak:
    leak.__name__ = name
    return leak


the_report_holds_the_parts_of_a_pool = _named(_split_shown(facts), "the_report_holds_the_parts_of_a_pool")
a_picture_holds_the_parts_of_a_pool = _named(_split_shown(round_pictures), "a_picture_holds_the_parts_of_a_pool")


def the_report_counts_what_stands_now(patch: pytest.MonkeyPatch) -> None:
    """It is made on another day than the result, of whoever voted since."""

    def now(session_id: int) -> Shown:
        results = recount(session_id).results
        return change_shown(session_id, lambda round_, result: results.get(round_.public_id, result))

    patch.setattr(facts, "read_along", now)


def the_studio_shows_the_parts_of_a_pool(patch: pytest.MonkeyPatch) -> None:
    real = studio_data.read_results

    def split(**given: Any) -> Any:
        found = real(**given)
        return [dataclasses.replace(told, result=split_pools(told.round, told.result)) for told in found]

    patch.setattr(studio_data, "read_results", split)


def the_shell_tells_what_stands_now(patch: pytest.MonkeyPatch) -> None:
    """`results --json` counts ballots, instead of telling what was published."""
    real = told.read_shown

    def now(rounds: Any) -> Mapping[int, ResultDoc]:
        rounds = list(rounds)
        results = recount(rounds[0].session_id).results if rounds else {}
        names = {found.pk: found.public_id for found in rounds}
        return {pk: results.get(names[pk], result) for pk, result in real(rounds).items()}

    patch.setattr(told, "read_shown", now)


PRINT_LEAKS: tuple[Leak, ...] = (
    the_report_holds_the_parts_of_a_pool,
    a_picture_holds_the_parts_of_a_pool,
    the_report_counts_what_stands_now,
    the_studio_shows_the_parts_of_a_pool,
    the_shell_tells_what_stands_now,
)
