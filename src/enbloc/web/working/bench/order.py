"""What a bench is opened with; it lies in its folder as JSON, beside the case."""

from __future__ import annotations

from enbloc.value import value
from enbloc.web.bench_nouns import MovedCut
from enbloc.web.working.order import Caps

ORDER = "bench.json"
SAVED = "saved"
"""Where a bench writes what it hands back."""
BENCH_CAPS = Caps(memory_bytes=8 * 2**30, computing_s=4 * 3600, waiting_s=180, file_bytes=2 * 2**30)
"""How much one bench may use; ``waiting_s`` is how long the server waits for one answer."""


@value
class BenchOrder:
    """An opened case: its ``bench`` id, key, version, and the image to paint on, if somebody wished for one.

    ``cuts`` are those that were kept with this version.
    """

    bench: str
    case_id: str
    version: int
    caps: Caps = BENCH_CAPS
    painting: str = ""
    cuts: tuple[MovedCut, ...] = ()
