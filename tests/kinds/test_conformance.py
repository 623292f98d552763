"""Every step kind keeps every promise, on both databases; and a kind that breaks one is found."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from sessions.ballots import Ballot, all_ballots
from sessions.domain import kind as registry
from sessions.domain import sessions as copying
from sessions.domain.kind import Input, Part, StepKind
from sessions.domain.viewer import Viewer
from sessions.enums import Audience
from sessions.exchange import contributions, votes
from sessions.exchange.files import FILES
from sessions.kinds import KINDS, Collect, Vote
from sessions.models import Round, Step

from ..depth import on_engines, on_one_engine
from .ballots import STORED_APART
from .conformance import (
    BY_BALLOT,
    BY_VARIANT,
    CHECKS,
    check_another_round,
    check_hidden,
    check_life,
    check_rows,
    check_settings,
)
from .scene import plain_example

pytestmark = pytest.mark.usefixtures("database")


def name(value: tuple[Any, ...]) -> str:
    subject, check = value[0], value[-1]
    return f"{subject.key}-{check.__name__.removeprefix('check_')}"


@on_engines(
    "kind, check",
    [(kind, check) for kind in KINDS for check in CHECKS],
    ids=name,
    # What is stored; settings are stored alike by all. The rest is the same code on both.
    on_postgresql=lambda value: (
        value[0].takes_answers
        and (value[1] in (check_life, check_rows) or (isinstance(value[0], Collect) and value[1] is check_settings))
    ),
)
def test_a_kind_keeps(kind: StepKind[Any], check: Callable[[StepKind[Any]], None]) -> None:
    check(kind)


@on_one_engine()
@pytest.mark.parametrize("check", BY_VARIANT, ids=lambda check: check.__name__.removeprefix("check_"))
@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        pytest.param(kind, settings, id=f"{kind.key}-{number}")
        for kind in KINDS
        for number, settings in enumerate(kind.variants)
        if settings
    ],
)
def test_a_kind_keeps_in_each_variant(
    kind: StepKind[Any], settings: dict[str, Any], check: Callable[..., None]
) -> None:
    check(kind, **settings)


@on_engines(
    "ballot, kind, check",
    [
        (ballot, kind, check)
        for ballot in all_ballots()
        for kind in KINDS
        if kind.input is Input.MARKS
        for check in BY_BALLOT
    ],
    ids=lambda value: f"{value[1].key}-{name(value)}",
    # A life and rows of every ballot are in test_ballots_stored.py as well.
    on_sqlite=lambda value: value[0].key in STORED_APART or value[2] in (check_hidden, check_another_round),
    on_postgresql=lambda value: value[0].key in STORED_APART and value[2] is check_another_round,
)
def test_a_kind_keeps_with_a_ballot(ballot: Ballot, kind: StepKind[Any], check: Callable[..., None]) -> None:
    check(kind, rules=json.loads(msgspec.json.encode(plain_example(ballot).rules)))


def is_vote(kind: StepKind[Any], settings: Mapping[str, Any]) -> bool:
    """Whether people vote in a step that is set like this, of which there is a result."""
    step = Step(kind=kind.key, settings=settings)
    return kind.input_of(step) is Input.MARKS and kind.has_result(step)


@on_one_engine()
@pytest.mark.parametrize("check", (check_hidden, check_another_round), ids=["hidden", "another_round"])
@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        pytest.param(kind, settings, id=f"{kind.key}-{number}")
        for kind in KINDS
        for number, settings in enumerate(kind.variants)
        if settings and is_vote(kind, settings)
    ],
)
def test_a_kind_keeps_where_its_settings_make_a_vote_of_it(
    kind: StepKind[Any], settings: dict[str, Any], check: Callable[..., None]
) -> None:
    check(kind, **settings)


# -- planted mistakes --------------------------------------------------------------------------------------------


@contextmanager
def instead(kind: StepKind[Any]) -> Iterator[StepKind[Any]]:
    """Let this be the kind of its key."""
    was = registry._kinds[kind.key]
    registry._kinds[kind.key] = kind
    try:
        yield kind
    finally:
        registry._kinds[kind.key] = was


class Blabbing(Collect):
    """Sends cards to the stage before the reveal."""

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        return (
            (Part.CARDS,)
            if viewer.audience is Audience.STAGE
            else super().may_see(step=step, round_=round_, viewer=viewer)
        )


class Counting(Vote):
    """Sends counts while people vote, though nobody was told that it would."""

    def is_live(self, step: Step) -> bool:
        return True


@on_one_engine()
@pytest.mark.parametrize("kind", [Blabbing(), Counting()], ids=["words", "numbers"])
def test_a_kind_that_sends_a_hidden_part_is_found(kind: StepKind[Any]) -> None:
    with instead(kind), pytest.raises(AssertionError, match="was told"):
        check_hidden(kind)


@on_one_engine()
@pytest.mark.parametrize(
    ("kind", "table"), [(Collect(), contributions.TABLE), (Vote(), votes.TABLE)], ids=["contributions", "votes"]
)
def test_an_export_row_too_few_is_found(kind: StepKind[Any], table: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = type(table).write

    def short(self: Any, scope: Any) -> Iterator[bytes]:
        lines = b"".join(whole(self, scope)).splitlines(keepends=True)
        rows = list(csv.DictReader(io.StringIO(b"".join(lines).decode("utf-8-sig"))))
        # Rows of people who gave nothing stand for nothing that is stored.
        lost = max(number for number, row in enumerate(rows, start=1) if row.get("first_at", "always"))
        yield b"".join(lines[:lost] + lines[lost + 1 :])

    name = table.name
    monkeypatch.setitem(FILES, name, FILES[name]._replace(write=lambda scope: short(table, scope)))
    with pytest.raises(AssertionError, match=name):
        check_rows(kind)


@on_one_engine()
def test_a_settings_field_that_the_copy_loses_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(name for name in copying._WORDS_AND_SETTINGS if name != "settings")
    monkeypatch.setattr(copying, "_WORDS_AND_SETTINGS", kept)
    with pytest.raises(AssertionError, match="the copy"):
        check_settings(Collect())
