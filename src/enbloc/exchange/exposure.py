"""What the header of a CT says of things that shift its density."""

from __future__ import annotations

from pydicom.dataset import Dataset

from enbloc.value import value


@value
class Exposure:
    """Tube voltage and contrast medium, each nothing where the header is silent; silence is no "without"."""

    tube_kv: float | None = None
    contrast: bool | None = None


TAGS = ["KVP", "ContrastBolusAgent", "ContrastBolusVolume", "ContrastBolusStartTime"]
"""What must be read of a header for it."""


def exposure(header: Dataset) -> Exposure:
    """The exposure of a slice. Contrast counts as given only where something of it is filled in."""
    voltage = str(header.get("KVP") or "").strip()
    try:
        tube_kv = float(voltage) if voltage else None
    except ValueError:
        tube_kv = None
    agent = str(header.get("ContrastBolusAgent") or "").strip().lower()
    others = any(str(header.get(tag) or "").strip(" 0.") for tag in TAGS[2:])
    if agent in ("none", "no", "no contrast", "without"):
        return Exposure(tube_kv=tube_kv, contrast=False)
    return Exposure(tube_kv=tube_kv if tube_kv and tube_kv > 0 else None, contrast=True if agent or others else None)
