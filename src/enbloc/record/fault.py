"""One thing that is wrong with a record."""

from __future__ import annotations

from enbloc.value import value


@value
class Fault:
    """Where in the record, by centre and key, and what is wrong there; no value of a patient is repeated."""

    where: str
    what: str

    @property
    def words(self) -> str:
        """The fault as one line."""
        return f"{self.where}: {self.what}"
