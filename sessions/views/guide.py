"""`/guide/`: the facilitator's guide, in the language of the page. It holds no secret and needs no database."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .markdown import Rendered, render_markdown

LANGUAGES = [code for code, _ in settings.LANGUAGES]
ON_THE_PAGE = ("main", "contents")
"""Ids of the template."""


@never_cache
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show it to whoever asks."""
    return render(request, "workshop/guide.html", {"guide": read_guide(get_language() or settings.LANGUAGE_CODE)})


@cache
def read_guide(language: str) -> Rendered:
    """Return the guide in this language; it stays as it is for as long as the process runs."""
    return render_markdown(guide_file(language).read_text(encoding="utf-8"), lead=_lead, taken=ON_THE_PAGE)


def guide_file(language: str) -> Path:
    return Path(settings.BASE_DIR, "docs", "guide", f"facilitator.{language}.md")


def _lead(target: str) -> dict[str, str] | None:
    """Other documents are not in the program, but the guide in another language is."""
    if target.startswith(("#", "https://")):
        return {"href": target}
    document, hash_, part = target.partition("#")
    for language in LANGUAGES:
        if document == guide_file(language).name:
            return {"href": f"?lang={language}{hash_}{part}", "lang": language, "hreflang": language}
    return None
