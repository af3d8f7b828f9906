"""Every row of every family: each module holds ``ROWS``, and may hold ``NEVER_OPEN``,
``NEVER_SURE`` and ``ALWAYS`` with reasons.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from tests.decide.rows.row import Row

MODULES: tuple[ModuleType, ...] = tuple(
    import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__) if each.name != "row"
)
ROWS: tuple[Row, ...] = tuple(row for module in MODULES for row in module.ROWS)


def reasons(name: str) -> dict[str, str]:
    """Rules that are exempt from having such a row, each with its reason."""
    return {rule: reason for module in MODULES for rule, reason in getattr(module, name, {}).items()}
