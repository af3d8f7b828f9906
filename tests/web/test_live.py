"""Live pages: what happens is told to who may know it, and ends with the session."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import httpx
import pytest

from enbloc.web.live import LONGEST_QUEUE, WORKLIST, Listener, Live, of_case
from enbloc.web.routes import events
from tests.web.served import CENTRE, Served


def lines(answer: httpx.Response) -> Iterator[str]:
    """What is told from when the server says that it is heard."""
    told = (line for line in answer.iter_lines() if line)
    assert [next(told), next(told)] == ["event: here", "data: {}"]
    return told


def test_a_page_hears_its_topic_of_its_centre(server: Served) -> None:
    browser, live = server.signed_in("surgeon"), server.services.live
    with browser.stream("GET", "/api/v1/events") as answer:
        told = lines(answer)
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        live.tell("south", WORKLIST, "worklist", {"case_id": "other-centre"})
        live.tell(CENTRE, of_case("2f41"), "saved", {"version": 2})
        live.tell(CENTRE, WORKLIST, "worklist", {"case_id": "closed"}, only=["somebody-else"])
        live.tell(CENTRE, WORKLIST, "worklist", {"case_id": "2f41"})
        assert [next(told), next(told)] == ["event: worklist", 'data: {"case_id": "2f41"}']


def test_a_reader_hears_of_their_cases_alone(server: Served) -> None:
    known, live = server.somebody("reader"), server.services.live
    with server.session_of(known).stream("GET", "/api/v1/events") as answer:
        told = lines(answer)
        live.tell(CENTRE, WORKLIST, "worklist", {"case_id": "open"})
        live.tell(CENTRE, WORKLIST, "worklist", {"case_id": "theirs"}, only=[known.person])
        assert [next(told), next(told)][1] == 'data: {"case_id": "theirs"}'


def test_a_stream_ends_with_the_session(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BEAT_S", 0.05)
    known = server.somebody("surgeon")
    with server.session_of(known).stream("GET", "/api/v1/events") as answer:
        told = lines(answer)
        assert next(told) == ": still here"
        with server.record.at(CENTRE, actor="tests", purpose="tests", now=server.clock()) as work:
            work.end_sessions(known.person)
        assert set(told) <= {": still here"}


def test_a_stream_of_a_case_that_is_not_there_is_none(server: Served) -> None:
    assert server.signed_in("surgeon").get("/api/v1/cases/none/events").status_code == 404


def test_open_pages_do_not_hold_the_server_up(server: Served) -> None:
    browser = server.signed_in("surgeon")
    with browser.stream("GET", "/api/v1/events") as answer:
        told = lines(answer)
        ending = Thread(target=server.stopped)
        ending.start()
        assert list(told) in (["event: end", "data: {}"], [])
        ending.join()


def test_who_reads_too_slowly_is_told_to_look_anew() -> None:
    async def heard() -> list[str]:
        live = Live()
        with live.listening("north", [WORKLIST], Listener("ada", is_named_only=False)) as listener:
            for at in range(LONGEST_QUEUE + 1):
                live.tell("north", WORKLIST, "worklist", {"case_id": str(at)})
            await asyncio.sleep(0)
            return [await listener.next(0.01), await listener.next(0.01)]

    with ThreadPoolExecutor(1) as beside:  # a browser that is driven in this process has a loop in the first thread
        said = beside.submit(asyncio.run, heard()).result()
    assert said == ["event: lost\ndata: {}\n\n", ": still here\n\n"]
