"""The tables. The centre is the first part of every key, so that a nation's record can be split by it.

What is written stays: triggers of the migrations refuse a change or a removal. ``chains`` and ``cases`` move, and only
forwards; people, teams, jobs, meetings, tasks and the worklist move freely, for the audit remembers. What stands at the
door is looked up before anyone is known, so it has no centre in its key. Moments and days are text of one width, texts
are ordered by their bytes: both databases then agree.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Table

from enbloc.record.board_tables import (
    AGENDA,
    ASKED,
    DECISIONS,
    DISAGREEMENTS,
    MEETINGS,
    RATIFICATIONS,
    REVEALS,
    SECOND_LOOKS,
    TASKS,
)
from enbloc.record.columns import TABLES as TABLES
from enbloc.record.columns import key as _key
from enbloc.record.columns import number as _number
from enbloc.record.columns import some as _some
from enbloc.record.columns import text as _text
from enbloc.record.columns import to as _to

CHAINS = Table("chains", TABLES, _key("centre"), _number("length"), _text("digest"))

AUDIT = Table(
    "audit",
    TABLES,
    _key("centre"),
    _key("entry", BigInteger()),
    _text("at"),
    _text("actor"),
    _text("purpose"),
    _text("act"),
    _text("case_id"),
    _number("version"),
    _text("detail"),
    _text("digest"),
    _to("chains", "centre"),
    Index("ix_audit_case", "centre", "case_id", "entry"),
    Index("ix_audit_actor", "centre", "actor", "entry"),
    Index("ix_audit_act", "centre", "act", "entry"),
)

CASES = Table(
    "cases",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _number("version"),
    _text("document_id"),
    _text("saved_by"),
    _text("saved_at"),
    _to("chains", "centre"),
    Index("ix_cases_saved", "centre", "saved_at", "case_id"),
)

VERSIONS = Table(
    "versions",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("version", BigInteger()),
    _text("document"),
    _text("sha256"),
    _text("saved_by"),
    _text("saved_at"),
    _text("because"),
    _number("entry"),
    _to("cases", "centre", "case_id"),
    _to("audit", "centre", "entry"),
)

FINDINGS = Table(
    "findings",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("version", BigInteger()),
    _key("position", BigInteger()),
    _text("fact"),
    _text("about"),
    _text("value"),
    Column("number", Double()),
    _text("entered_by"),
    _text("entered_on"),
    _text("because"),
    _to("versions", "centre", "case_id", "version"),
    Index("ix_findings_fact", "centre", "fact", "case_id", "version"),
)

OVERRIDES = Table(
    "overrides",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("version", BigInteger()),
    _key("position", BigInteger()),
    _text("stop"),
    _text("about"),
    _text("act"),
    _text("overridden_by"),
    _text("overridden_on"),
    _text("because"),
    _to("versions", "centre", "case_id", "version"),
    Index("ix_overrides_stop", "centre", "stop", "case_id", "version"),
)

FILES = Table(
    "files",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("sha256"),
    _number("size"),
    _number("entry"),
    _to("audit", "centre", "entry"),
)

VERSION_FILES = Table(
    "version_files",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("version", BigInteger()),
    _key("path"),
    _text("sha256"),
    _to("versions", "centre", "case_id", "version"),
    _to("files", "centre", "case_id", "sha256"),
)

RESULTS = Table(
    "results",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("version", BigInteger()),
    _key("number", BigInteger()),
    _text("kind"),
    _text("sha256"),
    _text("computed_by"),
    _text("computed_at"),
    _number("entry"),
    _to("versions", "centre", "case_id", "version"),
    _to("files", "centre", "case_id", "sha256"),
    _to("audit", "centre", "entry"),
)

# --- people, and what stands at the door ------------------------------------------------------------------------------

PEOPLE = Table(
    "people",
    TABLES,
    _key("centre"),
    _key("person"),
    _text("name"),
    _text("roles"),
    _number("is_disabled"),
    _text("password_hash"),
    _text("totp_secret"),
    _text("made_at"),
    _text("seen_at"),
    _number("entry"),
    _to("chains", "centre"),
    _to("audit", "centre", "entry"),
    Index("ux_people_person", "person", unique=True),
)

TRIES = Table(
    "tries", TABLES, _key("person"), _number("failures"), _text("failed_at"), _text("locked_until"), _number("step")
)

SESSIONS = Table(
    "sessions",
    TABLES,
    _key("token_hash"),
    _text("centre"),
    _text("person"),
    _text("opened_at"),
    _text("seen_at"),
    _text("ends"),
    _to("people", "centre", "person"),
    Index("ix_sessions_person", "centre", "person"),
    Index("ix_sessions_ends", "ends"),
)

INVITATIONS = Table(
    "invitations",
    TABLES,
    _key("token_hash"),
    _text("centre"),
    _text("person"),
    _text("until"),
    _to("people", "centre", "person"),
    Index("ix_invitations_person", "centre", "person"),
)

FIRST_LINKS = Table("first_links", TABLES, _key("token_hash"), _text("until"))

# --- work to be done, and the worklist --------------------------------------------------------------------------------

JOBS = Table(
    "jobs",
    TABLES,
    _key("centre"),
    _key("job_id"),
    _text("kind"),
    _text("case_id"),
    _number("version"),
    _text("state"),
    _text("step"),
    _number("done"),
    _number("total"),
    _text("wishes"),
    _text("fault"),
    _text("result"),
    _text("asked_by"),
    _text("asked_at"),
    _text("ended_at"),
    _text("asked_key"),
    _text("worker"),
    _text("lease_ends"),
    _number("attempts"),
    _to("cases", "centre", "case_id"),
    Index("ix_jobs_case", "centre", "case_id", "asked_at", "job_id"),
    _some("ix_jobs_open", "asked_at", "centre", "job_id", where="state IN ('waiting', 'running')"),
    _some("ux_jobs_key", "centre", "asked_key", where="asked_key <> ''", unique=True),
)

TEAMS = Table(
    "teams",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("person"),
    _to("cases", "centre", "case_id"),
    _to("people", "centre", "person"),
    Index("ix_teams_person", "centre", "person", "case_id"),
)

WORKLIST = Table(
    "worklist",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _number("version"),
    _number("worked_up"),
    _text("as_of"),
    _text("identity"),
    _text("headline"),
    _text("levels"),
    _text("histology"),
    _text("degree"),
    _text("what"),
    _text("due"),
    _text("due_what"),
    _number("missing"),
    _text("ask"),
    _text("follow_up"),
    _text("readiness"),
    _text("origin"),
    _text("state"),
    _text("board"),
    _text("spot"),
    _to("cases", "centre", "case_id"),
    Index("ix_worklist_spot", "centre", "spot"),
    _some("ix_worklist_missing", "centre", "spot", where="missing > 0"),
    _some("ix_worklist_board", "centre", "board", "spot", where="board <> ''"),
    _some("ix_worklist_due", "centre", "due", "spot", where="due <> ''"),
)

WORDS = Table(
    "words",
    TABLES,
    _key("centre"),
    _key("case_id"),
    _key("word"),
    _text("spot"),
    _to("worklist", "centre", "case_id"),
    Index("ix_words_word", "centre", "word", "spot", "case_id"),
)

TALLIES = Table(
    "tallies",
    TABLES,
    _key("centre"),
    _key("who"),
    _key("view"),
    _key("day"),
    _number("lines"),
    _to("chains", "centre"),
)

OF_THE_BOARD = (
    MEETINGS, AGENDA, ASKED, DECISIONS, DISAGREEMENTS, RATIFICATIONS, SECOND_LOOKS, REVEALS, TASKS,
)  # fmt: skip
AT_THE_DOOR = (TRIES, SESSIONS, INVITATIONS, FIRST_LINKS)
"""Looked up before anyone is known; it holds no patient."""
OF_THE_HOUR = (*AT_THE_DOOR, JOBS)
"""What no backup keeps: a copy lets nobody in, and begins no work."""
