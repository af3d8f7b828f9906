"""The life of a case by HTTP: brought, worked up, read, corrected by two people, confirmed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from sqlalchemy import inspect

from enbloc.exchange import nifti
from enbloc.record import verify
from tests.data import real_data
from tests.web.brought import API, Ticking, brought, case_folder_zip, ended, settled, uploaded, with_workers
from tests.web.served import CENTRE, Person, Served

T11 = 33
"""In the scheme of the label map."""
ALICE = Person(person="alice", centre=CENTRE, secret="", roles=())


@pytest.fixture
def served(request: pytest.FixtureRequest, folder: Path, empty: Path) -> Iterator[Served]:
    """A server with its workers: on SQLite, and on PostgreSQL where a test asks for both."""
    url = request.getfixturevalue("cluster").fresh() if getattr(request, "param", "") == "postgresql" else None
    data = folder / "data" if url else Path(shutil.copytree(empty, folder / "data"))
    with closing(Served(url, data, prepare=with_workers, clock=Ticking())) as made:
        yield made


on_both = pytest.mark.parametrize("served", ["sqlite", "postgresql"], indirect=True)


CONFIRMED = {"of": "labels", "by": "x", "on": "2026-11-20", "sha256": "0" * 64}


def read(browser: httpx.Client, case_id: str, **asked: Any) -> dict[str, Any]:
    return dict(browser.get(f"{API}/cases/{case_id}", params=asked).raise_for_status().json())


def saved(browser: httpx.Client, view: dict[str, Any], **changes: Any) -> httpx.Response:
    body = {"document": view["document"] | changes, "because": "a test", "work_up": False}
    return browser.put(f"{API}/cases/{view['case_id']}", json=body, headers={"If-Match": f'"{view["version"]}"'})


def entry(fact: str = "sins.pain", value: Any = "mechanical", **more: Any) -> dict[str, Any]:
    return {"fact": fact, "about": "A", "value": value, "by": "Somebody Else", "on": "2020-01-01", "because": ""} | more


def tumour_in(labels: Path, out: Path) -> bytes:
    """The label map of a ball in the upper vertebra, on the same grid."""
    pixels = nifti.read_labels(labels, where="labels")
    inside = np.argwhere(pixels.array == T11).mean(axis=0)
    apart = np.linalg.norm((np.indices(pixels.array.shape).T - inside) * pixels.grid.spacing_mm, axis=-1).T
    nifti.write(out, ((apart < 9) & (pixels.array == T11)).astype(np.uint8), pixels.grid)
    return out.read_bytes()


def test_a_dicom_zip_with_labels_becomes_a_page_and_its_labels_are_confirmed(served: Served, tmp_path: Path) -> None:
    data = real_data("dicom-ct-t11-t12")
    browser = served.signed_in()
    given = {
        "MUELLER, KARIN.zip": (data / "dicom.zip").read_bytes(),
        "labels.nii.gz": (data / "labels_total_v2.nii.gz").read_bytes(),
        "tumour.nii.gz": tumour_in(data / "labels_total_v2.nii.gz", tmp_path / "tumour.nii.gz"),
    }
    scan, labels, tumour = ({"upload": uploaded(browser, each, name), "name": name} for name, each in given.items())
    made = brought(browser, labels | {"scheme": "totalsegmentator-v2"}, tumour | {"tumour": "A"}, scan)
    case_id = made["case_id"]
    assert ended(browser, made["job"]["job_id"])["fault"] == ""
    view = read(browser, case_id)
    assert (view["version"], view["by"], set(view["document"]["images"])) == (2, "person-1", {"ct"})
    assert view["names"] == {"person-1": "Printed Person-1"}
    assert view["document"]["labels"]["anatomy"]["scheme"] == "totalsegmentator-v2"

    (work_up,) = settled(browser, case_id)
    assert (work_up["kind"], work_up["state"], work_up["fault"]) == ("work-up", "done", "")
    page = browser.get(f"{API}/cases/{case_id}/page").json()
    assert {"measured"} <= {one["kind"] for one in page["numbers"]}
    evidence = next(one["picture"] for one in page["numbers"] if one["picture"])
    assert b"<svg" in browser.get(f"{API}/cases/{case_id}/pictures/{evidence}.svg").content
    line = browser.get(f"{API}/worklist").json()["items"][0]
    assert (line["case_id"], line["state"], line["levels"], line["worked_up"]) == (case_id, "current", "T11", 2)

    view = read(browser, case_id)
    assert view["labels_sha256"] == page["labels_sha256"] != ""
    confirmed = [
        {"of": what, "by": "x", "on": "2020-01-01", "sha256": page[f"{what}_sha256"]} for what in ("labels", "level")
    ]
    assert saved(browser, view, confirmations=confirmed).status_code == 200
    told = read(browser, case_id)
    assert {(one["by"], one["on"]) for one in told["document"]["confirmations"]} == {("Printed Person-1", "2026-11-20")}
    assert not told["is_current"]
    measured = next(one for one in page["numbers"] if one["kind"] == "measured" and one["can_be_overruled"])
    overruling = entry(measured["fact"], measured["value"], about=measured["about"])
    nurse = served.signed_in(roles=("coordinator",))
    assert saved(nurse, told, findings=[overruling]).json()["function"] == "overrule"
    assert "MUELLER" not in everything_of(served), "no name that a file came with is kept"
    assert verify(served.record).is_whole


def test_a_case_that_nobody_outlined_waits_and_has_not_failed(served: Served) -> None:
    data, browser = real_data("dicom-ct-t11-t12"), served.signed_in()
    given = {
        "CT.zip": (data / "dicom.zip").read_bytes(),
        "labels.nii.gz": (data / "labels_total_v2.nii.gz").read_bytes(),
    }
    scan, labels = ({"upload": uploaded(browser, each, name), "name": name} for name, each in given.items())
    made = brought(browser, labels | {"scheme": "totalsegmentator-v2"}, scan)
    ended(browser, made["job"]["job_id"])

    (work_up,) = settled(browser, made["case_id"])
    assert (work_up["state"], work_up["fault"]) == ("done", "")
    assert "outline of the tumour" in work_up["waits"]
    line = browser.get(f"{API}/worklist").json()["items"][0]
    assert (line["state"], line["worked_up"], line["readiness"]) == ("new", 0, f"waits for {work_up['waits']}")


def everything_of(served: Served) -> str:
    """All that the record and its folder hold, and how it is called, as letters."""
    with served.record.database.connect() as connection:
        rows = [
            str(row)
            for name in inspect(served.record.database).get_table_names()
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}")
        ]
    files = [path for path in served.folder.rglob("*") if path.is_file()]
    return "".join((*rows, *map(str, files), *(path.read_bytes().decode("latin-1") for path in files)))


@on_both
def test_a_case_folder_becomes_the_case_and_nobody_signs_for_others(served: Served) -> None:
    browser = served.signed_in()
    made = brought(browser, {"upload": uploaded(browser, case_folder_zip()), "name": "case.zip"})
    case_id = made["case_id"]
    assert ended(browser, made["job"]["job_id"])["fault"] == ""
    (work_up,) = settled(browser, case_id)
    assert (work_up["state"], work_up["fault"]) == ("done", "")
    view = read(browser, case_id)
    assert view["document"]["id"] == case_id
    assert view["is_current"]
    assert all("brought by Printed Person-1" in one["by"] for one in view["document"]["findings"])

    page = browser.get(f"{API}/cases/{case_id}/page")
    assert page.headers["X-Enbloc-Version"] == "2"
    assert page.headers["Cache-Control"] == "no-store"
    told = page.json()
    assert told["schema"] == "enbloc/page/1"
    again = browser.get(f"{API}/cases/{case_id}/page", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = browser.get(f"{API}/cases/{case_id}/page", headers={"Accept-Encoding": "identity"})
    assert plain.json() == told
    for document in told["documents"]:
        answer = browser.get(f"{API}/cases/{case_id}/documents/{document['name']}")
        assert (answer.status_code, len(answer.content)) == (200, document["bytes"])
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    for picture in told["pictures"]:
        answer = browser.get(f"{API}/cases/{case_id}/pictures/{picture['name']}.svg")
        assert answer.content.startswith(b"<svg")
    assert browser.get(f"{API}/cases/{case_id}/documents/../../etc/passwd").status_code == 404
    assert verify(served.record).is_whole


@pytest.fixture
def myeloma(served: Served) -> tuple[Served, dict[str, Any]]:
    """A case of one lesion, brought without a work-up."""
    browser = served.signed_in(person="alice")
    case_id = brought(browser)["case_id"]
    lesions = [{"id": "A", "levels": ["T9"], "histology": "myeloma"}]
    done = saved(browser, read(browser, case_id), lesions=lesions)
    assert done.json() == {"version": 2, "job": None}
    assert done.headers["ETag"] == '"2"'
    return served, read(browser, case_id)


@on_both
def test_two_people_edit_one_case_and_the_second_sees_what_changed(myeloma: tuple[Served, dict[str, Any]]) -> None:
    served, view = myeloma
    alice, bob = served.session_of(ALICE), served.signed_in(person="bob")
    assert saved(alice, view, story="Pain since March.").status_code == 200
    second = saved(bob, view, story="Pain since April.")

    assert second.status_code == 412
    told = second.json()
    assert [(one["version"], told["names"][one["by"]]) for one in told["since"]] == [(3, "Printed Alice")]
    assert told["since"][0]["changes"] == [
        {"path": "story", "what": "story", "before": "empty", "after": "Pain since March."}
    ]
    assert read(alice, view["case_id"])["document"]["story"] == "Pain since March."
    assert saved(bob, read(bob, view["case_id"]), story="Pain since April.").json()["version"] == 4
    changes = bob.get(f"{API}/cases/{view['case_id']}/changes", params={"earlier": 3, "later": 4}).json()["items"]
    assert [(one["before"], one["after"]) for one in changes] == [("Pain since March.", "Pain since April.")]
    assert [one["by"] for one in bob.get(f"{API}/cases/{view['case_id']}/versions").json()["items"]] == [
        "alice",
        "alice",
        "alice",
        "bob",
    ]


def test_the_server_signs_what_is_new_and_leaves_what_is_not(myeloma: tuple[Served, dict[str, Any]]) -> None:
    served, view = myeloma
    alice, bob = served.session_of(ALICE), served.signed_in(person="bob")
    assert saved(alice, view, findings=[entry()]).status_code == 200
    view = read(bob, view["case_id"])
    assert [(one["by"], one["on"]) for one in view["document"]["findings"]] == [("Printed Alice", "2026-11-20")]
    forged = [view["document"]["findings"][0] | {"by": "Dr. Forged"}, entry("lesion.solitary", value=False)]
    answer = saved(bob, view, findings=forged)
    assert answer.status_code in (200, 422), answer.text
    view = read(bob, view["case_id"])
    assert "Forged" not in str(view["document"])


@pytest.mark.parametrize(
    ("roles", "change", "status"),
    [
        (("coordinator",), {"story": "seen"}, 200),
        (("coordinator",), {"findings": [entry()]}, 200),
        (("coordinator",), {"findings": [entry(because="I looked again at the images")]}, 403),
        (("radiologist",), {"findings": [entry(because="I looked again at the images")]}, 200),
        (
            ("radiologist",),
            {"overrides": [{"stop": "STOP-16", "about": "patient", "act": "", "by": "R. Example", "on": "2026-11-20",
                            "because": "apixaban 20 hours ago, reversed with andexanet"}]},
            403,
        ),
        (
            ("oncologist",),
            {"overrides": [{"stop": "STOP-16", "about": "patient", "act": "", "by": "R. Example", "on": "2026-11-20",
                            "because": "apixaban 20 hours ago, reversed with andexanet"}]},
            200,
        ),
        (("oncologist",), {"confirmations": [CONFIRMED]}, 403),
        (("surgeon",), {"confirmations": [CONFIRMED]}, 422),
        (("surgeon",), {"id": "other"}, 422),
        (("surgeon",), {"origin": "phantom"}, 422),
        (("surgeon",), {"images": {"ct": {"file": "images/ct.nii.gz", "modality": "CT"}}}, 422),
        (("reader",), {"story": "seen"}, 404),
        (("administrator",), {"story": "seen"}, 403),
    ],
)  # fmt: skip
def test_what_differs_decides_who_may_save(
    myeloma: tuple[Served, dict[str, Any]], roles: tuple[str, ...], change: dict[str, Any], status: int
) -> None:
    served, view = myeloma
    answer = saved(served.signed_in(roles=roles), view, **change)
    assert answer.status_code == status, answer.text


def test_an_override_brings_the_case_to_its_day_and_nothing_else_does(myeloma: tuple[Served, dict[str, Any]]) -> None:
    served, view = myeloma
    bob = served.signed_in("surgeon", person="bob")
    assert saved(bob, view, as_of="2026-01-01").status_code == 200
    earlier = read(bob, view["case_id"])
    assert earlier["document"]["as_of"] == "2026-01-01"
    one = {"stop": "STOP-16", "about": "patient", "act": "", "by": "R. Example", "on": "2020-01-01",
           "because": "apixaban 20 hours ago, reversed with andexanet"}  # fmt: skip
    assert saved(bob, earlier, overrides=[one]).status_code == 200
    now = read(bob, view["case_id"])["document"]
    assert now["as_of"] == now["overrides"][0]["on"] > "2026-01-01"


@pytest.mark.parametrize("if_match", [None, "*", '"0"', "2", '"two"', '"2", "3"'])
def test_a_save_without_its_version_is_refused(myeloma: tuple[Served, dict[str, Any]], if_match: str | None) -> None:
    served, view = myeloma
    headers = {} if if_match is None else {"If-Match": if_match}
    body = {"document": view["document"], "because": "a test"}
    answer = served.signed_in().put(f"{API}/cases/{view['case_id']}", json=body, headers=headers)
    assert answer.status_code == (428 if if_match is None else 422)


@on_both
def test_what_others_have_is_answered_like_what_is_not_there(myeloma: tuple[Served, dict[str, Any]]) -> None:
    served, view = myeloma
    alice, stranger = served.session_of(ALICE), served.signed_in(centre="south")
    upload = uploaded(alice, b"anything")
    job = brought(alice, {"upload": upload})["job"]["job_id"]
    for way in ("", "/page", "/versions", "/events", "/pictures/x.svg", "/documents/report.pdf"):
        theirs = stranger.get(f"{API}/cases/{view['case_id']}{way}")
        unknown = stranger.get(f"{API}/cases/nobody{way}")
        assert (theirs.status_code, theirs.content) == (unknown.status_code, unknown.content) == (404, unknown.content)
    assert stranger.get(f"{API}/jobs/{job}").json() == stranger.get(f"{API}/jobs/{'0' * 16}").json()
    mine = served.signed_in(person="carol")
    body = {"because": "theft", "uploads": [{"upload": uploaded(alice, b"anything")}]}
    theirs = mine.post(f"{API}/cases", json=body)
    unknown = mine.post(f"{API}/cases", json=body | {"uploads": [{"upload": "0" * 32}]})
    assert (theirs.status_code, theirs.json()) == (404, unknown.json())


@on_both
def test_a_case_closed_to_its_team_is_not_there_for_others(myeloma: tuple[Served, dict[str, Any]]) -> None:
    served, view = myeloma
    case_id = view["case_id"]
    alice, bob = served.session_of(ALICE), served.signed_in(person="bob")
    reader = served.signed_in(roles=("reader",), person="ruth")
    assert reader.get(f"{API}/cases/{case_id}").status_code == 404
    assert {one["person"] for one in alice.get(f"{API}/colleagues").json()["items"]} == {"alice", "bob", "ruth"}
    assert alice.put(f"{API}/cases/{case_id}/team", json={"people": ["ruth"]}).status_code == 422
    assert alice.put(f"{API}/cases/{case_id}/team", json={"people": ["alice", "ruth"]}).status_code == 204
    assert bob.get(f"{API}/cases/{case_id}").status_code == 404
    seen = reader.get(f"{API}/cases/{case_id}").json()
    assert (seen["team"], seen["functions"]) == (["alice", "ruth"], ["see"])
    assert alice.put(f"{API}/cases/{case_id}/board", json={"day": "2026-11-26"}).status_code == 204
    assert read(alice, case_id)["board"] == "2026-11-26"
    assert alice.put(f"{API}/cases/{case_id}/team", json={"people": []}).status_code == 204
    assert bob.get(f"{API}/cases/{case_id}").status_code == 200


def test_the_vocabulary_may_be_kept_and_the_neurology_form_computes(served: Served) -> None:
    browser = served.signed_in()
    facts = browser.get(f"{API}/vocabulary")
    assert {"sins.pain"} <= {one["id"] for one in facts.json()["facts"]}
    assert browser.get(f"{API}/vocabulary", headers={"If-None-Match": facts.headers["ETag"]}).status_code == 304
    assert "sins" in {one["id"] for one in browser.get(f"{API}/instruments").json()["items"]}
    found = browser.post(f"{API}/neurology/isncsci", json={"examination": {"deep anal pressure": "yes"}}).json()
    assert found["impairment"][0] == "B"
    assert found["motor"] is None
    wrong = browser.post(f"{API}/neurology/isncsci", json={"examination": {"right": {"motor": {"C5": 9}}}})
    assert wrong.status_code == 422


def test_an_id_that_no_case_can_have_is_answered_like_one_that_no_case_has(served: Served) -> None:
    browser, known = served.signed_in(), {"made_from": 1, "because": "a test", "uploads": []}
    document = {"id": "x", "as_of": "2026-11-20", "patient": {"birth_year": 1960, "sex": "female"}}
    saving: dict[str, Any] = {"json": {"document": document, "because": "x"}, "headers": {"If-Match": '"1"'}}
    upload = {"upload": uploaded(browser, b"anything")}
    asked: list[tuple[str, str, dict[str, Any]]] = [
        *(
            ("GET", way, {})
            for way in ("", "/page", "/versions", "/events", "/pictures/x.svg", "/documents/report.pdf")
        ),
        ("GET", "/changes?earlier=1&later=2", {}),
        ("PUT", "", saving),
        ("POST", "/intake", {"json": known | {"uploads": [upload]}}),
        ("POST", "/workups", {}),
        ("PUT", "/board", {"json": {"day": None}}),
        ("PUT", "/team", {"json": {"people": []}}),
    ]
    for id, (method, way, more) in product(("x" * 65, "Müller, Karin", "-", "x%00"), asked):
        one, other = (browser.request(method, f"{API}/cases/{key}{way}", **more) for key in (id, "nobody"))
        assert (one.status_code, one.json()) == (404, other.json()), (method, way)
        assert browser.get(f"{API}/jobs/{id}").json() == browser.get(f"{API}/jobs/{'0' * 16}").json()
    assert "Müller" not in everything_of(served), "what a stranger types is not kept"
