"""The log: lines in UTC on standard error, without a patient, a person, a path or a token."""

from __future__ import annotations

import logging
import time
import traceback
from types import TracebackType
from typing import TextIO


class Lines(logging.Formatter):
    """A line for each event, and of a fault where it happened: its own words may hold what somebody wrote."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, _: str | None = None) -> str:  # noqa: N802  # as below
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler wrote of the fault is not ours to repeat
        return super().format(record).replace("\n", "\n  ")

    def formatException(  # noqa: N802  # the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _, trace = ei
        steps = [
            f"{step.filename.rpartition('/')[2]}:{step.lineno} {step.name}" for step in traceback.extract_tb(trace)
        ]
        return f"fault={kind.__name__ if kind else 'none'} at " + " < ".join(reversed(steps))


def tell_log(stream: TextIO) -> None:
    """Send every library's lines there; of those that tell too much, only what is wrong."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    logging.getLogger("enbloc").setLevel(logging.INFO)
    logging.captureWarnings(True)
