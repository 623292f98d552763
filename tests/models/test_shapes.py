"""The eight marks of O's: seen on every ground, read, told apart, and drawn alike by server and screens."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from sessions.enums import Shape
from sessions.templatetags.sector_mark import DRAWINGS, sector_mark

from ..server import ROOT

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

TOKENS = (ROOT / "frontend/src/style/tokens.css").read_text()
LIGHT = TOKENS.partition("prefers-color-scheme")[0]
DARK = TOKENS.partition(':root[data-theme="dark"]')[2]
THEMES = {"light": LIGHT, "dark": DARK}
GROUNDS = ("--basis-color-default-bg-document", "--basis-color-default-bg-subtle")
FOUR = (Shape.CIRCLE, Shape.DIAMOND, Shape.TRIANGLE, Shape.SQUARE)
APART = {"light": 53.0, "dark": 51.9}
"""The four O's leave 53.9 in light. In dark the next four keep to the hues that they have in light."""


def rgb_of(text: str, name: str) -> Floats:
    found = re.search(rf"{name}: #([0-9a-f]{{6}});", text)
    assert found is not None, name
    return np.array([int(found[1][at : at + 2], 16) for at in (0, 2, 4)], dtype=float)


def light_of(rgb: Floats) -> Floats:
    part = rgb / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: Floats, other: Floats) -> float:
    """WCAG 2."""
    low, high = sorted(float(light_of(rgb) @ (0.2126, 0.7152, 0.0722)) for rgb in (one, other))
    return (high + 0.05) / (low + 0.05)


TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(rgb: Floats) -> Floats:
    xyz = light_of(rgb) @ TO_XYZ.T / TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: Floats, other: Floats) -> float:
    """ΔE76."""
    return float(np.linalg.norm(lab(one) - lab(other)))


@pytest.mark.parametrize("theme", THEMES)
def test_each_colour_is_seen_and_its_letter_read(theme: str) -> None:
    text = THEMES[theme]
    print(f"\n{theme:8} on paper  on sheet  letter")
    low = []
    for shape in Shape.values:
        mark, letter = (rgb_of(text, f"--cocreation-sector-{shape}-{what}") for what in ("color", "on-color"))
        grounds = [contrast(mark, rgb_of(text, ground)) for ground in GROUNDS]
        read = contrast(mark, letter)
        print(f"{shape:8} {grounds[0]:8.2f} {grounds[1]:9.2f} {read:7.2f}")
        low += [shape] if min(grounds) < 3 or read < 4.5 else []
    assert low == []


@pytest.mark.parametrize("theme", THEMES)
def test_colours_are_as_far_apart_as_eight_allow(theme: str) -> None:
    """The four O's are given: their own nearest pair is the most that eight can have."""
    colours = {shape: rgb_of(THEMES[theme], f"--cocreation-sector-{shape}-color") for shape in Shape}
    pairs = sorted(
        (distance(colours[one], colours[other]), one.value, other.value)
        for one, other in itertools.combinations(Shape, 2)
    )
    print(f"\n{theme}: ΔE76 of the nearest pairs")
    for apart, one, other in pairs[:6]:
        print(f"{apart:6.1f}  {one} {other}")
    most = min(distance(colours[one], colours[other]) for one, other in itertools.combinations(FOUR, 2))
    print(f"{most:6.1f}  the nearest of the four O's")
    assert APART[theme] <= pairs[0][0] <= most


def test_a_shape_keeps_its_hue_in_dark() -> None:
    for shape in Shape:
        hues = []
        for text in THEMES.values():
            _, a, b = lab(rgb_of(text, f"--cocreation-sector-{shape}-color"))
            hues.append(np.degrees(np.arctan2(b, a)))
        turn = abs(hues[0] - hues[1]) % 360
        assert min(turn, 360 - turn) < 30, shape


def test_server_and_screens_draw_the_same() -> None:
    source = (ROOT / "frontend/src/parts/shapes.ts").read_text()
    drawn = source.partition("SHAPES")[2].partition("export const shapeOf")[0]
    assert set(DRAWINGS) == set(Shape)
    for drawing in DRAWINGS.values():
        for path in (drawing.solid, *drawing.letters.values()):
            assert f'"{path}"' in drawn
        assert f"baseline: {drawing.baseline}" in drawn


def test_a_letter_is_no_markup() -> None:
    assert "&lt;" in sector_mark(Shape.HOUSE, "<")
    assert ">N</text>" in sector_mark(Shape.CIRCLE, "N"), "drawn for the triangle only"
    assert "<text" not in sector_mark(Shape.TRIANGLE, "N")
