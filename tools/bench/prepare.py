"""Make a session whose vote is open with live results, by the product's own commands. Prints what phones must know.

Runs as a process of its own, before the server: `python -m tools.bench.prepare ITEMS BUDGET`.
"""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be ready first
from django.db import connection  # noqa: E402

from sessions.domain.actor import Actor  # noqa: E402
from sessions.domain.commands import AddStep, Command, OpenStep, ScribeCard, TickCard  # noqa: E402
from sessions.domain.sessions import create_session  # noqa: E402
from sessions.enums import Aspect  # noqa: E402
from sessions.kinds import Keys as StepKind  # noqa: E402
from sessions.kinds.collect.sentences import read_sentences  # noqa: E402
from sessions.live.writer import submit_and_wait  # noqa: E402
from sessions.management.demo import make_demo  # noqa: E402


def durability() -> dict[str, str]:
    """Return the settings that decide what a power cut can take, as this program's own connection has them."""
    names = ("synchronous", "journal_mode") if connection.vendor == "sqlite" else ("fsync", "synchronous_commit")
    found = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}")
            found[name] = str(cursor.fetchone()[0])
    if "synchronous" in found:
        found["synchronous"] = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}[found["synchronous"]]
    return found


def make_vote(*, items: int, budget: int, cards: int = 0) -> dict[str, object]:
    """Return code, table id, round and items of a new session; `cards`: how many are written, at least the items."""
    demo, members = make_demo()
    session = create_session(programme=demo.programme, title_nl="Meting", title_en="Measurement")
    actor = Actor.member(members["facilitator"].pk)
    sectors = list(demo.programme.sectors.values_list("public_id", flat=True))

    def do(command: Command) -> str:
        return submit_and_wait(session_id=session.pk, actor=actor, command=command).id or ""

    pillar = demo.programme.pillars.values_list("public_id", flat=True)[0]
    collect = do(AddStep(kind=StepKind.COLLECT, title_nl="Schrijven", title_en="Write", pillar=pillar))
    settings = {"live": True, "rules": {"ballot": "dots", "budget": budget, "most": 2}}
    vote = do(AddStep(kind=StepKind.VOTE, title_nl="Kiezen", title_en="Choose", after=collect, settings=settings))
    do(OpenStep(step=collect))
    round_ = session.rounds.get().public_id
    sentences = read_sentences()
    for number in range(max(items, cards)):
        found = sentences[number % len(sentences)]
        card = do(
            ScribeCard(
                step=collect, text=found.text, aspect=Aspect.BOTH, sector=sectors[number % len(sectors)], lang="nl"
            )
        )
        if number < items:
            do(TickCard(round=round_, card=card, on=True))
    do(OpenStep(step=vote))
    placed = session.rounds.get().round_items.values_list("item__public_id", "pk")
    return {
        "code": session.code,
        "session": session.pk,
        "public_id": session.public_id,
        "sectors": sectors,
        "round": round_,
        "items": dict(placed),
    }


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    made = make_vote(items=int(sys.argv[1]), budget=int(sys.argv[2]))
    print(json.dumps(made | {"durability": durability()}))
