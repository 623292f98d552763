"""Random names for things that leave the server.

Bigints stay inside: they would show in what order people wrote. Outside, each thing is a random 12-character
string, the same on screen, in the log and in every file.
"""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # 32 letters, so that five random bits are one letter
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # 31 letters that read aloud and type without doubt
CODE_LENGTH = 6
RECEIPT_LENGTH = 16
MOVE_LENGTH = 8


def new_id() -> str:
    """Return 12 letters, 60 random bits."""
    return "".join([_ALPHABET[byte & 31] for byte in secrets.token_bytes(12)])


def new_rank() -> int:
    """Return a random number that lists are ordered by, so that no list shows the order of arrival."""
    return secrets.randbits(31)


def new_code() -> str:
    """Return a join code: 31^6 (887 million) possibilities."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_move_code() -> str:
    """Return a code by which a person goes on in another browser: 31^8 (853 thousand million) possibilities."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(MOVE_LENGTH))


def new_tag() -> str:
    """Return the four letters by which a person tells the facilitator which phone is theirs."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(4))


def new_token() -> str:
    """Return a secret of 128 random bits for a cookie or a link."""
    return secrets.token_urlsafe(16)


def receipt_code(token: str) -> str:
    """Return the receipt of whoever has this secret: 16 letters, 79 bits. Nothing leads back to the secret.

    It is computed, not stored: the server can tell it again to the phone that holds the cookie, and to nobody else.
    """
    number = int.from_bytes(hashlib.sha256(b"receipt:" + token.encode()).digest())
    letters = []
    for _ in range(RECEIPT_LENGTH):
        number, letter = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[letter])
    return "".join(letters)


def token_hash(token: str) -> str:
    """Return what is stored of a secret. It is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
