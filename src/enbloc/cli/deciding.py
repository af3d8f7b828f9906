"""The command about rules: what every rule of the pathway says of a case, and one of them explained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from enbloc.cli.options import AsJson, AsOf
from enbloc.cli.record import dated
from enbloc.cli.telling import speaks_utf8, steps, tell, written


def decide(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")],
    explain: Annotated[
        str | None, typer.Option(metavar="RULE", help="Explain one rule: its sources and every fact that it read.")
    ] = None,
    calendar: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the timeline as a calendar (iCalendar, .ics).")
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Apply every rule of the pathway to a case: what speaks, what stops each act, what cannot be judged yet.

    A stop that cannot be judged is open. Nothing is ordered and nothing is executed.
    """
    from enbloc.decide.families import rule_named
    from enbloc.exchange.document import to_json
    from enbloc.exchange.folder import read_case
    from enbloc.exchange.images import read_images
    from enbloc.workup import decide_case

    if calendar is not None:
        from enbloc.exchange.calendar import calendar_of, fit_calendar, write_calendar

        fit_calendar(calendar, beside=case)
    rule = rule_named(explain) if explain is not None else None
    record = dated(read_case(case), as_of)
    with steps(as_json) as said:
        said("reading the images")
        images = read_images(case, record, needs_tumour=False)
        found = decide_case(record, images, explain=rule, said=said)
        if calendar is not None:
            write_calendar(calendar_of(record, found.decision.timeline), calendar)
        said("")
    if as_json:
        return written(to_json(found, ascii_only=not speaks_utf8()))
    from enbloc.present.deciding import explained, told

    return tell(False, {}, *(told(found) if rule is None else explained(rule, found.explained)))
