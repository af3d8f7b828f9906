"""A process that writes to a record until it is killed, and says what it was told is kept."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from enbloc.errors import EnblocError
from enbloc.record import Record, Saved, open_record
from tests.record.deeds import ALICE, at, document, entry, save


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def everything(record: Record, seed: int) -> None:
    """New cases, versions with files, results; each line of output was acknowledged before."""
    chance = random.Random(seed)
    mine: dict[str, int] = {}
    for number in range(10_000):
        key = f"k{seed}-{number}" if not mine or chance.random() < 0.3 else chance.choice(sorted(mine))
        content = chance.randbytes(chance.choice((10, 3_000, 2_000_000)))
        text = document(key, story=chance.randbytes(chance.choice((10, 50_000))).hex(), findings=[entry(value=number)])
        made_from = mine.get(key, 0)
        with at(record) as work:
            kept = work.put_file(key, content)
            done = work.save_case(key, text, made_from=made_from, because="kill", files={"images/ct": kept.sha256})
            if chance.random() < 0.3:
                work.put_result(key, made_from + 1, "workup", content[::-1])
        assert isinstance(done, Saved)
        mine[key] = done.version
        say(json.dumps([key, done.version, done.sha256, kept.sha256]))


def the_same(record: Record, name: str, times: int) -> None:
    """Add one's own line to the one case that everybody writes to, again and again; never over another's."""
    done = 0
    while done < times:
        with at(record, name) as work:
            newest = work.read_case("shared")
        lines = [*json.loads(newest.document)["lines"], f"{name} {done}"]
        if isinstance(save(record, "shared", made_from=newest.line.version, actor=name, lines=lines), Saved):
            done += 1
            say(str(done))


def main(what: str, url: str, folder: str, *more: str) -> None:
    record = open_record(url or None, Path(folder))
    try:
        everything(record, int(more[0])) if what == "everything" else the_same(record, more[0] or ALICE, int(more[1]))
    except EnblocError as fault:
        say(f"refused: {fault}")
        sys.exit(2)


if __name__ == "__main__":
    main(*sys.argv[1:])
