"""Snapshots: everything one audience may see at the state's number; and the latest values beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from ..enums import Audience
from ..models import Step
from . import audience as see
from . import documents as doc
from .attendance import is_asking
from .current import current_rounds, current_steps
from .flood import find_flood
from .kind import kind_of
from .papers import papers_of
from .results import pool_groups
from .rules import takes_answers
from .session_shown import show_session
from .state import State
from .turnout import count_turnout

Shown = TypeVar("Shown")


def show_snapshot(state: State, audience: Audience, now: doc.NowDoc) -> doc.SnapshotDoc:
    """Return the shared part of a snapshot. Lists come in an order that tells nothing about arrival.

    Phones get the steps that they hold (current.py), and may ask for the others (earlier.py).
    """
    programme = state.programme
    steps = sorted(state.steps.values(), key=lambda step: (step.position, step.pk))
    rounds = sorted(state.rounds.values(), key=lambda round_: (state.step_of(round_).position, round_.number))
    people = sorted(state.people.values(), key=lambda person: person.public_id)
    if audience is Audience.PHONE:
        held = current_steps(state)
        of_these = current_rounds(state, held)
        steps = [step for step in steps if step.public_id in held]
        rounds = [round_ for round_ in rounds if round_.public_id in of_these]
    return doc.SnapshotDoc(
        programme=doc.ProgrammeDoc(
            slug=programme.slug,
            name=doc.Words(programme.name_nl, programme.name_en),
            threshold=programme.threshold,
        ),
        session=show_session(state, audience),
        sectors=[
            doc.SectorDoc(
                id=sector.public_id,
                key=sector.key,
                shape=sector.shape,
                name=doc.Words(sector.name_nl, sector.name_en),
                hint=doc.Words(sector.hint_nl, sector.hint_en),
                letter=doc.Words(sector.letter_nl, sector.letter_en),
            )
            for sector in state.sectors
        ],
        pillars=[
            doc.PillarDoc(
                id=pillar.public_id,
                number=pillar.number,
                name=doc.Words(pillar.name_nl, pillar.name_en),
                short=doc.Words(pillar.short_nl, pillar.short_en),
            )
            for pillar in state.pillars
        ],
        steps=_seen(see.show_step(state, step, audience) for step in steps),
        cards=[card for step in steps for card in see.show_cards_of(state, step, audience)],
        rounds=_seen(see.show_round(state, round_, audience) for round_ in rounds),
        results=_seen(see.show_result(state, round_, audience) for round_ in rounds),
        participants=_seen(see.show_participant(state, person, audience) for person in people),
        now=now,
    )


def _seen(shown: Iterable[Shown | None]) -> list[Shown]:
    return [document for document in shown if document is not None]


def show_tally(state: State, only: Mapping[str, set[str]] | None = None) -> dict[str, dict[str, list[int] | None]]:
    """Return round → item → what its ballot counts, of live results; `only` these items. None: of too few people."""
    tally: dict[str, dict[str, list[int] | None]] = {}
    for name, round_ in state.rounds.items():
        tallies = state.tallies.get(name, {})
        items = tallies.keys() if only is None else only.get(name, set()) & tallies.keys()
        if items and see.may_see_tally(state, round_):
            n, voting = len(state.voters.get(name, ())), state.voting[name]
            threshold = see.fewest_counted(state, round_)
            tally[name] = {
                item: voting.kind.live(count, rules=voting.rules, n=n)
                if voting.kind.answered(count, n=n) >= threshold
                else None
                for item in items
                for count in (tallies[item],)
            }
    return tally


def show_present(state: State, present: Mapping[int, int]) -> doc.PresentDoc:
    """Return who is here per O, small O's together. `present`: sector's table id → people connected."""
    people = {state.sector_names[pk]: n for pk, n in present.items()}
    total = sum(people.values())
    threshold = state.programme.threshold
    if total < threshold:
        return doc.PresentDoc(groups=[], total=None)
    sectors = [sector.public_id for sector in state.sectors]
    return doc.PresentDoc(groups=pool_groups(people=people, sectors=sectors, threshold=threshold), total=total)


def show_done(state: State, step: Step | None, present: Collection[int]) -> doc.DoneDoc | None:
    """Return the one undivided count of who answered: per O it would show each person as they act."""
    if step is None or not takes_answers(step):
        return None
    answered, part = count_turnout(state, step, present)
    told = (answered, part, part & state.done.people, papers_of(state, step))
    n, of, said, paper = (_known(state, people) for people in told)
    return doc.DoneDoc(step=step.public_id, n=n, of=of, said=said, paper=paper)


def _known(state: State, people: Collection[int]) -> int | None:
    return len(people) if len(people) >= state.programme.threshold else None


POOL = "pool"
"""In the coverage, in place of an O: those without a mark on cards, together."""


def _count_cards(state: State) -> dict[str, dict[str, dict[str, int]]]:
    """Return pillar → aspect → sector, or POOL → cards that stand.

    A cell of an O without a mark would say whose a card is; in an O of one person, who wrote it.
    """
    coverage: dict[str, dict[str, dict[str, int]]] = {}
    about = {step.pk for step in state.steps.values() if (kind := kind_of(step)).about and not kind.is_practice(step)}
    for card in state.cards.values():
        if card.withdrawn_at is None and card.hidden_at is None and card.step_id in about:
            cells = coverage.setdefault(state.pillar_names[card.pillar_id], {}).setdefault(card.aspect, {})
            group = state.sector_names[card.sector_id] if see.bears_sector_mark(state, card) else POOL
            cells[group] = cells.get(group, 0) + 1
    return coverage


def show_room(
    state: State,
    here: Mapping[int, int],
    *,
    closing: doc.ClosingDoc | None,
    watched: doc.OpenDoc | None,
    consoles: Mapping[str, int],
    door: doc.DoorDoc | None,
    now: int,
) -> doc.RoomDoc:
    """Return the room as its facilitator sees it.

    `here`: participant → answers their phone still has to send. `consoles`: member's name → screens.
    `door`: who waits to be let in. `now`: milliseconds since 1970.
    """
    turnout = count_turnout(state, state.step_now(), here)
    answered, part = turnout.per_sector(state)
    known = {pk: waiting for pk, waiting in here.items() if pk in state.taking_part}
    present = Counter(state.people[pk].sector_id for pk in known)
    people = {
        sector.public_id: [state.sector_counts[sector.pk], present[sector.pk], answered[sector.pk], part[sector.pk]]
        for sector in state.sectors
    }
    return doc.RoomDoc(
        people=people,
        coverage=_count_cards(state),
        done=len(turnout.part & state.done.people) if is_asking(state.step_now()) else None,
        pooled=[sector.public_id for sector in state.sectors if sector.pk not in state.marked],
        here=sorted(state.people[pk].public_id for pk in known),
        phones=len(known),
        sending=sum(1 for waiting in known.values() if waiting),
        waiting=sum(known.values()),
        closing=closing,
        open=watched,
        consoles=[doc.ConsoleDoc(name, screens) for name, screens in sorted(consoles.items())],
        flood=find_flood(state, now=now),
        door=door,
    )
