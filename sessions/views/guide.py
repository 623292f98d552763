"""`/guide/`: the facilitator's guide and its pages about ways of voting and the report, in the language of the page.

They hold no secret and need no database.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .markdown import Rendered, render_markdown

LANGUAGES = [code for code, _ in settings.LANGUAGES]
DOCUMENTS = {"facilitator": "guide", "ballots": "guide-ballots", "report": "guide-report"}
"""Name of the document in docs/guide → name of its address."""
ON_THE_PAGE = ("main", "contents")
"""Ids of the template."""


@never_cache
@require_safe
def guide(request: HttpRequest, *, document: str) -> HttpResponse:
    """Show it to whoever asks."""
    shown = read_guide(document, get_language() or settings.LANGUAGE_CODE)
    return render(request, "workshop/guide.html", {"guide": shown})


@cache
def read_guide(document: str, language: str) -> Rendered:
    """Return the document in this language; it stays as it is for as long as the process runs."""
    text = guide_file(document, language).read_text(encoding="utf-8")
    return render_markdown(text, lead=partial(_lead, document), taken=ON_THE_PAGE)


def guide_file(document: str, language: str) -> Path:
    return Path(settings.BASE_DIR, "docs", "guide", f"{document}.{language}.md")


def _lead(page: str, target: str) -> dict[str, str] | None:
    """The other documents of this folder are in the program, in every language; what lies outside it is not."""
    if target.startswith(("#", "https://")):
        return {"href": target}
    file, hash_, part = target.partition("#")
    for document, address in DOCUMENTS.items():
        for language in LANGUAGES:
            if file != guide_file(document, language).name:
                continue
            if document != page:
                return {"href": f"{reverse(address)}{hash_}{part}"}
            return {"href": f"?lang={language}{hash_}{part}", "lang": language, "hreflang": language}
    return None
