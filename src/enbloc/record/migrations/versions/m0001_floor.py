"""The floor: chains and audit, cases with their versions, findings, overrides, files and results."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from enbloc.record.migrations.guards import append_only, forwards
from enbloc.record.migrations.making import made as _made
from enbloc.record.migrations.making import number as _number
from enbloc.record.migrations.making import text as _text

revision = "0001"
down_revision = None

KEPT = ("audit", "versions", "findings", "overrides", "files", "version_files", "results")


def _of_case(*more: sa.Column[Any]) -> tuple[sa.Column[Any], ...]:
    return (_text("centre", key=True), _text("case_id", key=True), *more)


def upgrade() -> None:
    """Make every table, index and trigger."""
    _cases()
    _rows()
    _files()
    _indexes()
    dialect = op.get_bind().dialect.name
    for table in KEPT:
        for statement in append_only(dialect, table):
            op.execute(statement)
    for table, wrong in (
        ("chains", "NEW.centre <> OLD.centre OR NEW.length <= OLD.length"),
        (
            "cases",
            "NEW.centre <> OLD.centre OR NEW.case_id <> OLD.case_id OR NEW.document_id <> OLD.document_id "
            "OR NEW.version <> OLD.version + 1",
        ),
    ):
        for statement in forwards(dialect, table, wrong=wrong):
            op.execute(statement)


def _cases() -> None:
    _made("chains", (_text("centre", key=True),), (_number("length"), _text("digest")))
    told = ("at", "actor", "purpose", "act", "case_id")
    audit = (*map(_text, told), _number("version"), _text("detail"), _text("digest"))
    _made("audit", (_text("centre", key=True), _number("entry", key=True)), audit, ("chains", ("centre",)))
    case = (_number("version"), *map(_text, ("document_id", "saved_by", "saved_at")))
    _made("cases", _of_case(), case, ("chains", ("centre",)))
    told = ("document", "sha256", "saved_by", "saved_at", "because")
    _made(
        "versions",
        _of_case(_number("version", key=True)),
        (*map(_text, told), _number("entry")),
        ("cases", ("centre", "case_id")),
        ("audit", ("centre", "entry")),
    )


_VERSION = ("versions", ("centre", "case_id", "version"))
_FILE = ("files", ("centre", "case_id", "sha256"))


def _rows() -> None:
    keys = (_number("version", key=True), _number("position", key=True))
    found = (*map(_text, ("fact", "about", "value")), sa.Column("number", sa.Double(), nullable=True))
    _made("findings", _of_case(*keys), (*found, *map(_text, ("entered_by", "entered_on", "because"))), _VERSION)
    keys = (_number("version", key=True), _number("position", key=True))
    told = ("stop", "about", "act", "overridden_by", "overridden_on", "because")
    _made("overrides", _of_case(*keys), tuple(map(_text, told)), _VERSION)


def _files() -> None:
    kept = (_number("size"), _number("entry"))
    _made("files", _of_case(_text("sha256", key=True)), kept, ("audit", ("centre", "entry")))
    named = (_number("version", key=True), _text("path", key=True))
    _made("version_files", _of_case(*named), (_text("sha256"),), _VERSION, _FILE)
    keys = (_number("version", key=True), _number("number", key=True))
    told = ("kind", "sha256", "computed_by", "computed_at")
    audit = ("audit", ("centre", "entry"))
    _made("results", _of_case(*keys), (*map(_text, told), _number("entry")), _VERSION, _FILE, audit)


def _indexes() -> None:
    op.create_index("ix_audit_case", "audit", ["centre", "case_id", "entry"])
    op.create_index("ix_audit_actor", "audit", ["centre", "actor", "entry"])
    op.create_index("ix_audit_act", "audit", ["centre", "act", "entry"])
    op.create_index("ix_cases_saved", "cases", ["centre", "saved_at", "case_id"])
    op.create_index("ix_findings_fact", "findings", ["centre", "fact", "case_id", "version"])
    op.create_index("ix_overrides_stop", "overrides", ["centre", "stop", "case_id", "version"])
