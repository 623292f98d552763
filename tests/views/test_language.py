"""Which language a page is in."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "got"),
    [("", "nl"), ("en-GB,en;q=0.9", "en"), ("de,en;q=0.5,nl;q=0.4", "en"), ("de-DE", "nl"), ("nl-BE", "nl")],
)
def test_without_a_choice_the_browser_decides(client: Client, asked: str, got: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == got
    assert f'<html lang="{got}">' in answer.text
    assert {"Accept-Language", "Cookie"} <= {word.strip() for word in answer.headers["Vary"].split(",")}


def test_a_choice_is_remembered_and_leaves_the_address(client: Client) -> None:
    answer = client.get("/signin/?next=/programmes/&lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/signin/?next=%2Fprogrammes%2F")
    assert client.get("/", headers={"Accept-Language": "nl"}).headers["Content-Language"] == "en"
    client.get("/?lang=nl")
    assert client.get("/", headers={"Accept-Language": "en"}).headers["Content-Language"] == "nl"


@pytest.mark.parametrize("lang", ["de", "", "nl\0", "../en"])
def test_other_languages_are_not_taken(client: Client, lang: str) -> None:
    assert client.get("/", {"lang": lang}).status_code == 200
    assert "language" not in client.cookies


def test_a_choice_does_not_lead_to_another_site(client: Client) -> None:
    answer = client.get("//evil.example/%2e%2e?lang=en")
    assert not answer.headers["Location"].startswith("//")
