"""The signing secret of an installation that was given none: made once, kept with its data."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from .environment import BadSetting
from .speech import gettext_noop as _


def read_or_make_secret(data_dir: Path) -> str:
    """Return the secret in `data_dir`, making folder and file (readable by the owner only) at the first start."""
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with (
            suppress(FileExistsError),
            os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new,
        ):
            new.write(secrets.token_urlsafe(48))
        return path.read_text()
    except OSError as error:
        sentence = _("DATA_DIR is %(folder)s, which cannot be used: %(why)s.")
        raise BadSetting(sentence, folder=data_dir, why=error.strerror) from error
