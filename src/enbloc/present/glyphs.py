"""Which signs our fonts hold: what they lack is printed as its code point, never dropped and never an empty box."""

from __future__ import annotations

import re
import struct
from functools import cache
from importlib.resources import files

# A run of so many letters without a place to break gets one; a hash stays whole, to be copied.
_LONGEST = 24
_RUN = re.compile(rf"[^\s/\-]{{{_LONGEST + 1},}}")
_HASH = re.compile(r"[0-9a-f]{64}")


def printable(words: str) -> str:
    r"""The words with every sign that the fonts lack written as ``‹U+1F600›``.

    Examples
    --------
    >>> printable("≥ 5 mm \U0001f600")
    '≥ 5 mm ‹U+1F600›'
    """
    held = _held()
    return "".join(sign if ord(sign) in held or sign in "\n\t" else f"‹U+{ord(sign):04X}›" for sign in words)


def breakable(words: str) -> str:
    r"""The words with places to break in runs too long for a line.

    Examples
    --------
    >>> breakable("a" * 30 + " b").count("\u200b"), breakable("0" * 64).count("\u200b")
    (1, 0)
    """
    return _RUN.sub(lambda run: run[0] if _HASH.fullmatch(run[0]) else _broken(run[0]), words)


def _broken(run: str) -> str:
    return "\u200b".join(run[at : at + _LONGEST] for at in range(0, len(run), _LONGEST))


@cache
def _held() -> frozenset[int]:
    """The code points that both fonts hold."""
    cuts = ("Regular", "SemiBold")
    fonts = [files("enbloc.present").joinpath("fonts", f"IBMPlexSans-{cut}.ttf").read_bytes() for cut in cuts]
    return frozenset.intersection(*(_mapped(font) for font in fonts))


def _mapped(font: bytes) -> frozenset[int]:
    """The code points of the font's character map, format 4 (OpenType, table ``cmap``)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    rows = (struct.unpack_from(">4sLLL", font, 12 + 16 * nth) for nth in range(tables))
    start = next(offset for name, _, offset, _ in rows if name == b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    maps = (struct.unpack_from(">HHL", font, start + 4 + 8 * nth)[2] + start for nth in range(count))
    return next(_segments(font, at) for at in maps if struct.unpack_from(">H", font, at)[0] == 4)


def _segments(font: bytes, at: int) -> frozenset[int]:
    size = struct.unpack_from(">H", font, at + 6)[0]  # twice the number of segments
    ends = struct.unpack_from(f">{size // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{size // 2}H", font, at + 16 + size)
    spans = (range(first, last + 1) for first, last in zip(starts, ends, strict=True) if last != 0xFFFF)
    return frozenset(code for span in spans for code in span)
