"""The agenda that a new session begins with."""

from __future__ import annotations

import pytest

from sessions.domain.kind import kind_of
from sessions.domain.templates import DEFAULT_AGENDA, default_minutes, lay_out_default_agenda
from sessions.models import Round, Step

from ..factory import make_programme, make_session

pytestmark = pytest.mark.django_db


def test_it_fills_an_scenario() -> None:
    assert default_minutes() == sum(step["minutes"] for step in DEFAULT_AGENDA) == 150


def test_it_is_stored_in_order_about_this_area_with_the_pillars_of_the_programme() -> None:
    session = make_session(make_programme())
    steps = lay_out_default_agenda(session=session, area_nl="Oost", area_en="East")
    stored = list(Step.objects.filter(session=session).order_by("position"))
    assert stored == steps and len(stored) == len(DEFAULT_AGENDA)
    assert [step.position for step in stored] == list(range(1, len(stored) + 1))
    words = " ".join(f"{step.prompt_nl} {step.prompt_en}" for step in stored)
    assert "Oost" in words and "East" in words and "{area}" not in words
    numbers = [step.pillar.number for step in stored if step.pillar is not None]
    assert numbers == [step["pillar"] for step in DEFAULT_AGENDA if "pillar" in step] == [1, 2]


def test_what_shows_a_result_follows_what_it_shows_and_each_vote_has_its_round() -> None:
    session = make_session(make_programme())
    steps = lay_out_default_agenda(session=session, area_nl="Oost", area_en="East")
    named = {wanted["names"]: step for wanted, step in zip(DEFAULT_AGENDA, steps, strict=True) if "names" in wanted}
    for wanted, step in zip(DEFAULT_AGENDA, steps, strict=True):
        subject = named[wanted["subject"]] if "subject" in wanted else None
        assert step.subject == subject
        assert (subject is not None) == kind_of(step).shows_subject
    votes = [step.pk for step in steps if step.kind == "vote"]
    assert sorted(Round.objects.filter(session=session).values_list("step", flat=True)) == sorted(votes)
