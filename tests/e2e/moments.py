"""The moments of the tour, in order: each moves the session on by real commands."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import BinaryIO

from ..conversation import Talk, press, sign_in
from ..small_disk import fill, make_room
from . import hands
from .ballot_moments import BALLOT_MOMENTS
from .opinion_moments import opined, opining, opinion
from .question_moments import asking, said, saying
from .sentences import ANYWHERE
from .tour import LANGUAGES, Tour, View


async def _both(run: Callable[[str], Awaitable[None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for lang in LANGUAGES:
            group.create_task(run(lang))  # type: ignore[arg-type]


async def door(tour: Tour) -> None:
    """Nobody is in."""


async def lobby(tour: Tour) -> None:
    await tour.room.fill()
    tour.core = await sign_in(tour.room.base, tour.server.run["signin"]["core"])
    for lang, sector in (("nl", "onderwijs"), ("en", "ondernemers")):
        tour.people[lang] = await tour.room.join_over_http(sector)
        tour.ghosts[lang] = await tour.room.join_over_http(sector)


async def asked(tour: Tour) -> None:
    """Some wait at the door to be let in."""
    await tour.room.say("session.edit", approval=True)
    await asyncio.gather(*(tour.room.join_over_http(sector) for sector in ("onderzoek", "overheden", "ondernemers")))


async def locked(tour: Tour) -> None:
    await tour.room.say("session.edit", approval=False)
    await tour.room.say("session.lock", on=True)


async def welcome(tour: Tour) -> None:
    await tour.room.say("session.lock", on=False)
    await tour.room.open("Welcome")


async def writing(tour: Tour) -> None:
    await tour.room.open("Profile and brand: write")


async def full(tour: Tour) -> None:
    """The server's disk is full, and people write."""
    await _both(lambda lang: tour.keep("deferred", lang, "phone", hands.see_all))
    await asyncio.to_thread(fill, tour.server.data_dir)
    await _both(lambda lang: hands.write_on_full_disk(tour.kept["deferred", lang]))


async def written(tour: Tour) -> None:
    make_room(tour.server.data_dir)
    await _both(lambda lang: _arrive(tour, lang))
    await tour.room.write_profile()
    await tour.room.say(
        "card.scribe",
        step=tour.room.step("Profile and brand: write"),
        text="Ik heb geen telefoon, maar wel een idee: bewegwijzering",
        aspect="hardware",
        sector=tour.room.sectors["onderzoek"],
        lang="nl",
    )
    await tour.room.say("card.redact", card=tour.room.profile[18], reason="off_topic")

    async def write_late(view: View) -> None:
        """Written out of reach; it comes back after the reveal."""
        await hands.write_card(view, view.pick("Dit kwam te laat", "This came too late"), stored=True)
        await hands.lose_connection(view)
        await hands.write_card(view, view.pick("Een gratis shuttle naar het station", "A free shuttle to the station"))

    async def type_on(view: View) -> None:
        await view.page.locator("textarea").fill(view.pick("Nog niet af, maar", "Not finished, but"))

    async def keep(lang: str) -> None:
        await tour.keep("late", lang, "phone", write_late)
        await tour.keep("typing", lang, "phone", type_on)

    await _both(keep)


async def written_closed(tour: Tour) -> None:
    await tour.room.close("Profile and brand: write")


async def wall(tour: Tour) -> None:
    await tour.room.open("Profile and brand: look")


async def elsewhere(tour: Tour) -> None:
    """The second pillar, fast; and a step in which everyone chooses the pillar, not in silence."""
    room = tour.room
    await room.open("Top location: write")
    await room.write_location()
    await room.open("Top location: look")
    await room.add(
        kind="collect",
        title=("Over beide pilaren", "On both pillars"),
        after="Top location: look",
        prompt_nl="Wat hoort bij allebei de pilaren?",
        prompt_en="What belongs to both pillars?",
        body_nl="Denk aan wat je van de vorige kaarten bij geen van de twee kwijt kon.",
        body_en="Think of what you could put under neither of them before.",
        settings={"silent": False},
        minutes=90,
    )
    await room.open("On both pillars")
    room.anywhere = await room.write("On both pillars", ANYWHERE)


async def recess(tour: Tour) -> None:
    await tour.room.open("Break")


async def addressed(tour: Tour) -> None:
    """A message stands on all phones, and the projector shows both languages."""
    texts = {"text_nl": "De lift is stuk: neem de trap links.", "text_en": "The lift is out of order: take the stairs."}
    tour.message = (await tour.room.say("message.put", **texts))["id"]
    await tour.room.say("session.edit", bilingual=True)


async def ticked(tour: Tour) -> None:
    room = tour.room
    await room.say("message.remove", message=tour.message)
    await room.say("session.edit", bilingual=False)
    await room.tick("Choose", room.profile[:7] + room.location[:6] + room.anywhere[:3])


async def voting(tour: Tour) -> None:
    await tour.room.open("Choose")


async def voted(tour: Tour) -> None:
    await tour.room.vote("Choose", tour.room.crowd[:-2])


async def behind(tour: Tour) -> None:
    """The database cannot be read any more."""
    await _both(lambda lang: tour.keep("behind-console", lang, "console", hands.see_all))
    await _both(lambda lang: tour.keep("behind-stage", lang, "stage", hands.see_all))
    await _both(lambda lang: tour.keep("late-dots", lang, "ghost", hands.vote_too_late))
    tour.closed_database = await asyncio.to_thread(_close_database, tour.server.data_dir / "cocreation.sqlite3-shm")


async def vote_closed(tour: Tour) -> None:
    if tour.closed_database is not None:
        tour.closed_database.close()
    await tour.room.close("Choose")


async def result(tour: Tour) -> None:
    await tour.room.open("Result")
    await tour.room.compared("Choose")


async def again(tour: Tour) -> None:
    """Another round of the vote stands ready, on the first six of its cards."""
    room = tour.room
    await room.round_of("Choose")
    await room.say("round.add", step=room.step("Choose"), items=list(room.items.values())[:6])


async def second(tour: Tour) -> None:
    await tour.room.open("Choose")


async def changed(tour: Tour) -> None:
    """The second round is shown: the O's came closer."""
    room = tour.room
    await room.vote("Choose", room.crowd[:-2], tilt=1)
    await room.open("Result")
    await room.compared("Choose")


async def chance(tour: Tour) -> None:
    """Nobody of overheden votes, the others as chance has it; and two ballots come after the result."""
    room = tour.room
    await room.add(
        kind="vote",
        title=("Wat kan het eerst", "What can come first"),
        after="Result",
        prompt_nl="Wat kan morgen al?",
        prompt_en="What can start tomorrow?",
        settings={"rules": {"ballot": "dots", "budget": 3}},
    )
    await room.tick("What can come first", room.profile[:6])
    await room.open("What can come first")
    there = [person for person in room.crowd if person.sector != "overheden"]
    await room.vote_by_chance("What can come first", there[2:])
    await room.say("step.reveal", step=room.step("What can come first"))
    await room.say("step.undo")
    await room.vote_by_chance("What can come first", there[:2])
    await room.say("step.reveal", step=room.step("What can come first"))
    await room.compared("What can come first")


async def live(tour: Tour) -> None:
    room = tour.room
    await room.add(
        kind="vote",
        title=("Proef met twee stippen", "A try with two dots"),
        after="Result",
        prompt_nl="Waarmee beginnen we morgen?",
        prompt_en="What do we start with tomorrow?",
        settings={"live": True, "rules": {"ballot": "dots", "budget": 5, "most": 2}},
    )
    await room.tick("A try with two dots", room.location[:5])
    await room.open("A try with two dots")
    await room.vote("A try with two dots", room.crowd[4:24], tilt=1)


async def few(tour: Tour) -> None:
    """A vote in which fewer people took part than may be shown."""
    room = tour.room
    await room.add(kind="vote", title=("Voor wie bleef", "For who stayed"), after="What can come first", minutes=0)
    await room.tick("For who stayed", room.location[:4])
    await room.open("For who stayed")
    await room.vote("For who stayed", room.crowd[:3])
    await room.say("step.reveal", step=room.step("For who stayed"))


async def sealed(tour: Tour) -> None:
    await tour.room.say("step.seal", step=tour.room.step("For who stayed"), confirmed=33, of=35, whole=True)


async def rehearsing(tour: Tour) -> None:
    """A rehearsal per language, with somebody of it in, and one that is archived."""
    studio = f"/programmes/kennispark/sessions/{tour.room.code}/"
    for lang in (*LANGUAGES, ""):
        console = await press(tour.room.base, tour.room.facilitator, f"{studio}rehearse/")
        code = console.split("/")[2]
        if lang:
            tour.rehearsals[lang] = code
            tour.people[lang] |= await tour.room.join_over_http("onderzoek", code=code)
        else:
            await press(tour.room.base, tour.core, studio.replace(tour.room.code, code) + "archive/", on="1")


async def closing(tour: Tour) -> None:
    await tour.room.open("Closing")
    everyone = (await tour.room.snapshot())["participants"]
    ghosts = [await _tag(tour, cookies) for cookies in tour.ghosts.values()]
    for person in everyone:
        if person["tag"] in ghosts:
            await tour.room.say("participant.retire", participant=person["id"])


async def over(tour: Tour) -> None:
    """The last step is closed: there is no next one."""
    await tour.room.close("Closing")


MOMENTS: tuple[Callable[[Tour], Awaitable[None]], ...] = (
    door, lobby, asked, locked, welcome, writing, full, written, written_closed, wall, elsewhere, rehearsing, recess,
    addressed, ticked, voting, voted, behind, vote_closed, result, again, second, changed, chance, live, few, sealed,
    opinion, opined, opining, *BALLOT_MOMENTS, saying, said, asking, closing, over,
)  # fmt: skip


async def _arrive(tour: Tour, lang: str) -> None:
    """What waited for room on the disk is stored."""
    if view := tour.kept.pop(("deferred", lang), None):
        await hands.see_that_it_arrives(view)
        await view.screen.close()


def _close_database(shared_memory: Path) -> BinaryIO:
    """Until the file is closed, take all places that readers need in the shared memory of the write-ahead log."""
    file = shared_memory.open("r+b")
    fcntl.lockf(file, fcntl.LOCK_EX, 5, 123)
    return file


async def _tag(tour: Tour, cookies: dict[str, str]) -> str:
    talk = await Talk(base=tour.room.base, code=tour.room.code, role="phone", cookies=cookies).connect()
    await talk.close()
    return str(talk.you["tag"])
