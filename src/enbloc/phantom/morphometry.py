"""How large a vertebra of each level is: rows of data, for shapes only and never for a clinical statement.

Body, pedicle and canal are of the usual published order: cervical, thoracic and lumbar after Panjabi and others
1991, 1991 and 1992; pedicles were compared with Zindrick MR et al. Spine 1987;12:160–6. Those rows were written from
memory (``Checked.FROM_MEMORY``), so no result may cite them. The cervical cord lies between two series whose abstracts
were read (``Checked.READ_IN_A_COPY``), as does the width of the cervical facets. Disc heights, anterior heights,
processes, all other cords and the thecal sac are our own round figures of the usual order (``Checked.OURS``), and so
are T13 and L6, which few people have: T13 lies between T12 and L1, and L6 is as large as L5.
"""

from __future__ import annotations

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation
from enbloc.value import value

SOURCES: tuple[tuple[Citation, Checked], ...] = (
    (
        Citation(
            key="panjabi1991cervical",
            authors="Panjabi et al.",
            title="Cervical human vertebrae: quantitative three-dimensional anatomy of the middle and lower regions",
            year=1991,
            where="Spine 16:861–869",
        ),
        Checked.FROM_MEMORY,
    ),
    (
        Citation(
            key="sherman1990cord",
            authors="Sherman, Nassaux and Citrin",
            title="Measurements of the normal cervical spinal cord on MR imaging",
            year=1990,
            where="AJNR 11:369–372, abstract: 14 × 8.7 mm at C4, 11.4 × 7.4 mm at C7",
        ),
        Checked.READ_IN_A_COPY,
    ),
    (
        Citation(
            key="kato2012cord",
            authors="Kato et al.",
            title="Normal morphology, age-related changes and abnormal findings of the cervical spine. Part II",
            year=2012,
            where="Eur Spine J 21:1499–1507, abstract: 78.1 mm² in men and 74.4 mm² in women at the middle of C5",
        ),
        Checked.READ_IN_A_COPY,
    ),
    (
        Citation(
            key="patel2007facets",
            authors="Patel et al.",
            title="A study of osteometric measurements of articular facets from C3 to S1 (part 2)",
            year=2007,
            where="J Anat Soc India 56(1), table 4: facets of C3 to C7 are 10 to 13 mm wide",
        ),
        Checked.READ_IN_A_COPY,
    ),
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
    is_cervical: bool

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
    Level.C3: (16.6, 15.3, 11.4, 11.6, 4.8, 5.6, 7.4, 22.9, 16.2, 50, 14, 3, 12.4, 7.5),
    Level.C4: (17.2, 15.6, 11.1, 11.4, 4.8, 5.4, 7.4, 24.7, 16.8, 50, 14, 3, 13.2, 7.6),
    Level.C5: (18.4, 16.5, 11.0, 11.4, 4.8, 5.6, 7.0, 24.9, 16.9, 51, 15, 4, 13.3, 7.6),
    Level.C6: (20.2, 17.4, 10.9, 11.2, 5.0, 6.0, 7.3, 25.2, 16.8, 53, 20, 6, 12.7, 7.5),
    Level.C7: (22.6, 17.6, 12.6, 12.8, 4.8, 6.6, 7.5, 24.0, 16.4, 64, 28, 7, 11.6, 7.2),
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
    Level.T13: (41.4, 33.9, 23.2, 23.2, 7.5, 8.7, 16.4, 23.0, 18.6, 50, 29, 6, 9.0, 6.6),
    Level.L1: (42.2, 34.7, 24.2, 23.8, 8.0, 8.6, 15.9, 23.7, 19.0, 70, 31, 5, 8.0, 6.0),
    Level.L2: (44.0, 34.8, 25.0, 24.3, 9.0, 8.9, 15.0, 23.8, 18.2, 78, 32, 5, 0, 0),
    Level.L3: (46.0, 35.0, 25.2, 23.8, 10.0, 10.2, 14.4, 24.3, 17.5, 88, 33, 5, 0, 0),
    Level.L4: (48.0, 34.7, 25.6, 24.1, 10.5, 13.0, 15.5, 25.4, 18.6, 80, 30, 5, 0, 0),
    Level.L5: (48.3, 34.0, 26.4, 22.9, 10.0, 15.0, 17.0, 27.1, 19.7, 84, 25, 6, 0, 0),
    Level.L6: (48.3, 34.0, 26.4, 22.9, 10.0, 15.0, 17.0, 27.1, 19.7, 84, 25, 6, 0, 0),
}

LEVELS: tuple[Level, ...] = tuple(_ROWS)
"""The levels that can be built, cranial to caudal; T13 and L6 may be left out of a run."""


def follows(upper: Level, lower: Level) -> bool:
    """Whether one level can lie directly below another: T13 and L6 are in some people only.

    Examples
    --------
    >>> follows(Level.T12, Level.L1), follows(Level.T12, Level.T13), follows(Level.T11, Level.L1)
    (True, True, False)
    """
    if upper not in LEVELS or lower not in LEVELS:
        return False
    between = LEVELS[LEVELS.index(upper) + 1 : LEVELS.index(lower)]
    return LEVELS.index(upper) < LEVELS.index(lower) and all(level.is_transitional for level in between)


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
        raise RecordError(f"The phantom has no sizes for {level}.", remedy="Build levels from C3 to L5, T13 and L6.")
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
        is_cervical=level.value.startswith("C"),
    )


def neck_pedicle(row: Size, held: float = 1.0) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Where the left pedicle of a cervical vertebra begins and ends, mm, in the vertebra's frame.

    The canal is wider than the body there, so the pedicle runs outwards from its corner. ``held`` is the share of the
    height of the body's back that a collapse has left.
    """
    high = 0.08 * row.posterior_height * held
    start = (row.body_width / 2 - 1.0, row.body_depth / 2 - 2.5, high)
    return start, (row.canal_width / 2 + 3.0, row.canal_centre_mm, high)
