"""Lines of the log."""

from __future__ import annotations

import logging
import re

from enbloc.web.logs import Lines


def test_a_line_of_the_log_is_in_utc_and_on_one_line() -> None:
    record = logging.LogRecord("enbloc.web", logging.INFO, __file__, 1, "a\nERROR forged", (), None)
    record.created = 0
    line = Lines().format(record)
    assert line.startswith("1970-01-01T00:00:00Z INFO enbloc.web a")
    assert not re.search(r"^ERROR", line, re.MULTILINE)
