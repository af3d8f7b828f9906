"""The files of the case page lie beside the result, drawn with the same pictures as the report."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from enbloc.case.image import Images
from enbloc.exchange.document import from_json
from enbloc.exchange.invented import invented_case
from enbloc.present.case_page import CasePage
from enbloc.workup import PAGES, page_files, publish, work_up
from tests.present import patients

EMPTY = Images(volumes={}, labels={})


def _page(folder: Path) -> CasePage:
    return from_json(CasePage, (folder / "page.json").read_text(encoding="utf-8"))


def test_a_result_with_its_page_names_every_file_that_lies_there(tmp_path: Path) -> None:
    said: list[str] = []
    made, held = patients.workup(findings=patients.read_off() | patients.workup().findings), patients.images()
    mark = publish(made, held, tmp_path / "out", with_page=True, said=said.append)
    page = _page(tmp_path / "out")
    files = {one.relative_to(tmp_path / "out").as_posix() for one in (tmp_path / "out").rglob("*") if one.is_file()}

    assert page.report.fingerprint == mark
    assert {f"pictures/{one.name}.svg" for one in page.pictures} == {
        one for one in files if one.startswith("pictures/")
    }
    own = {one for one in files if not one.startswith((".", "pictures/", "page.json"))}
    assert {one.name for one in page.documents} == own
    assert all((tmp_path / "out" / one.name).stat().st_size == one.bytes for one in page.documents)
    assert [one.title for one in page.documents][:2] == ["Report for the board", "Report as one page"]
    assert set(PAGES) <= set(said)


def test_a_record_alone_has_a_page_without_pictures(tmp_path: Path) -> None:
    made = work_up(invented_case("compression"), EMPTY)
    publish(made, EMPTY, tmp_path / "out", with_page=True)

    assert list((tmp_path / "out" / "pictures").iterdir()) == []
    assert _page(tmp_path / "out").pictures == ()


def test_without_being_asked_nothing_is_added(tmp_path: Path) -> None:
    publish(work_up(invented_case("compression"), EMPTY), EMPTY, tmp_path / "out")

    assert not (tmp_path / "out" / "page.json").exists()
    assert not (tmp_path / "out" / "pictures").exists()


def test_the_same_result_gives_the_same_bytes() -> None:
    made, held = patients.workup(findings=patients.read_off()), patients.images()

    first = page_files(made, held, "ab" * 32, drawn=patients.drawn())
    assert page_files(made, held, "ab" * 32, drawn=patients.drawn()) == first


@pytest.mark.parametrize("name", ["compression", "renal-irradiated"])
def test_a_page_is_small_on_its_way(name: str) -> None:
    files = page_files(work_up(invented_case(name), EMPTY), EMPTY, "ab" * 32)

    assert len(gzip.compress(files["page.json"])) < 200_000
