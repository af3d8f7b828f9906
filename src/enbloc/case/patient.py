"""The patient, as far as a plan needs to know; never a name or a hospital number."""

from __future__ import annotations

from datetime import date
from enum import Enum

from enbloc.errors import RecordError
from enbloc.value import value


class Sex(Enum):
    """Sex as recorded at birth, for figures that depend on it."""

    FEMALE = "female"
    MALE = "male"


@value
class Patient:
    """Who the patient is; everything left out is unknown."""

    birth_year: int | None = None
    sex: Sex | None = None

    def __post_init__(self) -> None:
        if self.birth_year is not None and not 1890 <= self.birth_year <= 2200:
            raise RecordError(
                f"A birth year of {self.birth_year} is not possible.",
                remedy="Write the four digits of the year.",
            )

    def age(self, as_of: date) -> int | None:
        """Age in years reached in the year of ``as_of``; unknown without a birth year."""
        return None if self.birth_year is None else as_of.year - self.birth_year
