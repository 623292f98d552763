"""Erasing one person: nothing of theirs is left, what was published reads as before, and the log can be read on."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec
import pytest
from django.apps import apps
from django.core import serializers
from django.utils import translation

from sessions.domain.actor import Actor
from sessions.domain.commands import CloseStep, MoveParticipant, OpenStep, RevealStep, TickCard, WriteCard
from sessions.domain.documents import ResultDoc
from sessions.domain.erasure import erase_person, find_person
from sessions.domain.log import LogKind, read_entries
from sessions.domain.own_data import find_holder, read_own_data
from sessions.domain.publication import Reader, read_figures
from sessions.domain.receipt import issue_receipt
from sessions.domain.snapshot import show_tally
from sessions.domain.state import State
from sessions.enums import Aspect, Consent, Role
from sessions.errors import Code, Refused
from sessions.exchange.files import files_for, read_file
from sessions.exchange.report.chapters.taking_part import tell_people
from sessions.exchange.report.facts import read_facts
from sessions.kinds import Keys
from sessions.models import Event, Item, Participant, PublishedBallot, Round, Session

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")

WORDS, OTHERS = "Een brug over het kanaal", "Meer bomen"


class Evening:
    """Six people write, one card of two by the person to be erased goes to the vote, and the result is shown."""

    def __init__(self) -> None:
        self.room: SessionHarness = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=4), *self.room.join("overheden", n=3)]
        collect, vote = self.room.step(Keys.COLLECT), self.room.step(Keys.VOTE, budget=2)
        self.room.lead(OpenStep(step=collect.public_id))
        self.mine, self.spare, self.theirs = (
            self.write(0, WORDS, collect.public_id),
            self.write(0, f"{WORDS} en verder", collect.public_id),
            self.write(1, OTHERS, collect.public_id),
        )
        self.round: Round = vote.rounds.get()
        self.room.lead_all(
            [TickCard(round=self.round.public_id, card=card, on=True) for card in (self.mine, self.theirs)]
        )
        self.room.lead_all([CloseStep(step=collect.public_id), OpenStep(step=vote.public_id)])
        self.items = dict(self.round.round_items.values_list("item__contribution__public_id", "item__public_id"))
        for person in self.people:
            self.room.vote(person, self.round, self.items[self.theirs], tap=1)
        self.room.vote(self.people[0], self.round, self.items[self.mine], tap=2)
        self.vote_step = vote.public_id
        self.session: Session = self.room.session
        self.person = Participant.objects.get(pk=self.people[0].id)

    def write(self, person: int, text: str, step: str) -> str:
        command = WriteCard(step=step, text=text, aspect=Aspect.BOTH, lang="nl", pillar=self.room.pillars[0].public_id)
        made = self.room.ask(self.people[person], command).id
        assert made is not None
        return made

    def erase(self) -> None:
        erase_person(session_id=self.session.pk, person_id=self.person.pk)
        self.session.refresh_from_db()

    def figures(self) -> ResultDoc:
        found = Round.objects.select_related("step", "session__programme").get(pk=self.round.pk)
        sectors = list(self.session.programme.sectors.all())
        return read_figures(rounds=[found], sectors=sectors, reader=Reader.OTHERS, threshold=3)[found.pk]


@pytest.fixture
def evening() -> Evening:
    return Evening()


def everything() -> Iterator[str]:
    """Yield every row of every table, as text."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all().iterator():
            yield serializers.serialize("json", [row])


def test_no_row_of_any_table_holds_anything_of_theirs(evening: Evening) -> None:
    room, person = evening.room, evening.person
    room.lead(MoveParticipant(participant=person.public_id, sector=evening.room.sectors["overheden"].public_id))
    room.lead(RevealStep(step=evening.vote_step))
    theirs = (WORDS, person.public_id, evening.mine, evening.spare, str(person.token_hash), str(person.receipt_hash))
    assert any(theirs[0] in row for row in everything())
    evening.erase()
    left = [(words, row) for row in everything() for words in theirs if words in row]
    assert left == []
    assert not Event.objects.filter(actor_kind="participant", actor_id=person.pk).exists()
    assert any(OTHERS in row for row in everything())


def test_no_file_of_any_role_holds_anything_of_theirs(evening: Evening) -> None:
    evening.room.lead(RevealStep(step=evening.vote_step))
    theirs = (WORDS, evening.person.public_id, evening.mine, evening.spare)
    evening.erase()
    for role in Role:
        for found in files_for(role, consent=Consent.FULL):
            content = b"".join(read_file(found=found, session_id=evening.session.pk, role=role))
            assert not [words for words in theirs if words.encode() in content], found.name


def test_figures_that_were_shown_stay_and_say_that_ballots_changed(evening: Evening) -> None:
    evening.room.lead(RevealStep(step=evening.vote_step))
    before = evening.figures()
    evening.erase()
    after = evening.figures()
    assert (before.late, after.late) == (0, 1)
    assert msgspec.structs.replace(after, late=0) == before
    nobody = PublishedBallot.objects.filter(publication__round=evening.round, participant=None, digest="")
    assert nobody.count() == 1
    assert evening.session.erased == 1


def test_a_result_that_was_not_shown_yet_is_made_without_them(evening: Evening) -> None:
    evening.erase()
    evening.room.lead(RevealStep(step=evening.vote_step))
    assert evening.figures().n == len(evening.people) - 1


def test_the_log_has_all_its_numbers_and_screens_are_made_anew(evening: Evening) -> None:
    before = evening.session.epoch
    evening.session.refresh_from_db()
    newest = evening.session.seq
    evening.erase()
    assert evening.session.epoch != before
    lines = read_entries(session_id=evening.session.pk, after=0, up_to=newest)
    assert [line.seq for line in lines] == list(range(1, newest + 1))
    dropped = [line for line in lines if line.kind is LogKind.ANSWER_DROPPED]
    assert dropped
    assert all(line.data == {} for line in dropped)
    state = State.load(evening.session.pk)
    assert evening.person.pk not in state.people
    state.apply(lines)
    show_tally(state)


def test_the_item_of_their_card_stays_without_words(evening: Evening) -> None:
    evening.erase()
    item = Item.objects.get(public_id=evening.items[evening.mine])
    assert (item.contribution_id, item.text_nl, item.text_en) == (None, "", "")
    assert item.destroyed_at is not None


def test_others_go_on_and_a_second_person_can_be_erased(evening: Evening) -> None:
    evening.erase()
    other = evening.people[1]
    evening.room.vote(other, evening.round, evening.items[evening.theirs], value=0, tap=9)
    erase_person(session_id=evening.session.pk, person_id=other.id)
    evening.session.refresh_from_db()
    assert evening.session.erased == 2


def test_who_is_gone_is_not_erased_twice_and_cannot_act(evening: Evening) -> None:
    evening.erase()
    with pytest.raises(Refused) as refused:
        evening.erase()
    assert refused.value.code is Code.PARTICIPANT_UNKNOWN
    with pytest.raises(Refused) as refused:
        evening.room.vote(Actor.participant(evening.person.pk), evening.round, evening.items[evening.theirs], tap=99)
    assert refused.value.code is Code.NOT_JOINED


def test_a_person_is_found_by_tag_or_card_and_two_of_one_tag_by_nothing(evening: Evening) -> None:
    person = evening.person
    Participant.objects.filter(session=evening.session).exclude(pk=person.pk).update(tag="ZZZZ")
    Participant.objects.filter(pk=person.pk).update(tag="ABCD")
    assert find_person(evening.session, named=" abcd ") == person
    assert find_person(evening.session, named=evening.spare) == person
    assert find_person(evening.session, named="ZZZZ") is None
    assert find_person(evening.session, named="nobody") is None


def test_their_own_data_hold_all_of_it_and_nothing_of_others(evening: Evening) -> None:
    code = issue_receipt(person=evening.person, token=evening.room.tokens[evening.person.pk])
    holder = find_holder(code)
    assert holder is not None
    told = read_own_data(holder)
    text = json.dumps(told, ensure_ascii=False)
    assert {card["text"] for card in told["cards"]} == {WORDS, f"{WORDS} en verder"}
    assert [vote["value"] for vote in told["votes"]] == [1, 1]
    assert OTHERS not in text
    others = Participant.objects.filter(session=evening.session).exclude(pk=evening.person.pk)
    assert not [other for other in others if other.public_id in text]
    evening.erase()
    assert find_holder(code) is None


def test_who_took_part_reads_as_before_in_the_report(evening: Evening) -> None:
    """Else the difference of two reports tells of which O the one was whose card is gone."""
    evening.room.lead(CloseStep(step=evening.vote_step))
    evening.room.lead(RevealStep(step=evening.vote_step))

    def taken() -> object:
        facts = read_facts(session=Session.objects.get(pk=evening.session.pk), role=Role.STEERING)
        return facts.taken

    before = taken()
    evening.erase()
    assert taken() == before
    facts = read_facts(session=Session.objects.get(pk=evening.session.pk), role=Role.STEERING)
    with translation.override("en"):
        assert any("1 person was erased" in str(block) for block in tell_people(facts))
