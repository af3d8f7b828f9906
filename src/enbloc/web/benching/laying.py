"""The folder of a bench: the case at its newest version with copies of its files, and what it is opened with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enbloc.errors import OutputError
from enbloc.exchange.document import to_json
from enbloc.web.benching.keeping import cuts_of
from enbloc.web.running.laying import lay_out
from enbloc.web.working.bench.order import ORDER, BenchOrder
from enbloc.web.working.order import Order

if TYPE_CHECKING:
    from enbloc.record import UnitOfWork

Unit = Callable[[], AbstractContextManager["UnitOfWork"]]


def laid_out(unit: Unit, order: BenchOrder, scratch: Path) -> int:
    """Lay the newest version of a case out; the version. Its files are copied once the unit of work has ended."""
    with ExitStack() as files:
        with unit() as work:
            case = work.read_case(order.case_id)
            cuts = cuts_of(work, order.case_id, case.line.version)
            kept = {
                path: files.enter_context(work.open_file(order.case_id, address))
                for path, address in case.files.items()
            }
        lay_out(scratch, Order(kind="bench", caps=order.caps), case.document, kept, {})
    version = case.line.version
    _write(scratch / ORDER, to_json(replace(order, version=version, cuts=cuts)))
    return version


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        what = f"The folder of the bench could not be written ({fault.strerror})."
        raise OutputError(what, remedy="Make room on the disk of the record.") from None
