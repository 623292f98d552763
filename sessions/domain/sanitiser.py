"""What people type, as it is stored: the same words, without characters that show nothing or harm what is beside them.

The phone does the same before it sends (frontend/src/lib/text.ts), so that it shows what comes back; both are held
against tests/wordings.json. Nothing here makes a text longer, and a text that was cleaned stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..errors import Code, Refused

MOST_MARKS = 5
"""On one letter. Pointed Hebrew with an accent and a meteg has five; Vietnamese, Arabic and Hindi have fewer."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOTHING = re.compile(
    # Controls, and what Unicode calls default ignorable, but for what carries meaning and is looked at below.
    "[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
    # Private use and noncharacters: no font agrees on what they are.
    "\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
    + "]"
)
_JOINERS = frozenset("\u200c\u200d")
_TAGS = range(0xE0020, 0xE0080)
_FLAG = "\U0001f3f4"
"""What the tags of a flag, as England's, follow."""
_EMBEDDINGS, _POP = frozenset("\u202a\u202b\u202d\u202e"), "\u202c"
_ISOLATES, _POP_ISOLATE = frozenset("\u2066\u2067\u2068"), "\u2069"
_BLANK = "\u2800"
"""A Braille cell without dots: a symbol that shows nothing."""


def clean_text(text: str) -> str:
    """Return one line of words. Raises Refused when nothing is left to read, or something cannot be stored."""
    cleaned = clean_line(text)
    if not cleaned:
        raise Refused(Code.TEXT_EMPTY)
    return cleaned


def clean_line(text: str) -> str:
    """The same, empty when nothing is left to read. NUL and lone surrogates are what PostgreSQL cannot store.

    A clean line stays as it is when it is cleaned again: composing may leave marks that were too many before.
    """
    if _UNSTORABLE.search(text):
        raise Refused(Code.TEXT_BAD)
    plain = _clean_once(text)
    while (again := _clean_once(plain)) != plain:
        plain = again
    return plain


def _clean_once(text: str) -> str:
    plain = _NOTHING.sub("", " ".join(text.split()))
    plain = _compose("".join(_with_pairs("".join(_with_flags(plain)))))
    plain = "".join(_with_joiners("".join(_with_few_marks(plain))))
    plain = " ".join(plain.split())
    return plain if any(_shows(char) for char in plain) else ""


def clean_lines(text: str) -> str:
    """Several lines, each cleaned; empty ones stay between those that are not."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip("\n")


def _compose(text: str) -> str:
    """A letter and its accent as one character, in the way that Unicode normalises; but never longer than before."""
    composed = unicodedata.normalize("NFC", text)
    return composed if len(composed) <= len(text) else text


def _with_pairs(text: str) -> Iterator[str]:
    """Drop what turns the direction of writing and is not closed, or closes nothing."""
    paired: set[int] = set()
    open_: list[int] = []
    for place, char in enumerate(text):
        if char in _EMBEDDINGS or char in _ISOLATES:
            open_.append(place)
        elif char == _POP and open_ and text[open_[-1]] in _EMBEDDINGS:
            paired |= {open_.pop(), place}
        elif char == _POP_ISOLATE and any(text[other] in _ISOLATES for other in open_):
            # It also ends what was begun inside and not closed.
            while text[open_[-1]] not in _ISOLATES:
                open_.pop()
            paired |= {open_.pop(), place}
    for place, char in enumerate(text):
        turns = char in _EMBEDDINGS or char in _ISOLATES or char in (_POP, _POP_ISOLATE)
        if not turns or place in paired:
            yield char


def _with_flags(text: str) -> Iterator[str]:
    """Keep tags behind a flag only."""
    before = ""
    for char in text:
        if ord(char) in _TAGS and not (before == _FLAG or (before and ord(before) in _TAGS)):
            continue
        yield char
        before = char


def _with_joiners(text: str) -> Iterator[str]:
    """Keep a joiner between letters, marks or symbols, and behind a mark, as Indic scripts have it."""
    before = ""
    for place, char in enumerate(text):
        if char in _JOINERS:
            after = text[place + 1 : place + 2]
            joins = _is_joined(before) and (_is_joined(after) or unicodedata.category(before)[0] == "M")
            if not joins:
                continue
        yield char
        before = char


def _is_joined(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "LMS"


def _with_few_marks(text: str) -> Iterator[str]:
    """Drop the marks of a letter that are too many: stacked they would be drawn over other cards."""
    marks = 0
    for char in text:
        if unicodedata.category(char)[0] == "M":
            marks += 1
            if marks > MOST_MARKS:
                continue
        elif char not in _JOINERS:
            marks = 0
        yield char


def _shows(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS" and char != _BLANK
