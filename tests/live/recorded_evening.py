"""A scripted evening on a real server that holds every kind of log line, recorded as every audience received it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from django.db import connection

from sessions.enums import Role
from sessions.models import Membership

from ..conversation import Talk, join
from ..server import RunningServer
from .recording import Frame, Recorder


async def record_evening(server: RunningServer, *, go: Path, over: str = "socket") -> Frame:
    """Play the evening; return what is written to the file. Django speaks to the server's database meanwhile.

    `go`: what the server's comparisons with chance wait for (slow_chance.py).
    """
    tape = Recorder(server, go=go, over=over)
    # Four of onderwijs, one under the threshold, so that the next one brings the mark; five of overheden.
    await tape.open(sectors=("onderwijs",) * 4 + ("overheden",) * 5)
    await play(tape)
    recording = {"first": tape.first, "steps": tape.steps, "resumed": await tape.resume_everywhere()}
    await tape.close()
    return recording


async def play(tape: Recorder) -> None:  # a script: long, and without a branch
    lead, me, others = tape.lead, tape.acting, tape.others
    snapshot = lead.snapshot
    sectors = {sector["key"]: sector["id"] for sector in snapshot["sectors"]}
    pillars = [pillar["id"] for pillar in snapshot["pillars"]]
    of_kind = {
        kind: [s["id"] for s in snapshot["steps"] if s["kind"] == kind] for kind in ("collect", "vote", "reveal")
    }
    collect, vote, result = of_kind["collect"][0], of_kind["vote"][0], of_kind["reveal"][-1]
    round_ = next(step["round"] for step in snapshot["steps"] if step["id"] == vote)

    async def facilitate(do: str, **content: Any) -> str:
        done = await tape.record(do, lead, do, content)
        return str(done["id"])

    async def write(talk: Talk, text: str) -> str:
        content = {"step": collect, "text": text, "aspect": "software", "lang": "nl"}
        return str((await tape.record("card.write", talk, "card.write", content))["id"])

    # The agenda, before and while it runs.
    words = {"title_nl": "Extra", "title_en": "Extra"}
    spare = await facilitate("agenda.add", kind="vote", after=collect, **words)
    await facilitate("agenda.edit", step=spare, title_nl="Nog een keer", minutes=3)
    await facilitate("agenda.move", step=spare, after=None)
    await _prepare_items(tape, facilitate, spare)
    await facilitate("agenda.remove", step=spare)
    wall = await facilitate("agenda.add", kind="collect", after=None, settings={"silent": False}, **words)
    look = await facilitate("agenda.add", kind="reveal", after=wall, subject=wall, **words)

    # A wall that is not silent: cards as they come; the opening undone; put away with its cards.
    await facilitate("step.open", step=wall)
    await facilitate(
        "card.scribe",
        step=wall,
        text="Aan de muur",
        aspect="both",
        sector=sectors["overheden"],
        lang="nl",
        pillar=pillars[0],
    )
    await facilitate("step.undo")
    await facilitate("step.open", step=wall)
    await facilitate("step.open", step=look)
    await facilitate("step.close", step=look)
    await facilitate("agenda.remove", step=wall)

    # Practice, which is thrown away as it closes; a question from the room, which is answered.
    trial = await facilitate("agenda.add", kind="collect", after=None, settings={"practice": True}, **words)
    await facilitate("step.open", step=trial)
    tried = {"step": trial, "text": "Een proef", "aspect": "both", "lang": "nl", "pillar": pillars[0]}
    await tape.record("card.write", me, "card.write", tried)
    await facilitate("step.close", step=trial)
    asking = await facilitate("agenda.add", kind="question", after=trial, settings={"mode": "qa"}, **words)
    await facilitate("step.open", step=asking)
    question = {"step": asking, "text": "Wie beslist er?", "aspect": "unsure", "lang": "nl"}
    asked = await tape.record("card.write", me, "card.write", question)
    seen = await tape.talk("console", close=True)
    (support,) = (found for found in seen.snapshot["rounds"] if found["step"] == asking)
    (item,) = (found["id"] for found in support["items"])
    await tape.record(
        "vote.cast", others[-1], "vote.cast", {"round": support["id"], "item": item, "value": 1, "tap": 1}
    )
    await facilitate("stage.show", step=asking, card=str(asked["id"]))
    await facilitate("question.answer", round=support["id"], item=item, on=True)

    # Silent writing.
    await facilitate("step.open", step=collect)
    await facilitate("clock.pause", step=collect)
    await facilitate("clock.add", step=collect, seconds=60)
    await facilitate("clock.start", step=collect)
    await facilitate("stage.show", step=collect, held=True)
    mine = await write(me, "Een eigen kaart")
    gone = await write(me, "Een kaart die weer weg moet")
    cards = [mine, *[await write(other, f"Kaart van een ander {number}") for number, other in enumerate(others[:5])]]
    await tape.record("card.edit", me, "card.edit", {"card": mine, "text": "Een betere kaart"})
    scribed = await facilitate(
        "card.scribe", step=collect, text="Op papier", aspect="hardware", sector=sectors["onderwijs"], lang="nl"
    )
    await facilitate("card.redact", card=cards[1], reason="rude")
    await facilitate("card.restore", card=cards[1])
    await facilitate("card.redact", card=mine, reason="off_topic")
    await facilitate("card.restore", card=mine)
    await facilitate("card.classify", card=cards[2], pillar=pillars[1], aspect="hardware")
    await tape.record("step.done", me, "step.done", {"step": collect, "on": True})
    await facilitate("step.close", step=collect)
    await facilitate("step.reveal", step=collect)
    await facilitate("step.undo")
    await facilitate("step.reveal", step=collect)
    await tape.record("card.withdraw", me, "card.withdraw", {"card": gone})
    await facilitate("card.redact", card=cards[3], reason="name")
    # The one thing that happens by itself: waited for, so that it falls between two steps.
    await lead.until(lambda frame: _empties(frame, cards[3]), within=60)
    await tape.keep("card.destroyed")
    await facilitate("card.classify", card=cards[4], aspect="both")

    # The fifth of onderwijs brings its mark, the first who leaves takes it away.
    ghost = await join(tape.server.base, tape.server.code, "onderwijs")
    await tape.keep("participant.join")
    fresh = await tape.talk("console", close=True)
    before = {person["id"] for person in snapshot["participants"]}
    (newcomer,) = [p["id"] for p in fresh.snapshot["participants"] if p["id"] not in before]
    await facilitate("participant.retire", participant=newcomer)
    await facilitate("participant.restore", participant=newcomer)
    await facilitate("participant.move", participant=newcomer, sector=sectors["overheden"])
    await facilitate("participant.move", participant=newcomer, sector=sectors["onderwijs"])
    others.append(await tape.talk("phone", ghost))
    await tape.record("sector.change", me, "sector.change", {"sector": sectors["onderzoek"]})
    await tape.record("sector.change", me, "sector.change", {"sector": sectors["onderwijs"]})
    await facilitate("session.lock", on=True)
    await tape.go_on_elsewhere()
    await facilitate("session.lock", on=False)
    message = await facilitate("message.put", text_nl="Pauze om elf", text_en="Break at eleven")
    await facilitate("message.remove", message=message)
    await facilitate("session.edit", title_nl="Andere titel", title_en="Other title")

    # The vote.
    for card in [*cards[:3], cards[4], scribed]:
        await facilitate("card.tick", round=round_, card=card, on=True)
    await facilitate("card.tick", round=round_, card=scribed, on=False)
    await facilitate("card.tick", round=round_, card=scribed, on=True)
    await facilitate("step.open", step=vote)
    fresh = await tape.talk("console", close=True)
    (opened,) = (found for found in fresh.snapshot["rounds"] if found["id"] == round_)
    items = [item["id"] for item in opened["items"]]
    # A card is added while people vote, and taken back with the dot that was put on it meanwhile.
    await facilitate("card.tick", round=round_, card=cards[5], on=True)
    seen = await tape.talk("console", close=True)
    placed = [item for found in seen.snapshot["rounds"] if found["id"] == round_ for item in found["items"]]
    added = next(item["id"] for item in placed if item["card"] == cards[5])
    await tape.record("vote.cast", me, "vote.cast", {"round": round_, "item": added, "value": 1, "tap": 1})
    await facilitate("step.undo")
    await facilitate("card.redact", card=cards[2], reason="double")
    for tap, (value, item) in enumerate(((1, items[0]), (1, items[1]), (0, items[0])), start=1):
        await tape.record("vote.cast", me, "vote.cast", {"round": round_, "item": item, "value": value, "tap": tap})
    for other in others:
        await tape.record("vote.cast", other, "vote.cast", {"round": round_, "item": items[1], "value": 1, "tap": 1})
    # A ballot on paper: typed in, corrected, taken back.
    on_paper = {"round": round_, "sector": sectors["overheden"]}
    paper = await facilitate("ballot.add", marks=[{"item": items[0], "value": 1}], **on_paper)
    await facilitate("ballot.edit", participant=paper, marks=[{"item": items[1], "value": 1}], **on_paper)
    await facilitate("ballot.remove", round=round_, participant=paper)
    # Revealed before its two groups were compared with chance: that follows.
    done = await lead.call("step.open", {"step": result})
    tape.go.touch()
    await lead.until(lambda frame: _publishes(frame, after=done["seq"]), within=60)
    await tape.keep("step.open, round.published")
    await facilitate("step.undo")
    await facilitate("step.close", step=vote)
    await facilitate("step.open", step=result)
    await facilitate("step.undo")
    await facilitate("step.open", step=result)

    # Another round of it: dropped, made again, its opening undone, and with one vote too few for a result.
    await facilitate("round.remove", round=await facilitate("round.add", step=vote))
    offered = [item["id"] for item in opened["items"] if item["card"] != cards[2]]
    another = await facilitate("round.add", step=vote, items=offered[:2])
    await facilitate("step.open", step=vote)
    await facilitate("step.undo")
    await facilitate("step.open", step=vote)
    await tape.record("vote.cast", me, "vote.cast", {"round": another, "item": offered[0], "value": 1, "tap": 9})
    await facilitate("step.reveal", step=vote)
    await facilitate("step.undo")
    await facilitate("step.open", step=result)
    me_id = [p["id"] for p in fresh.snapshot["participants"] if p["tag"] == me.you["tag"]]
    await facilitate("participant.move", participant=me_id[0], sector=sectors["onderzoek"])
    await facilitate("step.seal", step=vote, confirmed=8, of=9)
    await facilitate("agenda.remove", step=vote)
    await facilitate("participant.retire", participant=me_id[0])

    await asyncio.to_thread(_give_role, Role.CORE)
    await tape.watchers["console"].event("you.member", within=60)
    await tape.keep("another role")


def _give_role(role: Role) -> None:
    """Give the facilitator another role, from a thread: as another program would."""
    try:
        assert Membership.objects.filter(role=Role.FACILITATOR).update(role=role)
    finally:
        connection.close()


def _publishes(frame: Frame, *, after: int) -> bool:
    return any(event["type"] == "result.put" and event["seq"] > after for event in frame.get("events", ()))


def _empties(frame: Frame, card: str) -> bool:
    puts = [event["card"] for event in frame.get("events", ()) if event["type"] == "card.put"]
    return any((found["id"], found["text"]) == (card, "") for found in puts)


async def _prepare_items(tape: Recorder, facilitate: Callable[..., Awaitable[str]], spare: str) -> None:
    """Items with words of their own, in two votes that nobody sees."""
    other = await facilitate("agenda.add", kind="vote", after=spare, title_nl="Ook", title_en="Also")
    seen = await tape.talk("console", close=True)
    rounds = {found["step"]: found["id"] for found in seen.snapshot["rounds"]}
    here, there = rounds[spare], rounds[other]
    first = await facilitate("item.add", round=here, items=[{"text_nl": "Een brug"}, {"text_nl": "Een plein"}])
    await facilitate("item.edit", round=here, item=first, text_en="A bridge", price=25_000)
    seen = await tape.talk("console", close=True)
    (found,) = (found for found in seen.snapshot["rounds"] if found["id"] == here)
    (second,) = (item["id"] for item in found["items"] if item["id"] != first)
    await facilitate("item.redact", item=first, reason="rude")
    await facilitate("item.restore", item=first)
    await facilitate("item.move", round=here, item=first, after=second)
    await facilitate("item.carry", round=there, of=here)
    await facilitate("item.remove", round=there, items=[first])
    await facilitate("agenda.remove", step=other)
