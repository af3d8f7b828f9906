"""What a rule about tissue or a primary tumour says when one thing that it read is taken away."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.decide.decision import Holds
from tests.decide.rows import primaries, tissue
from tests.decide.rows.row import OPEN, Row
from tests.decide.situations import named, said, seen

ROWS: list[Row] = [row for row in (*tissue.ROWS, *primaries.ROWS) if row[4] is not OPEN]
NAME = {f.HISTOLOGY, f.KIND}  # without a name there is another tumour, and other rules
RECORDED = {
    ("STG-03", f.WBB_SECTORS.id): "asks for the sectors to be recorded",
    ("STOP-02", f.BOARD_REASON.id): "a reason that nobody recorded is no reason: the stop stays",
    ("PRIM-41", f.ENNEKING_REPORTED.id): "a stage that is not known contradicts no name; the principle asks for it",
}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_knowing_less_never_turns_a_yes_into_a_no_or_back(row: Row) -> None:
    id, _, known, more, verdict = row
    about = seen(known, **more)
    about.findings.taken()
    named(id)(about)
    read = {fact for fact, _ in about.findings.taken()}
    for taken in [one for one in known if one.id in read and one not in NAME and known[one] is not None]:
        less: dict[Any, Any] = {one: value for one, value in known.items() if one is not taken}
        statement = said(id, seen(less, **more))
        now: Holds | None = statement.holds if statement else None
        assert now in (verdict, OPEN) or (id, taken.id) in RECORDED, taken.words
