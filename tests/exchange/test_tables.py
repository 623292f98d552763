"""The files of a session: every card, person and line of the log, and what each role gets."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.enums import Consent, Role
from sessions.exchange.files import files_for
from sessions.models import Pillar, Programme, Round, Sector, Session, Step

from .reading import export, rows
from .scene import Scene, make_evening, make_scene

pytestmark = pytest.mark.django_db


def test_every_card_has_a_row_in_its_state(evening: Scene) -> None:
    found = {row["contribution"]: row for row in rows(evening.session, "contributions.csv")}
    assert set(found) == {card.public_id for card in evening.cards}
    told = [
        (row["text"], row["state"], row["source"], row["sector"], row["pillar_number"], row["aspect"])
        for row in (found[card.public_id] for card in evening.cards)
    ]
    assert told == [
        ('\'=HYPERLINK("http://x","y")', "shown", "own", "onderwijs", "1", "hardware"),
        ("Een plein met eten,\nook als het 'regent' en \"waait\"", "shown", "own", "ondernemers", "2", "hardware"),
        ("'s Avonds licht op de fietsroute", "shown", "own", "overheden", "1", "software"),
        ("", "redacted", "own", "ondernemers", "1", "hardware"),
        ("", "withdrawn", "own", "onderwijs", "1", "hardware"),
        ("'-10 % huur voor starters", "shown", "scribed", "onderwijs", "1", "both"),
    ]
    assert [found[card.public_id]["participant"] for card in evening.cards] == [
        card.participant.public_id if card.participant else "" for card in evening.cards
    ]
    assert found[evening.cards[0].public_id]["created_at"] == "2026-03-12T18:02:10.250Z"
    assert b"Toch niet" not in export(evening.session, "contributions.csv")


def test_facilitators_get_no_author_no_seconds_and_no_mark_of_a_small_group(evening: Scene) -> None:
    found = {row["contribution"]: row for row in rows(evening.session, "contributions.csv", Role.FACILITATOR)}
    assert "participant" not in next(iter(found.values()))
    assert [found[card.public_id]["sector"] for card in evening.cards] == [
        "onderwijs",
        "ondernemers",
        "",
        "ondernemers",
        "onderwijs",
        "onderwijs",
    ]
    assert found[evening.cards[0].public_id]["created_at"] == "2026-03-12T18:02:00.000Z"


def test_a_retired_person_does_not_lift_a_group_over_the_threshold() -> None:
    scene = make_scene()
    writer = scene.join("onderzoek", n=4)[0]
    scene.join("onderzoek", retired=True)
    scene.write(writer, "Laboratorium open in de avond")
    assert [row["sector"] for row in rows(scene.session, "contributions.csv", Role.FACILITATOR)] == [""]


def test_the_only_person_of_a_group_left_and_the_card_stays_covered() -> None:
    """A card without a mark may then come from more than one group."""
    scene = make_scene()
    for sector in ("onderwijs", "onderzoek"):
        scene.write(scene.join(sector, n=5)[0], "Plein")
    scene.write(scene.join("overheden", retired=True)[0], "Fietsroute")
    found = {row["contribution"]: row["sector"] for row in rows(scene.session, "contributions.csv", Role.FACILITATOR)}
    assert [found[card.public_id] for card in scene.cards] == ["", "onderzoek", ""]


HELD = {"since", "until", "first_id"}
"""In which sessions a pillar or an O holds: the file has those that held in its own."""


def test_the_agenda_has_all_that_was_prepared(evening: Scene) -> None:
    """A field of a model is in session.json, or here with the reason why it is not."""
    evening.vote_step(position=9, cards=[])
    told = json.loads(export(evening.session, "session.json"))
    aside = {
        Session: {
            "locked",
            "approval",
            "sound",
            "bilingual",
            "now",
            "structure",
            "epoch",
            "undo",
            "stage",
            "message",
            "company",
            "erased_of",
            "created_at",
            "wiping_at",
            "deleting_at",
            "edition",
            "keep_until",
        },  # of now; the pillars and O's that held stand in the file themselves
        Step: {"position", "notes", "deadline", "paused_ms"},  # its place; the facilitators' own; a clock that runs
        Round: set(),
        Pillar: HELD,
        Sector: {"position", "chosen_shape", *HELD},
        Programme: {"languages", "archived_at", "edition", "privacy"},  # of the pages that set it up
    }
    renamed = {
        "public_id": "id",
        "sealed_confirmed": "confirmed",
        "sealed_of": "confirmed_of",
        "sealed_whole": "confirmed_whole",
    }
    for model, document in (
        (Session, told["session"]),
        (Step, told["steps"][0]),
        (Round, told["rounds"][0]),
        (Pillar, told["pillars"][0]),
        (Sector, told["sectors"][0]),
        (Programme, told["programme"]),
    ):
        names = {
            renamed.get(name, name)
            for field in model._meta.get_fields()
            if field.concrete and (name := field.name.removesuffix("_nl").removesuffix("_en"))
        }
        assert names - aside[model] - set(document) <= {"session", "programme", "id"}, model
    step = Step.objects.create(
        session=evening.session, kind="vote", position=12, title_nl="Stem", title_en="Vote", body_nl="Let op de tijd",
        body_en="Mind the time", settings={"budget": 4, "max_per_item": 2},
    )  # fmt: skip
    (last,) = [
        found for found in json.loads(export(evening.session, "session.json"))["steps"] if found["id"] == step.public_id
    ]
    assert last["body"] == {"nl": "Let op de tijd", "en": "Mind the time"}
    assert last["settings"] == {"live": False, "practice": False, "rules": {"ballot": "dots", "budget": 4, "most": 2}}


def test_participants_are_pseudonyms_only(evening: Scene) -> None:
    text = export(evening.session, "participants.csv").decode()
    found = rows(evening.session, "participants.csv")
    assert [row["participant"] for row in found] == sorted(row["participant"] for row in found)
    assert list(found[0]) == [
        "session", "session_code", "participant", "sector", "sector_nl", "sector_en", "source", "joined_at",
        "retired_at",
    ]  # fmt: skip
    for group in evening.people.values():
        for person in group:
            assert f'"{person.tag}"' not in text
            assert str(person.token_hash) not in text
    assert sum(bool(row["retired_at"]) for row in found) == 1


def test_the_log_names_people_by_pseudonym_and_members_by_number(evening: Scene) -> None:
    person, ann, ben = (
        evening.people["onderwijs"][0],
        evening.member(Role.CORE, "ann"),
        evening.member(Role.CORE, "ben"),
    )
    evening.log("step.opened", actor=ben, step=evening.collect.public_id)
    evening.log("card.written", actor=person, card=evening.cards[0].public_id)
    evening.log("step.closed", actor=ann, step=evening.collect.public_id)
    evening.log("sector.shown")
    lines = [json.loads(line) for line in export(evening.session, "events.jsonl").splitlines()]
    assert [(line["seq"], line["kind"], line["actor"]["kind"], line["actor"]["id"]) for line in lines] == [
        (1, "step.opened", "member", "member-1"),
        (2, "card.written", "participant", person.public_id),
        (3, "step.closed", "member", "member-2"),
        (4, "sector.shown", "system", None),
    ]
    assert lines[1]["at"] == "2026-03-12T18:00:32.250Z"
    assert "ann" not in export(evening.session, "events.jsonl").decode()


def test_ids_are_the_same_in_every_file(evening: Scene) -> None:
    cards, votes = rows(evening.session, "contributions.csv"), rows(evening.session, "votes.csv")
    people, results = rows(evening.session, "participants.csv"), rows(evening.session, "results.csv")
    agenda = json.loads(export(evening.session, "session.json"))
    card_of = {row["item"]: row["contribution"] for row in cards if row["item"]}
    assert {row["participant"] for row in votes} == {row["participant"] for row in people}
    assert {row["participant"] for row in cards} - {""} <= {row["participant"] for row in people}
    assert {(row["item"], row["contribution"]) for row in (*votes, *results)} == set(card_of.items())
    assert {row["round"] for row in votes} == {found["id"] for found in agenda["rounds"]}
    assert {row["step"] for row in (*cards, *votes)} <= {step["id"] for step in agenda["steps"]}
    assert {row["session"] for row in (*cards, *votes, *people, *results)} == {agenda["session"]["id"]}


def test_two_exports_are_the_same_bytes(evening: Scene) -> None:
    assert export(evening.session, "session.zip") == export(evening.session, "session.zip")


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (
            Role.CORE,
            ["README.txt", "datapackage.json", "contributions.csv", "results.csv", "words.csv", "votes.csv",
             "participants.csv", "events.jsonl", "session.json"],
        ),
        (
            Role.FACILITATOR,
            ["README.txt", "datapackage.json", "contributions.csv", "results.csv", "words.csv", "session.json"],
        ),
        (Role.STEERING, ["README.txt", "datapackage.json", "results.csv", "words.csv"]),
    ],
)  # fmt: skip
def test_the_zip_holds_what_the_role_may_have(evening: Scene, role: Role, names: list[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(export(evening.session, "session.zip", role))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == names
        readme = archive.read("README.txt").decode()
        for name in names[2:]:
            assert archive.read(name) == export(evening.session, name, role)
            assert readme.count(f"\n{name}\n") == 2
            if name.endswith(".csv"):
                header = next(csv.reader(io.StringIO(archive.read(name).decode())))
                assert all(f"    {key} " in readme for key in header)
    assert [found.name for found in files_for(role, consent=Consent.FULL)] == [
        "session.zip",
        "session.xlsx",
        *names[2:],
    ]


def test_a_session_in_which_nothing_happened_has_headers_only() -> None:
    scene = make_scene()
    for name in ("contributions.csv", "results.csv", "votes.csv", "participants.csv"):
        assert rows(scene.session, name) == []
        assert export(scene.session, name).startswith(b'"session",')
    assert export(scene.session, "events.jsonl") == b""


def test_the_number_of_queries_does_not_grow() -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            export(scene.session, "session.zip")
        return len(queries)

    scene = make_evening()
    before = count()
    cards = [scene.write(person, "Nog een kaart") for person in scene.join("onderzoek", n=10)]
    found = scene.vote_step(position=9, cards=cards)
    for person in scene.people["onderzoek"]:
        scene.vote(found, person, cards[0], cards[1])
        scene.log("vote.cast", actor=person)
    assert count() == before
