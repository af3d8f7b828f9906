"""People and the door: who may come in, what ends a session, and what the audit tells of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from enbloc.errors import RecordError
from enbloc.record import AuditLine, Record, verify
from tests.record.deeds import NOW, add, at, ready

TOKEN, OTHER, THIRD = "a" * 64, "b" * 64, "c" * 64
LATER = NOW + timedelta(hours=12)


def audit(record: Record, centre: str = "north") -> list[AuditLine]:
    with at(record, centre=centre) as work:
        return list(work.audit(limit=1000))[:-1]


def test_a_person_is_added_changed_and_listed(record: Record) -> None:
    for name in ("carol", "alice", "bob"):
        add(record, name, roles=("surgeon", "coordinator"))
    with at(record, minutes=1) as work:
        changed = work.change_person("bob", name="B. Other", roles=["reader"])
        first, rest = work.people(limit=2), work.people(after="bob")
        one = work.person("alice")

    assert [line.person for line in (*first, *rest)] == ["alice", "bob", "carol"]
    assert (one.name, one.roles, one.is_ready, one.is_disabled) == (
        "A. Alice",
        ("coordinator", "surgeon"),
        False,
        False,
    )
    assert (one.made_at, one.seen_at) == (NOW, None)
    assert (changed.name, changed.roles) == ("B. Other", ("reader",))
    assert changed == first[1]


def test_a_sign_in_name_is_there_once_in_the_whole_installation(record: Record) -> None:
    add(record, "alice")
    for centre in ("north", "south"):
        with pytest.raises(RecordError, match="taken"):
            add(record, "alice", centre=centre)


@pytest.mark.parametrize(
    ("person", "name", "roles"),
    [("Alice", "x", ["reader"]), ("a", "x", ["reader"]), ("al ice", "x", ["reader"]), ("alice", "", ["reader"]),
     ("alice", "two\nlines", ["reader"]), ("alice", "x" * 81, ["reader"]), ("alice", "x", []), ("alice", "x", ["A b"])],
)  # fmt: skip
def test_what_is_no_person_is_refused(record: Record, person: str, name: str, roles: list[str]) -> None:
    with pytest.raises(RecordError), at(record) as work:
        work.add_person(person, name, roles)


def test_the_people_of_another_centre_are_nobody_here(record: Record) -> None:
    add(record, "alice")
    for deed in ("person", "sessions", "end_sessions"):
        with pytest.raises(RecordError, match="no such person"), at(record, centre="south") as work:
            getattr(work, deed)("alice")
    with pytest.raises(RecordError, match="no such person"), at(record, centre="south") as work:
        work.set_secrets("alice", password_hash="x", totp_secret="y")
    with at(record, centre="south") as work:
        assert work.people() == ()


def test_there_is_someone_once_somebody_could_sign_in(record: Record) -> None:
    assert not record.doors.has_anyone()
    add(record, "alice")
    assert not record.doors.has_anyone(), "a half-made first administrator must not lock everybody out"
    with at(record) as work:
        work.set_secrets("alice", password_hash="argon", totp_secret="totp")
        assert work.person("alice").is_ready
    assert record.doors.has_anyone()


def test_credentials_are_those_of_the_person(record: Record) -> None:
    ready(record, "alice")
    found = record.doors.credentials("alice")

    assert found is not None
    assert (found.centre, found.person, found.name, found.roles) == ("north", "alice", "A. Alice", ("surgeon",))
    assert (found.password_hash, found.totp_secret, found.failures, found.locked_until) == ("argon", "totp", 0, None)
    with at(record) as work:
        work.set_secrets("alice", password_hash="other")
    changed = record.doors.credentials("alice")
    assert changed is not None
    assert (changed.password_hash, changed.totp_secret) == ("other", "totp")


@pytest.mark.parametrize("typed", ["", "nobody", "\0", "\ud800", "x" * 10_000, "' OR 1=1 --", "Ä"])
def test_whatever_a_stranger_types_is_nobody(record: Record, typed: str) -> None:
    ready(record, "alice")
    assert record.doors.credentials(typed) is None
    record.doors.failed(typed, NOW)
    record.doors.passed(typed)


def test_failed_tries_are_counted_until_one_is_right(record: Record) -> None:
    ready(record, "alice")
    until = NOW + timedelta(minutes=5)
    record.doors.failed("alice", NOW)
    record.doors.failed("alice", NOW, locked_until=until)
    found = record.doors.credentials("alice")
    assert found is not None
    assert (found.failures, found.locked_until) == (2, until)
    record.doors.passed("alice")
    found = record.doors.credentials("alice")
    assert found is not None
    assert (found.failures, found.locked_until) == (0, None)
    assert [json.loads(line.detail)["is_locked"] for line in audit(record) if line.act == "failed sign in"] == [
        False,
        True,
    ]


def test_of_strangers_nothing_but_a_number_is_kept(record: Record) -> None:
    ready(record, "alice")
    for typed in ("my-secret-password", "mallory"):
        record.doors.failed(typed, NOW)
    with record.database.connect() as connection:
        kept = connection.execute(text("SELECT person, failures FROM tries")).all()
    assert [tuple(row) for row in kept] == [("", 2)]
    assert not any("failed" in line.act for line in audit(record))


def test_a_code_is_taken_once_and_none_before_it_after(record: Record) -> None:
    ready(record, "alice")
    ready(record, "bob")
    assert [record.doors.use_code("alice", step) for step in (10, 10, 9, 11, 11, 12)] == [
        True, False, False, True, False, True,
    ]  # fmt: skip
    assert record.doors.use_code("bob", 10)
    record.doors.failed("alice", NOW)
    record.doors.passed("alice")
    assert not record.doors.use_code("alice", 12), "a right password forgets failures, not codes"


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_a_session_is_opened_seen_and_closed(record: Record) -> None:
    ready(record, "alice")
    record.doors.open_session(TOKEN, "north", "alice", NOW, LATER)
    found = record.doors.session(TOKEN, NOW)
    assert found is not None
    assert (found.centre, found.person, found.name, found.roles) == ("north", "alice", "A. Alice", ("surgeon",))
    assert (found.opened_at, found.seen_at, found.ends) == (NOW, NOW, LATER)
    for seconds, seen in ((30, 0), (61, 61), (90, 61)):
        record.doors.touch(TOKEN, NOW + timedelta(seconds=seconds))
        found = record.doors.session(TOKEN, NOW)
        assert found is not None
        assert found.seen_at == NOW + timedelta(seconds=seen), "written once a minute at most"
    with at(record) as work:
        assert work.person("alice").seen_at == NOW
        assert [line.token_hash for line in work.sessions("alice")] == [TOKEN]
    record.doors.close_session(TOKEN, NOW)
    record.doors.close_session(TOKEN, NOW)
    assert record.doors.session(TOKEN, NOW) is None
    assert [line.act for line in audit(record) if "sign" in line.act] == ["sign in", "sign out"]


def test_a_session_ends_at_its_end_and_unknown_ones_are_none(record: Record) -> None:
    ready(record, "alice")
    record.doors.open_session(TOKEN, "north", "alice", NOW, LATER)
    assert record.doors.session(TOKEN, LATER - timedelta(seconds=1)) is not None
    assert record.doors.session(TOKEN, LATER) is None
    for unknown in (OTHER, "", "x", TOKEN.upper()):
        assert record.doors.session(unknown, NOW) is None
    record.doors.open_session(OTHER, "north", "alice", LATER, LATER + timedelta(hours=1))
    with record.database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar_one() == 1, "old ones are cleared away"


@pytest.mark.parametrize(
    "deed",
    [
        lambda work: work.change_person("alice", is_disabled=True),
        lambda work: work.change_person("alice", roles=["reader"]),
        lambda work: work.set_secrets("alice", password_hash="new"),
        lambda work: work.end_sessions("alice"),
    ],
)
def test_what_ends_all_sessions_of_a_person_and_of_nobody_else(record: Record, deed) -> None:  # type: ignore[no-untyped-def]  # a deed
    for person, token in (("alice", TOKEN), ("bob", THIRD)):
        ready(record, person)
        record.doors.open_session(token, "north", person, NOW, LATER)
    record.doors.open_session(OTHER, "north", "alice", NOW, LATER)
    with at(record) as work:
        deed(work)
    assert [record.doors.session(token, NOW) is None for token in (TOKEN, OTHER, THIRD)] == [True, True, False]


def test_a_new_name_ends_no_session_and_ones_own_may_stay(record: Record) -> None:
    ready(record, "alice")
    for token in (TOKEN, OTHER):
        record.doors.open_session(token, "north", "alice", NOW, LATER)
    with at(record) as work:
        work.change_person("alice", name="A. Married")
        assert len(work.sessions("alice")) == 2
        work.set_secrets("alice", password_hash="new", except_token_hash=TOKEN)
    found = record.doors.session(TOKEN, NOW)
    assert found is not None
    assert found.name == "A. Married"
    assert record.doors.session(OTHER, NOW) is None


def test_who_is_disabled_has_no_session_and_no_invitation(record: Record) -> None:
    ready(record, "alice")
    with at(record) as work:
        work.change_person("alice", is_disabled=True)
        work.invite("alice", token_hash=OTHER, until=LATER)
    record.doors.open_session(TOKEN, "north", "alice", NOW, LATER)
    assert record.doors.session(TOKEN, NOW) is None
    assert record.doors.invitation(OTHER, NOW) is None
    found = record.doors.credentials("alice")
    assert found is not None
    assert found.is_disabled


# --- links ------------------------------------------------------------------------------------------------------------


def test_an_invitation_is_for_one_person_once_and_a_newer_one_replaces_it(record: Record) -> None:
    for person in ("alice", "bob"):
        add(record, person)
    with at(record) as work:
        work.invite("bob", token_hash=THIRD, until=LATER)
        work.invite("alice", token_hash=TOKEN, until=LATER)
    found = record.doors.invitation(TOKEN, NOW)
    assert found is not None
    assert (found.centre, found.person, found.name, found.until) == ("north", "alice", "A. Alice", LATER)
    assert record.doors.invitation(TOKEN, LATER) is None
    with at(record) as work:
        work.invite("alice", token_hash=OTHER, until=LATER)
    assert record.doors.invitation(TOKEN, NOW) is None
    with at(record) as work:
        work.set_secrets("alice", password_hash="argon", totp_secret="totp")
    assert record.doors.invitation(OTHER, NOW) is None, "a used one is dead"
    assert record.doors.invitation(THIRD, NOW) is not None


def test_the_link_of_the_first_administrator_is_dead_once_somebody_can_sign_in(record: Record) -> None:
    record.doors.first(TOKEN, LATER)
    record.doors.first(OTHER, LATER)
    assert not record.doors.is_first(TOKEN, NOW), "the later link replaces it"
    assert record.doors.is_first(OTHER, NOW)
    assert not record.doors.is_first(OTHER, LATER)
    ready(record, "alice")
    assert not record.doors.is_first(OTHER, NOW)


# --- the audit --------------------------------------------------------------------------------------------------------


def test_every_change_of_a_person_is_in_the_audit_and_no_secret(record: Record) -> None:
    ready(record, "alice", password="argon-secret", totp="totp-secret")
    with at(record) as work:
        work.change_person("alice", name="Printed Name", roles=["reader"], is_disabled=True)
        work.invite("alice", token_hash=TOKEN, until=LATER)
        work.end_sessions("alice")
    told = audit(record)

    assert [line.act for line in told] == [
        "add person", "set secrets", "change person", "invite person", "end sessions",
    ]  # fmt: skip
    assert all(json.loads(line.detail)["person"] == "alice" for line in told)
    for secret in ("argon-secret", "totp-secret", TOKEN, "Printed Name"):
        assert not any(secret in line.detail for line in told)
    assert verify(record).is_whole


def test_a_unit_that_fails_changes_no_person(record: Record) -> None:
    ready(record, "alice")
    record.doors.open_session(TOKEN, "north", "alice", NOW, LATER)
    with pytest.raises(ZeroDivisionError), at(record) as work:  # noqa: PT012  # one unit
        work.change_person("alice", is_disabled=True)
        raise ZeroDivisionError
    assert record.doors.session(TOKEN, NOW) is not None
