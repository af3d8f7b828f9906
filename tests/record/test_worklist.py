"""The worklist: the loudest first, page by page, found by words; and its counts are always those of its lines."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.record import Reach, Record, WorklistLine, WorklistPage, searching, verify
from enbloc.record.searching import DEGREES, VIEWS, words_in
from tests.record.deeds import ALICE, BOB, NOW, add, at, document, lined, save

TODAY = "2026-11-20"


def asked(record: Record, actor: str = ALICE, reach: Reach = Reach.ALL, **question: Any) -> WorklistPage:
    with at(record, actor, reach=reach) as work:
        return work.worklist(today=TODAY, **question)


def ids(page: WorklistPage) -> list[str]:
    return [line.case_id for line in page.lines]


def test_a_line_comes_back_with_what_the_record_knows_itself(record: Record) -> None:
    add(record, ALICE)
    line = WorklistLine(
        case_id="c1", version=1, worked_up=1, as_of="2026-11-19", identity="1961 · female", headline="Chordoma of L3",
        levels="L3", histology="chordoma", degree="urgent", what="Compression of the cord", due="2026-11-21",
        due_what="decompress", missing=2, ask="the pathology", follow_up="MRI in 3 months", readiness="not ready",
        origin="referral", state="current", board="2000-01-01", is_closed=True, saved_by="nobody",
    )  # fmt: skip
    save(record)
    with at(record) as work:
        assert work.line("c1") is None
        assert work.line_up(line)
        work.set_board("c1", "2026-11-26")
        work.set_team("c1", [ALICE])
        (shown,) = work.worklist(today=TODAY).lines
        assert work.line("c1") == shown

    given = {name: getattr(line, name) for name in WorklistLine.__dataclass_fields__}
    own = {"board": "2026-11-26", "is_closed": True, "saved_by": ALICE, "saved_at": NOW}
    assert {name: getattr(shown, name) for name in given} == {**given, **own}


def test_running_clocks_come_first_then_the_loudest_then_what_is_due_earliest(record: Record) -> None:
    days = ("2026-11-19", "2026-12-01", "")
    clocks = [f"{key}-{degree}-{due}" for due in days[:2] for key in ("B", "a") for degree in ("stop", "urgent")]
    rest = [
        f"{key}-{degree or 'none'}-{due or 'never'}"
        for degree in DEGREES
        for due in (days[2:] if degree in DEGREES[:2] else days)
        for key in ("B", "a")
    ]
    wanted = [*clocks, *rest]
    lines = [(key, *key.split("-", 2)[1:]) for key in wanted]
    random.Random(3).shuffle(lines)
    for key, degree, due in lines:
        given: dict[str, Any] = {"degree": "" if degree == "none" else degree, "due": "" if due == "never" else due}
        lined(record, key, **given)
    seen, after = [], ""
    while True:
        page = asked(record, after=after, limit=7)
        seen += ids(page)
        if not (after := page.next):
            break

    assert seen == wanted


def test_a_line_that_is_handed_in_again_takes_the_place_of_the_former(record: Record) -> None:
    lined(record, "c1", degree="stop", headline="chordoma", missing=1, board="2026-11-26")
    lined(record, "c1", made_from=1, degree="", headline="chondrosarcoma", missing=0)
    page = asked(record)

    assert [(line.version, line.headline, line.board) for line in page.lines] == [(2, "chondrosarcoma", "2026-11-26")]
    assert page.counts == {"all": 1, "urgent": 0, "board": 1, "missing": 0, "due": 0}
    assert ids(asked(record, words="chordoma")) == []
    assert ids(asked(record, words="chondro")) == ["c1"]


def test_a_line_about_an_older_version_changes_nothing(record: Record) -> None:
    lined(record, "c1", headline="first")
    lined(record, "c1", made_from=1, headline="second")
    with at(record) as work:
        assert not work.line_up(WorklistLine(case_id="c1", version=1, headline="late"))
    assert asked(record).lines[0].headline == "second"
    for version in (0, 3):
        with pytest.raises(RecordError, match="no such case or version"), at(record) as work:
            work.line_up(WorklistLine(case_id="c1", version=version))


def test_views_show_what_they_say(record: Record) -> None:
    lined(record, "stop", degree="stop")
    lined(record, "urgent", degree="urgent", due="2026-11-20")
    lined(record, "soon", degree="note", due="2026-11-27", missing=3)
    lined(record, "later", due="2026-11-28", board="2026-11-20")
    lined(record, "past", due="2026-01-01", board="2026-11-19")
    found = {view: ids(asked(record, view=view)) for view in VIEWS}

    assert found == {
        "all": ["urgent", "stop", "soon", "past", "later"],
        "urgent": ["urgent", "stop"],
        "board": ["later"],
        "missing": ["soon"],
        "due": ["urgent", "soon", "past"],
    }
    assert asked(record).counts == {view: len(keys) for view, keys in found.items()}


def test_every_word_is_the_beginning_of_a_word_of_the_line(record: Record) -> None:
    lined(record, "2f41", headline="Chordome à T11–T12", histology="chordoma", levels="T11, T12", ask="Pathology?")
    lined(record, "2f42", headline="Metastasis at L3", histology="renal cell carcinoma", identity="1961 · male")
    found = {
        question: ids(asked(record, words=question))
        for question in (
            "", "CHORDOMA", "chord a", "chord t12", "cell ren", "enal", "2f4", "2f42", "1961 male", "l3 chordoma",
            "path", "à", "a", "---", "metastasis 2f41",
        )
    }  # fmt: skip

    both, first, second = ["2f41", "2f42"], ["2f41"], ["2f42"]
    assert found == {
        "": both, "CHORDOMA": first, "chord a": first, "chord t12": first, "cell ren": second, "enal": [], "2f4": both,
        "2f42": second, "1961 male": second, "l3 chordoma": [], "path": first, "à": both, "a": both, "---": both,
        "metastasis 2f41": [],
    }  # fmt: skip


@pytest.mark.parametrize("words", ["a " * 200, "a b c d e f g h i", "x" * 201])
def test_a_question_has_its_bounds(record: Record, words: str) -> None:
    with pytest.raises(RecordError, match="too many words"):
        asked(record, words=words)


@pytest.mark.parametrize(
    "question",
    [{"view": "mine"}, {"limit": 0}, {"limit": 1001}, {"after": "x"}, {"after": "9_~_c1"}, {"after": "0_~_c 1"}],
)
def test_what_is_no_question_is_refused(record: Record, question: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        asked(record, **question)


@pytest.mark.parametrize(
    "line",
    [{"degree": "loud"}, {"state": "odd"}, {"due": "tomorrow"}, {"due": "2026-13-01"}, {"headline": "x" * 2001},
     {"missing": -1}, {"case_id": "a b"}],
)  # fmt: skip
def test_what_is_no_line_is_refused(record: Record, line: dict[str, Any]) -> None:
    save(record)
    with pytest.raises(RecordError), at(record) as work:
        work.line_up(WorklistLine(**{"case_id": "c1", "version": 1, **line}))


def test_letters_that_no_database_holds_are_replaced(record: Record) -> None:
    lined(record, "c1", headline="a\0b \ud800 <script>")
    assert asked(record).lines[0].headline == "a\ufffdb ? <script>"


def test_a_board_is_a_day_and_the_case_has_a_line(record: Record) -> None:
    save(record)
    with pytest.raises(RecordError, match="not in the worklist"), at(record) as work:
        work.set_board("c1", TODAY)
    lined(record, "c2", board=TODAY)
    with pytest.raises(RecordError, match="no day"), at(record) as work:
        work.set_board("c2", "Friday")
    with at(record) as work:
        work.set_board("c2", "")
    assert asked(record).counts["board"] == 0
    assert asked(record).lines[0].board == ""


def test_the_audit_does_not_hold_what_was_searched_for(record: Record) -> None:
    lined(record, "c1")
    asked(record, words="Hildegard")
    with at(record) as work:
        assert not any("ildegard" in line.detail for line in work.audit())


# --- whoever asks, whatever was done ----------------------------------------------------------------------------------


def expected(lines: dict[str, dict[str, Any]], teams: dict[str, set[str]], actor: str, reach: Reach) -> dict[str, Any]:
    """The worklist of a person by going through everything."""

    def is_seen(key: str) -> bool:
        team = teams.get(key) or set()
        return reach is Reach.ALL or actor in team or (reach is Reach.CENTRE and not team)

    soon = (date.fromisoformat(TODAY) + timedelta(days=7)).isoformat()
    tests: dict[str, Callable[[dict[str, Any]], bool]] = {
        "all": lambda line: True,
        "urgent": lambda line: line["degree"] in ("stop", "urgent"),
        "board": lambda line: line["board"] >= TODAY,
        "missing": lambda line: line["missing"] > 0,
        "due": lambda line: "" < line["due"] <= soon,
    }
    order = sorted(lines, key=lambda key: searching.spot_of(lines[key]["degree"], lines[key]["due"], key))
    return {view: [key for key in order if is_seen(key) and test(lines[key])] for view, test in tests.items()}


@pytest.mark.parametrize("few", [1000, 2])
def test_counts_and_lists_are_those_of_the_lines_whatever_was_done(
    record: Record, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    chance = random.Random(11)
    for person in (ALICE, BOB):
        add(record, person)
    lines: dict[str, dict[str, Any]] = {}
    teams: dict[str, set[str]] = {}
    for _ in range(60):
        key = f"c{chance.randrange(12)}"
        made_from = lines.get(key, {}).get("version", 0)
        given: dict[str, Any] = {
            "degree": chance.choice(DEGREES), "due": chance.choice(["", TODAY, "2026-11-25", "2027-01-01"]),
            "missing": chance.randrange(2), "headline": chance.choice(["chordoma of L3", "chondroma of L3"]),
        }  # fmt: skip
        lined(record, key, made_from=made_from, **given)
        lines[key] = {"board": "", **lines.get(key, {}), **given, "version": made_from + 1}
        with at(record) as work:
            if chance.random() < 0.5:
                board = chance.choice(["", "2026-11-19", TODAY, "2026-12-03"])
                work.set_board(key, board)
                lines[key]["board"] = board
            if chance.random() < 0.5:
                teams[key] = set(chance.sample([ALICE, BOB], chance.randrange(3)))
                work.set_team(key, sorted(teams[key]))
    for actor in (ALICE, BOB):
        for reach in Reach:
            wanted = expected(lines, teams, actor, reach)
            for view, keys in wanted.items():
                page = asked(record, actor, reach, view=view)
                assert ids(page) == keys
                assert page.counts == {view: len(keys) for view, keys in wanted.items()}
                some = asked(record, actor, reach, view=view, words="l3 chord", limit=2)
                found = [key for key in keys if lines[key]["headline"].startswith("chord")]
                assert ids(some) == found[:2]
                assert bool(some.next) is (len(found) > 2)
    assert verify(record).is_whole


def test_words_are_those_of_any_writing() -> None:
    assert words_in("STRAẞE", "İzmir", "脊索腫 L5/S1", "naïve_test", "don't") == {
        "strasse", "izmir", "脊索腫", "l5", "s1", "naive", "test", "don", "t",
    }  # fmt: skip


def test_another_centre_has_a_worklist_of_its_own(record: Record) -> None:
    lined(record, "c1", headline="chordoma")
    with at(record, centre="south") as work:
        page = work.worklist(today=TODAY, words="chordoma")
        assert (page.lines, page.counts["all"]) == ((), 0)
    assert document()
