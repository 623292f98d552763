"""`{{ session.code|spaced }}`: a join code as it is read aloud and typed."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def spaced(code: str) -> str:
    """KP73MX is KP7 3MX; a short one stays whole. The screens do the same in parts/code.ts."""
    half = -(-len(code) // 2)
    return code if len(code) < 6 else f"{code[:half]} {code[half:]}"
