"""A person goes on in another browser: by a short code from the one they have, or by their receipt code.

The short code is shown on the first phone, for LASTS and for one use. The move itself is a command
(commands/moving.py): the person gets the new browser's secret in place of the old one, so there is one of them, with
the cards, dots and presence they had.
"""

from __future__ import annotations

import datetime as dt
import hmac
import unicodedata
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from ..models import FormerBrowser, MoveCode, Participant, Session
from ..models.ids import CODE_ALPHABET, MOVE_LENGTH, RECEIPT_LENGTH, new_move_code, token_hash

LASTS = dt.timedelta(minutes=5)


def tidy_move_code(text: str) -> str:
    """Return a typed code as it was given out, short code or receipt. Neither holds O or 0: who reads one saw a Q."""
    plain = unicodedata.normalize("NFKC", text[:80]).upper().translate({ord("O"): "Q", ord("0"): "Q"})
    code = "".join(letter for letter in plain if letter in CODE_ALPHABET)
    return code if len(code) in (MOVE_LENGTH, RECEIPT_LENGTH) else ""


def hash_move_code(*, session: Session, code: str) -> str:
    """Return what is stored of a short code. It is short, so the hash is keyed; another session's is another."""
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"move:{session.public_id}:{code}".encode(), sha256).hexdigest()


def issue_move_code(*, person: Participant, at: dt.datetime) -> tuple[str, dt.datetime]:
    """Return a new code for this person, and until when it is good. The one before it is none any more."""
    session = person.session
    code, until = new_move_code(), at + LASTS
    with transaction.atomic():
        MoveCode.objects.filter(participant__session=session, expires_at__lte=at).delete()
        MoveCode.objects.update_or_create(
            participant=person,
            defaults={"code_hash": hash_move_code(session=session, code=code), "expires_at": until},
        )
    return code, until


def find_by_code(*, session: Session, code: str, at: dt.datetime) -> Participant | None:
    """Return whose code this is, as `tidy_move_code` returns it: a short one that is still good, or a receipt."""
    if len(code) == MOVE_LENGTH:
        codes = MoveCode.objects.filter(
            participant__session=session,
            code_hash=hash_move_code(session=session, code=code),
            expires_at__gt=at,
        )
        found = codes.select_related("participant").first()
        return found.participant if found else None
    return find_by_receipt(code, session=session)


def find_by_receipt(code: str, *, session: Session | None = None) -> Participant | None:
    """Return the person of a receipt code: of the browser they have now, or of one they had before."""
    hashed = token_hash(code)
    now, before = Participant.objects.all(), FormerBrowser.objects.all()
    if session is not None:
        now, before = now.filter(session=session), before.filter(participant__session=session)
    person = now.filter(receipt_hash=hashed).first()
    if person is None and (former := before.select_related("participant").filter(receipt_hash=hashed).first()):
        person = former.participant
    return person


def has_left(*, session: Session, token: str) -> bool:
    """Whether the person of this browser went on in another one."""
    return FormerBrowser.objects.filter(participant__session=session, token_hash=token_hash(token)).exists()
