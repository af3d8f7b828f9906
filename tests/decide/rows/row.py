"""A row of the table of rules: one case, and what one rule says of it."""

from __future__ import annotations

from typing import Any

from enbloc.decide.decision import Holds

YES, NO, OPEN = Holds.YES, None, Holds.UNKNOWN

Row = tuple[str, str, dict[Any, Any], dict[str, Any], Holds | None]
"""The rule, what is special, what is known of the lesion, how it is `seen` (act, level, plan …), and the verdict."""
