"""Guessing join codes by every door there is: one count, right codes let in while wrong ones wait, a bounded sum.

The clock of the brake stands still and its budgets are small, so that every number is exact and soon reached.
tools/attacks/guesses.py does the same to a real server with the real budgets.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sessions.live import entry_check as door_module
from sessions.live import join_code_guesses, networks
from sessions.live.guess_limiter import CODES, GuessLimiter, Rate, Rates
from sessions.live.long_poll_app import LongPollApp
from sessions.live.socket_app import SocketApp
from sessions.models import Session
from sessions.models.ids import CODE_ALPHABET
from sessions.views import access

from .conftest import join, sign_in

gate_brake, pages_brake = door_module.join_brake, access.join_brake
SMALL = Rates(plain=Rate(6, 4), further=Rate(5, 4), common=Rate(60, 120), own=Rate(2, 2 / 60))
PLAIN, FURTHER = int(SMALL.plain.burst), int(SMALL.further.burst)
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def wrong(number: int) -> str:
    """Return a code that no session has."""
    letters = ""
    for _ in range(4):
        number, letter = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[letter]
    return "ZZ" + letters


def told(status: int) -> str:
    return {404: "unknown", 429: "wait"}.get(status, "in")


def by_form(browser: Client, code: str) -> str:
    return told(browser.post("/", {"code": code}).status_code)


def by_address(browser: Client, code: str) -> str:
    return told(browser.get("/", {"code": code}).status_code)


def by_page(path: str) -> Callable[[Client, str], str]:
    return lambda browser, code: told(browser.get(path.format(code=code)).status_code)


def by_joining(browser: Client, code: str) -> str:
    # Of no O, so that a right code lets nobody in and nobody is known to be here afterwards.
    answer = browser.post(f"/api/v1/sessions/{code}/participants", {"sector": "x"}, content_type="application/json")
    return told(answer.status_code)


def open_socket(browser: Client, path: str) -> list[dict[str, Any]]:
    """Open a socket as the server does and leave; return what was sent to it."""
    cookie = "; ".join(f"{name}={found.value}" for name, found in browser.cookies.items())
    scope = {
        "type": "websocket",
        "path": path,
        "query_string": b"as=phone",
        "headers": [(b"cookie", cookie.encode())],
        "client": [browser.defaults["REMOTE_ADDR"], 50000],
    }
    sent: list[dict[str, Any]] = []

    async def connect() -> None:
        messages = [{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001}]

        async def receive() -> dict[str, Any]:
            return messages.pop(0)

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await SocketApp()(scope, receive, send)

    asyncio.run(connect())
    return sent


def by_socket(browser: Client, code: str) -> str:
    sent = open_socket(browser, f"/ws/s/{code}/")
    if sent == [{"type": "websocket.accept"}]:
        return "in"
    opened, frame, closed = sent
    error = json.loads(frame["text"])
    assert (opened["type"], closed["type"], error["re"]) == ("websocket.accept", "websocket.close", None)
    answer = (error["error"]["code"], error["error"]["retry"], closed["code"])
    return {("session.unknown", False, 4500): "unknown", ("rate.slow_down", True, 4002): "wait"}[answer]


def open_poll(browser: Client, path: str) -> dict[str, Any]:
    """Open a long poll as the server does and leave; return what was told."""
    cookie = "; ".join(f"{name}={found.value}" for name, found in browser.cookies.items())
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"as=phone&line=" + b"x" * 20,
        "headers": [(b"cookie", cookie.encode()), (b"content-type", b"application/json")],
        "client": [browser.defaults["REMOTE_ADDR"], 50000],
    }
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def ask(body: bytes) -> None:
        bodies = [body]

        async def receive() -> dict[str, Any]:
            if not bodies:
                await asyncio.Event().wait()  # the browser stays
            return {"type": "http.request", "body": bodies.pop()}

        await LongPollApp(None)(scope, receive, send)

    async def come_and_go() -> None:
        await ask(b'{"have":0,"say":[{"id":1,"do":"nothing"}]}')
        await ask(b'{"end":true}')

    asyncio.run(come_and_go())
    told: dict[str, Any] = json.loads(sent[1]["body"])
    return told


def by_line(browser: Client, code: str) -> str:
    told = open_poll(browser, f"/http/s/{code}/")
    error = told["frames"][0]["error"]
    answer = (error["code"], error["retry"], told["closed"])
    known = {("session.unknown", False, 4500): "unknown", ("rate.slow_down", True, 4002): "wait"}
    return known.get(answer, "in")


DOORS: dict[str, Callable[[Client, str], str]] = {
    "form": by_form,
    "address": by_address,
    "join": by_page("/join/{code}/"),
    "phone": by_page("/s/{code}/"),
    "stage": by_page("/s/{code}/stage/"),
    "manifest": by_page("/s/{code}/manifest.webmanifest"),
    "api": by_page("/api/v1/sessions/{code}"),
    "api joining": by_joining,
    "socket": by_socket,
    "http": by_line,
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The brake's clock, which only a test moves."""
    now = [0.0]
    brake = GuessLimiter(SMALL, clock=lambda: now[0])
    for module in (door_module, access):
        monkeypatch.setattr(module, "join_brake", brake)
    return now


def visitor(address: str = HERE) -> Client:
    return Client(REMOTE_ADDR=address)


@pytest.mark.parametrize("door", DOORS)
def test_wrong_codes_wait_then_are_not_looked_at(session: Session, door: str) -> None:
    enter = DOORS[door]
    guesser = visitor()
    answers = [enter(guesser, wrong(number)) for number in range(PLAIN + 2)]
    assert answers == ["unknown"] * PLAIN + ["wait"] * 2
    assert enter(visitor(), session.code) == "in"
    answers = [enter(guesser, wrong(number)) for number in range(PLAIN + 2, PLAIN + FURTHER + 2)]
    assert set(answers) == {"wait"}
    # From here on the answer to a right code is that to a wrong one.
    assert enter(visitor(), session.code) == "wait"
    assert enter(visitor(ELSEWHERE), session.code) == "in"


@pytest.mark.parametrize("door", DOORS)
def test_who_was_in_is_never_asked_to_wait(session: Session, elsewhere: Session, door: str) -> None:
    person = visitor("192.0.2.3")
    join(person, session, "onderwijs")
    member = sign_in("facilitator")
    member.defaults["REMOTE_ADDR"] = HERE
    spend(HERE)
    enter = DOORS[door]
    assert enter(visitor(), session.code) == "wait"
    person.defaults["REMOTE_ADDR"] = HERE
    assert enter(person, session.code) == "in"
    assert enter(member, session.code) == "in"
    # Their cookie opens no other session, and made-up ones open none.
    assert enter(person, elsewhere.code) == "wait"
    assert enter(member, elsewhere.code) == "wait"
    forger = visitor()
    forger.cookies[f"p_{session.public_id}"] = "made up"
    forger.cookies[f"stage_{session.public_id}"] = "made up"
    forger.cookies["sessionid"] = "made up"
    join_code_guesses.places.forget()
    assert enter(forger, session.code) == "wait"


def spend(address: str) -> None:
    """Guess from this address until nothing more is looked at, by the doors in turn."""
    doors = [DOORS[name] for name in ("api", "address", "manifest")]
    guesser = visitor(address)
    for number in range(PLAIN + FURTHER):
        doors[number % 3](guesser, wrong(number))


@pytest.mark.parametrize("who", ["participant", "participant by API", "facilitator", "projector"])
def test_a_room_behind_the_address_of_a_guesser_is_let_in(session: Session, elsewhere: Session, who: str) -> None:
    """Somebody of the session was there before, so everybody else who knows its code is let in."""
    if who == "facilitator":
        member = sign_in("facilitator")
        assert member.get(f"/s/{session.code}/console/", REMOTE_ADDR=HERE).status_code == 200
    elif who == "projector":
        url = sign_in("facilitator").post(f"/s/{session.code}/stage/link/", REMOTE_ADDR=ELSEWHERE).json()["url"]
        path = url.partition("://")[2].partition("/")[2]
        assert visitor().get(f"/{path}").status_code == 302
    elif who == "participant":
        join(visitor(), session, "onderwijs")
    else:
        body = {"sector": "onderwijs"}
        api = f"/api/v1/sessions/{session.code}/participants"
        assert visitor().post(api, body, content_type="application/json").status_code == 201
    spend(HERE)
    for door, enter in DOORS.items():
        assert enter(visitor(), session.code) == "in", door
        assert enter(visitor(), elsewhere.code) == "wait", door
    join(visitor(), session, "overheden")


def test_a_full_room_behind_one_address_is_not_braked(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real budgets, and in one moment."""
    brake = GuessLimiter(CODES, clock=lambda: 0.0)
    monkeypatch.setattr(access, "join_brake", brake)
    for number in range(150):
        browser = visitor()
        # One in five types the code wrongly first, and half of the room copies the same misprint from a slide.
        if number % 5 == 0:
            assert DOORS["api"](browser, wrong(number)) == "unknown"
        elif number % 2:
            assert DOORS["api"](browser, "MISPR2") == "unknown"
        assert DOORS["api"](browser, session.code) == "in"


@pytest.mark.parametrize("path", ["/ws/s/{code}/\n", "/ws/s/{code}/x", "/ws/s/{code}", "x/ws/s/{code}/"])
def test_a_socket_has_one_address(session: Session, path: str) -> None:
    assert open_socket(visitor(), path.format(code=session.code)) == [{"type": "websocket.close", "code": 4403}]


def test_what_is_served_has_the_real_budgets() -> None:
    assert join_code_guesses.join_brake._rates == CODES
    assert join_code_guesses.join_brake is gate_brake is pages_brake


def test_doors_share_one_count(session: Session) -> None:
    doors = list(DOORS.values())
    answers = [doors[number % len(doors)](visitor(), wrong(number)) for number in range(PLAIN + FURTHER)]
    assert answers.count("unknown") == PLAIN
    assert {enter(visitor(), session.code) for enter in doors} == {"wait"}


def test_time_gives_guesses_back(session: Session, clock: list[float]) -> None:
    spend(HERE)
    assert by_form(visitor(), wrong(1_000)) == "wait"
    clock[0] = 60.0
    answers = [by_form(visitor(), wrong(number)) for number in range(2_000, 2_012)]
    plain, further = int(SMALL.plain.per_minute), int(SMALL.further.per_minute)
    assert answers == ["unknown"] * plain + ["wait"] * (12 - plain)
    clock[0] = 60.0 + 60 / further
    assert by_form(visitor(), session.code) == "in"


def test_a_code_typed_as_it_is_heard_is_one_guess(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(code="QQQ234")
    for typed in ("qqq 234", "OOO-234", "000234", "QQQ234"):
        assert by_form(visitor(), typed) == "in"
    spend(HERE)
    join_code_guesses.places.note(HERE, "QQQ234")
    assert by_form(visitor(), "ooo234") == "in"


def test_addresses_are_counted_as_their_owners_have_them() -> None:
    counted = networks.address_of
    assert counted("192.0.2.1") == counted("::ffff:192.0.2.1") == "192.0.2.1"
    assert counted("2001:db8:0:1::5") == counted("2001:db8:0:1:ffff::9") != counted("2001:db8:0:2::5")
    assert counted("fe80::1%eth0") == counted("fe80::2%wlan0")
    assert counted("") == counted("unix:") == ""
