"""What a programme keeps of agendas: a name that is redacted in a session goes from there as well."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sessions.domain import moment
from sessions.domain.commands import RedactItem
from sessions.domain.deletion import mark_deleting, mark_wiping
from sessions.domain.kept_agendas import find_kept, keep_agenda, keep_step
from sessions.models import Session

from .test_redacted_items import NAME, choice, destroy
from .voted_items import item

pytestmark = pytest.mark.usefixtures("database")


def test_a_name_in_an_option_goes_from_what_the_programme_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, step, made = choice()
    kept = [
        keep_agenda(vote.room.session, name="Avond"),
        keep_step(vote.room.session, step=step.public_id, name="Keuze"),
    ]
    vote.room.lead(RedactItem(item=made, reason="name"))
    destroy(monkeypatch, vote.room.session)
    for found in kept:
        found.refresh_from_db()
        assert NAME not in str(found.steps)
        assert "De gemeente" in str(found.steps)


@pytest.mark.parametrize("end", [mark_deleting, mark_wiping])
def test_it_goes_from_there_too_when_the_session_ends_before_it_is_destroyed(end: Callable[[int], None]) -> None:
    vote, _, made = choice()
    kept = keep_agenda(vote.room.session, name="Avond")
    vote.room.lead(RedactItem(item=made, reason="name"))
    kept.refresh_from_db()
    assert NAME in str(kept.steps), "it can still be given back"
    Session.objects.filter(pk=vote.room.session.pk).update(rehearsal=True)
    end(vote.room.session.pk)
    kept.refresh_from_db()
    assert NAME not in str(kept.steps) and "De gemeente" in str(kept.steps)


def test_words_redacted_for_another_reason_stay_in_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    vote, _, made = choice()
    kept = keep_agenda(vote.room.session, name="Avond")
    vote.room.lead(RedactItem(item=made, reason="double"))
    Session.objects.filter(pk=vote.room.session.pk).update(archived_at=moment.now())
    destroy(monkeypatch, vote.room.session)
    kept.refresh_from_db()
    assert item(made).text_nl == "" and NAME in str(kept.steps)


def test_what_nobody_made_as_a_key_is_nothing() -> None:
    vote, _, _ = choice()
    kept = keep_agenda(vote.room.session, name="Avond")
    programme = vote.room.session.programme
    assert find_kept(programme, key=kept.public_id) == kept
    for key in ("", "../x", "é", "a b", kept.public_id + "\0"):
        assert find_kept(programme, key=key) is None
