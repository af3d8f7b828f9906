"""What somebody wished of a job, as it stands beside it in the record."""

from __future__ import annotations

from enbloc.value import value


@value
class Brought:
    """An upload and what is said of it: its role, the scheme of a label map, what it was drawn on, and whose tumour.

    What is not said is found out where it can be. ``name`` is what the person calls it; nothing of it is kept.
    """

    upload: str
    name: str = ""
    role: str | None = None
    scheme: str | None = None
    on: str | None = None
    tumour: str | None = None


@value
class Wishes:
    """What an intake is to take in and why, or which demo patient is to be made."""

    uploads: tuple[Brought, ...] = ()
    because: str = ""
    brought_by: str = ""
    patient: str = ""
