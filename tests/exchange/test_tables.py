from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.domain.publication import compare_with_chance, remember_comparison
from sessions.enums import Role
from sessions.exchange.files import FILES, files_for, read_file
from sessions.exchange.spool import read_pieces
from sessions.models import Pillar, Programme, Round, RoundItem, Sector, Session, Step

from .scene import FOUR, Scene, later, make_evening, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening() -> Scene:
    return make_evening()


def export(session: Session, name: str, role: Role = Role.CORE) -> bytes:
    return b"".join(read_pieces(lambda: read_file(found=FILES[name], session_id=session.pk, role=role)))


def rows(session: Session, name: str, role: Role = Role.CORE) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(session, name, role).decode(), newline=""), strict=True))


# -- contributions -----------------------------------------------------------------------------------------------


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


# -- votes -------------------------------------------------------------------------------------------------------


def test_one_row_per_person_and_item_of_every_opened_round(evening: Scene) -> None:
    evening.vote_step(position=7, cards=evening.cards[:1], opened_at=None, closed_at=None, rules=None)
    found = rows(evening.session, "votes.csv")
    people = sum(len(group) for group in evening.people.values())
    assert len(found) == people * (4 + 2)
    assert len({(row["round"], row["item"], row["participant"]) for row in found}) == len(found)
    assert sum(int(row["value"]) for row in found) == 10 + 5 + 3 + 2 + 1 + 1


def test_what_was_taken_back_and_what_was_never_touched_are_told_apart(evening: Scene) -> None:
    found = rows(evening.session, "votes.csv")
    first, second = dict.fromkeys(row["round"] for row in found)
    took_back, silent = evening.people["overheden"][1].public_id, evening.people["onderwijs"][5].public_id

    def of(person: str, name: str) -> list[tuple[str, str, bool]]:
        return sorted(
            (row["took_part"], row["value"], bool(row["first_at"]))
            for row in found
            if row["participant"] == person and row["round"] == name
        )

    assert of(took_back, first) == [("true", "0", False)] * 3 + [("true", "0", True)]
    assert of(took_back, second) == [("false", "0", False)] * 2
    assert of(silent, first) == [("false", "0", False)] * 4


def test_a_replaced_person_is_told_apart_and_not_counted(evening: Scene) -> None:
    ghost = evening.people["ondernemers"][5].public_id
    told = {
        (row["participant_state"], row["took_part"], row["counted"])
        for row in rows(evening.session, "votes.csv")
        if row["participant"] == ghost
    }
    assert told == {("retired", "true", "false"), ("retired", "false", "false")}


def test_positions_are_each_persons_own_order(evening: Scene) -> None:
    orders: dict[tuple[str, str], dict[int, str]] = {}
    for row in rows(evening.session, "votes.csv"):
        orders.setdefault((row["round"], row["participant"]), {})[int(row["position"])] = row["item"]
    assert all(sorted(order) == list(range(1, len(order) + 1)) for order in orders.values())
    assert len({tuple(order[place] for place in sorted(order)) for order in orders.values()}) > 2


def test_a_vote_counts_for_the_group_its_ballot_names(evening: Scene) -> None:
    moved = evening.people["onderwijs"][0]
    moved.sector = evening.sectors["overheden"]
    moved.save()
    told = {
        row["took_part"]: row["sector"]
        for row in rows(evening.session, "votes.csv")
        if row["participant"] == moved.public_id
    }
    assert told == {"true": "onderwijs"}
    (person,) = [row for row in rows(evening.session, "participants.csv") if row["participant"] == moved.public_id]
    assert person["sector"] == "overheden"


# -- results -----------------------------------------------------------------------------------------------------


def test_results_by_hand(evening: Scene) -> None:
    # 15 counted: onderwijs 5, ondernemers 5, onderzoek 3 + overheden 2 pooled. Item a: 5 of onderwijs, 1 of the pool;
    # b: 5 of onderwijs, 5 of ondernemers; c: 4 of the pool; d: only the ghost.
    first = rows(evening.session, "results.csv", Role.STEERING)
    cards = {card.public_id: letter for card, letter in zip(evening.cards, "abcd", strict=False)}
    told = [
        (cards[row["contribution"]], row["place"], row["group"], row["n"], row["heads"], row["dots"], row["share"],
         row["balanced"], row["spread"])
        for row in first
    ]  # fmt: skip
    pool = "onderzoek+overheden"
    assert told == [
        ("b", "1", "all", "15", "10", "10", "0.666667", "0.500000", "1.000000"),
        ("b", "1", "onderwijs", "5", "5", "", "1.000000", "", ""),
        ("b", "1", pool, "5", "0", "", "0.000000", "", ""),
        ("b", "1", "ondernemers", "5", "5", "", "1.000000", "", ""),
        ("c", "2", "all", "15", "4", "4", "0.266667", "0.400000", "0.800000"),
        ("c", "2", "onderwijs", "5", "0", "", "0.000000", "", ""),
        ("c", "2", pool, "5", "4", "", "0.800000", "", ""),
        ("c", "2", "ondernemers", "5", "0", "", "0.000000", "", ""),
        ("a", "3", "all", "15", "6", "6", "0.400000", "0.350000", "1.000000"),
        ("a", "3", "onderwijs", "5", "5", "", "1.000000", "", ""),
        ("a", "3", pool, "5", "1", "", "0.200000", "", ""),
        ("a", "3", "ondernemers", "5", "0", "", "0.000000", "", ""),
        ("d", "4", "all", "15", "0", "0", "0.000000", "0.000000", "0.000000"),
        ("d", "4", "onderwijs", "5", "0", "", "0.000000", "", ""),
        ("d", "4", pool, "5", "0", "", "0.000000", "", ""),
        ("d", "4", "ondernemers", "5", "0", "", "0.000000", "", ""),
    ]
    assert {row["text"] for row in first if cards[row["contribution"]] == "d"} == {""}
    # 10 of 15, Wilson at 90 %: (2/3 + 2.7055/30 ± 1.6449 √(2/135 + 2.7055/900)) / (1 + 2.7055/15).
    assert (first[0]["low"][:6], first[0]["high"][:6]) == ("0.4551", "0.8272")
    assert {(row["session_code"], row["session_date"], row["session_title_en"]) for row in first} == {
        ("KP73MX", "2026-03-12", "Evening 3: heart of the area")
    }
    assert [(row["group_nl"], row["group_en"]) for row in first[:4]] == [
        ("iedereen", "everyone"),
        ("Onderwijs", "Education"),
        ("Onderzoek + Overheden", "Research + Government"),
        ("Ondernemers", "Entrepreneurs"),
    ]
    assert (first[0]["pillar_number"], first[0]["pillar_nl"]) == ("2", "Bouwen aan een dynamische toplocatie")


def test_results_can_be_made_again_from_the_votes_alone(evening: Scene) -> None:
    heads: dict[tuple[str, str], int] = {}
    for row in rows(evening.session, "votes.csv"):
        key = (row["round"], row["item"])
        heads[key] = heads.get(key, 0) + (row["counted"] == "true" and int(row["value"]) > 0)
    told = {
        (row["round"], row["item"]): int(row["heads"])
        for row in rows(evening.session, "results.csv")
        if row["group"] == "all" and row["heads"]
    }
    assert told
    assert all(heads[key] == n for key, n in told.items())


def test_results_tell_what_a_round_tells_beside_its_figures() -> None:
    """As on every screen: how many took part in both rounds, who was absent, and the line of chance."""
    scene = make_scene()
    for sector, n in (("onderwijs", 6), ("ondernemers", 5)):
        scene.join(sector, n=n)
    card = scene.write(scene.people["onderwijs"][0], "Plein")
    rounds = [scene.vote_step(position=2, cards=[card])]
    rounds.append(
        Round.objects.create(
            session=scene.session,
            step=rounds[0].step,
            number=2,
            rules={"budget": 3, "most": 1},
            opened_at=later(600),
            closed_at=later(650),
        )
    )
    RoundItem.objects.create(round=rounds[1], item=rounds[0].round_items.get().item)
    for number, found in enumerate(rounds):
        for sector in ("onderwijs", "ondernemers"):
            for person in scene.people[sector]:
                scene.vote(found, person, card)
        compared = compare_with_chance(round_=found)
        assert compared.chance is not None
        remember_comparison(round_pk=found.pk, comparison=compared)
        scene.reveal(found, later(700 + number))
    told = {
        (row["round_number"], row["group"]): (row["both"], row["absent"], row["chance_line"])
        for row in rows(scene.session, "results.csv", Role.STEERING)
    }
    absent = "onderzoek+overheden"
    assert told == {
        ("1", "all"): ("", absent, "0.000000"),
        ("2", "all"): ("11", absent, "0.000000"),
    } | {(number, group): ("", "", "") for number in "12" for group in ("onderwijs", "ondernemers")}


def test_too_few_people_have_no_figures(evening: Scene) -> None:
    second = [row for row in rows(evening.session, "results.csv") if row["status"] == "too_few"]
    assert len(second) == 2
    assert {(row["n"], row["heads"], row["share"], row["balanced"]) for row in second} == {("", "", "", "")}


@pytest.mark.parametrize(
    ("fields", "core", "others"),
    [
        ({"closed_at": None}, "nothing", "nothing"),
        ({"closed_at": None, "live": True}, "undivided", "undivided"),
        ({}, "per O", "nothing"),
        ({"live": True}, "per O", "undivided"),
        ({"revealed": True}, "per O", "per O"),
        ({"revealed": True, "live": True}, "per O", "per O"),
    ],
)
def test_who_sees_a_result_when(fields: dict[str, object], core: str, others: str) -> None:
    scene = make_scene()
    for sector in FOUR:
        scene.join(sector, n=5)
    card = scene.write(scene.people["onderwijs"][0], "Plein")
    is_revealed = fields.pop("revealed", False)
    found = scene.vote_step(position=2, cards=[card], **fields)
    for sector in FOUR:
        for person in scene.people[sector]:
            scene.vote(found, person, card)
    if is_revealed:
        scene.reveal(found, later(500))
    groups = {"nothing": set(), "undivided": {"all"}, "per O": {"all", *FOUR}}
    for role, sees in ((Role.CORE, core), (Role.FACILITATOR, others), (Role.STEERING, others)):
        assert {row["group"] for row in rows(scene.session, "results.csv", role)} == groups[sees]


@pytest.mark.parametrize("role", list(Role))
def test_the_form_for_a_spreadsheet_has_the_same_cells(evening: Scene, role: Role) -> None:
    tables = [found for found in files_for(role) if found.for_spreadsheet]
    assert tables
    for found in tables:
        written = export(evening.session, found.for_spreadsheet, role)
        assert written.startswith(b"\xef\xbb\xbf")
        read = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";", strict=True)
        plain = csv.reader(io.StringIO(export(evening.session, found.name, role).decode(), newline=""), strict=True)
        header, *lines = list(plain)
        fractions = [key in ("share", "low", "high", "balanced", "spread") for key in header]
        assert list(read) == [
            header,
            *(
                [cell.replace(".", ",") if fraction else cell for cell, fraction in zip(line, fractions, strict=True)]
                for line in lines
            ),
        ]


# -- agenda ------------------------------------------------------------------------------------------------------


def test_the_agenda_has_all_that_was_prepared(evening: Scene) -> None:
    """A field of a model is in session.json, or here with the reason why it is not."""
    evening.vote_step(position=9, cards=[])
    told = json.loads(export(evening.session, "session.json"))
    aside = {
        Session: {
            "locked",
            "approval",
            "now",
            "structure",
            "epoch",
            "undo",
            "stage",
            "company",
            "created_at",
            "wiping_at",
            "deleting_at",
        },  # of now
        Step: {"position", "deadline", "paused_ms"},  # the place in the list; a clock that runs
        Round: set(),
        Pillar: set(),
        Sector: {"position"},
        Programme: set(),
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
    assert last["settings"] == {"live": False, "budget": 4, "max_per_item": 2}


# -- participants, log, zip --------------------------------------------------------------------------------------


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
            ["README.txt", "contributions.csv", "results.csv", "votes.csv", "participants.csv", "events.jsonl",
             "session.json"],
        ),
        (Role.FACILITATOR, ["README.txt", "contributions.csv", "results.csv", "session.json"]),
        (Role.STEERING, ["README.txt", "results.csv"]),
    ],
)  # fmt: skip
def test_the_zip_holds_what_the_role_may_have(evening: Scene, role: Role, names: list[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(export(evening.session, "session.zip", role))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == names
        readme = archive.read("README.txt").decode()
        for name in names[1:]:
            assert archive.read(name) == export(evening.session, name, role)
            assert readme.count(f"\n{name}\n") == 2
            if name.endswith(".csv"):
                header = next(csv.reader(io.StringIO(archive.read(name).decode())))
                assert all(f"    {key} " in readme for key in header)
    assert [found.name for found in files_for(role)] == ["session.zip", *names[1:]]


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
