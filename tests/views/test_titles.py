"""What stands on the tab of a page: short, whatever somebody called their session."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.test import Client

from sessions.models import Session
from sessions.templatetags.title import MOST, make_title

from ..server import ROOT
from .conftest import join

TITLES = json.loads((ROOT / "tests" / "titles.json").read_text())
LONG = (
    "Wat <u>vindt</u> “R&D” van het park & van alles wat daar de komende tien jaar gebouwd, geplant en gevierd wordt?"
)
PAGES = ("/s/{code}/console/", "/s/{code}/stage/", "/programmes/kennispark/sessions/{code}/", "/programmes/kennispark/")


def title_of(page: str) -> str:
    (found,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    assert not {"<", ">"} & {*found}
    return html.unescape(found)


@pytest.mark.parametrize("told", TITLES, ids=lambda told: told["title"][:20])
def test_a_title_is_short_as_on_the_screens(told: dict[str, str]) -> None:
    assert make_title(told["page"], told["of"]) == told["title"]
    assert len(told["title"]) <= MOST


def test_every_page_of_a_session_with_a_long_title_has_a_short_one(
    session: Session, facilitator: Client, client: Client
) -> None:
    Session.objects.filter(pk=session.pk).update(title_nl=LONG)
    titles = [title_of(facilitator.get(page.format(code=session.code)).text) for page in PAGES]
    join(client, session, "onderwijs")
    titles.append(title_of(client.get(f"/s/{session.code}/").text))
    short = "Wat <u>vindt</u> “R&D” van het park & van alles… · Kennispark Twente"
    assert titles == [short, short, short, "Sessies · Kennispark Twente", short]
    assert len(short) <= MOST


def test_a_page_of_no_programme_has_its_own_name_alone(client: Client) -> None:
    assert title_of(client.get("/signin/", headers={"Accept-Language": "nl"}).text) == "Inloggen"
