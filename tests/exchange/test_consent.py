"""What each consent profile lets into each file for each role, and onto the page of the studio: the whole table.

Files are searched for what only one source can have put there: the words of cards, an O beside a card, a pseudonym.
"""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from sessions.domain.carrying import read_offered
from sessions.domain.commands import EditSession
from sessions.domain.consent import ALLOWED, Content, may_hold
from sessions.domain.sessions import duplicate, make_rehearsal
from sessions.enums import Consent, ItemSource, Role, Whose
from sessions.errors import Code, Refused
from sessions.exchange.datapackage import NAME as DATAPACKAGE
from sessions.exchange.files import FILES, files_for, may_get, read_programme, read_programme_workbook
from sessions.exchange.spool import read_pieces
from sessions.models import Item, Round, RoundItem, Session
from sessions.views.studio_data import tell_session

from ..domain.test_copies import MAKERS
from ..domain.voted_items import Preparation
from ..factory import make_room
from .reading import export, rows
from .scene import Scene

pytestmark = pytest.mark.django_db

TEAM = "Woorden van het team"
THEIRS = "Woorden van iemand anders"
CORE, FACILITATOR, STEERING = Role.CORE, Role.FACILITATOR, Role.STEERING
F, W, S, P = Content.FIGURES, Content.WORDS, Content.SECTOR, Content.PERSON
NOTHING: set[Content] = set()
NOT_MADE = None
"""The file is refused."""

TABLE = [
    # file, role, and what it holds of people: full, Chatham House, figures only
    ("contributions.csv", CORE, ({W, S, P}, {W}, NOT_MADE)),
    ("contributions.csv", FACILITATOR, ({W, S}, {W}, NOT_MADE)),
    ("contributions.csv", STEERING, (NOT_MADE, NOT_MADE, NOT_MADE)),
    ("results.csv", CORE, ({F, W}, {F, W}, {F})),
    ("results.csv", FACILITATOR, ({F, W}, {F, W}, {F})),
    ("results.csv", STEERING, ({F, W}, {F, W}, {F})),
    ("words.csv", CORE, (NOTHING, NOTHING, NOT_MADE)),
    ("words.csv", FACILITATOR, (NOTHING, NOTHING, NOT_MADE)),
    ("words.csv", STEERING, (NOTHING, NOTHING, NOT_MADE)),
    ("votes.csv", CORE, ({P}, NOT_MADE, NOT_MADE)),
    ("votes.csv", FACILITATOR, (NOT_MADE, NOT_MADE, NOT_MADE)),
    ("votes.csv", STEERING, (NOT_MADE, NOT_MADE, NOT_MADE)),
    ("participants.csv", CORE, ({P}, NOT_MADE, NOT_MADE)),
    ("participants.csv", FACILITATOR, (NOT_MADE, NOT_MADE, NOT_MADE)),
    ("participants.csv", STEERING, (NOT_MADE, NOT_MADE, NOT_MADE)),
    ("events.jsonl", CORE, ({P}, NOT_MADE, NOT_MADE)),
    ("events.jsonl", FACILITATOR, (NOT_MADE, NOT_MADE, NOT_MADE)),
    ("events.jsonl", STEERING, (NOT_MADE, NOT_MADE, NOT_MADE)),
    ("session.json", CORE, ({W}, {W}, NOTHING)),
    ("session.json", FACILITATOR, ({W}, {W}, NOTHING)),
    ("session.json", STEERING, (NOT_MADE, NOT_MADE, NOT_MADE)),
]


def tell(evening: Scene, consent: Consent) -> Session:
    """Let people have agreed to this from the beginning."""
    Session.objects.filter(pk=evening.session.pk).update(consent=consent)
    evening.session.refresh_from_db()
    return evening.session


@pytest.fixture
def voted(evening: Scene) -> Scene:
    """With an item in the words of the team, and one in those of a participant that is no card."""
    round_ = Round.objects.filter(session=evening.session).first()
    person = evening.people["onderwijs"][0]
    evening.log("card.written", actor=person, card=evening.cards[0].public_id, participant=person.public_id)
    for text, whose in ((TEAM, Whose.TEAM), (THEIRS, Whose.PARTICIPANT)):
        item = Item.objects.create(
            session=evening.session, source=ItemSource.STATEMENT, text_nl=text, text_en=text, whose=whose
        )
        RoundItem.objects.create(round=round_, item=item)
    return evening


def find_contents(scene: Scene, content: bytes, name: str) -> set[Content]:
    """Return what of people is in a file."""
    text = content.decode()
    people = [person.public_id for group in scene.people.values() for person in group]
    shown = [card.text for card in scene.cards if card.hidden_at is None and card.withdrawn_at is None]
    found = set()
    if any(words and words in text for words in (*shown, THEIRS)):
        found.add(Content.WORDS)
    if any(person in text for person in people):
        found.add(Content.PERSON)
    if name == "results.csv" and any(row["heads"] for row in csv.DictReader(io.StringIO(text, newline=""))):
        found.add(Content.FIGURES)
    if name == "contributions.csv":
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
        if any(line["sector"] or line["sector_nl"] or line["created_at"] for line in lines):
            found.add(Content.SECTOR)
    return found


@pytest.mark.parametrize(("name", "role", "expected"), TABLE, ids=[f"{name}-{role}" for name, role, _ in TABLE])
def test_what_each_profile_lets_into_each_file(
    voted: Scene, name: str, role: Role, expected: tuple[set[Content] | None, ...]
) -> None:
    for consent, held in zip(Consent, expected, strict=True):
        session = tell(voted, consent)
        offered = {found.name for found in files_for(role, consent=consent)}
        assert may_get(FILES[name], role=role, consent=consent) is (held is not NOT_MADE)
        assert (name in offered) is (held is not NOT_MADE)
        if role not in FILES[name].roles:
            continue
        content = export(session, name, role)
        assert find_contents(voted, content, name) == (held or set()), consent
        if held is NOT_MADE:
            assert content == b""
        spreadsheet = FILES[name].for_spreadsheet
        if spreadsheet and held is NOT_MADE:
            assert export(session, spreadsheet, role) == b""


def test_the_table_names_every_file_and_role() -> None:
    made = {(name, role) for name, role, _ in TABLE}
    plain = {name for name in FILES if "spreadsheet" not in name and name not in ("session.zip", "session.xlsx")}
    assert made == {(name, role) for name in plain for role in Role}


def test_what_the_team_wrote_is_in_every_file_all_the_same(voted: Scene) -> None:
    for consent in Consent:
        assert TEAM in export(tell(voted, consent), "session.json").decode()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("consent", [Consent.CHATHAM, Consent.FIGURES])
def test_zips_and_workbooks_hold_no_more_than_their_parts(voted: Scene, consent: Consent, role: Role) -> None:
    session = tell(voted, consent)
    forbidden = [person.public_id for group in voted.people.values() for person in group]
    if consent is Consent.FIGURES:
        forbidden += [card.text for card in voted.cards if card.text] + [THEIRS]
    programme = session.programme_id
    archives = [
        export(session, "session.zip", role),
        export(session, "session.xlsx", role),
        b"".join(read_pieces(lambda: read_programme(programme_id=programme, role=role))),
        b"".join(read_pieces(lambda: read_programme_workbook(programme_id=programme, role=role))),
    ]
    for content in archives:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = b"\n".join(archive.read(name) for name in archive.namelist()).decode()
            assert not [words for words in forbidden if words in text]
            if DATAPACKAGE in archive.namelist():
                assert "foreignKeys" not in archive.read(DATAPACKAGE).decode()


@pytest.mark.parametrize("consent", list(Consent))
def test_the_page_of_the_studio_holds_no_more_than_the_files(voted: Scene, consent: Consent) -> None:
    session = tell(voted, consent)
    told = tell_session(session=session, role=CORE)
    assert (told["cards"] is not None) is may_hold(consent, Content.WORDS)
    assert any(card["sector"] for card in told["cards"] or []) is may_hold(consent, Content.SECTOR)
    words = {item["text"] for round_ in told["rounds"] for item in round_["items"]}
    assert any(card.text and card.text in words for card in voted.cards) is may_hold(consent, Content.WORDS)


def test_what_stays_in_a_session_is_not_carried_to_another(voted: Scene) -> None:
    for consent in Consent:
        session = tell(voted, consent)
        round_ = Round.objects.select_related("session").filter(session=session).first()
        assert round_ is not None
        offered = {item.text_nl or item.text_en for item in read_offered(round_)}
        assert TEAM in offered
        assert (THEIRS in offered) is may_hold(consent, Content.WORDS)
        assert (len(offered) > 2) is may_hold(consent, Content.WORDS)


def test_each_profile_allows_less_than_the_one_before() -> None:
    full, chatham, figures = (ALLOWED[consent] for consent in Consent)
    assert full > chatham > figures


# -- changing it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("was", list(Consent))
@pytest.mark.parametrize("now", list(Consent))
def test_it_becomes_stricter_and_never_looser_once_somebody_took_part(
    database: str, was: Consent, now: Consent
) -> None:
    room = make_room()
    room.lead(EditSession(consent=was))
    room.join("onderwijs", n=1)
    if list(Consent).index(now) < list(Consent).index(was):
        with pytest.raises(Refused) as refused:
            room.lead(EditSession(consent=now))
        assert refused.value.code is Code.CONSENT_LOOSER
    else:
        room.lead(EditSession(consent=now))
    room.session.refresh_from_db()
    assert room.session.consent == max(was, now, key=list(Consent).index)


def test_before_anybody_came_it_can_change_either_way(database: str) -> None:
    room = make_room()
    for consent in (Consent.FIGURES, Consent.FULL, Consent.CHATHAM):
        room.lead(EditSession(consent=consent))
        room.session.refresh_from_db()
        assert room.session.consent == consent


def test_copies_have_the_profile_of_what_they_are_copies_of(database: str) -> None:
    room = make_room()
    room.lead(EditSession(consent=Consent.CHATHAM))
    room.session.refresh_from_db()
    assert duplicate(session=room.session).consent == Consent.CHATHAM
    assert make_rehearsal(session=room.session).consent == Consent.CHATHAM


@pytest.mark.parametrize("made", ["copy", "rehearsal", "form"])
@pytest.mark.parametrize("consent", list(Consent))
def test_what_stays_in_a_session_is_in_no_copy_of_it(database: str, consent: Consent, made: str) -> None:
    """Nobody took part in a copy yet, so it can be made looser."""
    vote = Preparation()
    vote.add(THEIRS, whose=Whose.PARTICIPANT)
    vote.add(TEAM)
    Session.objects.filter(pk=vote.room.session.pk).update(consent=consent)
    vote.room.session.refresh_from_db()
    copy = MAKERS[made](vote.room)
    told = {item.text_nl for item in Item.objects.filter(session=copy)}
    assert TEAM in told
    assert (THEIRS in told) is may_hold(consent, Content.WORDS)


def test_what_was_said_in_a_rehearsal_is_in_no_copy_but_a_rehearsal(database: str) -> None:
    vote = Preparation()
    vote.add(THEIRS, whose=Whose.PARTICIPANT)
    Session.objects.filter(pk=vote.room.session.pk).update(rehearsal=True)
    vote.room.session.refresh_from_db()
    assert not Item.objects.filter(session=duplicate(session=vote.room.session), text_nl=THEIRS).exists()
    assert Item.objects.filter(session=make_rehearsal(session=vote.room.session), text_nl=THEIRS).exists()


def test_rows_of_chatham_house_keep_words_and_lose_everything_else(voted: Scene) -> None:
    lines = rows(tell(voted, Consent.CHATHAM), "contributions.csv")
    assert any(line["text"] for line in lines)
    for key in ("participant", "sector", "sector_nl", "sector_en", "created_at", "edited_at"):
        assert {line[key] for line in lines} == {""}
