"""What an audience must not be sent: each frame is held against what the model says it may see."""

from __future__ import annotations

import json

from ..walking import walk
from .model import Model
from .model.items import words_of
from .visibility import Picture, show, tallies


class Secrets:
    """What an onlooker may be told at one moment: words, rounds with a result, rounds with a tally."""

    def __init__(self, model: Model, audience: str, *, own: set[str], tag: str = "") -> None:
        picture = show(model, audience)
        self.audience = audience
        self.threshold = model.threshold
        self.words = own | {title for *_, title, _ in picture["steps"].values()}
        self.words |= {text for text, *_ in picture["cards"].values()}
        self.words |= words_of(picture["rounds"].values())
        self.marks = {name: sector for name, (_, sector, *_) in picture["cards"].items()}
        self.results = set(picture["results"])
        self.tallies = set(tallies(model))
        self.people = {person.id for person in model.people.values()}
        self.tag = tag

    def check(self, frame: str, *, known: set[str], tags: set[str]) -> None:
        """Hold a frame against it. `known`: every word that was ever written, and so could leak."""
        document = json.loads(frame)
        values = list(walk(document))
        words = {value for value in values if isinstance(value, str)}
        leaked = words & known - self.words
        assert not leaked, f"a {self.audience} was sent {leaked}"
        if self.audience != "console":
            assert not words & self.people, f"a {self.audience} was told who somebody is"
            assert words & tags <= {self.tag}, f"a {self.audience} was told somebody's tag"
        for value in values:
            if isinstance(value, dict):
                self._check_numbers(value)

    def _check_numbers(self, value: Picture) -> None:
        keys = value.keys()
        if {"sectors", "n"} <= keys:
            assert value["n"] >= self.threshold, "a small group was shown"
        if {"round", "groups", "items"} <= keys:
            assert value["round"] in self.results, f"a {self.audience} was sent a result that is not revealed"
            assert value["n"] is None or value["n"] >= self.threshold
        if "tally" in keys:
            shown = {name for name, counts in value["tally"].items() if counts is not None}  # null takes one back
            assert shown <= self.tallies, f"a {self.audience} was sent a tally it may not see"
        if {"total", "groups"} <= keys:
            assert value["total"] is None or value["total"] >= self.threshold
        if {"step", "n", "of"} <= keys:
            assert all(n is None or n >= self.threshold for n in (value["n"], value["of"]))
        if {"rank", "language", "sector"} <= keys:
            assert value["sector"] == self.marks[value["id"]], "a card's mark was shown or left out"
            assert self.audience == "console" or value["at"] is None, "a card's time shows who wrote it"
        if self.audience != "console":
            assert not value.get("room"), "the room's numbers went out"
