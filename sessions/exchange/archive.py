"""A zip written piece by piece, the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

Member = tuple[str, Iterator[bytes]]
"""A name and its content, read when its turn has come."""

# Fixed, so that two exports of the same state are the same file.
_DATE = (1980, 1, 1, 0, 0, 0)
# Less than half of the time of zlib's usual 6, for a fifth more bytes.
_LEVEL = 3


class _Outlet(io.RawIOBase):
    """Takes what zipfile writes and gives it away again; it cannot go back, so nothing sent is ever changed."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        before = len(self._pieces)
        self._pieces += memoryview(piece)  # type: ignore[arg-type]
        return len(self._pieces) - before

    def take(self) -> bytes:
        taken = bytes(self._pieces)
        self._pieces.clear()
        return taken


def write_archive(members: Iterable[Member]) -> Iterator[bytes]:
    """Yield the zip while its members are being read; a piece of theirs may be in a later one, so some are empty."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in members:
            about = zipfile.ZipInfo(name, _DATE)
            about.compress_type = zipfile.ZIP_DEFLATED
            # The archive's own level does not count for a member that is opened.
            about._compresslevel = _LEVEL  # type: ignore[attr-defined]
            about.external_attr = 0o644 << 16
            with archive.open(about, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    yield outlet.take()
    yield outlet.take()
