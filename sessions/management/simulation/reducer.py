"""The reducer in Python: applies frames to a client's state, as frontend/src/lib/state.ts does.

The simulation, the tests and the tools all know a session by this.
"""

from __future__ import annotations

from typing import Any

Doc = dict[str, Any]


def apply_shared(snapshot: Doc, event: Doc) -> None:
    """Change the snapshot as the event says."""
    match event["type"]:
        case "session.put":
            snapshot["session"] = event["session"]
            _keep_current(snapshot)
        case "step.put":
            _put(snapshot["steps"], event["step"])
        case "step.gone":
            gone = event["step"]
            rounds = {found["id"] for found in snapshot["rounds"] if found["step"] == gone}
            _drop(snapshot["steps"], {gone})
            _drop(snapshot["rounds"], rounds)
            _drop(snapshot["results"], rounds, by="round")
            _drop(snapshot["cards"], {gone}, by="step")
        case "step.revealed":
            _put(snapshot["steps"], event["step"])
            for card in event["cards"]:
                _put(snapshot["cards"], card)
            _put_round(snapshot, event["round"])
            if event["result"]:
                _put(snapshot["results"], event["result"], by="round")
        case "step.concealed":
            _put(snapshot["steps"], event["step"])
            if event["cards_gone"]:
                _drop(snapshot["cards"], {event["step"]["id"]}, by="step")
            _put_round(snapshot, event["round"])
            _drop(snapshot["results"], {event["step"]["round"]}, by="round")
        case "card.put":
            _put(snapshot["cards"], event["card"])
        case "card.gone":
            _drop(snapshot["cards"], {event["card"]})
        case "marks.put":
            for card in snapshot["cards"]:
                if card["id"] in event["cards"]:
                    card["sector"] = event["sector"]
                elif card["sector"] == event["sector"]:
                    card["sector"] = None
        case "round.put":
            _put_round(snapshot, event["round"])
            if not event["round"]["revealed"]:
                _drop(snapshot["results"], {event["round"]["id"]}, by="round")
        case "round.gone":
            _drop(snapshot["rounds"], {event["round"]})
            _drop(snapshot["results"], {event["round"]}, by="round")
        case "item.put" | "item.gone":
            for round_ in snapshot["rounds"]:
                if round_["id"] == event["round"]:
                    item = event["item"]
                    _put(round_["items"], item) if event["type"] == "item.put" else _drop(round_["items"], {item})
        case "result.put":
            _put(snapshot["results"], event["result"], by="round")
        case "participant.put":
            _put(snapshot["participants"], event["participant"])
        case unknown:
            raise AssertionError(f"no client knows {unknown}")


def apply_own(you: Doc, event: Doc) -> None:
    """Change `you` as the event says."""
    match event["type"]:
        case "you.card":
            _put(you["cards"], event["card"])
        case "you.card_gone":
            _drop(you["cards"], {event["card"]})
        case "you.vote":
            vote = event["vote"]
            same = [known for known in you["votes"] if (known["round"], known["item"]) == (vote["round"], vote["item"])]
            if not same or same[0]["tap"] <= vote["tap"]:
                you["votes"] = [known for known in you["votes"] if known not in same] + [vote]
                you["tap"] = max(you["tap"], vote["tap"])
            you["sector_fixed"] = event["sector_fixed"]
        case "you.vote_gone":
            gone = event["round"], event["item"]
            you["votes"] = [known for known in you["votes"] if (known["round"], known["item"]) != gone]
            you["tap"] = max((known["tap"] for known in you["votes"]), default=0)
        case "you.step_emptied":
            you["cards"] = [card for card in you["cards"] if card["step"] != event["step"]]
            you["votes"] = [vote for vote in you["votes"] if vote["round"] not in event["rounds"]]
            you["tap"] = max((vote["tap"] for vote in you["votes"]), default=0)
        case "you.done":
            you["done"] = event["done"]
        case "you.group":
            you["group"] = event["group"]
        case "you.group_card":
            _put(you["group"]["cards"], event["card"])
        case "you.group_card_gone":
            _drop(you["group"]["cards"], {event["card"]})
        case "you.member":
            you |= event["member"]
        case "you.put":
            you |= {name: event[name] for name in ("sector", "sector_fixed", "retired")}
        case unknown:
            raise AssertionError(f"no client knows {unknown}")


def apply_now(now: Doc, change: Doc) -> None:
    """Change the latest values as a frame says."""
    now |= {name: value for name, value in change.items() if name != "tally"}
    apply_tally(now.setdefault("tally", {}), change.get("tally", {}))


def apply_tally(tally: Doc, change: Doc) -> None:
    for round_, items in change.items():
        left = {item: counts for item, counts in (tally.get(round_, {}) | (items or {})).items() if counts is not None}
        if items is None or not left:
            tally.pop(round_, None)
        else:
            tally[round_] = left


def _keep_current(snapshot: Doc) -> None:
    """A phone holds some steps only, and of each its newest round."""
    current = snapshot["session"]["current"]
    if current is None:
        return
    snapshot["steps"] = [step for step in snapshot["steps"] if step["id"] in current]
    rounds = {step["round"] for step in snapshot["steps"]}
    snapshot["rounds"] = [found for found in snapshot["rounds"] if found["id"] in rounds]
    snapshot["results"] = [found for found in snapshot["results"] if found["round"] in rounds]


def _put_round(snapshot: Doc, round_: Doc | None) -> None:
    if round_ is not None:
        _put(snapshot["rounds"], round_)


def _put(things: list[Doc], thing: Doc, *, by: str = "id") -> None:
    things[:] = [known for known in things if known[by] != thing[by]] + [thing]


def _drop(things: list[Doc], names: set[str | None], *, by: str = "id") -> None:
    things[:] = [known for known in things if known[by] not in names]
