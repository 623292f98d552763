"""What simulated people answer."""

from __future__ import annotations

from typing import Any

WORDS = {
    "onderwijs": ("donker", "stil", "leeg", "veilig", "van de studenten"),
    "onderzoek": ("stil", "leeg", "rustig", "groen", "donker"),
    "ondernemers": ("dicht", "leeg", "Dicht", "donker", "saai"),
    "overheden": ("rustig", "stil", "leeg", "groen", "donker"),
}
"""By O; invented for rehearsals: no statement about any real group."""
OTHERS = ("donker", "leeg", "stil", "rustig")


QUESTIONS = (
    "Wie beslist er straks over de invulling van het plein?",
    "Blijven er betaalbare ruimtes voor bedrijven in hun eerste drie jaar?",
    "Telt wonen op het terrein mee in de plannen van de gemeente?",
    "Hoe weten we over een jaar of het heeft gewerkt?",
    "Komt er 's avonds weer een bus vanaf het station?",
    "Is er geld voor de eerste twee jaar, of alleen een plan?",
)
ASKS = 0.08
"""How often somebody asks, of all that they do; else they support."""


def ask_or_support(person: Any, step: dict[str, Any]) -> None:
    """Ask something that nobody asked yet, or support what somebody asked."""
    round_ = person.client.room.rounds.get(step["round"] or "")
    items = [item for item in round_["items"] if not item["hidden"]] if round_ is not None else []
    asked = {item["text"] for item in items}
    new = [question for question in QUESTIONS if question not in asked]
    if new and (not items or person.chance.random() < ASKS):
        if len(person.written.get(step["id"], [])) < step["settings"]["most"]:
            person.begin(write(person, step, person.chance.choice(new)))
    elif round_ is not None and round_["open"] and items:
        item = person.chance.choice(items)["id"]
        if (round_["id"], item) not in person.ledger.votes:
            person.tap += 1
            person.begin(_support(person, round_["id"], item, person.tap))


async def _support(person: Any, round_id: str, item: str, tap: int) -> None:
    if await person.ask("vote.cast", {"round": round_id, "item": item, "value": 1, "tap": tap}) is not None:
        person.ledger.note_vote((round_id, item), tap=tap, value=1)


def say_a_word(person: Any, step: dict[str, Any]) -> None:
    """`person`: a simulated one (management/simulation/person.py)."""
    person.begin(_say(person, step))


async def _say(person: Any, step: dict[str, Any]) -> None:
    said = {person.ledger.cards.get(card) for card in person.written.get(step["id"], [])}
    left = [word for word in WORDS.get(person.ledger.sector, OTHERS) if word not in said]
    if len(said) >= step["settings"]["most"] or not left:
        return
    await write(person, step, person.chance.choice(left))


async def write(person: Any, step: dict[str, Any], text: str) -> None:
    done = await person.ask("card.write", {"step": step["id"], "text": text, "aspect": "unsure", "lang": "nl"})
    if done is not None:
        person.written.setdefault(step["id"], []).append(done["id"])
        person.ledger.note_card(done["id"], text)
