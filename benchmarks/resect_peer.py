"""The same objective by a particle swarm of our own, scipy's differential evolution and dual annealing; plain numpy.

The objective is counted by our own kernel, so that a plane costs every peer what it costs us, and swarm and evolution
ask for a whole generation at once. A peer is told neither the answer nor when to stop: it runs until its CPU is spent.
None of them can prove anything; how near they come to what was proved is what is compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from enbloc.plan.cutting.plane import Asked
    from enbloc.plan.cutting.search import Task

Floats = NDArray[np.float64]

BARRED_CC = 1e3  # the price of a blade that comes too near to something
PARTICLES = 24


class SpentError(Exception):
    """The CPU of a peer is spent."""


@dataclass(kw_only=True)
class Objective:
    """The bone removed by one plane for each of ``asked``, cc, with the course of the best value over CPU time.

    A plane is a point of the square [-1, 1]² that is laid onto the cone's disc; what lies outside goes to its rim.
    """

    asked: Sequence[Asked]
    cpu_s: float
    began: float = 0.0
    best: float = np.inf
    course: list[tuple[float, float]] = field(default_factory=list)
    counted: int = 0

    @cached_property
    def ill_cc(self) -> float:
        return self.asked[0].bone.ill_cc()

    @cached_property
    def tasks(self) -> list[Task]:
        all_ = np.ones(len(self.asked[0].bone.indices), np.uint8)
        return [one.task(all_) for one in self.asked]

    @property
    def many(self) -> int:
        return 2 * len(self.asked)

    def begin(self) -> None:
        self.began = time.process_time()

    def of(self, places: Floats) -> Floats:
        """The price of each of ``places``, shape (n, 2 k), cc; shape (n,)."""
        normals = np.stack([_normals(one, places[:, 2 * at : 2 * at + 2]) for at, one in enumerate(self.asked)], axis=1)
        offsets = np.stack(
            [one.tumour.reach_mm(normals[:, at])[0] + one.far_mm for at, one in enumerate(self.asked)], axis=1
        )
        bone = self.asked[0].bone
        prices = np.asarray(bone.rows.within(normals, offsets) * bone.grid.voxel_cc - self.ill_cc, np.float64)
        for at, one in enumerate(self.asked):
            if one.barred.total:
                prices = prices + BARRED_CC * self.tasks[at].is_barred(
                    np.ascontiguousarray(normals[:, at]), np.zeros(len(places))
                )
        self._note(prices)
        return prices

    def _note(self, prices: Floats) -> None:
        spent = time.process_time() - self.began
        self.counted += len(prices) * len(self.asked)
        if prices.min() < self.best:
            self.best = float(prices.min())
            self.course.append((spent, self.best))
        if spent > self.cpu_s:
            raise SpentError

    def reached_s(self, value_cc: float) -> float:
        """The CPU after which the best was no worse than this; infinite if never."""
        return next((spent for spent, best in self.course if best <= value_cc), np.inf)


def _normals(asked: Asked, places: Floats) -> Floats:
    from enbloc.plan.cutting.cones import first_cells

    axis, first, second = first_cells(asked.role.cone).basis
    places = places * np.tan(asked.role.cone.half_angle)
    length = np.hypot(places[:, 0], places[:, 1]) / np.tan(asked.role.cone.half_angle)
    places = places / np.maximum(length, 1.0)[:, None]
    found = axis + places[:, :1] * first + places[:, 1:] * second
    return np.ascontiguousarray(found / np.linalg.norm(found, axis=1)[:, None])


def swarm(objective: Objective, seed: int) -> None:
    """Particle swarm with the usual constants of constriction (0.7298, 1.49618), begun again once it has contracted."""
    random = np.random.default_rng(seed)
    while True:
        at = random.uniform(-1.0, 1.0, (PARTICLES, objective.many))
        speed = random.uniform(-0.5, 0.5, at.shape)
        own, price = at.copy(), objective.of(at)
        while np.ptp(at, axis=0).max() > 1e-5:
            leader = own[int(np.argmin(price))]
            pulls = random.uniform(0.0, 1.49618, (2, *at.shape))
            speed = 0.7298 * speed + pulls[0] * (own - at) + pulls[1] * (leader - at)
            at = np.clip(at + speed, -1.0, 1.0)
            now = objective.of(at)
            own[now < price], price = at[now < price], np.minimum(now, price)


def evolution(objective: Objective, seed: int) -> None:
    """Differential evolution of scipy, a generation at once, without polishing: the objective has no gradient."""
    from scipy import optimize

    run: Any = optimize.differential_evolution  # its annotations know no vectorised objective
    for again in range(1_000_000):
        run(
            lambda places: objective.of(places.T),
            [(-1.0, 1.0)] * objective.many,
            vectorized=True,
            updating="deferred",
            polish=False,
            tol=1e-6,
            maxiter=100_000,
            rng=1000 * seed + again,
        )


def annealing(objective: Objective, seed: int) -> None:
    """Dual annealing of scipy without local search: the objective has no gradient."""
    from scipy import optimize

    run: Any = optimize.dual_annealing
    for again in range(1_000_000):
        run(
            lambda place: float(objective.of(place[None])[0]),
            [(-1.0, 1.0)] * objective.many,
            no_local_search=True,
            maxiter=100_000,
            rng=1000 * seed + again,
        )


PEERS: dict[str, Callable[[Objective, int], None]] = {"swarm": swarm, "evolution": evolution, "annealing": annealing}


def ran(peer: Callable[[Objective, int], None], asked: Sequence[Asked], seed: int, cpu_s: float) -> Objective:
    """One run of a peer until its CPU is spent."""
    objective = Objective(asked=asked, cpu_s=cpu_s)
    objective.begin()
    with suppress(SpentError):
        peer(objective, seed)
    return objective


def numpy_planes_per_s(points: Floats, normals: Floats, offsets: Floats) -> float:
    """How many planes plain numpy counts in a second of CPU: a product, a comparison, a count; its fastest form."""
    lines, single = np.ascontiguousarray(points.T, np.float32), np.float32
    started = time.process_time()
    for normal, offset in zip(normals, offsets, strict=True):
        np.count_nonzero(normal.astype(single) @ lines <= single(offset))
    return len(normals) / (time.process_time() - started)
