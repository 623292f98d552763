"""Rehearsals, the archive, wiping and deleting, as the studio's forms do it; and in what order sessions are listed."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from sessions.models import Participant, Session
from sessions.views import studio_end
from sessions.views.studio_end import is_title

from .conftest import join
from .programme_pages import ENGLISH, PROGRAMME, page_of


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take longer than a page waits; here the page is answered when the session is cleared."""
    monkeypatch.setattr(studio_end, "WAIT_S", 60.0)


def gone(session: Session) -> bool:
    return not Session.every.filter(pk=session.pk).exists()


def test_the_page_says_what_goes(session: Session, core: Client) -> None:
    for key in ("onderwijs", "onderwijs", "overheden"):
        join(Client(), session, key)
    text = core.get(page_of(session, "delete"), headers=ENGLISH).text
    assert "a few people, fewer than 5" in text and "3 people" not in text
    for said in ("0 cards", "no votes", "What was downloaded stays", "Backups of the server", "Kennispark strategy"):
        assert said in text
    for _ in range(2):
        join(Client(), session, "onderzoek")
    assert "5 people" in core.get(page_of(session, "delete"), headers=ENGLISH).text
    assert "5 mensen" in core.get(page_of(session, "delete"), headers={"accept-language": "nl"}).text
    assert "<script" not in text


def test_the_title_has_to_be_typed(session: Session, core: Client) -> None:
    for typed in ("", "  ", "Kennispark", "x" * 5000, "Kennispark strategy workshop!"):
        answer = core.post(page_of(session, "delete"), {"title": typed}, headers=ENGLISH)
        assert answer.status_code == 400
        assert 'id="title-error">This is not the title of the session. Nothing was deleted.' in answer.text
    answer = core.post(page_of(session, "delete"), {"title": "Kennis<park>"}, headers=ENGLISH)
    assert 'value="Kennis&lt;park&gt;"' in answer.text, "what was typed stays"
    assert not gone(session)


@pytest.mark.parametrize("typed", ["Werksessie strategie Kennispark", "  KENNISPARK   strategy\tworkshop "])
def test_a_deleted_session_is_unknown_everywhere(session: Session, core: Client, phone: Client, typed: str) -> None:
    known = {
        "phone": phone,
        "stranger": Client(),
        "core": core,
    }
    for browser in known.values():
        browser.get(f"/join/{session.code}/")  # the way in keeps what it read for a second
    answer = core.post(page_of(session, "delete"), {"title": typed})
    assert answer.headers["Location"] == f"{PROGRAMME}?done=deleted"
    assert "The session was deleted." in core.get(answer.headers["Location"], headers=ENGLISH).text
    assert gone(session)
    unknown = "QQQQQQ" if session.code != "QQQQQQ" else "RRRRRR"
    for browser in known.values():
        for address in ("/join/{}/", "/s/{}/", "/s/{}/stage/", "/api/v1/sessions/{}", "/s/{}/manifest.webmanifest"):
            answers = [browser.get(address.format(code)) for code in (session.code, unknown)]
            there, other = (
                (found.status_code, re.sub(r'value="[^"]{64}"', "", found.text).replace(code, "CODE"))
                for found, code in zip(answers, (session.code, unknown), strict=True)
            )
            assert there == other
            assert there[0] == 404
    for address in (page_of(session), page_of(session, "delete"), f"/s/{session.code}/export/results.csv"):
        assert core.get(address).status_code == 403


def test_titles_are_compared_tidied() -> None:
    session = Session(title_nl="Wat zeggen de O’s – avond 2", title_en="Line …")
    for typed in ("wat zeggen de o's - avond 2", "Wat  zeggen de O‘s — avond 2 ", "line ...", "LINE …"):
        assert is_title(typed, session)
    for typed in ("", "line", "Wat zeggen de Os – avond 2"):
        assert not is_title(typed, session)


def test_a_form_of_another_site_deletes_nothing(session: Session, core: Client) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = core.cookies
    for act, sent in (
        ("delete", {"title": session.title_nl}),
        ("wipe", {}),
        ("archive", {"on": "1"}),
        ("rehearse", {}),
    ):
        assert browser.post(page_of(session, act), sent).status_code == 403
    session.refresh_from_db()
    assert session.archived_at is None and Session.objects.count() == 1


def test_a_rehearsal_has_the_agenda_and_says_what_it_is(session: Session, rehearsal: Session) -> None:
    assert (rehearsal.title_nl, rehearsal.title_en) == (
        "Repetitie: Werksessie strategie Kennispark",
        "Rehearsal: Kennispark strategy workshop",
    )
    assert rehearsal.steps.count() == session.steps.count()
    assert (
        "Rehearsal: everything is thrown away afterwards"
        in Client().get(f"/join/{rehearsal.code}/", headers=ENGLISH).text
    )
    assert "thrown away" not in Client().get(f"/join/{session.code}/", headers=ENGLISH).text


def test_rehearsals_stand_apart(session: Session, rehearsal: Session, core: Client, facilitator: Client) -> None:
    text = core.get(PROGRAMME, headers=ENGLISH).text
    assert "1 session in this programme." in text
    before, after = text.split('id="rehearsals"')
    assert session.code in before and rehearsal.code not in re.sub(r"<option.*?</option>", "", before)
    assert rehearsal.code in after and session.code not in after
    assert f'value="{rehearsal.code}"' not in text, "nobody begins with the agenda of a rehearsal by mistake"
    answer = core.get(f"{PROGRAMME}export/programme.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer))).namelist()  # type: ignore[call-overload]
    assert {name.partition("/")[0] for name in names if "/" in name} == {session.code}


def test_a_rehearsal_is_wiped_with_one_button(rehearsal: Session, facilitator: Client) -> None:
    join(Client(), rehearsal, "onderwijs")
    text = facilitator.get(page_of(rehearsal, "wipe"), headers=ENGLISH).text
    assert text.count("<button") == 2 and "The agenda stays" in text  # signing out is the other one
    answer = facilitator.post(page_of(rehearsal, "wipe"))
    assert answer.headers["Location"] == f"{page_of(rehearsal)}?done=wiped"
    assert "The rehearsal was wiped." in facilitator.get(answer.headers["Location"], headers=ENGLISH).text
    again = Session.objects.get(pk=rehearsal.pk)
    assert again.rehearsal and again.epoch != rehearsal.epoch and again.wiping_at is None
    assert not Participant.objects.filter(session=rehearsal).exists()
    join(Client(), again, "onderwijs")


def test_a_wipe_that_goes_on_is_not_called_done(rehearsal: Session, facilitator: Client) -> None:
    page = facilitator.get(f"{page_of(rehearsal)}?done=wiping", headers=ENGLISH).text
    assert "The rehearsal is being wiped." in page
    assert "The rehearsal was wiped." not in page


def test_what_is_no_rehearsal_is_not_wiped(session: Session, core: Client) -> None:
    join(Client(), session, "onderwijs")
    answer = core.post(page_of(session, "wipe"), headers=ENGLISH)
    assert (answer.status_code, "Only a rehearsal can be wiped." in answer.text) == (409, True)
    assert session.participants.count() == 1


def test_a_facilitator_deletes_rehearsals_only(session: Session, rehearsal: Session, facilitator: Client) -> None:
    assert facilitator.post(page_of(session, "delete"), {"title": session.title_nl}).status_code == 403
    assert "/delete/" not in facilitator.get(page_of(session)).text
    assert "/delete/" in facilitator.get(page_of(rehearsal)).text
    facilitator.post(page_of(rehearsal, "delete"), {"title": rehearsal.title_en})
    assert gone(rehearsal) and not gone(session)


def test_an_archived_session_is_read_and_not_entered(session: Session, core: Client, phone: Client) -> None:
    answer = core.post(page_of(session, "archive"), {"on": "1"})
    assert answer.headers["Location"] == f"{page_of(session)}?done=archived"
    for browser in (phone, core, Client()):
        for address in (f"/join/{session.code}/", f"/s/{session.code}/"):
            shown = browser.get(address, headers=ENGLISH)
            assert (shown.status_code, "This session is archived" in shown.text) == (403, True)
    for address in (f"/s/{session.code}/console/", f"/s/{session.code}/stage/"):
        assert "This session is archived" in core.get(address, headers=ENGLISH).text
    api = f"/api/v1/sessions/{session.code}"
    sent = Client().post(f"{api}/participants", {"sector": "onderwijs"}, content_type="application/json")
    for refused in (Client().get(api), sent, core.post(f"/s/{session.code}/stage/link/")):
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "session.archived")
    page = core.get(page_of(session), headers=ENGLISH)
    assert page.status_code == 200 and "Archived on" in page.text
    assert core.get(f"/s/{session.code}/export/session.zip").status_code == 200
    changed = core.post(page_of(session), {"title_nl": "Anders", "title_en": "Other", "kind": "event"}, headers=ENGLISH)
    assert changed.status_code == 403 and "This session is archived." in changed.text
    listed = core.get(PROGRAMME, headers=ENGLISH).text
    assert "1 archived session" in listed and session.code in listed.split("1 archived session")[1]
    core.post(page_of(session, "archive"), {"on": "0"})
    assert Client().get(f"/join/{session.code}/").status_code == 200


def test_an_archived_session_keeps_its_receipts(session: Session, core: Client, phone: Client) -> None:
    start = phone.get(f"/s/{session.code}/").text
    code = re.search(r'"receipt": "([^"]+)"', start)
    assert code is not None
    core.post(page_of(session, "archive"), {"on": "1"})
    assert Client().post("/receipt/", {"code": code[1]}).status_code == 200
    core.post(page_of(session, "delete"), {"title": session.title_nl})
    assert Client().post("/receipt/", {"code": code[1]}).status_code == 404


def test_simulated_people_do_not_come_among_real_ones_unasked(session: Session, core: Client) -> None:
    from sessions.management.simulation.access import WrongPlace, check_place

    class Browser:
        """The command's own browser speaks HTTP; this one asks the same addresses."""

        def get(self, path: str) -> bytes:
            answer = core.get(path)
            assert answer.status_code == 200
            return answer.getvalue() if not answer.streaming else b"".join(answer)  # type: ignore[arg-type]

    def check(code: str, *, is_sure: bool = False) -> str:
        return check_place(core=Browser(), code=code, is_sure=is_sure)  # type: ignore[arg-type]

    assert "no rehearsal" in check(session.code)
    join(Client(), session, "onderwijs")
    with pytest.raises(WrongPlace, match=r"1 people are in it already.*--yes"):
        check(session.code)
    assert "no rehearsal" in check(session.code, is_sure=True)
    core.post(page_of(session, "rehearse"))
    trial = Session.objects.get(rehearsal=True)
    join(Client(), trial, "onderwijs")
    assert check(trial.code) == ""
    with pytest.raises(CommandError):
        call_command("simulate", "NOSUCH", url="http://127.0.0.1:9")
