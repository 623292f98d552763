"""Leaks planted into the program, of a ballot that tells more of an item than heads. The attack must find every one."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import pytest

from sessions.ballots.opinion import Opinion
from sessions.domain import results
from sessions.domain.documents import ResultDoc
from sessions.domain.publication import ballots, candidates, tabulation
from sessions.domain.voting import voting_of
from sessions.exchange import results as results_file

from .leaks import (
    Leak,
    facilitators_get_the_core_teams_figures,
    receipts_show_what_stands_now,
    screens_show_what_stands_now,
)


def a_pool_is_split_by_answers(patch: pytest.MonkeyPatch) -> None:
    """The file tells, besides everyone's, the answers of each O that is pooled."""
    real = results_file.read_results

    def split(**given: Any) -> Any:
        found = list(real(**given))
        for told in found:
            keys = {sector.pk: sector.public_id for sector in given["sectors"]}
            counted = ballots.read_ballots([told.round])[told.round.pk]
            pooled = {name for group in told.result.groups if len(group.sectors) > 1 for name in group.sectors}
            for sector in sorted(pooled):
                own = [ballot for ballot in counted if keys[ballot.sector] == sector]
                voters, counts = ballots.count_ballots(
                    voting=voting_of(told.round), ballots=own, items=sorted(told.entries), sectors=keys
                )
                if not voters.total():
                    continue
                result = results.tabulate(
                    round_id=told.round.public_id, ballot=told.ballot, sectors=list(keys.values()), voters=voters,
                    counts=counts, threshold=1,
                )  # fmt: skip
                yield dataclasses.replace(told, result=msgspec.structs.replace(result, few=[]))
            yield told

    patch.setattr(results_file, "read_results", split)


def an_item_of_too_few_is_told(patch: pytest.MonkeyPatch) -> None:
    """Enough people took part in the round, but too few answered the item."""
    real, pool = tabulation.tabulate, results.pool_groups

    def careless(**given: Any) -> ResultDoc:
        threshold = given["threshold"]
        if sum(given["voters"].values()) < threshold:
            return real(**given)
        patch.setattr(results, "pool_groups", lambda **asked: pool(**(asked | {"threshold": threshold})))
        return real(**(given | {"threshold": 1}))

    patch.setattr(tabulation, "tabulate", careless)


def a_group_of_too_few_is_told(patch: pytest.MonkeyPatch) -> None:
    """A shown O of which too few answered an item has figures of that item all the same."""
    real, pool = tabulation.tabulate, results.pool_groups

    def careless(**given: Any) -> ResultDoc:
        told: ResultDoc = real(**given)
        if not told.groups:
            return told
        patch.setattr(results, "pool_groups", lambda **asked: pool(**(asked | {"threshold": given["threshold"]})))
        loose: ResultDoc = real(**(given | {"threshold": 1}))
        patch.setattr(results, "pool_groups", pool)
        shown = {item.item for item in told.items}
        return msgspec.structs.replace(told, items=[item for item in loose.items if item.item in shown])

    patch.setattr(tabulation, "tabulate", careless)


def a_mean_of_too_few_is_told(patch: pytest.MonkeyPatch) -> None:
    """The share of a shown O of which too few answered an item is not told; the mean of its numbers is."""
    real, pool = tabulation.tabulate, results.pool_groups

    def careless(**given: Any) -> ResultDoc:
        told: ResultDoc = real(**given)
        patch.setattr(results, "pool_groups", lambda **asked: pool(**(asked | {"threshold": given["threshold"]})))
        loose: ResultDoc = real(**(given | {"threshold": 1}))
        patch.setattr(results, "pool_groups", pool)
        means = {item.item: item.means for item in loose.items}
        items = [msgspec.structs.replace(item, means=means[item.item]) for item in told.items]
        return msgspec.structs.replace(told, items=items)

    patch.setattr(tabulation, "tabulate", careless)


def a_tally_of_an_item_begins_with_the_first(patch: pytest.MonkeyPatch) -> None:
    """Enough people took part, whoever answered this one."""
    patch.setattr(Opinion, "answered", lambda self, count, *, n: n)


def what_was_shown_does_not_stand(patch: pytest.MonkeyPatch) -> None:
    """Opinions are published anew after an undo, whatever was shown before."""
    patch.setattr(candidates, "earlier_of", lambda **_: None)


OPINION_LEAKS: tuple[Leak, ...] = (
    a_pool_is_split_by_answers,
    an_item_of_too_few_is_told,
    a_group_of_too_few_is_told,
    a_tally_of_an_item_begins_with_the_first,
    screens_show_what_stands_now,
    receipts_show_what_stands_now,
    facilitators_get_the_core_teams_figures,
    what_was_shown_does_not_stand,
)
RATING_LEAKS: tuple[Leak, ...] = (
    an_item_of_too_few_is_told,
    a_group_of_too_few_is_told,
    a_mean_of_too_few_is_told,
)
