"""Visibility by the model: what each audience may see, computed independently and compared with the frames.

A picture keeps of a snapshot what matters: which steps, cards with their mark, rounds, results, tallies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from .model import Card, Model, Round, Step
from .model.items import told_item
from .model.publications import pool

Picture = dict[str, Any]


def show(model: Model, audience: str, *, whole: bool = True) -> Picture:
    """Return what `phone`, `stage` or `console` may see now; not `whole`: what a phone's snapshot holds of it."""
    leads = audience == "console"
    steps = {step.id: step for step in model.steps.values() if _is_shown(step, leads)}
    rounds = {
        round_.id: round_ for round_ in model.rounds.values() if round_.step in steps and (leads or round_.opened)
    }
    if audience == "phone" and not whole:
        steps = {name: step for name, step in steps.items() if name in _held(model)}
        newest = {round_.step: round_.id for round_ in sorted(rounds.values(), key=lambda round_: round_.number)}
        rounds = {newest[name]: rounds[newest[name]] for name in steps if name in newest}
    return {
        "steps": {
            name: (step.state, step.revealed, _whole(step.deadline), step.paused, step.title, step.position)
            for name, step in steps.items()
        },
        "hidden": {name: _count_redacted(model, step, audience) for name, step in steps.items()},
        "now": model.now if model.now in steps else None,
        "locked": model.locked,
        "approval": model.words["approval"],
        "over": _is_over(model),
        "message": model.message if audience != "stage" else None,
        "stage": _show_stage(model) if audience != "phone" and model.stage and model.stage["step"] in steps else None,
        "cards": {
            card.id: (card.text, mark(model, card), card.pillar, card.aspect, card.reason, _until(model, card))
            for card in model.cards.values()
            if card.step in steps and _may_see(card, steps[card.step], audience)
        },
        "rounds": {name: _show_round(model, round_) for name, round_ in rounds.items()},
        "results": {
            name: round_.published[-1].figures | {"late": round_.late}
            for name, round_ in rounds.items()
            if round_.revealed
        },
        "people": {
            person.id: (person.sector, person.retired, _rounds_on_paper(model, person.pk))
            for person in (model.people.values() if leads else ())
        },
    }


def _rounds_on_paper(model: Model, pk: int) -> list[str]:
    """Of a phone nobody is told in which rounds it voted."""
    counted = [round_ for (round_, who), ballot in model.ballots.items() if who == pk and ballot.counted]
    return sorted(counted) if model.people[pk].paper else []


def _held(model: Model) -> set[str]:
    """The step that is on, what it shows, the cards that were closed last; where none of these is a vote, the last
    result.
    """
    known = [step for step in model.steps.values() if _is_shown(step, leads=False)]
    now = [step for step in known if step.id == model.now]
    subjects = [found for step in now if step.kind == "reveal" for found in known if found.id == step.subject]
    cards = [step for step in known if step.kind == "collect" and step.state == "closed"]
    held = [*now, *subjects, *_last(cards, lambda step: step.closed_at or 0)]
    if not any(step.kind == "vote" for step in held):
        opened = sorted((round_ for round_ in model.rounds.values() if round_.opened), key=lambda round_: round_.number)
        shown = {round_.step: round_ for round_ in opened}
        shown = {name: round_ for name, round_ in shown.items() if round_.revealed}
        held += _last([step for step in known if step.id in shown], lambda step: shown[step.id].revealed_at)
    return {step.id for step in held}


def _last(steps: list[Step], when: Callable[[Step], int]) -> list[Step]:
    return [max(reversed(steps), key=when)] if steps else []


def _show_stage(model: Model) -> Picture:
    assert model.stage is not None
    return model.stage | {"at": _whole(model.stage["at"])}


def _is_over(model: Model) -> bool:
    now, agenda = model.steps.get(model.now or ""), model.agenda()
    return now is not None and now.state == "closed" and agenda[-1] is now


def _until(model: Model, card: Card) -> int | None:
    return None if card.destroyed else model.until(card)


def _count_redacted(model: Model, step: Step, audience: str) -> dict[str, int]:
    """How many cards of a step are not shown, and why, once everybody may know that there are cards."""
    if audience == "console" or not (step.revealed or not step.silent):
        return {}
    cards = [card for card in model.cards.values() if card.step == step.id and not card.gone]
    return dict(Counter(card.reason for card in cards if card.reason))


def _whole(ms: float | None) -> int | None:
    return None if ms is None else int(ms)


def _is_shown(step: Step, leads: bool) -> bool:
    return step.state != "superseded" and (leads or step.opened)


def _may_see(card: Card, step: Step, audience: str) -> bool:
    if card.gone or audience == "phone":
        return False
    return audience == "console" or (not card.reason and (step.revealed or not step.silent))


def _show_round(model: Model, round_: Round) -> tuple[Any, ...]:
    items = {name: (*model.show_item(name), round_.prices.get(name)) for name in round_.cards}
    is_closed = round_.closed_at is not None
    is_open = round_.opened and not is_closed
    rules = None if round_.budget is None else (round_.budget, round_.most)
    return (is_open, is_closed, round_.revealed, round_.seen, rules, items)


def mark(model: Model, card: Card) -> str | None:
    """A card shows its O where enough people of that O are, and never when only one O is left without."""
    people = Counter(person.sector for person in model.people.values() if not person.retired and not person.paper)
    written = {card.sector for card in model.cards.values()}
    there = [sector for sector in model.sectors if people[sector] or sector in written]
    if len(there) == 1:
        alone = people[there[0]] >= model.threshold
        return card.sector if alone and card.sector == there[0] else None
    together: list[frozenset[str]] = []
    while True:
        groups = pool(dict(people), there, model.threshold, together)
        marked = {names[0] for names, _ in groups if len(names) == 1}
        kept = [frozenset(model.company[name]) & set(there) for name in there if name in model.company.keys() - marked]
        parted = [block for block in kept if sum(people[name] for name in block - marked) < model.threshold]
        if all(block in together for block in parted):
            return card.sector if card.sector in marked else None
        together += parted


def tallies(model: Model) -> dict[str, dict[str, tuple[int, int]]]:
    """Return the rounds whose counts everybody may follow: round → card → heads, dots."""
    return {
        round_.id: model.count(round_)
        for round_ in model.rounds.values()
        if model.steps[round_.step].live
        and round_.opened
        and not round_.revealed
        and not round_.seen
        and len(model.voters(round_.id)) >= model.threshold
        and round_.cards
    }


# -- the same of a snapshot ------------------------------------------------------------------------------------


def see(snapshot: Picture, *, begun: int) -> Picture:
    """Return the picture of a snapshot. `begun`: when the model's time begins, in milliseconds since 1970."""
    card_of = {item["id"]: item["card"] or item["id"] for round_ in snapshot["rounds"] for item in round_["items"]}
    stage, message = snapshot["session"]["stage"], snapshot["session"]["message"]
    return {
        "steps": {
            step["id"]: (
                step["state"],
                step["revealed"],
                None if step["deadline"] is None else step["deadline"] - begun,
                step["paused"],
                step["title"]["nl"],
                step["position"],
            )
            for step in snapshot["steps"]
        },
        "hidden": {step["id"]: step["hidden"] for step in snapshot["steps"]},
        "now": snapshot["session"]["now"],
        "locked": snapshot["session"]["locked"],
        "approval": snapshot["session"]["approval"],
        "over": snapshot["session"]["over"],
        "message": message and (message["id"], message["text"]["nl"], message["text"]["en"]),
        "stage": stage and stage | {"at": stage["at"] - begun},
        "cards": {
            card["id"]: (
                card["text"],
                card["sector"],
                card["pillar"],
                card["aspect"],
                card["reason"],
                None if card["until"] is None else card["until"] - begun,
            )
            for card in snapshot["cards"]
        },
        "rounds": {
            found["id"]: (
                found["open"],
                found["closed"],
                found["revealed"],
                found["seen"],
                found["rules"] and (found["rules"]["budget"], found["rules"]["most"]),
                {card_of[item["id"]]: told_item(item) for item in found["items"]},
            )
            for found in snapshot["rounds"]
        },
        "results": {
            result["round"]: {
                "n": result["n"],
                "absent": result["absent"],
                "late": result["late"],
                "groups": [(group["sectors"], group["n"]) for group in result["groups"]],
                "items": {card_of[item["item"]]: (item["heads"], item["told"]["dots"]) for item in result["items"]},
            }
            for result in snapshot["results"]
        },
        "people": {
            person["id"]: (person["sector"], person["retired"], person["rounds"]) for person in snapshot["participants"]
        },
    }


def own(model: Model, pk: int) -> Picture:
    """Return what a person is told of themselves."""
    person = model.people[pk]
    opened = {card for round_ in model.rounds.values() if round_.opened for card in round_.cards}
    votes = {(where, what): vote for (where, what, who), vote in model.votes.items() if who == pk}
    return {
        "sector": person.sector,
        "retired": person.retired,
        "sector_fixed": any(who == pk for _, who in model.ballots),
        "cards": {
            card.id: ("" if card.reason else card.text, card.reason, card.id in opened)
            for card in model.cards.values()
            if card.author == pk and not card.gone
        },
        "votes": {place: (vote.value, vote.tap) for place, vote in votes.items()},
    }


def see_own(you: Picture, card_of: dict[str, str]) -> Picture:
    return {
        "sector": you["sector"],
        "retired": you["retired"],
        "sector_fixed": you["sector_fixed"],
        "cards": {card["id"]: (card["text"], card["reason"], card["fixed"]) for card in you["cards"]},
        "votes": {(vote["round"], card_of[vote["item"]]): (vote["value"], vote["tap"]) for vote in you["votes"]},
    }
