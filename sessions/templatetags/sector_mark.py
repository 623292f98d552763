"""`{% sector_mark sector.shape letter %}`: the mark of an O. Screens draw the same in frontend/src/parts/shapes.ts."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..exchange.pictures.shapes import DRAWINGS

register = template.Library()

_MARK = (
    '<svg class="mark" viewBox="-1 -1 26 26" aria-hidden="true" focusable="false"><path class="shape" d="{}"/>{}</svg>'
)
_DRAWN = '<path class="letter" fill-rule="evenodd" d="{}"/>'
_TYPED = '<text class="letter" x="12" y="{}" font-size="13" text-anchor="middle">{}</text>'


@register.simple_tag
def sector_mark(shape: str, letter: str) -> SafeString:
    """Return the mark; its colour comes from `data-shape` around it."""
    drawing = DRAWINGS[shape]
    path = drawing.letters.get(letter)
    inside = format_html(_TYPED, drawing.baseline, letter) if path is None else format_html(_DRAWN, path)
    return format_html(_MARK, drawing.solid, inside)
