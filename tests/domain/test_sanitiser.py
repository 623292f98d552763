"""What people type is stored without what shows nothing or harms others; words of every script stay as they are."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.domain.commands import AddStep, EditSession, OpenStep, ScribeCard
from sessions.domain.sanitiser import MOST_MARKS, clean_line, clean_lines, clean_text
from sessions.enums import Aspect
from sessions.errors import Code, Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Session, Step

from ..factory import make_room
from ..server import ROOT

WORDINGS = json.loads((ROOT / "tests" / "wordings.json").read_text())
NASTY = (
    "\u200b\u200c\u200d\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\x1b\x07\x85\ufeff\u0301\u0336\ufe0f"
    "\u3164\u2800\U000e0041\U0001f3f4\U0001f469\u05d0\u05b0\u0645\u064e\u0915\u094d\u1100\u1161\u11a8\u0958\ufb2ce \n"
)
WORDS = st.one_of(
    st.text(max_size=60), st.text(alphabet=NASTY, max_size=60), st.text(alphabet=NASTY + "abc", max_size=60)
).filter(lambda text: not re.search("[\x00\ud800-\udfff]", text))


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda found: ascii(found["typed"])[:40])
def test_what_is_typed_becomes_what_is_stored(wording: dict[str, str]) -> None:
    """The phone is held against the same table, in frontend/src/lib/text.test.ts."""
    assert clean_line(wording["typed"]) == wording["stored"]


@settings(max_examples=400)
@given(text=WORDS)
def test_it_is_clean_and_never_longer(text: str) -> None:
    cleaned = clean_line(text)
    assert clean_line(cleaned) == cleaned
    assert len(cleaned) <= len(text)
    assert not any(unicodedata.category(char) in ("Cc", "Co", "Cs") for char in cleaned)
    assert not re.search("[\u200b\ufeff\u2060\u00ad\u3164]", cleaned)
    assert "  " not in cleaned and cleaned == cleaned.strip()
    marks = 0
    for char in cleaned:
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        assert marks <= MOST_MARKS
    depth = 0
    for char in cleaned:
        depth += (char in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068") - (char in "\u202c\u2069")
        assert depth >= 0
    assert depth == 0
    assert cleaned == "" or any(unicodedata.category(char)[0] in "LNPS" for char in cleaned)


@given(text=WORDS)
def test_lines_are_cleaned_one_by_one(text: str) -> None:
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert len(clean_lines(text)) <= len(text)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(Refused) as no:
        clean_text(text)
    assert no.value.code is Code.TEXT_BAD


@pytest.mark.parametrize("text", ["\u200b\u200b", "\u202e", "\ufeff \u00a0", "\u3164\u2800"])
def test_what_shows_nothing_is_nothing(text: str) -> None:
    with pytest.raises(Refused) as no:
        clean_text(text)
    assert no.value.code is Code.TEXT_EMPTY


@pytest.mark.usefixtures("database")
def test_every_text_that_is_taken_is_cleaned() -> None:
    """Cards typed for someone, titles, prompts, bodies, the session's title."""
    bad, good = "\u202eom\u200bgekeerd\x1b", "omgekeerd"
    room = make_room()
    room.lead(EditSession(title_nl=bad, title_en=bad))
    made = room.lead(
        AddStep(
            kind=StepKind.COLLECT,
            title_nl=bad,
            title_en=bad,
            prompt_nl=bad,
            prompt_en="\u200b",
            body_nl=f"{bad}\n\n{bad}",
            pillar=room.pillars[0].public_id,
        )
    ).id
    assert made is not None
    room.lead(OpenStep(step=made))
    sector = room.sectors["onderwijs"].public_id
    card = room.lead(ScribeCard(step=made, text=bad, aspect=Aspect.BOTH, sector=sector, lang="nl")).id
    step = Step.objects.get(public_id=made)
    session = Session.objects.get(pk=room.session.pk)
    assert (session.title_nl, session.title_en) == (good, good)
    assert (step.title_nl, step.title_en, step.prompt_nl, step.prompt_en) == (good, good, good, "")
    assert step.body_nl == f"{good}\n\n{good}"
    assert Contribution.objects.get(public_id=card).text == good
    with pytest.raises(Refused) as no:
        room.lead(EditSession(title_nl="\u200b"))
    assert no.value.code is Code.TEXT_EMPTY


@pytest.mark.parametrize(
    "text", ["e\u0301\u0308\ufe0f\u094d\u0340\u0f75\u0958", "a\u0344\u0344\u0344", "\u0958\u0f73\u0f73"]
)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    """Also where composing leaves one mark more than there were."""
    clean = clean_line(text)
    assert clean_line(clean) == clean
