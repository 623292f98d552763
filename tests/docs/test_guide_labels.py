"""What the facilitator's guide says that a screen says, it says: in both languages, word for word."""

from __future__ import annotations

import re

import pytest

from .labels import Named, blocks, guide, keys_of, named_in

LANGUAGES = ("nl", "en")

NOT_ON_A_SCREEN = (
    # How a paragraph begins.
    ("Test in de zaal, op het netwerk van de zaal", "Test in the room, on the network of the room"),
    ("Neem mee", "Bring"),
    ("[In English](facilitator.en.md)", "[In het Nederlands](facilitator.nl.md)"),
    # Things, and what they are called here.
    ("projectorlink", "projector link"),
    ("klok", "clock"),
    ("letters", "tag"),
    ("bewijscode", "receipt code"),
    # Signs on buttons, the same in every language.
    ("−1", "−1"),
    ("+1", "+1"),
    # What people say, and examples.
    ("van de onderzoekers", "of the researchers"),
    ("onderwijs + overheden, n = 8", "education + government, n = 8"),
    (
        "we weten van welke O een kaart komt, niet van wie.",
        "we know which O a card comes from, not which person.",
    ),
)
"""Dutch, English: what is set off and is no sentence of the program. Leads that end as a sentence are known by that."""


def labels(language: str) -> list[Named]:
    known = {pair[LANGUAGES.index(language)] for pair in NOT_ON_A_SCREEN}
    named = [each for block in blocks(language) for each in named_in(block)]
    return [each for each in named if not each.is_lead and each.text not in known]


def parts_of(label: str) -> list[str]:
    """One line of a screen may be several sentences beside each other."""
    return [part for part in re.split(r", |\. ", label) if part]


def keys_in(label: str, language: str) -> set[str]:
    whole = keys_of(label, language)
    parts = [keys_of(part, language) for part in parts_of(label)]
    return whole or (set().union(*parts) if all(parts) else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_on_a_screen(language: str) -> None:
    found = labels(language)
    assert len({each.text for each in found if each.bold}) > 55
    missing = [each.text for each in found if not keys_in(each.text, language)]
    assert not missing


def test_both_guides_name_the_same_labels() -> None:
    """Paragraph by paragraph: a label that is another sentence in the other language is wrong in one of them."""
    for dutch, english in zip(blocks("nl"), blocks("en"), strict=True):
        sides = [
            [keys for each in named_in(block) if (keys := set() if each.is_lead else keys_in(each.text, language))]
            for language, block in (("nl", dutch), ("en", english))
        ]
        for here, there in (sides, sides[::-1]):
            alone = [keys for keys in here if not any(keys & others for others in there)]
            assert not alone, (dutch, english)


def test_what_is_named_as_no_label_stands_in_the_guides() -> None:
    for pair in NOT_ON_A_SCREEN:
        for language, text in zip(LANGUAGES, pair, strict=True):
            assert f"*{text}*" in " ".join(guide(language).split()), text


@pytest.mark.parametrize(
    ("label", "language"),
    [("bel", "nl"), ("Ongedaan maken", "nl"), ("Deelnemen sluiten", "nl"), ("Retire…", "en"), ("Seintje 3", "nl")],
)
def test_what_no_screen_says_is_found_nowhere(label: str, language: str) -> None:
    assert not keys_in(label, language)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("seintje", "bell"),
        ("Volgende: …", "Next: {title}"),
        ("38 van 41 telefoons", "{here} of {n} phone"),
        ("Ronde 2 openen", "Open round {n}"),
        ("Alleen telefoons die stil zijn", "Only phones that are silent ({n})"),
        ("Stand live", "Live results: the room sees the count while it votes"),
    ],
)
def test_what_a_screen_says_is_found_with_its_values(label: str, key: str) -> None:
    assert key in keys_in(label, "nl")
