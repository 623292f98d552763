"""A zip written piece by piece, the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

# Fixed, so that two exports of the same state are the same file.
_DATE = (1980, 1, 1, 0, 0, 0)


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


def write_archive(members: Iterable[tuple[str, Iterator[bytes]]]) -> Iterator[bytes]:
    """Yield the zip while its members are being read."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, pieces in members:
            about = zipfile.ZipInfo(name, _DATE)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            with archive.open(about, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    if ready := outlet.take():
                        yield ready
    yield outlet.take()
