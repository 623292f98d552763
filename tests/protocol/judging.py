"""Each answer of a batch is held against the model's, and against the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sessions.domain.actor import Actor
from sessions.domain.world import Ask, Outcome
from sessions.enums import ActorKind
from sessions.errors import Refused
from sessions.models import Event, Participant

from .learning import content_of
from .model import No, Person

if TYPE_CHECKING:
    from .evening import Evening


def judge(evening: Evening, asks: list[Ask], results: list[Any], at: int) -> None:
    for ask, result in zip(asks, results, strict=True):
        _judge_one(evening, ask, result, at)


def judge_twice(evening: Evening, asks: list[Ask], results: list[Any], first_at: int, at: int) -> None:
    """The batch was committed, nobody knew, and it was done again: what counts was found by its key."""
    done = {
        (actor_kind, actor_id, str(UUID(str(key)))): (seq, data.get("made"))
        for actor_kind, actor_id, key, seq, data in Event.objects.filter(
            session=evening.session, seq__gt=evening.newest
        )
        .exclude(key=None)
        .values_list("actor_kind", "actor_id", "key", "seq", "data")
    }
    for ask in asks:
        kept = done.get((ask.actor.kind.value, ask.actor.id, str(ask.key)))
        known = (_who(ask.actor), str(ask.key)) in evening.noted
        first = Outcome(kept[0], kept[1]) if kept and not known else None
        _judge_one(evening, ask, first, first_at, is_told=False)
    for ask, result in zip(asks, results, strict=True):
        _judge_one(evening, ask, result, at)


def _judge_one(evening: Evening, ask: Ask, result: Any, at: int, *, is_told: bool = True) -> None:
    who, do, key = _who(ask.actor), ask.verb.do, str(ask.key)
    content = content_of(ask.verb)
    made = result.id if isinstance(result, Outcome) else None
    try:
        done = evening.model.judge(who, do, content, key, at=at, made=made or "unknown")
    except No as no:
        if is_told or isinstance(result, Outcome):
            assert isinstance(result, Refused), f"{do} {content}: accepted, must be {no}"
            assert result.code.value == str(no), f"{do} {content}: {result.code.value}, must be {no}"
        return
    if ask.key is None:
        return  # nobody waits for an answer
    if result is None:
        assert not done.changed or (who, key) in evening.noted, f"{do} {content}: not stored"
        return
    assert isinstance(result, Outcome), f"{do} {content}: {result.code.value}, must be accepted"
    assert result.id == done.id, f"{do} {content}: made {result.id}, must be {done.id}"
    if done.changed and (who, key) not in evening.noted:
        assert result.seq == evening.newest + 1, f"{do} {content}: not the next line"
        evening.noted[who, key] = result.seq
        if do == "participant.join":
            person = Participant.objects.get(public_id=result.id)
            sector = content["sector"]
            token = content["token_hash"]
            evening.model.people[person.pk] = Person(person.pk, person.public_id, sector, joined=at, token=token)
            evening.tags[person.pk] = person.tag
    elif done.changed:
        assert result.seq == evening.noted[who, key], f"{do} {content}: another line than before"
    evening.outcomes.setdefault((who, key), set()).add((result.seq, result.id))
    _count_lines(evening)


def _count_lines(evening: Evening) -> None:
    """The newest number is that of the last line. Lines of one command follow each other."""
    evening.newest = max([evening.newest, *evening.noted.values()])
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
    }
    while (
        (
            line := Event.objects.filter(session=evening.session, seq=evening.newest + 1)
            .values_list("kind", "key")
            .first()
        )
        and line[1] is None
        and line[0] in follow
    ):
        evening.newest += 1


def _who(actor: Actor) -> int:
    return actor.id if actor.kind is ActorKind.PARTICIPANT else -actor.id
