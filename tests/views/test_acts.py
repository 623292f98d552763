"""The core team reads what members did; nobody else does, and no text of anybody stands in it."""

from __future__ import annotations

import pytest
from django.test import Client

from sessions.domain.acts import Act, read_acts
from sessions.domain.commands import RedactCard, RevealStep
from sessions.enums import Role
from sessions.models import Member, MemberAct, Participant, Session

from ..factory import make_member, make_room
from .programme_pages import PROGRAMME, page_of

ACTS = f"{PROGRAMME}acts/"


def test_each_act_is_told_with_who_did_it(session: Session, core: Client, phone: Client) -> None:
    person = Participant.objects.get(session=session)
    core.get(f"/s/{session.code}/export/participants.csv")
    core.head(f"/s/{session.code}/export/votes.csv")
    core.get(f"{PROGRAMME}export/programme.zip")
    core.post(page_of(session, "keep"), {"keep_until": "2090-01-31"})
    core.post(page_of(session, "erase"), {"who": person.tag, "sure": "1"})
    core.post(page_of(session, "archive"), {"on": "1"})
    core.post(page_of(session, "archive"), {"on": "0"})
    told = [(done.act, done.file) for done in read_acts(session.programme)]
    assert told == [
        (Act.REOPENED, ""),
        (Act.ARCHIVED, ""),
        (Act.ERASED, ""),
        (Act.KEPT, ""),
        (Act.EXPORTED, "programme.zip"),
        (Act.EXPORTED, "participants.csv"),
    ]
    page = core.get(ACTS).content.decode()
    assert "participants.csv" in page
    assert Member.objects.get(username="core").get_full_name() in page
    assert person.public_id not in page


def test_who_may_read_it(session: Session, phone: Client, facilitator: Client, core: Client, steering: Client) -> None:
    seen = [browser.get(ACTS).status_code for browser in (Client(), phone, facilitator, core, steering)]
    assert seen == [302, 302, 403, 200, 403]


def test_of_a_deleted_session_nothing_is_left_but_that_one_was_deleted(session: Session, core: Client) -> None:
    core.get(f"/s/{session.code}/export/results.csv")
    core.post(page_of(session, "delete"), {"title": session.title_nl})
    assert set(MemberAct.objects.values_list("act", "session")) == {("exported", None), ("deleted", None)}
    page = core.get(ACTS).content.decode()
    assert session.code not in page
    assert session.title_nl not in page


@pytest.mark.django_db(transaction=True)
def test_what_stands_in_the_log_of_a_session_is_told_without_any_text() -> None:
    room = make_room(threshold=3)
    round_, (item, *_) = room.open_vote()
    for person in room.join("onderwijs", n=3):
        room.vote(person, round_, item, tap=1)
    room.lead(RevealStep(step=round_.step.public_id))
    card = round_.round_items.get(item__public_id=item).item.contribution
    assert card is not None
    room.lead(RedactCard(card=card.public_id, reason="double"))
    acts = read_acts(room.session.programme)
    assert [done.act for done in acts][:2] == [Act.REDACTED, Act.REVEALED]
    assert {done.member for done in acts} == {room.member.username}
    browser = Client()
    browser.force_login(make_member(room.session.programme, Role.CORE))
    page = browser.get(f"/programmes/{room.session.programme.slug}/acts/").content.decode()
    assert card.text not in page
