"""The tables of a session, held against the model."""

from __future__ import annotations

from collections import Counter

from django.db.models import Sum
from django.db.models.functions import Coalesce

from sessions.models import Ballot, Contribution, Participant, Round, RoundItem, Step, Vote

from ..domain.checks import check_log
from ..factory import SessionHarness
from .model import Model


def check_tables(room: SessionHarness, model: Model) -> None:
    """Hold every row of a session against the model, and the log against itself."""
    check_log(room)
    rounds = dict(Round.objects.filter(session=room.session).values_list("pk", "public_id"))
    what = Coalesce("round_item__item__contribution__public_id", "round_item__item__public_id")
    votes = Vote.objects.filter(round_item__round__in=rounds).values_list(
        "round_item__round_id", what, "participant_id", "value", "tap"
    )
    stored = {(rounds[where], what, who): (value, tap) for where, what, who, value, tap in votes}
    assert stored == {place: tuple(vote) for place, vote in model.votes.items()}
    ballots = Ballot.objects.filter(round__in=rounds).values_list(
        "round_id", "participant_id", "sector__public_id", "counted"
    )
    found = {(rounds[where], who): (sector, counted) for where, who, sector, counted in ballots}
    assert found == {place: (ballot.sector, ballot.counted) for place, ballot in model.ballots.items()}
    spent = Vote.objects.filter(round_item__round__in=rounds).values_list("round_item__round_id", "participant_id")
    sums = {(where, who): n for where, who, n in spent.annotate(n=Sum("value"))}
    for ballot in Ballot.objects.filter(round__in=rounds).select_related("round"):
        assert ballot.spent == sums.get((ballot.round_id, ballot.participant_id), 0) <= ballot.round.rules["budget"]
    cards = Contribution.objects.filter(session=room.session).values_list(
        "public_id",
        "step__public_id",
        "participant_id",
        "sector__public_id",
        "text",
        "hidden_at",
        "reason",
        "destroyed_at",
        "withdrawn_at",
    )
    assert {
        name: (step, author, sector, text, reason if hidden else None, destroyed is not None, gone is not None)
        for name, step, author, sector, text, hidden, reason, destroyed, gone in cards
    } == {c.id: (c.step, c.author, c.sector, c.text, c.reason, c.destroyed, c.gone) for c in model.cards.values()}
    steps = Step.objects.filter(session=room.session).values_list("public_id", "state", "position")
    assert {name: (state, position) for name, state, position in steps} == {
        step.id: (step.state, step.position) for step in model.steps.values()
    }
    card = Coalesce("item__contribution__public_id", "item__public_id")
    placed = RoundItem.objects.filter(round__in=rounds).values_list("round_id", card, "price")
    assert Counter((rounds[where], *about) for where, *about in placed) == Counter(
        (found.id, card, found.prices.get(card)) for found in model.rounds.values() for card in found.cards
    )
    people = Participant.objects.filter(session=room.session).values_list("pk", "sector__public_id", "retired_at")
    assert {pk: (sector, retired is not None) for pk, sector, retired in people} == {
        pk: (person.sector, person.retired) for pk, person in model.people.items()
    }
