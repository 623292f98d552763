"""What random scenarios once found, each by itself and by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sessions.enums import Audience

from .by_hand import HandLoop
from .clock import stopped_clock
from .scenario import Scenario
from .screen import Doc, Screen

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def scenario() -> Iterator[Scenario]:
    """Five people of two O's with a card each; three cards in a live vote that is open."""
    with stopped_clock() as clock:
        loop = HandLoop(clock)
        scenario = Scenario(clock, loop)
        for sector, n in zip(scenario.model.sectors, (3, 2), strict=False):
            for _ in range(n):
                scenario.join(scenario.processes[0], sector)
        for screen in scenario.screens:
            scenario.connect(screen, scenario.processes[0])
        hear(scenario)
        collect = give(scenario, lead(scenario), "agenda.add", kind="collect", title_nl="a", title_en="a")
        options = {
            "kind": "vote",
            "after": collect,
            "settings": {"live": True, "rules": {"ballot": "dots", "budget": 2}},
        }
        give(scenario, lead(scenario), "agenda.add", title_nl="b", title_en="b", **options)
        give(scenario, lead(scenario), "step.open", step=collect)
        for number, phone in enumerate(phones(scenario)):
            write(scenario, phone, f"kaart {number}")
        for card in list(scenario.model.cards)[:3]:
            give(scenario, lead(scenario), "card.tick", round=round_of(scenario), card=card, on=True)
        give(scenario, lead(scenario), "step.open", step=vote_of(scenario))
        hear(scenario)
        try:
            yield scenario
            scenario.check()
        finally:
            scenario.close()
            loop.close()


def lead(scenario: Scenario) -> Screen:
    return scenario.screens[0]


def phones(scenario: Scenario) -> list[Screen]:
    return [screen for screen in scenario.screens if screen.audience is Audience.PHONE]


def round_of(scenario: Scenario) -> str:
    return next(iter(scenario.model.rounds))


def vote_of(scenario: Scenario) -> str:
    return scenario.model.rounds[round_of(scenario)].step


def hear(scenario: Scenario) -> None:
    scenario.clock.ms += 1_500
    scenario.turn(scenario.processes[0])
    for screen in scenario.screens:
        screen.read()


def give(scenario: Scenario, screen: Screen, do: str, **content: object) -> str:
    """Give a command and commit it; return the id it made, or the code with which it was refused."""
    sent = screen.give(do, dict(content))
    scenario.commit(scenario.processes[0])
    screen.read()
    (answer,) = sent.answers
    return str(answer["ok"]["id"] if "ok" in answer else answer["error"]["code"])


def write(scenario: Scenario, phone: Screen, text: str) -> str:
    scenario.commands.words.add(text)
    content: Doc = {"step": next(iter(scenario.model.steps)), "text": text, "aspect": "both", "lang": "nl"}
    return give(scenario, phone, "card.write", pillar=scenario.model.pillars[0], **content)


def cast(scenario: Scenario, phone: Screen, tap: int, *, item: int = 0) -> str:
    name = sorted(scenario.model.items)[item]
    return give(scenario, phone, "vote.cast", round=round_of(scenario), item=name, value=1, tap=tap)


def test_a_screen_that_is_connected_learns_of_a_restore(scenario: Scenario) -> None:
    """Also when no number was lost, so that no gap would tell."""
    scenario.restore()
    scenario.turn(scenario.processes[0])
    for screen in scenario.screens:
        screen.read()
        assert not screen.is_connected


@pytest.mark.parametrize("query", range(10))
def test_a_turn_that_fails_loses_nothing(scenario: Scenario, query: int) -> None:
    """The database goes away at any of its queries: the next turn tells all that this one would have told."""
    first = phones(scenario)[0]
    give(scenario, lead(scenario), "card.redact", card=next(iter(scenario.model.cards)), reason="rude")
    cast(scenario, first, 1)
    cast(scenario, first, 2, item=1)
    process = scenario.processes[0]
    tab = scenario.add_screen(Audience.PHONE, first.actor)
    scenario.connect(tab, process)
    process.begin_turn()
    scenario.read_turn(process, fails_at=query)
    process.end_turn()
    scenario.check()


@pytest.mark.parametrize("do", ["card.withdraw", "card.edit"])
def test_a_card_with_votes_stays_when_the_opening_is_undone(scenario: Scenario, do: str) -> None:
    """Else its votes would go with it, or stand on other words."""
    for phone in phones(scenario):
        for item in range(2):
            cast(scenario, phone, item + 1, item=item)
    give(scenario, lead(scenario), "step.undo")
    owners = {card.author: card.id for card in scenario.model.cards.values()}
    refused = set()
    for phone in phones(scenario):
        content = {"card": owners[phone.actor]} | ({"aspect": "hardware"} if do == "card.edit" else {})
        refused.add(give(scenario, phone, do, **content))
    assert "card.in_vote" in refused


def test_a_lowered_limit_counts_cards_not_places(scenario: Scenario) -> None:
    step, phone = next(iter(scenario.model.steps)), phones(scenario)[0]
    write(scenario, phone, "twee")
    write(scenario, phone, "drie")
    first = next(card.id for card in scenario.model.cards.values() if card.author == phone.actor)
    give(scenario, lead(scenario), "step.undo")
    give(scenario, lead(scenario), "card.tick", round=round_of(scenario), card=first, on=False)
    give(scenario, phone, "card.withdraw", card=first)
    give(scenario, lead(scenario), "agenda.edit", step=step, settings={"max_cards": 2})
    assert write(scenario, phone, "vier") == "card.limit"


def test_a_card_that_joins_a_live_vote_is_in_everybodys_tally(scenario: Scenario) -> None:
    for phone in phones(scenario):
        cast(scenario, phone, 1)
    hear(scenario)
    last = list(scenario.model.cards)[-1]
    give(scenario, lead(scenario), "card.tick", round=round_of(scenario), card=last, on=True)
    hear(scenario)
    item = next(item for item, card in scenario.model.items.items() if card == last)
    assert [screen.tally[round_of(scenario)].get(item) for screen in scenario.screens] == [[0, 0]] * len(
        scenario.screens
    )


def test_a_welcome_older_than_an_acknowledgement_takes_no_vote_away(scenario: Scenario) -> None:
    """A phone says hello again on its socket; a vote is acknowledged after the turn read."""
    process, phone = scenario.processes[0], phones(scenario)[0]
    item = next(iter(scenario.model.items))
    phone.give("vote.cast", {"round": round_of(scenario), "item": item, "value": 1, "tap": 7})
    phone.say_hello()
    process.begin_turn()
    scenario.read_turn(process)
    scenario.commit(process)
    process.end_turn()
    phone.read()
    hear(scenario)
    assert [vote["tap"] for vote in phone.you["votes"]] == [7]


def test_a_vote_removed_with_its_opening_frees_its_cards(scenario: Scenario) -> None:
    """Both in one turn: the hub no longer knows which cards were in it."""
    give(scenario, lead(scenario), "step.undo")
    give(scenario, lead(scenario), "agenda.remove", step=vote_of(scenario))
    hear(scenario)
    for phone in phones(scenario):
        assert [card["fixed"] for card in phone.you["cards"]] == [False]


def test_a_paused_clock_keeps_every_millisecond(scenario: Scenario) -> None:
    """1.001 s is 1000.9999999999999 ms where seconds are multiplied as floats."""
    step = next(found for found in scenario.model.steps.values() if found.id == vote_of(scenario))
    assert step.deadline is not None
    # The commit takes the one that is missing.
    scenario.clock.ms = step.deadline - 1_001 - 1
    give(scenario, lead(scenario), "clock.pause", step=step.id)
    assert step.paused == 1_001


def test_a_live_tally_moves_only_by_voting(scenario: Scenario) -> None:
    """Whoever is retired stays in it: the difference would be their ballot."""
    for phone in phones(scenario):
        cast(scenario, phone, 1)
    hear(scenario)
    (last,) = [person for person in scenario.model.people.values() if person.pk == phones(scenario)[-1].actor]
    give(scenario, lead(scenario), "participant.retire", participant=last.id)
    hear(scenario)
    item = sorted(scenario.model.items)[0]
    assert scenario.screens[0].tally[round_of(scenario)][item] == [5, 5]


def test_a_dot_too_many_is_refused(scenario: Scenario) -> None:
    """Chance comes to it late as well: one person, three items."""
    phone = phones(scenario)[0]
    answers = [cast(scenario, phone, item + 1, item=item) for item in range(3)]
    assert answers[2] == "vote.budget_spent"


def test_a_page_stays_where_it_is_when_the_card_that_names_it_goes(scenario: Scenario) -> None:
    """On a stage that was there, on one that comes back, and on one that has just come."""
    collect = next(iter(scenario.model.steps))
    for do in ("step.open", "step.reveal"):
        assert give(scenario, lead(scenario), do, step=collect) == "None"
    order = sorted(scenario.model.cards, key=lambda name: (scenario.model.ranks[name], name))
    assert give(scenario, lead(scenario), "stage.show", step=collect, first=order[1], held=True) == "None"
    away = scenario.add_screen(Audience.STAGE)
    scenario.connect(away, scenario.processes[0])
    hear(scenario)
    away.drop(noticed=True)
    give(scenario, lead(scenario), "card.redact", card=order[1], reason="rude")
    give(scenario, lead(scenario), "card.classify", card=order[2], aspect="hardware")
    scenario.check()
    for stage in (screen for screen in scenario.screens if screen.audience is Audience.STAGE):
        assert stage.snapshot["session"]["stage"]["first"] == order[3]
