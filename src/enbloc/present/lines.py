"""How long words are in our fonts, so that nothing in a drawing is cut off."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from PIL import ImageFont

_EM = 1000  # the fonts are drawn on as many units, so that widths are whole numbers


@cache
def _font(cut: str) -> ImageFont.FreeTypeFont:
    with as_file(files("enbloc.present").joinpath("fonts", f"IBMPlexSans-{cut}.ttf")) as file:
        # The simple layout: the same widths wherever a richer one is installed or not.
        return ImageFont.truetype(str(file), _EM, layout_engine=ImageFont.Layout.BASIC)


def width(words: str, size: float, *, is_bold: bool = False) -> float:
    """How long words stand in a size.

    Examples
    --------
    >>> round(width("Tomita", 10), 1), width("ab", 20) == 2 * width("ab", 10)
    (31.4, True)
    """
    return _font("SemiBold" if is_bold else "Regular").getlength(words) * size / _EM


def wrapped(words: str, room: float, size: float, *, is_bold: bool = False, first: float | None = None) -> list[str]:
    """Words in lines that fit a room; the first line may have less. A word too long for a line has one for itself.

    Examples
    --------
    >>> wrapped("long-term local control", 70, 10)
    ['long-term local', 'control']
    """
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        here = room if first is None or len(lines) > 1 else first
        if width(longer, size, is_bold=is_bold) <= here or (not lines[-1] and here == room):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
