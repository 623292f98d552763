"""Leaks planted into the program, each against another rule. The attack must find every one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pytest

from sessions.ballots.ballot import BallotKind
from sessions.domain import audience, receipt, results, state
from sessions.domain.documents import GroupDoc, ResultDoc
from sessions.domain.handlers import people
from sessions.domain.publication import ballots, candidates, figures, publishing, tabulation
from sessions.domain.publication.disclosure_rule import BallotChanges, Earlier, Partition
from sessions.domain.voting import voting_of
from sessions.exchange import results as results_file
from sessions.exchange import rounds
from sessions.models import Round, Sector
from sessions.models.vote import Ballot
from sessions.views import studio_data

Leak = Callable[[pytest.MonkeyPatch], None]


def small_os_are_not_pooled(patch: pytest.MonkeyPatch) -> None:
    def alone(*, people: Any, sectors: Any, **_: Any) -> list[GroupDoc]:
        return [GroupDoc([sector], people[sector]) for sector in sectors if people.get(sector)]

    patch.setattr(results, "pool_groups", alone)


def a_pool_may_be_too_small(patch: pytest.MonkeyPatch) -> None:
    """Pools are made once, and may still be under the threshold."""
    real = results.pool_groups
    patch.setattr(results, "pool_groups", lambda **given: real(**(given | {"threshold": 2})))


def heads_are_shown_of_too_few(patch: pytest.MonkeyPatch) -> None:
    real = tabulation.tabulate
    patch.setattr(tabulation, "tabulate", lambda **given: real(**(given | {"threshold": 1})))


def a_later_publication_is_always_allowed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(candidates, "may_follow", lambda **_: True)


def blocks_may_overlap(patch: pytest.MonkeyPatch) -> None:
    """Ballots that changed are counted over everybody."""
    real = candidates.may_follow

    def careless(*, earlier: Earlier, later: Partition, threshold: int) -> bool:
        everybody = earlier.known().union(*later)
        return real(earlier=Earlier((everybody,), earlier.changes), later=(everybody,), threshold=threshold)

    patch.setattr(candidates, "keep_together", lambda **_: [])
    patch.setattr(candidates, "may_follow", careless)


def a_pool_may_be_parted(patch: pytest.MonkeyPatch) -> None:
    """Ballots that changed are counted over the larger of two blocks, also where the later result shows its parts."""
    real = candidates.may_follow

    def careless(*, earlier: Earlier, later: Partition, threshold: int) -> bool:
        within = all(any(block & earlier.known() <= whole for whole in earlier.blocks) for block in later)
        return real(earlier=earlier, later=earlier.blocks if within else later, threshold=threshold)

    patch.setattr(candidates, "keep_together", lambda **_: [])
    patch.setattr(candidates, "may_follow", careless)


def new_ballots_do_not_count_as_changed(patch: pytest.MonkeyPatch) -> None:
    """A result in which nothing else changed is made anew."""
    real = candidates.changed_since

    def careless(*, publication: Any, ballots: Any, sectors: Any) -> dict[str, BallotChanges]:
        known = set(publication.ballots.values_list("participant_id", flat=True))
        return real(publication=publication, ballots=[b for b in ballots if b.participant in known], sectors=sectors)

    patch.setattr(candidates, "changed_since", careless)
    patch.setattr(publishing, "_shows_items_of", lambda publication, result: False)


def who_counts_is_not_frozen(patch: pytest.MonkeyPatch) -> None:
    """As before: figures are counted anew from ballots that follow retiring and moving."""
    real = people._set_retired

    def thaw(*, world: Any, person: Any, kind: Any, change: int) -> None:
        real(world=world, person=person, kind=kind, change=change)
        Ballot.objects.filter(participant=person).update(counted=person.retired_at is None)

    patch.setattr(people, "_set_retired", thaw)
    patch.setattr(state, "read_published", recount)


def screens_show_what_stands_now(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(state, "read_published", recount)


def receipts_show_what_stands_now(patch: pytest.MonkeyPatch) -> None:
    def recounted(seen: Iterable[Any]) -> dict[int, Any]:
        results = {found.pk: recount(found.session_id).results.get(found.public_id) for found in seen}
        return {pk: result for pk, result in results.items() if result is not None}

    patch.setattr(receipt, "may_see_result", lambda round_, step, who: round_.closed_at is not None)
    patch.setattr(receipt, "read_shown", recounted)


def facilitators_get_the_core_teams_figures(patch: pytest.MonkeyPatch) -> None:
    real = rounds.read_figures
    patch.setattr(rounds, "read_figures", lambda **given: real(**(given | {"reader": figures.Reader.CORE})))


def a_file_holds_the_parts_of_a_pool(patch: pytest.MonkeyPatch) -> None:
    real = results_file.read_results

    def split(**given: Any) -> Any:
        found = real(**given)
        for told in found:
            keys = {sector.pk: sector.public_id for sector in given["sectors"]}
            counted = ballots.read_ballots([told.round])[told.round.pk]
            voters, counts = ballots.count_ballots(
                voting=voting_of(told.round), ballots=counted, items=sorted(told.entries), sectors=keys
            )
            parts = [GroupDoc([sector], n) for sector, n in sorted(voters.items())]
            items = [
                msgspec.structs.replace(
                    item,
                    group_heads=[counts[item.item].heads.get(part.sectors[0], 0) for part in parts],
                    group_of=[part.n for part in parts],
                    shares=[0.0] * len(parts),
                )
                for item in told.result.items
            ]
            object.__setattr__(told, "result", msgspec.structs.replace(told.result, groups=parts, items=items))
        return found

    patch.setattr(results_file, "read_results", split)


def a_pool_is_balanced_by_its_parts(patch: pytest.MonkeyPatch) -> None:
    """The mean of the O's is made of what each O holds, not of what is shown."""
    real = tabulation.tabulate

    def careless(**given: Any) -> ResultDoc:
        told: ResultDoc = real(**given)
        voters = given["voters"]
        if not told.groups or all(len(group.sectors) == 1 for group in told.groups):
            return told
        items = [
            msgspec.structs.replace(
                item,
                balanced=sum(given["counts"][item.item].heads.get(sector, 0) / n for sector, n in voters.items() if n)
                / sum(1 for n in voters.values() if n),
            )
            for item in told.items
        ]
        return msgspec.structs.replace(told, items=items)

    patch.setattr(tabulation, "tabulate", careless)


def the_threshold_follows_the_programme(patch: pytest.MonkeyPatch) -> None:
    real = publishing.publish

    def careless(*, round_: Any, sectors: Any, threshold: int, at: Any) -> Any:
        round_.threshold = threshold - 1
        return real(round_=round_, sectors=sectors, threshold=threshold, at=at)

    from sessions.domain.handlers import voting

    patch.setattr(voting, "publish", careless)


def the_list_of_sessions_counts_votes_now(patch: pytest.MonkeyPatch) -> None:
    def recounted(sessions: Any) -> dict[int, int]:
        found: dict[int, int] = {}
        for session, spent in Ballot.objects.filter(round__session__in=sessions, counted=True).values_list(
            "round__session", "spent"
        ):
            found[session] = found.get(session, 0) + spent
        return found

    patch.setattr(studio_data, "sum_votes", recounted)


def a_tally_goes_on_after_an_undone_reveal(patch: pytest.MonkeyPatch) -> None:
    def careless(known: Any, round_: Any) -> bool:
        enough = len(known.voters.get(round_.public_id, ())) >= (round_.threshold or known.programme.threshold)
        return known.step_of(round_).settings["live"] and round_.opened_at and not round_.revealed_at and enough

    patch.setattr(audience, "may_see_tally", careless)


def a_tally_begins_with_the_first(patch: pytest.MonkeyPatch) -> None:
    def careless(known: Any, round_: Any) -> bool:
        return (
            known.step_of(round_).settings["live"] and round_.opened_at and not round_.revealed_at and not round_.seen
        )

    patch.setattr(audience, "may_see_tally", careless)
    # An item is asked once more, of its own people.
    patch.setattr(BallotKind, "answered", lambda self, count, *, n: 1_000)


def a_live_vote_is_counted_per_o(patch: pytest.MonkeyPatch) -> None:
    """In the studio and in the files of facilitators, before the reveal."""
    patch.setattr(tabulation, "tabulate", lambda **given: results.tabulate(**given | {"divided": True}))


def a_live_vote_does_not_freeze_who_counts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        people, "unfrozen_rounds", lambda *, world, person: {found.pk for found in world.structure.rounds.values()}
    )
    real = people._set_retired

    def thaw(*, world: Any, person: Any, kind: Any, change: int) -> None:
        real(world=world, person=person, kind=kind, change=change)
        Ballot.objects.filter(participant=person).update(counted=person.retired_at is None)

    patch.setattr(people, "_set_retired", thaw)


def recount(session_id: int) -> figures.Published:
    """Count every revealed round from its ballots as they are now."""
    found = {}
    for round_ in Round.objects.filter(session=session_id, revealed_at__isnull=False).select_related(
        "session__programme"
    ):
        programme = round_.session.programme
        names = dict(Sector.objects.filter(programme=programme).values_list("pk", "public_id"))
        counted = ballots.read_ballots([round_])[round_.pk]
        least = round_.threshold or programme.threshold
        found[round_.public_id] = tabulation.tabulate_round(
            round_=round_,
            ballots=counted,
            items=ballots.read_items([round_.pk])[round_.pk],
            sectors=names,
            threshold=least,
        )
    return figures.Published(found, set())


LEAKS: tuple[Leak, ...] = (
    small_os_are_not_pooled,
    a_pool_may_be_too_small,
    heads_are_shown_of_too_few,
    a_later_publication_is_always_allowed,
    blocks_may_overlap,
    a_pool_may_be_parted,
    new_ballots_do_not_count_as_changed,
    who_counts_is_not_frozen,
    screens_show_what_stands_now,
    receipts_show_what_stands_now,
    facilitators_get_the_core_teams_figures,
    a_file_holds_the_parts_of_a_pool,
    a_pool_is_balanced_by_its_parts,
    the_threshold_follows_the_programme,
    the_list_of_sessions_counts_votes_now,
    a_tally_goes_on_after_an_undone_reveal,
    a_tally_begins_with_the_first,
    a_live_vote_is_counted_per_o,
    a_live_vote_does_not_freeze_who_counts,
)
