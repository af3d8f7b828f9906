"""At the door: what is looked up before anyone is known. No patient stands behind it yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from enbloc.record.chain import Link
from enbloc.record.database import inserted
from enbloc.record.floor import Floor, Ground
from enbloc.record.tables import FIRST_LINKS, INVITATIONS, PEOPLE, SESSIONS, TRIES
from enbloc.record.together import Together
from enbloc.record.words import key, moment, moment_if, stamp
from enbloc.value import value

SEEN_EVERY = timedelta(minutes=1)
"""That a session was used is not written more often."""
STRANGER = ""
"""Tries under names that nobody has are counted together: what a stranger types is not kept."""


@value
class Credentials:
    """What proves who a person is, and how often it was tried in vain since the last time it was right."""

    centre: str
    person: str
    name: str
    roles: tuple[str, ...]
    is_disabled: bool
    password_hash: str
    totp_secret: str
    failures: int
    locked_until: datetime | None


@value
class Invitation:
    """A person may set their secrets until then."""

    centre: str
    person: str
    name: str
    until: datetime


@value
class Session:
    """Somebody who is signed in."""

    centre: str
    person: str
    name: str
    roles: tuple[str, ...]
    opened_at: datetime
    seen_at: datetime
    ends: datetime


@dataclass(eq=False, kw_only=True)
class _Shown:
    """A token that somebody shows, and the session that is looked up for it."""

    token_hash: str
    now: datetime
    found: Future[Session | None] = field(default_factory=Future)


class _Doorway(Floor):
    """What a centre's audit tells of the door, in the same transaction."""

    def enter(self, token_hash: str, ends: str) -> None:
        at = self._link.at
        self._wrote("sign in", person=self._link.actor)
        self._write(delete(SESSIONS).where(SESSIONS.c.ends <= at))
        row = {"token_hash": token_hash, "centre": self._centre, "person": self._link.actor}
        self._write(insert(SESSIONS), [{**row, "opened_at": at, "seen_at": at, "ends": ends}])
        mine = (PEOPLE.c.centre == self._centre, PEOPLE.c.person == self._link.actor)
        self._write(update(PEOPLE).where(*mine).values(seen_at=at))

    def leave(self, token_hash: str) -> None:
        self._wrote("sign out", person=self._link.actor)
        self._write(delete(SESSIONS).where(SESSIONS.c.token_hash == token_hash))

    def turned_away(self, *, is_locked: bool) -> None:
        self._wrote("failed sign in", person=self._link.actor, is_locked=is_locked)


class Doors:
    """Who may come in. Hashes of tokens are kept, never the tokens."""

    def __init__(self, ground: Ground) -> None:
        self._ground, self._threads = ground, ThreadPoolExecutor(1, "doors")
        self._shown = Together(self._look_up, self._threads)

    def has_anyone(self) -> bool:
        """Whether anyone could sign in: has a password and a second factor."""
        ready = (PEOPLE.c.password_hash != "", PEOPLE.c.totp_secret != "")
        return self._found(select(PEOPLE.c.person).where(*ready).limit(1)) is not None

    def credentials(self, person: str) -> Credentials | None:
        """What proves who the person is; nothing if nobody has that sign-in name."""
        asked = select(PEOPLE, TRIES.c.failures, TRIES.c.locked_until)
        both = PEOPLE.outerjoin(TRIES, TRIES.c.person == PEOPLE.c.person)
        found = self._found(asked.select_from(both).where(PEOPLE.c.person == _known(person)))
        if found is None:
            return None
        return Credentials(
            centre=found.centre,
            person=found.person,
            name=found.name,
            roles=tuple(found.roles.split()),
            is_disabled=bool(found.is_disabled),
            password_hash=found.password_hash,
            totp_secret=found.totp_secret,
            failures=int(found.failures or 0),
            locked_until=moment_if(found.locked_until or ""),
        )

    def invitation(self, token_hash: str, now: datetime) -> Invitation | None:
        """The invitation with this token, unless it is used, replaced or too old, or the person is disabled."""
        open_ = (INVITATIONS.c.token_hash == token_hash, INVITATIONS.c.until > stamp(now), PEOPLE.c.is_disabled == 0)
        found = self._found(select(INVITATIONS, PEOPLE.c.name).join(PEOPLE).where(*open_))
        if found is None:
            return None
        return Invitation(centre=found.centre, person=found.person, name=found.name, until=moment(found.until))

    # --- the first administrator --------------------------------------------------------------------------------------

    def first(self, token_hash: str, until: datetime) -> None:
        """The one-time link with which the first administrator is made; it replaces an earlier one."""
        with self._ground.deed() as connection:
            connection.execute(delete(FIRST_LINKS))
            connection.execute(insert(FIRST_LINKS), {"token_hash": key("token", token_hash), "until": stamp(until)})

    def is_first(self, token_hash: str, now: datetime) -> bool:
        """Whether this is that link, it is not too old, and nobody can sign in yet."""
        open_ = (FIRST_LINKS.c.token_hash == token_hash, FIRST_LINKS.c.until > stamp(now))
        return self._found(select(FIRST_LINKS).where(*open_)) is not None and not self.has_anyone()

    # --- tries --------------------------------------------------------------------------------------------------------

    def failed(self, person: str, now: datetime, locked_until: datetime | None = None) -> None:
        """One more failed try; it stands in the audit of the person's centre, if there is such a person."""
        known = self.credentials(person)
        with self._ground.deed() as connection:
            self._counted(connection, known.person if known else STRANGER, now, locked_until)
        if known:
            with self._doorway(known.centre, known.person, now) as doorway:
                doorway.turned_away(is_locked=locked_until is not None)

    def passed(self, person: str) -> None:
        """The person proved who they are: earlier tries are forgotten."""
        with self._ground.deed() as connection:
            forgotten = {"failures": 0, "failed_at": "", "locked_until": ""}
            connection.execute(update(TRIES).where(TRIES.c.person == _known(person)).values(**forgotten))

    def use_code(self, person: str, step: int) -> bool:
        """Take a time-based code; it is false if one of this step or a later one was taken before."""
        new = {"person": key("person", person), "failures": 0, "failed_at": "", "locked_until": "", "step": step}
        with self._ground.deed() as connection:
            made = inserted(connection, TRIES).values(**new)
            later = made.on_conflict_do_update(
                index_elements=["person"], set_={"step": step}, where=TRIES.c.step < step
            )
            return connection.execute(later.returning(TRIES.c.step)).first() is not None

    # --- sessions -----------------------------------------------------------------------------------------------------

    def open_session(self, token_hash: str, centre: str, person: str, now: datetime, ends: datetime) -> None:
        """The person is signed in until ``ends`` at the latest."""
        with self._doorway(centre, person, now) as doorway:
            doorway.enter(key("token", token_hash), stamp(ends))

    def session(self, token_hash: str, now: datetime) -> Session | None:
        """Who is signed in with this token; nothing once it has ended or the person is disabled."""
        return self.looked_up(token_hash, now).result()

    def looked_up(self, token_hash: str, now: datetime) -> Future[Session | None]:
        """As ``session``, for who does something else meanwhile; those who ask at the same time share one question."""
        shown = _Shown(token_hash=token_hash, now=now)
        self._shown.join(shown)
        return shown.found

    def _look_up(self, shown: Sequence[_Shown]) -> None:
        """Answer everybody who shows a token."""
        waiting = [one for one in shown if one.found.set_running_or_notify_cancel()]
        try:
            with self._ground.look() as connection:
                tokens = {"tokens": sorted({one.token_hash for one in waiting})}
                known = {row.token_hash: _session(row) for row in connection.execute(_SESSIONS, tokens)}
        except BaseException as fault:  # given to whoever asked
            for one in waiting:
                one.found.set_exception(fault)
            return
        for one in waiting:
            session = known.get(one.token_hash)
            one.found.set_result(session if session and one.now < session.ends else None)

    def close(self) -> None:
        """Answer no more."""
        self._threads.shutdown()

    def touch(self, token_hash: str, now: datetime) -> None:
        """The session was used; written once a minute at most, so it may be called with every request."""
        before = (SESSIONS.c.token_hash == token_hash, SESSIONS.c.seen_at < stamp(now - SEEN_EVERY))
        if self._found(select(SESSIONS.c.seen_at).where(*before)) is not None:
            with self._ground.deed() as connection:
                connection.execute(update(SESSIONS).where(*before).values(seen_at=stamp(now)))

    def close_session(self, token_hash: str, now: datetime) -> None:
        """Sign out; a session that is over already is none."""
        found = self._found(select(SESSIONS.c.centre, SESSIONS.c.person).where(SESSIONS.c.token_hash == token_hash))
        if found is not None:
            with self._doorway(found.centre, found.person, now) as doorway:
                doorway.leave(token_hash)

    # --- below --------------------------------------------------------------------------------------------------------

    def _found(self, asked: Any, given: Mapping[str, Any] | None = None) -> Row[Any] | None:
        with self._ground.look() as connection:
            return connection.execute(asked, given).first()

    def _doorway(self, centre: str, person: str, now: datetime) -> _Doorway:
        return _Doorway(self._ground, Link(centre=centre, actor=person, purpose="the door", at=stamp(now)))

    def _counted(self, connection: Connection, person: str, now: datetime, locked_until: datetime | None) -> None:
        until = stamp(locked_until) if locked_until else ""
        row = {"person": person, "failures": 1, "failed_at": stamp(now), "locked_until": until, "step": 0}
        again = {"failures": TRIES.c.failures + 1, "failed_at": stamp(now)}
        again |= {"locked_until": until} if until else {}
        made = inserted(connection, TRIES).values(**row)
        connection.execute(made.on_conflict_do_update(index_elements=["person"], set_=again))


_SESSIONS = (
    select(SESSIONS, PEOPLE.c.name, PEOPLE.c.roles)
    .join(PEOPLE)
    .where(SESSIONS.c.token_hash.in_(bindparam("tokens", expanding=True)), PEOPLE.c.is_disabled == 0)
)
"""Asked with every request, so it is built once."""


def _session(row: Row[Any]) -> Session:
    return Session(
        centre=row.centre,
        person=row.person,
        name=row.name,
        roles=tuple(row.roles.split()),
        opened_at=moment(row.opened_at),
        seen_at=moment(row.seen_at),
        ends=moment(row.ends),
    )


def _known(person: str) -> str:
    """What somebody typed as their sign-in name, if a database can be asked for it."""
    return person if person.isascii() and person.isprintable() else "\N{REPLACEMENT CHARACTER}"
