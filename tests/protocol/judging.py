"""Each answer of a batch is held against the model's, and against the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sessions.domain.actor import Actor
from sessions.domain.world import CommandRequest, CommandResult
from sessions.enums import ActorKind
from sessions.errors import Refused
from sessions.models import Event, Participant

from .learning import content_of
from .model import No, Person

if TYPE_CHECKING:
    from .scenario import Scenario


def judge(scenario: Scenario, requests: list[CommandRequest], results: list[Any], at: int) -> None:
    for request, result in zip(requests, results, strict=True):
        _judge_one(scenario, request, result, at)


def judge_twice(scenario: Scenario, requests: list[CommandRequest], results: list[Any], first_at: int, at: int) -> None:
    """The batch was committed, nobody knew, and it was done again: what counts was found by its key."""
    done = {
        (actor_kind, actor_id, str(UUID(str(key)))): (seq, data.get("made"))
        for actor_kind, actor_id, key, seq, data in Event.objects.filter(
            session=scenario.session, seq__gt=scenario.newest
        )
        .exclude(key=None)
        .values_list("actor_kind", "actor_id", "key", "seq", "data")
    }
    for request in requests:
        kept = done.get((request.actor.kind.value, request.actor.id, str(request.key)))
        known = (_who(request.actor), str(request.key)) in scenario.noted
        first = CommandResult(kept[0], kept[1], True) if kept and not known else None
        _judge_one(scenario, request, first, first_at, is_told=False)
    for request, result in zip(requests, results, strict=True):
        _judge_one(scenario, request, result, at)


def _judge_one(scenario: Scenario, request: CommandRequest, result: Any, at: int, *, is_told: bool = True) -> None:
    who, do, key = _who(request.actor), request.command.do, str(request.key)
    content = content_of(request.command)
    made = result.id if isinstance(result, CommandResult) else None
    if do == "ballot.add" and made is not None:
        paper = Participant.objects.get(public_id=made)
        scenario.model.made[made], scenario.tags[paper.pk] = paper.pk, paper.tag
    scenario.model.told_change = isinstance(result, CommandResult) and result.noted
    try:
        done = scenario.model.judge(who, do, content, key, at=at, made=made or "unknown")
    except No as no:
        if is_told or isinstance(result, CommandResult):
            assert isinstance(result, Refused), f"{do} {content}: accepted, must be {no}"
            assert result.code.value == str(no), f"{do} {content}: {result.code.value}, must be {no}"
        return
    if request.key is None:
        return  # nobody waits for an answer
    if result is None:
        assert not done.changed or (who, key) in scenario.noted, f"{do} {content}: not stored"
        return
    assert isinstance(result, CommandResult), f"{do} {content}: {result.code.value}, must be accepted"
    assert result.id == done.id, f"{do} {content}: made {result.id}, must be {done.id}"
    if done.changed and (who, key) not in scenario.noted:
        assert result.seq == scenario.newest + 1, f"{do} {content}: not the next line"
        scenario.noted[who, key] = result.seq
        if do == "participant.join":
            person = Participant.objects.get(public_id=result.id)
            sector = content["sector"]
            token = content["token_hash"]
            scenario.model.people[person.pk] = Person(person.pk, person.public_id, sector, joined=at, token=token)
            scenario.tags[person.pk] = person.tag
    elif done.changed:
        assert result.seq == scenario.noted[who, key], f"{do} {content}: another line than before"
    scenario.outcomes.setdefault((who, key), set()).add((result.seq, result.id))
    _count_lines(scenario)


def _count_lines(scenario: Scenario) -> None:
    """The newest number is that of the last line. Lines of one command follow each other."""
    scenario.newest = max([scenario.newest, *scenario.noted.values()])
    follow = {
        "step.revealed",
        "round.published",
        "item.unticked",
        "sector.shown",
        "sector.concealed",
        "stage.shown",
        "card.destroyed",
        "participant.retired",
        "participant.restored",
        "vote.cast",
    }
    while (
        (
            line := Event.objects.filter(session=scenario.session, seq=scenario.newest + 1)
            .values_list("kind", "key")
            .first()
        )
        and line[1] is None
        and line[0] in follow
    ):
        scenario.newest += 1


def _who(actor: Actor) -> int:
    return actor.id if actor.kind is ActorKind.PARTICIPANT else -actor.id
