"""What can be printed: PDF/UA allows no character without a glyph, and the compiler makes no file when there is one.

A character that no font has is replaced by its name. Characters that each have a glyph may have none together: a
combining mark behind a letter, a joiner between two emoji. So a text with such characters is compiled as a whole, as
text and as a label of a picture, which another part of the compiler draws. Where it fails, it is tried with less in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .typesetting import STANDARD, CompileError, compile_typst

_CONTROLS = {number: None for number in (*range(0x20), *range(0x7F, 0xA0)) if chr(number) not in "\n\t"}
_PLAIN = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "\n\r\t")]))
"""Characters that the report's own font has, without asking."""
_ALONE = frozenset(["Lu", "Ll", "Lt", "Nd", "No", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sc", "Sm", "Zs"])
"""What is drawn the same whatever stands beside it."""
_BOX = "\u25a1"
_LABEL = re.compile(r"(<text [^>]*>)([^<]*)(</text>)")
_PLACE = re.compile(r' (?:x|y|font-size|fill|text-anchor)="[^"]*"')


def make_printable(told: Any) -> Any:
    """Return a document as JSON has it, every text in it printable. `svg` names a picture."""
    if isinstance(told, str):
        return print_text(told)
    if isinstance(told, list):
        return [make_printable(part) for part in told]
    if isinstance(told, dict):
        return {name: print_labels(part) if name == "svg" else make_printable(part) for name, part in told.items()}
    return told


def print_text(text: str) -> str:
    """A letter of a script that no font here has becomes an empty box; the page and the DOCX have it."""
    return _find_drawn(text, "")


def print_labels(svg: str) -> str:
    """Return a picture with labels that can be printed."""
    return _LABEL.sub(lambda label: label[1] + _find_drawn(label[2], _PLACE.sub("", label[1])) + label[3], svg)


def _find_drawn(text: str, label: str) -> str:
    """`label`: the tag of a picture's text, without its place; none: it is no label."""
    if _PLAIN.issuperset(text):
        return text
    return next(form for form in _weaken(text) if _needs_no_look(form) or _is_drawn(form, label))


def _weaken(text: str) -> Iterator[str]:
    """Yield the text with ever less in it, at last with nothing that could fail."""
    named = _name_missing(text.translate(_CONTROLS))
    yield named
    bare = "".join(" " if unicodedata.category(sign) in ("Zl", "Zp") else sign for sign in named)
    bare = "".join(sign for sign in bare if unicodedata.category(sign)[0] != "C" and not _varies(sign))
    yield bare
    apart = unicodedata.normalize("NFD", bare)
    yield unicodedata.normalize("NFC", "".join(sign for sign in apart if unicodedata.category(sign)[0] != "M"))
    yield "".join(sign if sign in _PLAIN else _BOX for sign in bare if unicodedata.category(sign)[0] != "M")
    yield "".join(sign if sign in _PLAIN else "?" for sign in bare)


def _needs_no_look(text: str) -> bool:
    return all(sign in _PLAIN or unicodedata.category(sign) in _ALONE for sign in text)


def _varies(sign: str) -> bool:
    """Whether it is a variation selector, as between a heart and a red one."""
    return "\ufe00" <= sign <= "\ufe0f"


def _name_missing(text: str) -> str:
    missing = [sign for sign in set(text) - _PLAIN if not _is_drawn(f"a{sign}", "")]
    return text.translate({ord(sign): _name_sign(sign) for sign in missing}) if missing else text


@lru_cache(maxsize=20_000)
def _is_drawn(text: str, label: str) -> bool:
    """Whether the fonts have glyphs for it: asked of the compiler, which alone knows the fonts that are in it."""
    page = b'#set document(title: "x")\n#set text(font: "Archivo")\n#sys.inputs.text'
    if label:
        page = b'#set document(title: "x")\n#image(bytes(sys.inputs.text), format: "svg", alt: "x")'
        text = _draw_label(text, label)
    try:
        compile_typst(page, {"text": text}, format="pdf", pdf_standards=[STANDARD])
    except CompileError:
        return False
    return True


def _draw_label(text: str, label: str) -> str:
    tag = label.replace("<text", '<text x="9" y="20" font-size="9"', 1)
    size = 'viewBox="0 0 640 30" width="640" height="30"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Archivo">{tag}{text}</text></svg>'


def _name_sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind.startswith("S"):
        return f"[{unicodedata.name(sign, 'sign').lower()}]"
    return "" if kind[0] in "CM" else _BOX
