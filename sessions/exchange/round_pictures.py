"""The picture of a round as a file of its own: the same that stands in the report, as SVG and as PNG."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.conf import settings
from django.utils import translation

from ..domain.kind import kind_of
from ..domain.publication import read_moments
from ..domain.reading_along import read_along
from ..domain.voting import voting_of
from ..models import Round, Session
from .pictures.of_round import tell_figure
from .pictures.picture import Picture
from .report.agreed import keep_agreed
from .report.pdf import draw_dots

MEDIA = {"svg": "image/svg+xml", "png": "image/png"}
_WIDE, _SHARP = 480.0, 220.0
"""Of a PNG: points, and dots per inch: 1,467 pixels."""
_NAME = re.compile(rf"([a-z0-9]{{12}})-({'|'.join(code for code, _ in settings.LANGUAGES)})\.({'|'.join(MEDIA)})")


class PictureFile(NamedTuple):
    """A round's picture in one language and one form."""

    round: str
    language: str
    form: str

    @property
    def name(self) -> str:
        return f"{self.round}-{self.language}.{self.form}"


def read_name(name: str) -> PictureFile | None:
    found = _NAME.fullmatch(name)
    return PictureFile(*found.groups()) if found else None


def has_picture(round_: Round) -> bool:
    """Whether a round that was shown, with figures, has a picture."""
    voting = voting_of(round_)
    return voting.kind.is_ranked or voting.kind.plane(voting.rules) is not None


def read_picture(*, session: Session, file: PictureFile) -> Picture | None:
    """Return the picture of a round that was shown; None where there is none. As people agreed when they joined, items
    may have no words. The caller is in a transaction whose reads all see one moment.
    """
    shown, moments = read_along(session.pk), read_moments(session.pk)
    with translation.override(file.language):
        for step in (found for found in shown.steps if not kind_of(found.step).is_practice(found.step)):
            agreed = keep_agreed(step, consent=session.consent)
            for found in agreed.rounds:
                if found.result.round == file.round:
                    at = moments.get(file.round)
                    return tell_figure(session=session, shown=shown, step=agreed, found=found, at=at).picture
    return None


def write_picture(picture: Picture, *, form: str) -> bytes:
    return picture.svg.encode() if form == "svg" else draw_dots(picture.svg, width=_WIDE, ppi=_SHARP)
