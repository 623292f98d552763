"""Words of an item that are redacted: gone at once everywhere, and destroyed with every copy of them."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.domain import moment
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    CarryItems,
    Command,
    DestroyRedacted,
    EditItem,
    EditStep,
    RedactCard,
    RedactItem,
    RestoreItem,
    SealStep,
)
from sessions.domain.deletion import mark_deleting
from sessions.domain.redaction import find_due
from sessions.domain.sessions import duplicate, make_rehearsal
from sessions.enums import Consent, Role
from sessions.errors import Code, Refused
from sessions.exchange.files import files_for, read_file
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Event, Item, RoundItem, Session, Step

from ..factory import SessionHarness
from ..live.client import Watch
from .test_carried import beside
from .voted_items import PARTICIPANT, Preparation, item

pytestmark = pytest.mark.usefixtures("database")
NAME = "Vraag het mevrouw Jansen"


def voted() -> tuple[Preparation, str]:
    """Return a vote of which the result was shown, with a typed item that holds a name."""
    vote = Preparation()
    (made,) = vote.add(NAME)
    vote.open()
    vote.vote(made)
    vote.reveal()
    return vote, made


def refused(vote: Preparation, command: Command) -> Code:
    with pytest.raises(Refused) as found:
        vote.room.lead(command)
    return found.value.code


def words_of(vote: Preparation) -> list[str]:
    """Return what items of the programme say."""
    items = Item.objects.filter(session__programme=vote.room.session.programme)
    return list(items.values_list("text_nl", flat=True))


def in_files(session: Session) -> list[tuple[Role, str]]:
    """Return the files, of each role, in which the name stands. The zip and the workbook hold the same tables."""
    return [
        (role, found.name)
        for role in Role
        for found in files_for(role, consent=Consent.FULL)
        if found.name not in ("session.zip", "session.xlsx")
        and NAME in b"".join(read_file(found=found, session_id=session.pk, role=role)).decode()
    ]


def destroy(monkeypatch: pytest.MonkeyPatch, *sessions: Session) -> None:
    """Let the undo time go by, and look as often as words can go from one session to another."""
    at = moment.now() + dt.timedelta(seconds=11)
    monkeypatch.setattr(moment, "now", lambda: at)
    for _ in range(3):
        for session in sessions:
            if session.pk in find_due():
                harness = SessionHarness(session=session, member=None, sectors={}, pillars=[])  # type: ignore[arg-type]
                harness.ask(Actor.system(), DestroyRedacted())
    assert not {session.pk for session in sessions} & {*find_due()}


def test_they_are_gone_at_once_on_every_screen_and_in_every_file() -> None:
    vote, made = voted()
    room = vote.room
    person = vote.people[0]
    watch = Watch(room, people=[person])
    assert in_files(room.session)
    seq = room.lead(RedactItem(item=made, reason="rude")).seq
    assert room.lead(RedactItem(item=made, reason="rude")).seq == seq
    watch.check()
    for found in watch.snapshots.values():
        assert NAME not in str(found)
        (told,) = [each for round_ in found["rounds"] for each in round_["items"] if each["id"] == made]
        assert (told["text"], told["words"], told["hidden"], told["reason"]) == ("", None, True, "rude")
    assert in_files(room.session) == []
    # Votes and place stay.
    assert next(each for each in watch.snapshots["console"]["results"] if each["items"])["items"][0]["item"] == made
    room.lead(RestoreItem(item=made))
    watch.check()
    assert NAME in str(watch.snapshots["phone"])
    assert in_files(room.session)


def test_a_name_is_destroyed_when_the_undo_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, made = voted()
    vote.room.lead(RedactItem(item=made, reason="name"))
    assert vote.room.session.pk not in find_due()
    watch = Watch(vote.room, people=vote.people[:1])
    destroy(monkeypatch, vote.room.session)
    watch.check()
    assert (item(made).text_nl, item(made).text_en) == ("", "")
    assert refused(vote, RestoreItem(item=made)) is Code.UNDO_TOO_LATE
    lines = Event.objects.filter(session=vote.room.session)
    assert NAME not in str(list(lines.values_list("data", flat=True)))
    # Whoever has the database cannot try names until one fits.
    assert not lines.filter(kind="item.added", digest__isnull=False).exists()


def test_anything_else_waits_for_the_closing_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, made = voted()
    vote.room.lead(RedactItem(item=made, reason="off_topic"))
    destroy(monkeypatch, vote.room.session)
    vote.room.lead(RestoreItem(item=made))
    vote.room.lead(RedactItem(item=made, reason="rude"))
    vote.room.lead(SealStep(step=vote.step.public_id))
    # The last seconds can still be undone.
    assert item(made).text_nl == NAME
    destroy(monkeypatch, vote.room.session)
    assert item(made).text_nl == ""


def test_a_card_is_redacted_as_a_card_and_what_is_not_there_is_not() -> None:
    vote, made = voted()
    of_card = Item.objects.get(contribution__public_id=vote.cards[0]).public_id
    assert refused(vote, RedactItem(item=of_card, reason="name")) is Code.ITEM_IS_CARD
    assert refused(vote, RestoreItem(item=of_card)) is Code.ITEM_IS_CARD
    assert refused(vote, RedactItem(item="0" * 12, reason="name")) is Code.ITEM_UNKNOWN
    seq = vote.room.lead(RestoreItem(item=made)).seq
    assert vote.room.lead(RestoreItem(item=made)).seq == seq


def test_before_the_vote_they_are_not_changed_and_not_taken_along() -> None:
    vote = Preparation()
    (made,) = vote.add(NAME)
    vote.room.lead(RedactItem(item=made, reason="rude"))
    assert refused(vote, EditItem(round=vote.name, item=made, text_nl="Vraag het")) is Code.CARD_REDACTED
    other = vote.another()
    other.carry(vote)
    assert made not in other.order()
    assert refused(vote, CarryItems(round=other.name, of=vote.name, items=[made])) is Code.ITEM_UNKNOWN
    copy = duplicate(session=vote.room.session)
    assert NAME not in Item.objects.filter(session=copy).values_list("text_nl", flat=True)


def test_a_name_goes_with_every_copy_wherever_it_was_redacted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Carried on, copied with its session, in a rehearsal; redacted in one of the copies."""
    vote, made = voted()
    second = beside(vote)
    second.carry(vote, [made])
    second.open()
    copy = Item.objects.get(session=second.room.session, origin=made)
    copies = [second.room.session, duplicate(session=vote.room.session), make_rehearsal(session=vote.room.session)]
    assert words_of(vote).count(NAME) == 4
    second.room.lead(RedactItem(item=copy.public_id, reason="name"))
    destroy(monkeypatch, vote.room.session, *copies)
    assert NAME not in words_of(vote)
    assert item(made).destroyed_at is not None


def test_what_is_off_topic_here_may_be_the_topic_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, made = voted()
    second = beside(vote)
    second.carry(vote, [made])
    vote.room.lead(RedactItem(item=made, reason="off_topic"))
    vote.room.lead(SealStep(step=vote.step.public_id))
    destroy(monkeypatch, vote.room.session, second.room.session)
    assert item(made).text_nl == ""
    assert Item.objects.get(session=second.room.session, origin=made).text_nl == NAME


def test_a_name_in_carried_words_of_a_card_takes_the_card_along(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, _ = voted()
    card = Contribution.objects.get(public_id=vote.cards[0])
    text = card.text
    second = beside(vote)
    second.carry(vote)
    copy = Item.objects.get(session=second.room.session, origin=card.item.public_id)
    second.open()
    second.room.lead(RedactItem(item=copy.public_id, reason="name"))
    watch = Watch(vote.room, people=vote.people[:1])
    destroy(monkeypatch, vote.room.session, second.room.session)
    watch.check()
    card.refresh_from_db()
    assert (card.text, card.reason) == ("", "name")
    assert card.destroyed_at is not None
    assert text not in words_of(vote)


def test_copies_of_a_redacted_card_go_also_when_its_session_is_deleted_first(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, _ = voted()
    second = beside(vote)
    second.carry(vote)
    origin = Item.objects.get(contribution__public_id=vote.cards[0]).public_id
    copy = Item.objects.get(session=second.room.session, origin=origin)
    vote.room.lead(RedactCard(card=vote.cards[0], reason="off_topic"))
    assert second.room.session.pk not in find_due()
    mark_deleting(vote.room.session.pk)
    destroy(monkeypatch, second.room.session)
    assert item(copy.public_id).text_nl == ""
    assert sum(bool(words) for words in words_of(second)) == 3


def test_typed_words_of_a_participant_too() -> None:
    vote = Preparation()
    (made,) = vote.add(NAME, whose=PARTICIPANT)
    vote.open()
    vote.room.lead(RedactItem(item=made, reason="name"))
    assert in_files(vote.room.session) == []


def choice() -> tuple[Preparation, Step, str]:
    """Return a question of two options that is open, and the one that holds a name."""
    vote = Preparation()
    options = [{"nl": "De gemeente", "en": "The municipality"}, {"nl": NAME, "en": NAME}, {"nl": "Niemand", "en": ""}]
    vote.step = vote.room.step(StepKind.QUESTION, mode="choice", options=options)
    vote.round = vote.step.rounds.get()
    vote.open()
    made = RoundItem.objects.get(round=vote.round, item__text_nl=NAME).item.public_id
    return vote, vote.step, made


def options_of(step: Step) -> list[str]:
    step.refresh_from_db()
    return [option["nl"] for option in step.settings["options"]]


def test_an_option_leaves_the_settings_of_its_step_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, step, made = choice()
    watch = Watch(vote.room, people=vote.people[:1])
    vote.room.lead(RedactItem(item=made, reason="rude"))
    watch.check()
    assert all(NAME not in str(found) for found in watch.snapshots.values())
    assert options_of(step) == ["De gemeente", "Niemand"]
    assert in_files(vote.room.session) == []
    # The step can still be edited, and put back together.
    vote.room.lead(EditStep(step=step.public_id, settings={"mode": "choice"}))
    vote.room.lead(RestoreItem(item=made))
    watch.check()
    assert options_of(step) == ["De gemeente", NAME, "Niemand"]
    vote.room.lead(RedactItem(item=made, reason="name"))
    destroy(monkeypatch, vote.room.session)
    watch.check()
    assert options_of(step) == ["De gemeente", "Niemand"]
    lines = Event.objects.filter(session=vote.room.session, data__step=step.public_id, kind__startswith="step.")
    assert not lines.filter(kind__in=["step.added", "step.edited"], digest__isnull=False).exists()


def test_an_option_goes_in_copies_of_the_session_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, _, made = choice()
    copy = duplicate(session=vote.room.session)
    vote.room.lead(RedactItem(item=made, reason="name"))
    destroy(monkeypatch, vote.room.session, copy)
    assert NAME not in words_of(vote)
    steps = Step.objects.filter(session__in=[vote.room.session, copy])
    assert all(NAME not in str(found) for found in steps.values_list("settings", flat=True))
