"""A command with who gives it and its key, and the result of carrying it out."""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from uuid import UUID

import msgspec

from .actor import Actor
from .authorisation import Login
from .command import Command


class CommandRequest(NamedTuple):
    """A command request: actor, command, and the idempotency key that finds a repeat.

    `login`: of a member who is signed in by a browser; it is judged in the batch as the account and its role are.
    """

    actor: Actor
    command: Command
    key: UUID | None = None
    login: Login | None = None


class CommandResult(NamedTuple):
    """`seq`: the command's line, or the newest when it changed nothing. `id`: the public id of what it made."""

    seq: int
    id: str | None = None
    noted: bool = True
    """Whether the command wrote the line itself."""


def login_of(request: CommandRequest) -> Login:
    return request.login or Login(request.actor.id)


def digest_of(command: Command) -> int:
    """Return 63 bits of a hash of the command's content, over the fields as they were sent."""
    return _hash(command.do.encode() + _encode(command))


def digest_whole_of(command: Command) -> int:
    """Return the digest as it was made before protocol 2: with every default that the command had then."""
    fields = {name: getattr(command, name) for name in command.__struct_fields__}
    whole = {name: value for name, value in fields.items() if value is not msgspec.UNSET}
    return _hash(command.do.encode() + _encode(whole))


def _hash(content: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") >> 1


_encode = msgspec.json.Encoder().encode
