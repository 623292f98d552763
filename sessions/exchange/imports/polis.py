"""Polis: the folder that its report page exports (CSV), or the answers of its API with its mathematics (JSON).

In exports +1 is agree, in Polis' database -1 is: of JSON the published count of agreement says which it is. Statements
that were moderated out come in hidden, with their votes. Groups: the column `group-id`, or `group-clusters` of
math-pca2.json.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ...ballots.opinion import OpinionRules
from ...ballots.words import AnswerWords
from ...domain.imported import ImportedItem, ImportedPerson, ImportedRound, Refusal
from .reading import Unreadable, read_csv, read_json, read_number, read_text

RULES = OpinionRules(
    agree=AnswerWords("Eens", "Agree"), disagree=AnswerWords("Oneens", "Disagree"), skip=AnswerWords("Sla over", "Pass")
)
_ABOUT = frozenset({"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
"""Columns of participants-votes.csv that are no statement."""
_HIDDEN = "-1"


def read_polis(path: Path, *, groups: Mapping[str, str]) -> ImportedRound:
    """Return the conversation of a folder. `groups`: group's number → key of an O; none: everybody counts in heads
    only. Raises Unreadable.
    """
    if (path / "participants-votes.csv").exists():
        return _read_csv_folder(path, groups=groups)
    if (path / "votes.json").exists():
        return _read_json_folder(path, groups=groups)
    raise Unreadable(f"{path} has neither participants-votes.csv nor votes.json")


class _Groups:
    """Which O somebody of a group is of; a group that nobody named is refused once."""

    def __init__(self, groups: Mapping[str, str], refused: list[Refusal]) -> None:
        self._groups, self._refused, self._missing = groups, refused, set[str]()

    def sector_of(self, group: str) -> str | None:
        if not group or not self._groups:
            return None
        if group not in self._groups and group not in self._missing:
            self._missing.add(group)
            self._refused.append(Refusal(f"group {group}", "no O was named for it: add it to --groups"))
        return self._groups.get(group)


def _read_csv_folder(path: Path, *, groups: Mapping[str, str]) -> ImportedRound:
    refused: list[Refusal] = []
    comments, rows = read_csv(path / "comments.csv"), read_csv(path / "participants-votes.csv")
    _need(path / "comments.csv", comments, ("comment-id", "comment-body", "moderated"))
    _need(path / "participants-votes.csv", rows, ("participant", "group-id"))
    items = [
        ImportedItem(row["comment-id"], row["comment-body"], hidden=row["moderated"] == _HIDDEN) for row in comments
    ]
    of = _Groups(groups, refused)
    people = []
    for row in rows:
        marks = {
            name: vote
            for name, cell in row.items()
            if name not in _ABOUT
            and cell.strip()
            and (vote := _read_vote(cell, row["participant"], name, refused)) is not None
        }
        people.append(ImportedPerson(row["participant"], of.sector_of(row["group-id"]), marks))
    return ImportedRound(_read_topic(path) or path.name, RULES, _sort(items), people, refused)


def _need(path: Path, rows: list[dict[str, str]], columns: Iterable[str]) -> None:
    lacking = [name for name in columns if not rows or name not in rows[0]]
    if lacking:
        raise Unreadable(f"{path} has no column {', '.join(lacking)}, or no row")


def _read_vote(cell: str, person: str, item: str, refused: list[Refusal]) -> int | None:
    vote = read_number(cell)
    if vote not in (-1, 0, 1):
        refused.append(Refusal(f"person {person}", f"vote {cell!r} on {item}: it is neither -1, 0 nor 1"))
        return None
    return vote


def _read_topic(path: Path) -> str:
    """Return the topic of summary.csv, whose lines are keys and values."""
    if not (path / "summary.csv").exists():
        return ""
    lines = csv.reader(io.StringIO(read_text(path / "summary.csv"), newline=""))
    return next((line[1] for line in lines if line[:1] == ["topic"] and len(line) > 1), "")


def _read_json_folder(path: Path, *, groups: Mapping[str, str]) -> ImportedRound:
    refused: list[Refusal] = []
    try:
        items = [
            ImportedItem(
                str(_either(row, "tid", "statement_id")),
                row["txt"],
                language=str(row.get("lang") or "en")[:2],
                hidden=str(_either(row, "mod", "moderated")) == _HIDDEN or bool(row.get("is_meta")),
            )
            for row in read_json(path / "comments.json")
        ]
        marks: dict[str, dict[str, int]] = {}
        votes = read_json(path / "votes.json")
        agree = _find_agree(path, comments=read_json(path / "comments.json"), votes=votes)
        for row in votes:
            person, item = str(_either(row, "pid", "participant_id")), str(_either(row, "tid", "statement_id"))
            vote = _read_vote(str(row["vote"]), person, item, refused)
            if item in marks.setdefault(person, {}):
                refused.append(Refusal(f"person {person}", f"has two votes on {item}"))
            if vote is not None:
                marks[person][item] = agree * vote
        group_of = _read_groups(path / "math-pca2.json")
        conversation = path / "conversation.json"
        topic = str(read_json(conversation).get("topic") or "") if conversation.exists() else ""
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{path} is not as Polis writes it: {error!r}") from error
    of = _Groups(groups, refused)
    order = sorted(marks, key=lambda name: (read_number(name) or 0, name))
    people = [ImportedPerson(name, of.sector_of(group_of.get(name, "")), marks[name]) for name in order]
    return ImportedRound(topic or path.name, RULES, _sort(items), people, refused)


def _find_agree(path: Path, *, comments: Iterable[Mapping[str, Any]], votes: Iterable[Mapping[str, Any]]) -> int:
    """Return which vote is agree, 1 or -1: the one that gives the published counts. Raises Unreadable."""
    cast = Counter((str(_either(row, "tid", "statement_id")), row["vote"]) for row in votes)
    told = {str(_either(row, "tid", "statement_id")): row["agree_count"] for row in comments}
    for agree in (1, -1):
        if all(cast[item, agree] == count for item, count in told.items()):
            return agree
    raise Unreadable(f"{path}: the votes do not give the published agree_count, by either sign")


def _either(row: Mapping[str, Any], *names: str) -> Any:
    return row[next((name for name in names if name in row), names[0])]


def _read_groups(path: Path) -> dict[str, str]:
    """Return person → group. A group holds base clusters, and a base cluster people."""
    if not path.exists():
        return {}
    found = read_json(path)
    base = dict(zip(found["base-clusters"]["id"], found["base-clusters"]["members"], strict=True))
    return {
        str(person): str(group["id"])
        for group in found["group-clusters"]
        for cluster in group["members"]
        for person in base[cluster]
    }


def _sort(items: list[ImportedItem]) -> list[ImportedItem]:
    """Return them in the order in which they were written."""
    return sorted(items, key=lambda item: (read_number(item.source_id) or 0, item.source_id))
