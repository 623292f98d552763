"""One's own data by the receipt code, erasing by it and by the core team, and until when a session is kept."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from sessions.models import Participant, Session
from sessions.models.ids import receipt_code

from .conftest import join
from .programme_pages import page_of


@pytest.fixture
def person(session: Session, phone: Client) -> Participant:
    return Participant.objects.get(session=session)


def code_of(session: Session, phone: Client) -> str:
    return receipt_code(phone.cookies[f"p_{session.public_id}"].value)


def test_the_receipt_leads_to_a_file_and_to_erasing(session: Session, phone: Client, person: Participant) -> None:
    code = code_of(session, phone)
    page = Client().post("/receipt/", {"code": code}).content.decode()
    assert "Download mijn gegevens" in page
    answer = Client().post("/receipt/data/", {"code": code})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    told = json.loads(answer.content)
    assert told["person"]["pseudonym"] == person.public_id
    assert told["person"]["sector"] == "onderwijs"
    asked = Client().post("/receipt/erase/", {"code": code})
    assert "kan niet ongedaan" in asked.content.decode()
    assert Participant.objects.filter(pk=person.pk).exists()
    done = Client().post("/receipt/erase/", {"code": code, "sure": "1"})
    assert "Je bent gewist" in done.content.decode()
    assert not Participant.objects.exists()
    assert Client().post("/receipt/data/", {"code": code}).status_code == 404
    assert Client().post("/receipt/", {"code": code}).status_code == 404
    # Their browser is nobody's, and may join anew.
    assert phone.get(f"/s/{session.code}/").headers["Location"] == f"/join/{session.code}/"


@pytest.mark.parametrize("path", ["/receipt/data/", "/receipt/erase/"])
def test_a_wrong_code_leads_to_nobody(session: Session, phone: Client, path: str) -> None:
    assert Client().post(path, {"code": "ABCD-EFGH-JKLM-NPQR", "sure": "1"}).status_code == 404
    assert Client().get(path).status_code == 405
    assert Participant.objects.count() == 1


def test_the_core_team_erases_by_the_tag(session: Session, phone: Client, person: Participant, core: Client) -> None:
    page = page_of(session, "erase")
    assert core.get(page).status_code == 200
    for sent in ({"who": "nobody", "sure": "1"}, {"who": "", "sure": "1"}, {"who": person.tag}):
        assert core.post(page, sent).status_code == 400
    assert Participant.objects.count() == 1
    answer = core.post(page, {"who": person.tag.lower(), "sure": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page_of(session)}?done=erased")
    assert not Participant.objects.exists()
    assert "1 persoon is gewist" in core.get(page_of(session)).content.decode()


@pytest.mark.parametrize("act", ["erase", "keep"])
def test_only_the_core_team_may(
    session: Session, person: Participant, facilitator: Client, steering: Client, phone: Client, act: str
) -> None:
    for browser, expected in ((facilitator, 403), (steering, 403), (phone, 302), (Client(), 302)):
        answer = browser.post(page_of(session, act), {"who": person.tag, "sure": "1", "keep_until": "2090-01-01"})
        assert answer.status_code == expected
    session.refresh_from_db()
    assert session.keep_until is None
    assert Participant.objects.count() == 1


def test_a_day_is_kept_shown_and_taken_back(session: Session, core: Client) -> None:
    page = page_of(session, "keep")
    core.post(page, {"keep_until": "2090-01-31"})
    session.refresh_from_db()
    assert session.keep_until == dt.date(2090, 1, 31)
    assert "31 januari 2090" in Client().get(f"/join/{session.code}/privacy/").content.decode()
    for wrong in ("yesterday", "2020-01-01", "9999-01-01"):
        assert core.post(page, {"keep_until": wrong}).headers["Location"].endswith("?done=no-day#people")
    core.post(page, {"keep_until": ""})
    session.refresh_from_db()
    assert session.keep_until is None


# -- what people agree to ------------------------------------------------------------------------------------------


def test_people_are_told_before_they_join(session: Session, facilitator: Client) -> None:
    Session.objects.filter(pk=session.pk).update(consent="figures")
    for page in (f"/join/{session.code}/", f"/join/{session.code}/privacy/"):
        assert "Alleen cijfers verlaten de sessie;" in Client().get(page).content.decode()
    assert Client().get(f"/api/v1/sessions/{session.code}").json()["consent"] == "figures"


def test_nobody_joins_under_a_looser_profile_than_the_page_said(session: Session) -> None:
    sector = session.programme.sectors.get(key="onderwijs")
    refused = Client().post(f"/join/{session.code}/", {"sector": sector.public_id, "shown": "figures"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "net gewijzigd" in page
    assert 'name="shown" value="full"' in page
    assert not Participant.objects.exists()
    body = {"sector": "onderwijs", "consent": "chatham"}
    answer = Client().post(f"/api/v1/sessions/{session.code}/participants", body, content_type="application/json")
    assert answer.json()["error"]["code"] == "consent.changed"
    Session.objects.filter(pk=session.pk).update(consent="figures")
    join(Client(), session, "onderwijs")
    assert Participant.objects.count() == 1


def test_it_is_chosen_when_a_session_is_made_and_never_made_looser(session: Session, facilitator: Client) -> None:
    new = {"title_nl": "Nieuw", "title_en": "New", "kind": "workshop", "planned_at": "", "start": "empty"}
    facilitator.post(f"/programmes/{session.programme.slug}/", new | {"consent": "chatham"})
    made = Session.objects.get(title_nl="Nieuw")
    assert made.consent == "chatham"
    join(Client(), made, "onderwijs")
    kept = {"title_nl": "Nieuw", "title_en": "New", "kind": "workshop", "planned_at": ""}
    was = {f"was_{name}": value for name, value in kept.items()} | {"was_consent": "chatham"}
    answer = facilitator.post(page_of(made), kept | was | {"consent": "full"})
    assert answer.status_code == 409
    assert "nooit ruimer" in answer.content.decode()
    facilitator.post(page_of(made), kept | was | {"consent": "figures"})
    made.refresh_from_db()
    assert made.consent == "figures"


def test_a_file_that_is_not_made_says_why(session: Session, core: Client) -> None:
    Session.objects.filter(pk=session.pk).update(consent="chatham")
    answer = core.get(f"/s/{session.code}/export/votes.csv")
    assert answer.status_code == 403
    assert "afspraak" in answer.content.decode()
    assert core.get(f"/s/{session.code}/export/results.csv").status_code == 200
    assert "votes.csv" not in core.get(page_of(session)).content.decode()
