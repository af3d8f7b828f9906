"""One lesion of the spine."""

from __future__ import annotations

import re
from enum import Enum

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.value import value


class LesionKind(Enum):
    """Where a tumour comes from, as far as is known."""

    METASTASIS = "metastasis"
    PRIMARY = "primary"
    HAEMATOLOGICAL = "haematological"


@value
class Lesion:
    """A lesion: its id in this case, the levels it was reported at, and what is known of its nature.

    ``histology`` is the word of the record (``renal cell carcinoma``); ``proven`` says whether tissue of this
    lesion or of the same disease was examined; ``solitary`` whether it is the only lesion. Left out = unknown.
    """

    id: str
    levels: tuple[Level, ...] = ()
    histology: str | None = None
    proven: bool | None = None
    kind: LesionKind | None = None
    solitary: bool | None = None

    def __post_init__(self) -> None:
        # No digits, and not O: an id must never be taken for a level.
        if not re.fullmatch(r"[A-NP-Z]|[A-Z]{2}", self.id):
            raise RecordError(
                f"A lesion's id is one or two capital letters, not O; got {self.id!r}.",
                remedy="Call the lesions A, B, C …",
            )
