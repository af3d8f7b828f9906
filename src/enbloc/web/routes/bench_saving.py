"""The workbench: what was done, saved as a version of the case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from enbloc.exchange.document import to_json
from enbloc.record import JobLine, Overtaken, Saved
from enbloc.value import value
from enbloc.web.at_bench import bench_of, noun_of
from enbloc.web.bench_nouns import Bench, KeptCuts, MovedCut, SaveBench
from enbloc.web.benching.benches import OpenBench
from enbloc.web.benching.keeping import Keeping, cuts_of, keep
from enbloc.web.keys import CaseId
from enbloc.web.live import WORKLIST, of_case
from enbloc.web.nouns import Job, since
from enbloc.web.problem import Problem
from enbloc.web.routes.bench import BenchId, Seeing
from enbloc.web.routes.jobs import tell_job
from enbloc.web.rules import Function
from enbloc.web.saving import Signature, names_since
from enbloc.web.services import Given, Services
from enbloc.web.signed_in import Signed
from enbloc.web.strict import body_of
from enbloc.web.working.bench.keeping import KeptMaps

bench_saving = APIRouter(tags=["bench"])


@value
class BenchSaved:
    """The version that it is now, and the job that works it up; ``bench`` stands on that version."""

    version: int
    job: Job | None
    bench: Bench


@bench_saving.post("/cases/{case_id}/bench/{bench}/save")
def save_bench(
    case_id: CaseId,
    bench: BenchId,
    signed: Seeing,
    services: Given,
    response: Response,
    wish: Annotated[SaveBench, body_of(SaveBench)],
) -> BenchSaved:
    """Save labels, cuts and confirmations as a new version; the second writer gets 412 and what changed meanwhile.

    A confirmation bears the name of who is signed in, and the hash of the label maps that are saved with it. `seq` must
    be the edit that the bench is at (409): nobody vouches for what they have not seen. `cuts` are all that this version
    is to hold: one that was kept and is not among them is put back.
    """
    found = bench_of(services, signed, case_id, bench)
    with found.turn:
        maps = _maps(found, signed, wish)
        done, line, team = _kept(services, signed, found, wish, maps)
    services.live.tell(
        signed.centre, of_case(case_id), "saved", {"version": done.version, "by": signed.person}, only=team
    )
    services.live.tell(signed.centre, WORKLIST, "worklist", {"case_id": case_id}, only=team)
    if line is not None:
        tell_job(services, signed.centre, line, team)
    services.runner.wake()
    response.headers["ETag"] = f'"{done.version}"'
    now = noun_of(Bench, found.ask("about"))
    return BenchSaved(version=done.version, job=Job.of_line(line) if line else None, bench=now)


def _maps(found: OpenBench, signed: Signed, wish: SaveBench) -> KeptMaps:
    """The label maps that were edited, at the edit that the person has seen."""
    if wish.confirm.labels or wish.confirm.level:
        signed.need(Function.CONFIRM)
    maps = noun_of(KeptMaps, found.ask("keep"))
    if maps.seq != wish.seq:
        what = f"This bench is at edit {maps.seq}, not {wish.seq}."
        raise Problem(409, what, "Read its labels again.", type="other-edit", seq=maps.seq)
    if maps.maps and wish.labels:
        signed.need(Function.ENTER)
    if maps.maps and not wish.labels:
        if wish.confirm.labels or wish.confirm.level:
            what = "What is confirmed is not what is saved: the labels were edited."
            raise Problem(422, what, "Save the labels too.", where="labels")
        return KeptMaps(seq=maps.seq, maps=())
    return maps


def _kept(
    services: Services, signed: Signed, found: OpenBench, wish: SaveBench, maps: KeptMaps
) -> tuple[Saved, JobLine | None, tuple[str, ...]]:
    if wish.made_from != found.version:
        raise Problem(422, f"This bench stands on version {found.version}.", "Open it anew.", where="made_from")
    signature = Signature(by=signed.name, on=services.clock().date())
    keeping = Keeping(wish=wish, maps=maps, signature=signature, is_asked=signed.may(Function.WORK_UP))
    with signed.work(services, "save a bench") as work:
        _needed(signed, wish, maps, cuts_of(work, found.case_id, wish.made_from))
        done, line = keep(work, found.case_id, found.scratch, keeping)
        document = work.read_case(found.case_id).document if isinstance(done, Saved) else ""
        team, names = work.team(found.case_id), names_since(work, done)
    if isinstance(done, Overtaken):
        title, remedy = "Somebody saved the case meanwhile.", "Go on from theirs."
        raise Problem(412, title, remedy, detail=done.words, **since(done, names))
    cuts = to_json(KeptCuts(cuts=wish.cuts))
    found.ask("stand on", version=done.version, document=document, kept=to_json(maps), cuts=cuts)
    found.version = done.version
    return done, line, team


def _needed(signed: Signed, wish: SaveBench, maps: KeptMaps, kept: tuple[MovedCut, ...]) -> None:
    """That there is something to save: a cut that was put back is saved by being left out."""
    is_moved = set(wish.cuts) != set(kept)
    if is_moved:
        signed.need(Function.ENTER)
    if not (maps.maps or is_moved or wish.confirm.labels or wish.confirm.level):
        raise Problem(422, "There is nothing to save.", "Paint, move a cut or confirm first.")
