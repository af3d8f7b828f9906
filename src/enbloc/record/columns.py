"""Columns, keys and references as every table has them, and the list of all tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, MetaData, Text
from sqlalchemy import text as sql
from sqlalchemy.types import TypeEngine

NAMES = {"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(referred_table_name)s"}
TABLES = MetaData(naming_convention=NAMES)


def words() -> TypeEngine[str]:
    """A text, ordered by its bytes."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def key(name: str, kind: TypeEngine[Any] | None = None) -> Column[Any]:
    """A part of a key."""
    return Column(name, kind or words(), primary_key=True, autoincrement=False)


def text(name: str) -> Column[str]:
    """A text that is there, though it may be empty."""
    return Column(name, words(), nullable=False)


def number(name: str) -> Column[int]:
    """A whole number."""
    return Column(name, BigInteger(), nullable=False)


def some(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of those rows alone that its questions are about."""
    return Index(name, *columns, unique=unique, sqlite_where=sql(where), postgresql_where=sql(where))


def to(table: str, *names: str, as_: tuple[str, ...] = ()) -> ForeignKeyConstraint:
    """A reference."""
    return ForeignKeyConstraint(names, [f"{table}.{name}" for name in as_ or names])
