"""The audit of a centre: each entry holds a digest of itself and of the one before it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select, update

from enbloc.record.database import inserted
from enbloc.record.tables import AUDIT, CHAINS
from enbloc.value import value

START = "0" * 64
"""What stands before the first entry."""

_HASHED = ("centre", "entry", "at", "actor", "purpose", "act", "case_id", "version", "detail")


@value
class Link:
    """Who does what, for which purpose, when."""

    centre: str
    actor: str
    purpose: str
    at: str


@value
class Entry:
    """What is told of one deed: ``case_id`` and ``version`` have columns of their own, the rest is its detail."""

    link: Link
    act: str
    told: Mapping[str, Any]


def digest_of(row: Mapping[str, Any], before: str) -> str:
    """The digest of an entry after the one with the digest ``before``."""
    told = json.dumps([before, *(row[name] for name in _HASHED)], ensure_ascii=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()


class Chain:
    """The end of a centre's chain, held so that nobody else can add to it until the transaction ends."""

    def __init__(self, connection: Connection, link: Link) -> None:
        self._connection, self._link = connection, link
        self.length, self.digest = self._head()
        self._was = self.length

    def _head(self) -> tuple[int, str]:
        mine = CHAINS.c.centre == self._link.centre
        held = select(CHAINS.c.length, CHAINS.c.digest).where(mine).with_for_update()
        if (head := self._connection.execute(held).first()) is None:
            first = {"centre": self._link.centre, "length": 0, "digest": START}
            self._connection.execute(inserted(self._connection, CHAINS).values(first).on_conflict_do_nothing())
            head = self._connection.execute(held).one()
        return int(head.length), str(head.digest)

    def add(self, act: str, **told: Any) -> int:
        """Write one entry; its number comes back."""
        self.add_all([Entry(link=self._link, act=act, told=told)])
        return self.length

    def add_all(self, entries: Sequence[Entry]) -> None:
        """Write entries, which may be about what several people did at once."""
        rows = [self._linked(entry) for entry in entries]
        if rows:
            self._connection.execute(insert(AUDIT), rows)

    def _linked(self, entry: Entry) -> dict[str, Any]:
        link, detail = entry.link, dict(entry.told)
        row = {
            "centre": link.centre,
            "entry": self.length + 1,
            "at": link.at,
            "actor": link.actor,
            "purpose": link.purpose,
            "act": entry.act,
            "case_id": detail.pop("case_id", ""),
            "version": detail.pop("version", 0),
            "detail": json.dumps(detail, sort_keys=True, separators=(",", ":")),
        }
        row["digest"] = digest_of(row, self.digest)
        self.length, self.digest = self.length + 1, str(row["digest"])
        return row

    def close(self) -> None:
        """Write where the chain ends now; the last thing before the transaction is committed."""
        if self.length > self._was:
            mine = CHAINS.c.centre == self._link.centre
            self._connection.execute(update(CHAINS).where(mine).values(length=self.length, digest=self.digest))
            self._was = self.length
