"""How likely it is to guess something within a day, computed from what the brake really lets be looked at.

Somebody guesses as fast as the brake allows, all day, from as many addresses as they have. The brake is the real one;
only its clock is ours. docs/security-checks.md tells these very numbers.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sessions.live.guess_limiter import CODES, PASSWORDS, REMEMBERED, GuessLimiter, Rates
from sessions.models.ids import CODE_ALPHABET, CODE_LENGTH, MOVE_LENGTH, RECEIPT_LENGTH
from sessions.views.transfer import move_brake

DAY = 24 * 3600
STEP = 300
"""Seconds between two rounds of guesses. Every budget holds more than comes back in this time, so nothing is wasted."""
CODES_THERE_ARE = len(CODE_ALPHABET) ** CODE_LENGTH
SESSIONS = 10
TOLD = Path(__file__).parents[2] / "docs" / "security-checks.md"


@cache
def guess_all_day(rates: Rates, *, addresses: int, about: str = "") -> int:
    """Return how many guesses are looked at in a day and a second, beginning with full budgets."""
    assert all(rate.burst >= rate.per_minute * STEP / 60 for rate in rates)
    now = [0.0]
    brake = GuessLimiter(rates, clock=lambda: now[0])
    looked_at = 0
    for moment in [*range(0, DAY, STEP), DAY + 1]:
        now[0] = float(moment)
        for address in range(addresses):
            while brake.reserve(str(address), None, about=about) is not None:
                looked_at += 1
    return looked_at


def one_in(chance: float) -> int:
    return int(1 / chance)


def told(sentence: str) -> bool:
    return sentence in " ".join(TOLD.read_text().split())


def test_a_join_code_from_one_address() -> None:
    looked_at = guess_all_day(CODES, addresses=1)
    assert looked_at == 58_020
    assert one_in(looked_at * SESSIONS / CODES_THERE_ARE) == 1_529
    assert told("one address | 58,020 | 1 in 1,529")


def test_a_join_code_from_a_thousand_addresses() -> None:
    looked_at = guess_all_day(CODES, addresses=1_000)
    assert 226_500 < looked_at <= 227_100
    assert one_in(looked_at * SESSIONS / CODES_THERE_ARE) == 391
    assert told("1,000 addresses | 227,000 | 1 in 391")


def test_a_join_code_from_as_many_addresses_as_there_are() -> None:
    """Beyond the addresses that are remembered all others have one budget together
    (tests/live/test_guess_limiter.py)."""
    most = CODES.common.burst + CODES.common.per_minute * 24 * 60
    most += (REMEMBERED + 1) * (CODES.own.burst + CODES.own.per_minute * 24 * 60)
    assert one_in(most * SESSIONS / CODES_THERE_ARE) == 126
    assert told("any number of addresses | 704,053 | 1 in 126")
    assert round(most) == 704_053


def test_the_code_of_the_room_from_inside_its_own_network() -> None:
    """Only this one code can be tried there, and without a limit but the speed: here 150 a second."""
    assert one_in(150 * DAY / CODES_THERE_ARE) == 68
    assert told("150 a second | 12,960,000 | 1 in 68")


def test_a_receipt() -> None:
    """Any of a million people's. Each is looked at, so nothing but the speed is a limit."""
    assert one_in(10_000 * DAY * 1_000_000 / len(CODE_ALPHABET) ** RECEIPT_LENGTH) > 10**8
    assert told("less than 1 in 10^8 a day at 10,000 a second")


MOVING = 20
"""Short codes that are good in one session at the same moment: every tenth person of a room of two hundred."""


def test_a_short_code_for_another_browser() -> None:
    """Each is good for five minutes and once; here as many are good all day long."""
    rates = move_brake._rates
    chances = [guess_all_day(rates, addresses=n) * MOVING / len(CODE_ALPHABET) ** MOVE_LENGTH for n in (1, 1_000)]
    assert one_in(chances[0]) == 734_997
    assert one_in(chances[1]) // 1_000 == 187
    assert told("1 in 734,997 a day from one address, 1 in 187,000 from a thousand")


def test_a_short_code_from_inside_the_rooms_own_network() -> None:
    """Each is looked at there; nothing but the speed is a limit, here 150 a second."""
    assert one_in(150 * DAY * MOVING / len(CODE_ALPHABET) ** MOVE_LENGTH) == 3_290
    assert told("from inside the room's network, 150 a second, 1 in 3,290")


def test_the_password_of_one_account() -> None:
    from_one = guess_all_day(PASSWORDS, addresses=1, about="member 1")
    from_many = guess_all_day(PASSWORDS, addresses=1_000, about="member 1")
    assert (from_one, from_many) == (183, 10_173)
    assert told("183 wrong passwords a day from one address, 10,173 from a thousand")


def test_a_browser_that_is_known_to_an_account_is_as_one_more_address() -> None:
    """Two things to guess from in place of one: an address, and a browser in which the member signed in before."""
    assert guess_all_day(PASSWORDS, addresses=2, about="member 1") == 193
    assert told("193 with such a browser")


def test_passwords_of_all_accounts_from_one_address() -> None:
    """Who tries a few passwords on everybody."""
    now = [0.0]
    brake = GuessLimiter(PASSWORDS, clock=lambda: now[0])
    looked_at = 0
    for moment in range(0, DAY + 1, STEP):
        now[0] = float(moment)
        for number in range(40):
            looked_at += brake.reserve("a", None, about=f"member {moment} {number}") is not None
    assert looked_at == 30 + 4 * 24 * 60
    assert told("5,790 from one address over all accounts")
