"""A record with many cases: every row, word and link of the audit that its own interface would write, in batches.

The documents are those of the invented patients under other keys; the lines of the worklist are drawn.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, insert

from enbloc.exchange.document import to_json
from enbloc.exchange.folder import read_case
from enbloc.exchange.invented import invented, invented_case
from enbloc.record.chain import Chain, Link, digest_of
from enbloc.record.database import inserted
from enbloc.record.documents import finding_rows, fingerprint, listing, override_rows, parsed
from enbloc.record.searching import Tally, spot_of, tallies_of
from enbloc.record.tables import AUDIT, CASES, FINDINGS, OVERRIDES, TALLIES, VERSIONS, WORDS, WORKLIST
from enbloc.record.words import stamp
from enbloc.record.worklist import words_of
from enbloc.web.passwords import kept
from enbloc.web.second_factor import new_secret

if TYPE_CHECKING:
    from enbloc.record import UnitOfWork

CENTRE = "north"
TODAY = date(2026, 11, 20)
PEOPLE = ("surgeon", "surgeon", "oncologist", "oncologist", "radiologist", "radiologist", "coordinator", "coordinator")
"""The roles of those who work at once."""
PASSWORD = "correct horse battery staple of the bench"
CLOSED_EACH, CLOSED_FROM = 200, 50
"""Of so many cases one is closed to its team, the first of them this one."""
WITH_IMAGES = "case-with-images"
_NOBODY = "nobody"
BATCH = 500
"""So many cases are written at once."""

LEVELS = tuple(
    f"{region}{number}" for region, most in (("C", 7), ("T", 12), ("L", 5), ("S", 3)) for number in range(1, most + 1)
)
HISTOLOGIES = (
    "renal cell carcinoma", "breast carcinoma", "lung adenocarcinoma", "prostate carcinoma", "thyroid carcinoma",
    "melanoma", "myeloma", "lymphoma", "chordoma", "chondrosarcoma", "osteosarcoma", "Ewing sarcoma", "osteoid osteoma",
    "giant cell tumour", "haemangioma", "schwannoma", "meningioma", "ependymoma", "hepatocellular carcinoma",
    "colorectal carcinoma", "sarcoma, not specified", "unknown primary",
)  # fmt: skip
DEGREES = {"stop": 3, "urgent": 9, "caution": 30, "note": 38, "": 20}
"""How many of a hundred cases are how loud."""
LOUD = {
    "stop": "Cord compression with a deficit: decide today",
    "urgent": "Potentially unstable, pain on movement",
    "caution": "The label of the tumour was not confirmed",
    "note": "The scan is older than six weeks",
    "": "",
}
ASKS = (
    "Is the pain mechanical?",
    "Was the whole spine imaged?",
    "Serum albumin",
    "Last dose of the drug",
    "Biopsy",
    "",
)
STATES = {"current": 86, "out of date": 8, "new": 5, "failed": 1}


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    person: str
    password: str
    totp_secret: str


def case_id(number: int) -> str:
    return f"case-{number:07d}"


def filled(folder: Path, cases: int, url: str | None = None) -> list[Account]:
    """Make a record and fill it; those who can sign in come back."""
    from enbloc.record import migrate, open_record

    migrate(url, folder)
    record = open_record(url, folder)
    begin = datetime.combine(TODAY, datetime.min.time(), UTC) - timedelta(days=2)
    with record.at(CENTRE, actor="bench", purpose="filling", now=begin) as work:
        accounts = [_account(work, number, role) for number, role in enumerate(PEOPLE)]
    documents, chance = _documents(), random.Random(20261120)
    for first in range(0, cases, BATCH):
        link = _link(chance.choice(accounts), begin + timedelta(seconds=first))
        with record.database.begin() as connection:
            batch = Batch(connection, link)
            for number in range(first, min(cases, first + BATCH)):
                batch.put(case_id(number), documents[number % len(documents)], chance)
            batch.close()
    with record.at(CENTRE, actor=accounts[0].person, purpose="filling", now=datetime.now(UTC)) as work:
        for number in range(0, cases, 100):
            work.set_board(case_id(number), (TODAY + timedelta(days=chance.choice((-7, 0, 6, 13)))).isoformat())
        for number in range(CLOSED_FROM, cases, CLOSED_EACH):
            work.set_team(case_id(number), [accounts[0].person, accounts[2].person])
    record.close()
    return accounts


def _link(account: Account, at: datetime) -> Link:
    return Link(centre=CENTRE, actor=account.person, purpose="filling", at=stamp(at))


def _account(work: UnitOfWork, number: int, role: str) -> Account:
    account = Account(f"{role}.{number}", PASSWORD, new_secret())
    work.add_person(account.person, f"{role.title()} {number}", (role,))
    work.set_secrets(account.person, password_hash=kept(account.password), totp_secret=account.totp_secret)
    return account


@dataclass(frozen=True)
class Document:
    """A document without its own id, and the rows that are read out of it."""

    text: str
    findings: tuple[dict[str, Any], ...]
    overrides: tuple[dict[str, Any], ...]


def _documents() -> list[Document]:
    """The invented patients."""
    texts = [to_json(replace(invented_case(name), id=_NOBODY)) for name in invented()]
    return [Document(text, tuple(finding_rows(parsed(text))), tuple(override_rows(parsed(text)))) for text in texts]


class Batch:
    """Cases as ``save_case`` and ``line_up`` would write them, gathered and then written table by table."""

    def __init__(self, connection: Connection, link: Link) -> None:
        self._connection, self._link = connection, link
        self._chain = Chain(connection, link)
        self._rows: defaultdict[Table, list[dict[str, Any]]] = defaultdict(list)
        self._tallies: Counter[Tally] = Counter()

    def put(self, name: str, document: Document, chance: random.Random) -> None:
        text = document.text.replace(f'"{_NOBODY}"', f'"{name}"')
        of_case = {"centre": self._link.centre, "case_id": name}
        digest, here = fingerprint(text), {**of_case, "version": 1}
        saved = {"saved_by": self._link.actor, "saved_at": self._link.at}
        self._rows[CASES].append({**here, **saved, "document_id": name})
        entry = self._told("save case", name, sha256=digest, files=listing({}))
        self._rows[VERSIONS].append(
            {**here, **saved, "document": text, "sha256": digest, "because": "brought", "entry": entry}
        )
        self._rows[FINDINGS] += [{**here, **row} for row in document.findings]
        self._rows[OVERRIDES] += [{**here, **row} for row in document.overrides]
        line = {**here, **_drawn(chance)}
        line["spot"] = spot_of(line["degree"], line["due"], name)
        self._told("line up", name)
        self._rows[WORKLIST].append(line)
        self._rows[WORDS] += [{**of_case, "word": word, "spot": line["spot"]} for word in sorted(words_of(line))]
        self._tallies += tallies_of(line, ())

    def _told(self, act: str, name: str, **detail: object) -> int:
        """The entry that ``Chain.add`` would write."""
        row = {
            **{each: getattr(self._link, each) for each in ("centre", "actor", "purpose", "at")},
            "entry": self._chain.length + 1,
            "act": act,
            "case_id": name,
            "version": 1,
            "detail": json.dumps(detail, sort_keys=True, separators=(",", ":")),
        }
        self._chain.length, self._chain.digest = self._chain.length + 1, digest_of(row, self._chain.digest)
        self._rows[AUDIT].append({**row, "digest": self._chain.digest})
        return self._chain.length

    def close(self) -> None:
        for table in (AUDIT, CASES, VERSIONS, FINDINGS, OVERRIDES, WORKLIST, WORDS):
            if self._rows[table]:
                self._connection.execute(insert(table), self._rows[table])
        for (who, view, day), lines in self._tallies.items():
            row = {"centre": self._link.centre, "who": who, "view": view, "day": day, "lines": lines}
            made = inserted(self._connection, TALLIES).values(**row)
            keys = [column.name for column in TALLIES.primary_key.columns]
            grown = {"lines": TALLIES.c.lines + lines}
            self._connection.execute(made.on_conflict_do_update(index_elements=keys, set_=grown))
        self._chain.close()


def _drawn(chance: random.Random) -> dict[str, Any]:
    """What a line of the worklist says."""
    first, histology = chance.randrange(len(LEVELS)), chance.choice(HISTOLOGIES)
    levels = "–".join(
        dict.fromkeys((LEVELS[first], LEVELS[min(first + chance.choice((0, 0, 0, 1, 2)), len(LEVELS) - 1)]))
    )
    degree, state = _of(DEGREES, chance), _of(STATES, chance)
    due = _day(chance, -3, 60) if chance.random() < 0.3 else ""
    missing = chance.choice((0, 0, 1, 2, 3, 5, 9))
    return {
        "worked_up": int(state == "current"),
        "as_of": _day(chance, -400, 0),
        "identity": f"{chance.choice(('man', 'woman'))} born {chance.randint(1936, 2015)}",
        "headline": f"{histology.capitalize()} of {levels}",
        "levels": levels,
        "histology": histology,
        "degree": degree,
        "what": LOUD[degree],
        "due": due,
        "due_what": "Follow-up MRI" if due else "",
        "missing": missing,
        "ask": chance.choice(ASKS) if missing else "",
        "follow_up": chance.choice(("", "in 3 months", "in 6 months")),
        "readiness": "ready" if not missing else f"{missing} missing",
        "origin": "invented",
        "state": state,
        "board": "",
    }


def _of(shares: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]


def _day(chance: random.Random, earliest: int, latest: int) -> str:
    return (TODAY + timedelta(days=chance.randint(earliest, latest))).isoformat()


def bring_images(folder: Path, url: str | None = None) -> None:
    """One more case: an invented patient with CT, MRI and label maps, so that its page is as large as they get."""
    from enbloc.exchange.folder import write_case_folder
    from enbloc.phantom.patients import metastasis
    from enbloc.record import open_record

    made, record = metastasis(), open_record(url, folder)
    with TemporaryDirectory() as scratch:
        write_case_folder(Path(scratch), made.case, made.images)
        case = replace(read_case(Path(scratch)), id=WITH_IMAGES)
        with record.at(CENTRE, actor="surgeon.0", purpose="filling", now=datetime.now(UTC)) as work:
            put = {path: work.put_file(WITH_IMAGES, content) for path, content in _files(Path(scratch))}
            files = {path: stored.sha256 for path, stored in put.items()}
            work.save_case(WITH_IMAGES, to_json(case), made_from=0, because="brought", files=files)
    record.close()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "case.yaml":
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def main(folder: str, cases: str, *wishes: str) -> None:
    """Fill a record in a process of its own, and say who can sign in."""
    url = next((wish for wish in wishes if not wish.startswith("--")), None)
    accounts = filled(Path(folder), int(cases), url)
    if "--with-images" in wishes:
        bring_images(Path(folder), url)
    print(json.dumps([[each.person, each.password, each.totp_secret] for each in accounts]))


if __name__ == "__main__":
    main(*sys.argv[1:])
