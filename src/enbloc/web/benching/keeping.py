"""What was done on a bench as the next version of its case: all of it together, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enbloc.case.case import Case
from enbloc.case.confirmation import Confirmation, Confirmed
from enbloc.errors import RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.exchange.receipt import beside
from enbloc.value import value
from enbloc.web.bench_nouns import KeptCuts, MovedCut, SaveBench
from enbloc.web.lining import line_up_saved
from enbloc.web.running.storing import key_of, opened_within
from enbloc.web.saving import Signature
from enbloc.web.working.bench.keeping import KeptMaps
from enbloc.web.working.bench.order import SAVED

if TYPE_CHECKING:
    from enbloc.record import JobLine, Overtaken, Saved, UnitOfWork

CUTS = "cuts"
"""The kind of result that holds the cuts of a version."""


@value
class Keeping:
    """What is to be kept: the wish, the maps that were edited, who signs, and whether a work-up may be asked for."""

    wish: SaveBench
    maps: KeptMaps
    signature: Signature
    is_asked: bool


def keep(work: UnitOfWork, case_id: str, scratch: Path, keeping: Keeping) -> tuple[Saved | Overtaken, JobLine | None]:
    """Save the next version; the second writer gets what changed meanwhile."""
    from enbloc.record import Overtaken

    wish = keeping.wish
    earlier = work.read_case(case_id, wish.made_from)
    files = dict(earlier.files) | _put(work, case_id, scratch, keeping.maps)
    case = _signed(_with_maps(from_json(Case, earlier.document), keeping.maps), files, keeping)
    files = {path: address for path, address in files.items() if _is_named(path, case, earlier.files, keeping.maps)}
    done = work.save_case(case_id, to_json(case), made_from=wish.made_from, because=wish.because, files=files)
    if isinstance(done, Overtaken):
        return done, None
    if wish.cuts:
        work.put_result(case_id, done.version, CUTS, to_json(KeptCuts(cuts=wish.cuts)).encode())
    line = None
    if keeping.is_asked:
        line = work.ask("work-up", case_id, done.version, "{}", key=key_of(case_id, done.version))
    line_up_saved(work, case, case_id, done.version, is_asked=line is not None)
    return done, line


def cuts_of(work: UnitOfWork, case_id: str, version: int) -> tuple[MovedCut, ...]:
    """The cuts that were kept with a version."""
    found = work.latest_result(case_id, CUTS)
    if found is None or found.version != version:
        return ()
    return from_json(KeptCuts, work.read_file(case_id, found.sha256).decode()).cuts


def _put(work: UnitOfWork, case_id: str, scratch: Path, maps: KeptMaps) -> dict[str, str]:
    with ExitStack() as opened:
        there = {
            one.drawn.file: opened.enter_context(opened_within(scratch / SAVED, one.file))
            for one in maps.maps
            if one.file
        }
        return {path: work.put_file(case_id, file).sha256 for path, file in there.items()}


def _with_maps(case: Case, maps: KeptMaps) -> Case:
    """The record with the maps as they are now; a bench may add maps and change their files, and nothing else."""
    labels = dict(case.labels)
    for one in maps.maps:
        if one.file:
            labels[one.role] = one.drawn
        else:
            labels.pop(one.role, None)
    return replace(case, labels=labels)


def _signed(case: Case, files: Mapping[str, str], keeping: Keeping) -> Case:
    """With what the person vouches for, by name, about the files that are saved with it."""
    wish, signature = keeping.wish.confirm, keeping.signature
    wanted = [kind for kind, is_wanted in ((Confirmed.LABELS, wish.labels), (Confirmed.LEVEL, wish.level)) if is_wanted]
    if not wanted:
        return case
    hashed = hash_of(case, files)
    made = tuple(Confirmation(of=kind, by=signature.by, on=signature.on, sha256=hashed) for kind in wanted)
    others = (one for one in case.confirmations if not (one.of in wanted and one.sha256 == hashed))
    return replace(case, confirmations=(*others, *made))


def hash_of(case: Case, files: Mapping[str, str]) -> str:
    """The hash of all label maps of a record, from its files: what ``Images.labels_sha256`` is of the same.

    Raises
    ------
    RecordError
        If there is no label map to vouch for.
    """
    if not case.labels:
        raise RecordError("There is no label to confirm.", remedy="Bring or paint one first.", where="confirm")
    lines = [f"{role}:{files[drawn.file]}" for role, drawn in sorted(case.labels.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _is_named(path: str, case: Case, before: Mapping[str, str], maps: KeptMaps) -> bool:
    """Whether a file still belongs to the record; the receipt of a map that was painted holds no more."""
    painted = {beside(one.drawn.file) for one in maps.maps}
    named = {drawn.file for drawn in case.labels.values()}
    was_map = path in before and path.startswith("labels/") and not path.endswith(".receipt.json")
    return path not in painted and (not was_map or path in named)
