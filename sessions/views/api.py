"""`/api/v1/`: what a session is now, and joining it. Needs no account and trusts no cookie of a member.

The API is exempt from the form token because it uses no credential; instead it takes only JSON, which no form of
another site can send, and refuses the Origin of another site.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import RawPostDataException
from django.urls import reverse
from django.utils.translation import gettext as _

from ..domain import rules
from ..domain.documents import PillarDoc, SectorDoc, Words
from ..domain.editions import pick_held
from ..domain.kind import KindKey
from ..domain.lookup import require
from ..domain.waiting_room import find_request
from ..enums import Consent, SessionKind, StepState
from ..errors import Code, Refused
from ..live.origin import is_own_origin
from ..models import Pillar, Sector, Session, Step
from ..wording.words import pair
from .access import cached_session_for, check_open, find_participant, note_place, participant_of, session_for
from .admission import Admission, admit, forget_waiting, keep_place, waiting_cookie
from .api_answers import answers, tell_json
from .bodies import API_BYTES
from .error_pages import refusal_json
from .join import sector_of, sector_of_person
from .openapi import description
from .transfer import is_of_who_left
from .waiting_room import pause_ms


class NowStep(msgspec.Struct, frozen=True):
    """The step that is, or was last, on: open or closed."""

    id: str
    kind: KindKey
    title: Words
    prompt: Words
    state: StepState
    deadline: int | None
    """When the clock reads zero; null: it stands still."""
    paused: int | None
    """Milliseconds left on a clock that was paused, or that stopped when the step was closed."""


class SessionNow(msgspec.Struct, frozen=True):
    """What a session is now: no more than a phone may see."""

    code: str
    title: Words
    programme: Words
    """Its name."""
    kind: SessionKind
    rehearsal: bool
    locked: bool
    """Nobody new can join."""
    approval: bool
    """Who joins waits until the facilitator lets them in."""
    consent: Consent
    """What may leave the session. To be told before somebody joins."""
    now: NowStep | None
    """Null before the first step was opened."""
    sectors: list[SectorDoc]
    pillars: list[PillarDoc]


class JoinBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of joining."""

    sector: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    """The sector's id or its key."""
    consent: Consent = Consent.FULL
    """The consent profile that was told. Joining is refused when it has become looser since."""


class Joined(msgspec.Struct, frozen=True):
    """Who somebody is now."""

    tag: str
    """Four letters by which a facilitator finds this phone."""
    sector: SectorDoc
    code: str
    page: str
    """The path of the phone's page."""
    socket: str
    """The path of the phone's socket."""


class Asked(msgspec.Struct, frozen=True):
    """The facilitator lets people in: somebody is not in yet. Join again with the cookie to know whether they are."""

    tag: str
    """Four letters by which a facilitator knows who asks."""
    sector: SectorDoc
    after: int
    """In so many milliseconds."""


_join_body = msgspec.json.Decoder(JoinBody)


@answers("GET")
def session_now(request: HttpRequest, *, code: str) -> HttpResponseBase:
    """What the session is now: no more than a phone may see."""
    session = session_for(request, code)
    check_open(session)
    return tell_json(
        SessionNow(
            code=session.code,
            title=Words(**pair(session, "title")),
            programme=Words(**pair(session.programme, "name")),
            kind=SessionKind(session.kind),
            rehearsal=session.rehearsal,
            locked=session.locked,
            approval=session.approval,
            consent=Consent(session.consent),
            now=_now_step(session.now),
            sectors=[_sector(sector) for sector in pick_held(session.programme.sectors.all(), session)],
            pillars=[_pillar(pillar) for pillar in pick_held(session.programme.pillars.all(), session)],
        )
    )


@answers("POST")
def participants(request: HttpRequest, *, code: str) -> HttpResponseBase:
    """Join: 201 and the cookie; 200 where the cookie already is a person of this session; 202 for who has to wait."""
    if not is_own_origin(request.headers.get("Origin"), scheme=request.scheme or "", host=request.get_host()):
        raise Refused(Code.NOT_ALLOWED)
    if request.content_type != "application/json":
        return refusal_json(Refused(Code.BAD_MESSAGE), status=415, message=_("Send JSON, as application/json."))
    body = _read(request)
    session = cached_session_for(request, code)
    check_open(session)
    person = participant_of(request, session)
    if person is not None and person.retired_at is None:
        note_place(request, session)
        return tell_json(_joined(session, person.tag, person.sector))
    if person is None and is_of_who_left(request, session):
        raise Refused(Code.WENT_ON)
    rules.check_door_open(locked=session.locked)
    sector = require(sector_of(session, body.sector), Code.SECTOR_UNKNOWN)
    waited = request.COOKIES.get(waiting_cookie(session)) or None
    asked = find_request(session, waited) if waited else None
    if waited and asked is None and find_participant(session, waited) is None:
        if session.approval:
            refused = refusal_json(Refused(Code.JOIN_REFUSED))
            forget_waiting(refused, session=session)
            return refused
        waited = None  # not ours, or no longer: nobody chooses their own secret
    found = admit(session, asked.sector if asked else sector, token=waited, shown=body.consent)
    response = _tell_admitted(session, found)
    keep_place(request, response, session=session, found=found)
    return response


def _tell_admitted(session: Session, found: Admission) -> HttpResponse:
    if found.is_in:
        # None: they came in with it before, and went on in another browser since.
        joined = rules.require_person(find_participant(session, found.token), went_on=lambda: True)
        return tell_json(_joined(session, joined.tag, sector_of_person(session, joined)), status=201)
    # None: answered in this very moment.
    asked = require(find_request(session, found.token), Code.UNAVAILABLE)
    return tell_json(Asked(tag=asked.tag, sector=_sector(asked.sector), after=pause_ms(session)), status=202)


@answers("GET")
def openapi(request: HttpRequest) -> HttpResponseBase:
    return tell_json(description())


def _read(request: HttpRequest) -> JoinBody:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > API_BYTES:
        raise Refused(Code.TOO_LARGE)
    try:
        raw = request.read(API_BYTES + 1)
    except (OSError, RawPostDataException) as error:
        raise Refused(Code.BAD_MESSAGE) from error
    if len(raw) > API_BYTES:
        raise Refused(Code.TOO_LARGE)
    try:
        return _join_body.decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Refused(Code.BAD_MESSAGE) from error


def _sector(sector: Sector) -> SectorDoc:
    return SectorDoc(
        id=sector.public_id,
        key=sector.key,
        shape=sector.shape,
        name=Words(**pair(sector, "name")),
        hint=Words(**pair(sector, "hint")),
        letter=Words(**pair(sector, "letter")),
    )


def _pillar(pillar: Pillar) -> PillarDoc:
    return PillarDoc(
        id=pillar.public_id,
        number=pillar.number,
        name=Words(**pair(pillar, "name")),
        short=Words(**pair(pillar, "short")),
    )


def _now_step(step: Step | None) -> NowStep | None:
    if step is None or step.state not in (StepState.OPEN, StepState.CLOSED):
        return None
    return NowStep(
        id=step.public_id,
        kind=step.kind,
        title=Words(**pair(step, "title")),
        prompt=Words(**pair(step, "prompt")),
        state=StepState(step.state),
        deadline=round(step.deadline.timestamp() * 1000) if step.deadline else None,
        paused=step.paused_ms,
    )


def _joined(session: Session, tag: str, sector: Sector) -> Joined:
    return Joined(
        tag=tag,
        sector=_sector(sector),
        code=session.code,
        page=reverse("phone", kwargs={"code": session.code}),
        socket=f"/ws/s/{session.code}/?as=phone",
    )
