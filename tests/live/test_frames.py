"""Frames that are read and built without autobahn are the same as autobahn's, and what is not plain is left to it."""

from __future__ import annotations

from autobahn.websocket.protocol import PreparedMessage
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.live.frame_transport import build_frame
from sessions.live.protocol import FRAME_BYTES
from sessions.server.inbound import read_whole_text

SIZES = st.sampled_from([0, 1, 124, 125, 126, 127, 128, 1_000, FRAME_BYTES - 1, FRAME_BYTES])
MASKS = st.binary(min_size=4, max_size=4)


def client_frame(payload: bytes, mask: bytes, *, first: int = 0x81) -> bytes:
    """Return what a browser sends, masked byte by byte as RFC 6455 has it."""
    size = len(payload)
    if size < 126:
        head = bytes((first, 0x80 | size))
    elif size < 65_536:
        head = bytes((first, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


@given(size=SIZES, mask=MASKS, seed=st.binary(min_size=1, max_size=9))
def test_a_whole_text_is_read(size: int, mask: bytes, seed: bytes) -> None:
    payload = (seed * size)[:size]
    assert read_whole_text(client_frame(payload, mask)) == payload


@given(size=SIZES, mask=MASKS, cut=st.integers(min_value=1, max_value=200))
def test_what_is_not_one_whole_frame_is_left(size: int, mask: bytes, cut: int) -> None:
    frame = client_frame(b"x" * size, mask)
    assert read_whole_text(frame[:-cut]) is None
    assert read_whole_text(frame + frame[:cut]) is None
    assert read_whole_text(b"") is None


@given(mask=MASKS, first=st.integers(min_value=0, max_value=255).filter(lambda first: first != 0x81))
def test_other_kinds_are_left(mask: bytes, first: int) -> None:
    """Binary, continued, compressed and control frames."""
    assert read_whole_text(client_frame(b"{}", mask, first=first)) is None


def test_mistakes_and_long_ones_are_left() -> None:
    assert read_whole_text(b"\x81\x02{}") is None, "not masked"
    assert read_whole_text(b"\x81\xfe\x00\x02\0\0\0\0{}") is None, "a length that is not written the shortest way"
    assert read_whole_text(client_frame(b"x" * (FRAME_BYTES + 1), b"abcd")) is None
    assert read_whole_text(client_frame(b"x" * 70_000, b"abcd")) is None


@given(st.text())
@example("x" * 125)
@example("x" * 126)
@example("é" * 32_767)
@example("x" * 65_535)
@example("x" * 65_536)
def test_a_frame_is_built_as_autobahn_builds_it(text: str) -> None:
    assert build_frame(text) == PreparedMessage(text.encode(), False, False, True).payloadHybi
