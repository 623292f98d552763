"""The moments of the tour at which people say whether they agree: in secret, revealed, in the open."""

from __future__ import annotations

from .tour import Tour


async def opinion(tour: Tour) -> None:
    """Every card is answered by itself, and nobody sees how it stands."""
    room = tour.room
    await room.add(
        kind="vote",
        title=("Herkenbaar", "Recognised"),
        after="For who stayed",
        prompt_nl="Wat herken je?",
        prompt_en="What do you recognise?",
        settings={"rules": {"ballot": "opinion"}},
    )
    await room.tick("Recognised", room.profile[:5])
    await room.open("Recognised")


async def opined(tour: Tour) -> None:
    """Two O's recognise what the others do not; the last card is answered by few."""
    room = tour.room
    await room.answer("Recognised", room.crowd)
    await room.say("step.reveal", step=room.step("Recognised"))
    await room.compared("Recognised")


async def opining(tour: Tour) -> None:
    """The same in the open."""
    room = tour.room
    await room.add(
        kind="vote",
        title=("Herkenbaar, open", "Recognised, open"),
        after="Recognised",
        prompt_nl="Wat herken je nu al?",
        prompt_en="What do you recognise already?",
        settings={"live": True, "rules": {"ballot": "opinion"}},
    )
    await room.tick("Recognised, open", room.location[:5])
    await room.open("Recognised, open")
    await room.answer("Recognised, open", room.crowd[:18])
