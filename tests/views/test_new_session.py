"""Sessions made and changed in the studio, by forms that need no script."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sessions.domain.sessions import add_step
from sessions.enums import StepState
from sessions.kinds import Keys as StepKind
from sessions.management.demo import SLUG
from sessions.models import Event, Session, Step

PROGRAMME = f"/programmes/{SLUG}/"
GIVEN = {"title_nl": "Avond 4", "title_en": "Evening 4", "kind": "event", "planned_at": "2026-07-01T19:30"}
ENGLISH = {"accept-language": "en"}


def make(browser: Client, **more: str) -> Any:
    return browser.post(PROGRAMME, GIVEN | more, headers=ENGLISH)


def page_of(session: Session) -> str:
    return f"{PROGRAMME}sessions/{session.code}/"


def newest() -> Session:
    return Session.objects.latest("id")


def agenda(session: Session) -> list[tuple[str, str, int | None, int | None]]:
    """Return each step's kind and titles, its pillar, and the place of what it reveals."""
    return [
        (step.kind, step.title_nl, step.pillar_id, step.subject.position if step.subject else None)
        for step in session.steps.select_related("subject")
    ]


def test_made_and_its_console_opens(session: Session, facilitator: Client) -> None:
    answer = make(facilitator, start="default")
    made = newest()
    assert made != session
    assert (made.title_nl, made.title_en, made.kind) == ("Avond 4", "Evening 4", "event")
    assert made.planned_at == dt.datetime(2026, 7, 1, 17, 30, tzinfo=dt.UTC)
    assert answer.headers["Location"] == f"/s/{made.code}/console/"
    assert facilitator.get(answer.headers["Location"]).status_code == 200
    listed = facilitator.get(PROGRAMME, headers=ENGLISH).text
    assert "Evening 4" in listed and "1 July 2026, 19:30" in listed


def test_made_with_the_usual_agenda(session: Session, core: Client) -> None:
    make(core, start="default")
    made = newest()
    assert agenda(made) == agenda(session)
    assert [found.step.title_nl for found in made.rounds.all()] == ["Kiezen"]
    assert made.steps.all()[0].prompt_nl == "Welkom bij Kennispark Twente"
    assert sum(step.minutes for step in made.steps.all()) == 150


@pytest.mark.parametrize(
    ("kind", "start", "made"),
    [
        ("", "expert", "expert"),
        ("workshop", "expert", "workshop"),
        ("", "default", "workshop"),
        ("", "empty", "workshop"),
    ],
)
def test_its_kind_is_that_of_its_agenda_unless_one_was_chosen(core: Client, kind: str, start: str, made: str) -> None:
    make(core, kind=kind, start=start)
    assert newest().kind == made


def test_its_kind_is_that_of_the_session_whose_agenda_it_takes(session: Session, core: Client) -> None:
    Session.objects.filter(pk=session.pk).update(kind="interview")
    make(core, kind="", start=session.code)
    assert newest().kind == "interview"


def test_made_with_an_empty_agenda(session: Session, core: Client) -> None:
    answer = make(core, start="empty", planned_at="")
    assert (newest().steps.count(), newest().planned_at) == (0, None)
    assert core.get(answer.headers["Location"]).status_code == 200


def test_made_with_the_agenda_of_another_one(session: Session, core: Client) -> None:
    Step.objects.filter(session=session, title_nl="Pauze").update(state=StepState.SUPERSEDED)
    second = add_step(
        session=session, step=Step(kind=StepKind.VOTE, position=10, title_nl="Nog eens", title_en="Again")
    )
    make(core, start=session.code)
    made = newest()
    assert (made.title_nl, made.kind) == ("Avond 4", "event")
    left = [line for line in agenda(session) if line[1] != "Pauze"]
    assert agenda(made) == left
    assert [found.step.title_nl for found in made.rounds.all()] == ["Kiezen", second.title_nl]
    own = set(made.steps.values_list("pk", flat=True))
    assert {step.subject_id for step in made.steps.all() if step.subject_id} <= own


def test_duplicated_with_subjects_and_rounds(session: Session, facilitator: Client) -> None:
    facilitator.post(f"{page_of(session)}duplicate/")
    made = newest()
    assert made != session
    assert agenda(made) == agenda(session)
    assert [subject for *_, subject in agenda(made) if subject] == [2, 4, 7]
    assert [found.step.position for found in made.rounds.all()] == [7]
    own = set(made.steps.values_list("pk", flat=True))
    assert {step.subject_id for step in made.steps.all() if step.subject_id} <= own


def test_one_title_is_for_both_languages(session: Session, core: Client) -> None:
    make(core, start="empty", title_nl="", title_en="  Only   this ")
    assert (newest().title_nl, newest().title_en) == ("Only this", "Only this")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title_nl", "x" * 121, "At most 120 characters."),
        ("title_en", "a\x00b", "The text holds characters that cannot be stored."),
        ("kind", "party", "Choose one of these."),
        ("planned_at", "tomorrow", "Write a date and a time, like 2026-03-12 19:00."),
        ("planned_at", "2026-07-01T19:30+05:00", "Write a date and a time, like 2026-03-12 19:00."),
        ("planned_at", "1969-12-31T19:30", "Choose a date between 1970 and 2099."),
        ("planned_at", "2100-01-01T00:00", "Choose a date between 1970 and 2099."),
        (
            "planned_at",
            "2027-03-28T02:30",
            "This time does not exist: that night the clock goes forward. Choose another.",
        ),
        ("start", "", "Choose one of these."),
        ("start", "NOSUCH", "Choose one of these."),
    ],
)
def test_bad_input_is_told_beside_its_field(
    session: Session, core: Client, field: str, typed: str, sentence: str
) -> None:
    answer = make(core, **({"start": "empty"} | {field: typed}))
    assert answer.status_code == 400
    assert Session.objects.count() == 1
    assert f'id="{field}-error">{sentence}</strong>' in answer.text
    assert answer.text.count('-error">') == 1
    assert '<details class="sheet" open>' in answer.text
    kept = [value for name, value in GIVEN.items() if name != field]
    assert all(f'value="{value}"' in answer.text for value in kept)
    assert '<option value="event" selected>' in answer.text or field == "kind"


def test_no_title_at_all(session: Session, core: Client) -> None:
    answer = make(core, title_nl=" ", title_en="")
    assert answer.status_code == 400
    assert 'id="title_nl-error">Give the session a title.</strong>' in answer.text


def test_bad_input_in_dutch(session: Session, core: Client) -> None:
    answer = core.post(PROGRAMME, {"title_nl": ""}, headers={"accept-language": "nl"})
    assert "Geef de sessie een titel." in answer.text and "Kies een van deze." in answer.text


def test_not_the_agenda_of_another_programme(session: Session, elsewhere: Session, core: Client) -> None:
    assert make(core, start=elsewhere.code).status_code == 400


def test_of_an_hour_that_comes_twice_the_first_is_meant(session: Session, core: Client) -> None:
    make(core, start="empty", planned_at="2026-10-25T02:30")
    assert newest().planned_at == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


def test_the_steering_group_is_not_offered_the_forms(session: Session, steering: Client) -> None:
    for address in (PROGRAMME, page_of(session)):
        assert '<details class="sheet"' not in steering.get(address).text
        assert steering.post(address, GIVEN | {"start": "empty"}).status_code == 403
    session.refresh_from_db()
    assert (Session.objects.count(), session.title_en) == (1, "Kennispark strategy workshop")


def test_strangers_and_others_change_nothing(session: Session, elsewhere: Session, core: Client) -> None:
    for address in (PROGRAMME, page_of(session)):
        assert Client().post(address, GIVEN).headers["Location"].startswith("/signin/?next=")
    assert core.post("/programmes/elders/", GIVEN).status_code == 403
    assert core.post(f"/programmes/elders/sessions/{elsewhere.code}/", GIVEN).status_code == 403
    # The code decides, not the programme that is named before it.
    assert core.post(f"{PROGRAMME}sessions/{elsewhere.code}/", GIVEN).status_code == 403
    elsewhere.refresh_from_db()
    assert elsewhere.title_nl == "Elders"


# -- a change of a session ---------------------------------------------------------------------------------------


def change(browser: Client, session: Session, *, was: dict[str, str], **typed: str) -> Any:
    shown = {f"was_{name}": value for name, value in was.items()}
    return browser.post(page_of(session), shown | was | typed, headers=ENGLISH)


@pytest.fixture
def shown(session: Session) -> dict[str, str]:
    """What the form of the session showed when it was opened."""
    return {"title_nl": session.title_nl, "title_en": session.title_en, "kind": "workshop", "planned_at": ""}


def test_changed_by_the_writer(session: Session, facilitator: Client, shown: dict[str, str]) -> None:
    answer = change(facilitator, session, was=shown, **GIVEN)
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(session))
    session.refresh_from_db()
    assert (session.title_nl, session.title_en, session.kind) == ("Avond 4", "Evening 4", "event")
    assert session.planned_at == dt.datetime(2026, 7, 1, 17, 30, tzinfo=dt.UTC)
    line = Event.objects.get(session=session)
    assert (line.seq, line.data["fields"]) == (session.seq, ["kind", "planned_at", "title_en", "title_nl"])
    text = facilitator.get(page_of(session), headers=ENGLISH).text
    assert 'value="2026-07-01T19:30"' in text and "1 July 2026, 19:30" in text


def test_what_was_not_touched_stays_as_somebody_else_left_it(
    session: Session, core: Client, shown: dict[str, str]
) -> None:
    Session.objects.filter(pk=session.pk).update(title_nl="Intussen", planned_at=timezone.now())
    change(core, session, was=shown, kind="expert")
    session.refresh_from_db()
    assert (session.title_nl, session.kind) == ("Intussen", "expert")
    assert session.planned_at is not None


def test_an_unchanged_form_changes_nothing(session: Session, core: Client, shown: dict[str, str]) -> None:
    assert change(core, session, was=shown).status_code == 302
    assert not Event.objects.filter(session=session).exists()


def test_the_date_can_be_taken_away(session: Session, core: Client, shown: dict[str, str]) -> None:
    change(core, session, was=shown, planned_at="2026-07-01T19:30")
    change(core, session, was=shown | {"planned_at": "2026-07-01T19:30"}, planned_at="")
    session.refresh_from_db()
    assert session.planned_at is None


def test_a_bad_change_keeps_the_words_and_what_was_shown(session: Session, core: Client, shown: dict[str, str]) -> None:
    answer = change(core, session, was=shown, title_nl="Nieuwe naam", planned_at="1900-01-01T00:00")
    assert answer.status_code == 400
    for part in (
        'id="planned_at-error">Choose a date between 1970 and 2099.</strong>',
        'name="title_nl" lang="nl" type="text" value="Nieuwe naam"',
        f'name="was_title_nl" value="{shown["title_nl"]}"',
    ):
        assert part in answer.text
    session.refresh_from_db()
    assert session.title_nl == shown["title_nl"]
