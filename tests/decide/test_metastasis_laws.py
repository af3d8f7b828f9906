"""Laws of the rules about metastases: what is hidden never makes an answer another one, and is asked for."""

from __future__ import annotations

import pytest

from enbloc.case import fact as f
from enbloc.decide.decision import Holds
from tests.decide.rows.of_metastasis import ROWS
from tests.decide.rows.row import Row
from tests.decide.situations import said, seen

OF_THE_RECORD = {"NOMS-16", "NOMS-17", "STOP-08", "DEC-10"}
"""They speak because something is not recorded: that it is hidden makes them speak."""
OF_THE_BRANCH = {f.KIND.id, f.HISTOLOGY.id}
"""Without a kind there is no branch, without a name a metastasis stands in the resistant row (NOMS-15)."""
STATED_AGAINST_THE_ACT = {
    ("STOP-22", f.LAMINECTOMY_ALONE.id),  # separation surgery stabilises unless somebody says that it does not
    ("STOP-25", f.RT_FRACTIONS.id),  # what a person says of a dose plan stands until the doses disprove it
    ("STOP-25", f.CORD_DMAX.id),
}
JUDGED = [row for row in ROWS if row[0] not in OF_THE_RECORD]


@pytest.mark.parametrize("row", JUDGED, ids=[f"{row[0]}: {row[1]}" for row in JUDGED])
def test_what_is_hidden_leaves_the_answer_or_opens_it(row: Row) -> None:
    id, _, known, more, verdict = row
    for hidden in known:
        if known[hidden] is None or hidden.id in OF_THE_BRANCH or (id, hidden.id) in STATED_AGAINST_THE_ACT:
            continue
        statement = said(id, seen(known | {hidden: None}, **more))
        then = statement.holds if statement else None
        assert then in {verdict, Holds.UNKNOWN}, hidden.id
        if statement is not None and then is Holds.UNKNOWN and verdict is not Holds.UNKNOWN:
            assert statement.ask, "what is open says what to ask"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_what_a_rule_did_not_read_cannot_change_it(row: Row) -> None:
    id, _, known, more, verdict = row
    about = seen(known, **more)
    about.findings.taken()
    statement = said(id, about)
    read = set(statement.read) if statement else None
    for hidden in known:
        place = f"{hidden.id} about {'patient' if hidden.about is f.Subject.PATIENT else 'A'}"
        # The scores are made before a rule is asked, and the histology is looked up with the situation.
        if read is None or place in read or hidden.id.startswith(("sins.", "escc.", "lesion.")):
            continue
        again = said(id, seen(known | {hidden: None}, **more))
        assert (again.holds if again else None) is verdict, hidden.id
