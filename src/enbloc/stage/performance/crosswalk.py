"""From the Karnofsky performance status to ECOG and back, by every published mapping: they do not agree.

A set with the name of its mapping is given, never one number: nothing converts in silence.
"""

from __future__ import annotations

from enbloc.errors import RecordError

BUCCHERI = "Buccheri 1996 (536 patients)"
MA = "Ma 2010 (1385 patients, palliative clinic)"
PRASAD = "Prasad 2018 (5844 pairs, lung clinic)"
CONVENTIONAL = "conventional table"

_HIGH, _LOW = (0, 1), (3, 4)

MAPPINGS: dict[str, dict[int, tuple[int, ...]]] = {
    BUCCHERI: {100: _HIGH, 90: _HIGH, 80: _HIGH, 70: (2,), 60: (2,), **dict.fromkeys((50, 40, 30, 20, 10), _LOW)},
    MA: {100: (0,), 90: (1,), 80: (1,), 70: (2,), 60: (2,), 50: (3,), 40: (3,), 30: (4,), 20: (4,), 10: (4,)},
    PRASAD: {100: (0,), 90: (1,), 80: (1,), 70: (2,), 60: (3,), 50: (3,), 40: (4,), 30: (4,), 20: (4,), 10: (4,)},
    CONVENTIONAL: {
        100: (0,),
        90: (0,),
        80: (1,),
        70: (1,),
        60: (2,),
        50: (2,),
        40: (3,),
        30: (3,),
        20: (4,),
        10: (4,),
        0: (5,),
    },
}
"""For each mapping the ECOG statuses that a Karnofsky status may be; only the conventional table holds death."""


def ecog_by_mapping(karnofsky: int) -> dict[str, tuple[int, ...]]:
    """The ECOG statuses of a Karnofsky status, by every mapping that knows it.

    Raises
    ------
    RecordError
        If it is no Karnofsky status.

    Examples
    --------
    >>> ecog_by_mapping(0)
    {'conventional table': (5,)}
    """
    if karnofsky not in MAPPINGS[CONVENTIONAL]:
        raise RecordError(f"{karnofsky!r} is no Karnofsky performance status.", remedy="Write 0 to 100 in tens.")
    return {name: mapping[karnofsky] for name, mapping in MAPPINGS.items() if karnofsky in mapping}


def karnofsky_by_mapping(ecog: int) -> dict[str, tuple[int, ...]]:
    """The Karnofsky statuses that an ECOG status may come from, by every mapping that knows it, ascending.

    Raises
    ------
    RecordError
        If it is no ECOG status.

    Examples
    --------
    >>> karnofsky_by_mapping(5)
    {'conventional table': (0,)}
    """
    if ecog not in range(6):
        raise RecordError(f"{ecog!r} is no ECOG performance status.", remedy="Write 0 to 5.")
    found = {
        name: tuple(sorted(karnofsky for karnofsky, statuses in mapping.items() if ecog in statuses))
        for name, mapping in MAPPINGS.items()
    }
    return {name: statuses for name, statuses in found.items() if statuses}


def any_of(by_mapping: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """What any of the mappings allows, ascending.

    Examples
    --------
    >>> any_of(karnofsky_by_mapping(2))
    (50, 60, 70)
    """
    return tuple(sorted({status for statuses in by_mapping.values() for status in statuses}))


def in_words(by_mapping: dict[str, tuple[int, ...]]) -> str:
    """Each mapping with its statuses, for a line of a report.

    Examples
    --------
    >>> in_words(ecog_by_mapping(0))
    '5 (conventional table)'
    """
    return ", ".join(
        f"{' or '.join(str(status) for status in statuses)} ({name})" for name, statuses in by_mapping.items()
    )
