"""Columns and tables as every step makes them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def text(name: str, *, key: bool = False) -> sa.Column[Any]:
    """A text, ordered by its bytes."""
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False, primary_key=key)


def number(name: str, *, key: bool = False) -> sa.Column[Any]:
    """A whole number."""
    return sa.Column(name, sa.BigInteger(), nullable=False, primary_key=key, autoincrement=False)


def made(
    name: str, keys: tuple[sa.Column[Any], ...], columns: tuple[Any, ...], *to: tuple[str, tuple[str, ...]]
) -> None:
    """Make a table with its keys, its columns and the tables that it leads to."""
    names = [f"fk_{name}_{table}" for table, _ in to]
    links = [
        sa.ForeignKeyConstraint(columns_, [f"{table}.{each}" for each in columns_], name=called)
        for called, (table, columns_) in zip(names, to, strict=True)
    ]
    op.create_table(
        name, *keys, *columns, *links, sa.PrimaryKeyConstraint(*(key.name for key in keys), name=f"pk_{name}")
    )
