"""Votes and results in the files, by hand and made again from the votes alone."""

from __future__ import annotations

import csv
import io

import pytest

from sessions.domain.publication import compare_with_chance, remember_comparison
from sessions.enums import Consent, Role
from sessions.exchange.files import files_for
from sessions.models import Round, RoundItem

from .reading import export, rows
from .scene import FOUR, Scene, later, make_scene

pytestmark = pytest.mark.django_db


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
    tables = [found for found in files_for(role, consent=Consent.FULL) if found.for_spreadsheet]
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
