"""A session whose open step is scoped to groups: `python -m tools.bench.circles PHONES GROUPS`. Prints what phones must
know.
"""

from __future__ import annotations

import json
import sys
from uuid import uuid4

from . import circles_server  # the kind must be known before anything else

assert circles_server

from django.core.management import call_command  # noqa: E402

from sessions.domain.actor import Actor  # noqa: E402
from sessions.domain.commands import AddStep, Command, OpenStep  # noqa: E402
from sessions.domain.sessions import create_session  # noqa: E402
from sessions.domain.world import CommandRequest  # noqa: E402
from sessions.live.writer import submit_and_wait  # noqa: E402
from sessions.management.demo import make_demo  # noqa: E402
from sessions.models import Group, Participant  # noqa: E402
from sessions.views.access import participant_cookie  # noqa: E402
from tests.kinds.circles import Circles, FormCircle, SitDown  # noqa: E402

from .crowd import commit, let_in  # noqa: E402

CARDS = 9
"""As many as a person can write in a step of this kind."""


def make_circles(*, phones: int, groups: int) -> dict[str, object]:
    """Let people come in and sit down, by turns of each circle, and open the step."""
    demo, members = make_demo()
    session = create_session(programme=demo.programme, title_nl="Meting", title_en="Measurement")
    leader = Actor.member(members["facilitator"].pk)

    def do(command: Command) -> str:
        return submit_and_wait(session_id=session.pk, actor=leader, command=command).id or ""

    settings = {"max_cards": CARDS}
    step = do(AddStep(kind=Circles.key, title_nl="Kringen", title_en="Circles", settings=settings))  # type: ignore[arg-type]
    commit(session=session, requests=[CommandRequest(leader, FormCircle(step=step), uuid4()) for _ in range(groups)])
    names = list(Group.objects.filter(session=session).order_by("number").values_list("public_id", flat=True))
    tokens = let_in(session=session, people=phones)
    people = list(Participant.objects.filter(session=session).order_by("pk").values_list("pk", flat=True))
    commit(
        session=session,
        requests=[
            CommandRequest(Actor.participant(person), SitDown(step=step, circle=names[place % groups]), uuid4())
            for place, person in enumerate(people)
        ],
    )
    do(OpenStep(step=step))
    return {
        "code": session.code,
        "step": step,
        "pillar": demo.programme.pillars.values_list("public_id", flat=True)[0],
        "cookie": participant_cookie(session),
        "tokens": tokens,
        "cards": CARDS,
    }


if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    print(json.dumps(make_circles(phones=int(sys.argv[1]), groups=int(sys.argv[2]))))
