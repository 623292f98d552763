"""A command with who gives it and its key, and the result of carrying it out."""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from uuid import UUID

import msgspec

from .actor import Actor
from .standing import Login
from .verb import Verb


class Ask(NamedTuple):
    """A command request: actor, command, and the idempotency key that finds a repeat.

    `login`: of a member who is signed in by a browser; it is judged in the batch as the account and its role are.
    """

    actor: Actor
    verb: Verb
    key: UUID | None = None
    login: Login | None = None


class Outcome(NamedTuple):
    """`seq`: the command's line, or the newest when it changed nothing. `id`: the public id of what it made."""

    seq: int
    id: str | None = None
    noted: bool = True
    """Whether the command wrote the line itself."""


def login_of(ask: Ask) -> Login:
    return ask.login or Login(ask.actor.id)


def digest_of(verb: Verb) -> int:
    """Return 63 bits of a hash of the command's content, over the fields as they were sent."""
    return _hash(verb.do.encode() + _encode(verb))


def digest_whole_of(verb: Verb) -> int:
    """Return the digest as it was made before protocol 2: with every default that the verb had then."""
    fields = {name: getattr(verb, name) for name in verb.__struct_fields__}
    whole = {name: value for name, value in fields.items() if value is not msgspec.UNSET}
    return _hash(verb.do.encode() + _encode(whole))


def _hash(content: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") >> 1


_encode = msgspec.json.Encoder().encode
