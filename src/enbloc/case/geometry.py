"""Points, poses and planes that know which frame they are in. Millimetres, patient LPS: +x left, +y back, +z up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enbloc.errors import FrameMismatchError
from enbloc.value import value

if TYPE_CHECKING:  # a score is computed without an array, and must not wait for the library of arrays
    import numpy as np
    from numpy.typing import NDArray

Triple = tuple[float, float, float]


def triple(values: NDArray[np.float64]) -> Triple:
    """Three floats of an array, shape (3,), as plain values.

    Examples
    --------
    >>> import numpy as np
    >>> triple(np.array([1.0, 2.0, 3.0]))
    (1.0, 2.0, 3.0)
    """
    x, y, z = (float(number) for number in values)
    return (x, y, z)


@value
class Frame:
    """A right-handed frame in millimetres, such as "patient LPS" or "T11"."""

    name: str


PATIENT = Frame(name="patient LPS")


@value
class Point:
    """A position ``xyz_mm`` in ``frame``."""

    xyz_mm: Triple
    frame: Frame = PATIENT


@value
class Pose:
    """Where the ``child`` frame sits in its ``parent`` frame.

    ``axes`` are the child's x, y and z axes, unit length; ``origin_mm`` is the child's origin. All are
    expressed in the parent. The frame of a vertebra has x to the patient's left, y to the back, z to the head.

    Examples
    --------
    >>> here = Pose(child=Frame(name="T8"), axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0, 0, 50))
    >>> (here @ Point(xyz_mm=(1.0, 2.0, 3.0), frame=here.child)).xyz_mm
    (1.0, 2.0, 53.0)
    """

    child: Frame
    parent: Frame = PATIENT
    axes: tuple[Triple, Triple, Triple]
    origin_mm: Triple

    @property
    def rotation(self) -> NDArray[np.float64]:
        """The child's axes as columns, shape (3, 3)."""
        import numpy as np

        return np.array(self.axes, dtype=np.float64).T

    @property
    def origin(self) -> NDArray[np.float64]:
        """The child's origin in the parent, shape (3,), mm."""
        import numpy as np

        return np.array(self.origin_mm, dtype=np.float64)

    def __matmul__(self, point: Point) -> Point:
        """Express ``point`` of the child frame in the parent frame."""
        if point.frame != self.child:
            raise FrameMismatchError(expected=self.child.name, got=point.frame.name)
        moved = self.rotation @ point.xyz_mm + self.origin
        return Point(xyz_mm=triple(moved), frame=self.parent)

    @property
    def inverse(self) -> Pose:
        back = self.rotation.T
        x, y, z = (triple(column) for column in back.T)
        return Pose(
            child=self.parent,
            parent=self.child,
            axes=(x, y, z),
            origin_mm=triple(-back @ self.origin),
        )


@value
class Plane:
    """A plane through ``point_mm`` with unit ``normal`` in ``frame``; what is kept lies where the normal points."""

    point_mm: Triple
    normal: Triple
    frame: Frame = PATIENT

    @property
    def unit(self) -> NDArray[np.float64]:
        """The normal with the length one to the last digit, shape (3,): a file may have rounded it."""
        import numpy as np

        normal = np.array(self.normal, dtype=np.float64)
        return np.asarray(normal / np.linalg.norm(normal))

    def distance_mm(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Signed distance of ``points``, shape (n, 3), positive on the side of the normal; shape (n,)."""
        import numpy as np

        from_plane = points - np.array(self.point_mm)
        return np.asarray(from_plane @ np.array(self.normal), dtype=np.float64)
