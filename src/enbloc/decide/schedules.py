"""The schedules of radiotherapy that sources print, as data: total dose and number of fractions."""

from __future__ import annotations

from enbloc.decide.organ_table import in_fractions
from enbloc.evidence import Checked
from enbloc.value import value


@value
class Schedule:
    """A total dose, or a range of it, in a number of fractions. Doses are Gy in all fractions together."""

    low_gy: float
    high_gy: float
    fractions: int
    checked: Checked
    note: str = ""

    @staticmethod
    def of(gy: float, fractions: int, checked: Checked = Checked.READ) -> Schedule:
        """A single dose."""
        return Schedule(low_gy=gy, high_gy=gy, fractions=fractions, checked=checked)

    @property
    def words(self) -> str:
        """``24 to 30 Gy in 3 fractions``, and whether it still has to be compared with its source."""
        dose = f"{self.low_gy:g}" if self.low_gy == self.high_gy else f"{self.low_gy:g} to {self.high_gy:g}"
        remarks = [self.note] if self.note else []
        remarks += ["not yet source-checked"] if self.checked.is_draft else []
        return f"{dose} Gy in {in_fractions(self.fractions)}" + (f" ({', '.join(remarks)})" if remarks else "")


def _range(low: float, high: float, fractions: int, checked: Checked, note: str = "") -> Schedule:
    return Schedule(low_gy=low, high_gy=high, fractions=fractions, checked=checked, note=note)


CONVENTIONAL: tuple[Schedule, ...] = (Schedule.of(8, 1), Schedule.of(20, 5), Schedule.of(24, 6), Schedule.of(30, 10))
"""RT-04."""

AGAIN: tuple[Schedule, ...] = (Schedule.of(8, 1), Schedule.of(20, 5), Schedule.of(24, 6), Schedule.of(20, 8))
"""RT-05."""

STEREOTACTIC: tuple[Schedule, ...] = (
    _range(16, 24, 1, Checked.FROM_MEMORY, "24 for a resistant tumour, limited by the cord; 24 was read"),
    _range(24, 28, 2, Checked.FROM_MEMORY, "24 was read"),
    _range(24, 30, 3, Checked.READ),
    _range(30, 40, 5, Checked.FROM_MEMORY),
)
"""RT-06. Of a range only the end that its note names was read in the source."""

STEREOTACTIC_AFTER_OPERATION: tuple[Schedule, ...] = (
    _range(24, 30, 3, Checked.READ),
    Schedule.of(24, 1),
    Schedule.of(24, 2),
)
"""RT-06 after an operation."""
