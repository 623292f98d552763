"""What was carried to another session goes with what it was carried from, also where a command of the shell ends it."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from sessions.domain import moment
from sessions.domain.commands import RedactCard, TickCard, WriteCard
from sessions.domain.retention import set_keep_until
from sessions.enums import Aspect
from sessions.kinds import Keys as StepKind
from sessions.management.erased_again import erase_again
from sessions.models import Item, Participant, Session, Step
from sessions.models.ids import token_hash

from .test_carried import beside
from .voted_items import Preparation

pytestmark = pytest.mark.usefixtures("database")

WORDS = "Een veerpont bij de haven"


def carry_theirs() -> tuple[Preparation, Preparation, Item]:
    """Return a session whose result was shown, another one to which it was carried, and there the copy of a card that
    the first person wrote.
    """
    vote = Preparation()
    collect = Step.objects.get(session=vote.room.session, kind=StepKind.COLLECT)
    pillar = vote.room.pillars[0].public_id
    command = WriteCard(step=collect.public_id, text=WORDS, aspect=Aspect.BOTH, lang="nl", pillar=pillar)
    card = vote.room.ask(vote.people[0], command).id
    assert card is not None
    vote.room.lead(TickCard(round=vote.name, card=card, on=True))
    vote.open()
    vote.vote(*vote.order()[:1])
    vote.reveal()
    later = beside(vote)
    later.carry(vote)
    return vote, later, Item.objects.get(session=later.room.session, text_nl=WORDS)


def test_the_command_of_retention_takes_copies_of_redacted_cards_along() -> None:
    Session.every.update(keep_until=None)  # of the tests before
    vote, later, _ = carry_theirs()
    origin = Item.objects.get(session=vote.room.session, contribution__public_id=vote.cards[0])
    copy = Item.objects.get(session=later.room.session, origin=origin.public_id)
    vote.room.lead(RedactCard(card=vote.cards[0], reason="off_topic"))
    set_keep_until(vote.room.session.pk, day=dt.date(2026, 1, 1))
    call_command("retention", stdout=StringIO())
    assert not Session.every.filter(pk=vote.room.session.pk).exists()
    copy.refresh_from_db()
    assert (copy.text_nl, copy.text_en) == ("", "")
    assert Item.objects.filter(session=later.room.session, text_nl=WORDS).exists()


def test_after_a_restore_copies_of_an_erased_person_go_also_when_their_session_was_deleted_since() -> None:
    vote, later, copy = carry_theirs()
    person, session = Participant.objects.get(pk=vote.people[0].id), vote.room.session
    erase_again({})  # what other tests left in this database, which is not emptied between them
    # The backup knows nothing of it: the list is that of the database it replaces.
    erased = {token_hash(name): moment.now() for name in (person.public_id, session.public_id)}
    assert erase_again(erased) == 2
    assert not Session.every.filter(pk=vote.room.session.pk).exists()
    copy.refresh_from_db()
    assert (copy.text_nl, copy.text_en) == ("", "")
    assert not Item.objects.filter(session=later.room.session, text_nl=WORDS).exists()
