"""The address of the server that runs with this DATA_DIR, for commands in another shell."""

from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

from django.conf import settings

from cocreation.address import public_url

RUN_FILE = "run.json"


def running_address() -> str | None:
    """Return it as PUBLIC_URL here says or else as the server wrote it down; None when neither does."""
    if os.environ.get("PUBLIC_URL"):
        return str(settings.PUBLIC_URL)
    try:
        parts = urlsplit(str(json.loads((settings.DATA_DIR / RUN_FILE).read_text())["join"]))
    except (OSError, ValueError, KeyError):
        return None
    return f"{parts.scheme}://{parts.netloc}"


def own_address() -> str:
    """Return the address that people use, also before the first start: as `serve` would find it."""
    return running_address() or public_url(settings.PORT)[0]
