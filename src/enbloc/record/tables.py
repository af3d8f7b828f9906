"""The tables. The centre is the first part of every key, so that a nation's record can be split by it.

What is written stays: triggers of the migrations refuse a change or a removal. Only ``chains`` and ``cases`` move, and
only forwards. Moments and days are text of one width, texts are ordered by their bytes: both databases then agree.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Double, ForeignKeyConstraint, Index, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

NAMES = {"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(referred_table_name)s"}
TABLES = MetaData(naming_convention=NAMES)


def _words() -> TypeEngine[str]:
    return Text().with_variant(Text(collation="C"), "postgresql")


def _key(name: str, kind: TypeEngine[Any] | None = None) -> Column[Any]:
    return Column(name, kind or _words(), primary_key=True, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, _words(), nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger(), nullable=False)


def _to(table: str, *names: str, as_: tuple[str, ...] = ()) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(names, [f"{table}.{name}" for name in as_ or names])


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
