"""The page is readable by everybody: contrast, colour-blindness, and a shape beside each colour."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from enbloc.case.anatomy import StructureKind
from enbloc.present.theme import DARK, LIGHT
from enbloc.present.tokens import (
    CUT,
    DARK_ALARM,
    DARK_INK,
    DARK_PAPER,
    DARK_QUIET,
    INK,
    PAPER,
    SHAPES,
    STRUCTURES,
    TUMOUR,
    lighter,
    rgb,
)

TEXT = ("ink", "quiet", "accent", "stop", "urgent", "caution", "note")


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2, 1 to 21)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one_and_the_grey_of_the_standard_just_passes() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", ["paper", "raised"])
@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground(theme: dict[str, str], name: str, ground: str) -> None:
    assert _contrast(theme[name], theme[ground]) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (DARK_INK, DARK_PAPER),  # below a picture
        (DARK_QUIET, DARK_PAPER),
        ("#ffffff", TUMOUR),  # a number in an involved sector
        (PAPER, INK),  # the points of an item
        (LIGHT["quiet"], PAPER),  # a grade that is not reached
        *((colour, DARK_PAPER) for colour in DARK_ALARM.values()),
    ],
)
def test_text_in_a_picture_is_readable(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("kind", list(STRUCTURES))
def test_an_outline_is_seen_on_the_dark_halo(kind: StructureKind) -> None:
    assert _contrast(lighter(STRUCTURES[kind], 0.25), "#000000") >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_bar_of_an_interval_is_seen_and_its_tick_is_seen_on_it(theme: dict[str, str]) -> None:
    assert _contrast(theme["spread"], theme["paper"]) >= 3
    assert _contrast(theme["ink"], theme["spread"]) >= 3


# From linear light to what is seen without the red and the green cones (Viénot, Brettel and Mollon 1999).
_BLIND = {
    "protanopia": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "deuteranopia": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
}
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def _lab(colour: str, sight: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    values = np.array(rgb(colour))
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    seen = np.clip(_BLIND[sight] @ linear, 0, 1)
    xyz = _TO_XYZ @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


SEEN_TOGETHER = {
    "bone": STRUCTURES[StructureKind.VERTEBRA],
    "tumour": STRUCTURES[StructureKind.TUMOUR],
    "cord": STRUCTURES[StructureKind.CORD],
    "sac": STRUCTURES[StructureKind.SAC],
    "cut": CUT,
}


@pytest.mark.parametrize("sight", sorted(_BLIND))
@pytest.mark.parametrize(("one", "other"), list(combinations(SEEN_TOGETHER, 2)))
def test_structures_stay_apart_without_red_or_green(one: str, other: str, sight: str) -> None:
    apart = np.linalg.norm(_lab(SEEN_TOGETHER[one], sight) - _lab(SEEN_TOGETHER[other], sight))

    assert apart > 15, "a just noticeable difference is about 2"


def test_each_degree_has_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)
