"""Says at the start what would otherwise be an error page in the middle of a workshop."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _

from ..templatetags.bundle import BundleMissing, script_files, style_files, unstarted_js
from .guide import DOCUMENTS, LANGUAGES, guide_file

PAGES = ("join", "guide")
SCREENS = ("phone", "console", "stage", "studio")


@register()
def check_bundle(**__: Any) -> list[CheckMessage]:
    """Every screen has been built; under `make dev` none has to be."""
    if settings.FRONTEND_DEV:
        return []
    try:
        for page in PAGES:
            style_files(page)
        for screen in SCREENS:
            script_files(screen)
        unstarted_js()
    except BundleMissing as missing:
        return [Error(str(missing), id="workshop.E001")]
    return []


@register()
def check_guide(**__: Any) -> list[CheckMessage]:
    """The facilitator's guide came along, in every language."""
    files = [guide_file(document, language) for document in DOCUMENTS for language in LANGUAGES]
    missing = [str(file) for file in files if not file.is_file()]
    text = _("The facilitator's guide is not there: %(files)s.") % {"files": ", ".join(missing)}
    return [Error(text, id="workshop.E002")] if missing else []
