"""Pillars and O's of a programme: how many there can be, and that no two O's have one shape."""

from __future__ import annotations

import pytest

from sessions.domain.parts_of_programme import (
    add_pillar,
    add_sector,
    current_pillars,
    current_sectors,
    edit_pillar,
    edit_sector,
    free_shapes,
)
from sessions.domain.programmes import MOST_PILLARS, MOST_SECTORS
from sessions.models import Programme

from ..factory import make_room

WORDS = {"name_nl": "Omwonenden", "name_en": "Residents", "letter_nl": "W", "letter_en": "R"}
PILLAR = {"name_nl": "Derde pijler", "name_en": "Third pillar", "short_nl": "Derde", "short_en": "Third"}


@pytest.fixture
def programme(db: None) -> Programme:
    return make_room().session.programme


def test_an_o_more_has_a_shape_of_its_own_until_there_are_eight(programme: Programme) -> None:
    shape = free_shapes(current_sectors(programme))[0]
    assert add_sector(programme.pk, shape=shape, **WORDS)
    assert not add_sector(programme.pk, shape=shape, **WORDS)
    for free in free_shapes(current_sectors(programme)):
        assert add_sector(programme.pk, shape=free, **WORDS)
    assert len(current_sectors(programme)) == MOST_SECTORS
    assert not add_sector(programme.pk, shape=shape, **WORDS)
    keys = [sector.key for sector in current_sectors(programme)]
    assert len(set(keys)) == len(keys)


def test_an_o_takes_a_free_shape_and_no_other(programme: Programme) -> None:
    mine, other, *_ = current_sectors(programme)
    assert not edit_sector(programme.pk, key=mine.key, shape=other.shape)
    free = free_shapes(current_sectors(programme))[0]
    assert edit_sector(programme.pk, key=mine.key, shape=free)
    assert current_sectors(programme)[0].shape == free
    assert not edit_sector(programme.pk, key="gone", name_nl="Weg")


def test_a_pillar_more_until_there_are_as_many_as_fit(programme: Programme) -> None:
    while len(current_pillars(programme)) < MOST_PILLARS:
        assert add_pillar(programme.pk, **PILLAR)
    assert not add_pillar(programme.pk, **PILLAR)
    assert not edit_pillar(programme.pk, key="gone", **PILLAR)
