"""What is not a patient says so on every view, page and export (hazard H23)."""

from __future__ import annotations

from enbloc.case.origin import Origin

_WORDS = {
    Origin.PAINTED: ("PAINTED DATA", "a lesion painted into a real scan, not a patient's disease"),
    Origin.PHANTOM: ("PHANTOM", "made from equations, not a patient"),
    Origin.INVENTED: ("INVENTED", "a record made up to learn from, not a patient"),
}


def banner(origin: Origin) -> str:
    """The two or three words that are drawn into every picture; empty for a patient.

    Examples
    --------
    >>> banner(Origin.PAINTED)
    'PAINTED DATA'
    """
    return _WORDS[origin][0] if origin in _WORDS else ""


def explained(origin: Origin) -> str:
    """The banner with its meaning, for the head of a page; empty for a patient."""
    return f"{_WORDS[origin][0]} – {_WORDS[origin][1]}" if origin in _WORDS else ""
