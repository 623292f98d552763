"""Pillars and O's change; sessions in which somebody took part keep those that they began with."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.db import IntegrityError, transaction

from sessions.domain.commands import Join, OpenStep
from sessions.domain.parts_of_programme import (
    add_pillar,
    add_sector,
    current_pillars,
    current_sectors,
    drop_pillar,
    drop_sector,
    edit_pillar,
    edit_sector,
    free_shapes,
    move_pillar,
    move_sector,
)
from sessions.domain.programmes import edit_programme
from sessions.domain.sessions import copy_agenda
from sessions.domain.state import State
from sessions.enums import Role, Shape
from sessions.errors import Code, Refused
from sessions.exchange.files import FILES, read_file
from sessions.kinds import Keys as StepKind
from sessions.models import Sector, Session
from sessions.models.ids import new_token, token_hash

from ..factory import SessionHarness, make_room, make_session

pytestmark = pytest.mark.usefixtures("database")

WORDS = {"name_nl": "Bewoners", "name_en": "Residents", "letter_nl": "B", "letter_en": "R"}
PILLAR = {"name_nl": "Derde", "name_en": "Third", "short_nl": "Derde", "short_en": "Third"}


@pytest.fixture
def room() -> SessionHarness:
    return make_room()


def names(session: Session) -> tuple[list[str], list[str]]:
    state = State.load(session.pk)
    return [pillar.name_en for pillar in state.pillars], [sector.name_en for sector in state.sectors]


def told(session: Session) -> dict[str, bytes]:
    """Return what every file of the session says."""
    packed = b"".join(read_file(found=FILES["session.zip"], session_id=session.pk, role=Role.CORE))
    archive = zipfile.ZipFile(io.BytesIO(packed))
    return {name: archive.read(name) for name in archive.namelist()}


def change_everything(programme: int, room: SessionHarness) -> None:
    one = current_pillars(room.session.programme)[0]
    assert edit_pillar(programme, key=one.key, name_nl="Anders", name_en="Other")
    assert edit_sector(programme, key="onderwijs", name_en="Schools", shape="house")
    assert add_sector(programme, shape="cross", **WORDS)
    assert add_pillar(programme, **PILLAR)
    move_pillar(programme, key=one.key, by=1)
    move_sector(programme, key="overheden", by=-1)
    assert drop_sector(programme, key="onderzoek")


def test_before_anybody_took_part_a_change_holds_everywhere(room: SessionHarness) -> None:
    programme, before = room.session.programme_id, room.session.epoch
    step = room.step(StepKind.COLLECT, pillar=room.pillars[0])
    change_everything(programme, room)
    assert names(room.session) == (
        ["Pillar 2", "Other", "Third"],
        ["Schools", "overheden", "ondernemers", "Residents"],
    )
    step.refresh_from_db()
    assert step.pillar is not None and step.pillar.name_en == "Other"
    room.session.refresh_from_db()
    assert room.session.epoch != before, "screens that are open read anew"
    assert Sector.objects.filter(programme=programme).count() == 4, "nothing is kept that nobody used"


def test_a_session_keeps_what_it_began_with(room: SessionHarness) -> None:
    programme = room.session.programme_id
    other = make_session(room.session.programme, title_nl="Later", title_en="Later")
    room.join("onderwijs", n=6)
    room.open_vote(items=4)
    files = told(room.session)
    change_everything(programme, room)
    assert names(room.session) == (
        ["Pillar 1", "Pillar 2"],
        ["onderwijs", "onderzoek", "ondernemers", "overheden"],
    )
    assert names(other)[1] == ["Schools", "overheden", "ondernemers", "Residents"]
    assert told(room.session) == files, "every file says which held, byte by byte"
    held = json.loads(files["session.json"])
    assert held["sectors"][0]["name"]["en"] == "onderwijs"
    assert held["sectors"][0]["shape"] == "circle"
    room.join("onderzoek")  # as before: the session goes on
    assert len(build_snapshot_sectors(room.session)) == 4


def build_snapshot_sectors(session: Session) -> list[str]:
    return [sector.public_id for sector in State.load(session.pk).sectors]


def test_a_running_session_takes_commands_as_before(room: SessionHarness) -> None:
    room.join("onderwijs", n=2)
    change_everything(room.session.programme_id, room)
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    assert len(room.scribe(step, "onderzoek", "overheden")) == 2


def test_who_chooses_an_o_that_just_changed_is_asked_again(room: SessionHarness) -> None:
    """The page was read before the change; the session of somebody else was begun, so the O is another row."""
    later = make_session(room.session.programme)
    room.join("onderwijs")
    assert edit_sector(room.session.programme_id, key="onderwijs", name_en="Schools")
    late = SessionHarness(session=later, member=room.member, sectors=room.sectors, pillars=room.pillars)
    with pytest.raises(Refused) as refused:
        late.ask(late.facilitator.system(), Join(room.sectors["onderwijs"].public_id, token_hash(new_token())))
    assert refused.value.code is Code.SECTOR_UNKNOWN
    late.sectors = {sector.key: sector for sector in current_sectors(later.programme)}
    assert late.join("onderwijs")


def test_one_change_after_another_makes_one_edition(room: SessionHarness) -> None:
    programme = room.session.programme
    room.join("onderwijs")
    for name in ("A", "B", "C"):
        edit_sector(programme.pk, key="onderwijs", name_en=name)
    programme.refresh_from_db()
    assert programme.edition == 2
    assert Sector.objects.filter(programme=programme, key="onderwijs").count() == 2


def test_a_copied_agenda_names_the_pillars_of_now(room: SessionHarness) -> None:
    first, second = room.pillars
    room.step(StepKind.COLLECT, pillar=first)
    room.step(StepKind.COLLECT, pillar=second)
    room.join("onderwijs")
    edit_pillar(room.session.programme_id, key=first.key, name_en="Other")
    drop_pillar(room.session.programme_id, key=second.key)
    copy = make_session(room.session.programme)
    copy_agenda(of=room.session, to=copy)
    pillars = [step.pillar.name_en if step.pillar else None for step in copy.steps.order_by("position")]
    assert pillars == ["Other", None]


def test_there_are_two_to_eight_os_and_no_shape_twice(room: SessionHarness) -> None:
    programme = room.session.programme
    assert not add_sector(programme.pk, shape="circle", **WORDS)
    assert not edit_sector(programme.pk, key="onderwijs", shape="square")
    for shape in free_shapes(current_sectors(programme)):
        assert add_sector(programme.pk, shape=shape, **WORDS)
    assert [sector.key for sector in current_sectors(programme)][4:] == [
        "bewoners",
        "bewoners-2",
        "bewoners-3",
        "bewoners-4",
    ]
    assert {sector.shape for sector in current_sectors(programme)} == set(Shape)
    assert not add_sector(programme.pk, shape="circle", **WORDS)
    keys = [sector.key for sector in current_sectors(programme)]
    assert [drop_sector(programme.pk, key=key) for key in keys] == [True] * 6 + [False] * 2
    assert [sector.position for sector in current_sectors(programme)] == [1, 2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Sector.objects.filter(programme=programme, until=None).update(chosen_shape="circle")


def test_the_last_pillar_stays(room: SessionHarness) -> None:
    programme = room.session.programme
    assert drop_pillar(programme.pk, key=room.pillars[0].key)
    assert not drop_pillar(programme.pk, key=room.pillars[1].key)
    assert [pillar.number for pillar in current_pillars(programme)] == [1]
    assert drop_pillar(programme.pk, key="gone"), "somebody else took it out"


def test_the_threshold_stays_once_somebody_took_part(room: SessionHarness) -> None:
    programme = room.session.programme
    assert edit_programme(programme.pk, threshold=4)
    room.join("onderwijs")
    assert edit_programme(programme.pk, threshold=3, name_en="Renamed")
    programme.refresh_from_db()
    assert (programme.threshold, programme.name_en) == (4, "Renamed")
