"""What simulated people do in a step of cards: write, think again, take back."""

from __future__ import annotations

from typing import Any

from ...limits import CARD_LENGTH
from .sentences import SECOND_THOUGHTS, sentences_for

MOST_CARDS = 5
THINKS_AGAIN = 0.15
TAKES_BACK = 0.06


def write_or_think_again(person: Any, step: dict[str, Any]) -> None:
    """`person`: a simulated one (management/simulation/person.py)."""
    person.begin(_do_cards(person, step))


async def _do_cards(person: Any, step: dict[str, Any]) -> None:
    mine = [card for card in person.written.get(step["id"], []) if person.ledger.cards.get(card)]
    mood = person.chance.random()
    if mine and mood < TAKES_BACK:
        await _withdraw(person, person.chance.choice(mine))
    elif mine and mood < TAKES_BACK + THINKS_AGAIN:
        await _edit(person, person.chance.choice(mine))
    elif len(mine) < min(MOST_CARDS, step["settings"]["max_cards"]):
        await _write(person, step)


async def _write(person: Any, step: dict[str, Any]) -> None:
    room = person.client.room
    pillar = room.pillars.get(step["pillar"] or "") or person.chance.choice(list(room.pillars.values()))
    choices = sentences_for(sector=person.ledger.sector, pillar=pillar["number"])
    said = set(person.ledger.cards.values())
    sentence = person.chance.choice([found for found in choices if found.text not in said] or choices)
    content = {"step": step["id"], "text": sentence.text, "aspect": sentence.aspect.value, "lang": sentence.lang}
    if step["pillar"] is None:
        content["pillar"] = pillar["id"]
    done = await person.ask("card.write", content)
    if done is not None:
        person.written.setdefault(step["id"], []).append(done["id"])
        person.ledger.note_card(done["id"], sentence.text)
        if step["settings"]["practice"]:
            person.ledger.practised.add(done["id"])


async def _edit(person: Any, card: str) -> None:
    text = person.ledger.cards[card]
    lang = "en" if " the " in text or " our " in text else "nl"
    text = f"{text} {person.chance.choice(SECOND_THOUGHTS[lang])}"
    if len(text) <= CARD_LENGTH and await person.ask("card.edit", {"card": card, "text": text}) is not None:
        person.ledger.note_card(card, text)


async def _withdraw(person: Any, card: str) -> None:
    if await person.ask("card.withdraw", {"card": card}) is not None:
        person.ledger.note_card(card, "")
