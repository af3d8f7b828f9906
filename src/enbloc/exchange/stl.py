"""Binary STL, writer and reader: a closed mesh for printing and for navigation, in patient millimetres (LPS)."""

from __future__ import annotations

import numpy as np

from enbloc.errors import RecordError
from enbloc.plan.solids.mesh import Mesh

_HEAD = 80
_TRIANGLE = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("free", "<u2")])
FRAME = "patient LPS, mm"


def stl(mesh: Mesh, name: str) -> bytes:
    """A mesh as binary STL; the head says its name and its frame, and nothing of when.

    STL itself knows neither unit nor frame: a reader that expects RAS has to turn x and y round.

    Examples
    --------
    >>> flat = Mesh(points=np.eye(3, dtype=np.float32), triangles=np.array([[0, 1, 2]]))
    >>> stl(flat, "specimen T8")[:40].rstrip().decode()
    'enbloc: specimen T8; patient LPS, mm'
    """
    head = f"enbloc: {name}"[: _HEAD - len(FRAME) - 2] + f"; {FRAME}"
    rows = np.zeros(len(mesh.triangles), _TRIANGLE)
    corners = mesh.points[mesh.triangles]
    a, b, c = (corners[:, at].astype(np.float64) for at in range(3))
    normals = np.cross(b - a, c - a)
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    rows["normal"] = np.divide(normals, length, out=np.zeros_like(normals), where=length > 0)
    rows["corners"] = corners
    count = np.array([len(rows)], "<u4")
    return head.encode("ascii", "replace").ljust(_HEAD)[:_HEAD] + count.tobytes() + rows.tobytes()


def read_stl(content: bytes, *, where: str = "") -> Mesh:
    """The mesh of a binary STL file: corners in one place are one point. Its frame is not looked at.

    Raises
    ------
    RecordError
        If it is no binary STL, or a corner is not a number.
    """
    count = int(np.frombuffer(content, "<u4", 1, _HEAD)[0]) if len(content) >= _HEAD + 4 else -1
    if len(content) != _HEAD + 4 + count * _TRIANGLE.itemsize:
        raise RecordError("It is no binary STL file.", remedy="Export it as binary STL.", where=where)
    corners = np.frombuffer(content, _TRIANGLE, count, _HEAD + 4)["corners"].reshape(-1, 3)
    if not np.isfinite(corners).all():
        raise RecordError("A corner of it is not a number.", remedy="Export it again.", where=where)
    points, triangles = np.unique(corners, axis=0, return_inverse=True)
    return Mesh(points=points, triangles=triangles.reshape(-1, 3).astype(np.int64))
