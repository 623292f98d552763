"""The moments of the tour at which a question is asked: short answers, counted, and questions from the room."""

from __future__ import annotations

from .ballot_rounds import ROUNDS
from .headings import ASK_US, EVENING, WHO_DECIDES
from .tour import Tour

SAID = (
    *("donker", "Donker", "donker", "leeg", "Leeg", "stil", "stil", "dicht", "van de studenten", "rustig"),
    *("donker", "leeg", "stil", "dicht", "veilig", "groen", "donker", "leeg"),
)
ASKED = (
    WHO_DECIDES[0],
    "Blijven er betaalbare ruimtes voor bedrijven in hun eerste drie jaar?",
    "Telt wonen op het terrein mee in de plannen van de gemeente?",
    "Hoe weten we over een jaar of het heeft gewerkt?",
    "Komt er ’s avonds weer een bus vanaf het station?",
)


DUTCH = {"Evening": "De avond", "Questions": "Vragen"}


async def saying(tour: Tour) -> None:
    """A word or two each; the room sees none of them, and some are done."""
    await _ask(tour, "Evening", EVENING, after=ROUNDS[-1].title[1], mode="words")
    room = tour.room
    for place, text in enumerate(SAID):
        await _write(tour, "Evening", place, text)
    for person in room.crowd[:7]:
        await person.talk.call("step.done", {"step": room.step("Evening"), "on": True})


async def said(tour: Tour) -> None:
    """The same words are counted together."""
    await tour.room.say("step.reveal", step=tour.room.step("Evening"))


async def asking(tour: Tour) -> None:
    """Four questions were let through and are supported, one of them is answered now; one waits."""
    room = tour.room
    await _ask(tour, "Questions", ASK_US, after="Evening", mode="qa", approve=True)
    cards = [await _write(tour, "Questions", place, text) for place, text in enumerate(ASKED)]
    await room.tick("Questions", cards[:-1])
    round_ = await room.round_of("Questions")
    for number, card in enumerate(cards[:-1]):
        for person in room.crowd[number : 23 - 5 * number]:
            await person.put(round=round_, item=room.items[card], value=1)
    await room.say("stage.show", step=room.step("Questions"), card=cards[0])
    await room.say("question.answer", round=round_, item=room.items[cards[3]], on=True)


async def _ask(tour: Tour, title: str, prompt: tuple[str, str], *, after: str, **settings: object) -> None:
    nl, en = prompt
    await tour.room.add(
        kind="question", title=(DUTCH[title], title), after=after, prompt_nl=nl, prompt_en=en, settings=settings
    )
    await tour.room.open(title)


async def _write(tour: Tour, title: str, place: int, text: str) -> str:
    room = tour.room
    return await room.crowd[place].write(step=room.step(title), text=text, aspect="unsure", lang="nl")
