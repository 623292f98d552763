from __future__ import annotations

import datetime as dt

from django.db import transaction

from sessions.exchange.moments import StoredMoment, cut_to_minute, tell_stored, tell_time
from sessions.models import Participant

from .scene import make_scene

SUMMER = dt.datetime(2026, 7, 1, 20, 30, 5, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def test_a_moment_is_told_in_utc_and_cut_to_the_millisecond() -> None:
    assert tell_time(SUMMER) == "2026-07-01T18:30:05.999Z"
    assert tell_time(None) == ""
    assert cut_to_minute(tell_time(SUMMER)) == "2026-07-01T18:30:00.000Z"
    assert cut_to_minute("") == ""


def test_read_as_text_or_as_an_object_it_is_the_same(database: str) -> None:
    with transaction.atomic():
        people = make_scene(slug="moments", code="MMMMMM").join("onderwijs", n=7)
        for person, microsecond in zip(people, (0, 1, 999, 1_000, 250_000, 999_500, 999_999), strict=True):
            moment = SUMMER.replace(microsecond=microsecond)
            Participant.objects.filter(pk=person.pk).update(joined_at=moment)
            told = Participant.objects.values_list(StoredMoment("joined_at"), StoredMoment("retired_at")).get(
                pk=person.pk
            )
            assert [tell_stored(text) for text in told] == [tell_time(moment), ""]
        transaction.set_rollback(True)
