"""What the doctor says of one subject: how it is, and a sentence for whoever looks after the server."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    WELL = "well"
    WARNING = "warning"
    """The program works, but not for everybody, or not for long."""
    WRONG = "wrong"
    """A session cannot be held like this."""


@dataclass(frozen=True)
class Finding:
    state: State
    text: str


def well(text: str) -> Finding:
    return Finding(State.WELL, text)


def warning(text: str) -> Finding:
    return Finding(State.WARNING, text)


def wrong(text: str) -> Finding:
    return Finding(State.WRONG, text)
