"""The language in which commands speak, and their sentences where Django cannot say them: before its settings stand."""

from __future__ import annotations

import gettext
import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

LANGUAGES = ("nl", "en")
LOCALE = Path(__file__).resolve().parent.parent / "locale"


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogue."""
    return sentence


def translate(sentence: str, language: str) -> str:
    """Return it in this language; in English where the catalogue has not been made yet."""
    return gettext.translation("django", LOCALE, [language], fallback=True).gettext(sentence)


def language_of_shell() -> str:
    """Return nl where the shell speaks Dutch, else en."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if told.startswith("nl") else "en"


def language_of(arguments: Sequence[str]) -> str:
    """Return what `--lang` asks for, else the language of the shell."""
    parser = ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    parser.add_argument("--lang", nargs="?")
    wanted = parser.parse_known_args(arguments)[0].lang
    return wanted if wanted in LANGUAGES else language_of_shell()
