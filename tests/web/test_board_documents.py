"""The papers of a board through a real server: of what was looked at, the same bytes again, and for nobody else."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import Any

import httpx
import pytest

from enbloc.exchange.document import to_json
from enbloc.present.words import THIN
from enbloc.web.listing import DOCUMENT, KIND, PAGE, PICTURE, Held, Listing
from tests.exchange.test_calendar import parsed, text_of
from tests.present import boards, patients
from tests.present.patients import FINGERPRINT
from tests.present.sheets import printed
from tests.web.brought import API
from tests.web.served import CENTRE, Served

CASE = "2f41"
PEOPLE = [
    {"name": "R. Example", "specialty": "spine surgeon", "how": "in the room", "person": "example"},
    {"name": "O. Sample", "specialty": "radiation oncologist", "how": "by phone", "person": "sample"},
]
CHOSEN = {"act": "en bloc resection", "plan": "en bloc vertebrectomy T8", "because": "solitary, fit, wishes it"}
CUT_SHEET = b"%PDF-1.7 of the plan decided on"


@pytest.fixture
def example(server: Served) -> httpx.Client:
    """A surgeon, beside an oncologist, with a case that was worked up."""
    browser = server.signed_in("surgeon", person="example")
    server.somebody("oncologist", person="sample")
    with server.record.at(CENTRE, actor="example", purpose="tests", now=server.clock()) as work:
        work.save_case(CASE, to_json(patients.case()), made_from=0, because="brought")
    worked_up(server)
    server.clock.forward(minutes=1)
    return browser


def worked_up(server: Served, *, fingerprint: str = FINGERPRINT, version: int = 1) -> None:
    """What a work-up leaves in the record."""
    page = replace(boards.page(), report=replace(boards.page().report, fingerprint=fingerprint))
    with server.record.at(CENTRE, actor="example", purpose="tests", now=server.clock()) as work:

        def kept(kind: str, content: bytes, *, is_gzipped: bool = False) -> Held:
            packed = gzip.compress(content, mtime=0) if is_gzipped else content
            stored = work.put_result(CASE, version, kind, packed)
            return Held(sha256=stored.sha256, media_type="application/octet-stream", is_gzipped=is_gzipped)

        listing = Listing(
            version=version,
            page=kept(PAGE, to_json(page).encode(), is_gzipped=True),
            pictures={f"{one.ref.name}.svg": kept(PICTURE, one.svg.encode()) for one in boards.drawn()},
            documents={"plans/en-bloc-vertebrectomy-T8/cut-sheet.pdf": kept(DOCUMENT, CUT_SHEET)},
            fingerprint=fingerprint,
        )
        work.put_result(CASE, version, KIND, to_json(listing).encode())


def planned(browser: httpx.Client, **more: Any) -> str:
    wish = {"day": "2026-11-26", "title": "Spine board", "starts": "14:00", "attendance": PEOPLE}
    agenda = [{"case": CASE, "lesions": ["A"], "question": "En bloc or separation?"}]
    answer = browser.post(f"{API}/meetings", json={**wish, "agenda": agenda, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["meeting_id"])


def decided(browser: httpx.Client, **more: Any) -> str:
    wish = {
        "lesion": "A",
        "way": "meeting",
        "of_version": 1,
        "of_result": FINGERPRINT,
        "chosen": CHOSEN,
        "tasks": [{"what": "Book the theatre", "owner": "sample", "due": "2026-12-01"}],
    }
    answer = browser.post(f"{API}/cases/{CASE}/decisions", json={**wish, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["decision"]["decision"]["id"])


def held(browser: httpx.Client) -> tuple[str, str]:
    """A meeting that is open, and the decision made in it."""
    meeting = planned(browser)
    assert browser.post(f"{API}/meetings/{meeting}/open").status_code == 200
    return meeting, decided(browser, meeting_id=meeting)


def paper(browser: httpx.Client, path: str) -> bytes:
    answer = browser.get(f"{API}{path}")
    assert answer.status_code == 200, answer.text
    return answer.content


def said(content: bytes) -> str:
    return " ".join(printed(content)).replace(THIN, " ").replace("\u200b", "")


def test_the_minutes_tell_what_was_decided_on_what_was_looked_at(server: Served, example: httpx.Client) -> None:
    meeting, _ = held(example)
    text = said(paper(example, f"/meetings/{meeting}/minutes.pdf"))
    for words in (
        "Spine board",
        "OPEN: not final",
        "Question: En bloc or separation?",
        "SINS 6 · 7 · 8 · 9 · 10 of 18",
        "en bloc vertebrectomy T8 solitary, fit, wishes it",
        "MISSING of MDT-04: certainty of the diagnosis",
        "2026-12-01 Book the theatre Printed Sample",
        f"{FINGERPRINT[:16]}. Recorded by Printed Example",
        "PAINTED DATA",
    ):
        assert words in text, words


def test_minutes_of_a_closed_meeting_stay_as_they_are_whatever_comes_after(
    server: Served, example: httpx.Client
) -> None:
    meeting, _ = held(example)
    server.clock.forward(minutes=20)
    assert example.post(f"{API}/meetings/{meeting}/close").status_code == 200
    before = paper(example, f"/meetings/{meeting}/minutes.pdf")
    assert "closed by Printed Example, 2026-11-20 09:21 UTC" in said(before)

    server.clock.forward(minutes=20)
    worked_up(server, fingerprint="77" * 32)
    assert paper(example, f"/meetings/{meeting}/minutes.pdf") == before


def test_what_was_asked_and_the_second_looks_are_in_the_minutes_once_they_were_revealed(
    server: Served, example: httpx.Client
) -> None:
    meeting = planned(example)
    at = f"{API}/meetings/{meeting}"
    example.post(f"{at}/open").raise_for_status()
    example.post(f"{at}/asked", json={"case_id": CASE, "text": "Is the level sure?"}).raise_for_status()
    look = {"lesion": "A", "option": "en bloc resection", "because": "solitary"}
    example.put(f"{at}/second-looks/{CASE}", json=look).raise_for_status()
    blind = said(paper(example, f"/meetings/{meeting}/minutes.pdf"))
    assert "Asked in the meeting Printed Example: Is the level sure? 2026-11-20" in blind
    assert "1 second look given blind and not revealed." in blind
    assert "solitary" not in blind
    example.post(f"{at}/second-looks/{CASE}/reveal").raise_for_status()
    decision = decided(example, meeting_id=meeting, chosen={"act": "biopsy", "because": "no tissue yet"})
    for path in (f"/meetings/{meeting}/minutes.pdf", f"/cases/{CASE}/decisions/{decision}/documents/minutes.pdf"):
        text = said(paper(example, path))
        assert "1 second look given blind, revealed: by the chair." in text
        assert "en bloc vertebrectomy T8 (1): Printed Example: solitary" in text


def test_second_looks_that_are_revealed_after_the_end_change_no_minutes(server: Served, example: httpx.Client) -> None:
    meeting = planned(example)
    at = f"{API}/meetings/{meeting}"
    example.post(f"{at}/open").raise_for_status()
    look = {"lesion": "A", "option": "en bloc resection", "because": "solitary"}
    example.put(f"{at}/second-looks/{CASE}", json=look).raise_for_status()
    example.post(f"{at}/close").raise_for_status()
    before = paper(example, f"/meetings/{meeting}/minutes.pdf")
    server.clock.forward(minutes=20)
    example.post(f"{at}/second-looks/{CASE}/reveal").raise_for_status()
    assert paper(example, f"/meetings/{meeting}/minutes.pdf") == before


def test_a_case_that_nothing_was_decided_about_is_told_as_it_stood_then(server: Served, example: httpx.Client) -> None:
    meeting = planned(example)
    example.post(f"{API}/meetings/{meeting}/open")
    example.post(f"{API}/meetings/{meeting}/close")
    before = paper(example, f"/meetings/{meeting}/minutes.pdf")
    assert "No decision" in said(before)
    assert f"result {FINGERPRINT[:16]}" in said(before)

    server.clock.forward(minutes=20)
    with server.record.at(CENTRE, actor="example", purpose="tests", now=server.clock()) as work:
        work.save_case(CASE, to_json(patients.case(story="worse since")), made_from=1, because="seen again")
    worked_up(server, fingerprint="77" * 32, version=2)
    assert paper(example, f"/meetings/{meeting}/minutes.pdf") == before


def test_every_document_of_a_decision_is_of_what_was_decided_on(server: Served, example: httpx.Client) -> None:
    _, decision = held(example)
    documents = f"/cases/{CASE}/decisions/{decision}/documents"
    papers = {name: paper(example, f"{documents}/{name}.pdf") for name in ("minutes", "case", "tasks", "cut-sheet")}
    assert papers["cut-sheet"] == CUT_SHEET
    assert "EXTRACT" in said(papers["minutes"])
    assert "Smallest margin 1.5 mm" in said(papers["case"])
    assert "Book the theatre" in said(papers["tasks"])

    server.clock.forward(minutes=20)
    worked_up(server, fingerprint="77" * 32)
    task = example.get(f"{API}/tasks").json()["items"][0]["task"]
    wish = {"what": "Call it off", "owner": "example", "due": "2027-01-01", "state": "dropped", "because": "no consent"}
    newest = {"If-Match": '"1"'}
    assert example.put(f"{API}/tasks/{task['id']}", json=wish, headers=newest).status_code == 200
    assert {name: paper(example, f"{documents}/{name}.pdf") for name in papers} == papers


def test_a_decision_without_a_plan_has_no_cut_sheet_and_nobody_a_leaflet(server: Served, example: httpx.Client) -> None:
    meeting = planned(example)
    example.post(f"{API}/meetings/{meeting}/open")
    decision = decided(example, meeting_id=meeting, chosen={"act": "biopsy", "because": "no tissue yet"})
    documents = f"{API}/cases/{CASE}/decisions/{decision}/documents"
    none = example.get(f"{documents}/cut-sheet.pdf")
    assert (none.status_code, none.json()["type"]) == (404, "no-cut-sheet")
    leaflet = example.get(f"{documents}/leaflet.pdf")
    assert leaflet.status_code == 501
    assert "not built yet" in leaflet.json()["title"]


def test_a_decision_by_phone_is_in_the_minutes_of_the_meeting_that_ratifies_it(
    server: Served, example: httpx.Client
) -> None:
    attendance = [{**one, "how": "by phone"} for one in PEOPLE]
    decision = decided(example, way="quorum by phone", emergency="Paraparesis since noon.", attendance=attendance)
    alone = said(paper(example, f"/cases/{CASE}/decisions/{decision}/documents/minutes.pdf"))
    assert "TO BE RATIFIED" in alone
    meeting = planned(example)
    example.post(f"{API}/meetings/{meeting}/open")
    assert "1 to be ratified" in said(paper(example, f"/meetings/{meeting}/minutes.pdf"))

    body = {"meeting_id": meeting}
    assert example.post(f"{API}/cases/{CASE}/decisions/{decision}/ratify", json=body).status_code == 200
    text = said(paper(example, f"/meetings/{meeting}/minutes.pdf"))
    assert "BY PHONE, RATIFIED" in text
    assert "Ratified: in this meeting, recorded by Printed Example" in text


def test_a_decision_that_was_replaced_says_so_on_its_papers(server: Served, example: httpx.Client) -> None:
    meeting, first = held(example)
    later = decided(example, meeting_id=meeting, supersedes=first)
    for name in ("minutes", "case", "tasks"):
        text = said(paper(example, f"/cases/{CASE}/decisions/{first}/documents/{name}.pdf"))
        assert f"SUPERSEDED: by decision {later}" in text, name


def test_the_agenda_says_what_is_missing(server: Served, example: httpx.Client) -> None:
    text = said(paper(example, f"/meetings/{planned(example)}/agenda.pdf"))
    assert "Missing before the board MRI of the whole spine" in text
    assert "led by Printed Example" in text


def test_an_invitation_follows_the_meeting_until_it_is_called_off(server: Served, example: httpx.Client) -> None:
    meeting = planned(example)
    path = f"/meetings/{meeting}/invitation.ics"
    answer = example.get(f"{API}{path}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (first,) = parsed(answer.text).parts
    assert "Cases: 2f41." in text_of(first["DESCRIPTION"])
    assert (first["DTSTART"], first["STATUS"]) == ("20261126T140000", "CONFIRMED")

    newest = {"If-Match": example.get(f"{API}/meetings/{meeting}").headers["ETag"]}
    moved = {"day": "2026-12-03", "title": "Spine board", "starts": "", "place": "", "chair": "", "attendance": []}
    assert example.put(f"{API}/meetings/{meeting}", json=moved, headers=newest).status_code == 200
    (second,) = parsed(paper(example, path).decode()).parts
    assert second["UID"] == first["UID"]
    assert int(second["SEQUENCE"]) > int(first["SEQUENCE"])

    assert example.post(f"{API}/meetings/{meeting}/close").status_code == 200
    (gone,) = parsed(paper(example, path).decode()).parts
    assert gone["STATUS"] == "CANCELLED"
    assert int(gone["SEQUENCE"]) > int(second["SEQUENCE"])
    assert "called off by Printed Example" in said(paper(example, f"/meetings/{meeting}/minutes.pdf"))


def test_papers_hold_no_case_that_is_closed_to_who_asks(server: Served, example: httpx.Client) -> None:
    meeting, decision = held(example)
    answer = example.put(f"{API}/cases/{CASE}/team", json={"people": ["example"]})
    assert answer.status_code in (200, 204), answer.text
    other = server.signed_in("oncologist", person="stranger")
    for path in (f"/meetings/{meeting}/minutes.pdf", f"/meetings/{meeting}/agenda.pdf"):
        text = said(paper(other, path))
        assert CASE not in text
        assert "renal cell" not in text
    assert CASE not in paper(other, f"/meetings/{meeting}/invitation.ics").decode()
    assert other.get(f"{API}/cases/{CASE}/decisions/{decision}/documents/minutes.pdf").status_code == 404
    administrator = server.signed_in("administrator", person="office")
    assert administrator.get(f"{API}/meetings/{meeting}/minutes.pdf").status_code == 403


def test_a_page_of_another_version_is_told_and_not_guessed(server: Served, example: httpx.Client) -> None:
    with server.record.at(CENTRE, actor="example", purpose="tests", now=server.clock()) as work:
        page = work.put_result(CASE, 1, PAGE, b'{"schema": "enbloc/page/0"}').sha256
        listing = Listing(version=1, page=Held(sha256=page, media_type="application/json"), fingerprint="66" * 32)
        work.put_result(CASE, 1, KIND, to_json(listing).encode())
    meeting = planned(example)
    assert "written by another version of enbloc" in said(paper(example, f"/meetings/{meeting}/minutes.pdf"))
