"""The brake by itself: what is remembered, for how long and of how many."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from sessions.live import guess_limiter as module
from sessions.live.guess_limiter import CODES, REMEMBERED, GuessLimiter
from sessions.live.join_code_guesses import LASTS_S, PLACES, TrustedAddresses

PLAIN, FURTHER, COMMON, OWN = (int(rate.burst) for rate in CODES)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def spend(brake: GuessLimiter, address: str, most: int = 10_000) -> int:
    """Guess wrongly until it is refused; return how many were looked at."""
    done = 0
    while done < most and brake.reserve(address, f"{address} {done} {brake._clock()}") is not None:
        done += 1
    return done


def test_right_guesses_cost_nothing_and_leave_nothing_behind() -> None:
    clock = Clock()
    brake = GuessLimiter(CODES, clock=clock)
    for number in range(5_000):
        guess = brake.reserve(f"a{number}", "RIGHT")
        assert guess is not None
        guess.give_back()
        guess.give_back()
    assert spend(brake, "a0") == PLAIN + FURTHER
    clock.now = 1.0
    assert brake.reserve("new", "x") is not None
    assert brake.remembered() < 10_000


def test_the_same_guess_again_costs_nothing() -> None:
    brake = GuessLimiter(CODES, clock=Clock())
    for _ in range(1_000):
        again = brake.reserve("a", "SLIDE")
        assert again is not None
        assert not again.waits
    assert spend(brake, "a") == PLAIN + FURTHER - 1


def test_a_right_guess_that_waits_for_the_database_is_paid_once_by_a_whole_room() -> None:
    brake = GuessLimiter(CODES, clock=Clock())
    asked = [brake.reserve("room", "RIGHT") for _ in range(1_000)]
    assert None not in asked
    for guess in asked:
        guess.give_back()  # type: ignore[union-attr]
    assert spend(brake, "room") == PLAIN + FURTHER


def test_guesses_at_the_same_moment_are_no_more_than_the_budgets() -> None:
    brake = GuessLimiter(CODES, clock=Clock())
    with ThreadPoolExecutor(12) as pool:
        taken = list(pool.map(lambda number: brake.reserve("a", str(number)), range(6_000)))
    assert sum(guess is not None for guess in taken) == PLAIN + FURTHER
    assert sum(guess is not None and not guess.waits for guess in taken) == PLAIN


def test_when_everybody_guesses_each_address_has_a_little_of_its_own() -> None:
    brake = GuessLimiter(CODES, clock=Clock())
    looked_at = [spend(brake, f"a{number}") for number in range(20)]
    assert sum(looked_at) == COMMON + OWN * sum(count < PLAIN + FURTHER for count in looked_at)
    for _ in range(100):
        right = brake.reserve("the room", "RIGHT")
        assert right is not None
        right.give_back()
    assert spend(brake, "the room") == OWN
    assert brake.reserve("the room", "RIGHT") is None


def test_the_sum_is_bounded_however_many_addresses_there_are() -> None:
    """Who has a million addresses does not begin anew with each."""
    brake = GuessLimiter(CODES, clock=Clock())
    looked_at = sum(spend(brake, f"a{number}", most=50) for number in range(3 * REMEMBERED))
    assert looked_at <= COMMON + OWN * (REMEMBERED + 1)
    assert brake.remembered() <= 2 * REMEMBERED + 1


def test_what_is_full_again_is_forgotten() -> None:
    clock = Clock()
    brake = GuessLimiter(CODES, clock=clock)
    for number in range(2 * REMEMBERED):
        brake.reserve(f"a{number}", "x")
    assert REMEMBERED < brake.remembered() <= 2 * REMEMBERED + 1
    clock.now = 4 * 3600.0
    for number in range(REMEMBERED):
        guess = brake.reserve(f"b{number}", "x")
        assert guess is not None
        guess.give_back()
    assert brake.remembered() <= 2 * REMEMBERED + 1
    assert spend(brake, "a0") == PLAIN + FURTHER


def test_memory_is_bounded() -> None:
    """Each address fills all it has room for: some tens of megabytes at the very most."""
    brake = GuessLimiter(CODES, clock=Clock())
    spend(brake, "a")
    visitor = brake._visitors.find("a", 0.0)
    one = sys.getsizeof(visitor.recent) + sum(sys.getsizeof(name) + 60 for name in visitor.recent)
    assert len(visitor.recent) == module.RECENT
    assert one * REMEMBERED < 80_000_000


def test_places_are_forgotten_after_an_scenario_and_are_not_many() -> None:
    clock = Clock()
    places = TrustedAddresses(clock=clock)
    places.note("a", "CODE22")
    assert (places.know("a", "CODE22"), places.know("b", "CODE22"), places.know("a", "CODE23")) == (True, False, False)
    clock.now = LASTS_S - 1
    assert places.know("a", "CODE22")
    clock.now = LASTS_S
    assert not places.know("a", "CODE22")
    for number in range(PLACES):
        places.note(f"b{number}", "CODE22")
    assert places.know("b0", "CODE22")
    places.note("c", "CODE22")
    assert not places.know("b0", "CODE22")
