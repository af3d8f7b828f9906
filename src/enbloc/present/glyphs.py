"""Which signs our fonts hold: what they lack is printed as its code point, never dropped and never an empty box."""

from __future__ import annotations

import struct
from functools import cache
from importlib.resources import files

_LONGEST = 40  # letters; a longer word may be broken after each of so many


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
    """The words with places to break in those too long for a line."""
    return " ".join(_broken(word) for word in words.split(" "))


def _broken(word: str) -> str:
    parts = [word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST)]
    return "\u200b".join(parts)


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
