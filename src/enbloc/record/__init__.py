"""Where cases are kept: versioned, audited, and never half-written. ``open_record`` is the way in.

Names are resolved on first use: SQLAlchemy and Alembic come with ``pip install 'enbloc[record]'``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from enbloc.errors import BackendError

if TYPE_CHECKING:
    from enbloc.record.board_values import (
        AskedLine,
        DecisionLine,
        DisagreementLine,
        LooksLine,
        MeetingLine,
        MovedOn,
        TaskLine,
    )
    from enbloc.record.copying import Deed, back_up, restore
    from enbloc.record.difference import Change, changes
    from enbloc.record.doors import Credentials, Doors, Invitation, Session
    from enbloc.record.fault import Fault
    from enbloc.record.jobs import Claimed, JobLine, Jobs
    from enbloc.record.migrating import migrate
    from enbloc.record.people import PersonLine, SessionLine
    from enbloc.record.reach import Reach
    from enbloc.record.reading import UnitOfWork
    from enbloc.record.store import Record, open_record
    from enbloc.record.values import (
        AuditLine,
        CaseLine,
        CaseVersion,
        EnteredLine,
        OverriddenLine,
        Overtaken,
        Saved,
        Since,
        StoredFile,
        StoredResult,
        VersionLine,
    )
    from enbloc.record.verifying import Verified, verify
    from enbloc.record.worklist import WorklistLine, WorklistPage

_HOMES = {
    "board_values": (
        "AskedLine",
        "DecisionLine",
        "DisagreementLine",
        "LooksLine",
        "MeetingLine",
        "MovedOn",
        "TaskLine",
    ),
    "doors": (
        "Credentials",
        "Doors",
        "Invitation",
        "Session",
    ),
    "jobs": (
        "Claimed",
        "JobLine",
        "Jobs",
    ),
    "people": (
        "PersonLine",
        "SessionLine",
    ),
    "reach": ("Reach",),
    "worklist": (
        "WorklistLine",
        "WorklistPage",
    ),
    "copying": ("Deed", "back_up", "restore"),
    "difference": ("Change", "changes"),
    "fault": ("Fault",),
    "migrating": ("migrate",),
    "reading": ("UnitOfWork",),
    "store": ("Record", "open_record"),
    "values": (
        "AuditLine",
        "CaseLine",
        "CaseVersion",
        "EnteredLine",
        "OverriddenLine",
        "Overtaken",
        "Saved",
        "Since",
        "StoredFile",
        "StoredResult",
        "VersionLine",
    ),
    "verifying": ("Verified", "verify"),
}

__all__ = [
    "AskedLine",
    "AuditLine",
    "CaseLine",
    "CaseVersion",
    "Change",
    "Claimed",
    "Credentials",
    "DecisionLine",
    "Deed",
    "DisagreementLine",
    "Doors",
    "EnteredLine",
    "Fault",
    "Invitation",
    "JobLine",
    "Jobs",
    "LooksLine",
    "MeetingLine",
    "MovedOn",
    "OverriddenLine",
    "Overtaken",
    "PersonLine",
    "Reach",
    "Record",
    "Saved",
    "Session",
    "SessionLine",
    "Since",
    "StoredFile",
    "StoredResult",
    "TaskLine",
    "UnitOfWork",
    "Verified",
    "VersionLine",
    "WorklistLine",
    "WorklistPage",
    "back_up",
    "changes",
    "migrate",
    "open_record",
    "restore",
    "verify",
]


def __getattr__(name: str) -> Any:
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{home}"), name)
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.partition(".")[0] in ("sqlalchemy", "alembic"):
            raise BackendError(
                "What keeps the record is not installed.", remedy="pip install 'enbloc[record]'."
            ) from None
        raise
