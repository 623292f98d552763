"""A session is deleted once its last day is over, by the clock of its programme, and what was erased stays erased."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from sessions.domain import moment
from sessions.domain.commands import OpenStep
from sessions.domain.erasure import erase_person
from sessions.domain.retention import find_over, set_keep_until
from sessions.enums import Consent, Role
from sessions.kinds import Keys
from sessions.management.erased_again import erase_again, keep_agreed, read_printed_list
from sessions.management.failure import BackupFailed
from sessions.models import Erasure, Participant, Programme, Session, Step
from sessions.models.ids import new_code

from ..factory import make_member, make_room

pytestmark = pytest.mark.usefixtures("database")

LAST = dt.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("zone", "at", "is_over"),
    [
        # In summer Amsterdam is two hours before UTC, Honolulu ten behind it.
        ("Europe/Amsterdam", "2026-07-01T21:59:59+00:00", False),
        ("Europe/Amsterdam", "2026-07-01T22:00:00+00:00", True),
        ("Pacific/Honolulu", "2026-07-02T09:59:59+00:00", False),
        ("Pacific/Honolulu", "2026-07-02T10:00:00+00:00", True),
        ("Pacific/Kiritimati", "2026-07-01T10:00:00+00:00", True),
    ],
)
def test_the_last_day_is_over_by_the_clock_of_the_programme(
    monkeypatch: pytest.MonkeyPatch, zone: str, at: str, is_over: bool
) -> None:
    session = make_room().session
    Programme.objects.filter(pk=session.programme_id).update(time_zone=zone)
    monkeypatch.setattr(moment, "now", lambda: dt.datetime.fromisoformat(at))
    assert session.pk not in find_over()
    set_keep_until(session.pk, day=LAST)
    assert (session.pk in find_over()) is is_over


def test_the_command_deletes_what_is_over_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    Session.every.update(keep_until=None)  # of the tests before
    over = make_room().session
    kept = Session.objects.create(programme=over.programme, code=new_code(), title_nl="K", title_en="K")
    set_keep_until(over.pk, day=LAST)
    monkeypatch.setattr(moment, "now", lambda: dt.datetime(2026, 7, 3, tzinfo=dt.UTC))
    call_command("retention", dry_run=True, stdout=StringIO())
    assert Session.objects.filter(pk=over.pk).exists()
    told = StringIO()
    call_command("retention", stdout=told)
    assert told.getvalue().splitlines() == [over.code, "1 sessions deleted."]
    assert not Session.every.filter(pk=over.pk).exists()
    assert Session.objects.filter(pk=kept.pk).exists()


def test_what_was_erased_is_erased_again_where_a_backup_brings_it_back() -> None:
    Erasure.objects.all().delete()  # of the tests before
    room = make_room()
    people = room.join("onderwijs", n=3)
    names = [Participant.objects.get(pk=person.id).public_id for person in people]
    erase_person(session_id=room.session.pk, person_id=people[0].id)
    printed = StringIO()
    call_command("erasures", stdout=printed)
    assert names[0] not in printed.getvalue()
    # As a backup of before brings it back: the person is there, and no list.
    Erasure.objects.all().delete()
    Participant.objects.filter(pk=people[1].id).update(public_id=names[0])
    assert erase_again(read_printed_list(printed.getvalue().splitlines()).erased) == 1
    left = Participant.objects.filter(session=room.session).values_list("public_id", flat=True)
    assert list(left) == [names[2]]
    assert erase_again({}) == 0


def test_a_list_that_is_none_is_refused() -> None:
    with pytest.raises(BackupFailed):
        read_printed_list(["one two three"])


def test_a_backup_brings_back_no_looser_profile() -> None:
    loose, strict = make_room().session, make_room().session
    Session.objects.filter(pk=loose.pk).update(consent=Consent.FIGURES)
    printed = StringIO()
    call_command("erasures", stdout=printed)
    assert loose.public_id not in printed.getvalue()
    # As backups of before bring it back: the one was looser then, the other one stricter.
    Session.objects.filter(pk=loose.pk).update(consent=Consent.CHATHAM)
    Session.objects.filter(pk=strict.pk).update(consent=Consent.FIGURES)
    keep_agreed(read_printed_list(printed.getvalue().splitlines()).consents)
    assert set(Session.objects.filter(pk__in=[loose.pk, strict.pk]).values_list("consent", flat=True)) == {"figures"}


@pytest.mark.parametrize(
    ("opened", "at", "is_over"),
    [
        ("2026-07-01T20:00:00+00:00", "2026-07-01T22:30:00+00:00", False),
        ("2026-06-28T20:00:00+00:00", "2026-07-01T22:30:00+00:00", True),
        ("2026-07-02T21:00:00+00:00", "2026-07-02T21:30:00+00:00", False),
        ("2026-07-02T21:50:00+00:00", "2026-07-02T22:10:00+00:00", True),
    ],
    ids=["an evening past midnight", "a round over weeks", "the day after", "one more day at most"],
)
def test_a_session_that_is_held_goes_on_past_midnight(
    monkeypatch: pytest.MonkeyPatch, opened: str, at: str, is_over: bool
) -> None:
    room = make_room()
    step = room.step(Keys.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    Step.objects.filter(pk=step.pk).update(opened_at=dt.datetime.fromisoformat(opened))
    set_keep_until(room.session.pk, day=LAST)
    monkeypatch.setattr(moment, "now", lambda: dt.datetime.fromisoformat(at))
    assert (room.session.pk in find_over()) is is_over
    Session.objects.filter(pk=room.session.pk).update(archived_at=moment.now())
    assert room.session.pk in find_over()


@pytest.mark.parametrize("day", ["2026-07-01", "2026-07-02", "2026-07-03"])
def test_a_day_that_has_passed_where_the_programme_is_cannot_be_chosen(
    monkeypatch: pytest.MonkeyPatch, client: Client, day: str
) -> None:
    """In Kiritimati it is the second of July when it is the first in UTC."""
    session = make_room().session
    Programme.objects.filter(pk=session.programme_id).update(time_zone="Pacific/Kiritimati")
    client.force_login(make_member(session.programme, Role.CORE))
    monkeypatch.setattr(moment, "now", lambda: dt.datetime(2026, 7, 1, 10, 30, tzinfo=dt.UTC))
    address = reverse("studio-keep", kwargs={"of": session.programme.slug, "code": session.code})
    answer = client.post(address, {"keep_until": day})
    assert ("no-day" in answer.headers["Location"]) is (day == "2026-07-01")
    session.refresh_from_db()
    assert (session.keep_until is None) is (day == "2026-07-01")
    assert session.pk not in find_over()
