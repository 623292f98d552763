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
