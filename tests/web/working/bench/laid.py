"""Small cases laid on a bench without a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from enbloc.exchange.images import write_images
from enbloc.phantom import Phantom
from enbloc.web.working.bench.opened import Opened, opened
from enbloc.web.working.bench.order import BenchOrder
from tests.web.benched import phantom

ORDER = BenchOrder(bench="b", case_id="case-1", version=1)


@contextmanager
def laid(made: Phantom | None = None, *, order: BenchOrder = ORDER) -> Iterator[Opened]:
    """A phantom as it lies on a bench, its files in a folder."""
    made = made or phantom()
    with TemporaryDirectory() as folder:
        write_images(Path(folder), made.case, made.images)
        yield opened(order, made.case, Path(folder))


def runs(*rows: tuple[int, int, int]) -> NDArray[np.int64]:
    return np.array(rows, np.int64).reshape(-1, 3)


def inverse(case: Opened, painted: NDArray[np.int64]) -> NDArray[np.int64]:
    """The runs that put back what lies there now, a voxel each."""
    at = np.concatenate([np.arange(start, start + length) for start, length, _ in painted])
    return np.stack([at, np.ones(len(at), np.int64), case.painted.reshape(-1)[at].astype(np.int64)], axis=1)
