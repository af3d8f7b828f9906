"""How a kernel is compiled: once, kept on disk, without the interpreter's lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit

Given = ParamSpec("Given")
Result = TypeVar("Result")


def compiled(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """The function as machine code; its plain form stays at ``.py_func`` as the oracle of its test.

    The cache does not notice a change in another file's kernel: ``make`` names the cache after all of them.
    """
    machine: Any = njit(cache=True, nogil=True, fastmath=False)(function)
    return cast("Callable[Given, Result]", machine)
