"""What a statement rests on: citations, how far each was compared with its source, and the bibliography as data."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from enum import Enum
from functools import cache
from importlib.resources import files

from enbloc.errors import RecordError
from enbloc.value import value


class Checked(Enum):
    """How far a statement was compared with its source."""

    READ = "V"
    READ_IN_A_COPY = "V2"
    FROM_MEMORY = "U"  # shown as draft, never the only support of anything
    OURS = "project"

    @property
    def is_draft(self) -> bool:
        return self is Checked.FROM_MEMORY


@value
class Citation:
    """A place in the literature, precise enough to open at the right page."""

    key: str
    authors: str
    title: str
    year: int
    where: str
    doi: str = ""

    def __str__(self) -> str:
        return f"{self.authors} {self.title} ({self.year}). {self.where}."


SPECIFIED = "2026-11-20"
"""The day of the specification that the thresholds are from."""


@value
class Threshold:
    """A number that decides something: never a literal in code."""

    name: str
    number: float
    unit: str
    comparator: str
    source: str
    checked: Checked
    since: str

    def holds(self, number: float) -> bool:
        """Whether a number lies on the side that the comparator names.

        Examples
        --------
        >>> project_value("loss", 50, "%", ">=", source="example").holds(50)
        True
        """
        return _SIDES[self.comparator](number, self.number)


_SIDES: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
}


def limit(name: str, number: float, unit: str, comparator: str, source: str, checked: Checked) -> Threshold:
    """A number that decides something, with where it was read and how far it was checked there."""
    return Threshold(
        name=name, number=number, unit=unit, comparator=comparator, source=source, checked=checked, since=SPECIFIED
    )


def project_value(name: str, number: float, unit: str, comparator: str, *, source: str) -> Threshold:
    """A number that no paper states and this project chose: named, and open to a site to tighten."""
    return limit(name, number, unit, comparator, f"project value ({source})", Checked.OURS)


def cite(key: str) -> Citation:
    """The entry of the bibliography with this key.

    Raises
    ------
    RecordError
        If there is none: a rule without a citation cannot be declared.

    Examples
    --------
    >>> cite("laufer2013separation").year
    2013
    """
    try:
        return bibliography()[key]
    except KeyError:
        raise RecordError(f"The bibliography has no entry {key!r}.", remedy="Add it to references.bib.") from None


@cache
def bibliography() -> dict[str, Citation]:
    """Every citation that enbloc knows, by key; read from ``references.bib`` in the package."""
    text = files("enbloc").joinpath("references.bib").read_text(encoding="utf-8")
    return {key: _citation(key, body) for key, body in _ENTRY.findall(text)}


_ENTRY = re.compile(r"^@\w+\{(\w+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^\s*(\w+) = \{(.*)\},?$", re.MULTILINE)


def _citation(key: str, body: str) -> Citation:
    fields = dict(_FIELD.findall(body))
    where = fields.get("journal") or fields.get("howpublished") or fields.get("url") or fields.get("publisher", "")
    volume = fields.get("volume", "")
    pages = fields.get("pages", "").replace("--", "–")
    place = " ".join(word for word in (where, volume) if word)
    return Citation(
        key=key,
        authors=_authors(fields.get("author", "")),
        title=fields.get("title", "").strip("{}"),
        year=int(re.sub(r"\D", "", fields.get("year", "0"))[:4] or 0),
        where=f"{place}:{pages}" if pages else place,
        doi=fields.get("doi", ""),
    )


def _authors(names: str) -> str:
    """The first author's family name, with "et al." for more than one."""
    if names.startswith("{"):  # an institution, braced whole
        return names.strip("{}")
    people = [name.strip(" {}") for name in names.split(" and ")]
    first = people[0].split(",")[0]
    return f"{first} et al." if len(people) > 1 else first
