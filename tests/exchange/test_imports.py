"""Votes of other programs come in whole or not at all, and figures of them are what their files say."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sessions.enums import Source
from sessions.models import Ballot, Item, Participant, Round, Session, Vote
from tests.factory import make_programme, make_session

pytestmark = pytest.mark.django_db

COMMENTS = """timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body
1,10,0,2,0,1,"More trees, and
benches"
2,2,0,0,1,1,Fewer cars
3,3,0,1,0,-1,Rude words
"""
VOTES = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,2,3,10
0,0,1,3,2,0,0,1,1
1,1,0,2,1,1,-1.0,,1
2,,0,0,0,0,,,
"""
PB = """META
key;value
description;Buurtbudget
vote_type;{kind}
language;nl
{more}
PROJECTS
project_id;cost;name
7;300;Bankjes
8;700;"Bomen; veel"
VOTES
voter_id;vote;points
a;7,8;2,3
b;8;5
"""


@pytest.fixture
def session() -> Session:
    return make_session(make_programme())


@pytest.fixture
def polis(tmp_path: Path) -> Path:
    (tmp_path / "comments.csv").write_text(COMMENTS)
    (tmp_path / "participants-votes.csv").write_text(VOTES)
    (tmp_path / "summary.csv").write_text('topic,"Our street"\n')
    return tmp_path


def take(path: Path, session: Session, *more: str, form: str = "polis") -> str:
    told = io.StringIO()
    call_command("import_data", str(path), "--format", form, "--into", session.code, *more, stdout=told)
    return told.getvalue()


def results(session: Session, *more: str) -> dict[str, Any]:
    told = io.StringIO()
    call_command("results", session.code, "--json", *more, stdout=told)
    found: dict[str, Any] = json.loads(told.getvalue())
    return found


def count_rows() -> list[int]:
    return [model._default_manager.count() for model in (Round, Item, Participant, Ballot, Vote)]


def test_a_polis_folder(polis: Path, session: Session) -> None:
    told = take(polis, session, "--groups", "0=onderwijs,1=overheden")
    assert told.splitlines()[0] == "read: 3 items, 3 people (2 of an O), 5 votes"
    assert [(item.source_id, item.text_en, item.hidden_at is None) for item in Item.objects.order_by("pk")] == [
        ("2", "Fewer cars", True),
        ("3", "Rude words", False),
        ("10", "More trees, and benches", True),
    ]
    assert session.steps.get().title_nl == "Our street"
    people = Participant.objects.order_by("pk").values_list("sector__key", "in_sector", "source")
    assert list(people)[:2] == [("onderwijs", True, Source.IMPORTED), ("overheden", True, Source.IMPORTED)]
    assert [in_sector for _, in_sector, _ in people] == [True, True, False]
    items = {item["source_id"]: item for item in results(session, "--raw")["rounds"][0]["items"]}
    # By hand: all of two O's agree with the first, one each: (1 + 1) / (1 + 2) twice.
    assert items["10"]["consensus"] == pytest.approx(4 / 9)
    assert [items["10"][name] for name in ("heads", "of", "share", "balanced")] == [2, 2, 1.0, 1.0]
    assert items["2"]["told"] == {"agree": 0, "pass": 1, "disagree": 1}


def test_a_dry_run_takes_nothing(polis: Path, session: Session) -> None:
    before = count_rows()
    assert "dry run" in take(polis, session, "--groups", "0=onderwijs,1=overheden", "--dry-run")
    assert count_rows() == before


REFUSED: list[tuple[str, str, Sequence[str], str]] = [
    ("participants-votes.csv", VOTES.replace("-1.0", "5"), (), "vote '5' on 2"),
    ("participants-votes.csv", VOTES.replace("n-disagree,2", "n-disagree,4"), (), "there is no such item"),
    ("participants-votes.csv", VOTES.replace("\n1,", "\n0,"), (), "person 0: comes twice"),
    ("participants-votes.csv", VOTES, ("--groups", "0=onderwijs"), "group 1: no O was named"),
    ("participants-votes.csv", VOTES, ("--groups", "0=onderwijs,1=bakkers"), "no O 'bakkers'"),
    ("comments.csv", COMMENTS.replace("Fewer cars", " "), (), "item 2: it has no text"),
    ("comments.csv", COMMENTS.replace("Fewer cars", "x" * 501), (), "item 2: its text has 501 characters"),
    ("comments.csv", COMMENTS.replace("2,2,0", "2,10,0"), (), "item 10: comes twice"),
]


@pytest.mark.parametrize(("name", "text", "more", "why"), REFUSED)
def test_what_is_refused_is_named_and_nothing_is_taken(
    polis: Path, session: Session, name: str, text: str, more: Sequence[str], why: str
) -> None:
    (polis / name).write_text(text)
    before, told = count_rows(), io.StringIO()
    with pytest.raises(CommandError, match="Nothing was taken"):
        call_command("import_data", str(polis), "--format", "polis", "--into", session.code, *more, stdout=told)
    assert why in told.getvalue()
    assert count_rows() == before


def test_a_session_with_people_takes_none(polis: Path, session: Session) -> None:
    sector = session.programme.sectors.first()
    assert sector is not None
    Participant.objects.create(session=session, sector=sector, joined_at=session.created_at)
    with pytest.raises(CommandError, match="Nothing was taken"):
        take(polis, session)


@pytest.mark.parametrize("agree", [1, -1])
def test_polis_json_by_either_sign(tmp_path: Path, session: Session, agree: int) -> None:
    comments = [{"tid": 1, "txt": "Trees", "mod": 1, "agree_count": 2, "is_meta": False, "lang": "nl"}]
    votes = [{"pid": 0, "tid": 1, "vote": agree}, {"pid": 1, "tid": 1, "vote": agree}, {"pid": 2, "tid": 1, "vote": 0}]
    clusters = {"id": [4, 5], "members": [[0, 1], [2]]}
    math = {"base-clusters": clusters, "group-clusters": [{"id": 0, "members": [4]}, {"id": 1, "members": [5]}]}
    for name, content in (("comments", comments), ("votes", votes), ("math-pca2", math)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    take(tmp_path, session, "--groups", "0=onderwijs,1=overheden")
    (item,) = results(session, "--raw")["rounds"][0]["items"]
    assert item["told"] == {"agree": 2, "pass": 1, "disagree": 0}
    assert [(told["sectors"], told["hits"], told["of"]) for told in item["support"]] == [
        (["onderwijs"], 2, 2),
        (["overheden"], 0, 1),
    ]


def test_pabulib_approval(tmp_path: Path, session: Session) -> None:
    (tmp_path / "a.pb").write_text(PB.format(kind="approval", more="max_length;2"))
    take(tmp_path / "a.pb", session, form="pabulib")
    told = results(session, "--raw", "--budget", "700")["rounds"][0]
    items = [(item["source_id"], item["price"], item["heads"]) for item in told["items"]]
    assert items == [("7", 300, 1), ("8", 700, 2)]
    assert told["n"] == told["of_no_o"] == 2
    assert [item["source_id"] for item in told["shortlist"]["count"]["items"]] == ["8"]


def test_pabulib_points(tmp_path: Path, session: Session) -> None:
    (tmp_path / "a.pb").write_text(PB.format(kind="cumulative", more="max_sum_points;5"))
    take(tmp_path / "a.pb", session, form="pabulib")
    told = results(session, "--raw")["rounds"][0]
    assert {item["source_id"]: item["told"]["points"] for item in told["items"]} == {"7": 2, "8": 8}


def test_points_over_the_sum_are_refused(tmp_path: Path, session: Session) -> None:
    (tmp_path / "a.pb").write_text(PB.format(kind="cumulative", more="max_sum_points;4"))
    with pytest.raises(CommandError, match="2 refused"):
        take(tmp_path / "a.pb", session, form="pabulib")


def test_small_groups_are_not_told(polis: Path, session: Session) -> None:
    take(polis, session, "--groups", "0=onderwijs,1=overheden")
    (told,) = results(session)["rounds"]
    assert told["n"] is None
    assert told["items"] == []


def test_a_small_rest_of_no_o_hides_the_groups(tmp_path: Path, session: Session) -> None:
    """Twelve people of two O's and two of none: the groups beside everyone would tell the two."""
    head = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,2,3,10\n"
    (tmp_path / "comments.csv").write_text(COMMENTS)
    shown = {}
    for rest in (0, 2, 5):
        groups = ["0"] * 6 + ["1"] * 6 + [""] * rest
        rows = "".join(f"{place},{group},0,3,3,0,1,1,1\n" for place, group in enumerate(groups))
        (tmp_path / "participants-votes.csv").write_text(head + rows)
        into = make_session(session.programme)
        take(tmp_path, into, "--groups", "0=onderwijs,1=overheden")
        shown[rest] = len(results(into)["rounds"][0]["groups_shown"])
    assert shown == {0: 2, 2: 0, 5: 2}
