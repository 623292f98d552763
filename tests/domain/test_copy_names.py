"""What copies of a session are called, and what a rehearsal cannot become."""

from __future__ import annotations

import json

import pytest

from sessions.domain.sessions import duplicate, make_rehearsal
from sessions.models import Session, Step

from ..factory import make_programme, make_session

pytestmark = pytest.mark.usefixtures("database")


def names(session: Session) -> tuple[str, str]:
    return session.title_nl, session.title_en


def test_copies_are_named_so() -> None:
    first = make_session(make_programme())
    second = duplicate(session=first)
    third = duplicate(session=second)
    assert names(second) == ("Kopie van Avond", "Copy of Evening")
    assert names(third) == ("Kopie van Avond (2)", "Copy of Evening (2)")
    assert names(duplicate(session=third)) == ("Kopie van Avond (3)", "Copy of Evening (3)")
    trial = make_rehearsal(session=third)
    assert (names(trial), trial.rehearsal) == (("Repetitie: Avond", "Rehearsal: Evening"), True)
    assert names(make_rehearsal(session=first)) == ("Repetitie: Avond (2)", "Rehearsal: Evening (2)")
    assert not duplicate(session=trial).rehearsal


def test_names_stay_within_their_length() -> None:
    session = make_session(make_programme(), title_nl="é" * 120, title_en="x" * 120)
    for _ in range(11):
        copy = duplicate(session=session)
        copy.refresh_from_db()
        assert max(map(len, names(copy))) <= 120
    assert copy.title_nl.endswith("… (11)") and copy.title_nl.startswith("Kopie van éé")


def test_a_title_that_only_looks_like_a_copy_stays() -> None:
    session = make_session(make_programme(), title_nl="Kopie van ", title_en="Evening (2)")
    assert names(duplicate(session=session)) == ("Kopie van Kopie van ", "Copy of Evening (2)")


def test_a_rehearsal_has_no_command_that_makes_it_real() -> None:
    from sessions.live.protocol import COMMAND_TYPES

    told = json.dumps([command.__struct_fields__ for command in COMMAND_TYPES.values()])
    assert "rehearsal" not in told
    assert not Step._meta.get_field("session").null
