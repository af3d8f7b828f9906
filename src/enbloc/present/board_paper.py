"""What every paper of a board has in common: head and foot, the banner, and the fingerprint of what it says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from enbloc import __version__
from enbloc.case.board import Meeting
from enbloc.present import words
from enbloc.present.pdf import look, plain, typeset
from enbloc.value import value


@value
class Head:
    """Which paper it is, and what stands at the head of every page."""

    title: str  # "Minutes"
    about: str  # "board of 2026-11-26"
    banner: str


def board_paper(
    sheets: Sequence[str], head: Head, content: Mapping[str, Any], *, fingerprint: str = "", as_of: str = ""
) -> bytes:
    """A paper of the board as PDF/UA-1; the same content gives the same bytes.

    ``fingerprint`` is that of the result which it was made from, and ``as_of`` the day that the case stands at; without
    a result it is the SHA-256 of what the paper says.
    """
    said = plain({"head": asdict(head), "content": content})
    mark = fingerprint or sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    report = {
        "title": head.title,
        "named": f"{head.title}, {head.about}",
        "heads": head.about,
        "banner": head.banner,
        "version": __version__,
        "foot": " · ".join((head.about, *((f"as of {as_of}",) if as_of else ()), f"enbloc {__version__}", mark[:16])),
        "extents": [],
    }
    return typeset(("setting", *sheets), {"report": report, **content, **look()})


def held_on(meeting: Meeting) -> str:
    """The day of a meeting with its weekday, hour and place."""
    return " · ".join(
        part for part in (f"{meeting.day:%Y-%m-%d} {_DAYS[meeting.day.weekday()]}", *_hour(meeting)) if part
    )


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _hour(meeting: Meeting) -> tuple[str, str]:
    return meeting.starts or f"hour {words.UNKNOWN}", meeting.place


def joint_banner(banners: Iterable[str]) -> str:
    """The banner of a paper about several cases: that of all of them, or which kinds there are among patients.

    Examples
    --------
    >>> joint_banner(["PHANTOM – made from equations, not a patient", ""])
    'PHANTOM among these cases'
    >>> joint_banner(["", ""])
    ''
    """
    every = list(banners)
    kinds = list(dict.fromkeys(one for one in every if one))
    if len(kinds) == 1 and all(every):
        return kinds[0]
    short = " and ".join(one.partition(" – ")[0] for one in kinds)
    return f"{short} among these cases" if kinds else ""
