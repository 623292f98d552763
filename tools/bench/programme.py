"""A programme of a year: `python -m tools.bench.programme SESSIONS CARDS VOTES` makes it. Prints what a reader needs.

Rows go in directly, as commands would take minutes: cards, votes, ballots and their log lines as commands leave them.
"""

from __future__ import annotations

import json
import os
import sys
from random import Random
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from sessions.domain.actor import Actor  # noqa: E402
from sessions.domain.bulk import write_rows  # noqa: E402
from sessions.domain.log import VERSIONS, LogKind, LogLine, append_lines  # noqa: E402
from sessions.domain.sessions import add_step, create_session  # noqa: E402
from sessions.domain.world import _BALLOT_COLUMNS, _BALLOTS, _VOTE_COLUMNS, _VOTES  # noqa: E402
from sessions.enums import StepState  # noqa: E402
from sessions.kinds import Keys as StepKind  # noqa: E402
from sessions.kinds.collect.sentences import read_sentences  # noqa: E402
from sessions.management.demo import make_demo  # noqa: E402
from sessions.models import Contribution, Item, Participant, Round, RoundItem, Session, Step  # noqa: E402

PEOPLE = 50
ITEMS = 50


def fill(session: Session, *, cards: int, votes: int, chance: Random) -> None:
    """Let fifty people have written these cards and given these votes; the vote is closed and revealed."""
    now = timezone.now()
    programme = session.programme
    sectors, pillars = list(programme.sectors.all()), list(programme.pillars.all())
    done = {"state": StepState.CLOSED, "opened_at": now, "closed_at": now}
    words = {"title_nl": "Stap", "title_en": "Step"}
    collect = add_step(session=session, step=Step(kind=StepKind.COLLECT, position=1, **words, **done))
    vote = add_step(
        session=session,
        step=Step(
            kind=StepKind.VOTE, position=2, settings={"rules": {"ballot": "dots", "budget": 50}}, **words, **done
        ),
    )
    Round.objects.filter(step=vote).update(
        rules={"budget": 50, "most": 1}, opened_at=now, closed_at=now, revealed_at=now
    )
    Step.objects.filter(pk=vote.pk).update(revealed_at=now)
    round_ = Round.objects.get(step=vote)
    people = Participant.objects.bulk_create(
        [Participant(session=session, sector=sectors[n % len(sectors)], joined_at=now) for n in range(PEOPLE)]
    )
    sentences = read_sentences()
    written = Contribution.objects.bulk_create(
        [
            Contribution(
                session=session, step=collect, participant=people[n % PEOPLE], sector=people[n % PEOPLE].sector,
                pillar=pillars[n % len(pillars)], text=chance.choice(sentences).text, language="nl",
                slot=n // PEOPLE + 1, created_at=now,
            )
            for n in range(cards)
        ]
    )  # fmt: skip
    items = Item.objects.bulk_create([Item(session=session, contribution=card) for card in written[:ITEMS]])
    places = RoundItem.objects.bulk_create([RoundItem(round=round_, item=item) for item in items])
    lines: list[LogLine] = []

    def note(kind: LogKind, person: Participant, key: UUID | None, **data: object) -> None:
        actor = Actor.participant(person.pk)
        lines.append(LogLine(len(lines) + 1, kind, VERSIONS[kind], actor, key, None, now, data))

    for n, card in enumerate(written):
        note(LogKind.CARD_WRITTEN, people[n % PEOPLE], None, card=card.public_id, made=card.public_id)
    stamp = connection.ops.adapt_datetimefield_value(now)
    rows = []
    for n in range(votes):
        person, turn = people[n % PEOPLE], n // PEOPLE
        place = turn % len(places)
        rows.append((places[place].pk, person.pk, 0, 1, turn + 1, stamp, stamp))
        vote_of = {"round": round_.public_id, "item": items[place].public_id, "was": 0, "value": 1, "tap": turn + 1}
        note(LogKind.VOTE_CAST, person, UUID(int=chance.getrandbits(128)), **vote_of)
    write_rows(table=_VOTES, columns=_VOTE_COLUMNS, rows=rows)
    spent = votes // PEOPLE
    write_rows(
        table=_BALLOTS,
        columns=_BALLOT_COLUMNS,
        rows=[(round_.pk, person.pk, person.sector_id, True, spent, 50, stamp) for person in people],
    )
    append_lines(session_id=session.pk, lines=lines)
    Session.objects.filter(pk=session.pk).update(seq=len(lines))


def make_programme(*, sessions: int, cards: int, votes: int) -> dict[str, object]:
    """Return the address of the studio, the sessions' codes and a signed-in cookie."""
    demo, members = make_demo()
    chance = Random(7)
    codes = []
    for number in range(sessions):
        with transaction.atomic():
            session = create_session(
                programme=demo.programme, title_nl=f"Sessie {number}", title_en=f"Session {number}"
            )
            fill(session, cards=cards // sessions, votes=votes // sessions, chance=chance)
        codes.append(session.code)
    client = Client()
    client.force_login(members["core"], backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {
        "slug": demo.programme.slug,
        "codes": codes,
        "cookie": f"{name}={client.cookies[name].value}",
    }


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    sessions, cards, votes = (int(number) for number in sys.argv[1:4])
    print(json.dumps(make_programme(sessions=sessions, cards=cards, votes=votes)))
