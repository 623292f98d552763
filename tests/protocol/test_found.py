"""What random evenings once found, each by itself and by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sessions.enums import Audience

from .by_hand import HandLoop
from .clock import stopped_clock
from .evening import Evening
from .screen import Doc, Screen

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def evening() -> Iterator[Evening]:
    """Five people of two O's with a card each; three cards in a live vote that is open."""
    with stopped_clock() as clock:
        loop = HandLoop(clock)
        evening = Evening(clock, loop)
        for sector, n in zip(evening.model.sectors, (3, 2), strict=False):
            for _ in range(n):
                evening.join(evening.processes[0], sector)
        for screen in evening.screens:
            evening.connect(screen, evening.processes[0])
        hear(evening)
        collect = give(evening, lead(evening), "agenda.add", kind="collect", title_nl="a", title_en="a")
        options = {
            "kind": "vote",
            "after": collect,
            "settings": {"live": True, "rules": {"ballot": "dots", "budget": 2}},
        }
        give(evening, lead(evening), "agenda.add", title_nl="b", title_en="b", **options)
        give(evening, lead(evening), "step.open", step=collect)
        for number, phone in enumerate(phones(evening)):
            write(evening, phone, f"kaart {number}")
        for card in list(evening.model.cards)[:3]:
            give(evening, lead(evening), "card.tick", round=round_of(evening), card=card, on=True)
        give(evening, lead(evening), "step.open", step=vote_of(evening))
        hear(evening)
        try:
            yield evening
            evening.check()
        finally:
            evening.close()
            loop.close()


def lead(evening: Evening) -> Screen:
    return evening.screens[0]


def phones(evening: Evening) -> list[Screen]:
    return [screen for screen in evening.screens if screen.audience is Audience.PHONE]


def round_of(evening: Evening) -> str:
    return next(iter(evening.model.rounds))


def vote_of(evening: Evening) -> str:
    return evening.model.rounds[round_of(evening)].step


def hear(evening: Evening) -> None:
    evening.clock.ms += 1_500
    evening.turn(evening.processes[0])
    for screen in evening.screens:
        screen.read()


def give(evening: Evening, screen: Screen, do: str, **content: object) -> str:
    """Give a command and commit it; return the id it made, or the code with which it was refused."""
    sent = screen.give(do, dict(content))
    evening.commit(evening.processes[0])
    screen.read()
    (answer,) = sent.answers
    return str(answer["ok"]["id"] if "ok" in answer else answer["error"]["code"])


def write(evening: Evening, phone: Screen, text: str) -> str:
    evening.commands.words.add(text)
    content: Doc = {"step": next(iter(evening.model.steps)), "text": text, "aspect": "both", "lang": "nl"}
    return give(evening, phone, "card.write", pillar=evening.model.pillars[0], **content)


def cast(evening: Evening, phone: Screen, tap: int, *, item: int = 0) -> str:
    name = sorted(evening.model.items)[item]
    return give(evening, phone, "vote.cast", round=round_of(evening), item=name, value=1, tap=tap)


def test_a_screen_that_is_connected_learns_of_a_restore(evening: Evening) -> None:
    """Also when no number was lost, so that no gap would tell."""
    evening.restore()
    evening.turn(evening.processes[0])
    for screen in evening.screens:
        screen.read()
        assert not screen.is_connected


@pytest.mark.parametrize("query", range(10))
def test_a_turn_that_fails_loses_nothing(evening: Evening, query: int) -> None:
    """The database goes away at any of its queries: the next turn tells all that this one would have told."""
    first = phones(evening)[0]
    give(evening, lead(evening), "card.redact", card=next(iter(evening.model.cards)), reason="rude")
    cast(evening, first, 1)
    cast(evening, first, 2, item=1)
    process = evening.processes[0]
    tab = evening.add_screen(Audience.PHONE, first.actor)
    evening.connect(tab, process)
    process.begin_turn()
    evening.read_turn(process, fails_at=query)
    process.end_turn()
    evening.check()


@pytest.mark.parametrize("do", ["card.withdraw", "card.edit"])
def test_a_card_with_votes_stays_when_the_opening_is_undone(evening: Evening, do: str) -> None:
    """Else its votes would go with it, or stand on other words."""
    for phone in phones(evening):
        for item in range(2):
            cast(evening, phone, item + 1, item=item)
    give(evening, lead(evening), "step.undo")
    owners = {card.author: card.id for card in evening.model.cards.values()}
    refused = set()
    for phone in phones(evening):
        content = {"card": owners[phone.actor]} | ({"aspect": "hardware"} if do == "card.edit" else {})
        refused.add(give(evening, phone, do, **content))
    assert "card.in_vote" in refused


def test_a_lowered_limit_counts_cards_not_places(evening: Evening) -> None:
    step, phone = next(iter(evening.model.steps)), phones(evening)[0]
    write(evening, phone, "twee")
    write(evening, phone, "drie")
    first = next(card.id for card in evening.model.cards.values() if card.author == phone.actor)
    give(evening, lead(evening), "step.undo")
    give(evening, lead(evening), "card.tick", round=round_of(evening), card=first, on=False)
    give(evening, phone, "card.withdraw", card=first)
    give(evening, lead(evening), "agenda.edit", step=step, settings={"max_cards": 2})
    assert write(evening, phone, "vier") == "card.limit"


def test_a_card_that_joins_a_live_vote_is_in_everybodys_tally(evening: Evening) -> None:
    for phone in phones(evening):
        cast(evening, phone, 1)
    hear(evening)
    last = list(evening.model.cards)[-1]
    give(evening, lead(evening), "card.tick", round=round_of(evening), card=last, on=True)
    hear(evening)
    item = next(item for item, card in evening.model.items.items() if card == last)
    assert [screen.tally[round_of(evening)].get(item) for screen in evening.screens] == [[0, 0]] * len(evening.screens)


def test_a_welcome_older_than_an_acknowledgement_takes_no_vote_away(evening: Evening) -> None:
    """A phone says hello again on its socket; a vote is acknowledged after the turn read."""
    process, phone = evening.processes[0], phones(evening)[0]
    item = next(iter(evening.model.items))
    phone.give("vote.cast", {"round": round_of(evening), "item": item, "value": 1, "tap": 7})
    phone.say_hello()
    process.begin_turn()
    evening.read_turn(process)
    evening.commit(process)
    process.end_turn()
    phone.read()
    hear(evening)
    assert [vote["tap"] for vote in phone.you["votes"]] == [7]


def test_a_vote_removed_with_its_opening_frees_its_cards(evening: Evening) -> None:
    """Both in one turn: the hub no longer knows which cards were in it."""
    give(evening, lead(evening), "step.undo")
    give(evening, lead(evening), "agenda.remove", step=vote_of(evening))
    hear(evening)
    for phone in phones(evening):
        assert [card["fixed"] for card in phone.you["cards"]] == [False]


def test_a_paused_clock_keeps_every_millisecond(evening: Evening) -> None:
    """1.001 s is 1000.9999999999999 ms where seconds are multiplied as floats."""
    step = next(found for found in evening.model.steps.values() if found.id == vote_of(evening))
    assert step.deadline is not None
    # The commit takes the one that is missing.
    evening.clock.ms = step.deadline - 1_001 - 1
    give(evening, lead(evening), "clock.pause", step=step.id)
    assert step.paused == 1_001


def test_a_live_tally_moves_only_by_voting(evening: Evening) -> None:
    """Whoever is retired stays in it: the difference would be their ballot."""
    for phone in phones(evening):
        cast(evening, phone, 1)
    hear(evening)
    (last,) = [person for person in evening.model.people.values() if person.pk == phones(evening)[-1].actor]
    give(evening, lead(evening), "participant.retire", participant=last.id)
    hear(evening)
    item = sorted(evening.model.items)[0]
    assert evening.screens[0].tally[round_of(evening)][item] == [5, 5]


def test_a_dot_too_many_is_refused(evening: Evening) -> None:
    """Chance comes to it late as well: one person, three items."""
    phone = phones(evening)[0]
    answers = [cast(evening, phone, item + 1, item=item) for item in range(3)]
    assert answers[2] == "vote.budget_spent"


def test_a_page_stays_where_it_is_when_the_card_that_names_it_goes(evening: Evening) -> None:
    """On a stage that was there, on one that comes back, and on one that has just come."""
    collect = next(iter(evening.model.steps))
    for do in ("step.open", "step.reveal"):
        assert give(evening, lead(evening), do, step=collect) == "None"
    order = sorted(evening.model.cards, key=lambda name: (evening.model.ranks[name], name))
    assert give(evening, lead(evening), "stage.show", step=collect, first=order[1], held=True) == "None"
    away = evening.add_screen(Audience.STAGE)
    evening.connect(away, evening.processes[0])
    hear(evening)
    away.drop(noticed=True)
    give(evening, lead(evening), "card.redact", card=order[1], reason="rude")
    give(evening, lead(evening), "card.classify", card=order[2], aspect="hardware")
    evening.check()
    for stage in (screen for screen in evening.screens if screen.audience is Audience.STAGE):
        assert stage.snapshot["session"]["stage"]["first"] == order[3]
