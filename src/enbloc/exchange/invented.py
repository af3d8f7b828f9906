"""The invented patients of the demo who have a record and no pictures: one file each, read as any other record."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from enbloc.case.case import Case
from enbloc.errors import RecordError
from enbloc.exchange.case_file import case_from


def _records() -> Traversable:
    # Named by its package and not imported: the phantoms beside it load what a record does not need.
    return files("enbloc").joinpath("phantom", "records")


@cache
def invented() -> tuple[str, ...]:
    """The names of the patients, in alphabetical order."""
    names = (one.name for one in _records().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def invented_case(name: str) -> Case:
    """The record of one invented patient; its origin says that it is no patient's.

    Raises
    ------
    RecordError
        If there is no such patient.

    Examples
    --------
    >>> invented_case("myeloma").origin.value
    'invented'
    """
    if name not in invented():
        raise RecordError(f"There is no demo patient {name!r}.", remedy=f"They are: {', '.join(invented())}.")
    return case_from(_records().joinpath(f"{name}.yaml").read_bytes())
