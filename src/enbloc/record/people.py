"""The people of a centre: who they are and what proves it. The audit tells of every change, and of no secret."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from enbloc.errors import RecordError
from enbloc.record import of_case
from enbloc.record.floor import Floor
from enbloc.record.tables import INVITATIONS, PEOPLE, SESSIONS
from enbloc.record.words import LONGEST_SECRET, bounded, key, moment, moment_if, page_of, said, stamp
from enbloc.value import value

PAGE = 50


@value
class PersonLine:
    """A person of the centre; ``is_ready`` once they have a password and a second factor."""

    person: str
    name: str
    roles: tuple[str, ...]
    is_disabled: bool
    is_ready: bool
    made_at: datetime
    seen_at: datetime | None


@value
class SessionLine:
    """Where a person is signed in; the hash tells sessions apart and opens nothing."""

    token_hash: str
    opened_at: datetime
    seen_at: datetime
    ends: datetime


class Persons(Floor):
    """What is done with the people of a centre."""

    def people(self, *, after: str = "", limit: int = PAGE) -> tuple[PersonLine, ...]:
        """A page of the centre's people by their sign-in names, from the one after ``after``."""
        mine = (PEOPLE.c.centre == self._centre, PEOPLE.c.person > after)
        found = self._rows(select(PEOPLE).where(*mine).order_by(PEOPLE.c.person).limit(page_of(limit)))
        self._read("list people", after=after and key("person", after), shown=len(found))
        return tuple(map(_line, found))

    def person(self, person: str) -> PersonLine:
        """One person of the centre.

        Raises
        ------
        RecordError
            If the centre has nobody of that name.
        """
        found = self._somebody(person)
        self._read("read person", person=person)
        return _line(found)

    def names(self, people: Iterable[str]) -> Mapping[str, str]:
        """The printed names of these people; whoever is nobody of the centre, as a command line is, has none here.

        The audit is not told: with these names they sign what everybody reads who sees the case.
        """
        found = self._rows(of_case.NAMES, self._whose(people=sorted(set(people))))
        return {row.person: row.name for row in found}

    def add_person(self, person: str, name: str, roles: Sequence[str]) -> PersonLine:
        """Somebody new; they are ready when ``set_secrets`` was done.

        Raises
        ------
        RecordError
            If the sign-in name is taken, here or in another centre.
        """
        taken = select(PEOPLE.c.person).where(PEOPLE.c.person == key("person", person))
        if self._rows(taken):
            raise RecordError("This sign-in name is taken.", remedy="Choose another.")
        row: dict[str, Any] = {"centre": self._centre, "person": person, "name": said("name", name)}
        row |= {"roles": _written(roles), "is_disabled": 0, "password_hash": "", "totp_secret": ""}
        row |= {"made_at": self._link.at, "seen_at": ""}
        self._write(insert(PEOPLE), [{**row, "entry": self._told("add person", row, roles=row["roles"].split())}])
        return _line(self._somebody(person))

    def change_person(
        self,
        person: str,
        *,
        name: str | None = None,
        roles: Sequence[str] | None = None,
        is_disabled: bool | None = None,
    ) -> PersonLine:
        """Change what is named. Other roles, or being disabled, end all sessions of the person."""
        new: dict[str, Any] = {}
        if name is not None:
            new["name"] = said("name", name)
        if roles is not None:
            new["roles"] = _written(roles)
        if is_disabled is not None:
            new["is_disabled"] = int(is_disabled)
        told = {"renamed": True} if name is not None else {}
        told |= {what: given for what, given in new.items() if what != "name"}
        self._changed("change person", person, new, told)
        if set(new) - {"name"}:
            self._signed_out(person)
        return _line(self._somebody(person))

    def set_secrets(
        self,
        person: str,
        *,
        password_hash: str | None = None,
        totp_secret: str | None = None,
        except_token_hash: str = "",
    ) -> None:
        """Keep what proves who they are; what is not named stays.

        Invitations of the person are dead then, and all their sessions end but the one named.
        """
        given = {"password_hash": password_hash, "totp_secret": totp_secret}
        new = {what: bounded("secret", secret, LONGEST_SECRET) for what, secret in given.items() if secret is not None}
        self._changed("set secrets", person, new, {"secrets": sorted(new)})
        self._uninvited(person)
        self._signed_out(person, except_token_hash)

    def invite(self, person: str, *, token_hash: str, until: datetime) -> None:
        """A link with which the person may set their secrets, once, until then; earlier ones are dead."""
        self._somebody(person)
        self._wrote("invite person", person=person, until=stamp(until))
        self._uninvited(person)
        row = {"token_hash": key("token", token_hash), "centre": self._centre, "person": person, "until": stamp(until)}
        self._write(insert(INVITATIONS), [row])

    def sessions(self, person: str) -> tuple[SessionLine, ...]:
        """Where the person is signed in now, the latest first."""
        self._somebody(person)
        self._read("list sessions", person=person)
        mine = (SESSIONS.c.centre == self._centre, SESSIONS.c.person == person, SESSIONS.c.ends > self._link.at)
        return tuple(
            SessionLine(
                token_hash=row.token_hash,
                opened_at=moment(row.opened_at),
                seen_at=moment(row.seen_at),
                ends=moment(row.ends),
            )
            for row in self._rows(select(SESSIONS).where(*mine).order_by(SESSIONS.c.opened_at.desc()))
        )

    def end_sessions(self, person: str, *, except_token_hash: str = "") -> None:
        """Sign the person out everywhere, but where ``except_token_hash`` says."""
        self._somebody(person)
        self._wrote("end sessions", person=person)
        self._signed_out(person, except_token_hash)

    def _somebody(self, person: str) -> Row[Any]:
        mine = (PEOPLE.c.centre == self._centre, PEOPLE.c.person == key("person", person))
        if found := self._rows(select(PEOPLE).where(*mine)):
            return found[0]
        raise RecordError("There is no such person.", remedy="Look them up in the list.")

    def _changed(self, act: str, person: str, new: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        row = {**self._somebody(person)._mapping, **new}
        mine = (PEOPLE.c.centre == self._centre, PEOPLE.c.person == person)
        self._write(update(PEOPLE).where(*mine).values(**new, entry=self._told(act, row, **told)))

    def _told(self, act: str, row: Mapping[str, Any], **detail: object) -> int:
        return self._wrote(act, person=row["person"], is_now=likeness(row), **detail)

    def _uninvited(self, person: str) -> None:
        self._write(delete(INVITATIONS).where(INVITATIONS.c.centre == self._centre, INVITATIONS.c.person == person))

    def _signed_out(self, person: str, except_token_hash: str = "") -> None:
        mine = (SESSIONS.c.centre == self._centre, SESSIONS.c.person == person)
        self._write(delete(SESSIONS).where(*mine, SESSIONS.c.token_hash != except_token_hash))


def likeness(row: Mapping[str, Any]) -> str:
    """The digest of a person's row, so that a right or a password that was set past the record is found."""
    kept = ("person", "name", "roles", "is_disabled", "password_hash", "totp_secret", "made_at")
    return sha256(json.dumps([row[name] for name in kept]).encode()).hexdigest()


def _written(roles: Sequence[str]) -> str:
    if not roles:
        raise RecordError("A person without a role may do nothing.", remedy="Give at least one role.")
    return " ".join(sorted({key("role", role) for role in roles}))


def _line(row: Row[Any]) -> PersonLine:
    return PersonLine(
        person=row.person,
        name=row.name,
        roles=tuple(row.roles.split()),
        is_disabled=bool(row.is_disabled),
        is_ready=bool(row.password_hash and row.totp_secret),
        made_at=moment(row.made_at),
        seen_at=moment_if(row.seen_at),
    )
