"""Every outlet that shows figures of a round to anybody but the core team, read as facts.

Screens (phone, stage, console; fresh and kept current by events), the pages that a phone asks for, live tallies, the
page to read along, the studio and results.csv of facilitators and the steering group, receipts. The console's list of
people and the core team's own files are exempt (METHODS.md section 5).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from sessions.ballots import Ballot
from sessions.ballots.ballot import Denominator
from sessions.domain import documents as doc
from sessions.domain.earlier import pack_earlier
from sessions.domain.log import LogEntry
from sessions.domain.reading_along import read_along
from sessions.domain.receipt import read_receipt
from sessions.domain.rendering import render_shared
from sessions.domain.snapshot import show_snapshot, show_tally
from sessions.domain.span import span_of
from sessions.domain.state import State
from sessions.enums import Audience, Role
from sessions.exchange.files import FILES
from sessions.exchange.scope import Scope
from sessions.models import Participant, Session
from sessions.models.ids import receipt_code, token_hash
from sessions.views.studio_data import list_sessions, tell_session

from .choices import ANSWERED, VOTES, name_figure


class Fact(NamedTuple):
    """`round`: none for a sum over all rounds of the session. `item`: none for a sum over all items. `group`: ids of
    O's, none for everyone. `balanced`: the value is a mean of the O's shares, over these groups, instead of a count.
    `key`: what is counted, where it is not the people with the full score.
    """

    round: str | None
    item: str | None
    group: frozenset[str] | None
    value: float
    balanced: tuple[frozenset[str], ...] = ()
    key: str = ""

    @property
    def figure(self) -> str:
        return name_figure(self.item, self.key)


def look(
    *, session: Session, kind: Ballot, state: State, entries: Sequence[LogEntry], tokens: Mapping[int, str]
) -> Iterator[Fact]:
    """Yield what is shown now. `state`: of a screen that has been there; `entries`: what it heard since."""
    for known in (state, State.load(session.pk)):
        for audience in Audience:
            snapshot = show_snapshot(known, audience, doc.NowDoc())
            yield from _walk(kind, msgspec.to_builtins(snapshot))
        for page in pack_earlier(known, seq=0):
            yield from _walk(kind, json.loads(page))
        for round_, counts in show_tally(known).items():
            for item, count in (counts or {}).items():
                if count is not None:
                    yield from _read_tally(kind, round_, item, count)
    for entry in entries:
        for audience in Audience:
            for event in render_shared(state, entry, audience, span_of(entries)):
                yield from _walk(kind, msgspec.to_builtins(event))
    for role in (Role.FACILITATOR, Role.STEERING):
        fresh = Session.objects.select_related("programme").get(pk=session.pk)
        yield from _read_studio(kind, fresh, role)
        yield from _read_file(kind, fresh, role)
    yield from _read_receipts(session, tokens)
    for step in read_along(session.pk).steps:
        for round_ in step.rounds:
            yield from _read_result(kind, msgspec.to_builtins(round_.result))


def _read_tally(kind: Ballot, round_: str, item: str, count: Sequence[int]) -> Iterator[Fact]:
    """A ballot tells the full scores before what else it tells, or only that."""
    keys = [told.key for told in kind.told]
    names = keys if len(count) == len(keys) else ["", *keys]
    for key, number in zip(names, count, strict=True):
        yield Fact(round_, item, None, number, key=key)


def _walk(kind: Ballot, thing: Any) -> Iterator[Fact]:
    """Yield the facts of every result in a document."""
    if isinstance(thing, dict):
        if {"round", "groups", "items", "absent"} <= thing.keys():
            yield from _read_result(kind, thing)
        for value in thing.values():
            yield from _walk(kind, value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _walk(kind, value)


def _read_result(kind: Ballot, result: dict[str, Any]) -> Iterator[Fact]:
    if result["n"] is None:
        return
    groups = tuple(frozenset(group["sectors"]) for group in result["groups"])
    for key, number in result["told"].items():
        # Where items have their own denominators, the sum is of those that are shown: it tells nothing more.
        if kind.of is Denominator.ROUND or number != sum(item["told"][key] for item in result["items"]):
            yield Fact(result["round"], None, None, number, key=key)
    for item in result["items"]:
        yield from _read_item(kind, result["round"], item["item"], None, item["heads"], item["of"], item["told"])
        # Where too few of a group answered an item, it has no figures per group.
        for group, heads, of in zip(groups, item["group_heads"], item["group_of"], strict=False):
            yield from _read_item(kind, result["round"], item["item"], group, heads, of, {})
        if item["balanced"] is not None:
            yield Fact(result["round"], item["item"], None, round(item["balanced"], 9), groups)


def _read_item(
    kind: Ballot, round_: str, item: str, group: frozenset[str] | None, heads: int, of: int, told: Mapping[str, int]
) -> Iterator[Fact]:
    yield Fact(round_, item, group, heads)
    if kind.of is Denominator.ITEM:
        yield Fact(round_, item, group, of, key=ANSWERED)
    for key, number in told.items():
        yield Fact(round_, item, group, number, key=key)


def _read_studio(kind: Ballot, session: Session, role: Role) -> Iterator[Fact]:
    ids = {sector.key: sector.public_id for sector in session.programme.sectors.all()}
    for told in tell_session(session=session, role=role)["rounds"]:
        groups = [frozenset(ids[key] for key in group["sectors"]) for group in told["groups"]]
        for item in told["items"]:
            yield from _read_item(kind, told["id"], item["id"], None, item["heads"], item["of"], item["told"])
            for group, found, share in zip(groups, told["groups"], item["shares"], strict=False):
                if kind.of is Denominator.ROUND:
                    yield Fact(told["id"], item["id"], group, round(share["share"] * found["n"]))
                else:
                    yield Fact(told["id"], item["id"], None, round(share["share"], 9), (group,))
    votes = list_sessions(session.programme, role=role, only=session)[0].votes
    if votes is not None:
        yield Fact(None, None, None, votes, key=VOTES)


def _read_file(kind: Ballot, session: Session, role: Role) -> Iterator[Fact]:
    ids = {sector.key: sector.public_id for sector in session.programme.sectors.all()}
    text = b"".join(FILES["results.csv"].write(Scope(session=session, role=role))).decode()
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        if row["heads"]:
            group = None if row["group"] == "all" else frozenset(ids[key] for key in row["group"].split("+"))
            told = {told.key: int(row[told.key]) for told in kind.told if row[told.key]}
            yield from _read_item(kind, row["round"], row["item"], group, int(row["heads"]), int(row["of"]), told)


def _read_receipts(session: Session, tokens: Mapping[int, str]) -> Iterator[Fact]:
    """One person's receipt: what came of their own dots is of everyone."""
    for person, token in list(tokens.items())[:2]:
        code = receipt_code(token)
        Participant.objects.filter(pk=person, receipt_hash=None).update(receipt_hash=token_hash(code))
        found = read_receipt(code)
        for step in found.steps if found else []:
            for vote in step.votes:
                if vote.outcome.n is not None:
                    yield Fact(vote.round, vote.item, None, vote.outcome.heads)
