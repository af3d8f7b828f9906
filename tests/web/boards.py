"""What tests of the board over HTTP bring, plan and decide."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from enbloc.exchange.document import to_json
from enbloc.record import WorklistLine
from enbloc.web.listing import KIND, PAGE, Held, Listing
from tests.web.brought import API, brought
from tests.web.served import CENTRE, Served

DAY = "2026-11-26"
SURGEON, ONCOLOGIST = (
    {"name": "A. Alice", "specialty": "spine surgeon", "how": "in the room", "person": "alice"},
    {"name": "B. Bob", "specialty": "radiation oncologist", "how": "by phone", "person": "bob"},
)
REASON = "paraparesis since noon, reversed with andexanet"


@dataclass
class Board:
    """Three people at a meeting, and a reader who sees no case; each in a browser."""

    served: Served
    alice: httpx.Client = field(init=False)
    bob: httpx.Client = field(init=False)
    carol: httpx.Client = field(init=False)
    ruth: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        roles = {"alice": "surgeon", "bob": "oncologist", "carol": "coordinator", "ruth": "reader"}
        for person, role in roles.items():
            setattr(self, person, self.served.signed_in(role, person=person))

    def case(self, *, team: tuple[str, ...] = ()) -> str:
        """A case of one lesion, without a work-up."""
        case_id = str(brought(self.alice)["case_id"])
        self.saved(case_id, lesions=[{"id": "A", "levels": ["T8"], "histology": "myeloma"}])
        if team:
            assert self.alice.put(f"{API}/cases/{case_id}/team", json={"people": team}).status_code == 204
        return case_id

    def saved(self, case_id: str, **changes: Any) -> None:
        """One more version of it."""
        view = self.alice.get(f"{API}/cases/{case_id}").raise_for_status().json()
        wish = {"document": view["document"] | changes, "because": "a test", "work_up": False}
        etag = {"If-Match": f'"{view["version"]}"'}
        self.alice.put(f"{API}/cases/{case_id}", json=wish, headers=etag).raise_for_status()

    def worked_up(self, case_id: str, mark: str = "f" * 64, missing: tuple[str, ...] = ("Albumin?",)) -> None:
        """What a work-up of the newest version left, as small as it can be."""
        told = {"choice": {"about": "A", "act": "biopsy", "words": "biopsy T8"}}
        report = {"fingerprint": mark, "counsel": {"missing": missing}, "options": [told]}
        page = json.dumps({"report": report}).encode()
        with self.served.record.at(CENTRE, actor="worker", purpose="tests", now=self.served.clock()) as work:
            version = work.read_case(case_id).line.version
            stored = work.put_result(case_id, version, PAGE, page)
            held = Held(sha256=stored.sha256, media_type="application/json")
            listing = Listing(version=version, page=held, fingerprint=mark)
            work.put_result(case_id, version, KIND, to_json(listing).encode())
            work.line_up(WorklistLine(case_id=case_id, version=version, worked_up=version, state="current"))

    def meeting(self, *cases: str, is_open: bool = True, **more: Any) -> str:
        """A meeting that Alice chairs, with Alice and Bob in it."""
        agenda = [{"case": case_id, "lesions": ["A"], "question": "Operate?"} for case_id in cases]
        wish = {"day": DAY, "title": "Spine board", "agenda": agenda, "attendance": [SURGEON, ONCOLOGIST], **more}
        made = self.alice.post(f"{API}/meetings", json=wish)
        assert made.status_code == 201, made.text
        meeting_id = str(made.json()["meeting_id"])
        if is_open:
            self.alice.post(f"{API}/meetings/{meeting_id}/open").raise_for_status()
        return meeting_id

    def now(self, case_id: str) -> dict[str, Any]:
        """What a decision would be made on."""
        return dict(self.alice.get(f"{API}/cases/{case_id}/decisions").raise_for_status().json()["now"])

    def wish(self, case_id: str, meeting_id: str = "", **more: Any) -> dict[str, Any]:
        """A decision on the case as it is."""
        now = self.now(case_id)
        way = {"way": "meeting", "meeting_id": meeting_id} if meeting_id else {"way": "quorum by phone"}
        if not meeting_id:
            way |= {"emergency": REASON, "attendance": [SURGEON, ONCOLOGIST]}  # type: ignore[dict-item]  # JSON
        return {"lesion": "A", "of_version": now["version"], "of_result": now["fingerprint"], **way, **more}

    def decided(self, case_id: str, meeting_id: str = "", **more: Any) -> httpx.Response:
        """The answer to such a decision."""
        wish = self.wish(case_id, meeting_id, **more)
        return self.alice.post(f"{API}/cases/{case_id}/decisions", json=wish)


def option(act: str = "biopsy", plan: str = "") -> dict[str, str]:
    return {"act": act, "plan": plan, "because": "no tissue yet"}


def full() -> dict[str, Any]:
    """Everything that MDT-04 asks for."""
    return {
        "certainty": "proven by tissue",
        "noms": {"words": "NOMS-03: separation surgery, then radiosurgery"},
        "margin": {"why_none": "a metastasis"},
        "chosen": option("en bloc resection", "en bloc vertebrectomy T8"),
        "rejected": [option("radiosurgery")],
        "consent": ["loss of the left T8 root"],
        "responsible": "A. Alice",
        "deadline": "2026-12-01",
    }
