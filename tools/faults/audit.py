"""Audit: compares stored rows and every screen with what was acknowledged."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from sessions.models.ids import token_hash
from tests.server import RunningServer

from .client import Client
from .crowd import Crowd
from .stand import by_hand


@dataclass
class Row:
    """One line of build/faults.json. `missed`: the musts that were not kept; a row that was skipped says why."""

    fault: str
    run: int
    sent: int = 0
    acknowledged: int = 0
    stored: int = 0
    lost: int = 0
    doubled: int = 0
    sockets_closed: int = 0
    refused: int = 0
    lag_s: float = 0.0
    recovery_s: float = 0.0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str = ""

    def must(self, kept: object, sentence: str) -> None:
        if not kept:
            self.missed.append(sentence)

    @property
    def is_kept(self) -> bool:
        return not (self.lost or self.doubled or self.missed)

    def as_json(self) -> dict[str, Any]:
        found = asdict(self)
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}


@dataclass
class Stored:
    """What the database holds of the session, read on a new connection."""

    seqs: list[int]
    newest: int
    keys: list[tuple[str, int]]
    cards: dict[str, str]
    votes: dict[str, dict[str, int]]
    """Hash of the person's token → item → dots."""
    vote_rows: int


async def audit(row: Row, crowd: Crowd) -> None:
    """Add the crowd to the row's counts; say what differs. It has settled and is still connected."""
    server = crowd.stand.first
    given = crowd.given()
    row.sent += len(given)
    row.acknowledged += sum(answer.seq is not None for _, answer in given)
    row.sockets_closed = sum(len(client.closed) for client in crowd.everybody)
    row.refused = sum(client.refused.total() for client in crowd.everybody)
    row.lag_s = lag(crowd)
    row.must(row.acknowledged == row.sent, f"{row.sent - row.acknowledged} answers were never acknowledged")
    row.missed += [f"a {role} counted other dots than were acknowledged" for role in crowd.were_behind]
    for client in crowd.everybody:
        row.missed += [f"{client.role}: {trouble}" for trouble in client.trouble]

    stored = await by_hand(lambda: read_stored(server, crowd.code))
    _count(row, crowd, stored)
    await _compare_screens(row, crowd)
    _compare_result(row, crowd)


def read_stored(server: RunningServer, code: str) -> Stored:
    from sessions.models import Contribution, Event, Session, Vote

    with server.database():
        session = Session.objects.get(code=code)
        events = list(session.events.order_by("seq").values_list("seq", "key"))
        votes: dict[str, dict[str, int]] = {}
        rows = Vote.objects.filter(participant__session=session).values_list(
            "participant__token_hash", "round_item__item__public_id", "value"
        )
        for token, item, value in rows:
            votes.setdefault(str(token), {})[item] = value
        return (
            Stored(
                seqs=[seq for seq, _ in events],
                newest=session.seq,
                keys=[(str(key if isinstance(key, UUID) else UUID(str(key))), seq) for seq, key in events if key],
                cards=dict(Contribution.objects.filter(session=session).values_list("public_id", "text")),
                votes=votes,
                vote_rows=len(rows),
            )
            if Event.objects.filter(session=session).exists()
            else Stored([], session.seq, [], {}, {}, 0)
        )


def _count(row: Row, crowd: Crowd, stored: Stored) -> None:
    times, seq_of = Counter(key for key, _ in stored.keys), dict(stored.keys)
    texts = Counter(stored.cards.values())
    for _, answer in crowd.given():
        row.stored += min(1, times[answer.key])
        row.doubled += max(0, times[answer.key] - 1)
        if answer.seq is None:
            continue
        is_there = seq_of.get(answer.key) == answer.seq
        if answer.do == "card.write":
            is_there = is_there and stored.cards.get(answer.id or "") == answer.content["text"]
            row.doubled += max(0, texts[answer.content["text"]] - 1)
        row.lost += not is_there
    for writer in crowd.writers:
        wanted = crowd.expected_votes(writer)
        found = stored.votes.get(_token_hash(writer), {})
        if wrong := {item for item in wanted.keys() | found.keys() if wanted.get(item) != found.get(item)}:
            row.lost += len(wrong)
            row.missed.append(f"dots of one person differ on {len(wrong)} items")
    row.must(stored.seqs == list(range(1, stored.newest + 1)), "the log's numbers are not contiguous")
    row.must(row.stored == row.acknowledged, f"{row.stored} stored, {row.acknowledged} acknowledged")


async def _compare_screens(row: Row, crowd: Crowd) -> None:
    """Everybody's screen, and a fresh one of the same person from every process, know the same."""
    fresh: dict[tuple[str, str], dict[str, Any]] = {}
    for base in crowd.stand.bases:
        for client in [*crowd.watchers, crowd.lead, *crowd.writers[:3]]:
            person = _token_hash(client) if client.role == "phone" else ""
            if (base, client.role + person) not in fresh:
                anew = await crowd.fresh(client, base)
                fresh[base, client.role + person] = anew.state()
                await anew.stop()
            wanted = fresh[base, client.role + person]
            known = client.state()
            if client in crowd.writers:  # acknowledgements told it of its own votes
                known.pop("you")
                wanted = {name: value for name, value in wanted.items() if name != "you"}
            if crowd.is_upgraded:
                wanted = without_news(wanted, known)
            for part in known:
                if known[part] != wanted[part]:
                    row.missed.append(f"a {client.role} differs from a fresh snapshot in {part}")
    for writer in crowd.writers[:3]:
        you = fresh[crowd.stand.bases[0], "phone" + _token_hash(writer)]["you"]
        dots = {vote["item"]: vote["value"] for vote in you["votes"] if vote["round"] == crowd.round}
        row.must(dots == crowd.expected_votes(writer), "a phone that comes back is shown other dots than acknowledged")


def without_news(fresh: Any, known: Any) -> Any:
    """Return what a fresh screen knows without the fields that one from before an upgrade has never heard of."""
    if isinstance(fresh, dict) and isinstance(known, dict):
        return {name: without_news(value, known[name]) for name, value in fresh.items() if name in known}
    if isinstance(fresh, list) and isinstance(known, list) and len(fresh) == len(known):
        return [without_news(*pair) for pair in zip(fresh, known, strict=True)]
    return fresh


def _compare_result(row: Row, crowd: Crowd) -> None:
    """The numbers revealed are those of the acknowledged dots, on every screen."""
    counts = crowd.expected_counts()
    for client in crowd.everybody:
        found = [result for result in client.snapshot["results"] if result["round"] == crowd.round]
        if len(found) != 1:
            row.missed.append(f"a {client.role} has {len(found)} results")
            continue
        for item in found[0]["items"]:
            is_right = (item["heads"], item["told"]["dots"]) == counts.get(item["item"], (0, 0))
            row.must(is_right, f"a {client.role} shows another result than was acknowledged")
        row.must(found[0]["n"] == len(crowd.writers) + crowd.guests, f"a {client.role} shows n = {found[0]['n']}")


def lag(crowd: Crowd, *, since: float = 0.0, until: float = float("inf")) -> float:
    """Return the longest time from an acknowledgement to the last screen that shows it: cards on consoles, tallies
    everywhere. Only answers acknowledged between these moments."""
    worst = 0.0
    for client in crowd.watchers:
        for _, answer in crowd.given():
            if answer.seq is None or not since <= answer.acknowledged_at <= until:
                continue
            is_card = answer.do == "card.write"
            if is_card and client.role != "console":
                continue
            told = client.known if is_card else client.shown
            at = next((moment for number, moment in told if number >= answer.seq), None)
            worst = max(worst, 0.0 if at is None else at - answer.acknowledged_at)
    return worst


def _token_hash(client: Client) -> str:
    return token_hash(next(value for name, value in client.cookies.items() if name.startswith("p_")))
