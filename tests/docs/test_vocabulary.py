"""One word for one thing, on every screen and in the guide: those that were chosen are there, those before are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from .labels import guide, sentences

CHOSEN = {
    "Which O are you with?": "Bij welke O hoor jij?",
    "No more answers are taken here.": "Er kunnen geen antwoorden meer bij.",
    "Close the door": "Deur sluiten",
    "Open the door": "Deur openen",
    "This session lets nobody new in": "Deze sessie laat niemand meer binnen",
    "solid = present": "gevuld = aanwezig",
    "Open is before, solid is after.": "Open is voor, gevuld is na.",
    "Sign off…": "Telefoon afmelden…",
    "This phone was signed off": "Deze telefoon is afgemeld",
    "No phone is silent.": "Er is geen telefoon stil.",
    "Welcome! Scan the code and choose your O.": "Welkom! Scan de code en kies je O.",
    "{left} of {n} dot left": "Nog {left} van {n} stip",
    "{left} of {n} dots left": "Nog {left} van {n} stippen",
    "Explanation": "Toelichting",
    "Minutes, 0 for no clock": "Minuten (0 = zonder klok)",
    "Place in the agenda": "Plaats",
    "at the start": "aan het begin",
    "after {title}": "na {title}",
    "card {n} of {all}": "kaart {n} van {all}",
    "bell": "seintje",
    "Make the session and open the console": "Sessie maken en Regie openen",
    "Your cards and votes": "Jouw kaarten en stemmen",
}


class Gone(NamedTuple):
    """`unless`: where it is meant in another sense. `instead`: what is said now, or why nothing is."""

    language: str
    word: str
    instead: str
    unless: str = r"(?!)"


GONE = (
    Gone("nl", r"(?i)van welke O ben", "hoort iemand bij een O, niet: is iemand van een O"),
    Gone("nl", r"komt geen antwoord meer bij", "er kunnen geen antwoorden meer bij"),
    Gone("nl", r"(?i)\b(deelnemen|meedoen) (is )?(sluiten|openen|gesloten|open)\b", "de deur gaat open en dicht"),
    Gone("nl", r"(?i)\bdichte?\b", "een teken is gevuld; dicht is een deur", unless=r"(?i)\b(deur|laptop)\b"),
    Gone("nl", r"(?i)\blaa?te?n? .*vervallen", "een telefoon wordt afgemeld", unless=r"(?i)\bronde\b"),
    Gone("nl", r"(?i)telefoon\b.*\bvervangen", "een telefoon wordt afgemeld; er komt niet altijd een andere"),
    Gone("nl", r"(?i)nog maar weinig", "wie binnenkomt wordt welkom geheten"),
    Gone("nl", r"^Nog \S+ van \S+$", "waarvan er nog zoveel zijn, hoort erbij"),
    Gone("nl", r"(?i)meer tekst", "toelichting"),
    Gone("nl", r"0 is geen klok", "0 = zonder klok"),
    Gone("nl", r"(?i)komt na:", "plaats"),
    Gone("nl", r"[}\d]–[{\d]", "van tot; bij één kaart staat er één getal"),
    Gone("nl", r"(?i)\bbel\b", "seintje"),
    Gone("nl", r"\bregie\b|(?i:\bconsole\b)", "de Regie, met een hoofdletter: het is de naam van een scherm"),
    Gone("nl", r"(?i)jij in deze sessie", "Jouw kaarten en stemmen, overal"),
    Gone("en", r"(?i)you in this session", "Your cards and votes, everywhere"),
    Gone("en", r"(?i)\bretir(e|ed|ing)\b", "a phone is signed off"),
    Gone("en", r"(?i)phone\b.*\breplaced", "a phone is signed off; there is not always another one"),
    Gone("en", r"(?i)\bjoining (is )?(closed|open)\b|\b(close|open) joining\b", "the door opens and closes"),
    Gone("en", r"(?i)more text", "explanation"),
    Gone("en", r"(?i)\bfull (circle|dot)\b", "solid"),
)


def said(language: str) -> Iterator[str]:
    """Yield what a screen, the shell or the guide says, sentence by sentence."""
    yield from (sentence.text for sentence in sentences(language, commands=True))
    yield from (" ".join(each.split()) for each in re.split(r"(?<=[.?!:])\s", guide(language)))


@pytest.mark.parametrize(("english", "dutch"), CHOSEN.items(), ids=CHOSEN)
def test_the_chosen_word_is_there(english: str, dutch: str) -> None:
    english_keys = {key for key, text in sentences("en") if text == english}
    assert english_keys & {key for key, text in sentences("nl") if text == dutch}


def test_points_are_what_people_give() -> None:
    """In Dutch an item is no "punt", and shares lie "%-punten" apart: both may stand beside points that are given."""
    points = re.compile(r"(?i)(?<!%-)\bpunt(en)?\b(?<!op zijn punt)")
    assert not [text for key, text in sentences("nl") if points.search(text) and "point" not in key.lower()]


@pytest.mark.parametrize("gone", GONE, ids=lambda gone: f"{gone.language}: {gone.word}")
def test_the_word_of_before_is_nowhere(gone: Gone) -> None:
    found = [text for text in said(gone.language) if re.search(gone.word, text) and not re.search(gone.unless, text)]
    assert not found, gone.instead


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Van welke O ben jij?"),
        ("nl", "Hier komt geen antwoord meer bij."),
        ("nl", "Deelnemen sluiten"),
        ("nl", "Meedoen is gesloten"),
        ("nl", "dicht: aanwezig"),
        ("nl", "Laat telefoon vervallen…"),
        ("nl", "Deze telefoon is door een andere vervangen."),
        ("nl", "Nog maar weinig: minder dan 5 mensen"),
        ("nl", "Nog {left} van {n}"),
        ("nl", "Meer tekst, op de telefoon"),
        ("nl", "Minuten, 0 is geen klok"),
        ("nl", "Komt na: aan het begin"),
        ("nl", "{from}–{to} van {n} kaarten"),
        ("nl", "bel"),
        ("nl", "Maak de sessie en open de regie"),
        ("nl", "De console zegt het dan"),
        ("nl", "Jij in deze sessie"),
        ("en", "You in this session"),
        ("en", "Retire…"),
        ("en", "This phone was replaced by another one."),
        ("en", "Joining is closed."),
        ("en", "Close joining"),
        ("en", "More text, on the phone"),
        ("en", "A full circle: well."),
    ],
)
def test_what_was_said_before_would_be_found(language: str, text: str) -> None:
    rules = [gone for gone in GONE if gone.language == language]
    assert any(re.search(gone.word, text) and not re.search(gone.unless, text) for gone in rules)
