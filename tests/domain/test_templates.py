"""The agendas that a new session can begin with."""

from __future__ import annotations

import pytest

from sessions.domain.agenda_check import Warns, check_agenda
from sessions.domain.kind import kind_of
from sessions.domain.planned import read_plan
from sessions.domain.templates import DEFAULT, TEMPLATES, Template, lay_out
from sessions.enums import SessionKind
from sessions.kinds import Keys
from sessions.models import Round, Session, Step

from ..factory import make_programme, make_session

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


def laid_out(template: Template) -> tuple[Session, list[Step]]:
    session = make_session(make_programme())
    return session, lay_out(template, session=session, area_nl="Oost", area_en="East")


def test_the_usual_one_fills_an_evening() -> None:
    assert TEMPLATES[DEFAULT].steps_minutes == 150


@EACH
def test_it_is_stored_in_order_about_this_area_with_the_pillars_of_the_programme(template: Template) -> None:
    session, steps = laid_out(template)
    stored = list(Step.objects.filter(session=session).order_by("position"))
    assert stored == steps and len(stored) == len(template.steps)
    assert [step.position for step in stored] == list(range(1, len(stored) + 1))
    words = " ".join(f"{step.prompt_nl} {step.prompt_en}" for step in stored)
    assert "Oost" in words and "East" in words and "{area}" not in words
    numbers = [step.pillar.number for step in stored if step.pillar is not None]
    assert numbers == [step["pillar"] for step in template.steps if "pillar" in step]


@EACH
def test_what_shows_a_result_follows_what_it_shows_and_each_vote_has_its_round(template: Template) -> None:
    _, steps = laid_out(template)
    named = {wanted["names"]: step for wanted, step in zip(template.steps, steps, strict=True) if "names" in wanted}
    for wanted, step in zip(template.steps, steps, strict=True):
        subject = named[wanted["subject"]] if "subject" in wanted else None
        assert step.subject == subject
        assert (subject is not None) == kind_of(step).shows_subject
        assert subject is None or kind_of(subject).is_revealable(subject)
    votes = [step.pk for step in steps if kind_of(step).has_rounds(step)]
    assert list(Round.objects.filter(step__in=votes).values_list("step_id", flat=True)) == votes


@EACH
def test_it_is_complete_in_both_languages_and_says_what_is_to_come(template: Template) -> None:
    assert template.kind in SessionKind.values
    assert template.title_nl and template.title_en
    assert (template is TEMPLATES[DEFAULT]) or (template.adds_nl and template.adds_en)
    for step in template.steps:
        for field in ("title", "prompt"):
            assert step[f"{field}_nl"] and step[f"{field}_en"], step
        assert ("body_nl" in step) == ("body_en" in step)


@EACH
def test_the_check_of_it_has_nothing_to_say_of_its_time(template: Template) -> None:
    session, _ = laid_out(template)
    session.kind, session.minutes = template.kind, template.minutes
    found = {warned.what for warned in check_agenda(read_plan(session))}
    known = {Warns.BREAK_DUE} if template is TEMPLATES[DEFAULT] else set()
    assert found == known, "the usual one has its break after 79 minutes"


def test_titles_name_the_pillars_of_the_programme_that_it_is_for() -> None:
    programme = make_programme()
    programme.pillars.filter(number=2).delete()
    programme.pillars.update(short_nl="Handel", short_en="")
    steps = lay_out(TEMPLATES["workshop"], session=make_session(programme), area_nl="Haven", area_en="Harbour")
    written = [step for step in steps if step.kind == Keys.COLLECT and not step.settings["practice"]]
    titles = [(step.title_nl, step.title_en) for step in written]
    # A pillar with a name in one language has it in both; one that there is none of is not named.
    assert titles == [
        ("Handel: in stilte schrijven", "Handel: write in silence"),
        ("In stilte schrijven", "Write in silence"),
    ]
