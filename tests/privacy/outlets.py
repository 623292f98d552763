"""Every outlet that shows figures of a round to anybody but the core team, read as facts.

Screens (phone, stage, console; fresh and kept current by events), the pages that a phone asks for, live tallies, the
page to read along, the studio's page, results.csv, the pictures and the report of facilitators and the steering group,
receipts, and what `manage.py results` prints. The console's list of people and the core team's own files are exempt
(METHODS.md section 5).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sessions.ballots.ballot import Denominator
from sessions.ballots.graded import GradedBallot
from sessions.ballots.points import Points
from sessions.domain import documents as doc
from sessions.domain.earlier import pack_earlier
from sessions.domain.log import LogEntry
from sessions.domain.reading_along import read_along
from sessions.domain.receipt import read_receipt
from sessions.domain.rendering import render_shared
from sessions.domain.results_told import tell_results
from sessions.domain.snapshot import show_snapshot, show_tally
from sessions.domain.span import span_of
from sessions.domain.state import State
from sessions.enums import Audience, Role
from sessions.exchange.files import FILES
from sessions.exchange.scope import Scope
from sessions.models import Participant, Session
from sessions.models.ids import receipt_code, token_hash
from sessions.views.studio_data import list_sessions, tell_session

from .choices import ANSWERED, VOTES, Played, name_bar, name_sum
from .facts import Fact, read_item, read_share, tell_balanced
from .printed import read_printed


def look(
    *, session: Session, played: Played, state: State, entries: Sequence[LogEntry], tokens: Mapping[int, str]
) -> Iterator[Fact]:
    """Yield what is shown now. `state`: of a screen that has been there; `entries`: what it heard since."""
    for known in (state, State.load(session.pk)):
        for audience in Audience:
            snapshot = show_snapshot(known, audience, doc.NowDoc())
            yield from _walk(played, msgspec.to_builtins(snapshot))
        for page in pack_earlier(known, seq=0):
            yield from _walk(played, json.loads(page))
        for round_, counts in show_tally(known).items():
            for item, count in (counts or {}).items():
                if count is not None:
                    yield from _read_tally(played, round_, item, count)
    for entry in entries:
        for audience in Audience:
            for event in render_shared(state, entry, audience, span_of(entries)):
                yield from _walk(played, msgspec.to_builtins(event))
    for role in (Role.FACILITATOR, Role.STEERING):
        fresh = Session.objects.select_related("programme").get(pk=session.pk)
        yield from _read_studio(played, fresh, role)
        yield from _read_file(played, fresh, role)
        yield from read_printed(session=fresh, played=played, role=role)
    yield from _read_receipts(session, tokens)
    yield from _read_command(played, Session.objects.select_related("programme").get(pk=session.pk))
    for step in read_along(session.pk).steps:
        for round_ in step.rounds:
            yield from _read_result(played, msgspec.to_builtins(round_.result))


def _read_tally(played: Played, round_: str, item: str, count: Sequence[int]) -> Iterator[Fact]:
    for key, number in zip(_name_tally(played, len(count)), count, strict=True):
        if key is not None:
            yield Fact(round_, item, None, number, key=key)


def _name_tally(played: Played, n: int) -> list[str | None]:
    """Return what the numbers of a live count are. None: of how many people."""
    if isinstance(played.kind, GradedBallot):
        criteria = len(played.kind.criteria(played.rules))
        sums = [name_sum(criterion) for criterion in range(criteria)]
        return ["seen", ANSWERED, *sums, *(name_bar(0, bar) for bar in range(n - 2 - criteria))]
    if played.has_parts:
        if isinstance(played.kind, Points):
            return [*played.told, None]
        return ["", *played.told, *([name_sum(0)] if played.has_means else [])]
    # The full scores before what else it tells, or only one of these.
    return list(played.told) if n == len(played.told) != 1 else ["", *played.told][:n]


def _walk(played: Played, thing: Any) -> Iterator[Fact]:
    """Yield the facts of every result in a document."""
    if isinstance(thing, dict):
        if {"round", "groups", "items", "absent"} <= thing.keys():
            yield from _read_result(played, thing)
        for value in thing.values():
            yield from _walk(played, value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _walk(played, value)


def _read_result(played: Played, result: dict[str, Any]) -> Iterator[Fact]:
    if result["n"] is None:
        return
    groups = tuple(frozenset(group["sectors"]) for group in result["groups"])
    for key, number in result["told"].items():
        if key not in played.told:
            continue
        # Where items have their own denominators, the sum is of those that are shown: it tells nothing more.
        if played.kind.of is Denominator.ROUND or number != sum(item["told"][key] for item in result["items"]):
            yield Fact(result["round"], None, None, number, key=key)
    for item in result["items"]:
        name = item["item"]
        yield from read_item(played, result["round"], name, None, item["heads"], item["of"], item["told"])
        yield from read_share(played, result["round"], name, None, item["share"], item["of"])
        # Where too few of a group answered an item, it has no figures per group.
        for at, (group, of) in enumerate(zip(groups, item["group_of"], strict=False)):
            heads = item["group_heads"][at] if item["group_heads"] else None
            yield from read_item(played, result["round"], name, group, heads, of, {})
            yield from read_share(played, result["round"], name, group, item["shares"][at], of)
        if item["balanced"] is not None:
            yield tell_balanced(played, result["round"], name, item["balanced"], groups)
        if played.has_means:
            yield from _read_means(played, result["round"], name, groups, item)


def _read_means(
    played: Played, round_: str, name: str, groups: tuple[frozenset[str], ...], item: Mapping[str, Any]
) -> Iterator[Fact]:
    of_all = (item | item["told"])[played.mean_of]
    for criterion, mean in enumerate(item["means"]):
        yield Fact(round_, name, None, round(mean["mean"] * of_all), key=name_sum(criterion))
        for at, (group, own) in enumerate(zip(groups, mean["groups"], strict=False)):
            # A mean of a group of which nothing else is told is of too few of its people: it counts nothing shown.
            of = item["group_of"][at] if item["group_of"] else None
            yield Fact(round_, name, group, own if of is None else round(own * of), key=name_sum(criterion))
            if of is None:
                yield Fact(round_, name, group, -1, key=ANSWERED)
        for bar, people in enumerate(mean["histogram"]):
            yield Fact(round_, name, None, people, key=name_bar(criterion, bar))


def _read_studio(played: Played, session: Session, role: Role) -> Iterator[Fact]:
    ids = {sector.key: sector.public_id for sector in session.programme.sectors.all()}
    for told in tell_session(session=session, role=role)["rounds"]:
        groups = [frozenset(ids[key] for key in group["sectors"]) for group in told["groups"]]
        for item in told["items"]:
            yield from read_item(played, told["id"], item["id"], None, item["heads"], item["of"], item["told"])
            yield from read_share(played, told["id"], item["id"], None, item["all"]["share"], item["of"])
            if item["balanced"] is not None:
                yield tell_balanced(played, told["id"], item["id"], item["balanced"], tuple(groups))
            if played.has_means:
                # Of how many of a group its mean is, the page does not say: no more than the mean of everyone is read.
                means = [mean | {"groups": []} for mean in item["means"]]
                yield from _read_means(played, told["id"], item["id"], (), item | {"means": means, "group_of": []})
            for group, found, share in zip(groups, told["groups"], item["shares"], strict=False):
                if played.kind.of is Denominator.ITEM:
                    yield tell_balanced(played, told["id"], item["id"], share["share"], (group,))
                elif played.has_parts:
                    yield from read_share(played, told["id"], item["id"], group, share["share"], found["n"])
                else:
                    yield Fact(told["id"], item["id"], group, round(share["share"] * found["n"]))
    votes = list_sessions(session.programme, role=role, only=session)[0].votes
    if votes is not None:
        yield Fact(None, None, None, votes, key=VOTES)


def _read_file(played: Played, session: Session, role: Role) -> Iterator[Fact]:
    ids = {sector.key: sector.public_id for sector in session.programme.sectors.all()}
    text = b"".join(FILES["results.csv"].write(Scope(session=session, role=role))).decode()
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        if row["share"] or row["mean"]:
            group = None if row["group"] == "all" else frozenset(ids[key] for key in row["group"].split("+"))
            told = {key: int(row[key]) for key in played.told if row[key]}
            heads = int(row["heads"]) if row["heads"] else None
            yield from read_item(played, row["round"], row["item"], group, heads, int(row["of"]), told)
            if row["share"]:
                yield from read_share(played, row["round"], row["item"], group, float(row["share"]), int(row["of"]))
            if row["mean"] and played.has_means:
                yield from _read_row_of_mean(row, group, int(row[played.mean_of]))


def _read_row_of_mean(row: Mapping[str, str], group: frozenset[str] | None, of: int) -> Iterator[Fact]:
    criterion = int(row["criterion"] or 1) - 1
    yield Fact(row["round"], row["item"], group, round(float(row["mean"]) * of), key=name_sum(criterion))
    for bar, people in enumerate(row["histogram"].split()):
        yield Fact(row["round"], row["item"], None, int(people), key=name_bar(criterion, bar))


def _read_command(played: Played, session: Session) -> Iterator[Fact]:
    """What `manage.py results --json` prints. What it makes of whole ballots is tried in test_results_told.py."""
    ids = {sector.key: sector.public_id for sector in session.programme.sectors.all()}
    for told in tell_results(session=session, raw=False, k=1)["rounds"]:
        name = told["round"]
        groups = [frozenset(ids[key] for key in group["sectors"]) for group in told.get("groups_shown", [])]
        for item in told["items"]:
            yield from read_item(played, name, item["item"], None, item["heads"], item["of"], item["told"])
            yield from read_share(played, name, item["item"], None, item["share"], item["of"])
            for one in item["support"]:
                group = frozenset(ids[key] for key in one["sectors"])
                yield from read_item(played, name, item["item"], group, one["hits"], one["of"], {})
            if item["balanced"] is not None:
                yield tell_balanced(played, name, item["item"], item["balanced"], tuple(groups))
        for group, typical in zip(groups, told.get("typical") or [], strict=False):
            for line in typical["items"]:
                key = "" if line["agrees"] else "disagree"
                yield Fact(name, line["item"], group, line["hits"], key=key)


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
