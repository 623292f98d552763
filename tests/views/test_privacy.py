"""The privacy notice: what people read of it before they join, and who changes it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from sessions.domain.privacy_notice import TEXT_LENGTH, USUAL
from sessions.models import Programme, Session

from .programme_pages import ENGLISH, PROGRAMME

ACT = f"{PROGRAMME}setup/privacy/"
OFFICER = "De functionaris van Saxion: fg@saxion.example"


def read(session: Session, **more: Any) -> str:
    return Client().get(f"/join/{session.code}/privacy/", **more).content.decode()


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.fixture
def programme(session: Session) -> Programme:
    return session.programme


def test_the_page_to_join_leads_to_it_and_it_asks_nobody_else(session: Session) -> None:
    address = f"/join/{session.code}/privacy/"
    assert f'href="{address}"' in Client().get(f"/join/{session.code}/").content.decode()
    page = read(session)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)
    words = words_of(page)
    for heading in ("Wie verantwoordelijk is", "Op welke grondslag", "Hoe lang", "Functionaris gegevensbescherming"):
        assert heading in words
    assert "Autoriteit Persoonsgegevens" in words
    for partner in session.programme.organisations.values_list("name", flat=True):
        assert partner in words
    assert "{" not in words


def test_it_is_there_in_english(session: Session) -> None:
    words = words_of(read(session, headers=ENGLISH))
    assert "Your consent (GDPR, article 6(1)(a))" in words
    assert session.programme.name_en in words


def test_every_usual_section_fits_its_field() -> None:
    assert all(text and len(text) < TEXT_LENGTH - 500 for words in USUAL.values() for text in words)


def test_the_core_team_changes_one_section_and_the_others_stay_usual(
    session: Session, programme: Programme, core: Client
) -> None:
    assert (
        core.post(ACT, {"officer_nl": OFFICER, "was_officer_nl": "", **unchanged(core, "officer_nl")}).status_code
        == 302
    )
    assert OFFICER in read(session)
    assert OFFICER not in read(session, headers=ENGLISH)
    programme.refresh_from_db()
    assert programme.privacy == {"officer": {"nl": OFFICER}}


def test_an_empty_field_gives_back_the_usual_text(session: Session, programme: Programme, core: Client) -> None:
    for text in (OFFICER, "  "):
        core.post(ACT, {**unchanged(core, "officer_nl"), "officer_nl": text, "was_officer_nl": "another"})
    programme.refresh_from_db()
    assert programme.privacy is None
    assert OFFICER not in read(session)


def test_what_another_member_wrote_meanwhile_stays(session: Session, core: Client) -> None:
    mine = unchanged(core, "officer_nl")
    core.post(ACT, {**unchanged(core, "purpose_nl"), "purpose_nl": "Een haven.", "was_purpose_nl": "another"})
    core.post(ACT, {**mine, "officer_nl": OFFICER, "was_officer_nl": "another"})
    page = read(session)
    assert "Een haven." in page
    assert OFFICER in page


def test_of_a_programme_in_one_language_both_pages_say_the_same(
    session: Session, programme: Programme, core: Client
) -> None:
    Programme.objects.filter(pk=programme.pk).update(languages="nl")
    core.post(ACT, {**unchanged(core, "officer_nl"), "officer_nl": OFFICER, "was_officer_nl": "another"})
    assert OFFICER in read(session, headers=ENGLISH)


def test_lines_stay_and_a_script_is_text(session: Session, core: Client) -> None:
    text = "Eén\r\n\r\n<script>alert(1)</script>"
    core.post(ACT, {**unchanged(core, "officer_nl"), "officer_nl": text, "was_officer_nl": "another"})
    page = read(session)
    assert "<p>Eén</p>" in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_is_too_long_is_told_beside_its_field(core: Client) -> None:
    text = "a" * (TEXT_LENGTH + 1)
    answer = core.post(ACT, {**unchanged(core, "officer_nl"), "officer_nl": text, "was_officer_nl": "another"})
    assert answer.status_code == 400
    assert "Maximaal 2000 tekens" in answer.content.decode() or f"{TEXT_LENGTH}" in answer.content.decode()


def unchanged(core: Client, but: str) -> dict[str, str]:
    """Return the form as a browser sends it where nothing was typed, without one field."""
    page = core.get(f"{PROGRAMME}setup/").content.decode()
    form = page[page.index(f'action="{ACT}"') :]
    form = form[: form.index("</form>")]
    sent = {}
    for name, value in re.findall(r'<input type="hidden" name="was_(\w+)" value="([^"]*)"', form):
        sent |= {name: value, f"was_{name}": value}
    return {name: value for name, value in sent.items() if name not in (but, f"was_{but}")}
