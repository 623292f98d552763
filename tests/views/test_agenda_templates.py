"""What an agenda can begin with: the program's templates, and what a programme keeps of its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from sessions.domain.sessions import duplicate
from sessions.domain.templates import TEMPLATES, step_title
from sessions.limits import MOST_KEPT_AGENDAS, TITLE_LENGTH
from sessions.management.demo import SLUG
from sessions.models import KeptAgenda, Pillar, Programme, Session, Step
from sessions.views import agenda_templates

DUTCH = {"accept-language": "nl"}


def address(session: Session, key: str = "") -> str:
    return f"/s/{session.code}/agenda/templates/" + (f"{key}/" if key else "")


def ask(browser: Client, session: Session, key: str = "") -> Any:
    return browser.get(address(session, key), headers=DUTCH).json()


def keep(browser: Client, session: Session, **typed: str) -> Any:
    return browser.post(address(session), typed, headers=DUTCH)


def titles(key: str) -> list[str]:
    """Return the Dutch ones, with the names of this programme's pillars."""
    pillars = {1: Pillar(short_nl="Profiel en merk"), 2: Pillar(short_nl="Toplocatie")}
    return [step_title(step, language="nl", pillars=pillars) for step in TEMPLATES[key].steps]


def words(step: dict[str, Any]) -> tuple[str, str, str]:
    return step["kind"], step["title_nl"], step["prompt_en"]


def test_the_templates_of_the_program_are_told_in_the_language_of_the_page(session: Session, core: Client) -> None:
    told = ask(core, session)
    assert [found["key"] for found in told["templates"]] == list(TEMPLATES)
    event = told["templates"][2]
    assert (event["title"], event["minutes"], event["own"], event["kind"]) == ("Event", 60, False, "event")
    assert [step["title"] for step in event["steps"]] == titles("event")
    assert told["steps"] == [] and told["minutes"] is None


def test_the_steps_of_a_template_come_as_they_are_added(session: Session, core: Client) -> None:
    steps = ask(core, session, "workshop")["steps"]
    assert [words(step["add"])[:2] for step in steps] == [
        (step["kind"], title) for step, title in zip(TEMPLATES["workshop"].steps, titles("workshop"), strict=True)
    ]
    assert steps[0]["add"]["prompt_nl"] == "Welkom bij Kennispark Twente"
    pillars = {step["add"]["pillar"] for step in steps}
    assert pillars == {None, *(pillar.public_id for pillar in session.programme.pillars.all())}
    assert steps[4]["add"]["kind"] == "reveal" and steps[4]["subject"] == 3
    assert core.get(address(session, "gone")).status_code == 404


def test_an_agenda_is_kept_used_renamed_and_deleted(session: Session, facilitator: Client) -> None:
    Session.objects.filter(pk=session.pk).update(kind="event", minutes=150)
    Step.objects.filter(session=session, title_nl="Pauze").update(state="superseded")
    answer = keep(facilitator, session, name=" Onze  avond ")
    own = answer.json()["templates"][-1]
    assert answer.status_code == 201
    assert (own["title"], own["own"], own["kind"], own["minutes"]) == ("Onze avond", True, "event", 150)

    steps = ask(facilitator, session, own["key"])["steps"]
    agenda = list(session.steps.exclude(state="superseded").order_by("position"))
    assert [words(step["add"]) for step in steps] == [(step.kind, step.title_nl, step.prompt_en) for step in agenda]
    assert [step["subject"] for step in steps] == [
        agenda.index(step.subject) if step.subject else None for step in agenda
    ]

    facilitator.post(f"/programmes/{SLUG}/", {"title_nl": "Avond 2", "start": own["key"], "consent": "full"})
    made = Session.objects.latest("id")
    assert (made.kind, made.minutes) == ("event", 150)
    fields = ("kind", "title_nl", "settings", "pillar", "subject__title_nl")
    stored = session.steps.exclude(state="superseded").order_by("position")
    assert list(made.steps.order_by("position").values_list(*fields)) == list(stored.values_list(*fields))

    told = facilitator.post(address(session, own["key"]), {"name": "Anders"}, headers=DUTCH).json()
    assert told["templates"][-1]["title"] == "Anders"
    assert "Anders" in facilitator.get(f"/programmes/{SLUG}/", headers=DUTCH).text
    told = facilitator.delete(address(session, own["key"]), headers=DUTCH).json()
    assert [found["key"] for found in told["templates"]] == list(TEMPLATES)
    assert facilitator.post(address(session, own["key"]), {"name": "Weg"}).status_code == 404


def test_one_step_is_kept_by_itself(session: Session, core: Client) -> None:
    reveal = session.steps.get(title_nl="Uitkomst")
    told = keep(core, session, name="Uitkomst", step=reveal.public_id).json()
    assert len(told["templates"]) == len(TEMPLATES)
    (own,) = told["steps"]
    (step,) = ask(core, session, own["key"])["steps"]
    assert step["add"]["kind"] == "reveal" and step["subject"] is None
    assert keep(core, session, name="Weg", step="gone").status_code == 400
    started = core.post(f"/programmes/{SLUG}/", {"title_nl": "Avond", "start": own["key"], "consent": "full"})
    assert started.status_code == 400, "a step is no agenda to begin with"


@pytest.mark.parametrize("name", ["", "   ", "x" * (TITLE_LENGTH + 1), "a\x00b"])
def test_what_is_no_name_is_refused_in_words(session: Session, core: Client, name: str) -> None:
    refused = keep(core, session, name=name)
    assert refused.status_code == 400 and refused.json()["message"]
    assert not KeptAgenda.objects.exists()


def test_a_programme_keeps_so_many(session: Session, core: Client) -> None:
    programme = session.programme
    KeptAgenda.objects.bulk_create(
        KeptAgenda(programme=programme, name=f"{n}", is_step=True, kind="workshop", steps=[])
        for n in range(MOST_KEPT_AGENDAS)
    )
    assert keep(core, session, name="Nog een").status_code == 400
    assert KeptAgenda.objects.count() == MOST_KEPT_AGENDAS


def test_another_programme_sees_and_changes_nothing_of_it(session: Session, elsewhere: Session, core: Client) -> None:
    key = keep(core, session, name="Onze avond").json()["templates"][-1]["key"]
    KeptAgenda.objects.filter(public_id=key).update(programme=elsewhere.programme)
    assert [found["key"] for found in ask(core, session)["templates"]] == list(TEMPLATES)
    assert core.get(address(session, key)).status_code == 404
    assert core.post(address(session, key), {"name": "Anders"}).status_code == 404
    assert core.delete(address(session, key)).status_code == 404
    assert core.get(address(elsewhere)).status_code == 403
    assert core.delete(address(elsewhere, key)).status_code == 403
    made = core.post(f"/programmes/{SLUG}/", {"title_nl": "Avond", "start": key, "consent": "full"})
    assert made.status_code == 400
    assert KeptAgenda.objects.get().name == "Onze avond"


def test_who_only_watches_keeps_nothing(session: Session, core: Client, steering: Client) -> None:
    key = keep(core, session, name="Onze avond").json()["templates"][-1]["key"]
    assert steering.get(address(session)).status_code == 403
    assert keep(steering, session, name="Van hen").status_code == 403
    assert steering.delete(address(session, key)).status_code == 403
    assert Client().delete(address(session, key)).status_code == 302
    assert KeptAgenda.objects.get().name == "Onze avond"


def test_an_archived_programme_keeps_what_it_has(session: Session, core: Client) -> None:
    key = keep(core, session, name="Onze avond").json()["templates"][-1]["key"]
    Programme.objects.update(archived_at="2026-01-01T00:00:00Z")
    assert keep(core, session, name="Nog een").status_code == 403
    assert core.delete(address(session, key)).status_code == 403
    assert ask(core, session)["templates"][-1]["key"] == key


def test_what_was_kept_stays_when_its_session_goes(session: Session, core: Client) -> None:
    copy = duplicate(session=session)
    keep(core, copy, name="Onze avond")
    copy.delete()
    assert len(ask(core, session)["templates"][-1]["steps"]) == session.steps.count()


def test_what_somebody_else_deletes_meanwhile_is_not_there_any_more(
    monkeypatch: pytest.MonkeyPatch, session: Session, core: Client
) -> None:
    key = keep(core, session, name="Onze avond").json()["templates"][-1]["key"]
    read = agenda_templates._read_name

    def delete_first(request: HttpRequest) -> str:
        KeptAgenda.objects.filter(public_id=key).delete()
        return read(request)

    monkeypatch.setattr(agenda_templates, "_read_name", delete_first)
    answer = core.post(address(session, key), {"name": "Anders"}, headers=DUTCH)
    assert (answer.status_code, answer.json()) == (404, {"message": "Het is er niet meer."})
