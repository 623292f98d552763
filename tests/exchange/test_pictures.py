"""Pictures of results: one file in the report, in the studio and by itself; told apart in grey, in both languages."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.translation import override

from sessions.enums import Consent, Role
from sessions.exchange.pictures.lanes import Lane, draw_lanes
from sessions.exchange.pictures.picture import Grid
from sessions.exchange.pictures.shapes import COLOURS, DRAWINGS
from sessions.exchange.report.compose import compose_report
from sessions.exchange.report.document import Picture
from sessions.exchange.report.outlets import find_session
from sessions.models import Round, Session
from sessions.views.studio_data import tell_session

from ..factory import make_member
from .report_evening import TEXTS, Evening, make_report_evening

pytestmark = pytest.mark.django_db(transaction=True)
SVG = "{http://www.w3.org/2000/svg}"
VOTED = {"nl": "stemden", "en": "voted"}


@pytest.fixture
def evening() -> Evening:
    return make_report_evening()


def pictures_of(evening: Evening, language: str) -> list[Picture]:
    document = compose_report(session=find_session(evening.room.session.pk), role=Role.CORE, language=language)
    return [block for block in document.blocks if isinstance(block, Picture)]


def look(evening: Evening, role: Role) -> Client:
    browser = Client()
    browser.force_login(make_member(evening.room.session.programme, role))
    return browser


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_file_of_the_studio_is_the_one_in_the_report(evening: Evening, language: str) -> None:
    browser, session = look(evening, Role.STEERING), find_session(evening.room.session.pk)
    drawn = [picture.svg.encode() for picture in pictures_of(evening, language)]
    told = [found["picture"] for found in tell_session(session=session, role=Role.STEERING)["rounds"]]
    assert len([found for found in told if found]) >= 2
    for found in filter(None, told):
        file = browser.get(found["svg"].replace("-nl.", f"-{language}."))
        assert (file.status_code, file.headers["Content-Type"]) == (200, "image/svg+xml")
        assert file.content in drawn


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_picture_says_what_it_is_of_how_many_how_and_of_when(evening: Evening, language: str) -> None:
    session = evening.room.session
    for picture in pictures_of(evening, language):
        root = ElementTree.fromstring(picture.svg)  # noqa: S314 - our own
        title, description = (root.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))
        assert title == picture.title and description == picture.description and len(description) > 40
        said = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
        assert str(Round.objects.filter(session=session).latest("pk").opened_at.year) in said  # type: ignore[union-attr]
        assert getattr(session, f"title_{language}") in said
        if VOTED[language] in picture.title:
            (n,) = re.findall(r"(\d+) \w+ " + VOTED[language], picture.title)
            assert re.search(rf"\b{n} \w+ {VOTED[language]}\. ", said), "how many, and then how a figure is made"
        assert picture.table.rows and len(picture.table.head) > 1


def test_os_are_told_apart_without_colour(evening: Evening) -> None:
    """Each has a shape of its own, and O's that are shown as one have both of theirs."""
    (picture, *_) = (found for found in pictures_of(evening, "nl") if "stemden" in found.title)
    grey = re.sub(r'fill="#[0-9a-f]{6}"', 'fill="#777777"', picture.svg)
    shapes = {sector.shape for sector in evening.room.sectors.values()}
    counts = {shape: grey.count(DRAWINGS[shape].solid) for shape in shapes}
    assert all(count > len(TEXTS) / 2 for count in counts.values()), counts
    assert len({COLOURS[shape] for shape in shapes}) == len({DRAWINGS[shape].solid for shape in shapes}) == len(shapes)


def test_a_png_is_made_of_the_same_file(evening: Evening) -> None:
    session = find_session(evening.room.session.pk)
    found = next(filter(None, (told["picture"] for told in tell_session(session=session, role=Role.CORE)["rounds"])))
    file = look(evening, Role.FACILITATOR).get(found["png"])
    assert file.headers["Content-Type"] == "image/png" and file.content.startswith(b"\x89PNG\r\n")
    wide = int.from_bytes(file.content[16:20], "big")
    assert 1400 < wide < 1500
    assert file.headers["Content-Disposition"].endswith('.png"')


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Getekend: 14 van 31."), ("en", "Drawn: 14 of 31."), ("nl", ""), ("en", "")]
)
def test_a_picture_of_a_part_says_of_how_many(language: str, said: str) -> None:
    n = 31 if said else 14
    lanes = [Lane(f"Punt {number}", number / 40, [], None, False) for number in range(n)]
    table = Grid("Tabel", ["Punt", "Iedereen"], [[lane.name, str(lane.everyone)] for lane in lanes])
    with override(language):
        picture = draw_lanes(title="Titel", groups=[], lanes=lanes, n=22, table=table, foot=["22 stemden."])
    root = ElementTree.fromstring(picture.svg)  # noqa: S314 - our own
    drawn = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert sum(text.startswith("Punt ") for text in drawn) == 14
    assert any(text.startswith(said or "22") for text in drawn) and said in picture.description
    assert said or not any(re.search(r"\b(van|of) \d", text) for text in drawn)
    assert len(picture.table.rows) == n


def test_what_was_not_shown_has_no_picture(evening: Evening) -> None:
    browser, code = look(evening, Role.CORE), evening.room.session.code
    hidden = Round.objects.filter(session=evening.room.session, revealed_at=None).first()
    if hidden is None:
        hidden, _ = evening.room.open_vote(items=2)
    for name in (f"{hidden.public_id}-nl.svg", "abcdefghijkl-nl.svg", f"{hidden.public_id}-fr.svg", "x"):
        assert browser.get(f"/s/{code}/pictures/{name}").status_code == 404


def test_words_that_stay_in_the_room_are_not_in_it(evening: Evening) -> None:
    session = evening.room.session
    Session.objects.filter(pk=session.pk).update(consent=Consent.FIGURES)
    found = next(
        filter(
            None, (told["picture"] for told in tell_session(session=find_session(session.pk), role=Role.CORE)["rounds"])
        )
    )
    drawn = unescape(look(evening, Role.CORE).get(found["svg"]).content.decode())
    assert not any(text[:15] in drawn for text in TEXTS)


def test_a_vote_that_goes_on_has_no_picture_yet(evening: Evening) -> None:
    evening.room.open_vote(items=2, live=True)
    told = tell_session(session=find_session(evening.room.session.pk), role=Role.FACILITATOR)["rounds"]
    assert any(found["state"] == "open" for found in told)
    assert all(found["picture"] is None for found in told if found["state"] != "revealed")
