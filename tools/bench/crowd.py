"""Thousands of people in a session by the product's own commands: `python -m tools.bench.crowd CODE PEOPLE`.

Prints the cookie of each. For what is measured after everybody is in.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from sessions.domain.actor import Actor  # noqa: E402
from sessions.domain.commands import Join  # noqa: E402
from sessions.domain.world import CommandRequest, CommandResult  # noqa: E402
from sessions.live.writer import BATCH, Result, Writer, _QueuedCommand  # noqa: E402
from sessions.models import Session  # noqa: E402
from sessions.models.ids import new_token, token_hash  # noqa: E402
from sessions.views.access import participant_cookie  # noqa: E402


class _Kept:
    def __init__(self) -> None:
        self.results: list[Result] = []

    def post(self, results: list[tuple[object, Result]]) -> None:
        self.results += [result for _, result in results]


_writer = Writer()


def commit(*, session: Session, requests: Sequence[CommandRequest]) -> None:
    """Commit commands in batches as the writer makes them, in this thread."""
    for at in range(0, len(requests), BATCH):
        kept = _Kept()
        batch = [_QueuedCommand(request, kept, None) for request in requests[at : at + BATCH]]
        _writer._commit_and_reply(session.pk, batch)
        bad = [result for result in kept.results if not isinstance(result, CommandResult)]
        assert not bad, bad[0]


def let_in(*, session: Session, people: int) -> list[str]:
    """Let people come in, by turns of each O; return their secrets."""
    tokens = [new_token() for _ in range(people)]
    sectors = list(session.programme.sectors.values_list("public_id", flat=True))
    requests = [
        CommandRequest(Actor.system(), Join(sector=sectors[n % len(sectors)], token_hash=token_hash(token)), uuid4())
        for n, token in enumerate(tokens)
    ]
    commit(session=session, requests=requests)
    return tokens


if __name__ == "__main__":
    found = Session.objects.get(code=sys.argv[1])
    print(json.dumps({"cookie": participant_cookie(found), "tokens": let_in(session=found, people=int(sys.argv[2]))}))
