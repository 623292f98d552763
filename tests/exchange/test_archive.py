from __future__ import annotations

import io
import zipfile
import zlib

from sessions.exchange.archive import write_archive

TEXT = b"".join(b"regel %d van een lange tekst, %d\r\n" % (number, number * number) for number in range(20_000))
PIECES = [TEXT[start : start + 65_536] for start in range(0, len(TEXT), 65_536)]


def test_a_zip_is_written_piece_by_piece_and_read_whole() -> None:
    sent = list(write_archive([("a/one.txt", iter(PIECES)), ("two.txt", iter([])), ("drie.txt", iter([b"drie"]))]))
    assert max(map(len, sent)) < len(b"".join(sent)) / 3
    with zipfile.ZipFile(io.BytesIO(b"".join(sent))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a/one.txt": TEXT,
            "two.txt": b"",
            "drie.txt": b"drie",
        }


def test_members_are_compressed_at_the_quick_level() -> None:
    quick = zlib.compressobj(3, zlib.DEFLATED, -15)
    expected = b"".join([*map(quick.compress, PIECES), quick.flush()])
    with zipfile.ZipFile(io.BytesIO(b"".join(write_archive([("one.txt", iter(PIECES))])))) as archive:
        assert archive.getinfo("one.txt").compress_size == len(expected)


def test_the_next_member_is_not_read_before_its_turn() -> None:
    told = []

    def read(name: str) -> list[bytes]:
        told.append(name)
        return [name.encode()]

    members = ((name, iter(read(name))) for name in ("one", "two"))
    pieces = write_archive(members)
    next(pieces)
    assert told == ["one"]
    assert b"".join(pieces)
    assert told == ["one", "two"]
