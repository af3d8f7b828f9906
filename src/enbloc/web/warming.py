"""What the first who saves a case would wait for: much of the program is read when it is first used."""

from __future__ import annotations

from datetime import date


def warm() -> None:
    """Read a case and put it into a line, beside whatever the server does meanwhile."""
    from enbloc.case.case import Case
    from enbloc.case.patient import Patient
    from enbloc.exchange.document import from_json, to_json
    from enbloc.present.worklist import in_a_line_of_case
    from enbloc.web.nouns import SaveWish

    nobody = Case(id="nobody", as_of=date(2000, 1, 1), patient=Patient())
    wish = from_json(SaveWish, to_json(SaveWish(document=nobody, because="the server begins")))
    in_a_line_of_case(wish.document)
