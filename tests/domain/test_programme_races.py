"""Two of the core team at work on a programme at the same moment, on both engines."""

from __future__ import annotations

import threading
from typing import Any

from django.db import connections

from sessions.domain.actor import Actor
from sessions.domain.commands import Join
from sessions.domain.editions import sectors_of
from sessions.domain.memberships import accept, end_membership, invite, set_role
from sessions.domain.parts_of_programme import add_sector, current_pillars, current_sectors, drop_pillar, edit_sector
from sessions.domain.programmes import make_programme as make_programme_of
from sessions.enums import Role, Shape
from sessions.errors import Code, Refused
from sessions.models import Member, Membership, Programme
from sessions.models.ids import new_id, new_token, token_hash

from ..factory import SessionHarness, make_member, make_programme, make_room


def together(*acts: Any) -> list[Any]:
    """Do these at the same time; return what each gave."""
    gate, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        given[place] = acts[place]()
        connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_of_two_who_press_at_once_one_comes_in(database: str) -> None:
    programme = make_programme()
    people = [Member.objects.create_user(new_id()) for _ in range(2)]
    made, _ = invite(programme=programme, role=Role.FACILITATOR)
    given = together(*[lambda person=person: accept(made, lambda: person) for person in people])
    assert [found is None for found in given].count(True) == 1
    assert Membership.objects.filter(programme=programme, member__in=people).count() == 1


def test_the_core_team_never_becomes_empty(database: str) -> None:
    """Two of the core team end each other, or step down, at the same moment."""
    programme = make_programme()
    one, other = (make_member(programme, Role.CORE) for _ in range(2))
    given = together(
        lambda: end_membership(programme, member_id=other.pk),
        lambda: set_role(programme, member_id=one.pk, role=Role.STEERING),
    )
    assert sorted(given) == [False, True]
    assert Membership.objects.filter(programme=programme, role="core").count() == 1


def test_two_take_out_the_last_two_pillars_at_once(database: str) -> None:
    programme = make_programme()
    keys = [pillar.key for pillar in current_pillars(programme)]
    given = together(*[lambda key=key: drop_pillar(programme.pk, key=key) for key in keys])
    assert sorted(given) == [False, True]
    assert len(current_pillars(programme)) == 1


def test_two_give_two_os_the_same_mark_at_once(database: str) -> None:
    programme = make_programme()
    words = {"name_nl": "A", "name_en": "A", "letter_nl": "A", "letter_en": "A"}
    given = together(
        lambda: edit_sector(programme.pk, key="onderwijs", shape="cross"),
        lambda: add_sector(programme.pk, shape="cross", **words),
    )
    assert sorted(given) == [False, True]
    assert [sector.shape for sector in current_sectors(programme)].count(Shape.CROSS) == 1


def test_two_make_a_programme_of_one_address_at_once(database: str) -> None:
    maker = Member.objects.create_user(new_id())
    slug = f"twice-{new_id()}"
    values = {"slug": slug, "name_nl": "A", "name_en": "A", "pillars": [("A", "A")], "by": maker}
    given = together(*[lambda: make_programme_of(**values)] * 2)
    assert [found is None for found in given].count(True) == 1
    assert Programme.objects.filter(slug=slug).count() == 1


def test_somebody_joins_while_an_o_is_changed(database: str) -> None:
    """Either the person came first, and the session keeps the O; or the O changed first, and it is asked for anew."""
    room = make_room()
    given = together(
        lambda: _join(room),
        lambda: edit_sector(room.session.programme_id, key="onderwijs", name_en="Schools"),
    )
    assert given[1] is True
    room.session.refresh_from_db()
    held = {sector.pk for sector in sectors_of(room.session)}
    people = set(room.session.participants.values_list("sector_id", flat=True))
    assert people <= held
    assert len(held) == 4
    assert bool(people) == (given[0] is None)


def _join(room: SessionHarness) -> Code | None:
    try:
        room.ask(Actor.system(), Join(room.sectors["onderwijs"].public_id, token_hash(new_token())))
    except Refused as refused:
        return refused.code
    return None
