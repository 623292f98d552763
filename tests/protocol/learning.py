"""What the model is told of what the program chose by itself: ranks, and the ids of what it made."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from sessions.domain.moment import to_ms
from sessions.models import Contribution, Item, JoinRequest, Round, Session

from .clock import START_MS
from .model import Model
from .model import Round as ModelRound


def learn_ranks(session: Session, model: Model) -> None:
    """Tell the model in which order cards hang on the wall, before it judges what was done with them."""
    model.ranks = dict(Contribution.objects.filter(session=session).values_list("public_id", "rank"))


def learn_names(session: Session, model: Model) -> None:
    """Tell the model which ids the program gave to rounds, items and requests, of which it must know the same.

    And which O's without a mark hung together.
    """
    for round_, step in Round.objects.filter(session=session).values_list("public_id", "step__public_id"):
        if round_ not in model.rounds and step in model.steps:
            model.rounds[round_] = ModelRound(round_, step, most=model.most_at_first[step])
    items = Item.objects.filter(session=session).values_list("public_id", "contribution__public_id")
    model.items |= {item: card or item for item, card in items}
    model.company = Session.objects.values_list("company", flat=True).get(pk=session.pk) or {}
    requests = list(JoinRequest.objects.filter(session=session))
    for waiting in requests:
        asked = model.requests[waiting.token_hash]
        asked.id, asked.asked = waiting.public_id, to_ms(waiting.asked_at) - START_MS
    stored = {each.token_hash: each.admitted_at is not None for each in requests}
    assert stored == {name: asked.admitted is not None for name, asked in model.requests.items()}


def content_of(command: Any) -> dict[str, Any]:
    """Return what a command says, without what it would be when left out."""
    defaults = dict(zip(reversed(command.__struct_fields__), reversed(command.__struct_defaults__), strict=False))
    left_out = {name for name, default in defaults.items() if getattr(command, name) is default}
    said: dict[str, Any] = json.loads(msgspec.json.encode(command))
    return {name: value for name, value in said.items() if name not in left_out}
