"""Reads a setting from the environment, or from the file that NAME_FILE names: where secrets are often handed in."""

from __future__ import annotations

import os
from pathlib import Path

from .speech import gettext_noop as _
from .speech import translate


class BadSetting(ValueError):
    """Says in one sentence which setting cannot be used, and why, without repeating a secret."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values)
        self._sentence, self._values = sentence, values

    def say(self, language: str) -> str:
        return translate(self._sentence, language) % self._values


def read(name: str, default: str = "") -> str:
    """Return the setting; empty counts as not set. A file's last line break is not part of it."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().rstrip("\r\n") or default
        except (OSError, UnicodeDecodeError) as error:
            if isinstance(error, UnicodeDecodeError):
                raise BadSetting(_("%(name)s_FILE names %(path)s, which is no text."), name=name, path=path) from error
            sentence = _("%(name)s_FILE names %(path)s, which cannot be read: %(why)s.")
            raise BadSetting(sentence, name=name, path=path, why=error.strerror) from error
    return default


def read_port(name: str, default: int) -> int:
    """Return a number of a port."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSetting(_("%(name)s has to be a number from 1 to 65535, and is “%(text)s”."), name=name, text=text)
    return int(text)


def read_seconds(name: str) -> float:
    """Return how long something takes; 0 when it is not set."""
    text = os.environ.get(name) or "0"
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 3600:
        raise BadSetting(_("%(name)s has to be a number of seconds, and is “%(text)s”."), name=name, text=text)
    return seconds


def read_switch(name: str, *, default: bool) -> bool:
    """Return whether something is switched on: 1 or 0."""
    text = os.environ.get(name) or str(int(default))
    if text not in ("0", "1"):
        raise BadSetting(_("%(name)s has to be 1 or 0, and is “%(text)s”."), name=name, text=text)
    return text == "1"
