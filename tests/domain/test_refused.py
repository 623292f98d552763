"""Every refusal that can be raised has a test that raises it where the program does. Counted here.

Places are read from the source. What the rules refuse stands in rule_cases.py; a ballot's refusals are its examples;
here is what commands look up, and what is refused before or beside all rules: of message, connection and server.
"""

from __future__ import annotations

import ast
import json
from uuid import uuid4

import pytest

from sessions.domain import rules
from sessions.domain.actor import Actor
from sessions.domain.authorisation import Login, _judge
from sessions.domain.batch_rows import BatchRows
from sessions.domain.commands import (
    ClassifyCard,
    GoOn,
    MoveParticipant,
    OpenStep,
    ReplaceAgenda,
    ShowStage,
    TickCard,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.deletion import mark_wiping
from sessions.domain.erasure import erase_person
from sessions.domain.handlers import cards, groups, paper_ballots, people, steps, ticks, transfer, whole_agenda
from sessions.domain.structure import Structure
from sessions.domain.world import CommandRequest, World
from sessions.enums import Aspect, Role
from sessions.errors import SENTENCES, Code, Refused
from sessions.kinds import Keys
from sessions.kinds.question.commands import check_has_questions
from sessions.live.guess_limiter import CODES, AddressBudget, Guess, GuessLimiter
from sessions.live.join_code_guesses import settle_guess
from sessions.live.protocol import FRAME_BYTES, decode_content, decode_envelope
from sessions.models import Member, StageLink, Step
from sessions.models.ids import new_token, token_hash

from ..factory import SessionHarness, make_member, make_programme, make_room
from ..kinds.ballots import EXAMPLES, documented, play
from ..refusing import ROOT, Case, Place, check_case, find_places
from .papers import PaperVote, retire_a_paper, take_back_a_phone
from .rows import step
from .rule_cases import CASES as RULES

__all__ = ["documented"]
NOBODY = "0" * 12


# -- what commands look up: in a session that is stored ------------------------------------------------------------


def in_room() -> tuple[SessionHarness, Step, Actor]:
    """Return a session with an open step for cards, and somebody in it."""
    room = make_room()
    collect = room.step(Keys.COLLECT)
    room.lead(OpenStep(step=collect.public_id))
    (person,) = room.join("onderwijs")
    return room, collect, person


def write_without_pillar() -> None:
    room, collect, person = in_room()
    room.ask(person, WriteCard(step=collect.public_id, text="a", aspect=Aspect.BOTH, lang="nl"))


def withdraw_nothing() -> None:
    room, _, person = in_room()
    room.ask(person, WithdrawCard(card=NOBODY))


def classify_nothing() -> None:
    room, *_ = in_room()
    room.lead(ClassifyCard(card=NOBODY, aspect=Aspect.BOTH))


def move_nobody() -> None:
    room, *_ = in_room()
    room.lead(MoveParticipant(participant=NOBODY, sector=room.sectors["onderwijs"].public_id))


def undo_nothing() -> None:
    make_room().lead(UndoStep())


def undo_a_tick_twice() -> None:
    """The item of the change to undo is gone, as after a race of two undos."""
    room = make_room()
    round_, _ = room.open_vote(items=2)
    (card,) = room.scribe(Step.objects.get(session=room.session, kind=Keys.COLLECT), "onderwijs")
    room.lead(TickCard(round=round_.public_id, card=card, on=True))
    world = world_of(room)
    undo = world.session.undo
    assert undo is not None
    world.structure.round_items.clear()
    ticks.undo_tick(world=world, undo=undo)


def take_up_a_paper_of_no_round() -> None:
    """The round of the paper to take up again is gone, as after a race of two undos."""
    vote = PaperVote()
    (paper,) = vote.type_in("onderwijs")
    vote.remove(paper)
    world = world_of(vote.room)
    undo = world.session.undo
    assert undo is not None
    world.structure.rounds.clear()
    paper_ballots.undo_remove(world=world, undo=undo)


def world_of(room: SessionHarness) -> World:
    room.session.refresh_from_db()
    return World(room.session, Structure.load(room.session), room.session.created_at)


def go_on_with_a_wrong_code() -> None:
    room, *_ = in_room()
    new = token_hash(new_token())
    room.ask(Actor.system(), GoOn(code="ZZZZZZ", token_hash=new, receipt_hash=new, instead_of=None, waiting=None))


def show_by_a_link_that_was_taken_back() -> None:
    room, collect, _ = in_room()
    projector = room.projector()
    StageLink.objects.filter(pk=projector.id).delete()
    room.ask(projector, ShowStage(step=collect.public_id, held=True))


def ask_as(member: Member, room: SessionHarness, *, key: str = "") -> None:
    (result,) = room.batch(CommandRequest(Actor.member(member.pk), UndoStep(), uuid4(), Login(member.pk, key)))
    assert isinstance(result, Refused)
    raise result


def ask_with_a_closed_account() -> None:
    room = make_room()
    Member.objects.filter(pk=room.member.pk).update(is_active=False)
    ask_as(room.member, room)


def ask_of_another_programme() -> None:
    ask_as(make_member(make_programme(), Role.CORE), make_room())


def ask_signed_out() -> None:
    room = make_room()
    ask_as(room.member, room, key="a" * 32)


def find_no_group() -> None:
    _, collect, _ = in_room()
    groups.find_group(step=collect, name=NOBODY)


def sit_nowhere() -> None:
    _, collect, person = in_room()
    groups.group_of(step=collect, participant=person.id)


def wipe_nothing() -> None:
    mark_wiping(0)


def erase_nobody() -> None:
    room, *_ = in_room()
    erase_person(session_id=room.session.pk, person_id=0)


STORED = [
    Case(cards._choose_pillar, Code.PILLAR_MISSING, write_without_pillar),
    Case(cards.withdraw_card, Code.CARD_UNKNOWN, withdraw_nothing),
    Case(BatchRows.card, Code.CARD_UNKNOWN, classify_nothing),
    Case(BatchRows.participant, Code.PARTICIPANT_UNKNOWN, move_nobody),
    Case(people._with_phone, Code.PARTICIPANT_UNKNOWN, retire_a_paper),
    Case(paper_ballots._paper, Code.PARTICIPANT_UNKNOWN, take_back_a_phone),
    Case(steps.undo_step, Code.UNDO_TOO_LATE, undo_nothing),
    Case(whole_agenda.replace_agenda, Code.TEMPLATE_UNKNOWN, lambda: make_room().lead(ReplaceAgenda(template="gone"))),
    Case(ticks.undo_tick, Code.UNDO_TOO_LATE, undo_a_tick_twice),
    Case(paper_ballots.undo_remove, Code.UNDO_TOO_LATE, take_up_a_paper_of_no_round),
    Case(transfer.transfer_participant, Code.MOVE_UNKNOWN, go_on_with_a_wrong_code),
    Case(BatchRows.standing, Code.LINK_REVOKED, show_by_a_link_that_was_taken_back, rules.require_member),
    Case(_judge, Code.ACCOUNT_CLOSED, ask_with_a_closed_account, rules.require_member),
    Case(_judge, Code.NO_ROLE, ask_of_another_programme, rules.require_member),
    Case(_judge, Code.SIGNED_OUT, ask_signed_out, rules.require_member),
    Case(groups.find_group, Code.GROUP_UNKNOWN, find_no_group),
    Case(groups.group_of, Code.GROUP_MISSING, sit_nowhere),
    Case(mark_wiping, Code.SESSION_UNKNOWN, wipe_nothing),
    Case(erase_person, Code.SESSION_UNKNOWN, lambda: erase_person(session_id=0, person_id=0)),
    Case(erase_person, Code.PARTICIPANT_UNKNOWN, erase_nobody),
]


@pytest.mark.parametrize("case", STORED, ids=str)
@pytest.mark.django_db(transaction=True)
def test_what_is_not_there_is_refused(case: Case) -> None:
    check_case(case)


# -- a step's kind, and what comes before all rules: without a session ----------------------------------------------


def say(content: str, do: str = "card.write") -> str:
    return f'{{"id":1,"do":{json.dumps(do)},"key":"{uuid4()}","with":{content}}}'


def guess(*, waits: bool) -> Guess:
    return Guess(GuessLimiter(CODES), AddressBudget(CODES, 0), None, (), waits)


BESIDE = [
    Case(check_has_questions, Code.STEP_WRONG_KIND, lambda: check_has_questions(step(Keys.VOTE))),
    Case(decode_envelope, Code.TOO_LARGE, lambda: decode_envelope(say(f'"{"a" * FRAME_BYTES}"'))),
    Case(decode_envelope, Code.BAD_MESSAGE, lambda: decode_envelope("[]")),
    Case(decode_content, Code.UNKNOWN_COMMAND, lambda: decode_content(decode_envelope(say("{}", do="card.eat")))),
    Case(decode_content, Code.BAD_MESSAGE, lambda: decode_content(decode_envelope(say("{}")))),
    Case(settle_guess, Code.SESSION_UNKNOWN, lambda: settle_guess(guess(waits=False), None)),
    Case(settle_guess, Code.SLOW_DOWN, lambda: settle_guess(guess(waits=True), None)),
]


@pytest.mark.parametrize("case", BESIDE, ids=str)
def test_what_no_rule_sees_is_refused(case: Case) -> None:
    check_case(case)


# -- counted ---------------------------------------------------------------------------------------------------------

OVER_A_LINE = {
    Code.FLOODED: "live/test_budgets.py::test_who_sends_too_much_is_told_and_cut_off",
    Code.HELLO_FIRST: "live/test_strangers.py::test_a_socket_without_a_hello_is_told_and_closed",
    Code.INTERNAL: "live/test_writer.py::test_a_mistake_of_ours_refuses_its_own_command_only",
    Code.JOIN_REFUSED: "live/test_waiting_room.py::test_who_joins_waits_and_is_let_in_or_refused",
    Code.KEY_MISSING: "live/test_bad_input.py::test_bad_frames_get_a_typed_and_translated_error",
    Code.PROTOCOL_VERSION: "docs/test_told.py::try_first_frames",
    Code.SESSION_DELETED: "live/test_two_processes.py::test_a_deleted_session_ends_at_the_other_process_too",
}
"""What only a socket, a page or a batch that fails can be told, and the test in which one is."""
OF_THE_LINE = {
    # The message.
    *(Code.BAD_MESSAGE, Code.TOO_LARGE, Code.UNKNOWN_COMMAND, Code.KEY_MISSING),
    *(Code.HELLO_FIRST, Code.PROTOCOL_VERSION),
    # How fast it comes, and whether the server can.
    *(Code.SLOW_DOWN, Code.FLOODED, Code.UNAVAILABLE, Code.INTERNAL),
    # What an address or a form names.
    *(Code.SESSION_UNKNOWN, Code.SESSION_DELETED, Code.SECTOR_UNKNOWN, Code.MOVE_UNKNOWN),
    # Who asks: what a cookie or a link is worth.
    *(Code.NOT_ALLOWED, Code.NOT_JOINED, Code.WENT_ON, Code.SIGNED_OUT, Code.LINK_REVOKED, Code.JOIN_REFUSED),
}
"""What sockets and pages refuse themselves. All else is refused by a rule, a look-up, a kind or a ballot."""


def places_of_examples() -> set[Place]:
    """Return where the ballots refuse what their examples say is refused."""
    found = set()
    for kind, example, _ in EXAMPLES:
        if example.refused is not None:
            own = play(kind, example)
            with pytest.raises(Refused) as caught:
                own.cast(example.marks)
            last = caught.traceback[-1].frame
            found.add(Place(str(last.f_globals["__name__"]), last.code.raw.co_qualname, caught.value.code))
    return found


def test_every_refusal_of_a_rule_has_its_test() -> None:
    tried = {case.where() for case in (*RULES, *STORED, *BESIDE)} | places_of_examples()
    untried = find_places("domain", "kinds", "ballots") - tried
    assert not untried, [str(place) for place in sorted(untried)]


def test_every_code_has_its_test() -> None:
    tried = {case.code for case in (*RULES, *STORED, *BESIDE)} | {place.code for place in places_of_examples()}
    assert set(Code) - tried == set(OVER_A_LINE)
    assert set(Code) == set(SENTENCES)
    for code, test in OVER_A_LINE.items():
        file, name = test.split("::")
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}, (
            test
        )
        words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert code.value in words or code.name in names, f"{test} does not speak of {code.value}"


def test_every_code_can_be_raised() -> None:
    places = find_places("domain", "kinds", "ballots", "live", "views")
    assert {place.code for place in places} == set(Code)


def test_sockets_and_pages_refuse_nothing_that_a_rule_decides() -> None:
    decided = {place for place in find_places("live", "views", "server") if place.code not in OF_THE_LINE}
    assert not decided, [str(place) for place in sorted(decided)]
