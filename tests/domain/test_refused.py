"""Every refusal that can be raised has a test that raises it where the program does. Counted here.

Places are read from the source. What the rules refuse stands in rule_cases.py, what commands look up in
stored_cases.py; a ballot's refusals are its examples; here is what is refused before or beside all rules: of message,
connection and server.
"""

from __future__ import annotations

import ast
import json
from uuid import uuid4

import pytest

from sessions.enums import Pace
from sessions.errors import SENTENCES, Code, Refused
from sessions.kinds import Keys
from sessions.kinds.question.commands import check_has_questions
from sessions.live.crowds import start_crowd
from sessions.live.guess_limiter import CODES, AddressBudget, Guess, GuessLimiter
from sessions.live.join_code_guesses import count_guess
from sessions.live.protocol import FRAME_BYTES, decode_content, decode_envelope

from ..kinds.ballots import EXAMPLES, documented, play
from ..refusing import ROOT, Case, Place, check_case, find_places
from .rows import session, step
from .rule_cases import CASES as RULES
from .stored_cases import STORED

__all__ = ["documented"]


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
    Case(start_crowd, Code.CROWD_NO_ADDRESS, lambda: start_crowd(session(rehearsal=True), people=1, pace=Pace.SLOW)),
    Case(count_guess, Code.SESSION_UNKNOWN, lambda: count_guess(guess(waits=False), None)),
    Case(count_guess, Code.SLOW_DOWN, lambda: count_guess(guess(waits=True), None)),
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
    *(Code.SLOW_DOWN, Code.FLOODED, Code.UNAVAILABLE, Code.INTERNAL, Code.CROWD_NO_ADDRESS),
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
