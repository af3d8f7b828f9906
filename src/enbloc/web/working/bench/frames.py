"""Frames over the pipes between the server and a bench: four bytes of length, a JSON head, and bytes as they are."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

from enbloc.errors import BackendError
from enbloc.value import value

LARGEST_HEAD = 64 * 2**20
LARGEST_PAYLOAD = 2**31
_LENGTHS = struct.Struct("<IQ")


@value
class Frame:
    """A head of plain values, and the bytes after it."""

    head: Mapping[str, Any]
    payload: bytes = b""


def written(frame: Frame) -> bytes:
    """The frame as it goes over the pipe, without its payload.

    Examples
    --------
    >>> written(Frame(head={"do": "labels"}))[12:]
    b'{"do": "labels"}'
    """
    head = json.dumps(frame.head, ensure_ascii=True, allow_nan=False).encode()
    return _LENGTHS.pack(len(head), len(frame.payload)) + head


def send(stream: BinaryIO, frame: Frame) -> None:
    """Write a frame."""
    for part in (written(frame), frame.payload):
        left = memoryview(part)
        while left:
            left = left[stream.write(left) :]
    stream.flush()


def receive(stream: BinaryIO) -> Frame | None:
    """The next frame; nothing where the other side has ended.

    Raises
    ------
    BackendError
        If what comes is no frame.
    """
    start = _exactly(stream, _LENGTHS.size)
    if start is None:
        return None
    head_size, payload_size = _LENGTHS.unpack(start)
    if head_size > LARGEST_HEAD or payload_size > LARGEST_PAYLOAD:
        raise _broken()
    head, payload = _exactly(stream, head_size), _exactly(stream, payload_size)
    if head is None or payload is None:
        return None
    try:
        told = json.loads(head)
    except (ValueError, RecursionError):
        raise _broken() from None
    if not isinstance(told, dict):
        raise _broken()
    return Frame(head=told, payload=payload)


def _exactly(stream: BinaryIO, size: int) -> bytes | None:
    room = bytearray(size)
    left = memoryview(room)
    while left:
        count = stream.readinto(left)  # type: ignore[attr-defined]  # every stream of a pipe has it
        if not count:
            return None
        left = left[count:]
    return bytes(room)


def _broken() -> BackendError:
    return BackendError("The bench says what it cannot mean.", remedy="Open it again.")
