"""How large a vertebra of each level is: rows of data, for shapes only and never for a clinical statement.

Thoracic sizes: Panjabi MM et al. Thoracic human vertebrae: quantitative three-dimensional anatomy. Spine
1991;16:888–901. Lumbar sizes: Panjabi MM et al. Human lumbar vertebrae: quantitative three-dimensional anatomy.
Spine 1992;17:299–306. Pedicles were compared with Zindrick MR et al. Spine 1987;12:160–6. The rows were written from
memory (``Checked.FROM_MEMORY``), so no result may cite them. Disc heights, anterior heights, processes, cord and
thecal sac are our own round figures of the usual order (``Checked.OURS``).
"""

from __future__ import annotations

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation
from enbloc.value import value

SOURCES: tuple[tuple[Citation, Checked], ...] = (
    (
        Citation(
            key="panjabi1991thoracic",
            authors="Panjabi et al.",
            title="Thoracic human vertebrae: quantitative three-dimensional anatomy",
            year=1991,
            where="Spine 16:888–901",
        ),
        Checked.FROM_MEMORY,
    ),
    (
        Citation(
            key="panjabi1992lumbar",
            authors="Panjabi et al.",
            title="Human lumbar vertebrae: quantitative three-dimensional anatomy",
            year=1992,
            where="Spine 17:299–306",
        ),
        Checked.FROM_MEMORY,
    ),
)


@value
class Size:
    """One vertebra, the disc below it and what its canal holds, in mm. A cord of width 0 has ended above."""

    body_width: float
    body_depth: float
    anterior_height: float
    posterior_height: float
    disc_height: float
    pedicle_width: float
    pedicle_height: float
    canal_width: float
    canal_depth: float
    transverse_span: float
    spinous_length: float
    spinous_drop: float
    cord_width: float
    cord_depth: float
    is_thoracic: bool

    @property
    def sac_width(self) -> float:
        return self.canal_width - 4.4

    @property
    def sac_depth(self) -> float:
        """Leaves 1.6 mm of epidural space in front and 2.4 mm behind."""
        return self.canal_depth - 4.0

    @property
    def canal_centre_mm(self) -> float:
        """How far the centre of the canal lies behind the centre of the body."""
        return (self.body_depth + self.canal_depth) / 2.0


# level: body width, depth, anterior and posterior height, disc, pedicle width and height, canal width and depth,
# transverse span, spinous length and drop, cord width and depth
_ROWS: dict[Level, tuple[float, ...]] = {
    Level.T1: (26.2, 19.1, 13.9, 14.1, 4.0, 8.5, 9.6, 21.8, 16.4, 75, 30, 8, 10.5, 7.0),
    Level.T2: (26.2, 20.6, 15.2, 15.6, 4.0, 8.2, 11.4, 19.5, 15.8, 69, 30, 10, 9.8, 6.8),
    Level.T3: (25.3, 23.0, 15.3, 15.7, 4.0, 6.8, 11.9, 18.4, 15.9, 62, 30, 13, 9.2, 6.6),
    Level.T4: (25.3, 23.9, 15.7, 16.2, 4.0, 6.3, 12.1, 17.5, 16.1, 60, 30, 15, 8.8, 6.4),
    Level.T5: (26.0, 25.1, 15.7, 16.2, 4.2, 6.0, 11.3, 17.3, 16.2, 59, 30, 17, 8.6, 6.2),
    Level.T6: (27.2, 26.5, 16.8, 17.4, 4.4, 6.0, 11.8, 17.3, 16.2, 59, 31, 18, 8.4, 6.1),
    Level.T7: (28.5, 28.0, 17.6, 18.2, 4.6, 6.0, 12.2, 17.3, 15.9, 59, 31, 18, 8.4, 6.0),
    Level.T8: (30.0, 28.7, 18.1, 18.7, 4.8, 6.7, 12.8, 17.8, 15.9, 59, 31, 17, 8.4, 6.0),
    Level.T9: (31.8, 30.2, 18.7, 19.3, 5.2, 7.7, 13.8, 17.9, 15.7, 57, 30, 15, 8.5, 6.1),
    Level.T10: (33.7, 31.1, 19.6, 20.2, 5.8, 9.0, 15.2, 18.2, 15.7, 54, 28, 12, 8.8, 6.3),
    Level.T11: (37.0, 31.9, 20.7, 21.3, 6.4, 9.8, 17.4, 19.4, 15.9, 50, 27, 9, 9.3, 6.6),
    Level.T12: (40.5, 33.1, 22.2, 22.7, 7.0, 8.7, 16.9, 22.2, 18.1, 47, 27, 7, 9.6, 7.0),
    Level.L1: (42.2, 34.7, 24.2, 23.8, 8.0, 8.6, 15.9, 23.7, 19.0, 70, 31, 5, 8.0, 6.0),
    Level.L2: (44.0, 34.8, 25.0, 24.3, 9.0, 8.9, 15.0, 23.8, 18.2, 78, 32, 5, 0, 0),
    Level.L3: (46.0, 35.0, 25.2, 23.8, 10.0, 10.2, 14.4, 24.3, 17.5, 88, 33, 5, 0, 0),
    Level.L4: (48.0, 34.7, 25.6, 24.1, 10.5, 13.0, 15.5, 25.4, 18.6, 80, 30, 5, 0, 0),
    Level.L5: (48.3, 34.0, 26.4, 22.9, 10.0, 15.0, 17.0, 27.1, 19.7, 84, 25, 6, 0, 0),
}

LEVELS: tuple[Level, ...] = tuple(_ROWS)
"""The levels that can be built, cranial to caudal."""


def size(level: Level) -> Size:
    """The size of a vertebra.

    Raises
    ------
    RecordError
        If the phantom does not know the level.

    Examples
    --------
    >>> size(Level.T8).posterior_height
    18.7
    """
    if level not in _ROWS:
        raise RecordError(f"The phantom has no sizes for {level}.", remedy="Build levels from T1 to L5.")
    width, depth, front, back, disc, pedicle, tall, wide, deep, span, spinous, drop, cord, thick = _ROWS[level]
    return Size(
        body_width=width,
        body_depth=depth,
        anterior_height=front,
        posterior_height=back,
        disc_height=disc,
        pedicle_width=pedicle,
        pedicle_height=tall,
        canal_width=wide,
        canal_depth=deep,
        transverse_span=span,
        spinous_length=spinous,
        spinous_drop=drop,
        cord_width=cord,
        cord_depth=thick,
        is_thoracic=level.value.startswith("T"),
    )
