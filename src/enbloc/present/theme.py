"""The colours of the page as style: light for paper and print, dark for a dark screen; pictures of scans stay."""

from __future__ import annotations

from enbloc.present import tokens
from enbloc.present.content import Report
from enbloc.present.tokens import ALARM, DARK_ALARM

LIGHT: dict[str, str] = {
    "ink": tokens.INK,
    "paper": tokens.PAPER,
    "raised": tokens.RAISED,
    "quiet": tokens.QUIET,
    "line": tokens.LINE,
    "accent": tokens.ACCENT,
    "spread": tokens.SPREAD,
} | {degree.value: colour for degree, colour in ALARM.items()}

DARK: dict[str, str] = {
    "ink": tokens.DARK_INK,
    "paper": tokens.DARK_PAPER,
    "raised": tokens.DARK_RAISED,
    "quiet": tokens.DARK_QUIET,
    "line": tokens.DARK_LINE,
    "accent": tokens.DARK_ACCENT,
    "spread": tokens.DARK_SPREAD,
} | {degree.value: colour for degree, colour in DARK_ALARM.items()}


def style() -> str:
    """The tokens as custom properties, and the small figures in the same colours on a dark screen."""
    dark = f":root{{color-scheme:dark;{_properties(DARK)}}}" + "".join(_recoloured(name) for name in LIGHT)
    return f":root{{{_properties(LIGHT)}}}\n@media screen and (prefers-color-scheme:dark){{{dark}}}\n"


def _properties(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{code};" for name, code in colours.items())


def _recoloured(name: str) -> str:
    """A figure's own colour gives way to the property; white letters on a coloured ground stay white."""
    code = LIGHT[name]
    shapes = ":not(text)" if name == "raised" else ""
    return f'.figure [fill="{code}"]{shapes}{{fill:var(--{name})}}.figure [stroke="{code}"]{{stroke:var(--{name})}}'


def running(content: Report) -> str:
    """What stands on every printed page: whose it is, from when, which version, and what it is not (H9, H23)."""
    use = "Research use: confirm on the images. Not a medical device."
    boxes = {
        "top-left": f'"{_plain(f"enbloc · {content.title}")}"',
        "top-center": f'"{_plain(content.banner)}"',
        "bottom-left": f'"{_plain(f"{content.foot}  {use}")}"',
        "bottom-right": '"page " counter(page) " of " counter(pages)',
    }
    look = "font:8px/1.3 'IBM Plex Sans',sans-serif;"
    said = "".join(f"@{place}{{{look}content:{words};}}" for place, words in boxes.items())
    return f"@media print{{@page{{size:A4;margin:15mm 12mm;{said}}}}}\n"


def _plain(words: str) -> str:
    """Words as the inside of a CSS string: whatever is not a letter, digit or blank goes by its code."""
    return "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in words)
