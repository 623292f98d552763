"""The demo: the Kennispark programme as the core team knows it, with a session of 150 minutes."""

from __future__ import annotations

from sessions.kinds import Keys as StepKind
from sessions.management.demo import make_demo
from sessions.models import Member, Session
from sessions.models.ids import CODE_ALPHABET


def test_the_programme(session: Session) -> None:
    programme = session.programme
    assert [(pillar.name_nl, pillar.short_nl) for pillar in programme.pillars.all()] == [
        ("Versterken van het internationaal profiel en merk", "Profiel en merk"),
        ("Bouwen aan een dynamische toplocatie", "Toplocatie"),
    ]
    assert [(sector.key, sector.letter_nl, sector.letter_en) for sector in programme.sectors.all()] == [
        ("onderwijs", "W", "E"),
        ("onderzoek", "Z", "R"),
        ("ondernemers", "N", "N"),
        ("overheden", "H", "G"),
    ]
    assert [found.name for found in programme.organisations.all()] == [
        "Universiteit Twente",
        "Novel-T",
        "gemeente Enschede",
        "provincie Overijssel",
    ]


def test_the_session(session: Session) -> None:
    steps = list(session.steps.all())
    assert sum(step.minutes for step in steps) == 150
    # A question is prepared by who wants one.
    assert {step.kind for step in steps} == set(StepKind) - {StepKind.QUESTION}
    reveals = [step.subject for step in steps if step.kind == StepKind.REVEAL]
    assert [subject.kind for subject in reveals if subject] == [StepKind.COLLECT, StepKind.COLLECT, StepKind.VOTE]
    assert [step.pillar.number for step in steps if step.pillar] == [1, 2]
    assert session.rounds.get().step.kind == StepKind.VOTE
    assert len(session.code) == 6 and set(session.code) <= set(CODE_ALPHABET)
    for step in steps:
        assert step.title_nl and step.title_en and step.prompt_nl and step.prompt_en


def test_making_it_again_changes_nothing(session: Session) -> None:
    again, members = make_demo()
    assert (again.pk, Session.objects.count(), again.steps.count()) == (session.pk, 1, session.steps.count())
    assert not any(member.has_usable_password() for member in members.values())
    assert Member.objects.count() == 2
