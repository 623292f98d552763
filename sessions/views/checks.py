"""Says at the start what would otherwise be an error page in the middle of a workshop."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from ..templatetags.bundle import BundleMissing, script_files, style_files, unstarted_js

SCREENS = ("phone", "console", "stage", "studio")


@register()
def check_bundle(**_: Any) -> list[CheckMessage]:
    """Every screen has been built."""
    try:
        style_files("join")
        for screen in SCREENS:
            script_files(screen)
        unstarted_js()
    except BundleMissing as missing:
        return [Error(str(missing), id="workshop.E001")]
    return []
